"""Linear estimators of a panel (패널 선형 추정량): pooled, between, within, two-way within, first differences.

Each transforms the rows and hands them to the same least squares; errors are worked out from the LinearFit alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from sigun.analysis.regression.observations import LinearFit, Observations, cluster_of, follows
from sigun.analysis.regression.refusals import require_columns, require_more, require_outcome
from sigun.analysis.regression.two_way import Cells, cells_of, drop_singletons, sweep_effects
from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray
from sigun.text import N_, Message, say


@dataclass(frozen=True, slots=True)
class _Rows:
    """Transformed rows: the outcome first, then the factors."""

    columns: FloatArray  # (n, 1 + k)
    before: FloatArray  # (n, 1 + k) as they came
    of: Observations  # regions, periods, weights and clusters of these rows
    where: Message


@dataclass(frozen=True, slots=True)
class Absorbed:
    """How many effects were taken out, and of what."""

    in_all: int
    in_clusters: int = 0
    in_periods: int = 0


def pooled(obs: Observations) -> LinearFit:
    """Least squares of all rows alike, with a constant (통합 최소제곱).

    Examples
    --------
    >>> obs = Observations(np.array([1.0, 3.0, 5.0]), np.array([[0.0], [1.0], [2.0]]), np.arange(3), np.zeros(3, int))
    >>> pooled(obs).beta.round(9).tolist()
    [2.0]
    """
    return _about_mean(obs, say(N_("pooled regression")))


def _about_mean(obs: Observations, where: Message) -> LinearFit:
    columns, weight = _columns(obs), _weight(obs)
    return _fit(_Rows(columns - weight @ columns / weight.sum(), columns, obs, where), Absorbed(1))


def pooled_constant(obs: Observations) -> tuple[float, float]:
    """The constant of `pooled`, in outcome units, and its standard error when rows vary alike and independently."""
    fit, columns, weight = pooled(obs), _columns(obs), _weight(obs)
    mean = weight @ columns / weight.sum()
    noise = float(fit.residuals @ fit.residuals) / (len(obs.y) - len(fit.beta) - 1)
    spread = noise * (1 / weight.sum() + mean[1:] @ fit.bread @ mean[1:])
    return float(mean[0] - mean[1:] @ fit.beta), float(np.sqrt(spread))


def between(obs: Observations) -> LinearFit:
    """Least squares of the regions' means over the periods each was observed in (지역 간 추정량).

    Every region counts once, or by its mean weight. One row a region comes out, of period 0.
    """
    where = say(N_("regression between regions"))
    regions, index = np.unique(obs.region, return_inverse=True)
    require_more(len(regions), 2, say(N_("There is only one region.")), where)
    weight = _weight(obs)
    total = np.bincount(index, weight)
    means = _level(_columns(obs), weight, index)
    cluster = np.zeros(len(regions), dtype=np.int64)
    cluster[index] = cluster_of(obs)
    each = None if obs.weight is None else total / np.bincount(index)
    return _about_mean(Observations(means[:, 0], means[:, 1:], regions, np.zeros_like(regions), each, cluster), where)


def within_region(obs: Observations) -> LinearFit:
    """Least squares of deviations from each region's own mean (지역 고정효과). Regions of one row drop out."""
    where = say(N_("regression inside regions"))
    seen = np.bincount(obs.region)[obs.region] > 1
    require_more(int(seen.sum()), 1, say(N_("No region was observed twice.")), where)
    kept = _picked(obs, seen)
    columns, weight = _columns(kept), _weight(kept)
    regions, index = np.unique(kept.region, return_inverse=True)
    require_more(len(regions), 2, say(N_("There is only one region.")), where)
    inside = columns - _level(columns, weight, index)[index]
    return _fit(_Rows(inside, columns, kept, where), Absorbed(len(regions), len(regions)))


def within_twoway(obs: Observations) -> LinearFit:
    """Least squares inside regions and periods (지역·기간 고정효과). Regions and periods of one row drop out.

    Raises
    ------
    MethodError
        Fewer than two regions or periods are left, the outcome does not vary, fewer rows than effects.
    CollinearColumns
        A factor does not change inside regions, changes alike everywhere, or repeats others.

    Examples
    --------
    >>> region, period = np.repeat([0, 1], 3), np.tile([0, 1, 2], 2)
    >>> x = np.array([[0.0], [0.0], [0.0], [0.0], [1.0], [1.0]])
    >>> within_twoway(Observations(np.array([1.0, 2.0, 4.0, 5.0, 9.0, 11.0]), x, region, period)).beta.round(9).tolist()
    [3.0]
    """
    cells = cells_of(tuple(_columns(obs).T), obs.region, obs.period, obs.weight)
    drop_singletons(cells)
    solved = sweep_effects(cells)
    kept = _picked(obs, cells.weight[obs.region, obs.period] > 0)
    inside = cells.values[kept.region, :, kept.period]
    where = say(N_("regression inside regions and periods"))
    return _fit(_Rows(inside, _columns(kept), kept, where), absorbed_by(cells, solved.components))


def absorbed_by(cells: Cells, components: int) -> Absorbed:
    """The effects that were taken out of cells."""
    regions = int((cells.weight.sum(axis=1) > 0).sum())
    periods = int((cells.weight.sum(axis=0) > 0).sum())
    return Absorbed(regions + periods - components, regions, periods)


def first_difference(obs: Observations, period_effects: bool = True) -> LinearFit:
    """Least squares of changes from one period to the next (1차 차분), within each period's mean change or as they are.

    Only periods that follow on each other are subtracted: one step apart, the panel's least. A change has the weight of
    its later row.
    """
    where = say(N_("regression of changes"))
    next_one = follows(obs)
    require_more(
        int(next_one.sum()), 1, say(N_("No region was observed in two periods that follow on each other.")), where
    )
    later = _picked(obs, np.concatenate([[False], next_one]))
    require_more(len(np.unique(later.region)), 2, say(N_("There is only one region.")), where)
    changes = np.diff(_columns(obs), axis=0)[next_one]
    if not period_effects:
        return _fit(_Rows(changes, changes, later, where), Absorbed(0))
    periods, index = np.unique(later.period, return_inverse=True)
    weight = _weight(later)
    inside = changes - _level(changes, weight, index)[index]
    fit = _fit(_Rows(inside, changes, later, where), Absorbed(len(periods), 0, len(periods)))
    mean = weight @ changes[:, 0] / weight.sum()
    whole = float(weight @ (changes[:, 0] - mean) ** 2)
    return replace(fit, r2=1 - float(fit.residuals @ fit.residuals) / whole)


ESTIMATORS: dict[str, Callable[[Observations], LinearFit]] = {
    "pooled": pooled,
    "between": between,
    "within_region": within_region,
    "within_twoway": within_twoway,
    "first_difference": first_difference,
}


def _fit(rows: _Rows, absorbed: Absorbed) -> LinearFit:
    """Least squares of transformed rows, or the reason why there is none."""
    root = np.sqrt(_weight(rows.of))[:, None]
    scaled = rows.columns * root
    y, x = scaled[:, 0], scaled[:, 1:]
    size = np.sqrt(((rows.before * root) ** 2).sum(axis=0))
    require_outcome(float(np.sqrt(y @ y)), float(size[0]), rows.where)
    require_columns(x.T @ x, size[1:], rows.where)
    few = say(N_("{n} rows do not carry {k} factors and {m} effects."), n=len(y), k=x.shape[1], m=absorbed.in_all)
    require_more(len(y), x.shape[1] + absorbed.in_all + 1, few, rows.where)
    beta, bread = least_squares(y, x)
    residuals = y - x @ beta
    r2 = 1 - float(residuals @ residuals) / float(y @ y)
    of = rows.of
    return LinearFit(
        *(beta, residuals, x, y, bread, of.region, of.period, cluster_of(of)),
        *(absorbed.in_all, absorbed.in_clusters, r2, absorbed.in_periods),
    )


def least_squares(y: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Coefficients (k,) and the inverse of x'x (k, k), by orthogonal columns of one size."""
    size = np.sqrt((x**2).sum(axis=0))
    basis, triangle = np.linalg.qr(x / size)
    inverse = np.linalg.inv(triangle)
    return inverse @ (basis.T @ y) / size, np.asarray(inverse @ inverse.T / np.outer(size, size))


def _level(columns: FloatArray, weight: FloatArray, index: IntArray) -> FloatArray:
    """Weighted means of the columns by group."""
    total = np.bincount(index, weight)
    return np.column_stack([np.bincount(index, weight * column) / total for column in columns.T])


def _columns(obs: Observations) -> FloatArray:
    return np.column_stack([obs.y, obs.x]).astype(np.float64, copy=False)


def _weight(obs: Observations) -> FloatArray:
    return np.ones(len(obs.y)) if obs.weight is None else obs.weight


def _picked(obs: Observations, rows: BoolArray) -> Observations:
    """Some of the rows, every number as it was."""
    return replace(
        obs,
        y=obs.y[rows],
        x=obs.x[rows],
        region=obs.region[rows],
        period=obs.period[rows],
        weight=None if obs.weight is None else obs.weight[rows],
        cluster=None if obs.cluster is None else obs.cluster[rows],
    )
