"""Clusters that move together (군집 사이의 상관): how much wider a coefficient scatters than independent clusters say.

Where neighbours share shocks *and* share the factor's ups and downs, their scores add up instead of averaging out.
No map is needed to see it: what counts is whether pairs of regions alike in the factor are alike in the residuals.
"""

from __future__ import annotations

import numpy as np

from sigun.analysis.statistics.arrays import FloatArray, IntArray

BLOCK = 512  # regions compared with all others at once


def widening(
    z: FloatArray, residuals: FloatArray, region: IntArray, period: IntArray, cluster: IntArray | None = None
) -> float:
    """By how much to multiply a clustered standard error, at least 1, where clusters move together.

    Both series are freed of their common autocorrelation; then similarity of regions in z times similarity in the
    residuals, summed over pairs of different clusters, is set against the sum inside clusters, less what chance
    pairing gives. Only what goes beyond the noise of that sum counts (positive-part shrinkage by its own variance).

    Parameters
    ----------
    z : (n,) the factor, all else taken out.
    residuals : (n,) of the outcome.
    region, period : (n,) as in `Observations`; each pair once.
    cluster : (n,) none: by region.

    References
    ----------
    Moulton (1986), J. Econometrics 32:385–397, for the product of both similarities; Barrios, Diamond, Imbens &
    Kolesár (2012), J. Am. Stat. Assoc. 107:578–591, that it is what matters; Mantel (1967), Cancer Res. 27:209–220.

    Examples
    --------
    >>> rng, region, period = np.random.default_rng(1), np.repeat(np.arange(30), 15), np.tile(np.arange(15), 30)
    >>> alike = [rng.normal(size=(15, 15)).repeat(2, axis=0).ravel() for _ in range(2)]  # regions in pairs of twins
    >>> round(widening(*alike, region, period), 1), widening(*rng.normal(size=(2, 450)), region, period)
    (1.3, 1.0)
    """
    a, b = (_innovations(values, region, period) for values in (z, residuals))
    group = np.zeros(len(a), dtype=np.int64)
    group[region] = region if cluster is None else cluster
    inside = between = noise = 0.0
    apart = np.zeros(3)  # sums over pairs of different clusters: similarity in z, in residuals, and pairs
    for first in range(0, len(a), BLOCK):
        part = slice(first, first + BLOCK)
        like_z, like_u, other = a[part] @ a.T, b[part] @ b.T, group[part, None] != group
        both = like_z * like_u
        inside += float(both[~other].sum())
        between += float(both[other].sum())
        noise += 2 * float((both[other] ** 2).sum())
        apart += [float(like_z[other].sum()), float(like_u[other].sum()), float(other.sum())]
    return _shrunk(inside, between, noise, apart[0] * apart[1] / max(apart[2], 1.0))


def _shrunk(inside: float, between: float, noise: float, by_chance: float) -> float:
    base = inside + by_chance
    excess = between - by_chance
    if base <= 0 or excess <= 0 or noise >= excess**2:
        return 1.0
    return float(np.sqrt(1 + excess / base * (1 - noise / excess**2)))


def _innovations(values: FloatArray, region: IntArray, period: IntArray) -> FloatArray:
    """(regions, periods − 1) of what is new in each period, by one autocorrelation for all; 0 where not observed."""
    table = np.zeros((int(region.max()) + 1, int(period.max()) + 1))
    seen = np.zeros(table.shape, dtype=bool)
    table[region, period], seen[region, period] = values, True
    both = seen[:, 1:] & seen[:, :-1]
    now, before = table[:, 1:] * both, table[:, :-1] * both
    square = float((before**2).sum())
    return np.asarray(now - (float((now * before).sum()) / square if square > 0 else 0.0) * before)
