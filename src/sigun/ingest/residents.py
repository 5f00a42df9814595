"""Resident and foreigner registration numbers (주민·외국인등록번호): by form, date of birth and sex digit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

NUMBER = re.compile(
    r"(?<!\d)(?P<year>\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?P<dash>\s?[-–]\s?|)"
    r"(?P<sex>[0-9])(?P<rest>\d{6}|[*xX●○•]{6})(?![\d*])"
)
"""Thirteen figures, or six and one with the rest hidden."""

CENTURY = {"9": 1800, "0": 1800, **dict.fromkeys("1256", 1900), **dict.fromkeys("3478", 2000)}
WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
DATED = re.compile(r"(?P<year>19[89]\d|20[0-3]\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])\d{5}")
"""A running number that begins with its day: a date of eight figures, not of six."""

MASS = 20  # numbers without a hyphen; with that many, their check digits tell what they are
CHECKED = 0.5


@dataclass(frozen=True)
class Residents:
    """Which cells of a column hold such a number (n,), and which of them one that passes the check digit (n,)."""

    held: np.ndarray
    checked: np.ndarray


def is_resident_number(text: str) -> bool:
    """Whether the text is one: a day that was, and a sex digit.

    The check digit is not asked for: numbers given since October 2020 have none.

    >>> [is_resident_number(t) for t in ("900101-1234567", "900230-1234567", "200229-3******", "1234567890123")]
    [True, False, True, False]
    """
    found = NUMBER.fullmatch(text.strip())
    return found is not None and _has_date(found)


def residents_in(text: pd.Series) -> Residents:
    """The cells that hold a number, wherever it stands in them; `text` is a column of told cells.

    Running numbers that begin with a day of eight figures look alike without a hyphen; in a column of them the
    check digits tell: nearly all of a register's numbers pass, of running numbers one in eleven.
    """
    hits = [[h for h in NUMBER.finditer(cell) if _has_date(h)] for cell in text]
    bare = [h for cell in hits for h in cell if not h["dash"]]
    dated = [h for h in bare if DATED.fullmatch(h[0])]
    passing = sum(passes_check(h[0]) for h in dated)
    running = len(dated) >= MASS and passing < CHECKED * len(dated)
    kept = [[h for h in cell if not (running and DATED.fullmatch(h[0]))] for cell in hits]
    held = np.array([bool(cell) for cell in kept], bool)
    return Residents(held, np.array([any(passes_check(h[0]) for h in cell) for cell in kept], bool))


def passes_check(number: str) -> bool:
    """Whether the last of its thirteen figures follows from the others, as resident numbers had it until 2020."""
    figures = [int(c) for c in re.sub(r"\D", "", number)]
    if len(figures) != len(WEIGHTS) + 1:
        return False
    left = (11 - sum(w * f for w, f in zip(WEIGHTS, figures[:-1], strict=True)) % 11) % 10
    foreign = figures[6] in (5, 6, 7, 8)
    return figures[-1] == ((left + 2) % 10 if foreign else left)


def _has_date(found: re.Match[str]) -> bool:
    try:
        date(CENTURY[found["sex"]] + int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return False
    return True
