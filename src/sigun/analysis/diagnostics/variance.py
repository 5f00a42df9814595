"""Where a variable varies (변동의 분해): between regions, inside them, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.analysis.statistics.arrays import FloatArray, IntArray
from sigun.analysis.statistics.fixed_poisson import sweep


@dataclass(frozen=True, slots=True)
class VarianceSplit:
    """How a variable varies over a panel. Standard deviations are in its own unit."""

    mean: float
    sd: float
    sd_between: float  # of the regions' means
    sd_within: float  # of the distances from the region's own mean
    sd_twoway: float  # of what is left when the periods' common course is taken out too
    within_share: float  # share of the sum of squares that lies inside regions
    twoway_share: float  # share left to an estimator with region and period effects
    observed: int
    missing: int  # regions × periods not observed
    regions: int
    periods: int
    balanced: bool  # every region in every period


def split(values: FloatArray, region: IntArray, period: IntArray) -> VarianceSplit:
    """Split the variance of one variable between and inside regions.

    Parameters
    ----------
    values : (n,) in any unit; NaN is not observed.
    region, period : (n,) of each row, any whole numbers; a region and period come together once.

    Notes
    -----
    sd, sd_within and sd_twoway divide by observations less one, sd_between by regions less one; no degrees of freedom
    are taken off for the levels, so that the figures are those of a table of descriptive statistics.

    References
    ----------
    Wooldridge (2010), Econometric Analysis of Cross Section and Panel Data, 10.5.

    Examples
    --------
    >>> found = split(np.array([1.0, 3.0, 11.0, 13.0]), np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]))
    >>> round(found.within_share, 4), round(found.twoway_share, 4), found.missing
    (0.0385, 0.0, 0)
    """
    cells = len(np.unique(region)) * len(np.unique(period))
    there = ~np.isnan(values)
    value = values[there]
    own, when = (np.unique(group[there], return_inverse=True)[1] for group in (region, period))
    means = np.bincount(own, value) / np.bincount(own)
    inside = value - means[own]
    left = sweep(value[:, None], np.ones(len(value)), own, when)[:, 0]
    total = float(np.sum((value - value.mean()) ** 2))
    within, twoway = (_negligible(float(part @ part), total) for part in (inside, left))
    less = max(len(value) - 1, 1)
    return VarianceSplit(
        mean=float(value.mean()),
        sd=float(np.sqrt(total / less)),
        sd_between=float(np.sqrt(np.sum((means - means.mean()) ** 2) / max(len(means) - 1, 1))),
        sd_within=float(np.sqrt(within / less)),
        sd_twoway=float(np.sqrt(twoway / less)),
        within_share=within / total if total else 0.0,
        twoway_share=twoway / total if total else 0.0,
        observed=len(value),
        missing=cells - len(value),
        regions=len(means),
        periods=len(np.unique(when)),
        balanced=cells == len(value),
    )


def _negligible(part: float, whole: float) -> float:
    """Rounding of a sweep is nothing."""
    return 0.0 if part <= 1e-15 * whole else part
