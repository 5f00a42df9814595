"""`sigun regions import KIKmix….xlsx`, and what a run makes of it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import xlsxwriter
from typer.testing import CliRunner, Result

from legal_tables import DONGS, PAIRS
from sigun.cli.app import app
from sigun.panel.build import collect
from sigun.run import open_plan, run, run_key
from sigun.settings import lay_workspace, open_workspace

CARD = """
schema_version: 1
id: reports
title: 법정동별 신고
kind: area_periods
file: reports.csv
sha256: {hash}
reading: {{format: csv}}
fields:
  - {{name: 법정동코드, role: region}}
  - {{name: 연도, role: period}}
  - {{name: 신고 (건), id: reports, type: number, role: value, unit: 건, measure: flow}}
"""
PLAN = """
schema_version: 1
id: legal
title: 법정동
question: 어디에 많은가
lang: en
data: {tables: [reports]}
panel:
  unit: dong
  base: 2022-12-31
  within: [서울]
  legal: equal
  variables: [{id: reports, table: reports}]
steps:
  - {method: coverage}
"""


def regions(workspace: Path, *words: object) -> Result:
    return CliRunner().invoke(app, ["regions", *map(str, words), "--workspace", str(workspace)])


def workbook(path: Path, head: list[str], rows: list[list[str]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for n, row in enumerate([head, *rows]):
            sheet.write_row(n, 0, row)
    return path


def kikmix(folder: Path, pairs: list[tuple[str, ...]] = PAIRS) -> Path:
    head = ["행정동코드", "시도명", "시군구명", "읍면동명", "법정동코드", "동리명", "생성일자", "말소일자"]
    rows = [[dong, "서울특별시", "종로구", "동", legal, "동", "20081101", ""] for dong, legal, _area in pairs]
    return workbook(folder / "KIKmix.20230501.xlsx", head, rows)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """With the 행정동, and a plan of a table by 법정동."""
    ws = tmp_path / "ws"
    lay_workspace(ws)
    rows = [[code, "서울특별시", city, dong, "20081101"] for code, city, dong in DONGS]
    mois = workbook(tmp_path / "KIKcd_H.xlsx", ["행정동코드", "시도명", "시군구명", "읍면동명", "생성일자"], rows)
    assert regions(ws, "import", mois).exit_code == 0
    text = "법정동코드,연도,신고 (건)\n1111010100,2020,10\n1111011500,2020,4\n"
    (open_workspace(ws).sources / "reports.csv").write_text(text, encoding="utf-8")
    card = CARD.format(hash=hashlib.sha256(text.encode()).hexdigest())
    (ws / "catalog" / "reports.yaml").write_text(card, encoding="utf-8")
    (ws / "plans" / "legal.yaml").write_text(PLAN, encoding="utf-8")
    return ws


def test_the_file_is_known_by_its_columns_and_kept(tmp_path: Path, workspace: Path) -> None:
    done = regions(workspace, "import", kikmix(tmp_path))
    assert done.exit_code == 0, done.output
    assert "3 pairs of 2 법정동 and 2 행정동" in done.output
    assert (workspace / "data" / "regions" / "kikmix.parquet").is_file()
    assert (workspace / "data" / "regions" / "mois.parquet").is_file()


def test_a_damaged_file_is_not_kept(tmp_path: Path, workspace: Path) -> None:
    done = regions(workspace, "import", kikmix(tmp_path, [("1111051500", "11110101", "")]))
    assert done.exit_code != 0 and "not ten digits" in done.output
    assert not (workspace / "data" / "regions" / "kikmix.parquet").exists()


def test_a_run_shares_out_by_it_says_so_and_is_another_with_another_file(tmp_path: Path, workspace: Path) -> None:
    def key() -> str:
        plan, catalog = open_plan(workspace / "plans" / "legal.yaml")
        return run_key(plan, collect(plan, catalog), None)

    without = key()
    regions(workspace, "import", kikmix(tmp_path))
    first = key()
    report = run(workspace / "plans" / "legal.yaml").read_text(encoding="utf-8")
    assert "1 법정동 were shared out among several 행정동 by equal parts" in report
    assert "is an assumption" in report
    regions(workspace, "import", kikmix(tmp_path, PAIRS[:2]))
    assert len({without, first, key()}) == 3
