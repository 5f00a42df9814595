"""Reports by area, as rates of an exposure (지역별 발생률): small areas lean on the whole (empirical Bayes)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sigun.analysis.statistics.observed import observed_days
from sigun.errors import MethodError
from sigun.panel.model import Panel
from sigun.text import N_, Message, say

FloatArray = NDArray[np.float64]

TAIL = 0.05  # of a 90 % interval, at either end
YEAR = 365.25  # days
PER = (1, 1_000, 100_000)  # rates are given per so much exposure: the least that makes the whole at least 1


@dataclass(frozen=True, slots=True)
class SmoothedRates:
    """Rates of areas, each leaning on the whole as much as its own exposure is small."""

    raw: FloatArray  # (n,) count / exposure
    rate: FloatArray  # (n,) the same, smoothed
    low: FloatArray  # (n,) 90 % interval of the smoothed rate
    high: FloatArray


def smooth_rates(count: FloatArray, exposure: FloatArray) -> SmoothedRates:
    """Gamma-Poisson smoothing of rates with moments from the data (경험적 베이즈 평활).

    Rates are taken to vary between areas like a gamma variable whose mean and variance are those of the data, the
    variance net of what counting alone gives. Where nothing is left of it all areas have the rate of the whole.

    Parameters
    ----------
    count : (n,) reports.
    exposure : (n,) person-years, km²-years …, above 0.

    References
    ----------
    Marshall (1991), Applied Statistics 40:283–294 (global smoothing).

    Examples
    --------
    >>> smooth_rates(np.array([10.0, 20.0, 3.0]), np.array([1.0, 1.0, 0.1])).rate.round(2).tolist()
    [13.29, 17.53, 16.69]
    """
    from scipy.stats import gamma

    whole = float(count.sum() / exposure.sum())
    raw = count / exposure
    between = float(exposure @ (raw - whole) ** 2 / exposure.sum()) - whole / float(exposure.mean())
    if between > 0:
        shape, scale = whole**2 / between + count, whole / between + exposure
    else:
        shape, scale = np.full(len(count), count.sum() + 0.5), np.full(len(count), exposure.sum())
    rate = shape / scale if between > 0 else np.full(len(count), whole)
    low, high = (gamma.ppf(part, shape, scale=1 / scale) for part in (TAIL, 1 - TAIL))
    return SmoothedRates(raw, rate, low, high)


@dataclass(frozen=True)
class AreaRates:
    """The areas of a panel with their reports and rates."""

    table: pd.DataFrame  # region, name, reports, exposure, rate, low, high, raw_rate; NaN without exposure
    exposure: str  # the column that was divided by
    per: int  # rates are reports a year of observed days per so much exposure

    @property
    def without_exposure(self) -> int:
        """Areas whose exposure is missing or zero."""
        return int(self.table["rate"].isna().sum())


def area_rates(panel: Panel, reports: pd.DataFrame, exposure: str) -> AreaRates:
    """Reports by area of the outlines, and their rate of an exposure.

    Parameters
    ----------
    reports : events of the panel on its observed days.
    exposure : an area column (of a monthly one the mean over the months), or "area_km2".

    Raises
    ------
    MethodError
        The exposure is missing or zero in every area that has reports.
    """
    table = pd.DataFrame(panel.outlines)[["region", "name"]].reset_index(drop=True)
    table["reports"] = table["region"].map(reports["region"].value_counts()).fillna(0).astype("int64")
    table["exposure"] = table["region"].map(_exposure(panel, exposure)).astype(float)
    table[["rate", "low", "high", "raw_rate"]] = np.nan
    usable = table["exposure"] > 0
    count, amount = table.loc[usable, "reports"].to_numpy(float), table.loc[usable, "exposure"].to_numpy(float)
    if not count.any():
        raise MethodError(
            say(N_("No area with reports has a value of “{name}” to divide them by."), name=exposure),
            say(N_("rates by area")),
            say(N_("Name another exposure in the step, or mend the region names of its data set.")),
        )
    yearly = amount * len(observed_days(panel)) / YEAR
    per = next((p for p in PER if p * count.sum() >= yearly.sum()), PER[-1])
    smoothed = smooth_rates(count, yearly / per)
    table.loc[usable, ["rate", "low", "high", "raw_rate"]] = np.column_stack(
        [smoothed.rate, smoothed.low, smoothed.high, smoothed.raw]
    )
    return AreaRates(table, exposure, per)


def usual_exposure(panel: Panel) -> str:
    """What reports are divided by when the plan does not say: residents where they are known, else the area."""
    return "population" if panel.areas is not None and "population" in panel.areas else "area_km2"


def made_of_exposure(panel: Panel, names: Sequence[str], exposure: str) -> Iterator[Message]:
    """A caution where columns are themselves made of what reports are divided by: they go with the rate by arithmetic.

    Told by the unit (명/㎢ where reports are divided by 명) or by `per` of the card.

    References
    ----------
    Pearson (1897), Proceedings of the Royal Society 60:489–498 (spurious correlation of ratios).
    """
    unit = "㎢" if exposure == "area_km2" else panel.units.get(exposure, "")
    columns = {c.id: c for card in panel.cards.values() for c in card.values()}
    made = [
        panel.titles.get(name, name)
        for name in names
        if (name in columns and columns[name].per == exposure) or (unit and unit in _ratio(panel.units.get(name, "")))
    ]
    if made:
        yield say(
            N_(
                "These are made of “{exposure}”, which reports are divided by, so they can go along with the rate by "
                "arithmetic alone: {names}."
            ),
            exposure=panel.titles.get(exposure, exposure),
            names=", ".join(made),
        )


def _ratio(unit: str) -> tuple[str, ...]:
    """What a ratio's unit is made of, `명/㎢ 상당` of 명 and ㎢; nothing where it is no ratio."""
    above, _slash, below = unit.replace("km²", "㎢").partition("/")
    return (above.strip(), *below.split()[:1]) if below else ()


def _exposure(panel: Panel, name: str) -> pd.Series:
    """The exposure of each region."""
    for holder in (panel.areas, panel.area_periods, panel.outlines):
        if holder is not None and name in holder:
            return pd.DataFrame(holder)[["region", name]].groupby("region")[name].mean()
    raise MethodError(
        say(N_("There is no area column “{name}”."), name=name),
        say(N_("rates by area")),
        say(N_("Name a column of the plan's area data sets as exposure.")),
    )
