"""Bad files: each refused with what, where and a remedy; nothing is written. All content is made up."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from sigun.catalog.add import add_files
from sigun.errors import SigunError
from sigun.settings import lay_workspace

HEAD = "접수번호,접수일시,위도,경도,차종\n"


def row(i: int, when: str = "", lat: float | str = "", lon: float | str = "") -> str:
    return f"{i},{when or f'2024-03-{i % 28 + 1:02d} 14:20'},{lat or 37.7 + i / 1000},{lon or 127 + i / 1000},승용\n"


BODY = "".join(row(i) for i in range(50))
MIXED = (HEAD + row(1)).encode("cp949") + "".join(row(i) for i in range(2, 20)).encode()

BYTES: dict[str, tuple[bytes, str, str]] = {
    # what the file holds; what is said; where
    "empty": (b"", "is empty", "bad.csv"),
    "blank": (b" \n\n", "is empty", "bad.csv"),
    "header only": (HEAD.encode(), "header and no rows", "bad.csv"),
    "cut in mid-row": ((HEAD + BODY + "51,2024-03-05 14").encode(), "cut off in mid-row", "row 52"),
    "cut inside quotes": ((HEAD + BODY + '51,"2024-03-05').encode(), "never closed", "row 52"),
    "uneven rows": ((HEAD + row(1) + "2,3\n" + BODY).encode(), "number of cells", "row 3"),
    "a PDF named csv": (b"%PDF-1.7 ...", "is a PDF", "bad.csv"),
    "a web page named xls": (b"<html><table><tr><td>1", "web page", "bad.csv"),
    "a cut workbook": (b"PK\x03\x04" + b"x" * 200, "damaged or cut", "bad.csv"),
    "a cut Parquet": (b"PAR1" + b"x" * 50, "damaged or cut", "bad.csv"),
    "a cut JSON": (b'[{"id": "1", "date": "2024-01-01"}, {"id":', "breaks off", "row 1"),
    "an HWP document": (b"\xd0\xcf\x11\xe0" + "FileHeader".encode("utf-16-le") * 5, "is a document", "bad.csv"),
    "mixed encodings": (MIXED, "two encodings", "row 3"),
    "no encoding at all": ((HEAD + row(1)).encode("cp949") + b"2,\xff\xff,,,\n", "neither UTF-8 nor cp949", "row 3"),
    "no header": (BODY.encode(), "no header row", "row 1"),
    "two date forms": ((HEAD + BODY + row(51, "2024.3.5")).encode(), "dates in 2 forms", "row 52, column “접수일시”"),
    "swapped": ((HEAD.replace("위도,경도", "경도,위도") + BODY).encode(), "swapped", "columns “경도”, “위도”"),
    "one point": (
        (HEAD + "".join(row(i, "", 37.7, 127.1) for i in range(50))).encode(),
        "one and the same point",
        "위도",
    ),
    "another CRS": (
        (HEAD + "".join(row(i, "", 4160000 + i, 322000 + i) for i in range(50))).encode(),
        "metres, not degrees",
        "columns",
    ),
    "an endless cell": ((HEAD + BODY[:40] + '"' + "가" * 200_000 + '"\n').encode(), "too long", "bad.csv"),
    "no dates": ((HEAD + BODY + "".join(row(i, "미정") for i in range(15))).encode(), "15 cells", "row 52"),
}


@pytest.mark.parametrize("name", BYTES)
def test_a_bad_file_is_refused_and_leaves_no_trace(tmp_path: Path, name: str) -> None:
    content, what, where = BYTES[name]
    file = tmp_path / "bad.csv"
    file.write_bytes(content)
    refused(tmp_path, file, what, where)


def refused(folder: Path, file: Path, what: str, where: str = "bad") -> None:
    ws = lay_workspace(folder / "ws")
    with pytest.raises(SigunError) as caught:
        add_files(ws, [file])
    problem = caught.value
    assert what in problem.what
    assert where in problem.where
    assert problem.remedy
    assert {p.name for p in ws.root.rglob("*") if p.is_file()} <= {"sigun.toml", "key"}


def sparse(file: Path) -> None:
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["접수번호", "접수일시", "위도", "경도"])
        sheet.write_row(1, 0, [1, "2024-03-05 14:20", 37.7, 127.0])
        sheet.write(1_048_575, 0, "x")


def far_corner(file: Path) -> None:
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "접수번호")
        sheet.write(1_048_575, 16_383, "x")


def bomb(file: Path) -> None:
    plain = file.with_name("plain.xlsx")
    with xlsxwriter.Workbook(str(plain)) as book:
        book.add_worksheet().write_row(0, 0, ["접수번호", "접수일시"])
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            content = old.read(part)
            if part.endswith("sheet1.xml"):
                content = content.replace(b"</sheetData>", b" " * 60_000_000 + b"</sheetData>")
            new.writestr(part, content)


@pytest.mark.parametrize(
    ("make", "what"),
    [(sparse, "row 1048576"), (far_corner, "cells"), (bomb, "would unpack")],
    ids=lambda v: str(v)[:20],
)
def test_a_workbook_made_to_do_harm(tmp_path: Path, make: Callable[[Path], None], what: str) -> None:
    file = tmp_path / "bad.xlsx"
    make(file)
    refused(tmp_path, file, what)


def test_a_slipped_row_is_said_without_the_person_in_it(tmp_path: Path) -> None:
    file = tmp_path / "slipped.csv"
    file.write_text(HEAD + BODY + "51,홍길동 010-0000-1234,12가3456,127.0,승용\n", encoding="utf-8")
    with pytest.raises(SigunError) as caught:
        add_files(lay_workspace(tmp_path / "ws"), [file])
    said = str(caught.value)
    assert "52" in said
    assert not [word for word in ("홍길동", "0000-1234", "12가3456") if word in said]


def test_a_wrong_name_does_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "reports.xlsx"
    file.write_bytes((HEAD + BODY).encode("cp949"))
    [added] = add_files(lay_workspace(tmp_path / "ws"), [file])
    assert (added.card.reading.format, added.rows) == ("csv", 50)


def test_footnotes_under_the_table_are_counted(tmp_path: Path) -> None:
    file = tmp_path / "reports.csv"
    file.write_text(HEAD + BODY + "※ 자료: 새봄시\n", encoding="utf-8")
    [added] = add_files(lay_workspace(tmp_path / "ws"), [file])
    assert added.rows == 50
    assert any("1 lines of footnotes" in str(c) for c in added.changes)


def test_footnotes_under_a_sheet_are_counted(tmp_path: Path) -> None:
    file = tmp_path / "areas.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet()
        for at, row_ in enumerate((["행정동", "인구(명)"], ["가람동", 10], ["한빛동", 20], [], ["※ 자료: 새봄시"])):
            sheet.write_row(at, 0, row_)
    [added] = add_files(lay_workspace(tmp_path / "ws"), [file])
    assert added.rows == 2
    assert any("footnotes" in str(change) for change in added.changes)
