"""Scores (예측 성적): how good expected counts were, with intervals drawn over origins.

Every measure is a ratio of two sums over origins: values, bootstrap intervals and paired differences are one
calculation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from sigun.analysis.statistics.arrays import FloatArray, IntArray

Measure = Callable[[FloatArray, FloatArray], FloatArray]
LEAST = 1e-4  # expected counts are floored here before a logarithm is taken
SHARES = (0.01, 0.02, 0.05, 0.10)
DRAWS = 1000
MISS = 0.1  # nine in ten outcomes should lie inside an interval
LARGE = 500.0  # mean beyond which the sum over counts would begin with nothing (e^-mean)


@dataclass(frozen=True)
class Ratio:
    """A measure by origin: its value is the sum of `over` divided by the sum of `under`, both (t,)."""

    over: FloatArray
    under: FloatArray

    @property
    def value(self) -> float:
        """The measure over all origins."""
        return float(self.over.sum() / max(self.under.sum(), 1e-12))

    def interval(self, draws: IntArray) -> tuple[float, float]:
        """Bounds of the middle 90 % when origins are drawn again; draws (b, t) are origins."""
        drawn = self.over[draws].sum(axis=1) / np.maximum(self.under[draws].sum(axis=1), 1e-12)
        low, high = np.quantile(drawn, [0.05, 0.95])
        return float(low), float(high)

    def minus(self, other: Ratio) -> Ratio:
        """The paired difference; both measures share what they are divided by."""
        return Ratio(self.over - other.over, self.under)


@dataclass(frozen=True)
class Checked:
    """What was expected and what came at one level, by origin."""

    expected: Sequence[FloatArray]  # t arrays
    came: Sequence[FloatArray]  # t arrays of the same lengths
    outside: FloatArray  # (t,) reports outside every place: always missed


def draw_origins(rng: np.random.Generator, origins: int) -> IntArray:
    """Origins drawn with replacement, (draws, t)."""
    return rng.integers(0, origins, (DRAWS, origins))


def budget(share: float, n: int) -> int:
    """How many of n places a share of the area buys; at least one."""
    return max(round(share * n), 1)


def hits(score: FloatArray, came: FloatArray, k: int) -> float:
    """Reports in the k places that score highest; places tied at the border count in part (expected value).

    >>> hits(np.array([3.0, 1.0, 1.0]), np.array([5.0, 2.0, 0.0]), k=2)
    6.0
    """
    k = min(max(k, 1), len(score))
    border = np.partition(score, len(score) - k)[len(score) - k]
    above, tied = score > border, score == border
    return float(came[above].sum() + came[tied].sum() * (k - above.sum()) / tied.sum())


def most(came: FloatArray, k: int) -> float:
    """Reports in the k places that had most: what perfect foresight would have caught."""
    k = min(max(k, 1), len(came))
    return float(np.partition(came, len(came) - k)[len(came) - k :].sum())


def poisson_deviance(came: FloatArray, expected: FloatArray) -> FloatArray:
    """Poisson deviance of each count, (n,)."""
    from scipy.special import xlogy

    mean = np.maximum(expected, LEAST)
    return np.asarray(2.0 * (xlogy(came, came / mean) - (came - mean)))


def poisson_log_score(came: FloatArray, expected: FloatArray) -> FloatArray:
    """Minus the log chance of each count under a Poisson distribution, (n,)."""
    from scipy.special import gammaln, xlogy

    mean = np.maximum(expected, LEAST)
    return np.asarray(mean - xlogy(came, mean) + gammaln(came + 1.0))


def poisson_crps(came: FloatArray, expected: FloatArray) -> FloatArray:
    """Continuous ranked probability score of each Poisson forecast, (n,): the sum over counts of (F - step)².

    References
    ----------
    Czado, Gneiting & Held (2009), Biometrics 65, 1254-1261.

    Examples
    --------
    >>> poisson_crps(np.array([0.0]), np.array([1.0])).round(6).tolist()
    [0.476222]
    """
    from scipy.special import pdtr

    mean = np.maximum(expected, LEAST)
    if len(mean) == 0:
        return np.zeros(0)
    last = int(max(came.max(), (mean + 10 * np.sqrt(mean)).max())) + 10
    small = bool(mean.max() < LARGE)
    chance, below, score = np.exp(-mean), np.zeros_like(mean), np.zeros_like(mean)
    for count in range(last + 1):
        below = below + chance if small else pdtr(count, mean)
        score += (below - (count >= came)) ** 2
        chance = chance * mean / (count + 1)
    return score


def hit_rate(checked: Checked, share: float) -> Ratio:
    """Share of all reports, those outside included, that the places scoring highest catch at a share of the area."""
    pairs = zip(checked.expected, checked.came, strict=True)
    caught = [hits(expected, came, budget(share, len(came))) for expected, came in pairs]
    return Ratio(np.array(caught), _totals(checked.came) + checked.outside)


def catching(checked: Checked, share: float) -> tuple[Ratio, Ratio, Ratio]:
    """Hit rate, PAI (hit rate to share of area) and PEI (to perfect foresight) at a share of the area."""
    hit = hit_rate(checked, share)
    ground = [budget(share, len(came)) / len(came) for came in checked.came]
    best = [most(came, budget(share, len(came))) for came in checked.came]
    return hit, Ratio(hit.over, hit.under * np.array(ground)), Ratio(hit.over, np.array(best))


def deviance(checked: Checked) -> Ratio:
    """Mean Poisson deviance of a place."""
    return Ratio(_mean_by_origin(poisson_deviance, checked), np.ones(len(checked.came)))


def measures(checked: Checked, low: Sequence[FloatArray] | None, high: Sequence[FloatArray] | None) -> dict[str, Ratio]:
    """Every measure but those of catching; those of intervals where there are any."""
    once = np.ones(len(checked.came))
    found = {
        "deviance": deviance(checked),
        "log_score": Ratio(_mean_by_origin(poisson_log_score, checked), once),
        "crps": Ratio(_mean_by_origin(poisson_crps, checked), once),
        "bias_ratio": Ratio(_totals(checked.expected), _totals(checked.came)),
    }
    if low is not None and high is not None:
        found |= _interval_measures(checked.came, low, high)
    return found


def _interval_measures(
    came: Sequence[FloatArray], low: Sequence[FloatArray], high: Sequence[FloatArray]
) -> dict[str, Ratio]:
    """Share inside, mean width, and the interval score (width plus 2/0.1 for every report beyond a bound)."""
    once = np.ones(len(came))
    inside, width, score = [], [], []
    for y, a, b in zip(came, low, high, strict=True):
        beyond = np.maximum(a - y, 0) + np.maximum(y - b, 0)
        inside.append(float(((y >= a) & (y <= b)).mean()))
        width.append(float((b - a).mean()))
        score.append(float((b - a + 2 / MISS * beyond).mean()))
    named = {"coverage": inside, "width": width, "interval_score": score}
    return {name: Ratio(np.array(values), once) for name, values in named.items()}


def _mean_by_origin(measure: Measure, checked: Checked) -> FloatArray:
    return np.array([measure(y, e).mean() for y, e in zip(checked.came, checked.expected, strict=True)])


def _totals(tables: Sequence[FloatArray]) -> FloatArray:
    return np.array([float(row.sum()) for row in tables])
