"""Occurrence inside areas (지역 내 월별 발생 요인): month against month of one and the same area. Association only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sigun.analysis.occurrence.principal_variables import variance_inflation
from sigun.analysis.occurrence.sample import WHERE, asked_reports, numeric_columns, require_known
from sigun.analysis.occurrence.tables import MORAN, Effects, effects_table, estimates, influence_table, left_out_table
from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray
from sigun.analysis.statistics.fixed_poisson import FixedFit, fit_fixed_poisson
from sigun.analysis.statistics.local_statistics import GlobalMoran, global_moran
from sigun.analysis.statistics.observed import observed_days
from sigun.errors import MethodError
from sigun.panel.model import Panel
from sigun.plan.steps import Occurrence
from sigun.region.neighbours import touching_neighbours
from sigun.result import Fact, Result, facts_table
from sigun.text import N_, Message, say

DRAWS = 199  # shuffles of area-months: there are many
MONTH_DAYS = 10  # a month with fewer observed days is left out
LEAST = 5  # areas and months


@dataclass(frozen=True)
class Months:
    """Areas and months that can be compared, one row for each pair."""

    table: pd.DataFrame  # region, month, reports, days, and one column a variable; every area and month has reports
    names: tuple[str, ...]
    log: tuple[bool, ...]  # columns taken as logarithms: all their values are positive
    exposure: str  # empty: what the area always has, which the level of the area holds
    y: FloatArray
    x: FloatArray
    region: IntArray
    period: IntArray
    offset: FloatArray

    def fit(self, rows: BoolArray) -> FixedFit:
        """The regression on some of the rows."""
        region, period = (np.unique(codes[rows], return_inverse=True)[1] for codes in (self.region, self.period))
        return fit_fixed_poisson(self.y[rows], self.x[rows], region, period, self.offset[rows])


def inside_areas(step: Occurrence, panel: Panel, rng: np.random.Generator) -> Result:
    """Poisson regression with a level for each area and each month.

    Raises
    ------
    MethodError
        A column never changes inside an area, there is no monthly column, or too few areas or months.
    """
    months = _months(step, panel)
    fit = months.fit(np.ones(len(months.y), bool))
    effects = _effects(months, fit)
    shown = effects_table(months.names, panel, effects)
    areas = _areas(panel, months)
    ratio = np.exp(effects.beta)
    influence = influence_table(months.names, panel, areas, ratio, _one_out(months, effects.per))
    moran = _residual_moran(panel, months, fit, rng)
    tables = {
        "effects": shown,
        "left_out": left_out_table(_left_out(panel, months.names), panel),
        "spatial": pd.DataFrame(
            [["columns", moran.moran, moran.low, moran.high, moran.p]],
            columns=list(MORAN),
        ),
        "influence": influence,
        "areas": areas,
        "facts": facts_table(_facts(months, fit, shown)),
    }
    return Result("occurrence", "association", tables, tuple(_cautions(len(tables["left_out"]), moran)))


def _months(step: Occurrence, panel: Panel) -> Months:
    names = _names(step, panel)
    periods = pd.DataFrame(panel.area_periods)
    exposure = step.exposure if step.exposure and step.exposure in periods else ""
    kept = [*names, *([exposure] if exposure else [])]
    known = periods[["region", "period", *kept]].dropna()
    known = known.assign(month=pd.to_datetime(known["period"]).astype("datetime64[us]")).drop(columns="period")
    table = known.merge(_counts(step, panel), on=["region", "month"]).sort_values(
        ["region", "month"], ignore_index=True
    )
    if exposure:
        table = table[table[exposure] > 0]
    table = _with_reports(table)
    _require_enough(table)
    _require_change(table, names)
    raw = table[names].to_numpy(float)
    log = (raw > 0).all(axis=0)
    offset = np.log(table["days"].to_numpy(float)) + (np.log(table[exposure].to_numpy(float)) if exposure else 0.0)
    region, period = (np.unique(table[key], return_inverse=True)[1] for key in ("region", "month"))
    x = np.where(log, np.log(np.where(log, raw, 1.0)), raw)
    y = table["reports"].to_numpy(float)
    return Months(table, tuple(names), tuple(map(bool, log)), exposure, y, x, region, period, offset)


def _names(step: Occurrence, panel: Panel) -> list[str]:
    """The monthly columns; one that has a single value an area is refused."""
    constant = numeric_columns([] if panel.areas is None else [panel.areas])
    monthly = numeric_columns([] if panel.area_periods is None else [panel.area_periods])
    require_known(step.columns, [*monthly, *constant])
    refuse_constant([name for name in step.columns if name not in monthly])
    names = [name for name in step.columns or monthly if name != step.exposure]
    if not names:
        raise MethodError(
            say(N_("No monthly column of numbers is known about the areas.")),
            say(WHERE),
            say(N_("Add a monthly table under data.area_periods, or set `fixed_effects: none`.")),
        )
    return names


def refuse_constant(names: Sequence[str]) -> None:
    """Raise for columns that never change in time: the level of the area holds them already."""
    if names:
        raise MethodError(
            say(
                N_(
                    "These never change over time inside an area: {names}. With fixed effects everything an area "
                    "always has is taken out before months are compared, so nothing of them is left."
                ),
                names=", ".join(names),
            ),
            say(WHERE),
            say(N_("Take them out of `columns`, or set `fixed_effects: none` to compare areas with each other.")),
        )


def _counts(step: Occurrence, panel: Panel) -> pd.DataFrame:
    """Reports of every area and month observed well enough: region, month, days, reports."""
    reports = asked_reports(step, panel)
    days = observed_days(panel).to_period("M").value_counts().sort_index()
    days = days[days >= MONTH_DAYS]
    every = pd.MultiIndex.from_product([pd.DataFrame(panel.outlines)["region"], days.index], names=["region", "month"])
    placed = reports[reports["region"].notna()]
    counts = placed.groupby(["region", placed["day"].dt.to_period("M")]).size().reindex(every, fill_value=0)
    months = every.get_level_values("month")
    return pd.DataFrame(
        {
            "region": every.get_level_values("region"),
            "month": months.to_timestamp().astype("datetime64[us]"),
            "days": days.reindex(months).to_numpy(),
            "reports": counts.to_numpy(),
        }
    )


def _with_reports(table: pd.DataFrame) -> pd.DataFrame:
    """Without areas and months that have no report at all: they tell nothing about change."""
    while True:
        some = (table.groupby("region")["reports"].transform("sum") > 0) & (
            table.groupby("month")["reports"].transform("sum") > 0
        )
        if some.all():
            return table.reset_index(drop=True)
        table = table[some]


def _require_enough(table: pd.DataFrame) -> None:
    areas, months = table["region"].nunique(), table["month"].nunique()
    if min(areas, months) < LEAST:
        raise MethodError(
            say(
                N_("{areas} areas and {months} months can be compared; at least {least} of each are needed."),
                areas=areas,
                months=months,
                least=LEAST,
            ),
            say(WHERE),
            say(N_("Choose a longer period, or check that areas and months of the data sets agree.")),
        )


def _require_change(table: pd.DataFrame, names: Sequence[str]) -> None:
    inside = table.groupby("region")[list(names)].agg(np.ptp)
    refuse_constant([name for name in names if (inside[name] == 0).all()])


def _effects(months: Months, fit: FixedFit) -> Effects:
    per = fit.within.std(axis=0, ddof=1)
    free = min(months.region.max(), months.period.max())
    beta, low, high, p = estimates(fit.beta * per, np.sqrt(np.diag(fit.covariance)) * per, int(free))
    none = np.full(len(per), np.nan)
    return Effects(beta, low, high, p, per, variance_inflation(fit.within), none, none, months.log)


def _one_out(months: Months, per: FloatArray) -> FloatArray:
    """(areas, k) rate ratios with each area left out in turn."""
    found = np.full((int(months.region.max()) + 1, len(per)), np.nan)
    for out in range(len(found)):
        kept = months.region != out
        seen = np.bincount(months.period[kept], months.y[kept], int(months.period.max()) + 1) > 0
        try:
            found[out] = np.exp(months.fit(kept & seen[months.period]).beta * per)
        except MethodError:  # a column changes in this area alone
            continue
    return found


def _residual_moran(panel: Panel, months: Months, fit: FixedFit, rng: np.random.Generator) -> GlobalMoran:
    """How alike neighbouring areas are, month by month, in what is left over."""
    from scipy import sparse

    outlines = pd.DataFrame(panel.outlines).set_index("region").loc[np.unique(months.table["region"])].reset_index()
    count = int(months.period.max()) + 1
    every = sparse.kron(touching_neighbours(outlines), sparse.identity(count), format="csr")
    here = months.region * count + months.period
    neighbours = every[here][:, here].tocsr()
    return global_moran((months.y - fit.fitted) / np.sqrt(fit.fitted), neighbours, DRAWS, rng)


def _left_out(panel: Panel, used: Sequence[str]) -> pd.DataFrame:
    """Columns of the areas that have one value for all time."""
    names = [n for n in numeric_columns([] if panel.areas is None else [panel.areas]) if n not in used]
    table = pd.DataFrame(
        {"variable": names, "reason": "constant_in_time", "by": "", "correlation": np.nan, "told": np.nan}
    )
    return table.astype({"variable": "str", "reason": "str", "by": "str"})


def _areas(panel: Panel, months: Months) -> pd.DataFrame:
    names = pd.DataFrame(panel.outlines).set_index("region")["name"]
    table = months.table.groupby("region")["reports"].sum().reset_index()
    table.insert(1, "name", table["region"].map(names))
    return table


def _facts(months: Months, fit: FixedFit, effects: pd.DataFrame) -> Iterator[Fact]:
    areas, count = int(months.region.max()) + 1, int(months.period.max()) + 1
    free = len(months.y) - areas - count + 1 - len(months.names)
    yield Fact("regions", areas)
    yield Fact("months", count)
    yield Fact("reports", int(months.y.sum()))
    yield Fact("variables", len(months.names))
    yield Fact("tried", len(months.names))
    yield Fact("found", int((effects["reading"] != "unclear").sum()))
    yield Fact("exposure", months.exposure)
    yield Fact("fixed_effects", "region")
    yield Fact("poisson_spread", float(np.sum((months.y - fit.fitted) ** 2 / fit.fitted) / max(free, 1)))
    yield Fact("draws", DRAWS)


def _cautions(left_out: int, moran: GlobalMoran) -> Iterator[Message]:
    yield say(
        N_("Only change inside areas is compared; what areas always have, and what all share in a month, is not.")
    )
    yield say(N_("Reports are not vehicles: where people report more, there are more reports."))
    if left_out:
        yield say(N_("{n} columns have one value for each area and cannot be compared inside areas."), n=left_out)
    if moran.moran > 0 and moran.p <= 0.1:
        yield say(
            N_("Neighbouring areas are still alike in what is left over; there may be more that is not known here.")
        )
