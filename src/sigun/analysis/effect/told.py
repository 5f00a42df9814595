"""The answers as tables (결과표): designs, checks, who was treated, single figures, what to bear in mind."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sigun.analysis.describe.quality import message_columns
from sigun.analysis.effect.answer import Answer, Row
from sigun.analysis.effect.setting import Setting
from sigun.analysis.effect.two_way import two_way_difference
from sigun.panel.regional.model import RegionPanel
from sigun.plan.steps.effect import Effect
from sigun.result import Fact
from sigun.text import N_, Message, say

F, N, S, B = "float64", "int64", "str", "bool"
COLUMNS: dict[str, dict[str, str]] = {
    "designs": {
        "design": S, "order": N, "main": B, "verdict": S, "estimate": F, "se": F, "low": F, "high": F, "p": F,
        "p_kind": S, "effect": F, "effect_low": F, "effect_high": F, "effect_unit": S, "mde": F, "treated": N,
        "comparison": N, "cohorts": N, "pre": N, "post": N, "reason": S, "reason_values": S, "would_need": S,
        "would_need_values": S,
    },
    "checks": {
        "design": S, "check": S, "outcome": S, "value": F, "limit": F, "said": S, "said_values": S, "would_need": S,
        "would_need_values": S,
    },
    "treated": {
        "region": S, "name": S, "start": S, "pre": N, "post": N, "used": B, "reason": S, "reason_values": S,
    },
    "events": {
        "design": S, "event_time": N, "estimate": F, "se": F, "low": F, "high": F, "band_low": F, "band_high": F,
        "regions": N,
    },
    "two_way": {"design": S, "event_time": N, "estimate": F},
    "group_time": {
        "design": S, "cohort": S, "period": S, "event_time": N, "estimate": F, "se": F, "treated": N, "comparison": N,
    },
    "aggregates": {
        "design": S, "aggregation": S, "at": S, "estimate": F, "se": F, "low": F, "high": F, "regions": N,
    },
    "path": {"design": S, "event_time": N, "period": S, "observed": F, "synthetic": F},
    "weights": {"design": S, "treated": S, "region": S, "name": S, "weight": F},
    "period_weights": {"design": S, "cohort": S, "period": S, "weight": F},
    "placebos": {
        "design": S, "region": S, "name": S, "real": B, "estimate": F, "ratio": F, "pre_rmspe": F,
    },
    "sensitivity": {"design": S, "kind": S, "region": S, "name": S, "estimate": F},
}  # fmt: skip


def table(name: str, rows: Iterable[Row]) -> pd.DataFrame:
    """Rows as the table of that name."""
    columns = COLUMNS[name]
    return pd.DataFrame(list(rows), columns=list(columns)).astype(columns)


@dataclass(frozen=True)
class Told:
    """The answers as tables."""

    step: Effect
    panel: RegionPanel
    setting: Setting
    answers: Sequence[Answer]

    @property
    def main(self) -> Answer | None:
        """The first design of the plan's order that passed its checks."""
        return next((a for a in self.answers if a.verdict != "not_answerable"), None)

    def designs(self) -> Iterator[Row]:
        """One row a design, in order."""
        unit = "percent" if self.step.outcome.transform == "log" else self._unit()
        natural = in_percent if self.step.outcome.transform == "log" else float
        for order, a in enumerate(self.answers, 1):
            row = {name: getattr(a, name) for name in ("design", "verdict", "p_kind", *_FIGURES, *_COUNTS)}
            row |= {"order": order, "main": a is self.main, "effect_unit": unit}
            row |= {"effect": natural(a.estimate), "effect_low": natural(a.low), "effect_high": natural(a.high)}
            row["mde"] = natural(a.mde)
            failed = a.failed[0] if a.failed else None
            reason = failed.said if failed else say(N_("Nothing could be compared.")) if _empty(a) else None
            yield {**row, **_said("reason", reason), **_said("would_need", failed.would_need if failed else None)}

    def checks(self) -> Iterator[Row]:
        """One row a design and check."""
        for a in self.answers:
            for c in a.checks:
                row = {"design": a.design, "check": c.check, "outcome": c.outcome, "value": c.value, "limit": c.limit}
                yield {**row, **_said("said", c.said), **_said("would_need", c.would_need)}

    def treated(self) -> Iterator[Row]:
        """One row a region with the policy."""
        for t in self.setting.treated:
            row = {"region": t.region, "name": t.name, "start": t.start, "pre": t.pre, "post": t.post}
            yield {**row, "used": t.reason is None, **_said("reason", t.reason)}

    def facts(self) -> Iterator[Fact]:
        """Single figures."""
        step, setting, main = self.step, self.setting, self.main
        used = [t for t in setting.treated if t.reason is None]
        yield Fact("outcome", self._title(step.outcome.variable))
        yield Fact("outcome_unit", self._unit())
        yield Fact("transform", step.outcome.transform)
        yield Fact("treatment", self._treatment())
        yield Fact("comparison", step.comparison)
        yield Fact("anticipation", step.anticipation, "periods")
        yield Fact("treated", len(setting.treated), "areas")
        yield Fact("used", len(used), "areas")
        yield Fact("never", int((~setting.policy.treated).sum()), "areas")
        yield Fact("dropped", setting.dropped, "areas")
        yield Fact("cohorts", len({t.start for t in used}))
        yield Fact("periods", len(setting.periods), "periods")
        yield Fact("first", setting.periods[0])
        yield Fact("last", setting.periods[-1])
        yield Fact("first_start", min((t.start for t in used), default=""))
        yield Fact("last_start", max((t.start for t in used), default=""))
        yield Fact("designs", len(self.answers))
        yield Fact("answered", sum(a.verdict != "not_answerable" for a in self.answers))
        yield Fact("verdict", main.verdict if main else "not_answerable")
        yield Fact("main", main.design if main else "")
        yield Fact("draws", step.draws, "draws")
        yield Fact("beside", int(setting.next_to_treated.sum()) if setting.next_to_treated is not None else -1, "areas")
        if self.panel.neighbours is not None:
            yield Fact("neighbours", self.panel.neighbours.hash)
        plain = two_way_difference(setting.policy)
        if math.isfinite(plain):
            yield Fact("two_way", in_percent(plain) if step.outcome.transform == "log" else plain)
        before = self._before()
        if math.isfinite(before):
            yield Fact("mean_before", before)

    def cautions(self) -> Iterator[Message]:
        """What weakens the answer without stopping it."""
        said = [c.said for a in self.answers for c in a.checks if c.outcome == "caution"]
        yield from (m for place, m in enumerate(said) if m not in said[:place])
        if self.main is not None:
            yield say(
                N_("The estimate holds only if the treated would have gone on like the others: no check can prove it.")
            )
        if any(a.p_kind == "welch" for a in self.answers) and len({t.start for t in self.setting.treated}) > 1:
            yield say(N_("Starts are staggered: later event times rest on fewer regions than earlier ones."))
        if any(c.check == "spillover" and c.outcome == "not_done" for a in self.answers for c in a.checks):
            yield say(N_("Whether it moved neighbouring regions, too, by people moving for instance, is open."))
        if self.step.controls and any(a.design in ("synthetic_control", "sdid") for a in self.answers):
            yield say(N_("Controls enter the designs by differences alone; synthetic paths go by the outcome itself."))

    def _title(self, name: str) -> str:
        rows = self.panel.dictionary[self.panel.dictionary["variable"] == name]
        return str(rows["title"].iloc[0] or name) if len(rows) else name

    def _unit(self) -> str:
        rows = self.panel.dictionary[self.panel.dictionary["variable"] == self.step.outcome.variable]
        return str(rows["unit"].iloc[0] or "") if len(rows) else ""

    def _treatment(self) -> str:
        said = self.step.treatment
        return said.title or (self._title(said.variable) if said.variable else N_("policy"))

    def _before(self) -> float:
        """Mean outcome of the treated regions in the period before their start, in its own unit."""
        policy = self.setting.policy
        mine = np.flatnonzero(policy.treated & (policy.start + policy.base >= 0))
        values = policy.y[mine, policy.start[mine] + policy.base]
        if len(values) == 0:
            return math.nan
        return float(np.mean(np.exp(values) if self.step.outcome.transform == "log" else values))


_FIGURES = ("estimate", "se", "low", "high", "p", "mde")
_COUNTS = ("treated", "comparison", "cohorts", "pre", "post")


def in_percent(log_difference: float) -> float:
    """A difference of logarithms as per cent.

    >>> round(in_percent(0.0953), 1)
    10.0
    """
    return 100 * math.expm1(log_difference)


def _empty(answer: Answer) -> bool:
    return not math.isfinite(answer.estimate)


def _said(name: str, message: Message | None) -> Row:
    return message_columns(name, message) if message is not None else {name: "", f"{name}_values": "{}"}
