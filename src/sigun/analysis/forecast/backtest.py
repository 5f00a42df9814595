"""The step `backtest` (과거검증): the forecast as made at each past origin, scored against what came."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sigun.analysis.forecast.baselines import BASELINES, baselines
from sigun.analysis.forecast.conditions import Conditions
from sigun.analysis.forecast.history import holes_before, reports_in
from sigun.analysis.forecast.horizons import Span, spans_between, usual_length
from sigun.analysis.forecast.learning import few_to_learn_from
from sigun.analysis.forecast.outlook import Estimate, Forecaster, Outlook, backtest_predictions
from sigun.analysis.forecast.reach import limit_table
from sigun.analysis.forecast.score import SHARES, Checked, Ratio, catching, deviance, draw_origins, hit_rate, measures
from sigun.analysis.forecast.spread import chance_between, ranks
from sigun.analysis.forecast.told import facts_of_many
from sigun.analysis.statistics.arrays import FloatArray, IntArray, date_of, day_number, sums
from sigun.errors import MethodError
from sigun.panel.model import Panel
from sigun.result import Fact, Result, facts_table
from sigun.text import N_, Message, say

if TYPE_CHECKING:
    from sigun.plan.steps import Backtest

__all__ = ["backtest", "backtest_predictions"]

OURS = "mixture"
BESIDE = ("shrinkage", *BASELINES)
MODELS = (OURS, *BESIDE)
MODES = ("known_status", "final_status")
FIRST_DAYS = 56  # days of history an origin needs before it is worth scoring
CURVE = (0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.10, 0.15, 0.20, 0.30, 0.40, 0.50)
BINS = 10
LEVELS: Mapping[str, Callable[[Outlook], Estimate]] = {
    "cell": lambda outlook: outlook.at_places,
    "area": lambda outlook: outlook.at_areas,
    "city": lambda outlook: outlook.in_city,
}


@dataclass(frozen=True)
class Trial:
    """One mode's forecasts of every model at t origins, and what came."""

    mode: str
    outlooks: list[Outlook]
    expected: dict[str, list[FloatArray]]  # model → t arrays over places
    came: list[FloatArray]  # t arrays over places
    outside: FloatArray  # (t,)
    skipped: int  # horizons that touch a hole
    conditions: Conditions

    def at_places(self, model: str) -> Checked:
        """A model's forecasts place by place."""
        return Checked(self.expected[model], self.came, self.outside)

    def at_areas(self, model: str) -> Checked:
        """The same, summed to areas."""
        places = [o.places for o in self.outlooks]
        return Checked(
            [p.by_area(e) for p, e in zip(places, self.expected[model], strict=True)],
            [p.by_area(y) for p, y in zip(places, self.came, strict=True)],
            self.outside,
        )

    def in_city(self, model: str) -> Checked:
        """The same, summed to one."""
        return Checked(
            [np.array([e.sum()]) for e in self.expected[model]], [np.array([y.sum()]) for y in self.came], self.outside
        )


def backtest(step: Backtest, panel: Panel, rng: np.random.Generator) -> Result:
    """Run one `backtest` step of a plan: both ways of counting, ours and every baseline."""
    trials = [try_past(panel, mode, step.every, step.months) for mode in MODES]
    draws = draw_origins(rng, len(trials[0].came))
    tables = {
        "facts": _facts(trials[0]),
        "scores": pd.concat([_scores(t, draws) for t in trials], ignore_index=True),
        "differences": pd.concat([_differences(t, draws) for t in trials], ignore_index=True),
        "origins": pd.concat([_origins(t) for t in trials], ignore_index=True),
        "curve": pd.concat([_curve(t, draws) for t in trials], ignore_index=True),
        "calibration": pd.concat([_calibration(t, draws) for t in trials], ignore_index=True),
        "pit": pd.concat([_pit(t, rng) for t in trials], ignore_index=True),
        "limit": pd.concat([_limit(t, draws, rng) for t in trials], ignore_index=True),
    }
    return Result("backtest", "forecast", tables, _cautions(trials[0]))


def try_past(panel: Panel, mode: str, every: str, months: int, horizon: str | None = None) -> Trial:
    """Every model's forecasts over the last `months` of the panel; horizons touching a hole are skipped and counted.

    The horizon is `every` unless said.

    Raises
    ------
    MethodError
        The history holds no origin that could be scored.
    """
    forecaster = Forecaster(panel, mode)
    records = forecaster.records
    spans = [s for s in past_spans(panel.end, every, months, horizon) if s.origin >= records.first + FIRST_DAYS]
    holes = tuple((day_number(a), day_number(b)) for a, b in panel.holes)
    kept = [s for s in spans if not s.touches((*holes, *holes_before(records, day_number(panel.end))))]
    if len(kept) < 2:
        raise MethodError(
            say(N_("Only {n} past origins could be checked; at least two are needed."), n=len(kept)),
            say(N_("backtest")),
            say(N_("Add older files, or take shorter steps (every: 7d).")),
        )
    lengths = [usual_length(horizon or every, span) for span in kept]
    made = list(forecaster.outlooks(kept, lengths))
    came, outside = zip(*(reports_in(records, o.place, len(o.places), o.span, records.own) for o in made), strict=True)
    expected = _expected(made, [forecaster.shrunk(*pair)[0] for pair in zip(made, lengths, strict=True)])
    return Trial(mode, made, expected, list(came), np.array(outside), len(spans) - len(kept), forecaster.conditions)


def past_spans(end: date, every: str, months: int, horizon: str | None = None) -> list[Span]:
    """Horizons in steps of `every` through the whole steps that fit into the months before `end`."""
    if every.endswith("mo"):
        return spans_between(_months_before(end, months), end, every, horizon)
    days = int(every.removesuffix("d"))
    whole = (end - _months_before(end, months)).days // days
    return spans_between(end - timedelta(days=days * whole), end, every, horizon)


def _months_before(day: date, months: int) -> date:
    before: date = (pd.Timestamp(day) - pd.DateOffset(months=months)).date()
    return before


def _expected(made: list[Outlook], shrunk: list[FloatArray]) -> dict[str, list[FloatArray]]:
    simple = [baselines(o.past, o.places, o.span) for o in made]
    ours = {OURS: [o.at_places.mean for o in made], "shrinkage": shrunk}
    return ours | {name: [b[name] for b in simple] for name in BASELINES}


def _scores(trial: Trial, draws: IntArray) -> pd.DataFrame:
    rows = []
    for model in MODELS:
        for measure, ratio in _place_measures(trial, model).items():
            rows.append(_row(trial, model, "cell", measure, ratio, draws))
        for level, checked in (("area", trial.at_areas(model)), ("city", trial.in_city(model))):
            for measure, ratio in measures(checked, *_bounds(trial, model, level)).items():
                rows.append(_row(trial, model, level, measure, ratio, draws))
    rows += [_row(trial, OURS, level, "coverage_due", _due(trial, level), draws) for level in LEVELS]
    return pd.DataFrame(rows)


def _due(trial: Trial, level: str) -> Ratio:
    """The share our intervals would hold were every forecast right: above 90 %, for they end in whole numbers."""
    made = [LEVELS[level](o) for o in trial.outlooks]
    held = [float(chance_between(e.low, e.high, e.mean, e.spread).mean()) for e in made]
    return Ratio(np.array(held), np.ones(len(held)))


def _place_measures(trial: Trial, model: str) -> dict[str, Ratio]:
    checked = trial.at_places(model)
    found: dict[str, Ratio] = {}
    for share in SHARES:
        names = (f"{name}@{share * 100:g}" for name in ("hit", "pai", "pei"))
        found |= dict(zip(names, catching(checked, share), strict=True))
    return found | measures(checked, *_bounds(trial, model, "cell"))


def _bounds(trial: Trial, model: str, level: str) -> tuple[list[FloatArray] | None, list[FloatArray] | None]:
    """Interval bounds by origin; the baselines have none."""
    if model != OURS:
        return None, None
    found = [LEVELS[level](o) for o in trial.outlooks]
    return [e.low for e in found], [e.high for e in found]


def _row(trial: Trial, model: str, level: str, measure: str, ratio: Ratio, draws: IntArray) -> dict[str, object]:
    low, high = ratio.interval(draws)
    return {
        "mode": trial.mode,
        "model": model,
        "level": level,
        "measure": measure,
        "value": ratio.value,
        "low": low,
        "high": high,
    }


def _differences(trial: Trial, draws: IntArray) -> pd.DataFrame:
    """Ours minus each baseline, paired by origin."""
    ours = _two_measures(trial, OURS)
    rows = []
    for model in BESIDE:
        theirs = _two_measures(trial, model)
        for measure, ratio in ours.items():
            difference = ratio.minus(theirs[measure])
            low, high = difference.interval(draws)
            rows.append((trial.mode, model, measure, difference.value, low, high))
    return pd.DataFrame(rows, columns=["mode", "model", "measure", "difference", "low", "high"])


def _two_measures(trial: Trial, model: str) -> dict[str, Ratio]:
    checked = trial.at_places(model)
    return {"hit@5": hit_rate(checked, 0.05), "deviance": deviance(checked)}


def _origins(trial: Trial) -> pd.DataFrame:
    """One row a model and origin; the interval is that of our total."""
    tables = []
    for model in MODELS:
        found, ours = _two_measures(trial, model), model == OURS
        tables.append(
            pd.DataFrame(
                {
                    "mode": trial.mode,
                    "model": model,
                    "origin": [date_of(o.span.origin) for o in trial.outlooks],
                    "horizon_end": [date_of(o.span.end) for o in trial.outlooks],
                    "reports": found["hit@5"].under,
                    "expected": [float(e.sum()) for e in trial.expected[model]],
                    "low": [float(o.in_city.low[0]) if ours else np.nan for o in trial.outlooks],
                    "high": [float(o.in_city.high[0]) if ours else np.nan for o in trial.outlooks],
                    "hits5": found["hit@5"].over,
                    "deviance": found["deviance"].over,
                }
            )
        )
    return pd.concat(tables, ignore_index=True)


def _curve(trial: Trial, draws: IntArray) -> pd.DataFrame:
    rows = []
    for model in MODELS:
        for share in CURVE:
            ratio = hit_rate(trial.at_places(model), share)
            rows.append((trial.mode, model, share, ratio.value, *ratio.interval(draws)))
    return pd.DataFrame(rows, columns=["mode", "model", "share_area", "hit", "low", "high"])


def _calibration(trial: Trial, draws: IntArray) -> pd.DataFrame:
    """Reports beside expectations in ten groups of places of equal expectation, from the quietest to the busiest."""
    expected, came = np.concatenate(trial.expected[OURS]), np.concatenate(trial.came)
    origin = np.repeat(np.arange(len(trial.came)), [len(y) for y in trial.came])
    order = np.argsort(expected, kind="stable")
    reached = np.cumsum(expected[order])
    group = np.empty(len(expected), np.int64)
    group[order] = np.minimum((reached / reached[-1] * BINS).astype(np.int64), BINS - 1)
    by_origin = np.zeros((len(trial.came), BINS))
    np.add.at(by_origin, (origin, group), came)
    low, high = np.quantile(by_origin[draws].sum(axis=1), [0.05, 0.95], axis=0)
    return pd.DataFrame(
        {
            "mode": trial.mode,
            "bin": np.arange(1, BINS + 1),
            "expected": np.bincount(group, expected, BINS),
            "observed": by_origin.sum(axis=0),
            "low": low,
            "high": high,
        }
    )


def _pit(trial: Trial, rng: np.random.Generator) -> pd.DataFrame:
    """Randomised ranks of what came among what was thought possible: even shares when the intervals are right."""
    tables = []
    for level, checked in (
        ("cell", trial.at_places(OURS)),
        ("area", trial.at_areas(OURS)),
        ("city", trial.in_city(OURS)),
    ):
        found = [LEVELS[level](o) for o in trial.outlooks]
        came, mean = np.concatenate(checked.came), np.concatenate(checked.expected)
        rank = ranks(came, mean, np.concatenate([e.spread for e in found]), rng.random(len(came)))
        share = np.histogram(rank, bins=BINS, range=(0, 1))[0] / len(rank)
        tables.append(pd.DataFrame({"mode": trial.mode, "level": level, "bin": np.arange(1, BINS + 1), "share": share}))
    return pd.concat(tables, ignore_index=True)


def _limit(trial: Trial, draws: IntArray, rng: np.random.Generator) -> pd.DataFrame:
    """Ours beside what could be reached, on the places of the last origin (those before lie inside it)."""
    last = trial.outlooks[-1].places
    totals = np.zeros(len(last))
    for outlook, came in zip(trial.outlooks, trial.came, strict=True):
        at = last.index(outlook.places.x, outlook.places.y)
        totals += sums(at[at >= 0], came[at >= 0], len(last))
    days = [o.span.days for o in trial.outlooks]
    found = limit_table(trial.at_places(OURS), trial.at_places("mean_12m"), totals, days, draws, rng)
    return found.assign(mode=trial.mode)[["mode", *found]]


def _facts(trial: Trial) -> pd.DataFrame:
    facts = [
        Fact("origins", len(trial.came), "origins"),
        Fact("skipped", trial.skipped, "origins"),
        Fact("reports", int(sum(y.sum() for y in trial.came) + trial.outside.sum()), "reports"),
        Fact("cells", len(trial.outlooks[-1].places), "cells"),
    ]
    tuned = sorted({o.settings.tuned_on for o in trial.outlooks if o.settings.tuned_on is not None})
    if tuned:
        facts.append(Fact("tuned_on", ", ".join(map(str, tuned)), "year"))
    return facts_table([*facts, *facts_of_many(trial.outlooks, trial.conditions)])


def _cautions(trial: Trial) -> tuple[Message, ...]:
    said = []
    untuned = sum(o.settings.tuned_on is None for o in trial.outlooks)
    if untuned:
        said.append(
            say(
                N_("{n} of the {origins} origins had less than two full years of history and used default settings."),
                n=untuned,
                origins=len(trial.outlooks),
            )
        )
    shrunk = sum(o.model == "shrinkage" and o.settings.tuned_on is not None for o in trial.outlooks)
    if shrunk:
        said.append(few_to_learn_from())
    if trial.skipped:
        said.append(say(N_("{n} horizons touch a gap in collection and were not scored."), n=trial.skipped))
    return tuple(said)
