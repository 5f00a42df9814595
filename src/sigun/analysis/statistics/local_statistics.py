"""Local statistics (국지 통계): Getis-Ord Gi*, local and global Moran's I, and what chance alone would give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

CHUNK = 50_000  # draws held at once
MOST_DRAWS = 1_000_000
HELD = 4_000_000  # numbers held at once while the whole map is shuffled


def getis_ord(values: FloatArray, neighbours: Any) -> FloatArray:
    """Gi*: how far the sum over a place and its neighbours lies above the mean, in standard deviations (z).

    Parameters
    ----------
    values : (n,) one a place, in any unit.
    neighbours : (n, n) scipy CSR of 0 and 1, no place its own neighbour.

    Returns
    -------
    (n,) z; zero everywhere where all values are equal.

    References
    ----------
    Ord & Getis (1995), Geographical Analysis 27:286–306, eq. 14 with binary weights.

    Examples
    --------
    >>> from sigun.region.neighbours import queen_neighbours
    >>> row = np.arange(6)
    >>> getis_ord(np.array([0.0, 0, 0, 0, 6, 6]), queen_neighbours(row, 0 * row)).round(2).tolist()
    [-1.12, -1.58, -1.58, 0.0, 1.58, 2.24]
    """
    n = len(values)
    size = degrees(neighbours) + 1.0
    spread = values.std() * np.sqrt(np.maximum(size * (n - size), 0.0) / (n - 1))
    above = neighbours @ values + values - values.mean() * size
    return _divide(above, spread)


@dataclass(frozen=True, slots=True)
class LocalMoran:
    """How like its neighbours each place is."""

    moran: FloatArray  # (n,) no unit; their mean is the global I where every place has a neighbour
    quadrant: NDArray[np.str_]  # (n,) own value then the neighbours' mean, High or Low: HH, LL, HL, LH


def local_moran(values: FloatArray, neighbours: Any) -> LocalMoran:
    """Local Moran's I: a place's distance from the mean times that of its neighbours' mean, per variance.

    Parameters
    ----------
    values : (n,) one a place, in any unit.
    neighbours : (n, n) scipy CSR of 0 and 1; a place without any has I = 0.

    References
    ----------
    Anselin (1995), Geographical Analysis 27:93–115, with row-standardised weights and m2 = sum of squares / n.

    Examples
    --------
    >>> from sigun.region.neighbours import queen_neighbours
    >>> row = np.arange(5)
    >>> local_moran(np.array([0.0, 0, 0, 4, 4]), queen_neighbours(row, 0 * row)).quadrant.tolist()
    ['LL', 'LL', 'LH', 'HH', 'HH']
    """
    off = values - values.mean()
    around = _divide(neighbours @ off, degrees(neighbours))
    own, other = np.where(off > 0, "H", "L"), np.where(around > 0, "H", "L")
    return LocalMoran(_divide(off * around, np.full(len(off), np.mean(off**2))), np.char.add(own, other))


@dataclass(frozen=True, slots=True)
class GlobalMoran:
    """How like their neighbours places are on the whole."""

    moran: float  # about 0: no pattern; towards 1: like lies beside like
    low: float  # 5 % and 95 % of what shuffling the values over the places gives
    high: float
    p: float  # two-sided


def global_moran(values: FloatArray, neighbours: Any, draws: int, rng: np.random.Generator) -> GlobalMoran:
    """Moran's I with row-standardised weights, beside its range when the values are shuffled over the places.

    Parameters
    ----------
    values : (n,) one a place, in any unit.
    neighbours : (n, n) scipy CSR of 0 and 1.
    draws : shuffles.

    References
    ----------
    Cliff & Ord (1981), Spatial Processes, ch. 1 and 2.
    """
    off = values - values.mean()
    linked = int((degrees(neighbours) > 0).sum())
    weight = _row_standardised(neighbours)
    below = linked * float(off @ off)
    scale = len(off) / below if below else 0.0
    seen = float(off @ (weight @ off)) * scale
    by_chance = np.empty(draws)
    step = max(1, HELD // len(off))
    for first in range(0, draws, step):
        shuffled = rng.permuted(np.tile(off, (min(step, draws - first), 1)), axis=1).T
        by_chance[first : first + step] = np.sum(shuffled * (weight @ shuffled), axis=0) * scale
    low, high = np.quantile(by_chance, [0.05, 0.95])
    slack = 1e-12
    beyond = min(np.sum(by_chance >= seen - slack), np.sum(by_chance <= seen + slack))
    return GlobalMoran(seen, float(low), float(high), min(1.0, 2 * float(1 + beyond) / (draws + 1)))


@dataclass(frozen=True, slots=True)
class LocalChance:
    """How often chance gives what each place shows."""

    gi: FloatArray  # (n,) one-sided: a sum at least this high
    moran: FloatArray  # (n,) two-sided; NaN without a neighbour
    draws: int


def local_chance(values: FloatArray, neighbours: Any, draws: int, rng: np.random.Generator) -> LocalChance:
    """Permutation p of Gi* and of local Moran's I, against values laid out at random over the places.

    Gi* includes the place itself, so its p counts random sets of as many places, any places (every value is laid out
    anew); one-sided, upwards: hot. Local Moran holds the place's own value and draws its neighbours from all others;
    two-sided: neighbours may be higher or lower. One set of draws serves every place: a draw in which the place
    itself occurs is left out of its conditional count, which is the same as drawing from the others.

    Parameters
    ----------
    values : (n,) one a place, in any unit.
    neighbours : (n, n) scipy CSR of 0 and 1, no place its own neighbour.
    draws : random sets; the smallest p that can come out is 1 / (draws + 1).

    References
    ----------
    Anselin (1995), Geographical Analysis 27:93–115 (conditional permutation);
    Phipson & Smyth (2010), Stat. Appl. Genet. Mol. Biol. 9:39 (why 1 is added to both counts).
    """
    degree = degrees(neighbours)
    around: FloatArray = neighbours @ values
    slack = 1e-9 * float(np.abs(values).max()) * (degree + 1.0)  # sums of the same numbers in another order
    gi = np.zeros(len(values), np.int64)
    tally = _Conditional(degree, around, np.asarray(slack, float))
    for drawn in _random_sets(len(values), int(degree.max()) + 1, draws, rng):
        sums = np.cumsum(values[drawn], axis=1)
        for size in np.unique(degree):
            here = np.flatnonzero(degree == size)
            gi[here] += _at_least(np.sort(sums[:, size]), (around + values - slack)[here])
        tally.count(drawn, sums)
    return LocalChance((gi + 1) / (draws + 1), tally.p(), draws)


def draws_needed(tests: int, false_discovery: float, asked: int) -> int:
    """Draws so that a single place out of `tests` can still be found: its smallest p a tenth of what that takes.

    >>> draws_needed(700, 0.05, 999), draws_needed(10, 0.05, 9999), draws_needed(10**6, 0.05, 999)
    (140000, 9999, 1000000)
    """
    return max(asked, min(ceil(10 * tests / false_discovery), MOST_DRAWS))


class _Conditional:
    """Tally of draws against the sum over each place's neighbours, its own value held."""

    def __init__(self, degree: IntArray, around: FloatArray, slack: FloatArray) -> None:
        self.degree, self.floor, self.ceiling = degree, around - slack, around + slack
        self.higher, self.lower, self.total = (np.zeros(len(degree), np.int64) for _ in range(3))

    def count(self, drawn: IntArray, sums: FloatArray) -> None:
        """Add these draws (rows) and their running sums."""
        for size in np.unique(self.degree[self.degree > 0]):
            here = np.flatnonzero(self.degree == size)
            ordered = np.sort(sums[:, size - 1])
            self.higher[here] += _at_least(ordered, self.floor[here])
            self.lower[here] += np.searchsorted(ordered, self.ceiling[here], side="right")
            self.total[here] += len(drawn)
            self._leave_out_own(drawn[:, :size], sums[:, size - 1], size)

    def _leave_out_own(self, drawn: IntArray, total: FloatArray, size: int) -> None:
        row, column = np.nonzero(self.degree[drawn] == size)
        own, value = drawn[row, column], total[row]
        n = len(self.degree)
        self.higher -= np.bincount(own[value >= self.floor[own]], minlength=n)
        self.lower -= np.bincount(own[value <= self.ceiling[own]], minlength=n)
        self.total -= np.bincount(own, minlength=n)

    def p(self) -> FloatArray:
        """Two-sided p; NaN without a neighbour."""
        two_sided = np.minimum(1.0, 2.0 * (1 + np.minimum(self.higher, self.lower)) / (1 + self.total))
        return np.where(self.degree > 0, two_sided, np.nan)


def _random_sets(n: int, size: int, draws: int, rng: np.random.Generator) -> Iterator[IntArray]:
    """Chunks of rows of `size` different numbers below `n`, each row's beginnings being random sets too."""
    for first in range(0, draws, CHUNK):
        count = min(CHUNK, draws - first)
        if size * size > n:  # repeats would be the rule
            yield np.argsort(rng.random((count, n)), axis=1)[:, :size]
            continue
        rows = rng.integers(n, size=(count, size))
        again = _repeats(rows)
        while len(again):
            rows[again] = rng.integers(n, size=(len(again), size))
            again = again[_repeats(rows[again])]
        yield rows


def _repeats(rows: IntArray) -> IntArray:
    ordered = np.sort(rows, axis=1)
    return np.flatnonzero((ordered[:, 1:] == ordered[:, :-1]).any(axis=1))


def _at_least(ordered: FloatArray, least: FloatArray) -> IntArray:
    """How many of `ordered` are at least as large, for each of `least`."""
    return np.asarray(len(ordered) - np.searchsorted(ordered, least, side="left"))


def degrees(neighbours: Any) -> IntArray:
    """(n,) number of neighbours."""
    return np.asarray(np.diff(neighbours.indptr), np.int64)


def _row_standardised(neighbours: Any) -> Any:
    from scipy import sparse

    return sparse.diags(1.0 / np.maximum(degrees(neighbours), 1)) @ neighbours


def _divide(above: FloatArray, below: FloatArray | IntArray) -> FloatArray:
    return np.divide(above, below, out=np.zeros(len(above)), where=below > 0)
