"""Who is compared with whom, over which periods (비교의 틀): from the panel and the plan to arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from sigun.analysis.before_after.sides import Sides, sides
from sigun.analysis.effect.policy import NEVER
from sigun.analysis.effect.starts import Wide, key_of, no_region, spellings, starts_of
from sigun.analysis.regional.columns import require_columns
from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray
from sigun.errors import MethodError, require
from sigun.panel.regional.model import RegionPanel
from sigun.panel.regional.span import written
from sigun.plan.steps import BeforeAfter
from sigun.text import N_, Message, say
from sigun.units import ADDITIVE_OVER_SPACE

WHERE = N_("plan, steps.before_after")
SEASONS = {"month": 12, "quarter": 4}
NEAREST = 5  # similar regions a treated one
TOLD = 0.5  # of the periods of a side must be told for a region to be looked at


@dataclass(frozen=True)
class Setting:
    """The regions by periods, and who they are."""

    y: FloatArray  # (n, t) outcome
    per: FloatArray  # (n, t) what it is for; 1 where nothing
    season: IntArray  # (t,)
    start: IntArray  # (n,) first whole treated period; NEVER
    began: IntArray  # (n,) period in which it began, whole or not
    partial: BoolArray  # (t,) periods in which a start falls: on neither side
    treated: BoolArray  # (n,) as the plan says, usable or not
    compared: BoolArray  # (n,) as the plan says
    reasons: tuple[Message | None, ...]  # (n,) why a region is not looked at
    units: pd.DataFrame  # unit, name … in the order of the arrays
    periods: tuple[str, ...]
    ratio: bool  # changes are compared in per cent
    before: int | None
    after: int | None

    @property
    def used(self) -> BoolArray:
        """(n,) treated regions that can be looked at."""
        return self.treated & self._fine

    @property
    def beside(self) -> BoolArray:
        """(n,) regions they are compared with."""
        return self.compared & ~self.treated & self._fine

    @property
    def _fine(self) -> BoolArray:
        return np.array([r is None for r in self.reasons])

    @property
    def starts(self) -> tuple[int, ...]:
        """The different starts of the treated regions that are looked at."""
        return tuple(sorted({int(s) for s in self.start[self.used]}))

    def windows(self, start: int) -> tuple[BoolArray, BoolArray]:
        """(t,) the periods before and after a start that are looked at."""
        at = np.arange(len(self.periods))
        ends = start - int(start > 0 and self.partial[start - 1])  # before its own partial period, where it has one
        first = 0 if self.before is None else ends - self.before
        last = len(at) if self.after is None else start + self.after
        whole = ~self.partial
        return whole & (at < start) & (at >= first), whole & (at >= start) & (at < last)

    def sides(self, before: BoolArray, after: BoolArray) -> tuple[Sides, Sides]:
        """Outcome, and what it is for, of the same periods."""
        told = np.isfinite(self.y) & np.isfinite(self.per) & (self.per > 0)
        values, per = (np.where(told, a, np.nan) for a in (self.y, self.per))
        return sides(values, self.season, before, after), sides(per, self.season, before, after)


def setting_of(step: BeforeAfter, panel: RegionPanel) -> Setting:
    """The panel as this step looks at it.

    Raises
    ------
    MethodError
        A column or a region is not in the panel, or there is nobody treated or nobody to compare with.
    """
    require_columns(step.variables(), panel, say(WHERE))
    units = panel.units.sort_values("unit", ignore_index=True)
    periods = pd.Index(np.sort(panel.frame["period"].unique()))
    labels = tuple(written(p, panel.span) for p in periods)
    if len(units) < 2 or len(periods) < 2:
        raise _refused(
            N_("A comparison before and after needs at least two regions and two periods."),
            N_("Widen `time` or `within` in the plan."),
        )
    wide = Wide(panel, units["unit"], periods)
    y = wide.of(step.outcome.variable)
    per = np.ones_like(y) if step.per is None else wide.of(step.per)
    start, unknown = starts_of(step.treatment, wide, units, labels, step.method)
    treated = start < NEVER
    began, (start, partial) = start, _whole(step, units, start, labels)
    reasons = [
        say(N_("When it began is not known: the treatment is not observed before.")) if u else None for u in unknown
    ]
    found = Setting(
        *(
            y,
            per,
            _seasons(periods, panel.span),
            start,
            began,
            partial,
            treated,
            ~treated,
            tuple(reasons),
            units,
            labels,
        ),
        *(_as_ratio(step, panel, y), step.window.before, step.window.after),
    )
    return _compared(step, panel, _told(found))


def _refused(what: str, remedy: str, **values: str | int) -> MethodError:
    return MethodError(say(what, **values), say(WHERE), say(remedy))


def _seasons(periods: pd.Index, span: str) -> IntArray:
    """(t,) month or quarter of the year, from 0."""
    if span not in SEASONS:
        return np.zeros(len(periods), dtype=np.int64)
    dates = pd.DatetimeIndex(periods)
    return np.asarray(dates.month if span == "month" else dates.quarter, dtype=np.int64) - 1


def _whole(
    step: BeforeAfter, units: pd.DataFrame, start: IntArray, labels: Sequence[str]
) -> tuple[IntArray, BoolArray]:
    """Starts moved on past a period that was half over when they came, and those periods."""
    partial, moved, known = np.zeros(len(labels), dtype=bool), start.copy(), spellings(units)
    for said, first in step.treatment.starts.items():
        place = known[said.strip()][0]
        at = int(start[place])
        if at < len(labels) and _inside(str(first), labels[at]):
            partial[at] = True
            moved[place] = at + 1
    return moved, partial


def _inside(first: str, label: str) -> bool:
    """Whether a start lies inside a period and not at its beginning.

    >>> _inside("2015-03", "2015"), _inside("2015-01", "2015"), _inside("2015-05", "2015-Q2")
    (True, False, True)
    """
    key, own = key_of(first), key_of(label)
    if key[:1] != own[:1] or len(key) <= 1:
        return False  # a start before the first period of the panel is none of its inside
    if len(own) == 1:
        return key[1:] not in {(1,), (1, 1)}
    if "Q" in label and "Q" not in first:
        return (key[1] - 1) % 3 > 0 or key[2:] not in {(), (1,)}
    return key[:2] == own[:2] and key[2:] not in {(), (1,)}


def _as_ratio(step: BeforeAfter, panel: RegionPanel, y: FloatArray) -> bool:
    """Counts are compared in per cent, and whatever the plan asks the logarithm of; rates by their difference."""
    rows = panel.dictionary[panel.dictionary["variable"] == step.outcome.variable]
    counted = len(rows) > 0 and str(rows["measure"].iloc[0]) in ADDITIVE_OVER_SPACE
    return (counted or step.outcome.transform == "log") and bool(np.nanmin(y, initial=0.0) >= 0)


def _told(setting: Setting) -> Setting:
    """Regions of which too little is told are left out, each with its reason."""
    starts = [int(s) for s in setting.start[setting.treated]]
    reasons = list(setting.reasons)
    for place in range(len(reasons)):
        own = [int(setting.start[place])] if setting.treated[place] else sorted(set(starts))
        for start in own if reasons[place] is None else ():
            reasons[place] = reasons[place] or _reason(setting, place, start)
    return replace(setting, reasons=tuple(reasons))


def _reason(setting: Setting, place: int, start: int) -> Message | None:
    before, after = setting.windows(start)
    if not before.any():
        return say(N_("There is no period before the start."))
    if not after.any():
        return say(N_("There is no whole period after the start yet."))
    told = np.isfinite(setting.y[place]) & np.isfinite(setting.per[place])
    if told[before].mean() < TOLD or told[after].mean() < TOLD:
        return say(N_("Less than half of the periods before or after are observed."))
    one = replace(setting, y=setting.y[place : place + 1], per=setting.per[place : place + 1])
    if one.sides(before, after)[0].seasons[0] == 0:
        return say(N_("No month or quarter is observed on both sides of the start."))
    return None


def _compared(step: BeforeAfter, panel: RegionPanel, setting: Setting) -> Setting:
    """With whom, as the plan says; whoever was treated is never among them."""
    if not setting.treated.any():
        raise _refused(
            N_("Nothing begins in any region in these periods."), N_("Widen `time`, or mend `treatment` in the plan.")
        )
    if not setting.used.any():
        return setting
    if step.comparison == "similar":
        return replace(setting, compared=similar(setting))
    if step.comparison == "neighbours":
        return replace(setting, compared=_next_to(panel, setting))
    if step.comparison != "rest":
        return replace(setting, compared=_named(step.comparison, setting))
    return setting


def _next_to(panel: RegionPanel, setting: Setting) -> BoolArray:
    if panel.neighbours is None:
        raise _refused(
            N_("Who is next to whom is not known."),
            N_("Write `panel.neighbours` (a weights file, outlines, or the nearest), or another `comparison`."),
        )
    links = panel.neighbours.matrix([str(r) for r in setting.units["unit"]])
    mine = setting.used.astype(float)
    return np.asarray((links @ mine > 0) | (links.T @ mine > 0)) & ~setting.treated


def _named(names: Sequence[str], setting: Setting) -> BoolArray:
    known, wrong = spellings(setting.units), []
    mask = np.zeros(len(setting.units), dtype=bool)
    for said in names:
        places = known.get(said.strip(), [])
        if len(places) == 1:
            mask[places[0]] = True
        else:
            where = say(N_("plan, steps.{method}.comparison: {name}"), method="before_after", name=said)
            wrong.append(no_region(said, places, known, setting.units, where))
    require(wrong)
    return mask & ~setting.treated


def similar(setting: Setting) -> BoolArray:
    """(n,) the five regions nearest to each treated one in level and slope before its start; after is not looked at.

    Level and slope (a period's change, by least squares) count alike, each in standard deviations between regions.
    """
    chosen = np.zeros(len(setting.treated), dtype=bool)
    pool = setting.beside
    for place in np.flatnonzero(setting.used).tolist():
        before, _after = setting.windows(int(setting.start[place]))
        there = np.flatnonzero(pool)
        shape = _shape((setting.y / setting.per)[:, before])
        scale = np.nanstd(shape[np.r_[there, place]], axis=0)
        off = (shape[there] - shape[place]) / np.where(scale > 0, scale, 1.0)
        distance = np.sqrt((off**2).sum(axis=1))
        chosen[there[np.argsort(distance, kind="stable")[:NEAREST]]] = True
    return chosen


def _shape(y: FloatArray) -> FloatArray:
    """(n, 2) level and slope of each row over the periods that are told; one period has no slope."""
    at = np.where(np.isfinite(y), np.arange(y.shape[1], dtype=float), np.nan)
    n = np.maximum(np.isfinite(y).sum(axis=1), 1)
    level = np.nansum(y, axis=1) / n
    centred = at - (np.nansum(at, axis=1) / n)[:, None]
    spread = np.nansum(centred**2, axis=1)
    slope = np.nansum(centred * (y - level[:, None]), axis=1) / np.where(spread > 0, spread, 1.0)
    return np.column_stack([level, slope])
