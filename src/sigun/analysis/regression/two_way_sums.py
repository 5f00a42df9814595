"""Two-way regression from sums alone (충분통계량): coefficients, CRV1 and CRV3 without looking at a row again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.analysis.regression.errors import Covariance, clustered, jackknifed, rows_factor
from sigun.analysis.regression.leave_out import without_each
from sigun.analysis.regression.linear import absorbed_by
from sigun.analysis.regression.refusals import ALIKE, require_columns, sole_cluster
from sigun.analysis.regression.two_way import Cells, cells_of, cross_products, drop_singletons, sweep_effects
from sigun.analysis.statistics.arrays import FloatArray, IntArray
from sigun.text import N_, say


@dataclass(frozen=True, slots=True)
class TwoWaySums:
    """What is left of a panel inside regions and periods, region by region; clusters are the regions."""

    beta: FloatArray  # (k,)
    bread: FloatArray  # (k, k) inverse of x'x
    scores: FloatArray  # (regions, k) sums of factor times residual
    without: FloatArray  # (regions, k) estimates without each region, both effects estimated again
    rows: int
    absorbed: int  # effects of regions and periods


def two_way_sums(
    y: FloatArray, x: FloatArray | tuple[FloatArray, ...], region: IntArray, period: IntArray
) -> TwoWaySums:
    """Least squares inside regions and periods, for panels of millions of rows.

    Rows are read once; no row is transformed. Equal to `within_twoway` and to `crv3` up to rounding.

    Parameters
    ----------
    y : (n,) outcome.
    x : (n, k), or its k columns, factors.
    region, period : (n,) from 0. Memory: regions × periods × (k + 4) numbers of 8 bytes beside what is given.

    Raises
    ------
    MethodError
        As `within_twoway`.

    Examples
    --------
    >>> region, period = np.repeat([0, 1, 2], 3), np.tile([0, 1, 2], 3)
    >>> x = np.array([[0.0], [0.0], [0.0], [0.0], [1.0], [1.0], [0.0], [0.0], [2.0]])
    >>> y = np.array([1.0, 2.0, 4.0, 5.0, 9.0, 11.0, 0.0, 1.0, 9.0])
    >>> two_way_sums(y, x, region, period).beta.round(9).tolist()
    [3.0]
    """
    columns = x if isinstance(x, tuple) else tuple(x.T)
    return fit_cells(cells_of((y, *columns), region, period))


def fit_cells(cells: Cells) -> TwoWaySums:
    """The same from cells, whose values are overwritten."""
    drop_singletons(cells)
    solved = sweep_effects(cells)
    cross = cross_products(cells)
    whole = cross.sum(axis=0)
    require_columns(whole[1:, 1:], cells.size[1:], say(N_("regression inside regions and periods")))
    beta = np.linalg.solve(whole[1:, 1:], whole[1:, 0])
    seen = cells.weight.any(axis=1)
    rest = without_each(cells, solved, cross)
    return TwoWaySums(
        beta,
        np.asarray(np.linalg.inv(whole[1:, 1:]), dtype=np.float64),
        (cross[:, 1:, 0] - cross[:, 1:, 1:] @ beta)[seen],
        _estimates(rest[seen], whole, np.flatnonzero(seen)),
        cells.rows,
        absorbed_by(cells, solved.components).in_all,
    )


def _estimates(rest: FloatArray, whole: FloatArray, regions: IntArray) -> FloatArray:
    """The estimate of each of the cross-products (G, m, m), unless one of them has lost a column."""
    size = np.sqrt(np.diag(whole)[1:])
    scaled = rest[:, 1:, 1:] / np.outer(size, size)
    lost = np.linalg.det(scaled) <= ALIKE * np.linalg.det(whole[1:, 1:] / np.outer(size, size))
    if lost.any():
        first = int(np.flatnonzero(lost)[0])
        gone = np.flatnonzero(np.diag(scaled[first]) <= ALIKE)
        raise sole_cluster(int(regions[first]), tuple(int(j) for j in gone))
    return np.asarray(np.linalg.solve(rest[:, 1:, 1:], rest[:, 1:, :1])[:, :, 0])


def crv1_of(fit: TwoWaySums) -> Covariance:
    """Clustered by region; see `errors.covariance`."""
    return clustered(fit.bread, fit.scores, rows_factor(fit.rows, _counted(fit)), "min", "crv1")


def crv3_of(fit: TwoWaySums) -> Covariance:
    """The jackknife by region; see `jackknife.crv3`."""
    return jackknifed(fit.beta, fit.without, fit.rows, _counted(fit), "jackknife")


def _counted(fit: TwoWaySums) -> int:
    """Factors and effects, those of the regions counting as one."""
    return len(fit.beta) + fit.absorbed - len(fit.scores) + 1
