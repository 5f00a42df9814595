"""Poisson regression for counts (포아송 회귀), with room for the spread that counts really have."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sigun.errors import MethodError
from sigun.text import N_, _, say

FloatArray = NDArray[np.float64]

MAX_ROUNDS = 100
FAR = 30.0  # the linear predictor is kept within ±30: e^30 reports is more than anybody has


@dataclass(frozen=True, slots=True)
class PoissonFit:
    """What `fit_poisson` found."""

    beta: FloatArray  # (k,) change of the log of the expected count per unit of the column
    covariance: FloatArray  # (k, k) of beta, scaled by max(1, dispersion)
    dispersion: float  # Pearson chi-square per degree of freedom; 1: Poisson, more: over-dispersed
    fitted: FloatArray  # (n,) expected counts


def fit_poisson(y: FloatArray, x: FloatArray, offset: FloatArray | None = None, ridge: float = 0.0) -> PoissonFit:
    """Quasi-Poisson regression with log link, by iteratively reweighted least squares (포아송 회귀).

    log E[y] = offset + x·beta, Var[y] = dispersion · E[y]. A dispersion below 1 never narrows the covariance.

    Parameters
    ----------
    y : (n,) counts, 0 or more.
    x : (n, k) columns; a level needs a column of ones.
    offset : (n,) log of the exposure (days observed, area …); none: the same for all.
    ridge : weight of the penalty ridge/2 · beta² on every column that is not constant; 0: none.

    Raises
    ------
    MethodError
        Columns repeat one another (and there is no ridge), rows are not more than columns, every count is zero,
        a value is missing or negative, or the fit does not settle.

    References
    ----------
    McCullagh & Nelder (1989), Generalized Linear Models, 2nd ed., ch. 2.5 and 6.2.

    Examples
    --------
    >>> x = np.array([[1.0, 0.0], [1.0, 0.0], [1.0, 1.0], [1.0, 1.0]])
    >>> fit = fit_poisson(np.array([8.0, 12.0, 18.0, 22.0]), x)
    >>> np.exp(fit.beta).round(6).tolist()
    [10.0, 2.0]
    """
    base = np.zeros(len(y)) if offset is None else offset
    _check(y, x, base, ridge)
    penalty = np.where(np.ptp(x, axis=0) > 0, ridge, 0.0)
    beta, mean = _settle(y, x, base, penalty)
    dispersion = float(np.sum((y - mean) ** 2 / mean) / (len(y) - x.shape[1]))
    information = x.T @ (x * mean[:, None]) + np.diag(penalty)
    covariance = np.linalg.pinv(information, hermitian=True) * max(1.0, dispersion)
    return PoissonFit(beta, covariance, dispersion, mean)


def _check(y: FloatArray, x: FloatArray, base: FloatArray, ridge: float) -> None:
    where = _("Poisson regression")
    if not (np.isfinite(y).all() and np.isfinite(x).all() and np.isfinite(base).all() and (y >= 0).all()):
        raise MethodError(
            say(N_("A count or a column has a missing, infinite or negative value.")),
            where,
            say(N_("Leave such rows out before the regression.")),
        )
    if len(y) <= x.shape[1] or not y.any():
        raise MethodError(
            say(
                N_("{n} rows with {total} reports are too few for {k} columns."),
                n=len(y),
                total=int(y.sum()),
                k=x.shape[1],
            ),
            where,
            say(N_("Use a longer period, larger areas or fewer columns.")),
        )
    size = np.linalg.norm(x, axis=0)
    rank = int(np.linalg.matrix_rank(x / np.where(size > 0, size, 1.0), tol=1e-8 * np.sqrt(x.shape[1])))
    if rank < x.shape[1] and ridge == 0:
        raise MethodError(
            say(N_("Only {rank} of {k} columns can be told apart."), rank=rank, k=x.shape[1]),
            where,
            say(N_("Take out columns that repeat others or never change.")),
        )


def _settle(y: FloatArray, x: FloatArray, base: FloatArray, penalty: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Beta and expected counts at the (penalised) maximum, by Newton steps from the overall rate."""
    linear = base + np.log(y.sum() / np.exp(base).sum())
    loss = np.inf
    for _round in range(MAX_ROUNDS):
        mean = np.exp(linear)
        beta = _newton(linear - base + (y - mean) / mean, mean, x, penalty)
        linear = np.clip(base + x @ beta, -FAR, FAR)
        before, loss = loss, _loss(y, linear) + float(penalty @ beta**2) / 2
        if abs(loss - before) <= 1e-12 * (abs(loss) + 1.0):
            return beta, np.exp(linear)
    raise MethodError(
        say(N_("The regression does not settle after {n} rounds."), n=MAX_ROUNDS),
        say(N_("Poisson regression")),
        say(N_("Take out columns that are nearly the same, or that mark a handful of rows.")),
    )


def _newton(working: FloatArray, weight: FloatArray, x: FloatArray, penalty: FloatArray) -> FloatArray:
    """Weighted least squares of the working response; the penalty enters as extra rows."""
    root = np.sqrt(weight)
    rows = np.vstack([x * root[:, None], np.diag(np.sqrt(penalty))])
    target = np.concatenate([working * root, np.zeros(len(penalty))])
    beta: FloatArray = np.linalg.lstsq(rows, target, rcond=None)[0]
    return beta


def _loss(y: FloatArray, linear: FloatArray) -> float:
    """Minus the Poisson log likelihood, up to a constant."""
    return float(np.sum(np.exp(linear) - y * linear))
