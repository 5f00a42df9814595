"""Predictions (예측): expected reports by cell, area and city for one origin or many, from what was known at each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Literal

import numpy as np
import pandas as pd

from sigun.analysis.forecast.conditions import Conditions, conditions_of
from sigun.analysis.forecast.history import Hole, Past, Records, holes_before, past_of, records_of
from sigun.analysis.forecast.horizons import LONGEST, Span, span_of, spans_between, usual_length
from sigun.analysis.forecast.kernels import kernels
from sigun.analysis.forecast.learning import Class, Learned, Traced, learn
from sigun.analysis.forecast.level import level_of
from sigun.analysis.forecast.memory import near_traces, own_traces
from sigun.analysis.forecast.pace import pace_of
from sigun.analysis.forecast.places import Places, cells_around, given_cells, region_places
from sigun.analysis.forecast.shrinkage import surface
from sigun.analysis.forecast.spread import quantile
from sigun.analysis.forecast.tuning import ModelSettings, Spreads, tune, validation_start
from sigun.analysis.statistics.arrays import FloatArray, IntArray, date_of
from sigun.errors import MethodError
from sigun.panel.model import Panel
from sigun.text import N_, _, say

LOW, HIGH = 0.05, 0.95
Model = Literal["mixture", "shrinkage"]
FEWEST_DAYS = 14  # of history, without which a total is a guess
LEVEL_SPREAD = 0.02  # of the total, where no validation year says better: about 14 % either way


@dataclass(frozen=True, slots=True)
class Estimate:
    """Counts expected at one level, with the bounds between which nine in ten outcomes lie."""

    mean: FloatArray
    low: FloatArray
    high: FloatArray
    spread: FloatArray  # φ: variance = mean + φ·mean²


@dataclass(frozen=True)
class Outlook:
    """What one origin expects."""

    span: Span
    places: Places
    place: IntArray  # (rows of records,) number of the place, -1 outside
    past: Past
    settings: Learned | ModelSettings  # what the mixture learned; where it could learn nothing, shrinkage
    at_places: Estimate  # (n,)
    at_areas: Estimate  # (m,)
    in_city: Estimate  # (1,)

    @property
    def model(self) -> Model:
        """The mixture, or shrinkage where it could learn nothing."""
        return "mixture" if isinstance(self.settings, Learned) else "shrinkage"


Remembered = tuple[FloatArray, FloatArray | None]


class Forecaster:
    """One panel's records, ready to be asked from any origin. Settings and study areas met again are not made again."""

    def __init__(self, panel: Panel, target: str | None = None, study_area: pd.DataFrame | None = None) -> None:
        target = target or panel.plan.target
        self.records: Records = records_of(panel, target)
        self.conditions: Conditions = conditions_of(panel)
        self._traced = Traced(own_traces(self.records), near_traces(panel, target))
        self._cell, self._block = panel.plan.space.cell, panel.plan.space.block
        self._fixed = self._fixed_places(panel, study_area)
        self._settings: dict[tuple[int, int], ModelSettings] = {}
        self._learned: dict[tuple[int, int], Learned | None] = {}

    def outlook(self, span: Span, length: int) -> Outlook:
        """What is expected over the span; settings are those chosen for horizons of `length` days.

        Raises
        ------
        MethodError
            No report is known before the origin, or fewer than two weeks of them, or collection seems to have ended
            more than a quarter before it: farther than any horizon reaches.
        """
        self._require_recent(span.origin)
        return next(self.outlooks([span], [length]))

    def outlooks(self, spans: Sequence[Span], lengths: Sequence[int], workers: int = 1) -> Iterator[Outlook]:
        """What each span's origin expects; origins ascend, so that memories are carried from one to the next.

        Beyond the memories origins share nothing but what was learned, so workers change no figure.
        """
        for span, length in zip(spans, lengths, strict=True):
            self.learned(date_of(span.origin).year, length)
        holes = [holes_before(self.records, span.origin) for span in spans]
        asked = zip(spans, lengths, holes, self._traced.walk([s.origin for s in spans], holes), strict=True)
        if workers <= 1:
            yield from (self._outlook(*one) for one in asked)
            return
        with ThreadPoolExecutor(workers) as pool:
            while some := list(islice(asked, 4 * workers)):
                yield from pool.map(lambda one: self._outlook(*one), some)

    def shrunk(self, outlook: Outlook, length: int) -> tuple[FloatArray, FloatArray, ModelSettings]:
        """What shrinkage alone expects at the places of an outlook, (n,), the memory behind it, and its settings."""
        span = outlook.span
        return self._shrunk(outlook.past, outlook.places, span, self.settings(date_of(span.origin).year, length))

    def learned(self, year: int, length: int) -> Learned | None:
        """What the mixture learned for origins of that year; None where there is too little to learn from."""
        if (year, length) not in self._learned:
            try:
                places, place = self.places_at(validation_start(year))
                found = learn(Class(self.records, self._traced, place, places, self.conditions), year, length)
            except MethodError:  # nothing before the year of learning
                found = None
            self._learned[year, length] = found
            if found is None:
                self.settings(year, length)
        return self._learned[year, length]

    def settings(self, year: int, length: int) -> ModelSettings:
        """The settings of shrinkage for origins of that year."""
        if (year, length) not in self._settings:
            try:
                places, place = self.places_at(validation_start(year))
                chosen = tune(self.records, place, places, year, length)
            except MethodError:  # nothing before the validation year: nothing to learn from
                chosen = ModelSettings()
            self._settings[year, length] = chosen
        return self._settings[year, length]

    def _require_recent(self, origin: int) -> None:
        """A few days say nothing about the next, nor does a series that broke off about the days long after."""
        days = origin - self.records.first
        if 0 < days < FEWEST_DAYS:
            raise MethodError(
                say(
                    N_("Only {n} days of data are known before {day}; a forecast needs {least}."),
                    n=days,
                    day=date_of(origin).isoformat(),
                    least=FEWEST_DAYS,
                ),
                say(N_("forecast")),
                say(N_("Choose a later day, or add older files.")),
            )
        ended = [a for a, b in holes_before(self.records, origin) if b >= origin and origin - a > LONGEST]
        if ended:
            raise MethodError(
                say(
                    N_("There are no data for the {n} days before {day}: a forecast would be a guess."),
                    n=origin - ended[0],
                    day=date_of(origin).isoformat(),
                ),
                say(N_("forecast")),
                say(
                    N_("Add the newer files, or choose a day before {day}."),
                    day=date_of(ended[0] + LONGEST + 1).isoformat(),
                ),
            )

    def _outlook(self, span: Span, length: int, holes: tuple[Hole, ...], memory: Remembered) -> Outlook:
        places, place = self.places_at(span.origin)
        past = self.conditions.with_campaigns(past_of(self.records, place, len(places), span.origin, holes))
        year = date_of(span.origin).year
        learned = self.learned(year, length)
        if learned is None:
            settings = self.settings(year, length)
            mean, behind, _ = self._shrunk(past, places, span, settings)
            return Outlook(span, places, place, past, settings, *_estimates(mean, behind, places, settings))
        shares = kernels(past, span, places, *self._traced.at(memory, places))
        if learned.weather is not None:
            past = self.conditions.with_weather(past, learned.weather.effect)
        mean = total_of(past, span, learned) * (learned.weights @ shares)
        return Outlook(span, places, place, past, learned, *_learned_estimates(mean, places, learned.spreads))

    def _shrunk(
        self, past: Past, places: Places, span: Span, settings: ModelSettings
    ) -> tuple[FloatArray, FloatArray, ModelSettings]:
        share, memory = surface(past, places.smooth, settings.surface)
        return total_of(past, span, settings) * share, memory, settings

    def places_at(self, at: int) -> tuple[Places, IntArray]:
        """The places known on that day, and for every row of the records the number of its place (-1: outside)."""
        if self._fixed is not None:
            return self._fixed
        known = self.records.known(at)
        if not known.any():
            raise MethodError(
                say(N_("No report is known before {day}."), day=date_of(at).isoformat()),
                say(N_("forecast")),
                say(N_("Choose a later day, or add older files.")),
            )
        places = cells_around(self.records.x[known], self.records.y[known], self._cell, self._block)
        return places, places.index(self.records.x, self.records.y)

    def _fixed_places(self, panel: Panel, study_area: pd.DataFrame | None) -> tuple[Places, IntArray] | None:
        if panel.plan.space.unit == "area":
            places = region_places(panel.outlines)
        elif study_area is not None:
            places = given_cells(study_area, self._cell, self._block)
        else:
            return None
        return places, places.index(self.records.x, self.records.y)


def total_of(past: Past, span: Span, settings: Learned | ModelSettings) -> float:
    """Reports expected over the span in all places together."""
    if isinstance(settings, Learned):
        return pace_of(past, span).total(settings.leanings)
    level = level_of(past, (settings.level.slow,), (settings.level.fast,))
    return level.total(span.start, span.end, 0, 0, settings.level.mix)


def predict(panel: Panel, origin: date, horizon: str, study_area: pd.DataFrame | None = None) -> pd.DataFrame:
    """Expected reports per cell and area over one horizon, from what was known at 00:00 of `origin`."""
    span = span_of(horizon, origin)
    return prediction_rows(Forecaster(panel, study_area=study_area).outlook(span, usual_length(horizon, span)))


def backtest_predictions(  # noqa: PLR0913, PLR0917 - what the command is asked
    panel: Panel,
    start: date,
    end: date,
    every: str,
    horizon: str | None = None,
    study_area: pd.DataFrame | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    workers: int = 1,
) -> pd.DataFrame:
    """`predict` at every origin from `start` in steps of `every` while the horizon ends by `end`.

    `progress(what, done, of)` is told after each origin.

    Raises
    ------
    MethodError
        No horizon fits between the two days.
    """
    spans = spans_between(start, end, every, horizon)
    if not spans:
        raise MethodError(
            say(
                N_("No horizon of {horizon} fits between {start} and {end}."),
                horizon=horizon or every,
                start=start.isoformat(),
                end=end.isoformat(),
            ),
            say(N_("backtest")),
            say(N_("Choose a later end or a shorter horizon.")),
        )
    forecaster = Forecaster(panel, study_area=study_area)
    lengths = [usual_length(horizon or every, span) for span in spans]
    parts = []
    for outlook in forecaster.outlooks(spans, lengths, workers):
        parts.append(prediction_rows(outlook))
        if progress is not None:
            progress(_("origins"), len(parts), len(spans))
    return pd.concat(parts, ignore_index=True)


def prediction_rows(outlook: Outlook) -> pd.DataFrame:
    """The rows of the predictions format: the cells, then the areas (regions are areas alone)."""
    areas = _rows(outlook.places.areas, outlook.at_areas)
    if not outlook.places.regional:
        areas = pd.concat([_rows(outlook.places.keys, outlook.at_places), areas], ignore_index=True)
        names = ["cell_x", "cell_y", "region_x", "region_y"]
        areas[names] = areas[names].astype("Int64")
    head = {
        "origin": pd.Timestamp(date_of(outlook.span.origin)),
        "horizon_start": pd.Timestamp(date_of(outlook.span.start)),
        "horizon_end": pd.Timestamp(date_of(outlook.span.end)),
    }
    order = [*head, "cell_x", "cell_y", "region_x", "region_y", "region", "expected_count", "q05", "q95"]
    rows = areas.assign(**head)
    return rows[[name for name in order if name in rows]]


def _rows(keys: pd.DataFrame, estimate: Estimate) -> pd.DataFrame:
    return keys.assign(expected_count=estimate.mean, q05=estimate.low, q95=estimate.high)


def _estimates(
    mean: FloatArray, memory: FloatArray, places: Places, settings: ModelSettings
) -> tuple[Estimate, Estimate, Estimate]:
    """Estimates of shrinkage for places, areas and city: with learned spreads, or those of the model itself."""
    if settings.spreads is not None:
        return _learned_estimates(mean, places, settings.spreads)
    by_area, city = places.by_area(mean), np.array([mean.sum()])
    own = 1.0 / (memory + settings.surface.strength)  # of the gamma posterior behind each place
    variance = own * mean**2
    at_area = places.by_area(variance) / np.maximum(by_area, 1e-12) ** 2 + LEVEL_SPREAD
    in_city = np.array([variance.sum()]) / np.maximum(city, 1e-12) ** 2 + LEVEL_SPREAD
    return estimate(mean, own + LEVEL_SPREAD), estimate(by_area, at_area), estimate(city, in_city)


def _learned_estimates(mean: FloatArray, places: Places, spreads: Spreads) -> tuple[Estimate, Estimate, Estimate]:
    """Estimates for places, areas and city: sums of the same expectations, each with the spread of its own level."""
    by_area, city = places.by_area(mean), np.array([mean.sum()])
    return (
        estimate(mean, np.full(len(mean), spreads.place)),
        estimate(by_area, np.full(len(by_area), spreads.area)),
        estimate(city, np.array([spreads.city])),
    )


def estimate(mean: FloatArray, spread: FloatArray) -> Estimate:
    """Means (n,) with the bounds that their negative-binomial spread (n,) gives them."""
    return Estimate(mean, quantile(mean, spread, LOW), quantile(mean, spread, HIGH), spread)
