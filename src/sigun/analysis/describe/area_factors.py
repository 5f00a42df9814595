"""Area factors (지역 요인): reports beside what is known about the areas. Associations only; all tried are listed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from sigun.analysis.statistics.area_rates import AreaRates, area_rates, made_of_exposure, usual_exposure
from sigun.analysis.statistics.correlation import LEAST, Correlations, rank_correlations, within_correlation
from sigun.analysis.statistics.fdr import false_discovery
from sigun.analysis.statistics.observed import observed_days, observed_reports, require_reports
from sigun.analysis.statistics.readings import readings
from sigun.errors import MethodError
from sigun.panel.model import Panel
from sigun.plan.steps import AreaFactors
from sigun.result import Fact, Result, facts_table
from sigun.text import N_, Message, say

DRAWS = 9_999
FEW = 30  # areas: with fewer, only a strong association can be seen
MONTH_DAYS = 10  # a month with fewer observed days is left out
KEYS = ("region", "period")
INSIDE = {"variable": "str", "n": "int64", "regions": "int64"} | dict.fromkeys(
    ("rho_within", "low", "high", "p"), "float"
)


def area_factors(step: AreaFactors, panel: Panel, rng: np.random.Generator) -> Result:
    """Run one `area_factors` step of a plan.

    Raises
    ------
    MethodError
        There is nothing to compare with, or there are too few reports or areas.
    """
    reports = observed_reports(panel, observed_days(panel))
    require_reports(int(reports["region"].notna().sum()), say(N_("area factors")))
    rates = area_rates(panel, reports, step.exposure or usual_exposure(panel))
    names = _asked(step, panel, rates.exposure)
    _require_areas(rates)
    values = _values(panel, names, rates.table["region"])
    monthly = [name for name in names if panel.area_periods is not None and name in panel.area_periods]
    between = _between(panel, rates, values, rng)
    inside = _inside(panel, reports, monthly, rng)
    tables = _judged(between, inside)
    for table in tables.values():
        for place, (column, words) in enumerate({"title": panel.titles, "unit": panel.units}.items(), 1):
            said = [words.get(name, name if column == "title" else "") for name in table["variable"]]
            table.insert(place, column, pd.Series(said, dtype="str"))
    found = sum(int((table["reading"] != "unclear").sum()) for table in tables.values())
    shown = rates.table.assign(**{n: values[n] for n in names if n not in rates.table})
    facts = [
        Fact("variables", len(names)),
        Fact("found", found),
        Fact("regions", int(shown["rate"].notna().sum())),
        Fact("exposure", rates.exposure),
        Fact("exposure_title", panel.titles.get(rates.exposure, rates.exposure)),
        Fact("per", rates.per),
        Fact("draws", DRAWS),
    ]
    cautions = (
        *_cautions(rates, len(names), tables["associations"]),
        *made_of_exposure(panel, names, rates.exposure),
    )
    return Result("area_factors", "association", {**tables, "areas": shown, "facts": facts_table(facts)}, cautions)


def _asked(step: AreaFactors, panel: Panel, exposure: str) -> list[str]:
    """The columns to compare with, in the order of the plan, else of the data; the denominator is none of them."""
    frames = [frame for frame in (panel.areas, panel.area_periods) if frame is not None]
    numeric = [
        str(n) for frame in frames for n in frame.drop(columns=list(KEYS), errors="ignore").select_dtypes("number")
    ]
    unknown = [name for name in step.columns if name not in numeric]
    asked = [name for name in step.columns or dict.fromkeys(numeric) if name != exposure]
    if unknown or not asked:
        raise MethodError(
            say(N_("No number is known about the areas under these names: {names}."), names=", ".join(unknown))
            if unknown
            else say(N_("The area data have no column of numbers to compare with.")),
            say(N_("area factors")),
            say(N_("Name columns of numbers in the step: {names}."), names=", ".join(dict.fromkeys(numeric)) or "–"),
        )
    return asked


def _require_areas(rates: AreaRates) -> None:
    known = int(rates.table["rate"].notna().sum())
    if known < LEAST:
        raise MethodError(
            say(N_("There are {n} areas with a rate; at least {least} are needed."), n=known, least=LEAST),
            say(N_("area factors")),
            say(N_("Use smaller areas, or check that the area names of the data sets agree.")),
        )


def _values(panel: Panel, names: Sequence[str], regions: pd.Series) -> pd.DataFrame:
    """Each column by area, in the order of `regions`; a monthly one as its mean over the months."""
    columns = {}
    for name in names:
        frame = panel.areas if panel.areas is not None and name in panel.areas else panel.area_periods
        means = pd.DataFrame(frame).groupby("region")[name].mean()
        columns[name] = regions.map(means).astype(float)
    return pd.DataFrame(columns)


def _between(panel: Panel, rates: AreaRates, values: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Rank correlation of the raw rate with each column across areas; columns with the same gaps share the shuffles."""
    rate = rates.table["raw_rate"]
    points = pd.DataFrame(panel.outlines)["geometry"].map(lambda shape: shape.centroid.coords[0])
    known = values.notna().to_numpy() & rate.notna().to_numpy()[:, None]
    table = pd.DataFrame({"variable": list(values), "n": known.sum(axis=0)})
    table[["rho", "low", "high", "p", "n_effective"]] = np.nan
    for pattern in np.unique(known, axis=1).T:
        here = np.flatnonzero((known == pattern[:, None]).all(axis=0))
        outcome, columns = rate[pattern].to_numpy(float), values.loc[pattern].iloc[:, here].to_numpy(float)
        found = rank_correlations(outcome, columns, np.array(points[pattern].tolist()).reshape(-1, 2), DRAWS, rng)
        table.loc[here, ["rho", "low", "high", "p"]] = _columns(found)
        table.loc[here, "n_effective"] = found.size
    return table


def _inside(panel: Panel, reports: pd.DataFrame, names: Sequence[str], rng: np.random.Generator) -> pd.DataFrame:
    """Correlation of monthly reports with each monthly column inside areas."""
    rows = []
    for name in names:
        frame = pd.DataFrame(panel.area_periods)[["region", "period", name]].dropna()
        joined = frame.merge(_monthly(panel, reports), on="region", how="inner", suffixes=("", "_of_report"))
        joined = joined[pd.to_datetime(joined["period"]) == joined["month"]]
        region, period = (np.unique(joined[key], return_inverse=True)[1] for key in KEYS)
        x = joined[name].to_numpy(float)
        x = np.log(x) if len(x) and (x > 0).all() else x  # a change in per cent, whatever the area's size
        y = np.sqrt(joined["rate"].to_numpy(float))  # the same spread whatever the level
        areas = len(np.unique(region))
        found = within_correlation(y, x, region, period, DRAWS, rng)
        rows.append([name, len(joined), areas, *_columns(found)[0]])
    return pd.DataFrame(rows, columns=list(INSIDE)).astype(INSIDE)


def _monthly(panel: Panel, reports: pd.DataFrame) -> pd.DataFrame:
    """Reports per 30 observed days of every area and month observed well enough: region, month, rate."""
    days = observed_days(panel)
    observed = days.to_period("M").value_counts().sort_index()
    observed = observed[observed >= MONTH_DAYS]
    placed = reports[reports["region"].notna()]
    counts = placed.groupby(["region", placed["day"].dt.to_period("M")]).size()
    every = pd.MultiIndex.from_product([pd.DataFrame(panel.outlines)["region"], observed.index])
    rate = counts.reindex(every, fill_value=0) / observed.reindex(every.get_level_values(1)).to_numpy() * 30
    months = every.get_level_values(1).to_timestamp()
    return pd.DataFrame({"region": every.get_level_values(0), "month": months, "rate": rate.to_numpy(float)})


def _columns(found: Correlations) -> np.ndarray:
    return np.column_stack([found.rho, found.low, found.high, found.p])


def _judged(between: pd.DataFrame, inside: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Both tables with q over everything tried, and how each is to be read."""
    q = false_discovery(np.concatenate([between["p"], inside["p"]]))
    parts = {"associations": (between, "rho", q[: len(between)]), "periods": (inside, "rho_within", q[len(between) :])}
    return {
        name: table.assign(q=part, reading=pd.Series(readings(table[rho].to_numpy(float), part), dtype="str"))
        for name, (table, rho, part) in parts.items()
    }


def _cautions(rates: AreaRates, tried: int, associations: pd.DataFrame) -> Iterator[Message]:
    areas = int(rates.table["rate"].notna().sum())
    yield say(N_("What holds for areas need not hold for the people or the vehicles in them."))
    yield say(N_("Reports are not vehicles: where people report more, there are more reports."))
    yield say(N_("{n} variables were tried, and all are listed; q counts how many were tried."), n=tried)
    yield say(
        N_("Areas beside each other are alike: intervals and p are as wide as fewer, unrelated areas would give.")
    )
    if areas < FEW:
        yield say(N_("With {n} areas only a strong association can be told from chance."), n=areas)
    if rates.without_exposure:
        yield say(
            N_("{n} areas have no value of “{exposure}” and were not compared."),
            n=rates.without_exposure,
            exposure=rates.exposure,
        )
    silent = associations.loc[associations["p"].isna(), "title"]
    if len(silent):
        yield say(
            N_("No answer for these, which never change or are known for too few areas: {names}."),
            names=", ".join(silent),
        )
