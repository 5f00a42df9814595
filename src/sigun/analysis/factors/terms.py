"""What stands in the model (모형의 항): factors and controls, each with its lag and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from sigun.analysis.factors.ancestry import Ancestry
from sigun.panel.regional.model import RegionPanel
from sigun.plan.steps.factors import FactorAnalysis

LEVELS = ("nation", "sido", "sigungu", "dong")
"""From the coarsest on."""


@dataclass(frozen=True)
class Term:
    """One column of the model."""

    id: str  # apt_price, apt_price.1: one period before the outcome
    variable: str
    lag: int
    title: str
    unit: str
    group: str
    expect: str  # + | - | ?
    kind: Literal["factor", "control"]
    level: str  # of the regions its values are told of
    repeated: bool  # one value for all regions of a larger one
    moved: bool  # the outcome itself moves it, so its card says
    shared: str  # titles of the denominators it shares with the outcome; "" where none
    contains: bool  # the outcome of the same period is part of it
    earlier: bool  # it is the outcome of an earlier period, or holds it

    def at(self, lag: int) -> Term:
        """The same column so many periods before the outcome; negative: after it."""
        return replace(self, id=term_id(self.variable, lag), lag=lag)


def term_id(variable: str, lag: int) -> str:
    """The name of a column of the model.

    >>> term_id("price", 0), term_id("price", 2), term_id("price", -1)
    ('price', 'price.2', 'price.after1')
    """
    return f"{variable}.after{-lag}" if lag < 0 else f"{variable}.{lag}" if lag else variable


def terms_of(step: FactorAnalysis, panel: RegionPanel) -> tuple[Term, ...]:
    """Factors at their main lag in the plan's order, then controls."""
    ancestry = Ancestry(panel.asked, panel.cards)
    factors = [
        replace(_term(name, group.lag[0], step, panel, ancestry), group=group.group, expect=group.expect)
        for group in step.factors
        for name in group.variables
    ]
    controls = [replace(_term(name, 0, step, panel, ancestry), kind="control") for name in step.controls]
    return (*factors, *controls)


def _term(name: str, lag: int, step: FactorAnalysis, panel: RegionPanel, ancestry: Ancestry) -> Term:
    outcome = step.outcome.variable
    row = panel.dictionary.set_index("variable").loc[name]
    level = str(row["level"])
    inside = bool(ancestry.counted(outcome) & ancestry.parts(name))
    earlier = inside and (lag > 0 or ancestry.before(name))
    shared = _shared(name, outcome, ancestry)
    return Term(
        id=term_id(name, lag),
        variable=name,
        lag=lag,
        title=str(row["title"]),
        unit=str(row["unit"]),
        group="",
        expect="?",
        kind="factor",
        level=level,
        repeated=_coarser(level, panel.asked.unit),
        moved=ancestry.moved_by(name, outcome),
        shared=", ".join(_title(key, panel, ancestry) for key in sorted(shared)),
        contains=inside and not earlier,
        earlier=earlier,
    )


def _shared(name: str, outcome: str, ancestry: Ancestry) -> frozenset[str]:
    """Denominators of the outcome that the column is divided by, or that it is itself."""
    return ancestry.denominators(outcome) & (ancestry.denominators(name) | ancestry.itself(name))


def _coarser(level: str, unit: str) -> bool:
    return level in LEVELS and unit in LEVELS and LEVELS.index(level) < LEVELS.index(unit)


def _title(key: str, panel: RegionPanel, ancestry: Ancestry) -> str:
    names = dict(zip(panel.dictionary["variable"], panel.dictionary["title"], strict=True))
    return next((str(title) for name, title in names.items() if ancestry.key(str(name)) == key), key)
