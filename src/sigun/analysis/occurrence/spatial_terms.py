"""Spatial terms (공간 항): counts regressed with a smooth map that neighbouring areas share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sigun.analysis.statistics.arrays import FloatArray
from sigun.analysis.statistics.glm import FAR
from sigun.analysis.statistics.local_statistics import degrees
from sigun.analysis.statistics.negative_binomial import fit_negative_binomial, hc3
from sigun.errors import MethodError
from sigun.text import N_, say

POSITIVE = 1e-9
ROUNDS, SETTLED = 100, 1e-7
VARIANCE_ROUNDS = 5  # rounds in which the variances are estimated anew; then they stay
LOG_VARIANCE = (-12.0, 4.0)


@dataclass(frozen=True, slots=True)
class MoranVectors:
    """Maps of the areas in which neighbours are alike, the smoothest first."""

    vectors: FloatArray  # (n, m) one map a column: mean 0, length 1, uncorrelated with each other
    values: FloatArray  # (m,) how alike neighbours are in it, above 0


def moran_vectors(neighbours: Any) -> MoranVectors:
    """The patterns of positive spatial autocorrelation a map of these areas can have (모란 고유벡터).

    Eigenvectors of M·W·M, M taking the mean out and W the row-standardised neighbours made symmetric.

    Parameters
    ----------
    neighbours : (n, n) scipy CSR of 0 and 1.

    References
    ----------
    Griffith (2003), Spatial Autocorrelation and Spatial Filtering; Dray, Legendre & Peres-Neto (2006), Ecol. Model.
    196:483–493.

    Examples
    --------
    >>> from sigun.region.neighbours import queen_neighbours
    >>> row = np.arange(6)
    >>> found = moran_vectors(queen_neighbours(row, 0 * row))
    >>> found.vectors.shape, abs(float(found.vectors[:, 0].sum())) < 1e-9
    ((6, 2), True)
    """
    weight = neighbours.toarray() / np.maximum(degrees(neighbours), 1)[:, None]
    weight = (weight + weight.T) / 2
    centred = weight - weight.mean(axis=0) - weight.mean(axis=1)[:, None] + weight.mean()
    values, vectors = np.linalg.eigh(centred)
    kept = np.flatnonzero(values > POSITIVE)[::-1]
    return MoranVectors(vectors[:, kept], values[kept])


@dataclass(frozen=True, slots=True)
class SpatialFit:
    """What `fit_spatial` found."""

    beta: FloatArray  # (k,) change of the log of the expected count per unit of the column
    error: FloatArray  # (k,) standard errors: the model's or the sandwich's, whichever is the greater
    fitted: FloatArray  # (n,) expected counts, without the map
    shared: FloatArray  # (n,) the map: log of what an area has more for being where it is
    residual: FloatArray  # (n,) what is left over, freed of what the map says neighbours share; standard deviation 1
    spatial_share: float  # part of the variance of the log rate that is in the map
    one_out: FloatArray  # (n, k) beta with each area left out, variances as they are


def fit_spatial(y: FloatArray, x: FloatArray, offset: FloatArray, maps: MoranVectors) -> SpatialFit:
    """Regression of counts whose log rate has, beside the columns, an own part and one that neighbours share.

    E[y] = m = exp(offset + x·beta), and (y - m) / m has variance 1/m (counting) + own + shared, the shared part being a
    sum of the maps with random weights whose variance falls with the map's eigenvalue (random effects eigenvector
    spatial filtering). Beta by generalised least squares on the working response, the variances by restricted maximum
    likelihood: a smooth column and a smooth remainder are then not taken for related because both are smooth.

    Parameters
    ----------
    y : (n,) counts, 0 or more.
    x : (n, k) columns; a level needs a column of ones.
    offset : (n,) log of the exposure.
    maps : of the same areas.

    Raises
    ------
    MethodError
        As `fit_negative_binomial`.

    References
    ----------
    Murakami & Griffith (2015), J. Geogr. Syst. 17:311–331; Patterson & Thompson (1971), Biometrika 58:545–554;
    Zeger, Liang & Albert (1988), Biometrics 44:1049–1060.
    """
    start = fit_negative_binomial(y, x, offset, errors=False)
    beta, common = start.beta, _common(maps, len(y))
    variances = np.log(np.full(2, max(start.dispersion, 1e-3) / 2))
    for turn in range(ROUNDS):
        mean = np.exp(np.clip(offset + x @ beta, -FAR, FAR))
        working = x @ beta + (y - mean) / mean
        if turn < VARIANCE_ROUNDS:
            variances = _variances(working, x, 1 / mean, common, variances)
        root = _root(1 / mean, common, variances)
        before, beta = beta, _least_squares(root, x, working)
        change = float(np.abs(x @ (beta - before)).max())
        beta = before + (beta - before) * min(1.0, 2.0 / (change + 1e-300))
        if change <= SETTLED and turn >= VARIANCE_ROUNDS:
            return _finished(x, working, mean, common, variances)
    raise MethodError(
        say(N_("The regression does not settle after {n} rounds."), n=ROUNDS),
        say(N_("regression with spatial terms")),
        say(N_("Take out columns that are nearly the same, or that mark a handful of rows.")),
    )


def _common(maps: MoranVectors, n: int) -> FloatArray:
    """(n, n) covariance of the shared part, mean variance 1; nothing where no area has a neighbour."""
    if not len(maps.values):
        return np.zeros((n, n))
    return np.asarray((maps.vectors * maps.values) @ maps.vectors.T * n / maps.values.sum())


def _covariance(noise: FloatArray, common: FloatArray, variances: FloatArray) -> FloatArray:
    own, shared = np.exp(variances)
    return np.asarray(np.diag(noise + own) + shared * common)


def _root(noise: FloatArray, common: FloatArray, variances: FloatArray) -> FloatArray:
    """Lower triangular root of the covariance of the working response."""
    return np.asarray(np.linalg.cholesky(_covariance(noise, common, variances)), float)


def _whitened(root: FloatArray, columns: FloatArray) -> FloatArray:
    from scipy.linalg import solve_triangular

    return np.asarray(solve_triangular(root, columns, lower=True, check_finite=False))


def _least_squares(root: FloatArray, x: FloatArray, working: FloatArray) -> FloatArray:
    return np.asarray(np.linalg.lstsq(_whitened(root, x), _whitened(root, working), rcond=None)[0], float)


def _variances(
    working: FloatArray, x: FloatArray, noise: FloatArray, common: FloatArray, start: FloatArray
) -> FloatArray:
    """Logs of the own and the shared variance under which the residuals are likeliest (REML)."""
    from scipy.optimize import minimize

    def loss(variances: FloatArray) -> float:
        root = _root(noise, common, variances)
        q, r = np.linalg.qr(_whitened(root, x))
        left = _whitened(root, working)
        left = left - q @ (q.T @ left)
        return float(np.log(np.diag(root)).sum() + np.log(np.abs(np.diag(r))).sum() + left @ left / 2)

    found = minimize(loss, start, method="L-BFGS-B", bounds=[LOG_VARIANCE] * 2, options={"ftol": 1e-12, "gtol": 1e-6})
    return np.asarray(found.x, float)


def _finished(
    x: FloatArray, working: FloatArray, mean: FloatArray, common: FloatArray, variances: FloatArray
) -> SpatialFit:
    """Everything at the beta that was reached. The root is the symmetric one: it favours no order of the areas."""
    size, axes = np.linalg.eigh(_covariance(1 / mean, common, variances))
    white = (axes / np.sqrt(size)) @ axes.T
    own, shared = np.exp(variances)
    design, seen = white @ x, white @ working
    model = np.asarray(np.linalg.pinv(design.T @ design, hermitian=True), float)
    beta = model @ design.T @ seen
    left = seen - design @ beta
    robust = hc3(design, np.ones(len(x)), left)
    gain = model @ design.T @ white
    telling = np.diag(white @ white - white @ design @ gain)
    return SpatialFit(
        beta,
        np.sqrt(np.maximum(np.diag(model), np.diag(robust))),
        mean,
        np.asarray(shared * common @ white @ left),
        left,
        float(shared / (own + shared)) if common.any() else 0.0,
        beta - (gain * (white @ left / telling)).T,
    )
