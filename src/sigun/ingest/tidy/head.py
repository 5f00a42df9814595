"""The header of a statistical table (머리글): what each column tells, read by a shape or by a guess at one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from sigun.ingest.header import distinct_names
from sigun.ingest.layout import Meaning
from sigun.ingest.tidy.grid import Grid, squeezed, unit_of
from sigun.ingest.tidy.moments import part_of_year, when, written

VALUE = "값"
"""The name of the only value column where the header gives it none."""

CODED = re.compile(r"^[0-9A-Z][0-9A-Z_.]{0,19}\s+(?=\S)")
UNIT = re.compile(
    r"^(천|만|십만|백만|천만|억|십억|조)?\s?"
    r"(명|인|원|달러|불|가구|세대|호|동|채|대|척|건|개|개소|개교|개사|곳|회|편|권|면|필지|구좌|실|석|병상|좌석|학급|교|"
    r"톤|t|kg|g|km|m|cm|mm|ha|㏊|㎢|km2|km²|㎡|m2|m²|㎥|ℓ|kl|L|kWh|MWh|GWh|TOE|toe|℃|도|㎍/㎥|ppm|dB|"
    r"%|％|‰|퍼센트|%p|세|년|월|개월|일|시간|분|초|점|위|배|지수|주|p|bp)"
    r"(\s?/\s?\S{1,8})?$|=\s*100|^\S{1,8}\s?당\s?\S{1,6}$|^\S{1,6}/\S{1,6}$"
)
IN_BRACKETS = re.compile(r"[(\[（]([^()\[\]（）]{1,40})[)\]）]\s*$")


class HeaderRule(Protocol):
    """What is needed to read a header: a `Shape`, or a guess at one. Rows are counted from 1."""

    @property
    def header(self) -> tuple[int, ...]: ...
    @property
    def tells(self) -> tuple[Meaning, ...]: ...
    @property
    def first_row(self) -> int: ...
    @property
    def coded(self) -> bool: ...


@dataclass(frozen=True)
class ValueColumn:
    """One column of values and what its header tells of it."""

    at: int  # from 0
    period: str
    parts: tuple[str, ...]
    region: str
    item: str
    own: bool  # whether any cell of its header is its own, not carried over from the left

    @property
    def block(self) -> tuple[str, ...]:
        """What tells its rows of the flat table from those of other columns."""
        return (self.period, *self.parts, self.region)


def texts_of(grid: Grid, rule: HeaderRule, keys: int) -> list[list[str]]:
    """The header rows with merged cells filled, and blank cells carried over from the left within their group.

    The last row is never carried over: a blank there is the total of its group.
    """
    rows = [row - 1 for row in rule.header]
    texts = [[_cell(grid.rows[row][c], rule) for c in range(grid.width)] for row in rows]
    for r0, c0, r1, c1 in grid.merges:
        text = _cell(grid.rows[r0][c0], rule) if r0 <= rows[-1] else ""
        for i, row in enumerate(rows):
            if text and r0 <= row <= r1:
                texts[i][c0 : c1 + 1] = [text] * (c1 + 1 - c0)
    for i, line in enumerate(texts[:-1]):
        for c in range(keys + 1, grid.width):
            if not line[c] and all(texts[above][c] == texts[above][c - 1] for above in range(i)):
                line[c] = line[c - 1]
    return texts


def _cell(text: str, rule: HeaderRule) -> str:
    text = squeezed(text)
    return CODED.sub("", text) if rule.coded and when(text) is None else text


def key_names(grid: Grid, rule: HeaderRule, keys: int) -> tuple[str, ...]:
    """The lowest words over each key column; blank ones named by their place."""
    texts = [[_cell(cell, rule) for cell in grid.rows[row - 1][:keys]] for row in rule.header]
    for r0, c0, r1, c1 in grid.merges:
        for i, row in enumerate(rule.header):
            if r0 < row <= r1 + 1 and c0 < keys:
                text = _cell(grid.rows[r0][c0], rule)
                texts[i][c0 : min(c1 + 1, keys)] = [text] * (min(c1 + 1, keys) - c0)
    lowest = [next((line[c] for line in reversed(texts) if line[c]), "") for c in range(keys)]
    return tuple(distinct_names(lowest))


def read_columns(grid: Grid, rule: HeaderRule, keys: int, unit: str = "") -> list[ValueColumn]:
    """Every column right of the keys that has a header, in file order."""
    texts = texts_of(grid, rule, keys)
    own = [grid.rows[row - 1] for row in rule.header]
    merged = _covered(grid, rule)
    columns = []
    for c in range(keys, grid.width):
        if any(line[c] for line in texts):
            told = any(line[c].strip() for line in own) or c in merged
            columns.append(_column(c, [line[c] for line in texts], rule.tells, unit, told))
    return columns


def _covered(grid: Grid, rule: HeaderRule) -> set[int]:
    """Columns over which a merged header cell lies."""
    first, last = rule.header[0] - 1, rule.header[-1] - 1
    return {c for r0, c0, r1, c1 in grid.merges if r0 <= last and r1 >= first for c in range(c0, c1 + 1)}


def _column(at: int, texts: Sequence[str], tells: Sequence[Meaning], unit: str, own: bool) -> ValueColumn:
    period, region, told_unit = "", "", unit
    parts: list[str] = []
    path: list[str] = []
    for text, meaning in zip(texts, tells, strict=True):
        if meaning == "period" and (when(text) is not None or part_of_year(text)):
            period = written(period, text) if period else text
        elif meaning == "part":
            parts.append(text)
        elif meaning == "region":
            region = f"{region} {text}".strip() if text != region else region
        elif meaning == "unit":
            told_unit = unit_of(text) or text.strip("()[] ") or told_unit
        elif meaning != "skip" and text and text != (path[-1] if path else ""):
            path.append(text)
    return ValueColumn(at, period, tuple(parts), region, _item(path, told_unit), own)


def _item(path: Sequence[str], unit: str) -> str:
    """The path as one name, the unit in brackets behind it where it tells none itself."""
    name = " / ".join(path) or VALUE
    if not unit or any(_unit_in(step) for step in path):
        return name
    return f"{name} ({unit})"


def _unit_in(text: str) -> bool:
    found = IN_BRACKETS.search(text)
    return bool(found and is_unit(found[1]))


def is_unit(text: str) -> bool:
    """Whether the words in brackets are a unit, not an age or a remark.

    >>> [is_unit(t) for t in ("천명", "명/㎢", "2017.11 = 100.0", "15세 이상", "관사,사택등", "1")]
    [True, True, True, False, False, False]
    """
    return bool(UNIT.search(text.strip().removeprefix("단위").lstrip(" :")))


def one_unit(unit: str) -> str:
    """The unit where the row names one; several cannot be told to their columns."""
    return unit if unit and not re.search(r"[,·、]|\s/\s", unit) else ""


def same_twice(columns: Sequence[ValueColumn]) -> Iterator[tuple[ValueColumn, ValueColumn]]:
    """Columns that tell the same item of the same period, part and region, however the period is written."""
    seen: dict[object, ValueColumn] = {}
    for column in columns:
        moment = when(column.period) or column.period
        first = seen.setdefault((moment, column.parts, column.region, column.item), column)
        if first is not column:
            yield first, column
