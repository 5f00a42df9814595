"""Formats by name, where their files go, and what is said when they cannot be written."""

from __future__ import annotations

from pathlib import Path

import pytest

from sigun.errors import RunError
from sigun.report.formats import FORMATS, formats_of, landing, where
from sigun.report.letters import printable
from sigun.report.paper.table import laid
from sigun.report.sheets.names import sheet_names
from sigun.report.widths import columns, ems, longest_word


def test_formats_of_a_list() -> None:
    assert formats_of("html") == ("html",)
    assert formats_of(" PDF , .xlsx,pdf") == ("pdf", "xlsx")
    assert FORMATS == ("html", "docx", "hwpx", "pdf", "xlsx")


@pytest.mark.parametrize("said", ["xls", "doc", "", "pdf,", "pdf;xlsx"])
def test_an_unknown_format_is_refused_with_the_list(said: str) -> None:
    with pytest.raises(RunError) as caught:
        formats_of(said)
    assert "html, docx, hwpx, pdf, xlsx" in caught.value.remedy


def test_where_a_report_goes(tmp_path: Path) -> None:
    run = tmp_path / "run"
    assert where(run, "pdf", None, True) == run / "report.pdf"
    assert where(run, "pdf", tmp_path, False) == tmp_path / "report.pdf"
    assert where(run, "pdf", tmp_path / "a.PDF", True) == tmp_path / "a.PDF"
    assert where(run, "pdf", tmp_path / "2025. 7. 보고", True) == tmp_path / "2025. 7. 보고"


def test_one_file_is_not_several_formats_nor_another_one(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="one file"):
        where(tmp_path, "pdf", tmp_path / "a.pdf", False)
    with pytest.raises(RunError) as caught:
        where(tmp_path, "pdf", tmp_path / "a.docx", True)
    assert "--to docx" in caught.value.remedy


def test_a_file_that_is_open_elsewhere_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(RunError) as caught, landing(tmp_path / "a.xlsx"):
        raise PermissionError(13, "Permission denied")
    assert "another program" in caught.value.what
    assert caught.value.where == str(tmp_path / "a.xlsx")
    with pytest.raises(RunError, match="No space left"), landing(tmp_path / "a.xlsx"):
        raise OSError(28, "No space left on device")


def test_names_of_sheets() -> None:
    names = sheet_names(
        ["표 1 " + "가" * 40, "표 1 " + "가" * 40, "a/b:c*?[d]\\", "A b c d", "'quoted'", "", "History", "😀" * 20]
    )
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.casefold() != "history"
    assert names[2] == "a b c d"
    assert names[7] == "😀" * 15


def test_how_wide_text_runs() -> None:
    assert columns("시군 ab") == 7
    assert ems("11") == ems("88")  # figures of one width
    assert longest_word("짧은 기다란낱말 말") == ems("기다란낱말")
    assert longest_word("c" * 64) < ems("c" * 64) / 2
    assert ems("少") > 0


def test_letters_that_can_be_printed() -> None:
    assert printable("\u1112\u1161\u11ab글\x00\x07\u202e\ufeff\udcff\uffff") == "한글"
    assert printable("가\t나\r\n다\u00a0라") == "가 나 \n다\u00a0라"


def test_a_table_is_laid_as_large_as_it_can_be() -> None:
    small = laid(["지역", "값"], [False, True], [["라온1동", "1,234"]])
    assert (small.size, small.landscape, small.torn) == (8.5, False, False)
    dense = laid(["열"] * 9, [True] * 9, [["1,234,567.8"] * 9])
    assert dense.size < 8.5
    assert not dense.landscape
    across = laid(["열"] * 13, [True] * 13, [["1,234,567.8"] * 13])
    assert across.landscape
    assert not across.torn
    torn = laid(["열"] * 40, [True] * 40, [["1,234,567.8"] * 40])
    assert torn.torn
    for lay, room in ((small, 493.3), (dense, 493.3), (across, 739.9), (torn, 739.9)):
        assert sum(lay.widths) <= room
    assert laid([], [], []).widths == ()
