"""A table and the layout it is read by (읽을 표): columns by role, and cells that are not what the card says."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from sigun.errors import CardError, IngestError, SigunError
from sigun.ingest.dates import form_of, is_day_first, read_clock, read_times
from sigun.ingest.layout import Column, Layout, Role
from sigun.ingest.personal import masked
from sigun.ingest.places import check_points
from sigun.ingest.tabular import file_row
from sigun.text import Message, _

SHOWN = 10  # bad cells listed one by one
NUMBER = r"^[+-]?\s*(\d+|\d{1,3}([,\s]\d{3})+)?(\.\d*)?([eE][+-]?\d+)?$"
TRUE = frozenset({"true", "t", "y", "yes", "1", "예", "o", "있음", "여"})
FALSE = frozenset({"false", "f", "n", "no", "0", "아니오", "아니요", "x", "없음", "부"})


@dataclass(frozen=True)
class Source:
    """One file being cleaned. `problems` and `changes` gather what is met; `clean` raises and reports them."""

    path: Path
    layout: Layout
    table: pa.Table
    rows: np.ndarray  # record of the file each row of the table is, from 0
    problems: list[SigunError] = field(default_factory=list)
    changes: list[Message] = field(default_factory=list)

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def has(self, role: Role) -> bool:
        """Whether a column plays the role and is in the file."""
        column = self.layout.column(role)
        return column is not None and column.name in self.table.column_names

    def text(self, role: Role) -> pd.Series:
        """The column of the role as stripped text; all missing where there is none."""
        column = self.layout.column(role)
        return self.text_of(column) if column is not None else self.nothing()

    def text_of(self, column: Column) -> pd.Series:
        """A column as stripped text, missing where nothing is told."""
        return self.strings(column).to_pandas().astype("str")

    def nothing(self) -> pd.Series:
        """A column of missing text."""
        return pd.Series(np.full(len(self), np.nan, object), dtype="str")

    def strings(self, column: Column) -> pa.Array:
        """A column as Arrow strings, null where nothing is told."""
        if column.name not in self.table.column_names:
            return pa.nulls(len(self), pa.string())
        return stripped(self.table[column.name], (*self.layout.reading.missing, *column.missing))

    def numbers(self, column: Column) -> np.ndarray:
        """A column as float64; thousands separators are taken out, what is no number is noted as a problem."""
        if self.is_native(column):
            values = self.native_numbers(column)
        else:
            values, bad = read_numbers(self.strings(column))
            self.note_numbers(column, bad)
        values = np.where(np.isfinite(values), values, np.nan)
        self.note_range(column, values)
        return values

    def note_numbers(self, column: Column, bad: np.ndarray) -> None:
        """Remember cells that are no numbers."""
        self.note(column, bad, _("no numbers"), _("Mend these cells, or take the column out of the card."))

    def note_range(self, column: Column, values: np.ndarray) -> None:
        """Remember values outside the card's range."""
        low, high = column.minimum, column.maximum
        outside = (values < (-np.inf if low is None else low)) | (values > (np.inf if high is None else high))
        span = f"{'…' if low is None else low} – {'…' if high is None else high}"
        self.note(
            column, outside, _("outside the card's range ({span})").format(span=span),
            _("Mend these cells, or `minimum` and `maximum` in the card."),
        )  # fmt: skip

    def is_native(self, column: Column) -> bool:
        """Whether the file holds the column as numbers, not as text."""
        return column.name in self.table.column_names and _is_number(self.table[column.name].type)

    def native_numbers(self, column: Column) -> np.ndarray:
        """A column that is numbers already, NaN where it says that nothing is known."""
        values = self.table[column.name].to_numpy().astype(float)
        return np.where(np.isin(values, _numbers_of(column.missing)), np.nan, values)

    def truths(self, column: Column) -> np.ndarray:
        """A yes/no column as 1, 0 and NaN."""
        text = self.text_of(column).str.lower()
        values = np.where(text.isin(TRUE), 1.0, np.where(text.isin(FALSE), 0.0, np.nan))
        self.note(column, text.notna().to_numpy() & np.isnan(values), _("neither yes nor no"), _("Mend these cells."))
        return values

    def times(self, role: Role) -> pd.Series:
        """The column of the role as naive local times; all missing where there is none."""
        column = self.layout.column(role)
        return self.times_of(column) if column is not None else pd.Series(np.full(len(self), "NaT", "datetime64[us]"))

    def times_of(self, column: Column) -> pd.Series:
        """A column as naive local times (datetime64[us]); two forms in one column are a problem, not a guess."""
        if column.name not in self.table.column_names:
            return pd.Series(np.full(len(self), "NaT", "datetime64[us]"))
        if self.is_native_time(column):
            return self._native_times(column)
        times = read_times(self.strings(column), is_day_first(column.format))
        self.note(column, times.bad, _("no dates"), _("Mend these cells, or `format` in the card."))
        self.one_form(column, times.forms, times.counts)
        return self._local(column, times.values, times.offsets)

    def is_native_time(self, column: Column) -> bool:
        """Whether the file holds the column as dates, not as text."""
        if column.name not in self.table.column_names:
            return False
        kind = self.table[column.name].type
        return bool(pa.types.is_timestamp(kind) or pa.types.is_date(kind))

    def clock(self, role: Role) -> np.ndarray:
        """The time-of-day column of the role as timedelta64[us]."""
        column = self.layout.column(role)
        if column is None:
            return np.full(len(self), "NaT", "timedelta64[us]")
        values, bad = read_clock(self.strings(column))
        self.note(column, bad, _("no times of day"), _("Write them as 14:20 or 오후 2:20."))
        return values

    def note(self, column: Column, bad: np.ndarray, what: str, remedy: str) -> None:
        """Remember cells that are not what the card says, up to ten by row and value (letters masked)."""
        at = np.flatnonzero(bad)
        if not len(at):
            return
        told = stripped(self.table[column.name].take(pa.array(at[:SHOWN])), ())
        cells = [(self.row(i), str(v)) for i, v in zip(at[:SHOWN], told.to_pylist(), strict=True)]
        self.problems.append(bad_cells(self.path, column, len(at), cells, (what, remedy)))

    def points_problem(self, first: np.ndarray, second: np.ndarray, where: str) -> SigunError | None:
        """Why the coordinates cannot be what the layout says, or none."""
        return check_points(first, second, self.layout.crs, where)

    def row(self, at: int) -> int:
        """The row in the file as Excel numbers it."""
        return file_row(self.layout.reading, int(self.rows[at]), self.table.schema.metadata)

    def place(self, at: int, column: Column) -> str:
        """File, row and column of a cell."""
        return _("{file}, row {row}, column “{column}”").format(file=self.path, row=self.row(at), column=column.name)

    def one_form(self, column: Column, forms: Mapping[str, int], counts: Mapping[str, int]) -> None:
        """Note a column whose dates are written in several forms, or in another than the card says."""
        asked = form_of(column.format) if column.format else None
        if column.format and asked is None:
            self.problems.append(
                CardError(
                    _("`format` of column “{column}” is no date format: {format}").format(
                        column=column.name, format=column.format
                    ),
                    str(self.path),
                    _("Take it out, or write it like %Y-%m-%d %H:%M."),
                )
            )
        elif len(forms) > 1:
            said = "; ".join(
                _("{form}: {n} cells, first in row {row}").format(form=f, n=counts[f], row=self.row(at))
                for f, at in sorted(forms.items(), key=lambda kv: kv[1])
            )
            self.problems.append(
                IngestError(
                    _("Column “{column}” holds dates in {n} forms ({forms}).").format(
                        column=column.name, n=len(forms), forms=said
                    ),
                    self.place(sorted(forms.values())[1], column),
                    _("Bring the column into one form in the file; two forms can be misread for each other."),
                )
            )
        elif asked is not None and forms and asked not in forms:
            form, at = next(iter(forms.items()))
            self.problems.append(
                CardError(
                    _("The card says the dates of column “{column}” are {said}; the file has {form}.").format(
                        column=column.name, said=column.format, form=form
                    ),
                    self.place(at, column),
                    _('Write `format: "{form}"` in the card, or take `format` out.').format(form=form),
                )
            )

    def _native_times(self, column: Column) -> pd.Series:
        values = self.table[column.name].to_pandas()
        times = pd.to_datetime(values)
        if times.dt.tz is not None:
            times = times.dt.tz_convert(self.layout.timezone or times.dt.tz).dt.tz_localize(None)
        return times.astype("datetime64[us]").reset_index(drop=True)

    def _local(self, column: Column, values: pd.Series, offsets: pd.Series) -> pd.Series:
        """Times with an offset become the wall clock of the layout's time zone."""
        if offsets.isna().all():
            return values
        if self.layout.timezone is None:
            if offsets.dropna().nunique() == 1 and offsets.dropna().iloc[0] != 0:
                return values  # one offset all year: the clock as written is the local one
            self.problems.append(
                CardError(
                    _(
                        "Times in column “{column}” carry an offset from Greenwich; the local time zone is not told."
                    ).format(column=column.name),
                    str(self.path),
                    _("Write the time zone into the card, for example `timezone: Asia/Seoul`."),
                )
            )
            return values
        has = offsets.notna()
        utc = values[has] - pd.to_timedelta(offsets[has], unit="min")
        local = utc.dt.tz_localize("UTC").dt.tz_convert(self.layout.timezone).dt.tz_localize(None)
        return values.where(~has, local.reindex(values.index)).astype("datetime64[us]")


def bad_cells(
    path: Path, column: Column, n: int, cells: Sequence[tuple[int, str]], said: tuple[str, str]
) -> IngestError:
    """So many cells that are not what the card says; the first of them by row and value; `said`: what, remedy."""
    first = "; ".join(
        _("row {row}: “{value}”").format(row=row, value=masked(value)[:40]) for row, value in cells[:SHOWN]
    )
    more = _(" … and {n} more").format(n=n - SHOWN) if n > SHOWN else ""
    return IngestError(
        _("{n} cells of column “{column}” are {what}: {cells}{more}").format(
            n=n, column=column.name, what=said[0], cells=first, more=more
        ),
        _("{file}, row {row}, column “{column}”").format(file=path, row=cells[0][0], column=column.name),
        said[1],
    )


def read_numbers(text: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Strings as float64, and which told ones are no numbers. Commas and blanks count as separators of thousands only.

    >>> values, bad = read_numbers(pa.array(["1,234", "1,5", "+2.50", None, "１２"]))
    >>> values.tolist(), bad.tolist()
    ([1234.0, nan, 2.5, nan, 12.0], [False, True, False, False, False])
    """
    if not pc.all(pc.string_is_ascii(text)).as_py():
        text = pc.utf8_normalize(text, form="NFKC")
    good = pc.match_substring_regex(text, NUMBER)
    plain = pc.replace_substring_regex(text, r"^\+|[,\s]", "")
    values = pd.to_numeric(pc.if_else(good, plain, None).to_pandas().astype("str"), errors="coerce")
    found = values.to_numpy(float, copy=True)
    return found, pc.is_valid(text).to_numpy(zero_copy_only=False) & ~np.isfinite(found)


def _numbers_of(words: Sequence[str]) -> list[float]:
    """The words that are numbers."""
    return [float(word) for word in words if re.fullmatch(r"[+-]?\d+(\.\d+)?", word)]


def stripped(column: pa.ChunkedArray, missing: Sequence[str]) -> pa.Array:
    """Text without blanks around it; what stands for "nothing" becomes null. Whole floats lose their `.0`."""
    values = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    if pa.types.is_floating(values.type):
        whole = pc.all(pc.equal(pc.floor(values), values)).as_py()
        values = values.cast(pa.int64(), safe=False) if whole else values
    text = values if pa.types.is_string(values.type) else values.cast(pa.string())
    text = pc.utf8_trim_whitespace(text)
    nothing = pc.is_in(text, value_set=pa.array(list(dict.fromkeys((*missing, "")))))
    return pc.if_else(nothing, pa.scalar(None, pa.string()), text)


def missing_columns(path: Path, layout: Layout, names: Sequence[str]) -> Iterator[SigunError]:
    """Columns the card has and the file has not."""
    for column in layout.fields:
        if column.name in names or column.optional or (column.action == "drop" and column.role is None):
            continue
        near = difflib.get_close_matches(column.name, names, 3, 0.5) or list(names)[:SHOWN]
        yield CardError(
            _("The file has no column “{column}”.").format(column=column.name),
            str(path),
            _("Nearest: {names}. Mend `name` in the card, or write `optional: true`.").format(names=", ".join(near)),
        )


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))
