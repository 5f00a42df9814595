"""Randomisation inference (무작위화 추론): would as much be seen, had the paths fallen elsewhere.

Where a factor ever moved in a handful of regions, errors clustered by region are far too small, and no sum over
regions mends it. What can be told is whether those regions stand out among all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import permutations
from math import perm

import numpy as np

from sigun.analysis.regression.observations import Observations, rows_of
from sigun.analysis.resampling.rows import by_cluster, cluster_sums, orthonormal, ready_rows, without_singletons
from sigun.analysis.resampling.signs import share_as_large
from sigun.analysis.statistics.arrays import FloatArray, IntArray
from sigun.errors import MethodError
from sigun.text import N_, say

FEW_EXPOSED = 5  # regions in which a factor moved, under which clustering cannot test it
TIE = 1e-10  # statistics nearer than this, relative, are the same
SAME_PATH = 1e-9  # share of a factor's range by which two paths may differ and still be the same


@dataclass(frozen=True, slots=True)
class RandomisationTest:
    """What `randomisation_test` found."""

    p: float  # two-sided
    exposed: int  # regions (or clusters, where these share their paths) in which the factor moved on its own
    draws: int  # ways of placing the paths that were looked at
    exact: bool  # whether these are all ways


@dataclass(frozen=True, slots=True)
class Paths:
    """A factor as paths over time: the one most regions share, and how some leave it."""

    place: IntArray  # (n,) which place each row is of: its cluster where clusters share their paths, else its region
    places: int
    exposed: IntArray  # (m,) places that leave the common path
    departure: FloatArray  # (m, periods) by how much; periods not observed there carry the value before


def few_exposed(obs: Observations, j: int) -> int:
    """In how many regions a factor ever moves otherwise than in most; clusters are counted where these share paths.

    Levels do not count, nor does a path that most regions share: effects of regions and periods take both.

    Examples
    --------
    >>> region, period = np.repeat(np.arange(5), 3), np.tile(np.arange(3), 5)
    >>> policy = (region == 1) & (period > 0)
    >>> few_exposed(Observations(np.zeros(15), policy[:, None].astype(float), region, period), 0)
    1
    """
    return len(paths_of(obs, j).exposed)


def randomisation_test(obs: Observations, j: int, draws: int = 9999, *, rng: np.random.Generator) -> RandomisationTest:
    """Test of no effect of one column in the two-way regression, by placing its paths on other regions.

    Timing is kept: whole departures from the common path go to other regions. The statistic is the partial
    correlation of factor and outcome given regions, periods and the other columns (the coefficient made comparable
    between places). All placings are taken when there are no more than `draws`.

    Raises
    ------
    MethodError
        The column moves nowhere, or everywhere on one path, or in every region.

    References
    ----------
    MacKinnon & Webb (2020), J. Econometrics 218:435–450; Freedman & Lane (1983), J. Bus. Econ. Stat. 1:292–298.

    Examples
    --------
    >>> region, period = np.repeat(np.arange(20), 4), np.tile(np.arange(4), 20)
    >>> policy = ((region == 3) & (period > 1)).astype(float)
    >>> y = 5 * policy + np.sin(7.0 * region * period)
    >>> randomisation_test(Observations(y, policy[:, None], region, period), 0, rng=np.random.default_rng(1)).p
    0.05
    """
    kept = without_singletons(by_cluster(obs), "within_twoway")
    obs = rows_of(kept, np.ones(len(kept.y), dtype=bool))  # regions that were left out leave no gap in the numbers
    paths = paths_of(obs, j)
    m = len(paths.exposed)
    if m in (0, paths.places):
        raise MethodError(
            say(N_("There is nothing to compare: the factor moves nowhere, or in every region on its own path.")),
            say(N_("randomisation, column {j}"), j=j + 1),
            say(N_("Ask for a factor that moved in some regions and not in others.")),
        )
    placings, exact = _placings(paths.places, m, draws, rng)
    own = _statistics(obs, paths, j, paths.exposed[None, :])[0]
    as_large = float((_statistics(obs, paths, j, placings) >= (1 - TIE) * own).sum())
    p = float(share_as_large(np.array(as_large), len(placings), exact))
    return RandomisationTest(p, m, len(placings), exact)


def paths_of(obs: Observations, j: int) -> Paths:
    """The paths of column j."""
    table = _table(obs.x[:, j], obs.region, obs.period)
    place = obs.region
    if obs.cluster is not None:
        table, place = _by_cluster(table, obs.region, obs.cluster)
    common = _common_path(table)
    leaves = table - common
    away = np.flatnonzero(_range(leaves) > SAME_PATH * (_range(table).max() or 1.0))
    return Paths(place, len(table), away, _filled(leaves[away]))


def _table(values: FloatArray, row: IntArray, period: IntArray) -> FloatArray:
    """(rows, periods) of the values; NaN where there is none."""
    table = np.full((int(row.max()) + 1, int(period.max()) + 1), np.nan)
    table[row, period] = values
    return table


def _by_cluster(table: FloatArray, region: IntArray, cluster: IntArray) -> tuple[FloatArray, IntArray]:
    """One path for each cluster, where in every cluster all regions share one; else the regions' own."""
    numbers, place = np.unique(cluster, return_inverse=True)
    slack = SAME_PATH * (_range(table).max() or 1.0)
    shared = []
    for c in range(len(numbers)):
        members = table[np.unique(region[place == c])]
        first = members[np.isfinite(members).sum(axis=1).argmax()]
        if (_range(members - first) > slack).any():
            return table, region
        shared.append(first)
    return np.array(shared), place


def _common_path(table: FloatArray) -> FloatArray:
    """The path most regions follow up to their level: the commonest of those seen longest, or a flat one."""
    slack = SAME_PATH * (_range(table).max() or 1.0)
    seen = np.isfinite(table)
    longest = seen.sum(axis=1) == seen.sum(axis=1).max()
    whole = table[longest] - table[longest, seen[longest].argmax(axis=1)][:, None]
    _, first, count = np.unique(np.nan_to_num(np.round(whole / slack)), axis=0, return_index=True, return_counts=True)
    flat, commonest = np.zeros(table.shape[1]), whole[first[count.argmax()]]
    follow_flat, follow = (int((_range(table - path) <= slack).sum()) for path in (flat, commonest))
    return np.asarray(commonest if follow > max(follow_flat, 1) else flat)


def _range(table: FloatArray) -> FloatArray:
    """Highest less lowest of each row; 0 where nothing was observed."""
    known = np.isfinite(table)
    high = np.where(known, table, -np.inf).max(axis=1)
    low = np.where(known, table, np.inf).min(axis=1)
    return np.where(known.any(axis=1), high - low, 0.0)


def _filled(table: FloatArray) -> FloatArray:
    """Gaps carry the value before them; those at the start, the first value after."""
    filled = table.copy()
    for t in range(1, table.shape[1]):
        filled[:, t] = np.where(np.isnan(filled[:, t]), filled[:, t - 1], filled[:, t])
    for t in range(table.shape[1] - 2, -1, -1):
        filled[:, t] = np.where(np.isnan(filled[:, t]), filled[:, t + 1], filled[:, t])
    return np.nan_to_num(filled)


def _placings(places: int, m: int, draws: int, rng: np.random.Generator) -> tuple[IntArray, bool]:
    """(draws, m) places for the m paths: all orderly choices, or as many as asked for."""
    if perm(places, m) <= draws:
        return np.array(list(permutations(range(places), m)), dtype=np.int64), True
    return np.argsort(rng.random((draws, places)), axis=1)[:, :m].astype(np.int64), False


def _statistics(obs: Observations, paths: Paths, j: int, placings: IntArray) -> FloatArray:
    """(draws,) square of the partial correlation of every placing, up to one factor common to all.

    Each path's products with the outcome and the other columns, place by place, are summed once; placings look them up.
    """
    rest = ready_rows(replace(obs, x=np.delete(obs.x, j, axis=1)), "within_twoway")
    others = orthonormal(np.column_stack([rest.across, rest.x]))
    e = rest.y - others @ (others.T @ rest.y)
    moved = ready_rows(replace(obs, x=paths.departure.T[obs.period]), "within_region").x  # as if everywhere
    order = np.argsort(paths.place, kind="stable")
    starts = np.flatnonzero(np.diff(paths.place[order], prepend=-1))
    products = np.zeros((len(placings), others.shape[1] + 2))
    for column, place in zip(moved.T, placings.T, strict=True):
        each = column[:, None] * np.column_stack([e, column, others])
        products += cluster_sums(each[order], starts)[place]
    length = products[:, 1]
    left = length - (products[:, 2:] ** 2).sum(axis=1)
    told_apart = left > SAME_PATH * length
    return np.asarray(np.divide(products[:, 0] ** 2, left, out=np.zeros(len(placings)), where=told_apart))
