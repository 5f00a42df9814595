"""Effects in a spatial lag or Durbin model (직접·간접효과): in the region itself, in the others, and together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sigun.analysis.spatial.models import SpatialFit
from sigun.analysis.statistics.arrays import FloatArray

STABLE = 0.9999  # draws of the spatial coefficient beyond this have no long run and are drawn no more


@dataclass(frozen=True, slots=True)
class Impact:
    """Average effects of each factor with 95 % intervals, in outcome units per unit of the factor."""

    estimate: FloatArray  # (k,)
    low: FloatArray  # (k,)
    high: FloatArray  # (k,)


@dataclass(frozen=True, slots=True)
class Impacts:
    """What one unit more of a factor in every region, one at a time, does on average."""

    direct: Impact  # in the region itself, what comes back from its neighbours included
    indirect: Impact  # in all others together
    total: Impact
    draws: int  # simulated coefficients that the intervals are made of


def impacts(fit: SpatialFit, draws: int, rng: np.random.Generator) -> Impacts:
    """Average direct, indirect and total effects, with intervals from simulated coefficients.

    The effects are the means over the matrix of derivatives (I − rho·W)⁻¹ (beta + theta·W). Coefficients are drawn
    from the normal with the covariance of the fit; draws with rho outside (1/smallest eigenvalue, 1) are left out.
    An error model has no indirect effects: its coefficients are the direct and total ones.

    Parameters
    ----------
    fit : of `spatial_lag` (Durbin too) or `spatial_error`.
    draws : simulated sets of coefficients.

    References
    ----------
    LeSage & Pace (2009), Introduction to Spatial Econometrics, 2.7 and 5.6.2.
    """
    centre = np.append(fit.beta, fit.spatial)
    root = _root(fit.covariance)
    simulated = centre + rng.standard_normal((draws, len(centre))) @ root.T
    if fit.kind != "error":
        lowest = min(float(fit.eigenvalues.real.min()), -1e-3)
        simulated = simulated[(simulated[:, -1] < STABLE) & (simulated[:, -1] > STABLE / lowest)]
    point, spread = _effects(fit, centre[None, :]), _effects(fit, simulated)
    low, high = np.quantile(spread, [0.025, 0.975], axis=1)
    direct, indirect, total = (Impact(point[j, 0], low[j], high[j]) for j in range(3))
    return Impacts(direct, indirect, total, len(simulated))


def _effects(fit: SpatialFit, coefficients: FloatArray) -> FloatArray:
    """(3, m, k): direct, indirect and total of m sets of coefficients."""
    beta, at = coefficients[:, fit.constant : -1], coefficients[:, -1:]
    if fit.kind == "error":
        return np.stack([beta, np.zeros_like(beta), beta])
    own, beside = (beta, np.zeros_like(beta)) if fit.kind == "lag" else np.split(beta, 2, axis=1)
    direct = own * _mean_diagonal(fit.eigenvalues, at, 0) + beside * _mean_diagonal(fit.eigenvalues, at, 1)
    total = (own + beside) / (1 - at)  # rows of W add up to 1
    return np.stack([direct, total - direct, total])


def _mean_diagonal(eigenvalues: Any, at: FloatArray, power: int) -> FloatArray:
    """Mean of the diagonal of (I − at·W)⁻¹ W^power, (m, 1)."""
    return np.asarray(np.mean(eigenvalues**power / (1 - at * eigenvalues), axis=1, keepdims=True).real)


def _root(covariance: FloatArray) -> FloatArray:
    """A root of the covariance: eigenvectors times roots, so that a flat direction does no harm."""
    scale = np.sqrt(np.diag(covariance))
    values, vectors = np.linalg.eigh(covariance / np.outer(scale, scale))
    vectors = vectors * np.where(np.sum(vectors, axis=0) < 0, -1.0, 1.0)  # a sign of its own, on every machine
    return np.asarray(scale[:, None] * vectors * np.sqrt(np.maximum(values, 0.0)))
