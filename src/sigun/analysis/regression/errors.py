"""How sure a linear fit is (표준오차): iid, HC1, one and two ways of clusters, Driscoll–Kraay, Conley, by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sigun.analysis.regression.observations import LinearFit
from sigun.analysis.statistics.arrays import FloatArray, IntArray, sums
from sigun.errors import MethodError
from sigun.text import N_, Message, say

Kind = Literal["iid", "hc1", "crv1", "crv1_period", "crv1_region_period", "driscoll_kraay", "conley"]
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Covariance:
    """The covariance of a fit's coefficients, and all it takes to compute it again."""

    matrix: FloatArray  # (k, k)
    df: float  # of the t distribution the coefficients are read by
    clusters: int | None  # the fewer of the two in two-way clustering; periods of Driscoll–Kraay
    kernel: str  # how pairs of rows are weighted; "" where there are none
    lag: int | None  # periods, of Driscoll–Kraay
    small_sample: str  # rule by name
    kind: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What a covariance may be asked for beyond its kind."""

    small_sample: str = ""  # "": the kind's first rule in RULES
    lag: int | None = None  # Driscoll–Kraay; none: the rule's own
    places: FloatArray | None = None  # (regions, 2) Conley: where each region number is, km
    reach: float = 0.0  # Conley: pairs of regions farther apart, km, do not count


@dataclass(frozen=True, slots=True)
class Inferred:
    """Coefficients read by Student's t, two-sided; intervals of 95 %."""

    se: FloatArray  # (k,) each in outcome units per unit of the factor
    t: FloatArray
    p: FloatArray
    low: FloatArray
    high: FloatArray


# Rules by name, the first of each kind being the default.
# min: (n-1)/(n-K) × G/(G-1), G the fewer clusters; conventional: each part of two-way clustering by its own G;
# uncounted: as min, K being the factors and 1 whatever was absorbed. jackknife: (G-1)/G.
# bartlett lags: sandwich none at all; fixest (n-1)/(n-K) × T/(T-1); linearmodels n/(n-K), lag floor(4 (T/100)^(2/9)).
RULES: dict[str, tuple[str, ...]] = {
    "iid": ("n-K",),
    "hc1": ("n-K",),
    "crv1": ("min", "uncounted"),
    "crv1_period": ("min", "uncounted"),
    "crv3": ("jackknife", "min", "uncounted"),
    "crv1_region_period": ("min", "conventional"),
    "driscoll_kraay": ("fixest", "sandwich", "linearmodels"),
    "conley": ("min",),
}


def covariance(fit: LinearFit, kind: Kind, choice: Choice | None = None) -> Covariance:
    """The covariance of the coefficients, of one kind and by one rule.

    K counts factors and absorbed effects; those that lie whole inside a cluster count as one.

    Raises
    ------
    MethodError
        Fewer than two clusters or periods, no places for Conley, a rule of another kind, a variance below 0.

    References
    ----------
    Cameron, Gelbach & Miller (2011), J. Bus. Econ. Stat. 29:238–249; Driscoll & Kraay (1998),
    Rev. Econ. Stat. 80:549–560; Conley (1999), J. Econometrics 92:1–45.

    Examples
    --------
    >>> from sigun.analysis.regression.linear import pooled
    >>> from sigun.analysis.regression.observations import Observations
    >>> x = np.array([[0.0], [1.0], [2.0], [3.0]])
    >>> fit = pooled(Observations(np.array([0.0, 2.0, 1.0, 3.0]), x, np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])))
    >>> np.sqrt(covariance(fit, "iid").matrix).round(4).tolist()
    [[0.4243]]
    """
    asked = choice or Choice()
    rule = asked.small_sample or RULES[kind][0]
    if rule not in RULES[kind]:
        raise _refused(say(N_("Errors of this kind have no rule {rule}."), rule=rule))
    found = _KINDS[kind](fit, rule, asked)
    if not (np.diag(found.matrix) > 0).all():
        raise _refused(say(N_("A variance comes out below 0: too few clusters for errors of this kind.")))
    return found


def inference(beta: FloatArray, cov: Covariance) -> Inferred:
    """Standard errors, t, p and 95 % intervals of coefficients (k,).

    >>> cov = Covariance(np.array([[4.0]]), 10, 11, "", None, "min", "crv1")
    >>> found = inference(np.array([4.0]), cov)
    >>> float(found.t[0]), float(found.p[0].round(4)), float(found.low[0].round(3))
    (2.0, 0.0734, -0.456)
    """
    from scipy.special import stdtr, stdtrit

    se = np.sqrt(np.diag(cov.matrix))
    t = beta / se
    half = float(stdtrit(cov.df, (1 + LEVEL) / 2)) * se
    return Inferred(se, t, 2 * stdtr(cov.df, -np.abs(t)), beta - half, beta + half)


def cluster_sums(score: FloatArray, group: IntArray) -> FloatArray:
    """(G, k) sums of the scores by group, groups in order."""
    return _sums(score, np.unique(group, return_inverse=True)[1])


def _sums(score: FloatArray, index: IntArray) -> FloatArray:
    return np.column_stack([sums(index, column, int(index.max()) + 1) for column in score.T])


def _iid(fit: LinearFit, rule: str, _choice: Choice) -> Covariance:
    free = len(fit.residuals) - len(fit.beta) - fit.absorbed
    noise = float(fit.residuals @ fit.residuals) / free
    return Covariance(fit.bread * noise, free, None, "", None, rule, "iid")


def _hc1(fit: LinearFit, rule: str, _choice: Choice) -> Covariance:
    n, free = len(fit.residuals), len(fit.residuals) - len(fit.beta) - fit.absorbed
    score = _scores(fit)
    return Covariance(_sandwich(fit, score.T @ score * n / free), free, None, "", None, rule, "hc1")


def _crv1(fit: LinearFit, rule: str, _choice: Choice) -> Covariance:
    return _one_way(fit, fit.cluster, (fit.absorbed_in_clusters,), rule, "crv1")


def _crv1_period(fit: LinearFit, rule: str, _choice: Choice) -> Covariance:
    return _one_way(fit, fit.period, (fit.absorbed_in_periods,), rule, "crv1_period")


def _one_way(fit: LinearFit, group: IntArray, nested: tuple[int, ...], rule: str, kind: str) -> Covariance:
    grouped = cluster_sums(_scores(fit), group)
    parameters = len(fit.beta) + 1 if rule == "uncounted" else counted(fit, nested)
    return clustered(fit.bread, grouped, rows_factor(len(fit.residuals), parameters), rule, kind)


def clustered(bread: FloatArray, grouped: FloatArray, factor: float, rule: str, kind: str) -> Covariance:
    """One way of clusters from the sums of their scores (G, k), times G/(G-1) and the factor for rows."""
    count = _at_least_two(len(grouped))
    meat = grouped.T @ grouped * (factor * count / (count - 1))
    return Covariance(bread @ meat @ bread, count - 1, count, "", None, rule, kind)


def jackknifed(beta: FloatArray, estimates: FloatArray, n: int, parameters: int, rule: str) -> Covariance:
    """CRV3 from the estimates without each cluster (G, k), of n rows and so many parameters counted."""
    apart, count = estimates - beta, _at_least_two(len(estimates))
    factor = {
        "jackknife": (count - 1) / count,
        "min": rows_factor(n, parameters) * count / (count - 1),
        "uncounted": rows_factor(n, len(beta) + 1) * count / (count - 1),
    }[rule]
    return Covariance(apart.T @ apart * factor, count - 1, count, "", None, rule, "crv3")


def _crv1_region_period(fit: LinearFit, rule: str, _choice: Choice) -> Covariance:
    """By cluster, plus by period, less by both."""
    both = fit.cluster * (int(fit.period.max()) + 1) + fit.period
    parts = [cluster_sums(_scores(fit), group) for group in (fit.cluster, fit.period, both)]
    least = _at_least_two(min(len(parts[0]), len(parts[1])))
    counts = [least] * 3 if rule == "min" else [len(part) for part in parts]
    one, other, less = (g / (g - 1) * (part.T @ part) for g, part in zip(counts, parts, strict=True))
    factor = rows_factor(len(fit.residuals), counted(fit, (fit.absorbed_in_clusters, fit.absorbed_in_periods)))
    return Covariance(
        _sandwich(fit, (one + other - less) * factor), least - 1, least, "", None, rule, "crv1_region_period"
    )


def _driscoll_kraay(fit: LinearFit, rule: str, choice: Choice) -> Covariance:
    """Sums of the scores by period, and the pairs of periods up to `lag` apart, less the farther (Bartlett)."""
    periods, index = np.unique(fit.period, return_inverse=True)
    count, n = _at_least_two(len(periods)), len(fit.residuals)
    lag = choice.lag if choice.lag is not None else _usual_lag(count, rule)
    if lag >= count:
        raise _refused(say(N_("A lag of {lag} periods needs more than {n} periods."), lag=lag, n=count))
    grouped = _sums(_scores(fit), index)
    meat: FloatArray = grouped.T @ grouped
    for apart in range(1, lag + 1):
        pair = grouped[apart:].T @ grouped[:-apart]
        meat = meat + (1 - apart / (lag + 1)) * (pair + pair.T)
    free = n - len(fit.beta) - fit.absorbed
    factor = {"sandwich": 1.0, "fixest": (n - 1) / free * count / (count - 1), "linearmodels": n / free}[rule]
    return Covariance(_sandwich(fit, meat * factor), count - 1, count, "bartlett", lag, rule, "driscoll_kraay")


def _usual_lag(periods: int, rule: str) -> int:
    """Periods of overlap each rule takes unasked."""
    return int(4 * (periods / 100) ** (2 / 9)) if rule == "linearmodels" else int(periods**0.25)


def _conley(fit: LinearFit, rule: str, choice: Choice) -> Covariance:
    """Scores of each region over all its periods, and pairs of regions weighted down to 0 at `reach` km (Bartlett).

    With a reach below every distance these are the errors clustered by region.
    """
    if choice.places is None or choice.reach <= 0:
        raise _refused(say(N_("Errors by distance need the places of the regions and a distance.")))
    regions = np.unique(fit.region)
    grouped = cluster_sums(_scores(fit), fit.region)
    count = _at_least_two(len(regions))
    place = choice.places[regions]
    apart = np.sqrt(((place[:, None] - place[None]) ** 2).sum(axis=2))
    if not np.isfinite(apart).all():
        raise _refused(say(N_("The place of a region is not known.")))
    meat = grouped.T @ np.maximum(1 - apart / choice.reach, 0) @ grouped
    factor = rows_factor(len(fit.residuals), counted(fit, (fit.absorbed_in_clusters,))) * count / (count - 1)
    return Covariance(_sandwich(fit, meat * factor), count - 1, count, "bartlett, km", None, rule, "conley")


_KINDS: dict[str, Callable[[LinearFit, str, Choice], Covariance]] = {
    "iid": _iid,
    "hc1": _hc1,
    "crv1": _crv1,
    "crv1_period": _crv1_period,
    "crv1_region_period": _crv1_region_period,
    "driscoll_kraay": _driscoll_kraay,
    "conley": _conley,
}


def _scores(fit: LinearFit) -> FloatArray:
    return np.asarray(fit.x * fit.residuals[:, None])


def _sandwich(fit: LinearFit, meat: FloatArray) -> FloatArray:
    return np.asarray(fit.bread @ meat @ fit.bread)


def counted(fit: LinearFit, nested: tuple[int, ...]) -> int:
    """K: factors and absorbed effects; each set of effects that lie inside clusters counts as one."""
    inside = [count for count in nested if count]
    return len(fit.beta) + fit.absorbed - sum(inside) + len(inside)


def rows_factor(n: int, parameters: int) -> float:
    """(n-1) / (n-K)."""
    return (n - 1) / (n - parameters)


def _at_least_two(count: int) -> int:
    if count < 2:
        raise _refused(say(N_("There is only one cluster.")))
    return count


def _refused(what: Message) -> MethodError:
    return MethodError(
        what,
        say(N_("standard errors")),
        say(N_("Choose another kind of errors, or name more regions or periods in the plan.")),
    )
