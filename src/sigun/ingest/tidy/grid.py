"""A sheet as it lies (격자): its cells as text, and which of them are merged."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sigun.ingest.header import FOOTNOTE

Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column, counted from 0."""

MARKS = frozenset(("-", "–", "—", "－", "…", "...", "··", ".", "X", "x", "*", "**", "NA", "N/A", "nan", "null", "None"))
"""What stands in a value's place where there is none."""

NUMBER = re.compile(
    r"^[\s(△▲+-]*[₩$]?\d(?:[\d,]|\s(?=\d{3}(?!\d)))*(\.\d*)?([eE][+-]?\d+)?\s*%?\)?\s*(\(?[a-zA-Z]\)|\*+)?$"
    r"|^[△▲+-]?\.\d+$"
)
UNIT_ROW = re.compile(r"^[\s(\[<【]*단\s*위\s*[:：/]?\s*(?P<unit>.*?)[\s)\]>】]*$")
REMARK = re.compile(r"^\s*(\(?주\s*\d*\)?\s*[):：.]|\d+\)\s|[-·]\s*(주|자료)|주석)")


@dataclass(frozen=True)
class Grid:
    """One sheet: rows of text, all equally wide, and its merged ranges."""

    rows: tuple[tuple[str, ...], ...]
    merges: Sequence[Merge] = ()

    @property
    def width(self) -> int:
        """Columns, empty ones included."""
        return len(self.rows[0]) if self.rows else 0


def grid_of(rows: Sequence[Sequence[str]], merges: Iterable[Merge] = ()) -> Grid:
    """A grid: rows made equally wide, merges cut to it and in order.

    >>> grid_of([["a"], ["b", "c"]], [(0, 0, 9, 0)])
    Grid(rows=(('a', ''), ('b', 'c')), merges=((0, 0, 1, 0),))
    """
    width = max((len(row) for row in rows), default=0)
    even = tuple(tuple(row) + ("",) * (width - len(row)) for row in rows)
    return Grid(even, tuple(sorted(cut_merges(merges, len(even), width))))


def cut_merges(merges: Iterable[Merge], height: int, width: int) -> list[Merge]:
    """The merges as far as they lie on the sheet; those of a single cell left out."""
    cut = [(r0, c0, min(r1, height - 1), min(c1, width - 1)) for r0, c0, r1, c1 in merges if r0 < height and c0 < width]
    return [m for m in cut if m[2] > m[0] or m[3] > m[1]]


def squeezed(text: str) -> str:
    """One blank where there were several, line breaks and U+3000 among them.

    >>> squeezed("평  균\\n(만원)")
    '평 균 (만원)'
    """
    return " ".join(text.replace("\ufeff", "").split())


def address(row: int, column: int) -> str:
    """The cell as Excel names it, counted from 0 here.

    >>> address(0, 0), address(2, 27)
    ('A1', 'AB3')
    """
    letters, left = "", column + 1
    while left:
        left, rest = divmod(left - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def is_mark(text: str) -> bool:
    """Whether the cell says that there is no value."""
    return text.strip() in MARKS


def is_number(text: str) -> bool:
    """Whether the cell holds a number, however it is written.

    >>> [is_number(t) for t in ("1,234", "-0.5", "△12", "12.3 p)", "2020년", "0~9세")]
    [True, True, True, True, False, False]
    >>> [is_number(t) for t in ("1 234", "１，２３４", "12 34", "1,234원")]
    [True, True, False, False]
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return bool(NUMBER.match(plain.strip()))


def is_remark(text: str) -> bool:
    """Whether a row that begins so is a remark, not a row of the table.

    >>> is_remark("자료: 통계청"), is_remark("주 1) 잠정치"), is_remark("주문진읍")
    (True, True, False)
    """
    text = text.lstrip('"\ufeff ')
    return text.startswith(tuple(f for f in FOOTNOTE if f != "자료")) or bool(
        REMARK.match(text) or re.match(r"자료\s*(원|출처|갱신)?\s*[:：;]|자료\s*에서", text)
    )


def unit_of(text: str) -> str | None:
    """The unit a `(단위 : 가구)` cell tells, or none.

    >>> unit_of("     (단위 : 가구)"), unit_of("[단위: 천명, %]"), unit_of("인구")
    ('가구', '천명, %', None)
    """
    found = UNIT_ROW.match(text)
    return squeezed(found["unit"]) if found else None
