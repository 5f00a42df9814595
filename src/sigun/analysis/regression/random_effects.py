"""Random effects (확률효과), and the tests of whether they may stand for fixed ones (하우스만, 문들락)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sigun.analysis.regression.errors import covariance
from sigun.analysis.regression.linear import between, least_squares, pooled, within_region
from sigun.analysis.regression.observations import LinearFit, Observations, cluster_of
from sigun.analysis.regression.refusals import GONE, require_columns, require_more
from sigun.analysis.regression.tests import Test, chi_squared
from sigun.analysis.statistics.arrays import BoolArray, FloatArray
from sigun.text import N_, say


@dataclass(frozen=True, slots=True)
class RandomEffects:
    """What `random_effects` found."""

    fit: LinearFit  # of the quasi-deviations; the constant is absorbed
    constant: float  # outcome units
    sigma_region: float  # standard deviation of the regions' own levels, outcome units
    sigma_idio: float  # of what is left from period to period
    theta: FloatArray  # (regions,) share of each region's mean that is taken out: 1 is fixed effects, 0 is pooled
    moving: BoolArray  # (k,) whether a factor ever changes inside a region: of the others fixed effects tell nothing


def random_effects(obs: Observations) -> RandomEffects:
    """Generalised least squares with levels of regions drawn at random (Swamy–Arora), unbalanced panels too.

    Factors that never change inside regions are told as well. Where regions are observed for different times, the
    harmonic mean of these stands for all of them (as other programs do unless asked for Baltagi and Chang's variant).
    Rows of a weight are not provided for: the variance of a mean would have to be told as well.

    Raises
    ------
    MethodError
        One region; no more regions than factors; a factor repeats another.

    References
    ----------
    Swamy & Arora (1972), Econometrica 40:261–275; Baltagi (2013), Econometric Analysis of Panel Data, ch. 2 and 9.

    Examples
    --------
    >>> region, period = np.repeat([0, 1, 2], 2), np.tile([0, 1], 3)
    >>> x = np.array([[0.0], [1.0], [1.0], [3.0], [2.0], [2.0]])
    >>> found = random_effects(Observations(np.array([0.0, 2.1, 2.9, 6.0, 3.5, 4.5]), x, region, period))
    >>> found.fit.beta.round(3).tolist(), found.theta.round(3).tolist()
    ([1.909], [0.0, 0.0, 0.0])
    """
    where = say(N_("random effects"))
    counts = np.bincount(obs.region)
    regions, k = len(counts), obs.x.shape[1]
    few = say(N_("{n} regions do not carry {k} factors between them."), n=regions, k=k)
    require_more(regions, k + 2, few, where)
    moving = _moving(obs)
    inside, means = within_region(replace(obs, x=obs.x[:, moving])), between(obs)
    # regions of one row are in neither the residuals nor the effects that were taken out
    noise = float(inside.residuals @ inside.residuals) / (len(inside.residuals) - inside.absorbed - int(moving.sum()))
    spread = float(means.residuals @ means.residuals) / (regions - k - 1)
    level = max(0.0, spread - noise / (regions / (1 / counts).sum()))  # the harmonic mean of the periods observed
    theta = 1 - np.sqrt(noise / (counts * level + noise))
    fit, constant = _quasi_deviations(obs, theta)
    return RandomEffects(fit, constant, float(np.sqrt(level)), float(np.sqrt(noise)), theta, moving)


def hausman(fixed: LinearFit, random: RandomEffects) -> Test:
    """Whether fixed and random effects tell the same (하우스만 검정); a small p: only the fixed ones can be right.

    Both by the covariance of errors that vary alike and independently, on which the test rests.

    Parameters
    ----------
    fixed : of the factors that change inside regions, in the order they have in `random`.
    """
    both = random.moving
    spread = covariance(fixed, "iid").matrix - covariance(random.fit, "iid").matrix[np.ix_(both, both)]
    return chi_squared(fixed.beta - random.fit.beta[both], spread)


def mundlak(obs: Observations) -> Test:
    """Whether the regions' means of the factors matter beside the factors (문들락 검정), errors clustered.

    As Hausman's test without its narrow assumption; factors that never change inside regions have no mean of their own.
    """
    counts = np.bincount(obs.region)
    means = np.column_stack([np.bincount(obs.region, column) / counts for column in obs.x.T])[obs.region]
    apart = np.abs(obs.x - means).max(axis=0) > 1e-10 * np.abs(obs.x).max(axis=0)
    both = Observations(
        obs.y, np.column_stack([obs.x, means[:, apart]]), obs.region, obs.period, obs.weight, obs.cluster
    )
    fit, k = pooled(both), obs.x.shape[1]
    return chi_squared(fit.beta[k:], covariance(fit, "crv1").matrix[k:, k:])


def _moving(obs: Observations) -> BoolArray:
    """Which factors change inside regions at all."""
    counts = np.bincount(obs.region)
    means = np.column_stack([np.bincount(obs.region, column) / counts for column in obs.x.T])[obs.region]
    size = np.sqrt((obs.x**2).sum(axis=0))
    return np.asarray(np.sqrt(((obs.x - means) ** 2).sum(axis=0)) > GONE * size)


def _quasi_deviations(obs: Observations, theta: FloatArray) -> tuple[LinearFit, float]:
    """Least squares of the rows less a share of their region's mean, and the constant."""
    counts = np.bincount(obs.region)
    columns = np.column_stack([np.ones(len(obs.y)), obs.y, obs.x])
    means = np.column_stack([np.bincount(obs.region, column) / counts for column in columns.T])
    quasi = columns - (theta[:, None] * means)[obs.region]
    one, rest = quasi[:, 0], quasi[:, 1:]
    onto = rest.T @ one / (one @ one)  # the constant is taken out of all others
    y, x = (rest - one[:, None] * onto)[:, 0], (rest - one[:, None] * onto)[:, 1:]
    require_columns(x.T @ x, np.sqrt((obs.x**2).sum(axis=0)), say(N_("random effects")))
    beta, bread = least_squares(y, x)
    residuals = y - x @ beta
    r2 = 1 - float(residuals @ residuals) / float(y @ y)
    fit = LinearFit(beta, residuals, x, y, bread, obs.region, obs.period, cluster_of(obs), 1, 0, r2)
    return fit, float(onto[0] - onto[1:] @ beta)
