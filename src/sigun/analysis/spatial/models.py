"""Spatial lag, error and Durbin models (공간시차·공간오차·공간더빈 모형) by maximum likelihood, of a map or a panel."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from sigun.analysis.spatial.sample import SpatialSample, around, require_left, with_constant, without_effects
from sigun.analysis.statistics.arrays import FloatArray
from sigun.errors import MethodError
from sigun.text import N_, say

Kind = Literal["lag", "error", "durbin"]
Likelihood = Literal["transformed", "direct"]
GRID = 64  # places at which the likelihood is looked at before the highest is refined
EDGE = 1e-6  # share of the admissible range left off at both ends


@dataclass(frozen=True, slots=True)
class SpatialFit:
    """A spatial model fitted. Its coefficients are not effects where there is a lag: see `impacts`."""

    kind: Kind
    beta: (
        FloatArray  # (c + k,) the constant first where there is one; Durbin: the factors, then their neighbours' means
    )
    spatial: float  # rho (lag, Durbin) or lambda (error)
    covariance: FloatArray  # (c + k + 1, ·) of beta, then of the spatial coefficient
    sigma2: float  # variance of the disturbances
    log_likelihood: float
    n: int  # observations
    constant: int  # 1 when beta begins with a constant
    eigenvalues: Any  # (G,) of the neighbours' matrix; complex where neighbours are not mutual
    likelihood: Likelihood

    @property
    def se(self) -> FloatArray:
        """Standard errors of beta, then of the spatial coefficient."""
        return np.asarray(np.sqrt(np.diag(self.covariance)))


def spatial_lag(sample: SpatialSample, durbin: bool = False, likelihood: Likelihood = "transformed") -> SpatialFit:
    """y = rho·W y + x·beta (+ W x·theta) + levels + e: an outcome that moves with its neighbours' outcome.

    Maximum likelihood with normal disturbances, concentrated on rho; log-determinants from the eigenvalues of W;
    errors from the expected information.

    Parameters
    ----------
    durbin : whether the neighbours' mean of each factor is taken along (공간더빈).
    likelihood : "transformed" (Lee & Yu), right for few periods; "direct" (Elhorst) counts the levels taken out as
        observations, gives too small errors, and is there to repeat published figures.

    Raises
    ------
    MethodError
        The factors repeat one another.

    References
    ----------
    Ord (1975), JASA 70:120–126; Anselin (1988), Spatial Econometrics, ch. 6; Elhorst (2003), Int. Reg. Sci. Rev.
    26:244–268; Lee & Yu (2010), J. Econometrics 154:165–185.
    """
    x = with_constant(sample, sample.x)
    if durbin:
        x = np.concatenate([x, around(sample, sample.x)], axis=2)
    columns = _full_rank(without_effects(sample, x))
    y = without_effects(sample, sample.y[:, :, None])[:, 0]
    beside = without_effects(sample, around(sample, sample.y[:, :, None]))[:, 0]
    q = np.linalg.qr(columns)[0]
    own, other = (v - q @ (q.T @ v) for v in (y, beside))
    require_left(sample.y, own)
    space = _Space(sample, likelihood)

    def squares(rho: float) -> float:
        left = own - rho * other
        return float(left @ left)

    rho, log_likelihood = space.highest(squares)
    beta = np.asarray(np.linalg.lstsq(columns, y - rho * beside, rcond=None)[0], dtype=np.float64)
    sigma2 = squares(rho) / space.degrees
    covariance = _lag_covariance(space, columns, beta, rho, sigma2)
    return space.fit("durbin" if durbin else "lag", beta, rho, covariance, sigma2, log_likelihood)


def spatial_error(sample: SpatialSample, likelihood: Likelihood = "transformed") -> SpatialFit:
    """y = x·beta + levels + u, u = lambda·W u + e: what is left out of the model moves with the neighbours.

    Maximum likelihood as in `spatial_lag`; beta is by generalised least squares at each lambda and is an effect as it
    stands.

    Raises
    ------
    MethodError
        The factors repeat one another.

    References
    ----------
    As `spatial_lag`.
    """
    cells = np.concatenate([sample.y[:, :, None], with_constant(sample, sample.x)], axis=2)
    plain, beside = without_effects(sample, cells), without_effects(sample, around(sample, cells))
    q = np.linalg.qr(_full_rank(plain[:, 1:]))[0]
    require_left(sample.y, plain[:, 0] - q @ (q.T @ plain[:, 0]))
    space = _Space(sample, likelihood)

    coefficient, log_likelihood = space.highest(_filtered_squares(plain, beside))
    filtered, outcome = plain[:, 1:] - coefficient * beside[:, 1:], plain[:, 0] - coefficient * beside[:, 0]
    beta = np.asarray(np.linalg.lstsq(filtered, outcome, rcond=None)[0], dtype=np.float64)
    left = outcome - filtered @ beta
    sigma2 = float(left @ left) / space.degrees
    covariance = np.zeros((len(beta) + 1, len(beta) + 1))
    covariance[:-1, :-1] = sigma2 * np.linalg.inv(filtered.T @ filtered)
    trace, information = space.traces(space.multiplier(coefficient))
    covariance[-1, -1] = 1.0 / (information - 2 * trace**2 / space.degrees)
    return space.fit("error", beta, coefficient, covariance, sigma2, log_likelihood)


def _filtered_squares(plain: FloatArray, beside: FloatArray) -> Callable[[float], float]:
    """Squares left of the first column by the others, all less so many times their neighbours' mean: from products."""
    size = np.sqrt(np.sum(plain**2, axis=0))
    plain, beside = plain / size, beside / size
    still, mixed, moved = plain.T @ plain, plain.T @ beside, beside.T @ beside

    def squares(at: float) -> float:
        products = still - at * (mixed + mixed.T) + at**2 * moved
        told = products[0, 1:] @ np.linalg.solve(products[1:, 1:], products[1:, 0])
        return float((products[0, 0] - told) * size[0] ** 2)

    return squares


class _Space:
    """The neighbours as the likelihood sees them: eigenvalues, traces and how many observations count."""

    def __init__(self, sample: SpatialSample, likelihood: Likelihood) -> None:
        self.sample, self.likelihood = sample, likelihood
        self.matrix = sample.weight.toarray()
        self.eigenvalues = _eigenvalues(self.matrix)
        direct = likelihood == "direct"
        self.repeats = sample.y.shape[1] if direct else sample.repeats
        self.degrees = sample.y.size if direct else sample.degrees
        self.period_out = sample.effects == "twoway" and not direct  # the eigenvalue 1 of the constant map goes with it

    def log_determinant(self, at: float) -> float:
        """log |I − at·W| over all cross-sections, without the constant map when period levels are taken out."""
        whole = float(np.sum(np.log(1 - at * self.eigenvalues)).real)
        return self.repeats * (whole - math.log(1 - at) * self.period_out)

    def highest(self, squares: Callable[[float], float]) -> tuple[float, float]:
        """Where the concentrated likelihood is highest, and how high."""
        from scipy.optimize import minimize_scalar

        def minus(at: float) -> float:
            variance = squares(at) / self.degrees
            return self.degrees / 2 * (math.log(2 * math.pi * variance) + 1) - self.log_determinant(at)

        places = np.linspace(*self._range(), GRID)
        best = int(np.argmin([minus(float(at)) for at in places]))
        around_best = (float(places[max(best - 1, 0)]), float(places[min(best + 1, GRID - 1)]))
        found = minimize_scalar(minus, bounds=around_best, method="bounded", options={"xatol": 1e-10})
        return float(found.x), -float(found.fun)

    def _range(self) -> tuple[float, float]:
        """Between the inverses of the smallest and largest real eigenvalue, 1 at most."""
        real = self.eigenvalues.real[np.abs(np.imag(self.eigenvalues)) < 1e-9]
        low = 1.0 / min(float(real.min()), -1e-3)
        return low * (1 - EDGE), 1.0 - EDGE

    def multiplier(self, at: float) -> FloatArray:
        """W (I − at·W)⁻¹, on what is left of a map when period levels are taken out."""
        whole = self.matrix @ np.linalg.inv(np.eye(len(self.matrix)) - at * self.matrix)
        if self.period_out:
            whole = whole - whole.mean(axis=0)  # the rows of W add up to 1: a constant map is gone already
        return np.asarray(whole)

    def traces(self, multiplier: FloatArray) -> tuple[float, float]:
        """Over all cross-sections: its trace, and that of its square and of its product with its transpose together."""
        squares = float(np.sum(multiplier * multiplier.T) + np.sum(multiplier**2))
        return self.repeats * float(np.trace(multiplier)), self.repeats * squares

    def fit(
        self, kind: Kind, beta: FloatArray, at: float, covariance: FloatArray, sigma2: float, log_likelihood: float
    ) -> SpatialFit:
        """The fit with what belongs to the space."""
        return SpatialFit(
            kind,
            beta,
            at,
            covariance,
            sigma2,
            log_likelihood,
            self.sample.y.size,
            int(self.sample.effects == "constant"),
            self.eigenvalues,
            self.likelihood,
        )


def _eigenvalues(matrix: FloatArray) -> Any:
    """Of a row-standardised matrix; with mutual neighbours of equal weight those of a symmetric one, far faster."""
    linked = matrix > 0
    degree = linked.sum(axis=1)
    if (linked == linked.T).all() and np.allclose(matrix, linked / degree[:, None]):
        return np.linalg.eigvalsh(linked / np.sqrt(np.outer(degree, degree)))
    return np.linalg.eigvals(matrix)


def _lag_covariance(space: _Space, x: FloatArray, beta: FloatArray, rho: float, sigma2: float) -> FloatArray:
    """Inverse of the expected information of beta, rho and sigma², without the last."""
    k, sample = len(beta), space.sample
    maps = (x @ beta).reshape(sample.y.shape)
    multiplier = space.multiplier(rho)
    trace, squares = space.traces(multiplier)
    beside = without_effects(sample, (multiplier @ maps)[:, :, None])[:, 0]
    information = np.zeros((k + 2, k + 2))
    information[:k, :k] = x.T @ x / sigma2
    information[:k, k] = information[k, :k] = x.T @ beside / sigma2
    information[k, k] = squares + float(beside @ beside) / sigma2
    information[k, k + 1] = information[k + 1, k] = trace / sigma2
    information[k + 1, k + 1] = space.degrees / (2 * sigma2**2)
    scale = 1.0 / np.sqrt(np.diag(information))
    inverse = np.linalg.inv(information * np.outer(scale, scale)) * np.outer(scale, scale)
    return np.asarray(inverse[: k + 1, : k + 1])


def _full_rank(x: FloatArray) -> FloatArray:
    """The columns, refused when one repeats the others or is nothing."""
    size = np.sqrt(np.sum(x**2, axis=0))
    rank = int(np.linalg.matrix_rank(x / np.where(size > 0, size, 1.0), tol=1e-9)) if size.all() else 0
    if rank < x.shape[1]:
        raise MethodError(
            say(N_("Factors repeat one another, or do not change once the levels are taken out.")),
            say(N_("spatial model")),
            say(N_("Take out factors that never change inside a region, or that repeat another.")),
        )
    return x
