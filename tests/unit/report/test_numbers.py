"""How values are written: three significant digits, separators, units, dates."""

import math
from datetime import date
from typing import Any

import pytest

from sigun.report.numbers import write_value
from sigun.text import speaking


@pytest.mark.parametrize(
    ("value", "form", "ko", "en"),
    [
        (25845, "reports", "25,845건", "25,845 reports"),
        (1, "reports", "1건", "1 report"),
        (12.4219, "reports", "12.4건", "12.4 reports"),
        (12345.6, "number", "12,300", "12,300"),
        (0.01234, "number", "0.012", "0.012"),
        (-3.456, "number", "−3.46", "−3.46"),
        (-0.0001, "number", "0.000", "0.000"),
        (0.0421, "share", "4.2 %", "4.2 %"),
        (0.4213, "share", "42.1 %", "42.1 %"),
        (0.0042, "share", "0.42 %", "0.42 %"),
        (1.0, "share", "100 %", "100 %"),
        (-0.0421, "size", "4.2 %", "4.2 %"),
        (0.007, "points", "0.70 %p", "0.70 points"),
        (0.9, "level", "90 %", "90 %"),
        (1.2345, "times", "1.23배", "1.23 times"),
        (500, "metres", "500 m", "500 m"),
        (0.0508, "p", "p = 0.0508", "p = 0.0508"),
        (0.0550, "p", "p = 0.055", "p = 0.055"),
        (0.05002, "p", "p = 0.05002", "p = 0.05002"),
        (0.04998, "p", "p = 0.04998", "p = 0.04998"),
        (0.4567, "p", "p = 0.457", "p = 0.457"),
        (2.47e-5, "p", "p = 0.000025", "p = 0.000025"),
        (1e-9, "p", "p < 0.000001", "p < 0.000001"),
        (1e-9, "p_alone", "< 0.000001", "< 0.000001"),
        (0.0508, "p_alone", "0.0508", "0.0508"),
        ("cips", "capitals", "CIPS", "CIPS"),
        (date(2025, 7, 3), "date", "2025. 7. 3.", "3 July 2025"),
        ("2025-07-03", "date", "2025. 7. 3.", "3 July 2025"),
        (date(2025, 7, 1), "last_day", "2025. 6. 30.", "30 June 2025"),
        (date(2025, 7, 1), "month", "2025. 7.", "July 2025"),
        (2.0, "calendar_month", "2월", "February"),
        (3, "weekday", "수요일", "Wednesday"),
        (14.0, "hour", "14시", "14 o'clock"),
        (2018.0, "year", "2018", "2018"),
        ("hit@5", "budget", "5 %", "5 %"),
        (math.nan, "reports", "알 수 없음", "not known"),
        (None, "date", "알 수 없음", "not known"),
    ],
)
def test_written(value: Any, form: str, ko: str, en: str) -> None:
    for lang, said in (("ko", ko), ("en", en)):
        with speaking(lang):
            assert write_value(value, form) == said
