"""How amounts are written in a picture (수치 표기): as in the report's sentences; ticks and breaks without padding."""

from __future__ import annotations

from typing import Any

from sigun.report.numbers import MINUS, write_month, write_number, write_value

number, month = write_number, write_month


def plain(value: float) -> str:
    """A round number as it is: `1,000`, `0.02`; for counts, ticks and class breaks.

    Examples
    --------
    >>> plain(1000.0), plain(0.1 + 0.2), plain(-2)
    ('1,000', '0.3', '−2')
    """
    return f"{round(float(value), 9):,.10g}".replace("-", MINUS)


def percent(share: float) -> str:
    """`0.4213` → `42.1 %`."""
    return write_value(float(share), "share")


def ticks_plain(axis: Any) -> None:
    """Write the ticks of a matplotlib axis as `plain` numbers."""
    axis.set_major_formatter(lambda value, _at: plain(value))


def ticks_percent(axis: Any) -> None:
    """Write the ticks of an axis of shares as percentages."""
    axis.set_major_formatter(lambda value, _at: f"{plain(100 * value)} %")
