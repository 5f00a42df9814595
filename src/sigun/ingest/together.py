"""Several files of one table as one (파일 합치기): the later file counts, and what changed is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from sigun.ingest.change import CELLS, Cell, Change
from sigun.ingest.periods import number_of
from sigun.ingest.place_names import LEVELS, PLACES
from sigun.ingest.statistical import MARK
from sigun.text import N_, Message, say

KEYS = (*PLACES, "period", "span")
NAMED = 8


def put_together(frames: Sequence[pd.DataFrame], names: Sequence[str]) -> tuple[pd.DataFrame, tuple[Change, ...]]:
    """Cleaned frames of one layout as one frame with a column `source`, and what each later file changed.

    Parameters
    ----------
    frames : as of `clean_areas` or `clean_area_periods`, in the order the files were added.
    names : of the files.
    """
    whole = _numbered(frames[0], 0)
    changes: list[Change] = []
    for at, later in enumerate(frames[1:], 1):
        changes.append(replace(compare(whole, later), file=names[at]))
        whole = _laid_over(whole, _numbered(later, at))
    return whole, tuple(changes)


def compare(earlier: pd.DataFrame, later: pd.DataFrame) -> Change:
    """What `later` tells otherwise than `earlier`."""
    keys = _keys(earlier, later)
    both = earlier.merge(later, on=keys, suffixes=("", "__later"))
    values = [name for name in _values(later) if name in earlier and later[name].dtype.kind == "f"]
    old = np.column_stack([both[name] for name in values]) if values else np.empty((len(both), 0))
    new = np.column_stack([both[f"{name}__later"] for name in values]) if values else old
    told = ~np.isnan(old) & ~np.isnan(new)
    revised = told & ~np.isclose(old, new, rtol=1e-9, atol=0, equal_nan=True)
    final = both["provisional"] & ~both["provisional__later"] if "provisional" in both else np.zeros(0, bool)
    return Change(
        _new_periods(earlier, later),
        _only_in(later, earlier),
        _gone(earlier, later),
        int(told.sum()),
        int(revised.sum()),
        int(final.sum()),
        len(later),
        tuple(
            Cell(_place(both, row), _period(both, row), values[at], float(old[row, at]), float(new[row, at]))
            for row, at in np.argwhere(revised)[:CELLS].tolist()
        ),
    )


def _place(rows: pd.DataFrame, at: int) -> str:
    """What the row calls its region: the names of its levels, else its name, else its code."""
    told = {name: rows[name].iloc[at] for name in PLACES if name in rows and pd.notna(rows[name].iloc[at])}
    levels = " ".join(str(told[name]) for name in LEVELS if name in told)
    return levels or str(told.get("region_name", told.get("region", "")))


def _period(rows: pd.DataFrame, at: int) -> str:
    return written(rows["period"].iloc[at], rows["span"].iloc[at]) if "period" in rows else ""


def messages(change: Change) -> Iterator[Message]:
    """The changes in words."""
    yield say(N_("Added from {file}: {rows} rows."), file=change.file, rows=change.rows)
    if change.new_periods:
        said = N_("Periods that are new: {n} ({first} – {last}).")
        yield say(said, n=len(change.new_periods), first=change.new_periods[0], last=change.new_periods[-1])
    if change.revised:
        yield say(N_("Values the newer file tells otherwise: {n} of {all}."), n=change.revised, all=change.compared)
    if change.final:
        yield say(N_("Rows that were provisional and are final now: {n}."), n=change.final)
    for regions, said in (
        (change.new_regions, N_("Regions that are new: {n} ({names}).")),
        (change.gone_regions, N_("Regions the newer file does not tell any more: {n} ({names}).")),
    ):
        if regions:
            more = ", …" if len(regions) > NAMED else ""
            yield say(said, n=len(regions), names=", ".join(regions[:NAMED]) + more)


def _numbered(frame: pd.DataFrame, at: int) -> pd.DataFrame:
    return frame.assign(source=np.full(len(frame), at, np.int16))


def _laid_over(earlier: pd.DataFrame, later: pd.DataFrame) -> pd.DataFrame:
    """Cell by cell the later value, where it tells one; rows that only one has as they are."""
    keys = _keys(earlier, later)
    stacked = pd.concat([earlier, later], ignore_index=True)
    group = stacked.groupby(keys, sort=False, dropna=False).ngroup().to_numpy()
    last = ~pd.Series(group).duplicated(keep="last").to_numpy()
    order = np.argsort(group[last], kind="stable")
    whole = stacked[last].iloc[order].reset_index(drop=True)
    for name in _values(stacked):
        told = stacked[name].notna().to_numpy() | _marked(stacked, name, "suppressed")
        whole[name] = _last(stacked[name], group, told, len(whole))
        if f"{name}{MARK}" in stacked:
            whole[f"{name}{MARK}"] = _last(stacked[f"{name}{MARK}"], group, told, len(whole), otherwise="absent")
    return whole


def _last(column: pd.Series, group: np.ndarray, told: np.ndarray, n: int, otherwise: object = np.nan) -> pd.Series:
    """The last told value of each group."""
    values = pd.Series([otherwise] * n, dtype=column.dtype) if n else column.iloc[:0]
    array = values.to_numpy(copy=True) if column.dtype.kind == "f" else values.to_numpy(object, copy=True)
    array[group[told]] = column.to_numpy()[told]
    return pd.Series(array, dtype=column.dtype)


def _marked(frame: pd.DataFrame, name: str, mark: str) -> np.ndarray:
    column = f"{name}{MARK}"
    return frame[column].eq(mark).to_numpy(bool) if column in frame else np.zeros(len(frame), bool)


def _keys(earlier: pd.DataFrame, later: pd.DataFrame) -> list[str]:
    return [name for name in KEYS if name in earlier and name in later]


def _values(frame: pd.DataFrame) -> list[str]:
    beside = {*KEYS, "provisional", "source"}
    return [str(c) for c in frame if c not in beside and not str(c).endswith(MARK)]


def _new_periods(earlier: pd.DataFrame, later: pd.DataFrame) -> tuple[str, ...]:
    if "period" not in later:
        return ()
    new = later.loc[~later["period"].isin(earlier["period"]), ["period", "span"]].drop_duplicates()
    return tuple(written(first, span) for first, span in new.sort_values("period").itertuples(index=False))


def written(first: pd.Timestamp, span: str) -> str:
    """A period as a person reads it: 2012, 2012-03, 2012 Q1, 2012 H2; a counted one by its number."""
    if span == "number":
        return str(number_of(first.year))
    if span in ("quarter", "half"):
        return f"{first.year} {span[0].upper()}{(first.month - 1) // (3 if span == 'quarter' else 6) + 1}"
    return str(first.strftime({"year": "%Y", "day": "%Y-%m-%d"}.get(span, "%Y-%m")))


def _gone(earlier: pd.DataFrame, later: pd.DataFrame) -> tuple[str, ...]:
    """Regions of the last earlier period the later file lacks; none where it tells of other regions altogether."""
    last = earlier[earlier["period"] == earlier["period"].max()] if "period" in earlier else earlier
    gone = _only_in(last, later)
    return gone if len(gone) < 0.5 * len(last.drop_duplicates(list(PLACES))) else ()


def _only_in(one: pd.DataFrame, other: pd.DataFrame) -> tuple[str, ...]:
    """Regions one tells and the other does not."""
    names = [name for name in PLACES if name in one]
    mine, theirs = one[names].fillna("").drop_duplicates(), other[names].fillna("").drop_duplicates()
    alone = mine.merge(theirs, how="left", indicator=True)
    alone = alone[alone["_merge"] == "left_only"]
    return tuple(alone["region_name"].where(alone["region_name"] != "", alone["region"]))
