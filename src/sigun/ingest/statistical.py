"""Area tables cleaned (지역 통계표 정리): one row a region and period, one column a value, what is not told marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from sigun.errors import IngestError
from sigun.ingest.dates import form_of
from sigun.ingest.labels import clean_label
from sigun.ingest.layout import Column
from sigun.ingest.measured import as_marks, measured, taken_together
from sigun.ingest.periods import NUMBERS, SHORT_YEARS, Span, read_numbers_of_periods, read_periods, read_short_years
from sigun.ingest.place_names import Said, places_said
from sigun.ingest.source import SHOWN, Source
from sigun.ingest.values import typed
from sigun.text import N_, Message, _, say

MARK = "__mark"
SPAN_WORDS: Mapping[Span, str] = {
    "year": N_("years"),
    "half": N_("half-years"),
    "quarter": N_("quarters"),
    "month": N_("months"),
    "day": N_("days"),
    "number": N_("numbers"),
}
COUNTED_OR_SHORT = (NUMBERS, *SHORT_YEARS)


def clean_areas(source: Source) -> pd.DataFrame:
    """The place and the values, one row a region."""
    said = places_said(source)
    return _laid_out(source, said, said.frame, said.kept).drop(columns="provisional")


def clean_area_periods(source: Source) -> pd.DataFrame:
    """The place, period (its first day), span, provisional and the values, one row a region and period."""
    said, times = places_said(source), periods_of(source)
    undated = times["period"].isna().to_numpy() & said.kept
    if undated.any():
        source.changes.append(say(N_("{n} rows without a date were left out."), n=int(undated.sum())))
    return _laid_out(source, said, pd.concat([said.frame, times], axis=1), said.kept & ~undated)


def periods_of(source: Source) -> pd.DataFrame:
    """Columns period, span and provisional; two spans in one column are a problem."""
    column = source.layout.column("period")
    if column is not None and column.format in COUNTED_OR_SHORT:
        return _counted_or_short(source, column)
    if column is None or column.format is not None or source.is_native_time(column):
        first = source.times("period")
        return pd.DataFrame({"period": first, "span": _span_of(first, column), "provisional": False})
    read = read_periods(source.text_of(column))
    source.note(column, read.bad, _("no periods"), _("Write them like 2012, 2012.01, 2012.1/4 or 2012-01-31."))
    remedy = _("Write months with two figures (2012.01, 2012.10), and school years by their first year.")
    source.note(column, read.unclear, _("two periods at once; nobody can tell which"), remedy)
    if len(read.spans) > 1:
        source.problems.append(_several_spans(source, column, read.spans))
    return pd.DataFrame({"period": read.first, "span": read.span, "provisional": read.provisional})


def _counted_or_short(source: Source, column: Column) -> pd.DataFrame:
    """Periods that are numbers, or years of two figures, as the card says."""
    text, form = source.text_of(column), str(column.format)
    if form == NUMBERS:
        read = read_numbers_of_periods(text)
        remedy = _("Number periods by whole numbers from -999 to 6999; or mend `format` in the card.")
        source.note(column, read.bad, _("no numbers of periods"), remedy)
    else:
        read = read_short_years(text, form)
        remedy = _("Write years by two figures alone (81), or mend `format` in the card.")
        source.note(column, read.bad, _("no years of two figures"), remedy)
    return pd.DataFrame({"period": read.first, "span": read.span, "provisional": False})


def _span_of(first: pd.Series, column: Column | None) -> Span:
    """The span of dates: as the card's format tells it, else whether all are first days of a month."""
    form = form_of(column.format) if column is not None and column.format else None
    if form is not None and "%d" not in form:
        return "month" if "%m" in form else "year"
    return "month" if form is None and (first.dropna().dt.day == 1).all() else "day"


def _several_spans(source: Source, column: Column, spans: Mapping[Span, int]) -> IngestError:
    said = "; ".join(
        _("{span}: first in row {row}").format(span=_(SPAN_WORDS[span]), row=source.row(at))
        for span, at in spans.items()
    )
    return IngestError(
        _("Column “{column}” holds periods of {n} lengths ({spans}).").format(
            column=column.name, n=len(spans), spans=said
        ),
        str(source.path),
        _("Leave one length in the file; years beside their months would be counted twice."),
    )


def _laid_out(source: Source, said: Said, told: pd.DataFrame, kept: np.ndarray) -> pd.DataFrame:
    """One row a key, one column a value; what a key tells twice is taken together or a problem."""
    at = np.flatnonzero(kept)
    keys = told.iloc[at].reset_index(drop=True)
    provisional = (
        keys.pop("provisional").to_numpy(bool, copy=True) if "provisional" in keys else np.zeros(len(keys), bool)
    )
    group = keys.groupby(list(keys.columns), sort=False, dropna=False).ngroup().to_numpy()
    n = int(group.max(initial=-1)) + 1
    frame = keys.drop_duplicates(ignore_index=True)
    repeats, used = _Repeats(said.sure[at], n), np.zeros(len(at), bool)
    columns: dict[str, object] = {}
    for column in (c for c in source.layout.values() if c.action != "drop"):
        everywhere = _rows_of(source, column)
        rows = everywhere[at]
        used |= rows
        if column.type not in ("number", "integer"):
            columns[str(column.id)] = _first_told(pd.Series(typed(source, column)).iloc[at], group, n, rows)
            continue
        cells = measured(source, column, everywhere)
        value, mark = cells.value[at][rows], cells.mark[at][rows]
        repeats.look(group[rows], rows)
        columns[str(column.id)], marks, clash = taken_together(group[rows], n, value, mark)
        repeats.clash |= clash
        provisional |= cells.provisional[at] & rows
        if any(m is not None for m in marks):
            columns[f"{column.id}{MARK}"] = as_marks(marks)
    repeats.tell(source, keys, group, at)
    _say_unused(source, at[~used])
    frame["provisional"] = np.bincount(group[provisional], minlength=n) > 0
    columns["source"] = np.zeros(n, np.int16)
    return pd.concat([frame, pd.DataFrame(columns, index=frame.index)], axis=1)


def _say_unused(source: Source, rows: np.ndarray) -> None:
    """Rows of categories no value column of the card stands in."""
    parts = [c for c in source.layout.fields if c.role == "part"]
    if not len(rows) or not parts:
        return
    told = pd.DataFrame({c.name: source.text_of(c).iloc[rows].fillna("") for c in parts}).drop_duplicates()
    names = [" ".join(filter(None, row)) for row in told.itertuples(index=False)]
    source.changes.append(unused(len(rows), names))


def unused(n: int, names: Sequence[str]) -> Message:
    """So many rows of these categories were left out."""
    said = N_("{n} rows of categories the card does not use were left out: {names}")
    return say(said, n=n, names=", ".join(names[:SHOWN]) + (" …" if len(names) > SHOWN else ""))


class _Repeats:
    """Keys that stand in several rows: taken together where only one row tells a value, else a problem."""

    def __init__(self, sure: np.ndarray, n: int) -> None:
        self.sure, self.clash, self.twice = sure, np.zeros(n, bool), np.zeros(n, bool)

    def look(self, group: np.ndarray, rows: np.ndarray) -> None:
        """Note keys that repeat in the rows of one value; names that may mean two regions are never one."""
        repeated = np.bincount(group, minlength=len(self.twice)) > 1
        self.twice |= repeated
        unsure = repeated[group] & ~self.sure[rows]
        self.clash[group[unsure]] = True

    def tell(self, source: Source, keys: pd.DataFrame, group: np.ndarray, at: np.ndarray) -> None:
        """Say what was taken together, and what cannot be."""
        fine = self.twice & ~self.clash
        if fine.any():
            rows = fine[group]
            names = keys.loc[rows, "region_name"].dropna().unique()
            said = N_("{n} rows repeat a region and period; only one of each tells a value, and it counts: {names}")
            source.changes.append(say(said, n=int(rows.sum()), names=", ".join(names[:SHOWN])))
        if self.clash.any():
            rows = self.clash[group]
            first = keys[rows].iloc[0].dropna().drop("span", errors="ignore")
            words = [str(v.date()) if isinstance(v, pd.Timestamp) else str(v) for v in first]
            source.problems.append(told_twice(source, int(rows.sum()), words, at[rows][:SHOWN]))


def told_twice(source: Source, n: int, key: Sequence[str], at: Iterable[int]) -> IngestError:
    """So many rows repeat keys; the words of the first key, and where the first rows stand."""
    rows = ", ".join(dict.fromkeys(str(source.row(int(i))) for i in at))
    return IngestError(
        _("{n} rows repeat an area (and period), first: {said}.").format(n=n, said=", ".join(dict.fromkeys(key))),
        _("{file}, rows {rows}").format(file=source.path, rows=rows),
        _("Keep one row each, or let another column be the area (`role: region`) or tell them apart (`role: part`)."),
    )


def _rows_of(source: Source, column: Column) -> np.ndarray:
    """The rows a value stands in, by its `where`."""
    rows = np.ones(len(source), bool)
    for name, wanted in column.where.items():
        part = next(c for c in source.layout.fields if c.name == name)
        text = source.text_of(part)
        rows &= text.map({told: clean_label(str(told)) for told in text.dropna().unique()}).eq(wanted).to_numpy(bool)
    return rows


def _first_told(values: pd.Series, group: np.ndarray, n: int, rows: np.ndarray) -> pd.Series:
    told = pd.Series(values.to_numpy()[rows]).groupby(group[rows]).first()
    return told.reindex(range(n)).reset_index(drop=True)
