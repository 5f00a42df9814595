"""Files to tables, through the child process."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from sigun.errors import IngestError
from sigun.ingest.layout import Reading
from sigun.ingest.sniff import sniff
from sigun.ingest.tabular import Limits, file_row, read_table

TEXT = '번호,위치,비고\n1,중앙로,"쉼표, 안"\n2,벚꽃로,"두\n줄"\n\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_one_table_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "a.txt"  # the name tells nothing
    file.write_text(TEXT, encoding=encoding, newline="")
    reading = sniff(file)
    assert (reading.format, reading.encoding, reading.delimiter) == ("csv", encoding, ",")
    rows = read_table(file, reading).to_pylist()
    assert rows[:2] == [
        {"번호": "1", "위치": "중앙로", "비고": "쉼표, 안"},
        {"번호": "2", "위치": "벚꽃로", "비고": "두\n줄"},
    ]


@pytest.mark.parametrize("delimiter", ["\t", ";", "|"])
def test_the_delimiter_is_found_in_the_rows(tmp_path: Path, delimiter: str) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f"위도{delimiter}경도\n37.7{delimiter}127.0\n", encoding="cp949")
    assert sniff(file).delimiter == delimiter


def test_a_workbook_under_a_title_with_days_at_midnight(tmp_path: Path) -> None:
    import datetime as dt

    file = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        when = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet = book.add_worksheet("대장")
        sheet.write(0, 0, "신고 대장")
        sheet.write_row(2, 0, ["번호", "접수일시", "건수"])
        for i, hour in enumerate((0, 12)):
            sheet.write(3 + i, 0, f"00{i}")
            sheet.write_datetime(3 + i, 1, dt.datetime(2022, 1, 1, hour), when)
            sheet.write(3 + i, 2, 1234.0)
        book.add_worksheet("메타정보").write(0, 0, "출처")
    reading = sniff(file)
    assert (reading.format, reading.sheet, reading.header_row) == ("xlsx", "대장", 3)
    rows = read_table(file, reading).to_pylist()
    assert rows[0] == {"번호": "000", "접수일시": "2022-01-01 00:00:00", "건수": "1234"}
    assert rows[1]["접수일시"] == "2022-01-01 12:00:00"
    assert file_row(reading, 1) == 5


def test_records_inside_an_answer_of_a_portal(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    items = [{"id": 1, "place": {"lat": 37.7}}, {"id": 2}]
    file.write_text(json.dumps({"response": {"header": {"code": "00"}, "body": {"items": items}}}), encoding="utf-8")
    assert read_table(file, sniff(file)).to_pylist() == [
        {"id": "1", "place.lat": "37.7"},
        {"id": "2", "place.lat": None},
    ]


def test_points_of_a_geojson_become_columns(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    feature = {"type": "Feature", "properties": {"n": 1}, "geometry": {"type": "Point", "coordinates": [127.0, 37.7]}}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    reading = sniff(file)
    assert reading.format == "geojson"
    row = read_table(file, reading).to_pylist()[0]
    assert (row["n"], row["longitude"], row["latitude"]) == ("1", "127.0", "37.7")


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_header_again_within_a_plain_table_is_blanked(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"a.{suffix}"
    rows = [["시도", "위치"], ["가도", "a"], ["시도", "위치"], ["시도", "b"]]
    if suffix == "csv":
        file.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    else:
        with xlsxwriter.Workbook(str(file)) as book:
            sheet = book.add_worksheet()
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    table = read_table(file, sniff(file))
    assert table["위치"].to_pylist() == ["a", "", "b"]
    assert json.loads(table.schema.metadata[b"repeated_headers"]) == [3]


def test_formulas_that_were_never_calculated_are_refused(tmp_path: Path) -> None:
    file, spoiled = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["시도", "2020", "2021"])
        sheet.write_row(1, 0, ["가도", 1])
        sheet.write_formula(1, 2, "=B2*2", None, 2)
        sheet.write_row(2, 0, ["나도", 1])
        sheet.write_formula(2, 2, '=IF(B3>0,"-","x")', None, "-")
    assert read_table(file, sniff(file))["값"].to_pylist() == ["1", "2", "1", "-"]
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(spoiled, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<v>2</v>", b""))
    with pytest.raises(IngestError, match="1 cells hold formulas that were never calculated"):
        sniff(spoiled)


def test_limits_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("a,b\n" + "1,2\n" * 10, encoding="utf-8")
    reading = Reading(format="csv", encoding="utf-8", delimiter=",")
    with pytest.raises(IngestError, match="larger than"):
        read_table(file, reading, Limits(file=10))
    with pytest.raises(IngestError, match=r"memory|broke"):
        read_table(file, reading, Limits(memory=50_000_000))


def test_nothing_is_imported_from_the_readers_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('imported')", encoding="utf-8")
    file = tmp_path / "a.csv"
    file.write_text("a,b\nx,y\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert read_table(file, sniff(file)).num_rows == 1
