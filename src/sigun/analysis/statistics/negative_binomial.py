"""Negative binomial regression (음이항 회귀): counts that vary more than chance, with errors that trust no variance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.analysis.statistics.arrays import FloatArray
from sigun.analysis.statistics.glm import FAR, MAX_ROUNDS, fit_poisson
from sigun.errors import MethodError
from sigun.text import N_, say

SETTLED = 1e-10
THETA = (1e-4, 1e7)  # 1 / dispersion is looked for in between; beyond the upper end counts are as good as Poisson


@dataclass(frozen=True, slots=True)
class NegativeBinomialFit:
    """What `fit_negative_binomial` found."""

    beta: FloatArray  # (k,) change of the log of the expected count per unit of the column
    covariance: FloatArray  # (k, k) of beta: sandwich, HC3
    dispersion: float  # alpha of Var[y] = m + alpha·m²; 0: Poisson
    fitted: FloatArray  # (n,) expected counts m
    weight: FloatArray  # (n,) m / (1 + alpha·m), what a row tells about the log of its mean

    def residuals(self, y: FloatArray) -> FloatArray:
        """(n,) Pearson residuals: distance from the expected count in standard deviations."""
        spread = np.sqrt(self.fitted * (1 + self.dispersion * self.fitted))
        return np.asarray((y - self.fitted) / spread, float)


def fit_negative_binomial(
    y: FloatArray, x: FloatArray, offset: FloatArray, dispersion: float | None = None, errors: bool = True
) -> NegativeBinomialFit:
    """Negative binomial regression with log link (NB2) by maximum likelihood, with HC3 errors (음이항 회귀).

    log E[y] = offset + x·beta, Var[y] = m + dispersion·m². The regression (iteratively reweighted least squares) and
    the dispersion (root of its score) take turns until both stand still. The covariance is a sandwich whose filling is
    the squared residuals, each divided by (1 - leverage)², so that it holds when the variance is another one.

    Parameters
    ----------
    y : (n,) counts, 0 or more.
    x : (n, k) columns; a level needs a column of ones.
    offset : (n,) log of the exposure.
    dispersion : taken as known; none: estimated.
    errors : whether the covariance is wanted; without it is zero.

    Raises
    ------
    MethodError
        As `fit_poisson`: columns repeat one another, too few rows, no reports; or the fit does not settle.

    References
    ----------
    Lawless (1987), Can. J. Statist. 15:209–225; MacKinnon & White (1985), J. Econometrics 29:305–325 (HC3).

    Examples
    --------
    >>> x = np.array([[1.0, 0.0], [1.0, 0.0], [1.0, 1.0], [1.0, 1.0]])
    >>> fit = fit_negative_binomial(np.array([4.0, 16.0, 10.0, 30.0]), x, np.zeros(4))
    >>> np.exp(fit.beta).round(6).tolist(), round(fit.dispersion, 3)
    ([10.0, 2.0], 0.261)
    """
    start = fit_poisson(y, x, offset)
    beta, mean = start.beta, start.fitted
    alpha = _dispersion(y, mean) if dispersion is None else dispersion
    for _round in range(MAX_ROUNDS):
        beta, mean = _regression(y, x, offset, alpha, beta)
        before, alpha = alpha, _dispersion(y, mean) if dispersion is None else dispersion
        if abs(alpha - before) <= SETTLED * (1 + before):
            weight = mean / (1 + alpha * mean)
            covariance = hc3(x, weight, (y - mean) / mean) if errors else np.zeros((x.shape[1],) * 2)
            return NegativeBinomialFit(beta, covariance, alpha, mean, weight)
    raise _unsettled()


def hc3(x: FloatArray, weight: FloatArray, residual: FloatArray) -> FloatArray:
    """Sandwich covariance of a weighted regression, each residual as if its own row had been left out (HC3).

    Parameters
    ----------
    x : (n, k) columns.
    weight : (n,) weight of each row.
    residual : (n,) on the scale of the linear predictor.
    """
    bread = np.linalg.pinv(x.T @ (x * weight[:, None]), hermitian=True)
    leverage = weight * np.einsum("ij,jk,ik->i", x, bread, x)
    score = x * (weight * residual / np.maximum(1 - leverage, 1e-3))[:, None]
    return np.asarray(bread @ (score.T @ score) @ bread)


def _regression(
    y: FloatArray, x: FloatArray, offset: FloatArray, alpha: float, beta: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Beta and expected counts for one dispersion, by Fisher scoring from a beta that is near."""
    for _round in range(MAX_ROUNDS):
        mean = np.exp(np.clip(offset + x @ beta, -FAR, FAR))
        root = np.sqrt(mean / (1 + alpha * mean))
        step = np.linalg.lstsq(x * root[:, None], (y - mean) / mean * root, rcond=None)[0]
        beta = beta + step * min(1.0, 5.0 / (float(np.abs(x @ step).max()) + 1e-300))  # at most e^5 in one go
        if float(np.abs(x @ step).max()) <= SETTLED:
            return beta, np.exp(np.clip(offset + x @ beta, -FAR, FAR))
    raise _unsettled()


def _dispersion(y: FloatArray, mean: FloatArray) -> float:
    """The dispersion under which the counts are likeliest; 0 where they vary no more than Poisson."""
    from scipy.optimize import brentq
    from scipy.special import digamma

    def score(log_theta: float) -> float:
        theta = np.exp(log_theta)
        counted = digamma(y + theta) - digamma(theta) - np.log1p(mean / theta)
        return float(np.sum(counted + (mean - y) / (mean + theta)))

    low, high = np.log(THETA)
    if score(high) >= 0:
        return 0.0
    return float(np.exp(-brentq(score, low, high, xtol=1e-12))) if score(low) > 0 else 1 / THETA[0]


def _unsettled() -> MethodError:
    return MethodError(
        say(N_("The regression does not settle after {n} rounds."), n=MAX_ROUNDS),
        say(N_("negative binomial regression")),
        say(N_("Take out columns that are nearly the same, or that mark a handful of rows.")),
    )
