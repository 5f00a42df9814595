"""Who was treated since when (시행 시점): from the panel and the plan to the arrays that every design is given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np
import pandas as pd

from sigun.analysis.effect.policy import NEVER, Policy
from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray
from sigun.errors import MethodError, require
from sigun.panel.regional.model import RegionPanel
from sigun.panel.regional.span import written
from sigun.plan.steps.effect import Effect
from sigun.region.spelling import ALIASES
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
    _require_columns(step, panel)
    units = panel.units.sort_values("unit", ignore_index=True)
    periods = pd.Index(np.sort(panel.frame["period"].unique()))
    if len(units) < 2 or len(periods) < 2:
        raise MethodError(
            say(N_("An effect needs at least two regions and two periods.")),
            say(WHERE),
            say(N_("Widen `time` or `within` in the plan.")),
        )
    wide = _Wide(panel, units["unit"], periods)
    y = _outcome(step, wide)
    labels = tuple(written(p, panel.span) for p in periods)
    start, unknown = _starts(step, wide, units, labels)
    x = np.stack([wide.of(name) for name in step.controls], axis=2) if step.controls else np.empty((*y.shape, 0))
    return _usable(step, panel, units, labels, Policy(y, start, x, *_window(step)), unknown)


def _window(step: Effect) -> tuple[int, int | None, int | None]:
    return step.anticipation, step.window.before, step.window.after


def _require_columns(step: Effect, panel: RegionPanel) -> None:
    known = panel.asked.ids()
    require(
        MethodError(
            say(N_("The panel has no column “{name}”."), name=name),
            say(WHERE),
            say(N_("Columns of the panel: {names}"), names=", ".join(get_close_matches(name, known, 3, 0.4) or known)),
        )
        for name in step.variables()
        if name not in known
    )


@dataclass(frozen=True)
class _Wide:
    """The panel's columns as arrays."""

    panel: RegionPanel
    regions: pd.Series[str]
    periods: pd.Index

    def of(self, name: str) -> FloatArray:
        """(n, t) one column."""
        table = self.panel.frame.pivot(index="region", columns="period", values=name)
        return np.asarray(table.reindex(index=self.regions, columns=self.periods).to_numpy(float))


def _outcome(step: Effect, wide: _Wide) -> FloatArray:
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


def _starts(step: Effect, wide: _Wide, units: pd.DataFrame, labels: Sequence[str]) -> tuple[IntArray, BoolArray]:
    """First treated period of each region, and whether it cannot be known."""
    if step.treatment.variable is None:
        return _listed(step, units, labels), np.zeros(len(units), dtype=bool)
    value = wide.of(step.treatment.variable)
    on = value > step.treatment.above  # NaN is not above
    start = np.where(on.any(axis=1), on.argmax(axis=1), NEVER).astype(np.int64)
    before = np.arange(len(labels)) < start[:, None]
    return start, np.asarray((np.isnan(value) & before).any(axis=1))


def _listed(step: Effect, units: pd.DataFrame, labels: Sequence[str]) -> IntArray:
    known = _spellings(units)
    start = np.full(len(units), NEVER, dtype=np.int64)
    wrong = []
    for said, first in step.treatment.starts.items():
        places = known.get(said.strip(), [])
        at = place_of(str(first), labels)
        if len(places) == 1 and at is not None:
            start[places[0]] = at
        else:
            wrong.append(_not_found(said, str(first), places, known, units))
    require(wrong)
    return start


def _not_found(
    said: str, first: str, places: list[int], known: dict[str, list[int]], units: pd.DataFrame
) -> MethodError:
    where = say(N_("plan, steps.effect.treatment.starts: {name}"), name=said)
    if not places:
        near = get_close_matches(said, sorted(known), 3, 0.5)
        remedy = N_("Write its name with its 시도, or its code. Near: {names}")
        return MethodError(
            say(N_("The panel has no region “{name}”."), name=said), where, say(remedy, names=", ".join(near) or "-")
        )
    if len(places) > 1:
        fulls = ", ".join(units["full"].iloc[places])
        return MethodError(
            say(N_("“{name}” is the name of several regions."), name=said),
            where,
            say(N_("Write which: {names}"), names=fulls),
        )
    return MethodError(
        say(N_("“{start}” is no period."), start=first), where, say(N_("Write 2015, 2015-03 or 2015-Q2."))
    )


def _spellings(units: pd.DataFrame) -> dict[str, list[int]]:
    """Every way a region may be written -> its places."""
    known: dict[str, list[int]] = {}
    parts = units[["unit", "name", "full", "sido_name"]].astype("str").itertuples(index=False, name=None)
    for place, (unit, name, full, sido) in enumerate(parts):
        for spelt in {unit, name, full, f"{sido} {name}", f"{ALIASES.get(sido, sido)} {name}"}:
            known.setdefault(spelt.strip(), []).append(place)
    return known


def place_of(start: str, labels: Sequence[str]) -> int | None:
    """The place of the first period that is not before `start`; NEVER after the last; none where it is no period.

    >>> labels = ["2014", "2015", "2016"]
    >>> [place_of(s, labels) for s in ("2015", "2015-03", "2010", "2030", "soon")]
    [1, 1, 0, 1000000, None]
    >>> place_of("2015-05", ["2015-Q1", "2015-Q2"])
    1
    """
    key = _key(start)
    if not key:
        return None
    if "Q" in labels[0] and "Q" not in start and len(key) > 1:
        key = (key[0], (key[1] + 2) // 3)
    for place, label in enumerate(labels):
        if _key(label) >= key[: len(_key(label))]:
            return place
    return NEVER


def _key(period: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", period)))


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
