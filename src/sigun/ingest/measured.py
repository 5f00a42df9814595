"""Values of statistical tables (통계값): numbers, what stands in their place, and marks at them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from sigun.ingest.layout import Column
from sigun.ingest.periods import PROVISIONAL, REVISED
from sigun.ingest.source import Source, read_numbers
from sigun.text import N_, _

SUPPRESSED = "suppressed"  # 비공개: there is a value and it is not told
ABSENT = "absent"  # nothing is told

HIDDEN = re.compile(r"[x×*]+|비공개|비밀(보호)?|[<＜]\s*\d+|\d+\s*(명|건|개)?\s*미만", re.IGNORECASE)
NOTHING = re.compile(
    r"[-–—―─－…‥·.]+|n/?a|null|none|nan|#n/a|(해당|자료|통계)\s*없음|미공표|미집계|미조사|미상", re.IGNORECASE
)
SIGN = N_("Write the sign at all of them or at none.")
MINUS = re.compile(r"^[△∆Δ]\s*(?=[\d.])")  # as Korean accounts write a negative number


@dataclass(frozen=True)
class Measured:
    """One value column, row by row."""

    value: np.ndarray  # (n,) float64, NaN where none is told
    mark: np.ndarray  # (n,) object: None, "suppressed" or "absent"
    provisional: np.ndarray  # (n,) bool: the number carries the mark of a provisional figure


def measured(source: Source, column: Column, rows: np.ndarray | None = None) -> Measured:
    """A value column with its marks; what is neither a number nor a mark is noted as a problem.

    `rows` (bool) are those the value stands in; other rows of the column hold other values, of other units.
    """
    mine = np.ones(len(source), bool) if rows is None else rows
    if source.is_native(column):
        value = source.native_numbers(column)
        source.note_range(column, np.where(mine, value, np.nan))
        return Measured(value, absent(np.isnan(value)), np.zeros(len(source), bool))
    text = source.strings(column)
    value, odd = read_numbers(text)
    odd &= mine
    mark = absent(pc.is_null(text).to_numpy(zero_copy_only=False))
    provisional = np.zeros(len(source), bool)
    if odd.any():
        unread = _read_marks(text, value, mark, provisional, np.flatnonzero(odd))
        source.note_numbers(column, unread)
        unsigned = _some_percent(text, value, mine)
        source.note(column, unsigned, _("written without a percent sign, unlike others"), _(SIGN))
    source.note_range(column, np.where(mine, value, np.nan))
    return Measured(value, mark, provisional)


def _some_percent(text: pa.Array, value: np.ndarray, mine: np.ndarray) -> np.ndarray:
    """The numbers without a percent sign, where others of the column have one: 0.5 may be a half or half a percent."""
    signed = mine & pc.fill_null(pc.match_substring(text, "%"), False).to_numpy(zero_copy_only=False)
    return mine & ~signed & ~np.isnan(value) & (value != 0) if signed.any() else np.zeros(len(value), bool)


def _read_marks(
    text: pa.Array, value: np.ndarray, mark: np.ndarray, provisional: np.ndarray, odd: np.ndarray
) -> np.ndarray:
    """Fill in the cells that are more than a number; which rows stay unread."""
    cells = text.take(pa.array(odd)).to_pandas().astype("str")
    unique = {told: read_cell(told) for told in cells.unique()}
    value[odd] = cells.map({told: cell[0] for told, cell in unique.items()}).to_numpy(float)
    mark[odd] = [unique[told][1] for told in cells]
    provisional[odd] = [unique[told][2] for told in cells]
    unread = np.zeros(len(value), bool)
    unread[odd] = np.isnan(value[odd]) & np.array([m is None for m in mark[odd]])
    return unread


def read_cell(cell: str) -> tuple[float, str | None, bool]:
    """Value, mark and provisional of a cell that is no plain number; NaN and no mark where it cannot be read.

    >>> read_cell("X"), read_cell("1,234 p)"), read_cell("△3.5"), read_cell("12명")
    ((nan, 'suppressed', False), (1234.0, None, True), (-3.5, None, False), (nan, None, False))
    """
    said = unicodedata.normalize("NFKC", cell).strip()
    if HIDDEN.fullmatch(said):
        return float("nan"), SUPPRESSED, False
    if NOTHING.fullmatch(said):
        return float("nan"), ABSENT, False
    plain = MINUS.sub("-", REVISED.sub("", PROVISIONAL.sub("", said))).removesuffix("%")
    values, bad = read_numbers(pa.array([plain]))
    return (float("nan") if bad[0] else float(values[0])), None, PROVISIONAL.search(said) is not None


def taken_together(
    group: np.ndarray, n: int, value: np.ndarray, mark: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rows of the same key as one: the only value other than zero that they tell counts.

    A unit that did not exist is zero or absent in its row; the unit that took its name tells the value in another.

    Parameters
    ----------
    group : (m,) key of each row, from 0.
    n : number of keys.
    value, mark : (m,) as of `Measured`.

    Returns
    -------
    value, mark : (n,) one a key; "absent" where no row tells anything.
    clash : (n,) bool: rows tell different values, so that there is no one value.

    Examples
    --------
    >>> key, value = np.array([0, 0, 1, 1]), np.array([0.0, 7.0, 5.0, 6.0])
    >>> taken, _, clash = taken_together(key, 2, value, np.array([None] * 4))
    >>> taken.tolist(), clash.tolist()
    ([7.0, 6.0], [False, True])
    """
    zero = value == 0
    tells = (~np.isnan(value) & ~zero) | (mark == SUPPRESSED)
    one, said = np.full(n, np.nan), np.full(n, ABSENT, object)
    one[group[zero]], said[group[zero]] = 0.0, None
    one[group[tells]], said[group[tells]] = value[tells], mark[tells]
    taken = one[group]
    other = tells & (taken != value) & ~(np.isnan(taken) & np.isnan(value))
    return one, said, np.bincount(group[other], minlength=n) > 0


def absent(where: np.ndarray) -> np.ndarray:
    """Marks of a column in which nothing is told at these rows."""
    mark = np.full(len(where), None, object)
    mark[where] = ABSENT
    return mark


def as_marks(mark: np.ndarray) -> pd.Series:
    """Marks as a text column."""
    return pd.Series(mark, dtype="str")
