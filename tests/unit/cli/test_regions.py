"""`sigun regions`: check, import, list, show."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter
from typer.testing import CliRunner, Result

from sigun.cli.app import app
from sigun.settings import lay_workspace

HEAD = ["행정동코드", "시도명", "시군구명", "읍면동명", "생성일자", "말소일자"]
MOIS = [
    ["1100000000", "서울특별시", "", "", "19880423", ""],
    ["1111000000", "서울특별시", "종로구", "", "19880423", ""],
    ["1111051500", "서울특별시", "종로구", "청운효자동", "20081101", ""],
    ["1111053000", "서울특별시", "종로구", "사직동", "19880423", ""],
]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    lay_workspace(tmp_path / "ws")
    return tmp_path / "ws"


def regions(workspace: Path, *words: object) -> Result:
    return CliRunner().invoke(app, ["regions", *map(str, words), "--workspace", str(workspace)])


def births(folder: Path, places: list[tuple[str, str]]) -> Path:
    lines = ["시군구별(1),시군구별(2),시점,출생아수 (명)"]
    lines += [f"{sido},{sigungu},{year},{100 + n}" for n, (sido, sigungu) in enumerate(places) for year in (2016, 2017)]
    path = folder / "출생.csv"
    path.write_text("\n".join(lines) + "\n", encoding="cp949")
    return path


def mois(folder: Path, rows: list[list[str]]) -> Path:
    path = folder / "KIKcd_H.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("KIKcd_H")
        for n, row in enumerate([HEAD, *rows]):
            sheet.write_row(n, 0, row)
    return path


def test_a_file_whose_places_are_all_known(tmp_path: Path, workspace: Path) -> None:
    done = regions(workspace, "check", births(tmp_path, [("서울특별시", "종로구"), ("부산", "중구")]))
    assert done.exit_code == 0, done.output
    assert "by its name" in done.output
    assert "Every place was found." in done.output


def test_what_is_not_known_is_named_with_what_is_near_and_the_command_fails(tmp_path: Path, workspace: Path) -> None:
    done = regions(workspace, "check", births(tmp_path, [("서울특별시", "종로구"), ("서울특별시", "종로동구")]))
    assert done.exit_code == 13
    assert "종로동구" in done.output
    assert "종로구" in done.output.replace("종로동구", "")
    assert "1 places were not found" in done.output


def test_a_file_without_regions(tmp_path: Path, workspace: Path) -> None:
    path = tmp_path / "사건.csv"
    rows = "\n".join(f"{n},2024-01-{n:02d} 10:00,127.0{n},37.5{n}" for n in range(1, 10))
    path.write_text(f"접수번호,접수일시,경도,위도\n{rows}\n", encoding="utf-8")
    done = regions(workspace, "check", path)
    assert done.exit_code == 13
    assert "no table of regions" in done.output


def test_a_table_is_imported_and_used(tmp_path: Path, workspace: Path) -> None:
    done = regions(workspace, "import", mois(tmp_path, MOIS))
    assert done.exit_code == 0, done.output
    assert "no 읍면동 yet" not in regions(workspace, "list", "--level", "dong").output
    assert (workspace / "data" / "regions" / "mois.parquet").exists()
    shown = regions(workspace, "show", "사직동")
    assert "1111053000" in shown.output
    listed = regions(workspace, "list", "--level", "dong", "--on", "2022-12-31")
    assert "2 regions" in listed.output


def test_why_there_are_no_dongs_is_said(workspace: Path) -> None:
    listed = regions(workspace, "list", "--level", "dong", "--within", "서울특별시 종로구")
    assert "0 regions" in listed.output
    assert "sigun regions import" in listed.output


def test_a_damaged_table_is_refused_and_the_one_before_stays(tmp_path: Path, workspace: Path) -> None:
    regions(workspace, "import", mois(tmp_path, MOIS))
    swapped = [row[:] for row in MOIS]
    swapped[2][3], swapped[3][3] = swapped[3][3], swapped[2][3]
    done = regions(workspace, "import", mois(tmp_path, swapped))
    assert done.exit_code == 12
    assert "exchanged their names" in done.output
    assert "1111053000" in regions(workspace, "show", "사직동").output


def test_no_workspace_is_needed_to_look(tmp_path: Path) -> None:
    shown = regions(tmp_path, "show", "미추홀구")
    assert "28177" in shown.output
    assert "28170" in shown.output
    assert "23090" in shown.output
    unsure = regions(tmp_path, "show", "제물포구")
    assert "not verified" in unsure.output
    assert regions(tmp_path, "show", "없는구").exit_code == 13
    assert regions(tmp_path, "list", "--level", "village").exit_code == 13
    assert "17 regions" in regions(tmp_path, "list", "--level", "sido", "--on", "2022-12-31").output
    assert regions(tmp_path, "import", tmp_path / "x.xlsx").exit_code == 11


def square(code: str, name: str, west: float) -> dict[str, object]:
    ring = [[west, 37.5], [west + 0.01, 37.5], [west + 0.01, 37.51], [west, 37.51], [west, 37.5]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"code": code, "name": name}, "geometry": shape}


def test_names_are_compared_with_outlines_too(tmp_path: Path, workspace: Path) -> None:
    shapes = [square("1111051500", "사직동", 127.0), square("1111053000", "청운효자동", 127.01)]
    path = tmp_path / "dongs.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": shapes}), encoding="utf-8")
    added = CliRunner().invoke(app, ["data", "add", str(path), "--workspace", str(workspace)])
    assert added.exit_code == 0, added.output
    done = regions(workspace, "import", mois(tmp_path, MOIS), "--outlines", "dongs")
    assert done.exit_code == 12
    assert "1111051500 청운효자동" in done.output


OWN = """코드,이름,상위,시작일,종료일,바뀐코드,몫
98,한결도,,,,,
98010,누리시,한결도,,,,
98020,옛시,한결도,,2017-01-01,98030,0.6
98020,옛시,한결도,,2017-01-01,98040,0.4
98030,새시,한결도,2017-01-01,,,
98040,헌시,한결도,2017-01-01,,,
"""


def own(folder: Path, text: str = OWN) -> Path:
    path = folder / "행정구역표.csv"
    path.write_text(text, encoding="utf-8-sig")
    return path


def test_a_table_of_ones_own_stands_beside_the_others(tmp_path: Path, workspace: Path) -> None:
    done = regions(workspace, "import", own(tmp_path))
    assert done.exit_code == 0, done.output
    assert "shared out as declared: 한결도 옛시 → 한결도 새시 0.6, 한결도 헌시 0.4" in done.output
    checked = regions(workspace, "check", births(tmp_path, [("한결도", "누리시"), ("서울특별시", "종로구")]))
    assert checked.exit_code == 0, checked.output
    assert "divided" in regions(workspace, "show", "옛시").output


def test_a_table_of_ones_own_may_be_all_there_is(tmp_path: Path, workspace: Path) -> None:
    done = regions(workspace, "import", own(tmp_path), "--instead")
    assert done.exit_code == 0, done.output
    assert "ended by this table" not in done.output
    assert "3 regions on 2024-12-31" in regions(workspace, "list", "--on", "2024-12-31").output
    assert "2 regions on 2016-12-31" in regions(workspace, "list", "--on", "2016-12-31").output
    checked = regions(workspace, "check", births(tmp_path, [("한결도", "누리시"), ("서울특별시", "종로구")]))
    assert "종로구" in checked.output
    assert checked.exit_code == 13


def test_the_later_of_two_own_tables_counts(tmp_path: Path, workspace: Path) -> None:
    regions(workspace, "import", own(tmp_path), "--instead")
    regions(workspace, "import", own(tmp_path))
    assert sorted(p.name for p in (workspace / "data" / "regions").iterdir()) == ["own.parquet"]


def test_a_wrong_table_of_ones_own_is_not_kept(tmp_path: Path, workspace: Path) -> None:
    done = regions(workspace, "import", own(tmp_path, OWN.replace("98010", "41110").replace("0.6", "0.7")))
    assert done.exit_code == 12
    assert "do not make up the region" in done.output
    done = regions(workspace, "import", own(tmp_path, OWN.replace("98010", "41110")))
    assert done.exit_code == 12
    assert "41110 수원시" in done.output
    assert not (workspace / "data" / "regions").exists()


def test_codes_with_noughts_in_front_and_a_workbook_with_dates(tmp_path: Path, workspace: Path) -> None:
    text = "code,name,parent\n01001,Autauga,Alabama\n01003,Baldwin,Alabama\n"
    assert regions(workspace, "import", own(tmp_path, text), "--instead").exit_code == 0
    listed = regions(workspace, "list").output
    assert "01001" in listed
    assert "Alabama Baldwin" in listed
    book_of_own = tmp_path / "own.xlsx"
    with xlsxwriter.Workbook(book_of_own) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["code", "name", "parent", "since"])
        sheet.write_row(1, 0, [98010, "누리시", "한결도"])
        sheet.write_datetime(1, 3, datetime(2017, 1, 1), day)
        sheet.write_row(2, 0, [98020, "가람군", "한결도"])
    done = regions(workspace, "import", book_of_own, "--instead")
    assert done.exit_code == 0, done.output
    assert "98020" in regions(workspace, "list", "--on", "2016-12-31").output
    assert "98010" not in regions(workspace, "list", "--on", "2016-12-31").output
