"""What stands in a cell of a sheet (칸의 값): a number in full that looks as it does in the report, a day, or words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sigun.report.numbers import MINUS, write_date, write_month
from sigun.report.wording import Sentence, Shown
from sigun.text import language

DIGITS = 15  # Excel holds no more of a number
FACTORS = (1.0, 100.0, -1.0, -100.0)  # a share is shown as a percentage, a size without its sign
ROUNDED = 0.006  # three significant digits
DAYS = {"ko": ("yyyy. m. d.", "yyyy. m."), "en": ("d mmmm yyyy", "mmmm yyyy")}
_NUMBER = re.compile(rf"[-{MINUS}]?\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True)
class Cell:
    """A value, and the number format it is shown with; words have none."""

    value: str | float | datetime
    form: str = ""


def cell_of(said: Sentence) -> Cell:
    """One value alone is a number or a day; a range, a sentence and a name are words."""
    piece = said.pieces[0] if len(said.pieces) == 1 else None
    if isinstance(piece, Shown) and piece.value is not None:
        return _day(piece) or _number(piece) or Cell(said.plain)
    return Cell(said.plain)


def _day(shown: Shown) -> Cell | None:
    """A day or a month; the last day of a span is the day before the one that is kept."""
    try:
        kept = date.fromisoformat(shown.value or "")
    except ValueError:
        return None
    for day in (kept, kept - timedelta(days=1)):
        for written, form in zip((write_date(day), write_month(day)), DAYS[language()], strict=True):
            if written == shown.text:
                return Cell(datetime(day.year, day.month, day.day), form)
    return None


def _number(shown: Shown) -> Cell | None:
    """The value in full, in the unit it is shown in."""
    found = _NUMBER.findall(shown.text)
    try:
        value = float(shown.value or "")
    except ValueError:
        return None
    if len(found) != 1 or len(found[0].strip("-" + MINUS).replace(",", "")) > DIGITS:
        return None
    if shown.text == "<" + found[0] and 0 <= value < float(found[0]):
        return Cell(value, f'[<{found[0]}]"<{found[0]}";{_digits(found[0], value)}')
    for factor in FACTORS:
        if _alike(found[0], value * factor):
            return _formed(shown.text, found[0], value, factor)
    return None


def _alike(written: str, value: float) -> bool:
    """Whether the number is the value, rounded."""
    read = float(written.replace(",", "").replace(MINUS, "-"))
    half = 0.5 * 10.0 ** -_places(written)
    return abs(read - value) <= max(half, ROUNDED * abs(value)) * 1.000001 and (read == 0 or read * value > 0)


def _formed(text: str, written: str, value: float, factor: float) -> Cell:
    before, after = text.split(written, 1)
    digits = _digits(written, value * factor)
    if after.strip() == "%" and abs(factor) == 100:
        return Cell(_exact(value * factor / 100), _quoted(before) + digits + _quoted(after.replace("%", "")) + "%")
    return Cell(_exact(value * factor), _quoted(before) + digits + _quoted(after))


def _digits(written: str, value: float) -> str:
    """As many places as were written, thousands parted unless they were not: a year is no amount."""
    whole = "#,##0" if "," in written or abs(value) < 1000 else "0"
    return whole + ("." + "0" * _places(written) if _places(written) else "")


def _exact(value: float) -> float:
    """The value without what binary fractions add to it."""
    return float(format(value, ".12g"))


def _places(written: str) -> int:
    return len(written.partition(".")[2])


def _quoted(words: str) -> str:
    """Words of ours inside a number format."""
    return '"' + words.replace('"', "") + '"' if words else ""
