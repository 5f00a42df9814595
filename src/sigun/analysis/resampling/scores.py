"""What one coefficient rests on, cluster by cluster (군집별 점수): all that draws of signs need to know of the data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.analysis.regression.errors import rows_factor
from sigun.analysis.resampling.rows import Rows, cluster_sums, orthonormal
from sigun.analysis.resampling.spread import widening
from sigun.analysis.statistics.arrays import FloatArray, IntArray
from sigun.errors import MethodError
from sigun.text import N_, say

LEFT = 1e-7  # share of a column's length that must be left when all else is taken out
VARIES = 1e-10  # share of the outcome's


@dataclass(frozen=True, slots=True)
class Scores:
    """Sums by cluster of products of z (the factor, all else taken out), e (the outcome likewise, factor left out)
    and q (a basis of effects and all factors); z and e have length one, so that nothing depends on units."""

    clusters: IntArray  # (g,) number of each cluster
    outcome: FloatArray  # (g,) z'e
    factor: FloatArray  # (g,) z'z
    load: FloatArray  # (g, r) q'z
    basis: FloatArray  # (g, r) q'e
    widening: float  # by how much clusters moving together widen the standard error, at least 1
    unit: float  # one unit of z'e / z'z in outcome units per unit of the factor
    small_sample: float  # by which the sum of squared scores is multiplied: clusters and coefficients

    @property
    def estimate(self) -> float:
        """The coefficient, in outcome units per unit of the factor."""
        return float(self.outcome.sum()) * self.unit

    @property
    def residual(self) -> FloatArray:
        """(g,) score of each cluster at the estimate: z'u."""
        return np.asarray(self.outcome - float(self.outcome.sum()) * self.factor)

    @property
    def standard_error(self) -> float:
        """Of the estimate, clustered (CRV1)."""
        return float(np.sqrt(self.small_sample * (self.residual**2).sum())) * abs(self.unit)


def scores_of(rows: Rows, j: int) -> Scores:
    """Scores of column j.

    Raises
    ------
    MethodError
        The outcome does not vary, the column does not, or it repeats others, once effects are taken out; one cluster.
    """
    column, others = rows.x[:, j], orthonormal(np.delete(rows.x, j, axis=1))
    z = column - others @ (others.T @ column)
    e = rows.y - others @ (others.T @ rows.y)
    long, wide = float(np.sqrt(z @ z)), float(np.sqrt(e @ e))
    _check(long > LEFT * rows.before[j + 1], wide > VARIES * rows.before[0], len(rows.starts), j)
    z, e = z / long, e / wide
    basis = np.column_stack([rows.across, others, z])
    return Scores(
        rows.clusters,
        cluster_sums(z * e, rows.starts),
        cluster_sums(z * z, rows.starts),
        cluster_sums(basis * z[:, None], rows.starts),
        cluster_sums(basis * e[:, None], rows.starts),
        widening(z, e - float(z @ e) * z, rows.region, rows.period, rows.cluster),
        wide / long,
        small_sample(len(rows.starts), len(rows.y), basis.shape[1] + rows.inside),
    )


def small_sample(clusters: int, n: int, coefficients: int) -> float:
    """CRV1's factor; effects lying whole inside clusters count as one coefficient together."""
    return clusters / (clusters - 1) * rows_factor(n, min(coefficients, n - 1))


def _check(left: bool, varies: bool, clusters: int, j: int) -> None:
    where = say(N_("drawing signs of clusters, column {j}"), j=j + 1)
    if clusters < 2:
        raise MethodError(
            say(N_("There is only one cluster: how sure a coefficient is cannot be told.")),
            where,
            say(N_("Cluster by something of which there are several, such as regions.")),
        )
    if not varies:
        raise MethodError(
            say(N_("The outcome does not vary once the effects are taken out.")),
            where,
            say(N_("Check the outcome's column, or name an outcome that changes.")),
        )
    if not left:
        raise MethodError(
            say(N_("The column does not vary once the effects and the other columns are taken out.")),
            where,
            say(N_("Take the column out, or leave out what repeats it.")),
        )
