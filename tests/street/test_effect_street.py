"""A plan that asks for a policy's effect, down the whole way: files, cards, panel, designs, report in Korean."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd

from effects import FIRST, gyeonggi, world
from sigun.catalog.add import add_files
from sigun.report.finished import read_run
from sigun.run import run
from sigun.settings import lay_workspace
from workspaces import manifest

PLAN = """
schema_version: 1
id: grant
title: 출산지원금의 정책효과
question: 출산지원금은 시군의 출생아 수를 바꾸었는가
data: {{tables: [births]}}
panel:
  base: 2022-12-31
  within: [경기도]
  variables: [{{id: births, table: births}}]
steps:
  - {{method: coverage}}
  - method: effect
    outcome: {{variable: births, transform: log}}
    treatment: {{title: 출산지원금, starts: {{{starts}}}}}
"""


def plan_of(folder: Path, starts: list[int], effect: float, n: int = 31) -> Path:
    y, _ = world(np.random.default_rng(11), starts, n, effect=effect)
    births = np.exp(7 + 0.2 * y).round().astype(int)
    places = gyeonggi()[:n]
    rows = [
        ("경기도", place, str(FIRST + t), births[i, t]) for t in range(y.shape[1]) for i, place in enumerate(places)
    ]
    file = folder / "출생아수.csv"
    pd.DataFrame(rows, columns=["시군구별(1)", "시군구별(2)", "시점", "출생아수 (명)"]).to_csv(
        file, index=False, encoding="cp949"
    )
    ws = lay_workspace(folder / "ws")
    add_files(ws, [file])
    said = ", ".join(f"{place}: {FIRST + start}" for place, start in zip(places, starts, strict=False))
    path = ws.plans / "grant.yaml"
    path.write_text(PLAN.format(starts=said), encoding="utf-8")
    return path


def words(report: Path) -> str:
    page = report.read_text(encoding="utf-8")
    body = re.sub(r"<svg.*?</svg>", " ", page[page.index("<main") :], flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>|\u2060", "", body)).replace("\u00a0", " ")


def test_an_effect_is_said_with_its_verb_interval_and_designs(tmp_path: Path) -> None:
    report = run(plan_of(tmp_path, [8, 9, 9, 10, 7, 8], 1.0), tmp_path / "run")
    said = words(report)
    assert "출산지원금은 출생아수를 높아지는 쪽으로 변화시킨 것으로 추정됩니다: 시행 뒤 평균" in said
    assert "95 % 구간" in said and "시행시점 집단별 비교" in said and "합성 이중차분" in said
    found = read_run(report.parent).results["effect"]
    row = found.tables["designs"].iloc[0]
    assert found.claim == "effect" and row["effect_low"] < 100 * np.expm1(0.2) < row["effect_high"]
    assert report.read_text(encoding="utf-8").count("<svg") >= 3  # before and after, the two paths, what is observed


def test_a_policy_everyone_got_at_once_is_not_answered(tmp_path: Path) -> None:
    report = run(plan_of(tmp_path, [8] * 31, 1.0), tmp_path / "run")
    said = words(report)
    assert "출산지원금이 출생아수를 바꾸었는지는 이 자료로 답할 수 없습니다" in said
    assert "모든 지역이 한꺼번에 시행하여 비교할 곳이 없습니다" in said and "다른 시도" in said
    assert "변화시킨" not in said and "효과가" not in said
    assert read_run(report.parent).results["effect"].claim == "description"


def test_the_same_plan_gives_the_same_hash(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, [8], 1.0)
    first, second = (manifest(run(plan, tmp_path / f"run{i}"))["result_hash"] for i in range(2))
    assert first == second


def test_a_region_nobody_knows_is_told_in_the_report_with_what_to_do(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, [8], 1.0)
    plan.write_text(plan.read_text(encoding="utf-8").replace("수원시: ", "수원군: "), encoding="utf-8")
    said = words(run(plan, tmp_path / "run"))
    assert "패널에 없는 지역입니다: “수원군”" in said and "수원시" in said
    assert "이 자료로는 효과를 살펴볼 수 없었습니다" in said and "변화시킨" not in said
