"""How wide a table's columns are (열 너비): each wide enough for its longest word, the rest by what it holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sigun.report.office.flow import Grid
from sigun.report.widths import ems

MANY = 10  # columns, from which a table lies on its side
_LABEL = 0.2  # of a form is its labels
_ROWS = 400  # enough of a long table to judge by
_PADDING = 2.0  # em, of a cell on both sides; bold letters are wider
_LONGEST = 12.0  # em: a longer word is broken
_AT_MOST = 30.0  # em: longer texts are broken anyway


def turned(grid: Grid) -> bool:
    """Whether the table needs a page on its side."""
    return len(grid.right) > MANY


def widths(grid: Grid, total: int) -> tuple[int, ...]:
    """Widths that sum to `total`, in its unit: every column its longest word first, then shares of what is left."""
    if grid.form:
        label = round(total * _LABEL)
        return (label, total - label)
    columns = list(zip(*(grid.head, *grid.rows[:_ROWS]), strict=True))
    least = [min(_LONGEST, max(map(ems, _words(cells)))) + _PADDING for cells in columns]
    most = [min(_AT_MOST, max(map(ems, _lines(cells)))) + _PADDING for cells in columns]
    spare = [max(0.3, high - low) for low, high in zip(least, most, strict=True)]
    shares = _shares(least, spare)
    cut = [round(total * sum(shares[: n + 1])) for n in range(len(shares))]
    return tuple(after - before for before, after in zip([0, *cut], cut, strict=False))


def _shares(least: Sequence[float], spare: Sequence[float]) -> list[float]:
    """Of a page of 60 em, about what a page holds in small letters: the least to all, the rest by what is spare."""
    left = max(0.0, 60.0 - sum(least))
    wide = [low + left * more / sum(spare) for low, more in zip(least, spare, strict=True)]
    return [one / sum(wide) for one in wide]


def _words(cells: Iterable[str]) -> list[str]:
    return [word for cell in cells for word in cell.split()] or [""]


def _lines(cells: Iterable[str]) -> list[str]:
    return [line for cell in cells for line in cell.split("\n")] or [""]
