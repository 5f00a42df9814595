"""Weather (날씨): reports of a day beside its weather, weekday, season and level of reporting held equal."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from sigun.analysis.statistics.day_effect import FloatArray, IntArray, bin_of, calendar_columns, day_effect
from sigun.analysis.statistics.fdr import false_discovery
from sigun.analysis.statistics.glm import fit_poisson
from sigun.analysis.statistics.intervals import dispersion_of, rate_interval
from sigun.analysis.statistics.observed import observed_days, observed_reports, per_day, require_reports
from sigun.analysis.statistics.readings import readings
from sigun.errors import MethodError
from sigun.panel.model import Panel
from sigun.plan.steps import Weather
from sigun.result import Fact, Result, facts_table
from sigun.text import N_, Message, say

LEAST_DAYS = 90  # with weather and observed: less than a season says nothing
KEYS = ("day", "station")
ASSOCIATIONS = dict.fromkeys(("variable", "title", "unit"), "str") | {"n_days": "int64"}
ASSOCIATIONS |= dict.fromkeys(("per", "ratio", "low", "high", "p"), "float64")
BINS = {"variable": "str", "bin": "int64", "low_edge": "float64", "high_edge": "float64", "days": "int64"}
BINS |= dict.fromkeys(("reports_per_day", "low", "high"), "float64")


def weather(step: Weather, panel: Panel, rng: np.random.Generator) -> Result:  # noqa: ARG001 - no chance in it
    """Run one `weather` step of a plan.

    Raises
    ------
    MethodError
        There is no weather column, no column covers 90 observed days, or there are too few reports.
    """
    daily, stations = _by_day(panel)
    names = _asked(step, daily)
    days = observed_days(panel)
    counts = per_day(days, observed_reports(panel, days)["day"])
    covered = {name: daily[name].reindex(days).notna().to_numpy() for name in names}
    _require_enough(covered, counts)
    rows, bins = [], []
    for name in names:
        here = covered[name]
        x = daily[name].reindex(days).to_numpy(float)[here]
        effect, shown = _one(x, counts[here], days[here], panel)
        rows.append([name, panel.titles.get(name, name), panel.units.get(name, ""), int(here.sum()), *effect])
        bins += [[name, *row] for row in shown]
    table = pd.DataFrame(rows, columns=list(ASSOCIATIONS)).astype(ASSOCIATIONS)
    table["q"] = false_discovery(table["p"].to_numpy(float))
    table["reading"] = readings(np.log(table["ratio"].to_numpy(float)), table["q"].to_numpy(float))
    any_day = np.logical_or.reduce(list(covered.values()))
    facts = [
        Fact("days", int(any_day.sum())),
        Fact("variables", len(names)),
        Fact("found", int((table["reading"] != "unclear").sum())),
        Fact("stations", stations),
    ]
    tables = {
        "associations": table,
        "bins": pd.DataFrame(bins, columns=list(BINS)).astype(BINS),
        "facts": facts_table(facts),
    }
    return Result("weather", "association", tables, tuple(_cautions(table, len(days), stations)))


def _by_day(panel: Panel) -> tuple[pd.DataFrame, int]:
    """Weather by day, the mean over the stations of the file, and how many stations that are."""
    if panel.weather is None:
        raise MethodError(
            say(N_("The plan names no weather data.")),
            say(N_("weather")),
            say(N_("Add it under `data.weather`, or take the step out.")),
        )
    frame = panel.weather.assign(day=pd.to_datetime(panel.weather["day"]).dt.normalize().dt.as_unit("us"))
    stations = int(frame["station"].nunique()) if "station" in frame else 0
    numbers = frame.drop(columns=list(KEYS), errors="ignore").select_dtypes("number")
    return numbers.groupby(frame["day"]).mean(), max(stations, 1)


def _asked(step: Weather, daily: pd.DataFrame) -> list[str]:
    unknown = [name for name in step.columns if name not in daily]
    if unknown or daily.columns.empty:
        raise MethodError(
            say(N_("The weather data have no column of numbers named: {names}."), names=", ".join(unknown) or "–"),
            say(N_("weather")),
            say(N_("Name columns of numbers in the step: {names}."), names=", ".join(daily.columns) or "–"),
        )
    return list(step.columns or daily.columns)


def _require_enough(covered: dict[str, np.ndarray], counts: FloatArray) -> None:
    most = max((int(here.sum()) for here in covered.values()), default=0)
    if most < LEAST_DAYS:
        raise MethodError(
            say(N_("Weather is known on {n} observed days; at least {least} are needed."), n=most, least=LEAST_DAYS),
            say(N_("weather")),
            say(N_("Add weather for more days of the period, or take the step out.")),
        )
    require_reports(int(max(counts[here].sum() for here in covered.values())), say(N_("weather")))


def _one(
    x: FloatArray, counts: FloatArray, days: pd.DatetimeIndex, panel: Panel
) -> tuple[list[float], list[list[float]]]:
    """Step, ratio, interval and p of one column, and its bins; NaN and none where there is no answer."""
    none = [np.nan] * 5
    if len(x) < LEAST_DAYS or np.ptp(x) == 0:
        return none, []
    calendar = calendar_columns(days.day_of_week.to_numpy(), days.month.to_numpy(), _stretches(days, panel))
    number = ((days - pd.Timestamp(panel.start)).days).to_numpy(np.int64)
    try:
        found = day_effect(counts, x, calendar, number)
        expected = fit_poisson(counts, calendar).fitted
    except MethodError:  # nothing is left of it beside the calendar
        return none, []
    return [found.per, found.ratio, found.low, found.high, found.p], _bins(x, counts, expected, calendar.shape[1])


def _stretches(days: pd.DatetimeIndex, panel: Panel) -> IntArray:
    """Year and regime of each day as one number: levels are compared inside them only."""
    starts = np.array([np.datetime64(day, "us") for day in sorted(panel.regimes)], dtype="datetime64[us]")
    return np.asarray(days.year.to_numpy() * 100 + np.searchsorted(starts, days.to_numpy(), side="right"), np.int64)


def _bins(x: FloatArray, counts: FloatArray, expected: FloatArray, estimated: int) -> list[list[float]]:
    """Reports a day by bin of the column, as they would be if all bins had the same calendar."""
    usual, spread = float(counts.mean()), dispersion_of(counts, expected, estimated)
    rows = []
    where = bin_of(x)
    for number in np.unique(where):
        here = where == number
        reports, weight = float(counts[here].sum()), float(expected[here].sum()) / usual
        low, high = rate_interval(reports, weight, spread)
        edges = float(x[here].min()), float(x[here].max())
        rows.append([int(number) + 1, *edges, int(here.sum()), reports / weight, float(low), float(high)])
    return rows


def _cautions(table: pd.DataFrame, observed: int, stations: int) -> Iterator[Message]:
    yield say(N_("Weather moves reporting as well as leaving vehicles; which of the two is not told apart."))
    yield say(N_("{n} weather columns were tried one at a time, and all are listed."), n=len(table))
    if stations > 1:
        yield say(N_("The weather of a day is the mean over {n} stations of the file."), n=stations)
    late = table[table["n_days"] < observed]
    for days, group in late.groupby("n_days", sort=True):
        yield say(
            N_("Known on {n} of {total} observed days only, and compared on these: {names}."),
            names=", ".join(group["title"]),
            n=int(days),
            total=observed,
        )
    silent = table.loc[table["p"].isna(), "title"]
    if len(silent):
        yield say(
            N_("No answer for these, with too few days or nothing beside the season: {names}."), names=", ".join(silent)
        )
