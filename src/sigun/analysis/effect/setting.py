"""Who was treated since when (시행 시점): from the panel and the plan to the arrays that every design is given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sigun.analysis.effect.policy import Policy
from sigun.analysis.effect.starts import Wide, starts_of
from sigun.analysis.regional.columns import require_columns
from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray
from sigun.errors import MethodError
from sigun.panel.regional.model import RegionPanel
from sigun.panel.regional.span import written
from sigun.plan.steps.effect import Effect
from sigun.text import N_, Message, say

WHERE = N_("plan, steps.effect")


@dataclass(frozen=True)
class Setting:
    """The policy as arrays, and what they are called."""

    policy: Policy  # regions that can be used
    regions: tuple[str, ...]  # codes, in the order of the arrays
    names: tuple[str, ...]
    periods: tuple[str, ...]  # as written
    next_to_treated: BoolArray | None  # (n,) whether a region lies beside a treated one; none: not known
    treated: tuple[Told, ...]  # every region with the policy, used or not
    dropped: int  # regions without the policy that cannot be used


@dataclass(frozen=True)
class Told:
    """One region with the policy, and whether it can be looked at."""

    region: str
    name: str
    start: str  # period as written
    pre: int  # periods before the start with an outcome
    post: int  # from the start on
    reason: Message | None  # why it is left out; none: it is used


def setting_of(step: Effect, panel: RegionPanel) -> Setting:
    """The panel as this step looks at it.

    Raises
    ------
    MethodError
        A column or a region is not in the panel, the outcome never differs, or there is too little of it.
    """
    require_columns(step.variables(), panel, say(WHERE))
    units = panel.units.sort_values("unit", ignore_index=True)
    periods = pd.Index(np.sort(panel.frame["period"].unique()))
    if len(units) < 2 or len(periods) < 2:
        raise MethodError(
            say(N_("An effect needs at least two regions and two periods.")),
            say(WHERE),
            say(N_("Widen `time` or `within` in the plan.")),
        )
    wide = Wide(panel, units["unit"], periods)
    y = _outcome(step, wide)
    labels = tuple(written(p, panel.span) for p in periods)
    start, unknown = starts_of(step.treatment, wide, units, labels, step.method)
    x = np.stack([wide.of(name) for name in step.controls], axis=2) if step.controls else np.empty((*y.shape, 0))
    return _usable(step, panel, units, labels, Policy(y, start, x, *_window(step)), unknown)


def _window(step: Effect) -> tuple[int, int | None, int | None]:
    return step.anticipation, step.window.before, step.window.after


def _outcome(step: Effect, wide: Wide) -> FloatArray:
    y = wide.of(step.outcome.variable)
    if step.outcome.transform == "log":
        with np.errstate(divide="ignore", invalid="ignore"):
            y = np.where(y > 0, np.log(y), np.nan)
    if np.isfinite(y).sum() < 4 or np.nanmax(y) - np.nanmin(y) <= 1e-12 * max(1.0, float(np.nanmax(np.abs(y)))):
        raise MethodError(
            say(N_("The outcome “{name}” is not observed, or is the same everywhere."), name=step.outcome.variable),
            say(WHERE),
            say(N_("Name another outcome, or look at its table in the check of the data.")),
        )
    return y


def _usable(
    step: Effect, panel: RegionPanel, units: pd.DataFrame, labels: Sequence[str], policy: Policy, unknown: BoolArray
) -> Setting:
    """Leave out the regions of which nothing can be said, each with its reason."""
    told, keep = [], ~unknown & np.isfinite(policy.y).any(axis=1)
    for place in np.flatnonzero(policy.treated).tolist():
        start = int(policy.start[place])
        reason, pre, post = _reason(policy, place, bool(unknown[place]))
        keep[place] &= reason is None
        told.append(Told(units["unit"][place], units["name"][place], labels[start], pre, post, reason))
    beside = _beside(panel, units["unit"], policy.treated)
    return Setting(
        policy.starting(policy.start, keep),
        tuple(units["unit"][keep]),
        tuple(units["name"][keep]),
        tuple(labels),
        None if beside is None or step.spillover == "none" else beside[keep],
        tuple(told),
        int((~keep & ~policy.treated).sum()),
    )


def _reason(policy: Policy, place: int, unknown: bool) -> tuple[Message | None, int, int]:
    """Why a treated region cannot be used, and its periods with an outcome before and since the start."""
    seen = np.isfinite(policy.y[place])
    times = np.arange(len(seen)) - int(policy.start[place])
    pre, post = int(seen[times <= policy.base].sum()), int(seen[times >= 0].sum())
    base = times == policy.base
    if unknown:
        return say(N_("When it began is not known: the treatment is not observed before.")), pre, post
    if not base.any() or pre == 0:
        return say(N_("There is no period before the start.")), pre, post
    if not seen[base].all() or not seen[(times >= 0) & (times <= 0)].all():
        return say(N_("The outcome is not observed around the start.")), pre, post
    return None, pre, post


def _beside(panel: RegionPanel, order: pd.Series[str], treated: BoolArray) -> BoolArray | None:
    """Which regions have a treated neighbour."""
    if panel.neighbours is None:
        return None
    links = panel.neighbours.matrix([str(r) for r in order])
    return np.asarray((links @ treated.astype(float) > 0) | (links.T @ treated.astype(float) > 0)) & ~treated


def named(setting: Setting, places: IntArray) -> Iterator[tuple[str, str]]:
    """Code and name of regions by place."""
    return ((setting.regions[i], setting.names[i]) for i in places.tolist())
