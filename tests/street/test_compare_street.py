"""A comparison before and after, columns by themselves, and one kind of report alone: from files to a Korean report."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from own_panels import workspace
from sigun.errors import SigunError
from sigun.report.finished import read_run
from sigun.run import run
from workspaces import copied_demo, edited

DONGS = (
    "가람동",
    "나래동",
    "다솜동",
    "라온동",
    "마루동",
    "바다동",
    "사랑동",
    "아라동",
    "자연동",
    "하늘동",
    "구름동",
    "노을동",
)
MONTHS = pd.period_range("2020-01", "2024-06", freq="M")
PLAN = """
schema_version: 1
id: floods
title: 택지개발 전후의 침수 신고
question: 택지개발 뒤에 침수 신고가 얼마나 달라졌는가
data: {{tables: [floods]}}
panel:
  unit: own
  span: month
  variables: [{{id: flood, table: floods}}, {{id: population, table: floods}}]
steps:
  - {{method: coverage}}
  - {steps}
"""
BEFORE_AFTER = (
    "{method: before_after, outcome: {variable: flood}, per: population,"
    " treatment: {title: 택지개발, starts: {다솜동: 2022-07-15, 바다동: 2022-07-15}}}"
)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve 동 with floods in summer; two of them have twice as many since a development of July 2022."""
    rng = np.random.default_rng(5)
    rows = []
    for i, dong in enumerate(DONGS):
        people = 20_000 + 1_000 * i
        for month in MONTHS:
            built = i in (2, 5) and month >= pd.Period("2022-07")
            expected = 6 * (3 if month.month in (7, 8) else 1) * (2 if built else 1)
            rows.append((dong, str(month), rng.poisson(expected), people))
    table = pd.DataFrame(rows, columns=["행정동", "연월", "침수신고(건)", "주민등록인구(명)"])
    folder = workspace(tmp_path_factory.mktemp("floods") / "ws", table, "침수신고")
    card = next((folder / "catalog").glob("*.yaml"))
    text = card.read_text(encoding="utf-8").split("# The data set")[1]
    text = re.sub(r"(?m)^id: .*$", "id: floods", text).replace("id: value", "id: flood")
    (folder / "catalog" / "floods.yaml").write_text("own_regions: true\n" + text, encoding="utf-8")
    card.unlink()
    return folder


def words(report: Path) -> str:
    page = report.read_text(encoding="utf-8")
    body = re.sub(r"<svg.*?</svg>", " ", page[page.index("<main") :], flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>|\u2060", "", body)).replace("\u00a0", " ")


def carried(city: Path, name: str, step: str) -> Path:
    plan = city / f"{name}.yaml"
    plan.write_text(PLAN.format(steps=step), encoding="utf-8")
    return run(plan, city / "runs" / name)


def test_twice_as_many_floods_since_the_development(city: Path) -> None:
    report = carried(city, "before_after", BEFORE_AFTER)
    found = read_run(report.parent).results["before_after"]
    fact = found.fact("difference")
    assert found.claim == "association" and fact.low < 100 < fact.high and fact.low > 30
    assert found.fact("partial").value == "2022-07" and found.fact("seasons").value == 12
    said = words(report)
    assert "택지개발: 2022-07에 2개 지역에서 시작되었습니다." in said and "1만 명당" in said
    assert "비교 지역만큼 달라졌을 때의 값보다" in said and "높습니다(95 % 구간" in said
    assert "이것은 비교이며 증명이 아닙니다" in said and "때문에" not in said and "변화시킨" not in said
    page = report.read_text(encoding="utf-8")
    assert 'id="before_after_path' in page or page.count("<svg") >= 3


def test_columns_one_by_one(city: Path) -> None:
    report = carried(city, "summary", "{method: summary}")
    said = words(report)
    assert "12개 지역의 지표 2개를 2020-01부터 2024-06까지 하나씩 살펴보았습니다." in said
    assert "가장 높은 곳은 노을동(31,000명), 가장 낮은 곳은 가람동(20,000명)" in said
    assert "지표별 요약" in said and "지역별 지표(마지막 기간)" in said
    assert read_run(report.parent).results["summary"].claim == "description"


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (BEFORE_AFTER.replace("variable: flood", "variable: floods"), "floods"),
        (BEFORE_AFTER.replace("per: population", "per: people"), "people"),
        (BEFORE_AFTER.replace("per: population", "comparison: neighbours"), "next to whom"),
        ("{method: summary, variables: [floods]}", "floods"),
        ("{method: summary, by: sido}", "시도"),
    ],
)
def test_what_a_plan_cannot_ask_is_said_before_a_file_is_opened(city: Path, step: str, said: str) -> None:
    with pytest.raises(SigunError, match=said):
        carried(city, "wrong", step)
    assert not (city / "runs" / "wrong").exists()


def test_motorcycles_alone(demo_workspace: Path, tmp_path: Path) -> None:
    plan = copied_demo(demo_workspace, tmp_path / "ws", ("{method: quality}", "{method: trend}", "{method: kinds}"))
    whole = read_run(run(plan, tmp_path / "whole").parent).results
    edited(plan, r"^steps:", "only: {kinds: [이륜차]}\nsteps:")
    report = run(plan, tmp_path / "some")
    some = read_run(report.parent).results
    motorcycles = whole["kinds"].tables["kinds"].set_index("kind").loc["이륜차", "reports"]
    assert some["trend"].fact("total").value == motorcycles < whole["trend"].fact("total").value
    assert some["quality"].fact("holes").value == whole["quality"].fact("holes").value  # found on the whole register
    assert "계획이 대상 종류를 이륜차로 한정했습니다." in words(report)
    edited(plan, r"^only: .*$", "only: {kinds: [이륜]}")
    with pytest.raises(SigunError, match="이륜차"):
        run(plan, tmp_path / "none")
    assert not (tmp_path / "none").exists()
