"""The workshop: a sentence, a 기획안, a run, a report; no model, no edit by hand. What is planted is found."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sigun.catalog.store import read_catalog
from sigun.plan.families import families
from sigun.plan.model import Plan
from sigun.plan.read import read_plan
from sigun.plan.write import plan_yaml, write_plan
from sigun.proposal.draft.build import draft
from sigun.recipes.demo import run_demo
from sigun.recipes.workshop.truth import Planted
from sigun.report.finished import Finished, read_run
from sigun.run import How, run
from sigun.settings import open_workspace

TODAY = date(2026, 1, 1)
P = Planted()
SENTENCES = {
    "방치 차량이 어디에 생길지 미리 알고 순찰하고 싶다": "forecast",
    "우리 시 출생이 왜 줄어드는지 알고 싶다": "factors",
    "국공립 어린이집이 부족한 동네를 찾고 싶다": "supply_demand",
    "할머니 할아버지를 모실 요양시설이 모자라는 동네가 어디인지 알고 싶다": "supply_demand",
    "택지개발 뒤에 침수 신고가 얼마나 달라졌는지 보고 싶다": "before_after",
    "출산지원금을 올린 뒤 출생이 늘었는지 알고 싶다": "effect",
    "방치 차량 신고가 언제 어디에 많은지 살펴보고 싶다": "describe",
    "시군의 인구와 재정이 어떤지 한눈에 보고 싶다": "summary",
}


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workshop")
    assert run_demo("workshop", folder, How()) is None
    return folder


def drafted(workshop: Path, sentence: str) -> Plan:
    made = draft(sentence, read_catalog(open_workspace(workshop)), TODAY)
    assert made.verdict == "drafted" and made.plan is not None, [str(said) for said in made.said]
    return made.plan


def carried_out(workshop: Path, sentence: str, name: str) -> Finished:
    file = write_plan(drafted(workshop, sentence), workshop / "plans" / f"{name}.yaml")
    report = run(file, workshop / "runs" / name)
    assert report.stat().st_size > 100_000
    return read_run(report.parent)


@pytest.mark.parametrize(("sentence", "family"), SENTENCES.items())
def test_each_sentence_becomes_a_plan_of_its_family(workshop: Path, sentence: str, family: str, tmp_path: Path) -> None:
    plan = drafted(workshop, sentence)
    assert family in families(plan)
    assert plan_yaml(drafted(workshop, sentence)) == plan_yaml(plan)  # the same sentence and catalogue
    assert read_plan(write_plan(plan, tmp_path / "plan.yaml")) == plan
    assert plan.proposal is not None and plan.proposal.reasons and plan.proposal.open


def test_public_day_care_lacks_where_it_is_planted_to(workshop: Path) -> None:
    sentence = "국공립 어린이집이 부족한 동네를 찾고 싶다"
    areas = carried_out(workshop, sentence, "daycare").results["supply_demand"].tables["areas"]
    assert set(areas.nlargest(3, "missing")["name"]) == set(P.short_of_care)


def test_floods_rose_as_much_as_planted(workshop: Path) -> None:
    sentence = "택지개발 뒤에 침수 신고가 얼마나 달라졌는지 보고 싶다"
    fact = carried_out(workshop, sentence, "floods").results["before_after"].fact("difference")
    assert fact.low is not None and fact.high is not None and fact.unit == "percent"
    assert 0 < fact.low <= 100 * (P.times - 1) <= fact.high


def test_a_summary_tells_every_region(workshop: Path) -> None:
    sentence = "시군의 인구와 재정이 어떤지 한눈에 보고 싶다"
    result = carried_out(workshop, sentence, "summary").results["summary"]
    assert result.claim == "description" and len(result.tables) > 1
