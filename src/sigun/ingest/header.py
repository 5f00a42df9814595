"""The header row (머리글): found among the first rows, its names made distinct."""

from __future__ import annotations

import re
from collections.abc import Sequence

LOOK_AT = 30  # rows from the top in which a header may stand
FOOTNOTE = ("※", "*", "출처", "자료", "주)", "주:", "주 :", "Source", "Note")
NUMBERLIKE = re.compile(r"^[\s\d.,:/+()%-]*\d[\s\d.,:/+()%-]*$")


def find_header(rows: Sequence[Sequence[str]]) -> int:
    """The position (from 0) of the header among the first rows: the first wide row of words, not of numbers.

    Title rows and `(단위: 명)` rows above it are narrow. Returns -1 where no row looks like a header.
    """
    widths = [sum(bool(cell.strip()) for cell in row) for row in rows]
    widest = max(widths, default=0)
    for position, (row, width) in enumerate(zip(rows, widths, strict=True)):
        if width and width >= min(widest, max(2, round(0.6 * widest))) and looks_like_header(row):
            return position
    return -1


def looks_like_header(row: Sequence[str]) -> bool:
    """Whether most of the cells are words."""
    told = [cell.strip() for cell in row if cell.strip()]
    numbers = sum(bool(NUMBERLIKE.match(cell)) for cell in told)
    return bool(told) and numbers <= 0.3 * len(told)


def has_more_rows(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Whether the header is more than this row: a wide row above it, or a name twice with words below."""
    told = [cell.strip() for cell in rows[at] if cell.strip()]
    above = any(2 * sum(bool(c.strip()) for c in row) > len(told) > 2 for row in rows[:at])
    below = rows[at + 1] if at + 1 < len(rows) else ()
    return above or (len(set(told)) < len(told) and len(below) > 1 and looks_like_header(below))


def is_footnote(text: str, filled: int) -> bool:
    """Whether a row of so many filled cells is a remark under the table.

    >>> is_footnote("※ 자료: 새봄시", 1), is_footnote("가람동", 1)
    (True, False)
    """
    return filled <= 2 and text.lstrip('"\ufeff ').startswith(FOOTNOTE)


def distinct_names(names: Sequence[str]) -> list[str]:
    """Blanks squeezed; a missing name becomes `unnamed_3` (its place), a second "건수" becomes "건수.2"."""
    seen: dict[str, int] = {}
    made: list[str] = []
    for place, name in enumerate(names, 1):
        base = re.sub(r"\s+", " ", name.replace("\ufeff", "")).strip() or f"unnamed_{place}"
        seen[base] = seen.get(base, 0) + 1
        made.append(base if seen[base] == 1 else f"{base}.{seen[base]}")
    return made
