"""How amounts are written in a picture (수치 표기): three significant digits, thousands separated, official dates."""

from __future__ import annotations

import math
from datetime import date

from sigun.text import language


def number(value: float, digits: int = 3) -> str:
    """`1234.5` → `1,235`, `0.012345` → `0.0123`; never an exponent. Nothing known is a dash."""
    if not math.isfinite(value):
        return "–"
    if value == 0:
        return "0"
    places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    written = f"{value:,.{places}f}"
    return written.replace("-", "−")


def plain(value: float) -> str:
    """A round number as it is: `1,000`, `0.02`; for counts, ticks and class breaks."""
    return f"{round(value, 9):,.10g}".replace("-", "−")


def percent(share: float) -> str:
    """`0.4213` → `42.1 %`."""
    return f"{number(100 * share)} %" if math.isfinite(share) else "–"


def span(low: float, high: float) -> str:
    """`8–18`."""
    return f"{number(low)}–{number(high)}"


def month(day: date) -> str:
    """`2025. 7.` in Korean, `2025-07` otherwise."""
    return f"{day.year}. {day.month}." if language() == "ko" else f"{day.year}-{day.month:02d}"


def full_date(day: date) -> str:
    """`2025. 7. 3.` in Korean, `2025-07-03` otherwise."""
    return f"{day.year}. {day.month}. {day.day}." if language() == "ko" else day.isoformat()
