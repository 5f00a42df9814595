"""What a value becomes in a cell: the value in full, shown as in the report."""

from __future__ import annotations

from datetime import datetime

import pytest

from papers import shown
from sigun.report.sheets.cells import Cell, cell_of
from sigun.report.wording import Sentence, Shown
from sigun.text import set_language


@pytest.mark.parametrize(
    ("text", "value", "cell"),
    [
        ("6,126", "6126", Cell(6126.0, "#,##0")),
        ("604건", "604", Cell(604.0, '#,##0"건"')),
        ("2022", "2022", Cell(2022.0, "0")),  # a year is no amount
        ("0.17", "0.171428571", Cell(0.171428571, "#,##0.00")),
        ("−0.45", "-0.452631579", Cell(-0.452631579, "#,##0.00")),
        ("1,230", "1234.5", Cell(1234.5, "#,##0")),  # three significant digits
        ("43.9 %", "0.438799212", Cell(0.438799212, '#,##0.0" "%')),
        ("100 %", "1", Cell(1.0, '#,##0" "%')),
        ("75.3", "0.753019915", Cell(75.3019915, "#,##0.0")),  # its column says per cent
        ("7.22 %p", "0.0721698", Cell(7.21698, '#,##0.00" %p"')),
        ("5.0 %", "-0.0501", Cell(0.0501, '#,##0.0" "%')),  # a size, without its sign
        ("p = 0.367", "0.3671", Cell(0.3671, '"p = "#,##0.000')),
        ("<0.001", "0.000266", Cell(0.000266, '[<0.001]"<0.001";#,##0.000')),
        ("0.00000000", "6.9388939e-18", Cell(6.9388939e-18, "#,##0.00000000")),
        ("0", "0", Cell(0.0, "#,##0")),
        ("2월", "2", Cell(2.0, '#,##0"월"')),
        ("월요일", "0", Cell("월요일")),  # words for a number
        ("12", "7", Cell("12")),  # not the value: what is read is what is written
        ("not known", None, Cell("not known")),
        ("20250703123456789", "20250703123456789", Cell("20250703123456789")),  # more digits than Excel holds
    ],
)
def test_a_value_alone(text: str, value: str | None, cell: Cell) -> None:
    assert cell_of(shown(text, value)) == cell


@pytest.mark.parametrize(
    ("language", "text", "value", "cell"),
    [
        ("ko", "2025. 7. 3.", "2025-07-03", Cell(datetime(2025, 7, 3), "yyyy. m. d.")),
        ("ko", "2025. 6. 30.", "2025-07-01", Cell(datetime(2025, 6, 30), "yyyy. m. d.")),  # the last day of a span
        ("ko", "2025. 7.", "2025-07-01", Cell(datetime(2025, 7, 1), "yyyy. m.")),
        ("en", "3 July 2025", "2025-07-03", Cell(datetime(2025, 7, 3), "d mmmm yyyy")),
        ("en", "July 2025", "2025-07-01", Cell(datetime(2025, 7, 1), "mmmm yyyy")),
    ],
)
def test_days(language: str, text: str, value: str, cell: Cell) -> None:
    set_language("ko" if language == "ko" else "en")
    assert cell_of(shown(text, value)) == cell


def test_a_range_and_a_sentence_are_words() -> None:
    low, high = shown("1,283", "1283").pieces[0], shown("1,405", "1405").pieces[0]
    assert cell_of(Sentence((low, "–", high))) == Cell("1,283–1,405")
    assert cell_of(Sentence(("–",))) == Cell("–")
    assert isinstance(low, Shown)
