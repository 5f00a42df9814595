"""What a patrol list would have caught (순찰 과거검증): at past dates, beside chance and last year's counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sigun.analysis.forecast.backtest import OURS, Trial, try_past
from sigun.analysis.forecast.score import Ratio, draw_origins
from sigun.analysis.patrol.field import field_of, roads_for, start_of
from sigun.analysis.patrol.listing import caught
from sigun.analysis.patrol.rounds import rounds_then
from sigun.analysis.statistics.arrays import IntArray
from sigun.errors import MethodError
from sigun.panel.model import Panel

if TYPE_CHECKING:
    from sigun.plan.steps import Patrol

LADDER = (0.25, 0.5, 1.0, 2.0, 4.0)  # times the capacity, for the curve of what more places would buy
HOURS = (0.5, 1.0)  # the same of the hours: rounds take longer to make
LAST_YEAR = "mean_12m"
MONTHS = 12  # of past origins behind the share caught
WEEK = 7

COLUMNS = ["places", "share_area", "share_caught", "low", "high", "share_random", "share_last_12m"]
COLUMNS += ["difference", "difference_low", "difference_high"]  # ours minus last year's counts
Shares = Callable[[str, float], Ratio]
"""(model, share drawn at random) → share caught by origin."""


def past_year(step: Patrol, panel: Panel) -> Trial | None:
    """The past year's forecasts for as many days, at most one a week; none when the history is too short."""
    try:
        return try_past(panel, panel.plan.target, f"{max(step.days, WEEK)}d", MONTHS, f"{step.days}d")
    except MethodError:
        return None


def capacity_table(step: Patrol, size: int, trial: Trial | None, rng: np.random.Generator) -> pd.DataFrame:
    """What lists of several lengths would have caught over the past year, beside chance and last year's counts.

    A list by last year's counts draws the same share of its places at random, so that only the ranking differs.
    """
    if trial is None:
        return pd.DataFrame(columns=COLUMNS, dtype="float64")
    draws, n = draw_origins(rng, len(trial.came)), len(trial.outlooks[-1].places)
    rows = []
    for places in sorted({min(max(1, round(size * times)), n) for times in LADDER}):
        rows.append((places, places / n, *_beside(step, _by_places(trial, places), draws)))
    return pd.DataFrame(rows, columns=COLUMNS)


def hours_table(step: Patrol, panel: Panel, trial: Trial | None, rng: np.random.Generator) -> pd.DataFrame:
    """The same for hours: rounds as they would have been made at each past date, their drawn places included."""
    columns = ["hours", *COLUMNS]
    if trial is None:
        return pd.DataFrame(columns=columns, dtype="float64")
    draws, n = draw_origins(rng, len(trial.came)), len(trial.outlooks[-1].places)
    rows = []
    for times in HOURS:
        by_rounds = _ByRounds(step, panel, trial, times, rng)
        shares = _beside(step, by_rounds.share, draws)
        places = by_rounds.places
        rows.append(((step.hours or 0.0) * times, places, places / n, *shares))
    return pd.DataFrame(rows, columns=columns)


def _beside(step: Patrol, share: Shares, draws: IntArray) -> tuple[float, ...]:
    """The columns from share_caught on; the difference is paired by origin."""
    ours, chance, last_year = share(OURS, step.random_share), share(OURS, 1.0), share(LAST_YEAR, step.random_share)
    difference = ours.minus(last_year)
    return (
        *(ours.value, *ours.interval(draws), chance.value, last_year.value),
        *(difference.value, *difference.interval(draws)),
    )


def _by_places(trial: Trial, places: int) -> Shares:
    def share(model: str, random_share: float) -> Ratio:
        met = [caught(e, y, places, random_share) for e, y in zip(trial.expected[model], trial.came, strict=True)]
        return _of_all(trial, met)

    return share


class _ByRounds:
    """Lists by hours at each past date; `places` is how many ours held on average."""

    def __init__(self, step: Patrol, panel: Panel, trial: Trial, times: float, rng: np.random.Generator) -> None:
        last = trial.outlooks[-1].places
        start = start_of(step, panel, last)
        roads = roads_for(step, panel, last, start)
        self.step, self.trial, self.times, self.rng = step, trial, times, rng
        self.fields = [field_of(step, panel, o.places, start, roads) for o in trial.outlooks]
        self.places = float("nan")

    def share(self, model: str, random_share: float) -> Ratio:
        lists = [
            rounds_then(self.step, field, expected, self.times, random_share, self.rng)
            for field, expected in zip(self.fields, self.trial.expected[model], strict=True)
        ]
        if model == OURS and random_share < 1:
            self.places = float(np.mean([len(places) for places in lists]))
        met = [float(came[places].sum()) for places, came in zip(lists, self.trial.came, strict=True)]
        return _of_all(self.trial, met)


def _of_all(trial: Trial, met: list[float]) -> Ratio:
    return Ratio(np.array(met), np.array([y.sum() for y in trial.came]) + trial.outside)
