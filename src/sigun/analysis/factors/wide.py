"""The outcome and every column that is tried, side by side (넓은 표): lags inside regions, on the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from sigun.analysis.factors.terms import Term
from sigun.analysis.statistics.arrays import FloatArray, IntArray
from sigun.panel.regional.model import RegionPanel
from sigun.panel.regional.span import calendar
from sigun.plan.steps.factors import FactorAnalysis
from sigun.plan.variables import Span

OUTCOME, OTHER, LEVEL = "(y)", "(other y)", "(level)"  # no id of a column has brackets
COUNT, EXPOSURE = "(count)", "(exposure)"
PER = 1000  # of its exposure a count is told for, where it is told as a rate
PERIODS: dict[Span, str] = {"year": "Y", "quarter": "Q", "month": "M"}


@dataclass(frozen=True)
class Wide:
    """One row per region and period of the panel, sorted, before any row is left out."""

    frame: pd.DataFrame  # region, at (place in the calendar), when (first day), outcomes, columns of terms
    regions: pd.DataFrame  # unit, name, sido, sido_name, in the panel's order
    below_zero: int  # outcomes that have no logarithm

    @cached_property
    def columns(self) -> Mapping[str, FloatArray]:
        """Every column that is a number, by name."""
        names = [str(name) for name in self.frame.columns if name not in ("region", "when")]
        return {name: self.frame[name].to_numpy(float) for name in names}

    @cached_property
    def region(self) -> IntArray:
        """(rows,) place of each row's region in `names`."""
        found = np.searchsorted(np.array(self.names), self.frame["region"].to_numpy(str))
        return np.asarray(found, dtype=np.int64)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Regions, sorted."""
        return tuple(map(str, np.unique(self.frame["region"].to_numpy(str))))

    @cached_property
    def larger(self) -> IntArray:
        """(rows,) number of the larger region (시도) of each row, alike in all samples; one where there is none."""
        sido = self.regions.set_index("unit")["sido"].fillna("").reindex(self.names).to_numpy(str)
        return np.asarray(np.unique(sido, return_inverse=True)[1][self.region], dtype=np.int64)


def wide_of(step: FactorAnalysis, panel: RegionPanel, terms: Iterable[Term]) -> Wide:
    """Outcome as asked and otherwise (level or log; a count with an exposure for a thousand of it), and every term.

    A lag looks back on the calendar, not on rows.
    """
    frame = panel.frame.sort_values(["region", "period"], ignore_index=True)
    at = _calendar(frame["period"], panel.asked.span)
    count = frame[step.outcome.variable].to_numpy(float)
    exposure = frame[step.exposure].to_numpy(float) if step.exposure else np.ones(len(frame))
    times = PER if step.exposure else 1
    level = np.divide(times * count, exposure, out=np.full(len(frame), np.nan), where=exposure > 0)
    logged = np.log(np.where(level > 0, level, np.nan))
    asked, other = (logged, level) if step.outcome.transform == "log" else (level, logged)
    columns = {"region": frame["region"], "at": at, "when": frame["period"], OUTCOME: asked, OTHER: other, LEVEL: level}
    columns |= {COUNT: count, EXPOSURE: exposure}
    index = pd.MultiIndex.from_arrays([frame["region"], at])
    for term in terms:
        values = pd.Series(frame[term.variable].to_numpy(float), index)
        columns[term.id] = values.reindex(pd.MultiIndex.from_arrays([frame["region"], at - term.lag])).to_numpy()
    if step.weight:
        columns[step.weight] = frame[step.weight].to_numpy(float)
    regions = panel.units[["unit", "name", "sido", "sido_name"]].reset_index(drop=True)
    lost = int((level <= 0).sum()) if step.outcome.transform == "log" else 0
    return Wide(pd.DataFrame(columns), regions, lost)


def _calendar(period: pd.Series, span: Span) -> pd.Series:
    """Place of each period in the calendar, the first one being 0; a period nobody observed leaves a gap."""
    number = pd.PeriodIndex(period, freq=PERIODS[calendar(span)]).astype("int64")
    return pd.Series(np.asarray(number - number.min(), dtype=np.int64), period.index)
