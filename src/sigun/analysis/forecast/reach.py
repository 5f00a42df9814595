"""How near ours comes (한계와의 거리): our scores beside what could be reached and beside last year's counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from sigun.analysis.forecast.limit import Rates, best_hit, drawn_again, fit_rates, least_deviance
from sigun.analysis.forecast.score import Checked, Ratio, budget, deviance, hit_rate, most
from sigun.analysis.statistics.arrays import FloatArray, IntArray

AREAS = {"hit@5": 0.05, "hit@10": 0.10}
COLUMNS = ["measure", "forecast", "value", "low", "high", "difference", "difference_low", "difference_high"]
Row = tuple[str, str, float, float, float, float, float, float]


def limit_table(
    ours: Checked,
    last_year: Checked,
    totals: FloatArray,
    days: Sequence[int],
    draws: IntArray,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Scores of ours, of last year's counts, of known rates (static) and of foresight (oracle), with ours minus each.

    Parameters
    ----------
    totals : (n,) reports of each place over all the horizons.
    days : (t,) of each horizon.
    draws : (b, t) origins drawn again, for the paired intervals.
    """
    rates = fit_rates(totals)
    again = drawn_again(rates, len(totals), rng)
    inside = float(totals.sum() / max(totals.sum() + ours.outside.sum(), 1.0))
    rows: list[Row] = []
    for measure, area in AREAS.items():
        own, best = hit_rate(ours, area), _oracle(ours, area)
        rows += _paired(measure, own, {"mixture": own, "mean_12m": hit_rate(last_year, area), "oracle": best}, draws)
        rows.append(_static(measure, own, rates, again, _hits(area, inside), draws))
    own = deviance(ours)
    rows += _paired("deviance", own, {"mixture": own, "mean_12m": deviance(last_year)}, draws)
    rows.append(_static("deviance", own, rates, again, _deviances(days), draws))
    return pd.DataFrame(rows, columns=COLUMNS)


def _hits(area: float, inside: float) -> Callable[[Rates], float]:
    return lambda rates: inside * best_hit(rates, area)


def _deviances(days: Sequence[int]) -> Callable[[Rates], float]:
    length, often = np.unique(days, return_counts=True)

    def mean(rates: Rates) -> float:
        return float(np.average([least_deviance(rates, n / sum(days)) for n in length], weights=often))

    return mean


def _oracle(checked: Checked, area: float) -> Ratio:
    """What perfect foresight of every horizon would have caught."""
    best = [most(came, budget(area, len(came))) for came in checked.came]
    return Ratio(np.array(best), hit_rate(checked, area).under)


def _paired(measure: str, own: Ratio, others: dict[str, Ratio], draws: IntArray) -> list[Row]:
    return [
        (measure, name, r.value, *r.interval(draws), own.minus(r).value, *own.minus(r).interval(draws))
        for name, r in others.items()
    ]


def _static(
    measure: str, own: Ratio, rates: Rates, again: list[Rates], reached: Callable[[Rates], float], draws: IntArray
) -> Row:
    """The limit of known rates; its interval is that of the fit, that of the difference also of the origins."""
    value = reached(rates)
    fits = np.array([reached(fit) for fit in again])
    off = np.resize(fits - fits.mean(), len(draws))
    ours = own.over[draws].sum(axis=1) / np.maximum(own.under[draws].sum(axis=1), 1e-12)
    low, high = value + np.quantile(off, [0.05, 0.95])
    below, above = np.quantile(ours - (value + off), [0.05, 0.95])
    return measure, "static", value, float(low), float(high), own.value - value, float(below), float(above)
