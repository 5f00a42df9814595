"""How a table is laid on paper (표 놓기): the size of its letters, the widths of its columns, upright or across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sigun.report.widths import ems, longest_word

UPRIGHT, ACROSS = 174 / 25.4 * 72, 261 / 25.4 * 72  # points between the margins of A4
SIZES = (8.5, 8.0, 7.5, 7.0)
PADDING = 8.0  # points at both sides of a cell
READABLE, ROOMY = 12.0, 40.0  # ems: what a column of sentences needs, and what it is glad of
SPARE = 1.04  # letters of titles are bold, and kerned differently


@dataclass(frozen=True)
class Lay:
    """A table on paper."""

    size: float  # of letters, in points
    widths: tuple[float, ...]  # of columns, in points
    landscape: bool
    torn: bool = False  # words have to be broken


@dataclass(frozen=True)
class _Column:
    needs: float  # ems, without which words are torn
    likes: float  # ems, with which few cells take two lines


def laid(titles: Sequence[str], rights: Sequence[bool], rows: Sequence[Sequence[str]]) -> Lay:
    """The largest letters with which no number or word is torn: upright if it can be, else across.

    A table too wide for either is set across in the smallest letters, and its words are torn.
    """
    columns = [
        _column(title, right, [row[i] for row in rows])
        for i, (title, right) in enumerate(zip(titles, rights, strict=True))
    ]
    for room, landscape in ((UPRIGHT, False), (ACROSS, True)):
        for size in SIZES:
            if _needed(columns, size) <= room:
                return Lay(size, _shared(columns, size, room), landscape)
    return Lay(SIZES[-1], _shared(columns, SIZES[-1], ACROSS), True, True)


def _column(title: str, right: bool, cells: Sequence[str]) -> _Column:
    widest = max(map(ems, cells), default=0.0)
    word = max(map(longest_word, (title, *cells)), default=0.0)
    needs = max(word, widest if right else min(widest, READABLE))
    likes = max(needs, min(max(widest, ems(title)), ROOMY))
    return _Column(needs * SPARE + 0.2, likes * SPARE + 0.2)


def _needed(columns: Sequence[_Column], size: float) -> float:
    return sum(c.needs * size + PADDING for c in columns)


def _shared(columns: Sequence[_Column], size: float, room: float) -> tuple[float, ...]:
    """What every column needs, and of what is left over a part as large as it would like more."""
    needed = _needed(columns, size)
    if needed >= room:
        return tuple((c.needs * size + PADDING) * room / needed for c in columns)
    wishes = sum(c.likes - c.needs for c in columns) * size
    share = min(1.0, (room - needed) / wishes) if wishes else 0.0
    return tuple((c.needs + (c.likes - c.needs) * share) * size + PADDING for c in columns)
