"""Reports beside a second source (두 자료 대조): what each has of the other, and whether a hole was a quiet time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from sigun.panel.gaps import BoolArray, FloatArray, IntArray, Span, observed, zero_runs

SAME_ID = 0.1  # share of the second source's ids among ours, from which ids are taken to mean the same
METRES = 50.0  # without common ids: how near, and how soon, one record must be to another
DAYS = 1.0
CERTAIN = 0.01  # chance at which "none of theirs in our days" is no accident
AROUND = 56  # days on either side that say how many records to expect
ENOUGH = 10  # expected records below which a second source cannot tell a quiet time

Verdict = Literal["confirmed", "quiet", "unclear"]


@dataclass(frozen=True)
class Witness:
    """What the second source has in the days of a hole."""

    verdict: Verdict  # collection stopped | nothing came in | it cannot tell
    records: int
    expected: float  # by its own rate around those days


@dataclass(frozen=True)
class Reconciliation:
    """Two sources of the same reports over the days both cover, day by day and month by month."""

    first: int  # first common day, days since the panel's first
    days: int
    by: Literal["id", "place"]  # how records were matched: case id, or time and place
    ours: IntArray  # (days,) reports a day
    theirs: IntArray  # (days,) records a day of the second source
    ours_there: IntArray  # (days,) of ours, found in the second source
    theirs_here: IntArray  # (days,) of theirs, found among the reports

    def covered(self, keep: BoolArray) -> tuple[int, int]:
        """Of the second source's records on the days kept: found among the reports, and all."""
        return int(self.theirs_here[keep].sum()), int(self.theirs[keep].sum())

    def outside(self, holes: Sequence[Span]) -> BoolArray:
        """(days,) whether a common day lies outside every hole (spans since the panel's first day)."""
        return observed(self.first + self.days, _within(holes, self.first + self.days))[self.first :]


def _within(spans: Sequence[Span], length: int) -> list[Span]:
    return [(max(a, 0), min(b, length)) for a, b in spans if a < length and b > 0]


def reconcile(ours: pd.DataFrame, theirs: pd.DataFrame, start: date, end: date) -> Reconciliation | None:
    """Match two sets of records over the days both cover; none where they share no day.

    Parameters
    ----------
    ours, theirs : id (missing: not told), occurred_at, x, y (metres; NaN: no point).
    start, end : days of the panel, half-open. The second source covers the days from its first to its last record.
    """
    length = (end - start).days
    told = theirs.drop_duplicates("id") if theirs["id"].notna().all() else theirs
    day = _day(told, start)
    if not ((day >= 0) & (day < length)).any():
        return None
    first, last = max(int(day.min()), 0), min(int(day.max()) + 1, length)
    mine, other = _during(ours, start, first, last), _during(told, start, first, last)
    by: Literal["id", "place"] = "id" if other["id"].isin(mine["id"].dropna()).mean() >= SAME_ID else "place"
    here, there = _same_id(mine, other) if by == "id" else _same_place(mine, other)
    counts = [_daily(part, start, first, last) for part in (mine, other, mine[here], other[there])]
    return Reconciliation(first, last - first, by, *counts)


def _day(records: pd.DataFrame, start: date) -> IntArray:
    days = records["occurred_at"].to_numpy("datetime64[D]")
    return np.asarray((days - np.datetime64(start, "D")).astype(np.int64))


def _during(records: pd.DataFrame, start: date, first: int, last: int) -> pd.DataFrame:
    day = _day(records, start)
    return records[(day >= first) & (day < last)]


def _daily(records: pd.DataFrame, start: date, first: int, last: int) -> IntArray:
    return np.bincount(_day(records, start) - first, minlength=last - first).astype(np.int64)


def _same_id(ours: pd.DataFrame, theirs: pd.DataFrame) -> tuple[BoolArray, BoolArray]:
    return ours["id"].isin(theirs["id"].dropna()).to_numpy(bool), theirs["id"].isin(ours["id"].dropna()).to_numpy(bool)


def _same_place(ours: pd.DataFrame, theirs: pd.DataFrame) -> tuple[BoolArray, BoolArray]:
    """Each record with at most one of the other source within a day and 50 m, the nearest pairs first."""
    from scipy.spatial import cKDTree

    here, there = np.zeros(len(ours), dtype=bool), np.zeros(len(theirs), dtype=bool)
    a, b = (np.flatnonzero(r["x"].notna().to_numpy()) for r in (ours, theirs))
    if len(a) == 0 or len(b) == 0:
        return here, there
    since = min(ours["occurred_at"].min(), theirs["occurred_at"].min())
    left, right = _box(ours, since)[a], _box(theirs, since)[b]
    near = cKDTree(left).sparse_distance_matrix(cKDTree(right), 1.0, p=np.inf, output_type="coo_matrix")
    apart = np.hypot(*(left[near.row, :2] - right[near.col, :2]).T)
    for k in np.lexsort((near.col, near.row, apart + np.abs(left[near.row, 2] - right[near.col, 2]))):
        one, other = a[near.row[k]], b[near.col[k]]
        if apart[k] <= 1 and not here[one] and not there[other]:
            here[one] = there[other] = True
    return here, there


def _box(records: pd.DataFrame, since: pd.Timestamp) -> FloatArray:
    """(n, 3) east, north and time, in units of what still counts as near."""
    days = (records["occurred_at"] - since) / pd.Timedelta(days=1)
    return np.column_stack([records["x"] / METRES, records["y"] / METRES, days / DAYS])


def witness(both: Reconciliation, hole: Span, holes: Sequence[Span]) -> Witness | None:
    """What the second source says of a hole; none where it does not cover half of its days.

    Confirmed: it has so many records that, at the share of them usually found among the reports, none of them would be
    missing by chance. Quiet: it has clearly less than half of what it has around those days.
    """
    a, b = max(hole[0] - both.first, 0), min(hole[1] - both.first, both.days)
    if b - a < (hole[1] - hole[0]) / 2:
        return None
    keep = both.outside([*holes, hole])
    around = np.zeros(both.days, dtype=bool)
    around[max(a - AROUND, 0) : b + AROUND] = True
    rate = both.theirs[keep & around].mean() if (keep & around).any() else 0.0
    records, expected = int(both.theirs[a:b].sum()), float(rate * (b - a))
    usual = _usual(both, keep)
    if (1 - usual) ** records < CERTAIN:
        return Witness("confirmed", records, expected)
    few = _most(records) < expected / 2 and expected >= ENOUGH
    return Witness("quiet" if few else "unclear", records, expected)


def missed(both: Reconciliation, holes: Sequence[Span], alpha: float) -> list[tuple[Span, int]]:
    """Runs of days without a report in which the second source has too many records for chance, and how many.

    Spans are counted since the panel's first day; what lies in a hole is left out. `alpha` is the chance of any false
    one (Bonferroni over the runs).
    """
    keep = both.outside(holes)
    usual = _usual(both, keep)
    runs = [run for run in zero_runs(np.where(keep, both.ours, 1)) if both.theirs[slice(*run)].sum()]
    found = [(run, int(both.theirs[slice(*run)].sum())) for run in runs]
    return [
        ((a + both.first, b + both.first), n) for (a, b), n in found if (1 - usual) ** n < alpha / max(len(found), 1)
    ]


def _usual(both: Reconciliation, keep: BoolArray) -> float:
    """Share of the second source's records found among the reports, at the lower end of its interval."""
    found, records = both.covered(keep)
    return float(share_of(found, records)[1]) if records else 0.0


def share_of(found: int, of: int) -> tuple[float, float, float]:
    """A share and its 90 % interval (Wilson); NaN of nothing.

    >>> [round(v, 3) for v in share_of(5, 10)]
    [0.5, 0.269, 0.731]
    """
    if of == 0:
        return (float("nan"),) * 3
    z, share = 1.6448536269514722, found / of
    middle = (share + z**2 / (2 * of)) / (1 + z**2 / of)
    half = z / (1 + z**2 / of) * np.sqrt(share * (1 - share) / of + z**2 / (4 * of**2))
    return share, float(max(middle - half, 0.0)), float(min(middle + half, 1.0))


def _most(records: int) -> float:
    """The largest Poisson mean that so few records still agree with (95 %)."""
    from scipy.special import gammaincinv

    return float(gammaincinv(records + 1, 0.95))


def months_table(both: Reconciliation, start: date) -> pd.DataFrame:
    """month, reports, other, both, coverage (of the other source by the reports), other_coverage, with 90 % bounds."""
    days = pd.date_range(pd.Timestamp(start) + pd.Timedelta(days=both.first), periods=both.days)
    each = {"reports": both.ours, "other": both.theirs, "both": both.theirs_here, "ours_there": both.ours_there}
    sums = pd.DataFrame(each).groupby(days.to_period("M").start_time.date, sort=True).sum()
    names = ("coverage", "low", "high"), ("other_coverage", "other_low", "other_high")
    pairs = (sums["both"], sums["other"]), (sums["ours_there"], sums["reports"])
    for columns, (found, of) in zip(names, pairs, strict=True):
        shares = [share_of(int(k), int(n)) for k, n in zip(found, of, strict=True)]
        sums[list(columns)] = np.array(shares, dtype=np.float64).reshape(-1, 3)
    return sums.drop(columns="ours_there").rename_axis("month").reset_index()
