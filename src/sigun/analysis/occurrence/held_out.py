"""Areas left out (지역 블록 교차검증): how well reports are told there, by regression and by boosting."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.analysis.statistics.arrays import FloatArray, IntArray
from sigun.analysis.statistics.intervals import LEVEL
from sigun.analysis.statistics.negative_binomial import fit_negative_binomial

MODELS = ("one_rate", "regression", "boosting")
TREES, RATE, LEAVES = 100, 0.1, 4  # small trees, slowly: areas are few
DRAWS = 2_000


def contiguous_blocks(points: FloatArray, most: int) -> IntArray:
    """Block of each point: the plane cut in halves of equal size, across the longer side, until there are `most`.

    Parameters
    ----------
    points : (n, 2) metres.
    most : blocks wanted, at least 1 and at most n.

    Examples
    --------
    >>> contiguous_blocks(np.array([[0.0, 0], [9, 0], [1, 0], [8, 0]]), 2).tolist()
    [0, 1, 0, 1]
    """
    block = np.zeros(len(points), np.int64)
    _cut(points, np.arange(len(points)), most, block)
    return np.unique(block, return_inverse=True)[1]


def _cut(points: FloatArray, here: IntArray, parts: int, block: IntArray) -> None:
    if parts < 2:
        block[here] = here[0]  # any number of its own
        return
    longer = int(np.ptp(points[here], axis=0).argmax())
    ordered = here[np.lexsort((points[here, 1 - longer], points[here, longer]))]
    first = parts // 2
    middle = round(len(here) * first / parts)
    _cut(points, ordered[:middle], first, block)
    _cut(points, ordered[middle:], parts - first, block)


def told_from_outside(
    y: FloatArray, x: FloatArray, exposure: FloatArray, block: IntArray, seed: int
) -> dict[str, FloatArray]:
    """Expected counts of each block from the others: by the mean rate, negative binomial regression, and boosting.

    A column outside what the other blocks have is taken at the end of their range, as trees do.

    Parameters
    ----------
    y : (n,) counts.
    x : (n, k) columns, without a constant.
    exposure : (n,) above 0.
    block : (n,) from 0 without gaps.
    seed : of the trees.

    Raises
    ------
    MethodError
        The regression has no answer without one of the blocks.

    References
    ----------
    Roberts et al. (2017), Ecography 40:913–929 (blocks); Friedman (2001), Ann. Statist. 29:1189–1232 (boosting).
    """
    told = {model: np.empty(len(y)) for model in MODELS}
    for out in range(int(block.max()) + 1):
        away, here = block != out, block == out
        known = np.clip(x[here], x[away].min(axis=0), x[away].max(axis=0))
        one, many = np.ones((here.sum(), 1)), np.ones((away.sum(), 1))
        fit = fit_negative_binomial(y[away], np.hstack([many, x[away]]), np.log(exposure[away]), errors=False)
        told["one_rate"][here] = exposure[here] * y[away].sum() / exposure[away].sum()
        told["regression"][here] = exposure[here] * np.exp(np.hstack([one, known]) @ fit.beta)
        told["boosting"][here] = exposure[here] * _boosted(y[away], x[away], exposure[away], known, seed)
    return told


def _boosted(y: FloatArray, x: FloatArray, exposure: FloatArray, new: FloatArray, seed: int) -> FloatArray:
    """Rates at the rows of `new` from trees grown on the others."""
    from sklearn.ensemble import HistGradientBoostingRegressor

    trees = HistGradientBoostingRegressor(
        loss="poisson",
        learning_rate=RATE,
        max_iter=TREES,
        max_leaf_nodes=LEAVES,
        min_samples_leaf=max(3, len(y) // 20),
        early_stopping=False,
        random_state=seed,
    )
    trees.fit(x, y / exposure, sample_weight=exposure / exposure.mean())
    return np.asarray(trees.predict(new), float)


def poisson_deviance(y: FloatArray, told: FloatArray) -> FloatArray:
    """(n,) how far each count is from what was told; 0 when it came as told.

    >>> poisson_deviance(np.array([0.0, 4.0]), np.array([1.0, 4.0])).round(6).tolist()
    [2.0, 0.0]
    """
    from scipy.special import xlogy

    return np.asarray(2 * (xlogy(y, y / told) - y + told), float)


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over the areas with its 90 % interval."""

    value: float
    low: float
    high: float


def mean_over_blocks(values: FloatArray, block: IntArray, rng: np.random.Generator) -> Mean:
    """Mean of values (n,) whose blocks are drawn again whole; Student's t for as many blocks less one.

    Differences of two models by area make the comparison a paired one.

    References
    ----------
    Cameron, Gelbach & Miller (2008), Rev. Econ. Stat. 90:414–427.
    """
    from scipy.stats import t

    blocks = int(block.max()) + 1
    sums, sizes = np.bincount(block, values, blocks), np.bincount(block, minlength=blocks)
    times = rng.multinomial(blocks, np.full(blocks, 1 / blocks), size=DRAWS)
    error = float(((times @ sums) / (times @ sizes)).std(ddof=1)) * np.sqrt(blocks / (blocks - 1))
    half = float(t.ppf((1 + LEVEL) / 2, blocks - 1)) * error
    middle = float(values.mean())
    return Mean(middle, middle - half, middle + half)
