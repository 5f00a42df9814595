"""The comparison as tables (결과표): both groups, every region, the paths, checks, single figures."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sigun.analysis.before_after.comparison import Comparison
from sigun.analysis.before_after.difference import ALPHA, Apart
from sigun.analysis.before_after.setting import SEASONS, Setting
from sigun.analysis.describe.quality import message_columns
from sigun.analysis.effect.answer import FEW, Check, Row
from sigun.analysis.effect.gates import DONORS, PRE, SETS_DONORS
from sigun.analysis.effect.told import in_percent
from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray
from sigun.panel.regional.model import RegionPanel
from sigun.plan.steps import BeforeAfter
from sigun.result import Fact
from sigun.text import N_, Message, say

F, N, S = "float64", "int64", "str"
COLUMNS: dict[str, dict[str, str]] = {
    "groups": {"group": S, "regions": N, "before": F, "after": F, "unit": S, "change": F, "change_unit": S},
    "areas": {
        "region": S, "name": S, "group": S, "start": S, "pre": N, "post": N, "before": F, "after": F, "change": F,
        "reason": S, "reason_values": S,
    },
    "path": {"event_time": N, "period": S, "side": S, "treated": F, "comparison": F},
    "checks": {"check": S, "outcome": S, "value": F, "limit": F, "said": S, "said_values": S},
    "sensitivity": {"region": S, "name": S, "group": S, "difference": F},
}  # fmt: skip
Verdict = Literal["more", "less", "not_seen", "not_told"]


@dataclass(frozen=True)
class Told:
    """What was found, as tables."""

    step: BeforeAfter
    panel: RegionPanel
    setting: Setting
    found: Comparison | None
    before: Comparison | None
    without: Sequence[tuple[int, float]]
    checks: Sequence[Check]

    @property
    def verdict(self) -> Verdict:
        """What may be said of the difference."""
        if self.found is None or self.found.apart.by == "none":
            return "not_told"
        apart = self.found.apart
        if apart.p > ALPHA or apart.low <= 0 <= apart.high:
            return "not_seen"
        return "more" if apart.estimate > 0 else "less"

    @property
    def ratio(self) -> bool:
        """Whether changes are told in per cent."""
        return self.setting.ratio if self.found is None else self.found.setting.ratio

    @property
    def times(self) -> float:
        """For how much of what the outcome is per it is told, so that the figures are no fractions of one."""
        if self.step.per is None or self.found is None:
            return 1.0
        level = self.found.level(treated=False)
        return float(next((t for t in (1, 100, 1_000, 10_000) if level * t >= 1), 100_000))

    def groups(self) -> Iterator[Row]:
        """Treated, then those compared."""
        if self.found is None:
            return
        for name, treated in (("treated", True), ("comparison", False)):
            members = {int(i) for c in self.found.cohorts for i in c.places[c.changes.treated == treated]}
            yield {
                "group": name,
                "regions": len(members),
                "before": self.times * self.found.level(treated),
                "after": self.times * self.found.level(treated, after=True),
                "unit": self._unit(),
                "change": self._told(self.found.change(treated)),
                "change_unit": self._change_unit(),
            }

    def areas(self) -> Iterator[Row]:
        """One row a region that is treated or compared, or was to be."""
        setting, labels = self.setting, self.setting.periods
        for place in np.flatnonzero(setting.treated | setting.compared).tolist():
            mine = bool(setting.treated[place])
            start = int(setting.start[place]) if mine else setting.starts[0] if setting.starts else len(labels)
            began = labels[int(setting.began[place])] if mine else ""
            row = {"region": setting.units["unit"][place], "name": setting.units["name"][place]}
            row |= {"group": "treated" if mine else "comparison", "start": began}
            yield {**row, **self._sides(place, start), **_said("reason", setting.reasons[place])}

    def _sides(self, place: int, start: int) -> Row:
        value, per = self.setting.sides(*self.setting.windows(start))
        before = self.times * float(value.before[place] / per.before[place])
        after = self.times * float(value.after[place] / per.after[place])
        change = 100 * (after / before - 1) if self.ratio and before > 0 else math.nan if self.ratio else after - before
        pre, post = int(value.pre[place]), int(value.post[place])
        return {"pre": pre, "post": post, "before": before, "after": after, "change": change}

    def path(self) -> Iterator[Row]:
        """Means of both groups by period, and on which side each period is."""
        if self.found is None:
            return
        starts = [c.start for c in self.found.cohorts]
        t = len(self.setting.periods)
        for event in range(max(-s for s in starts), min(t - s for s in starts)):
            at = [s + event for s in starts]
            means = [self._means(c.places, c.changes.treated, i) for c, i in zip(self.found.cohorts, at, strict=True)]
            treated, comparison = self.times * (self.found.share @ np.array(means))
            period = self.setting.periods[at[0]] if len(starts) == 1 else ""
            row = {"event_time": event, "period": period, "side": self._side(starts[0], at[0])}
            yield {**row, "treated": float(treated), "comparison": float(comparison)}

    def _means(self, places: IntArray, treated: BoolArray, at: int) -> tuple[float, float]:
        y, per = self.setting.y[places, at], self.setting.per[places, at]
        told = np.isfinite(y) & np.isfinite(per) & (per > 0)
        mine, theirs = (self._mean(y[told & g], per[told & g]) for g in (treated, ~treated))
        return mine, theirs

    def _mean(self, y: FloatArray, per: FloatArray) -> float:
        if len(y) == 0:
            return math.nan
        return float(y.sum() / per.sum()) if self.ratio else float(np.mean(y / per))

    def _side(self, start: int, at: int) -> str:
        before, after = self.setting.windows(start)
        if self.setting.partial[at]:
            return "partial"
        return "before" if before[at] else "after" if after[at] else "outside"

    def rows_of_checks(self) -> Iterator[Row]:
        """One row a check."""
        for c in self.checks:
            row = {"check": c.check, "outcome": c.outcome, "value": c.value, "limit": c.limit}
            yield {**row, **_said("said", c.said)}

    def sensitivity(self) -> Iterator[Row]:
        """The difference with one region left out, the farthest off first."""
        middle = self.found.apart.estimate if self.found is not None else 0.0
        for place, value in sorted(self.without, key=lambda one: (-abs(one[1] - middle), one[0])):
            units = self.setting.units
            group = "treated" if self.setting.treated[place] else "comparison"
            yield {
                "region": units["unit"][place],
                "name": units["name"][place],
                "group": group,
                "difference": self._told(value),
            }

    def facts(self) -> Iterator[Fact]:
        """Single figures."""
        step, setting = self.step, self.setting
        yield Fact("outcome", self._title(step.outcome.variable))
        yield Fact("outcome_unit", self._unit())
        yield Fact("scale", "ratio" if self.ratio else "difference")
        yield Fact("treatment", step.treatment.title or self._title(step.treatment.variable or "") or N_("policy"))
        yield Fact("comparison", step.comparison if isinstance(step.comparison, str) else "named")
        yield Fact("treated", int(setting.treated.sum()), "areas")
        yield Fact("used", int(setting.used.sum()), "areas")
        yield Fact("compared", int(setting.beside.sum()), "areas")
        yield Fact("dropped", int((setting.compared & ~setting.treated & ~setting.beside).sum()), "areas")
        if step.per is not None:
            yield Fact("per", self._title(step.per))
        yield from self._periods()
        yield Fact("verdict", self.verdict)
        if self.found is not None:
            yield from self._differences(self.found)

    def _periods(self) -> Iterator[Fact]:
        setting = self.setting
        starts = setting.starts
        yield Fact("starts", len(starts))
        if not starts:
            return
        labels = np.array(setting.periods)
        began = setting.began[setting.used]
        yield Fact("first_start", str(labels[began.min()]))
        yield Fact("last_start", str(labels[began.max()]))
        before, after = setting.windows(starts[0])
        for name, side in (("before", before), ("after", after)):
            yield Fact(f"periods_{name}", int(side.sum()), "periods")
            yield Fact(f"first_{name}", str(labels[side][0]))
            yield Fact(f"last_{name}", str(labels[side][-1]))
        if setting.partial.any():
            yield Fact("partial", ", ".join(labels[setting.partial]))
        if self.found is not None and self.panel.span in SEASONS:
            yield Fact("seasons", self.found.cohorts[0].seasons)
        yield Fact("effect_possible", int(self._effect_possible(int(before.sum()))))

    def _effect_possible(self, pre: int) -> bool:
        """Whether the step `effect` has a design that could be tried here."""
        used, never = int(self.setting.used.sum()), int((~self.setting.treated).sum())
        donors = DONORS if used == 1 else SETS_DONORS
        many = used >= FEW and pre >= PRE["group_time"]
        return many or (pre >= PRE["synthetic_control"] and never >= donors)

    def _differences(self, found: Comparison) -> Iterator[Fact]:
        yield self._difference("difference", found.apart)
        yield Fact("difference_unit", self._change_unit())
        yield Fact("interval_by", found.apart.by)
        if math.isfinite(found.apart.p):
            yield Fact("p", found.apart.p)
        yield Fact("sets", found.apart.sets)
        if self.before is not None and math.isfinite(self.before.apart.p):
            yield self._difference("difference_before", self.before.apart)
            yield Fact("p_before", self.before.apart.p)

    def _difference(self, name: str, apart: Apart) -> Fact:
        low, high = (self._told(v) if math.isfinite(v) else None for v in (apart.low, apart.high))
        return Fact(name, self._told(apart.estimate), self._change_unit(), low, high)

    def cautions(self) -> Iterator[Message]:
        """What weakens the comparison without stopping it."""
        yield say(
            N_(
                "This is a comparison and no proof: whatever else happened in those regions in the same time is in the "
                "difference, too."
            )
        )
        yield from (c.said for c in self.checks if c.outcome in ("caution", "not_done"))
        if self.found is not None and self.found.apart.by == "spread":
            yield say(N_("The interval takes single regions to scatter alike, treated or not."))
        if self.step.comparison == "neighbours":
            yield say(N_("What happens in a region may spill over to its neighbours, which they are compared with."))
        if self.setting.ratio and not self.ratio:
            yield say(N_("A group has no cases at all on one side: differences are told instead of per cent."))

    def _told(self, change: float) -> float:
        return in_percent(change) if self.ratio else self.times * change

    def _change_unit(self) -> str:
        return "percent" if self.ratio else self._unit()

    def _title(self, name: str) -> str:
        rows = self.panel.dictionary[self.panel.dictionary["variable"] == name]
        return str(rows["title"].iloc[0] or name) if len(rows) else name

    def _unit(self) -> str:
        own = self._unit_of(self.step.outcome.variable)
        if self.step.per is None:
            return own
        per = f"{self.times:.0f} " if self.times > 1 else ""
        return f"{own}/{per}{self._unit_of(self.step.per)}"

    def _unit_of(self, name: str) -> str:
        rows = self.panel.dictionary[self.panel.dictionary["variable"] == name]
        return str(rows["unit"].iloc[0] or "") if len(rows) else ""


def _said(name: str, message: Message | None) -> Row:
    return message_columns(name, message) if message is not None else {name: "", f"{name}_values": "{}"}
