"""The limit (도달 가능한 한계): what a forecast could reach that knew how busy every place really is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.analysis.statistics.arrays import FloatArray

GRID = 60  # rates that are tried, evenly apart on a log scale
ROUNDS = 300
DRAWS = 100  # cities drawn from the fitted rates, for the interval


@dataclass(frozen=True, slots=True)
class Rates:
    """How busy places are: a distribution over rates, each in reports over the whole time looked at."""

    rate: FloatArray  # (g,) ascending
    share: FloatArray  # (g,) of the places


def fit_rates(totals: FloatArray, rounds: int = ROUNDS) -> Rates:
    """Non-parametric maximum likelihood of the distribution of Poisson rates behind the places' totals (n,).

    Raw totals are more unequal than the rates behind them: part of every busy place is luck. The estimate takes that
    part out. Bursts look like rates to it, so what it says of rates is rather too unequal than too even.

    References
    ----------
    Kiefer & Wolfowitz (1956), Annals of Mathematical Statistics 27, 887-906. Laird (1978), Journal of the American
    Statistical Association 73, 805-811 (by expectation and maximisation on a grid).

    Examples
    --------
    >>> even = fit_rates(np.array([4.0, 5.0, 6.0, 5.0, 4.0, 6.0, 5.0, 5.0]))
    >>> round(float(even.rate @ even.share))
    5
    """
    from scipy.stats import poisson

    found, places = np.unique(totals, return_counts=True)
    rate = np.geomspace(0.05, max(float(found[-1]), 1.0), GRID)
    chance = np.exp(poisson.logpmf(found[:, None], rate))
    share = np.full(GRID, 1.0 / GRID)
    for _round in range(rounds):
        each = np.maximum(chance @ share, 1e-300)
        share = share * (chance.T @ (places / each)) / len(totals)
    return Rates(rate, share)


def best_hit(rates: Rates, area: float) -> float:
    """Share of the reports in the busiest share `area` of places, when all rates are known.

    >>> best_hit(Rates(np.array([1.0, 9.0]), np.array([0.9, 0.1])), 0.1)
    0.5
    """
    busiest = rates.share[::-1]
    taken = np.clip(area - (np.cumsum(busiest) - busiest), 0.0, busiest)
    return float(taken @ rates.rate[::-1] / (rates.share @ rates.rate))


def least_deviance(rates: Rates, part: float) -> float:
    """Mean Poisson deviance of a place over a `part` of the whole time, when all rates are known and steady."""
    from scipy.special import xlogy
    from scipy.stats import poisson

    mean = rates.rate * part
    count = np.arange(int(mean[-1] + 10 * np.sqrt(mean[-1])) + 20.0)
    surplus = xlogy(count, count) - xlogy(count[None, :], mean[:, None])
    expected = 2.0 * (poisson.pmf(count[None, :], mean[:, None]) * surplus).sum(axis=1)
    return float(rates.share @ expected)


def drawn_again(rates: Rates, places: int, rng: np.random.Generator) -> list[Rates]:
    """Fits to cities drawn from the rates: how far a fit to that many places may lie from the truth."""
    share = rates.share / rates.share.sum()
    cities = (rng.poisson(rng.choice(rates.rate, places, p=share)).astype(float) for _draw in range(DRAWS))
    return [fit_rates(totals) for totals in cities if totals.any()]
