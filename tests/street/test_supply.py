"""Supply and demand down the whole way: files as received, a plan, the report – of tables and of reports."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from care import REPORTS, STEP, TABLES, plan_of, town
from sigun.plan.claims import BANNED
from sigun.report.evidence import Evidence
from sigun.report.finished import Finished, read_run
from sigun.report.outline import outline
from sigun.report.refs import read_ref, resolve
from sigun.report.wording import NEVER
from sigun.run import run


def words(report: Path) -> str:
    page = re.sub(r"<(script|style|svg).*?</\1>", " ", report.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", page)).replace("\u2060", ""))


@pytest.fixture(scope="module", params=[TABLES, REPORTS], ids=["tables", "reports"])
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = town(tmp_path_factory.mktemp("care") / "ws", reports=request.param is REPORTS)
    return run(plan_of(folder, STEP, request.param))


def test_the_first_screen_says_where_how_much_is_missing(report: Path) -> None:
    said = words(report)
    assert "4개 지역 가운데 1개 지역에서 2 km 안에 닿는 시설이 전체 평균(인구 100명당 20명)보다 적습니다" in said
    assert "가장 많이 모자라는 곳은 가람동(45명)입니다" in said
    assert "수급분석" in said
    assert "직선거리" in said  # among the cautions
    assert "Luo & Wang (2003)" in said


def test_the_map_and_both_tables_are_there(report: Path) -> None:
    page = report.read_text(encoding="utf-8")
    assert len(re.findall(r'class="figure supply_map"', page)) == 2  # first screen and section
    assert "모자라는 양으로 본 지역" in page
    assert "거리와 셈법을 달리했을 때" in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_every_figure_can_be_found_again(report: Path) -> None:
    finished = read_run(report.parent)
    refs = set(re.findall(r'data-ref="(supply_demand:[^"]+)"', report.read_text(encoding="utf-8")))
    assert len(refs) > 20
    for written in refs:
        resolve(finished, read_ref(html.unescape(written)))


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_no_word_claims_more_than_a_description(report: Path, lang: str) -> None:
    finished: Finished = read_run(report.parent)
    whole = outline(finished, lang)  # type: ignore[arg-type]
    part = next(section for section in whole.sections if section.id == "supply")
    text = str([getattr(block, "sentences", getattr(block, "caption", "")) for block in part.blocks])
    assert [word for word in (*NEVER["description"], *BANNED) if word in text] == []
    assert Evidence(finished).result("supply_demand").claim == "description"


def test_the_same_plan_gives_the_same_figures(report: Path, tmp_path: Path) -> None:
    from sigun.result import result_hash

    again = run(report.parent.parent.parent / "plan.yaml", out=tmp_path / "again")
    one, other = (read_run(r.parent).results for r in (report, again))
    assert result_hash(one) == result_hash(other)
