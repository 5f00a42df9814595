"""A plan of tables down the whole way: files, cards, panel, report; resumed, on another engine, by two workers."""

from __future__ import annotations

import importlib.util
import re
import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from conftest import needs
from sigun.catalog.add import add_files
from sigun.engine.spark import JAVAS, java_version
from sigun.errors import SigunError
from sigun.run import How, region_panel, run
from sigun.settings import lay_workspace
from workspaces import edited, manifest

PLACES = {"청주시": 600, "청원군": 200, "충주시": 150, "제천시": 90, "음성군": 80, "진천군": 70, "단양군": 12}
PLAN = """
schema_version: 1
id: chungbuk
title: 충북 출생
question: 충북 시군의 출생아 수는 온전한가
data: {tables: [births]}
panel:
  base: 2022-12-31
  within: [충북]
  variables: [{id: births, table: births}]
  derived: [{id: change, op: change, of: births, how: percent, title: 전년 대비}]
steps:
  - {method: coverage}
"""


def births(years: range) -> pd.DataFrame:
    rows = []
    for year in years:
        for month in range(1, 13):
            told = {p: 0 if p == "청원군" and year > 2013 else n + month for p, n in PLACES.items()}
            rows += [("충청북도", "소계", f"{year}.{month:02}", sum(told.values()))]
            rows += [("충청북도", p, f"{year}.{month:02}", n) for p, n in told.items()]
    return pd.DataFrame(rows, columns=["시군구별(1)", "시군구별(2)", "시점", "출생아수 (명)"])


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    ws = lay_workspace(tmp_path / "ws")
    files = [tmp_path / f"출생아수_{n}.csv" for n in (1, 2)]
    births(range(2012, 2014)).to_csv(files[0], index=False, encoding="cp949")
    births(range(2014, 2016)).to_csv(files[1], index=False, encoding="cp949")
    for file in files:
        add_files(ws, [file])
    (card,) = ws.catalog.glob("*.yaml")
    assert card.stem == "births"
    file = ws.plans / "chungbuk.yaml"
    file.write_text(PLAN, encoding="utf-8")
    return file


def words(report: Path) -> str:
    page = report.read_text(encoding="utf-8")
    body = re.sub(r"<svg.*?</svg>", " ", page[page.index("<main") :], flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>|\u2060", "", body)).replace("\u00a0", " ")


def test_from_files_to_the_report(plan: Path, tmp_path: Path) -> None:
    report = run(plan, tmp_path / "run")
    said = words(report)
    assert "검산" in said and "모두 맞았습니다" in said.split("할 일")[0]
    assert "11개 지역" in said
    assert "보은군" in said  # never told: named
    assert "출생아수_2.csv" in said  # what the second file brought
    told = manifest(report)
    assert told["panel"] == {
        "start": "2012-01-01",
        "end": "2016-01-01",
        "unit": "sigungu",
        "span": "year",
        "base": "2022-12-31",
        "first": "2012",
        "last": "2015",
        "neighbours": None,
    }
    english = words(run(plan, tmp_path / "run", how=How(lang="en")))
    assert "checks of sums held" in english and not re.search(r"[가-힣]을\(를\)", said)


def test_failed_checks_come_first(plan: Path, tmp_path: Path) -> None:
    card = next((plan.parent.parent / "catalog").glob("*.yaml"))
    edited(card, r"^checks:$", "checks:\n  - {check: total_equals, column: births, totals: {'2014': 99}, source: 연보}")
    first = words(run(plan, tmp_path / "run")).split("할 일")[0]
    assert "어긋났습니다" in first and "/ 99" in first
    assert first.index("어긋났습니다") < first.index("패널은")


@pytest.mark.filterwarnings("ignore::DeprecationWarning:pyspark.*")
@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")  # Spark's own, between Python and Java
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_same_run_whatever_carries_it_out(plan: Path, tmp_path: Path) -> None:
    one = manifest(run(plan, tmp_path / "one"))
    two = manifest(run(plan, tmp_path / "two", how=How(workers=2)))
    assert one["result_hash"] == two["result_hash"] and one["key"] == two["key"]
    needs("spark", importlib.util.find_spec("pyspark") is not None, "no pyspark here (pip install '.[spark]')")
    needs("spark", java_version() in JAVAS, "no Java 17 here")
    three = manifest(run(plan, tmp_path / "three", how=How(engine="spark-local://?threads=1")))
    assert one["result_hash"] == three["result_hash"]


def test_a_run_goes_on_where_it_was_stopped(plan: Path, tmp_path: Path) -> None:
    report = run(plan, tmp_path / "run")
    before = manifest(report)
    (report.parent / "manifest.json").unlink()
    shutil.rmtree(report.parent / "steps" / "coverage")
    assert manifest(run(plan, tmp_path / "run"))["result_hash"] == before["result_hash"]


def test_as_of_a_day_only_whole_periods_before_it_count(plan: Path, tmp_path: Path) -> None:
    told = manifest(run(plan, tmp_path / "run", as_of=date(2015, 7, 1)))
    assert told["panel"]["end"] == "2015-01-01"


def test_a_next_file_is_a_part_of_the_same_table_and_is_told(plan: Path, tmp_path: Path) -> None:
    before = manifest(run(plan, tmp_path / "before"))
    new = tmp_path / "출생아수_3.csv"
    births(range(2016, 2017)).to_csv(new, index=False, encoding="cp949")
    (added,) = add_files(lay_workspace(plan.parent.parent), [new])
    assert added.part
    report = run(plan, tmp_path / "after")
    assert manifest(report)["result_hash"] != before["result_hash"]
    assert manifest(report)["panel"]["end"] == "2017-01-01" and "출생아수_3.csv" in words(report)


def test_a_plan_of_reports_has_no_such_panel(plan: Path) -> None:
    edited(plan, r"^data:.*$", "data: {events: births}")
    edited(plan, r"^panel:\n(  .*\n)+", "")
    with pytest.raises(SigunError, match="does not look at reports"):
        region_panel(plan)


def test_what_the_catalogue_lacks_is_said_before_a_file_is_opened(plan: Path) -> None:
    edited(plan, r"\{id: births, table: births\}", "{id: birth, table: births}, {id: x, table: deaths}")
    with pytest.raises(SigunError) as bad:
        region_panel(plan)
    assert "Did you mean: births" in str(bad.value) and "deaths" in str(bad.value)
