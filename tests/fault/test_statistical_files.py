"""Bad statistical files: each refused with what, where and a remedy; nothing is written. All content is made up."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from sigun.catalog.add import add_files
from sigun.errors import SigunError
from sigun.settings import lay_workspace

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GOOD = "시도,시군구,연도,인구 (명)\n서울특별시,종로구,2020,10\n서울특별시,중구,2020,20\n"
BYTES: dict[str, tuple[str, bytes, str, str]] = {
    # file name; what it holds; what is said; remedy
    "a locked workbook": ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le") * 9, "locked", "save"),
    "HWP renamed to XLSX": ("a.xlsx", OLE + "FileHeader".encode("utf-16-le") * 9, "is a document", "save"),
    "equal labels": ("a.csv", (GOOD + "서울특별시,중구,2020,30\n").encode(), "repeat an area", "role: part"),
    "a label of two 시도": (
        "a.csv", "시군구,연도,성별,인구\n고성군,2020,계,1\n고성군,2020,계,2\n".encode(), "repeat an area", "role: part",
    ),
    "years beside months": ("a.csv", (GOOD + "서울특별시,종로구,2020.01,1\n").encode(), "2 lengths", "one length"),
    "January or October": (
        "a.csv", (GOOD.replace("2020", "2020.1") + "서울특별시,종로구,2020.11,1\n").encode(), "two periods", "figures",
    ),
    "school years": ("a.csv", GOOD.replace("2020", "2020학년도").encode(), "no periods", "2012"),
    "no 시도 in some rows": ("a.csv", (GOOD + ",용산구,2020,3\n").encode(), "without the one above", "every row"),
    "two thousands in one": ("a.csv", (GOOD + '서울특별시,용산구,2020,"1,5"\n').encode(), "no numbers", "Mend"),
    "a table of codes": (
        "a.csv", "행정동코드,시도명,생성일자,말소일자\n1111051500,서울,19880423,\n".encode(),
        "region codes", "regions import",
    ),
    "no region at all": ("a.csv", "순위,2019,2020\n1,5,6\n2,7,8\n".encode(), "", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", BYTES)
def test_a_bad_table_is_refused_and_leaves_no_trace(tmp_path: Path, name: str) -> None:
    file, content, what, remedy = BYTES[name]
    (tmp_path / file).write_bytes(content)
    ws = lay_workspace(tmp_path / "ws")
    with pytest.raises(SigunError, match=what or None) as caught:
        add_files(ws, [tmp_path / file])
    assert caught.value.what
    assert not remedy or any(word in caught.value.remedy for word in remedy.split("|"))
    assert {p.name for p in ws.root.rglob("*") if p.is_file()} <= {"sigun.toml", "key"}


def test_one_bad_file_among_good_ones_keeps_all_out(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(GOOD, encoding="utf-8")
    bad.write_text(GOOD + "서울특별시,중구,2020,30\n", encoding="utf-8")
    ws = lay_workspace(tmp_path / "ws")
    with pytest.raises(SigunError, match="repeat an area"):
        add_files(ws, [good, bad])
    assert not list(ws.catalog.glob("*.yaml"))


def test_a_sheet_that_is_no_table_keeps_no_other_out(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        for name, rows in (
            ("표", [line.split(",") for line in GOOD.splitlines()]),
            ("순위", [["순위", "이름"], [1, "가"]]),
        ):
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    [added] = add_files(lay_workspace(tmp_path / "ws"), [file])
    assert added.card.reading.sheet == "표"
