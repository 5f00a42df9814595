"""Counts inside regions and periods (고정효과 포아송, 노출량): its fit in the form every error formula takes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.analysis.regression.observations import LinearFit, Observations, cluster_of, rows_of
from sigun.analysis.regression.refusals import require_more
from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray
from sigun.analysis.statistics.fixed_poisson import FixedFit, fit_fixed_poisson
from sigun.errors import MethodError
from sigun.text import N_, say


@dataclass(frozen=True, slots=True)
class PoissonFit:
    """What `poisson` found: coefficients are changes of the log of the expected count."""

    fit: LinearFit  # the last round of reweighted least squares; `errors.covariance` takes it as any other
    fitted: FloatArray  # (n,) expected counts of the rows that stayed
    kept: BoolArray  # of the rows given: regions and periods without a single case tell nothing and drop out


def poisson(obs: Observations, exposure: FloatArray) -> PoissonFit:
    """Poisson pseudo-maximum likelihood with effects of region and period, the log of the exposure given.

    Parameters
    ----------
    obs : y are counts, 0 or more; without weights.
    exposure : (n,) what the counts are of, positive: people, women of an age.

    Raises
    ------
    MethodError
        Counts below 0, exposure not above 0, no case at all, a factor that nothing is left of, no convergence.

    References
    ----------
    Wooldridge (1999), J. Econometrics 90:77–97.

    Examples
    --------
    >>> region, period = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    >>> x = np.array([[0.0], [0.0], [0.0], [1.0]])
    >>> found = poisson(Observations(np.array([10.0, 20.0, 5.0, 30.0]), x, region, period), np.full(4, 100.0))
    >>> found.fit.beta.round(6).tolist()
    [1.098612]
    """
    where = say(N_("Poisson regression inside areas"))
    if (obs.y < 0).any() or not (exposure > 0).all():
        raise MethodError(
            say(N_("Counts must be 0 or more, and what they are of more than 0.")),
            where,
            say(N_("Choose an outcome that counts, and an exposure such as people.")),
        )
    kept = _telling(obs)
    require_more(int(kept.sum()), 1, say(N_("There is not one case to count.")), where)
    rows = rows_of(obs, kept)
    period = np.unique(rows.period, return_inverse=True)[1]
    found = fit_fixed_poisson(rows.y, rows.x, rows.region, period, np.log(exposure[kept]))
    return PoissonFit(_as_linear(rows, found, period), found.fitted, kept)


def _telling(obs: Observations) -> BoolArray:
    """Rows of regions and periods with more than one row and at least one case."""
    kept = np.ones(len(obs.y), dtype=bool)
    while True:
        tells = kept.copy()
        for group in (obs.region, obs.period):
            tells &= (np.bincount(group, kept * obs.y) > 0)[group] & (np.bincount(group, kept) > 1)[group]
        if (tells == kept).all():
            return kept
        kept = tells


def _as_linear(rows: Observations, found: FixedFit, period: IntArray) -> LinearFit:
    """The weighted least squares the fit ended in."""
    root = np.sqrt(found.fitted)
    x, residuals = found.within * root[:, None], (rows.y - found.fitted) / root
    y = x @ found.beta + residuals
    regions, periods = int(rows.region.max()) + 1, int(period.max()) + 1
    r2 = 1 - float(residuals @ residuals) / float(y @ y)
    bread = np.asarray(np.linalg.inv(x.T @ x), dtype=np.float64)
    return LinearFit(
        *(found.beta, residuals, x, y, bread, rows.region, rows.period, cluster_of(rows)),
        *(regions + periods - 1, regions, r2, periods),
    )
