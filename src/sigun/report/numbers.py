"""How a value is written (수 쓰는 법): three significant digits, thousands separators, the unit, dates as read."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sigun.text import N_, _, language

MINUS, NARROW = "\u2212", "\u00a0"
USUAL_LEVEL = 0.05  # of a test

UNITS: Mapping[str, tuple[str, str]] = {
    "reports": (N_("{n} report"), N_("{n} reports")),
    "vehicles": (N_("{n} vehicle"), N_("{n} vehicles")),
    "rows": (N_("{n} row"), N_("{n} rows")),
    "days": (N_("{n} day"), N_("{n} days")),
    "places": (N_("{n} place"), N_("{n} places")),
    "cells": (N_("{n} cell"), N_("{n} cells")),
    "areas": (N_("{n} area"), N_("{n} areas")),
    "times": (N_("{n} times"), N_("{n} times")),
    "draws": (N_("{n} shuffles"), N_("{n} shuffles")),
    "origins": (N_("{n} past date"), N_("{n} past dates")),
    "holes": (N_("{n} gap"), N_("{n} gaps")),
    "metres": (N_("{n} m"), N_("{n} m")),
    "km": (N_("{n} km"), N_("{n} km")),
    "hours": (N_("{n} hour"), N_("{n} hours")),
    "values": (N_("{n} value"), N_("{n} values")),
    "variables": (N_("{n} variable"), N_("{n} variables")),
    "periods": (N_("{n} period"), N_("{n} periods")),
    "months": (N_("{n} month"), N_("{n} months")),
    "quarters": (N_("{n} quarter"), N_("{n} quarters")),
    "years": (N_("{n} year"), N_("{n} years")),
    "tables": (N_("{n} table"), N_("{n} tables")),
    "checks": (N_("{n} check"), N_("{n} checks")),
    "factors": (N_("{n} factor"), N_("{n} factors")),
    "specifications": (N_("{n} specification"), N_("{n} specifications")),
    "tests": (N_("{n} test"), N_("{n} tests")),
    "minutes": (N_("{n} minute"), N_("{n} minutes")),
}
"""Unit -> its template for one and for many."""

FIXED: Mapping[str, int] = {"times": 2, "correlation": 2}
"""Forms whose values lie near one: a third digit would only pretend."""

SHARES: Mapping[str, str] = {"share": " %", "size": " %", "points": " %p", "bare_share": ""}
"""Forms of a fraction and the sign behind it; `%p` is the difference of two percentages, in Korean."""

MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"),
    N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
)  # fmt: skip


def write_value(value: Any, form: str, decimals: int | None = None) -> str:
    """The value as the reader sees it. `form` is a unit of `UNITS`, or one of the words below.

    Fractions: share 4.2 % · size (without its sign) · points 4.2 %p · bare_share 4.2 · level 90 %.
    Numbers: number · plain (no idle zeros) · correlation · chance · p (with its sign) · p_alone.
    Times: date · last_day (the day before) · month · year · calendar_month · weekday · hour.
    Words: word · translated · label (a code as words) · capitals · budget (the number in a name).
    """
    if absent(value):
        return _("not known")
    decimals = FIXED.get(form) if decimals is None else decimals
    if form in UNITS:
        return _with_unit(value, form, decimals)
    if form in SHARES:
        percent = write_number(abs(value) * 100 if form == "size" else value * 100, percent_places(value, decimals))
        return percent + percent_sign(form)
    if form == "level":
        return write_number(round(value * 100, 6)) + " %"
    if form in ("number", "correlation"):
        return write_number(value, decimals)
    return str(_WORDS[form](value))


def _with_unit(value: Any, form: str, decimals: int | None) -> str:
    one, many = UNITS[form]
    written = write_number(value, decimals)
    template = one if value == 1 else many
    return _(template).format(n=written)


def write_number(value: Any, decimals: int | None = None) -> str:
    """Whole numbers in full, others to three significant digits; `decimals` fixes the places behind the point."""
    if absent(value):
        return "–"
    whole = isinstance(value, int) or float(value).is_integer()
    if decimals is None:
        decimals = 0 if whole else places(float(value))
        if not whole and abs(value) >= 1000:
            value = float(f"{value:.3g}")
    written = f"{abs(value):,.{max(decimals, 0)}f}"
    return (MINUS if value < 0 and written.strip("0.,") else "") + written


def places(value: float) -> int:
    """Places behind the point that give three significant digits, three at most."""
    size = abs(value)
    if not math.isfinite(size) or size >= 99.95:
        return 0
    return 1 if size >= 9.995 else 2 if size >= 0.9995 else 3


def percent_places(share: float, decimals: int | None = None) -> int:
    """Places behind the point of a percentage: one, or two below one per cent."""
    if decimals is not None:
        return decimals
    percent = abs(share) * 100
    return 0 if percent in (0, 100) else 1 if percent >= 0.95 else 2


def percent_sign(form: str) -> str:
    """What stands behind the number of a fraction."""
    return f" {_('points')}" if form == "points" else SHARES[form]


def absent(value: Any) -> bool:
    """Whether there is nothing to write."""
    return value is None or (isinstance(value, float) and math.isnan(value)) or str(value) in ("NaT", "<NA>")


def as_date(value: Any) -> date:
    """A day from what tables and JSON hold."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else datetime.fromisoformat(str(value)).date()


def write_date(value: Any) -> str:
    """2025. 7. 3. in Korean, 3 July 2025 in English."""
    day = as_date(value)
    return (
        f"{day.year}. {day.month}. {day.day}."
        if language() == "ko"
        else f"{day.day} {_(MONTHS[day.month - 1])} {day.year}"
    )


def write_month(value: Any) -> str:
    """2025. 7. in Korean, July 2025 in English."""
    day = as_date(value)
    return f"{day.year}. {day.month}." if language() == "ko" else f"{_(MONTHS[day.month - 1])} {day.year}"


def write_plain(value: Any) -> str:
    """Three significant digits without zeros that say nothing: 8.6, 0.2, 1,230; whole numbers in full."""
    kept = value if float(value).is_integer() else float(f"{value:.3g}")
    return f"{kept:,.9f}".rstrip("0").rstrip(".").replace("-", MINUS)


def write_p(value: float) -> str:
    """A p-value with its sign: `p = 0.367`, `p = 0.055`, `p = 0.0508`, `p = 0.000025`, `p < 0.000001`.

    Rounding moves no value onto the usual level, on which side of it a value lies being what readers ask.
    """
    if value < 1e-6:
        return "p < 0.000001"
    places = 3 if value >= 0.1 else max(4, 1 - math.floor(math.log10(value)))
    while places < 9 and round(value, places) == USUAL_LEVEL != round(value, 9):
        places += 1
    return f"p = {value:.{places}f}".rstrip("0") if value < 0.1 else f"p = {value:.{places}f}"


_WORDS: Mapping[str, Any] = {
    "plain": write_plain,
    "p": lambda value: write_p(float(value)),
    "p_alone": lambda value: write_p(float(value)).removeprefix("p ").removeprefix("= "),
    "chance": lambda value: "<0.001" if value < 0.001 else write_number(value, 3),
    "label": lambda value: _(str(value)) if _(str(value)) != str(value) else str(value).replace("_", " "),
    "date": write_date,
    "last_day": lambda value: write_date(as_date(value) - timedelta(days=1)),  # spans are half-open, readers' are not
    "month": write_month,
    "year": lambda value: str(int(value)),
    "calendar_month": lambda value: _(MONTHS[int(value) - 1]),
    "weekday": lambda value: _(WEEKDAYS[int(value) - 1]),
    "hour": lambda value: _("{hour} o'clock").format(hour=int(value)),
    "word": str,
    "capitals": lambda value: str(value).upper(),
    "translated": lambda value: _(str(value)) if value else "",
    "budget": lambda value: f"{''.join(c for c in str(value) if c.isdigit())} %",  # hit@5, top5: five per cent
}
