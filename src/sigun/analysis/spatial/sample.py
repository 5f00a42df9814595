"""What the spatial methods are given (공간 분석의 입력): a complete block, and its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from sigun.analysis.diagnostics.balance import complete_block
from sigun.analysis.statistics.arrays import FloatArray, IntArray
from sigun.errors import MethodError
from sigun.text import N_, say

Effects = Literal["constant", "region", "twoway"]
FEWEST = 4  # regions
ROUNDING = 1e-24  # share of the squares that rounding alone leaves, and some


@dataclass(frozen=True, slots=True)
class SpatialSample:
    """Regions complete over one span, each with a neighbour among them. One period is a cross-section."""

    y: FloatArray  # (G, T) outcome
    x: FloatArray  # (G, T, k) factors, without a constant
    weight: Any  # (G, G) scipy CSR, rows add up to 1
    effects: Effects  # taken out: a constant, region levels, or region and period levels
    kept: IntArray  # (G,) numbers of the regions, as given
    left_out: IntArray  # numbers of the regions not complete over the span, or without a neighbour among those kept
    periods: IntArray  # (T,) numbers of the periods

    @property
    def repeats(self) -> int:
        """Periods' worth of independent cross-sections: one fewer with region levels."""
        return int(self.y.shape[1]) - (self.effects != "constant")

    @property
    def degrees(self) -> int:
        """Observations left when the region and period levels are taken out; a constant is counted with the factors."""
        return (len(self.y) - (self.effects == "twoway")) * self.repeats


def spatial_sample(
    y: FloatArray, x: FloatArray, region: IntArray, period: IntArray, weight: Any, effects: Effects
) -> SpatialSample:
    """The largest complete block of a panel, with its neighbours standardised anew.

    Parameters
    ----------
    y : (n,) outcome.
    x : (n, k) factors, without a constant.
    region : (n,) of each row, numbered as the rows of `weight`; regions of `weight` without a row are left out.
    period : (n,) place in the calendar.
    weight : (R, R) scipy CSR of neighbours, 0 on the diagonal; rows are made to add up to 1.
    effects : "constant" for a cross-section or a pooled panel, "region", or "twoway" (region and period).

    Raises
    ------
    MethodError
        Fewer than four regions are left, or effects of regions are asked of one period.
    """
    periods = np.arange(int(period.min()), int(period.max()) + 1)
    regions = weight.shape[0]
    values = np.full((regions, len(periods), 1 + x.shape[1]), np.nan)
    values[region, period - periods[0]] = np.column_stack([y, x])
    block = complete_block(np.asarray(~np.isnan(values).any(axis=2)))
    kept, around = _with_neighbours(block.regions, weight)
    if len(kept) < FEWEST or (block.periods < 2 and effects != "constant"):
        raise MethodError(
            say(N_("Too few regions are complete over one span and have neighbours: {n}."), n=len(kept)),
            say(N_("spatial model")),
            say(N_("Fill the gaps, take a span most regions are complete over, or leave the spatial methods out.")),
        )
    cells = values[kept, block.first : block.end]
    return SpatialSample(
        cells[:, :, 0],
        cells[:, :, 1:],
        around,
        effects,
        kept,
        np.setdiff1d(np.unique(region), kept),
        periods[block.first : block.end],
    )


def row_standardised(weight: Any) -> Any:
    """The matrix with rows that add up to 1; a row of nothing stays nothing."""
    from scipy import sparse

    matrix = sparse.csr_matrix(weight, dtype=np.float64)
    total = np.asarray(matrix.sum(axis=1)).ravel()
    return sparse.csr_matrix(sparse.diags(np.divide(1.0, total, out=np.zeros(len(total)), where=total > 0)) @ matrix)


def without_effects(sample: SpatialSample, values: FloatArray) -> FloatArray:
    """Values (G, T, m) less their region and period levels, as (G·T, m); only put in rows for `constant`."""
    left = values
    if sample.effects != "constant":
        left = left - left.mean(axis=1, keepdims=True)
    if sample.effects == "twoway":
        left = left - left.mean(axis=0, keepdims=True)
    return np.asarray(left.reshape(-1, values.shape[2]))


def around(sample: SpatialSample, values: FloatArray) -> FloatArray:
    """The neighbours' mean in each period: (G, T, m) of (G, T, m)."""
    rows = values.reshape(values.shape[0], -1)
    return np.asarray((sample.weight @ rows).reshape(values.shape))


def require_left(outcome: FloatArray, residuals: FloatArray) -> None:
    """Refuse an outcome that does not vary once levels are taken out, or that the factors tell to the last digit.

    Parameters
    ----------
    outcome : as observed, levels and all: what is left is held against it, to tell rounding from variation.

    Raises
    ------
    MethodError
        There is nothing left that could lie together.
    """
    if float(residuals @ residuals) <= ROUNDING * float(np.sum(outcome**2)):
        raise MethodError(
            say(N_("Nothing of the outcome is left once levels and factors are taken out.")),
            say(N_("spatial model")),
            say(N_("Look at the outcome: it may not vary inside regions, or be made of the factors.")),
        )


def with_constant(sample: SpatialSample, x: FloatArray) -> FloatArray:
    """Factors (G, T, k), a column of ones before them when a constant is taken out."""
    if sample.effects != "constant":
        return x
    return np.concatenate([np.ones((*x.shape[:2], 1)), x], axis=2)


def _with_neighbours(regions: IntArray, weight: Any) -> tuple[IntArray, Any]:
    """The regions that have a neighbour among them, and their standardised matrix."""
    kept = regions
    while True:
        within = weight[kept][:, kept]
        linked = np.asarray(within.sum(axis=1)).ravel() > 0
        if linked.all():
            return kept, row_standardised(within)
        kept = kept[linked]
