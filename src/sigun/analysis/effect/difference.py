"""Designs by differences (집단별 효과, 사건연구): errors by region, or placebos where few regions were treated."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sigun.analysis.effect import gates
from sigun.analysis.effect.aggregate import (
    Mean,
    by_calendar,
    by_cohort,
    by_event_time,
    combined,
    mean_of,
    overall,
    simultaneous,
)
from sigun.analysis.effect.answer import FEW, Answer, Check, Row
from sigun.analysis.effect.group_time import Cell, Comparison, group_time
from sigun.analysis.effect.placebo import bound, one_sided, placebo_sets, rank_p, spread
from sigun.analysis.effect.policy import NEVER, Policy
from sigun.analysis.effect.setting import Setting
from sigun.analysis.effect.two_way import two_way_event_study
from sigun.analysis.statistics.arrays import FloatArray
from sigun.plan.steps.effect import Design, Effect

SEEN = 0.8416212335729143  # quantile of the normal distribution at 80 %: an effect seen four times in five


@dataclass(frozen=True)
class Paths:
    """What one run of group-time effects gives: the answer of this design, and the path by event time."""

    cells: tuple[Cell, ...]
    mean: Mean
    events: Mapping[int, Mean]
    middle: float  # mean event time behind the answer


@dataclass(frozen=True)
class Sure:
    """How sure the path and the answer are: the same shape whichever way it was found out."""

    se: float
    low: float
    high: float
    p: float
    mde: float
    bands: Mapping[int, tuple[float, float, float, float, float]]  # event time -> se, low, high, band low, band high
    pre_p: float  # NaN: nothing to test
    slope_p: float
    line_p: float  # one-sided: of what is left in the answer's direction when the path before is drawn on as a line


def difference(design: Design, step: Effect, setting: Setting, rng: np.random.Generator) -> Answer:
    """Run `group_time` or `event_study`."""
    policy, checks = setting.policy, gates.common(step, setting, design)
    found = paths(policy, step.comparison, design)
    if found is None:
        return Answer(design, checks=checks)
    few = int(policy.treated.sum()) < FEW
    sure = _by_placebos(found, policy, step, design, rng) if few else _by_regions(found, step, policy, rng)
    answer = Answer(
        design,
        found.mean.estimate,
        sure.se,
        sure.low,
        sure.high,
        sure.p,
        "placebo" if few else "welch",
        sure.mde,
        *_sizes(found, setting),
        checks=(*checks, *_before(sure)),
        tables=_tables(found, sure, setting, design),
    )
    if answer.found and not math.isnan(sure.line_p):
        answer = answer.checked(gates.line(sure.line_p))
    without = _without_neighbours(setting, step, design)
    beside = gates.spillover(answer.found, answer.estimate, without, answer.se, setting.next_to_treated is not None)
    return answer.checked(beside)


def paths(policy: Policy, comparison: Comparison, design: Design) -> Paths | None:
    """Group-time effects put together; none where no treated region can be compared since its start."""
    cells = group_time(policy, comparison)
    if not any(c.event_time >= 0 for c in cells):
        return None
    n = len(policy.start)
    events = by_event_time(cells, n)
    return Paths(cells, answer_of(cells, events, n, design), events, _middle(cells, events, n, design))


def answer_of(cells: Sequence[Cell], events: Mapping[int, Mean], n: int, design: Design) -> Mean:
    """Each region once, or each event time once."""
    if design == "group_time":
        return overall(cells, n)
    post = [m for e, m in events.items() if e >= 0]
    return combined(post, np.full(len(post), 1 / len(post)))


def _middle(cells: Sequence[Cell], events: Mapping[int, Mean], n: int, design: Design) -> float:
    if design == "event_study":
        return float(np.mean([e for e in events if e >= 0]))
    post = [c for c in cells if c.event_time >= 0]
    seen, times = np.zeros(n), np.zeros(n)
    for cell in post:
        seen[cell.treated] += 1
        times[cell.treated] += cell.event_time
    return float(np.mean(times[seen > 0] / seen[seen > 0]))


def _before(sure: Sure) -> list[Check]:
    if math.isnan(sure.pre_p):
        return []
    return [gates.pre_trend(sure.pre_p), *([] if math.isnan(sure.slope_p) else [gates.pre_slope(sure.slope_p)])]


def _pre(found: Paths, base: int) -> list[int]:
    """Event times before the start whose path is tested: those that half of the treated regions are seen in."""
    times = [e for e in found.events if e < base]
    return [e for e in times if 2 * found.events[e].regions >= found.mean.regions] or times


def _slope(found: Paths, times: Sequence[int], base: int) -> FloatArray:
    """How each event time enters the slope of the path before the start, the base period being zero by definition."""
    e = np.array([*times, base], dtype=np.float64)
    size = np.array([*(found.events[t].regions for t in times), found.mean.regions], dtype=np.float64)
    away = size * (e - np.average(e, weights=size))
    return np.asarray((away / (away @ e))[:-1], dtype=np.float64)


def _line(found: Paths, times: Sequence[int], base: int) -> FloatArray:
    """How each event time before enters what a line through them would have come to since the start."""
    e = np.array([*times, base], dtype=np.float64)
    size = np.array([*(found.events[t].regions for t in times), found.mean.regions], dtype=np.float64)
    ahead = found.middle - float(np.average(e, weights=size))
    return np.asarray((size / size.sum())[:-1] + ahead * _slope(found, times, base), dtype=np.float64)


def _line_rank(own: FloatArray, drawn: FloatArray, at: Sequence[int], share: FloatArray) -> float:
    """One-sided rank of the answer less the line, in the answer's direction."""
    return one_sided(float(own[0]), float(own[0] - share @ own[at]), drawn[:, 0] - drawn[:, at] @ share)


def _by_regions(found: Paths, step: Effect, policy: Policy, rng: np.random.Generator) -> Sure:
    """Errors by region (Welch), a band for all event times at once, the joint test of what was before."""
    from scipy.stats import t

    mean, base = found.mean, policy.base
    events = {e: m for e, m in found.events.items() if m.se > 0}
    pre = [e for e in _pre(found, base) if e in events]
    joint = simultaneous(list(events.values()), [events[e] for e in pre], step.draws, rng)
    slope, line = math.nan, math.nan
    if len(pre) > 1:
        slope = combined([events[e] for e in pre], _slope(found, pre, base)).p()
        drawn_on = combined([mean, *(events[e] for e in pre)], np.append(1.0, -_line(found, pre, base)))
        line = float(t.sf(np.sign(mean.estimate) * drawn_on.estimate / drawn_on.se, drawn_on.df))
    bands = {}
    for (e, m), half in zip(events.items(), joint.halves.tolist(), strict=True):
        bands[e] = (m.se, *m.interval(), m.estimate - half, m.estimate + half)
    low, high = mean.interval()
    mde = float(t.ppf(0.975, mean.df) + t.ppf(0.8, mean.df)) * mean.se
    return Sure(mean.se, low, high, mean.p(), mde, bands, joint.pre_p, slope, line)


def _by_placebos(found: Paths, policy: Policy, step: Effect, design: Design, rng: np.random.Generator) -> Sure:
    """The same of regions that never had it, taken for treated at the same starts."""
    times = list(found.events)
    drawn = _placebos(policy, step, design, times, rng)
    if len(drawn) == 0:
        return Sure(math.nan, math.nan, math.nan, math.nan, math.nan, {}, math.nan, math.nan, math.nan)
    own = np.array([found.mean.estimate, *(found.events[e].estimate for e in times)])
    error = np.maximum(np.array([spread(column) for column in drawn.T]), 1e-300)
    half = np.array([bound(column) for column in drawn.T])
    together = bound(np.abs(drawn[:, 1:] / error[1:]).max(axis=1)) * error
    bands = {
        e: (error[i], own[i] - half[i], own[i] + half[i], own[i] - together[i], own[i] + together[i])
        for i, e in enumerate(times, 1)
    }
    pre = _pre(found, policy.base)
    at = [times.index(e) + 1 for e in pre]
    joint = _largest(own[at] / error[at], drawn[:, at] / error[at]) if pre else math.nan
    share = _slope(found, pre, policy.base) if len(pre) > 1 else None
    slope = math.nan if share is None else rank_p(abs(float(share @ own[at])), np.abs(drawn[:, at] @ share))
    line = math.nan if share is None else _line_rank(own, drawn, at, _line(found, pre, policy.base))
    p = rank_p(abs(own[0]), np.abs(drawn[:, 0]))
    return Sure(error[0], own[0] - half[0], own[0] + half[0], p, half[0] + SEEN * error[0], bands, joint, slope, line)


def _largest(own: FloatArray, drawn: FloatArray) -> float:
    return rank_p(float(np.abs(own).max()), np.abs(drawn).max(axis=1))


def _placebos(
    policy: Policy, step: Effect, design: Design, times: Sequence[int], rng: np.random.Generator
) -> FloatArray:
    """(s, 1 + e) the answer and the path of each set of regions without the policy."""
    donors, starts = np.flatnonzero(~policy.treated), policy.start[policy.treated]
    if len(donors) < len(starts) + 2:
        return np.empty((0, 1 + len(times)))
    rows = []
    for chosen in placebo_sets(len(donors), len(starts), step.placebos, rng):
        start = np.full(len(policy.start), NEVER, dtype=np.int64)
        start[donors[chosen]] = starts
        as_if = paths(policy.starting(start, ~policy.treated), step.comparison, design)
        if as_if is not None and all(e in as_if.events for e in times):
            rows.append([as_if.mean.estimate, *(as_if.events[e].estimate for e in times)])
    return np.array(rows).reshape(len(rows), 1 + len(times))


def _sizes(found: Paths, setting: Setting) -> tuple[int, int, int, int, int]:
    """Treated, compared, cohorts, fewest periods before, most since the start."""
    used = [t for t in setting.treated if t.reason is None]
    compared = np.unique(np.concatenate([c.control for c in found.cells]))
    cohorts = len({c.cohort for c in found.cells})
    return found.mean.regions, len(compared), cohorts, min(t.pre for t in used), max(t.post for t in used)


def _without_neighbours(setting: Setting, step: Effect, design: Design) -> float | None:
    if setting.next_to_treated is None:
        return None
    keep = setting.policy.treated | ~setting.next_to_treated
    if int((keep & ~setting.policy.treated).sum()) < FEW:
        return None
    found = paths(setting.policy.starting(setting.policy.start, keep), step.comparison, design)
    return None if found is None else found.mean.estimate


def _tables(found: Paths, sure: Sure, setting: Setting, design: Design) -> dict[str, list[Row]]:
    return {
        "events": _event_rows(found, sure, setting.policy.base, design),
        "two_way": [
            {"design": design, "event_time": e, "estimate": b} for e, b in two_way_event_study(setting.policy).items()
        ],
        "group_time": [
            {
                "design": design,
                "cohort": setting.periods[c.cohort],
                "period": setting.periods[c.period],
                "event_time": c.event_time,
                "estimate": c.estimate,
                "se": mean_of([c], len(setting.regions)).se,
                "treated": len(c.treated),
                "comparison": len(c.control),
            }
            for c in found.cells
        ],
        "aggregates": list(_aggregates(found, setting, design)),
    }


def _event_rows(found: Paths, sure: Sure, base: int, design: Design) -> list[Row]:
    rows: list[Row] = [{"design": design, "event_time": base, "estimate": 0.0, "regions": found.mean.regions}]
    for e, m in found.events.items():
        se, low, high, band_low, band_high = map(_known, sure.bands.get(e, (math.nan,) * 5))
        band = {"se": se, "low": low, "high": high, "band_low": band_low, "band_high": band_high}
        rows.append({"design": design, "event_time": e, "estimate": m.estimate, "regions": m.regions, **band})
    return sorted(rows, key=lambda r: int(r["event_time"]))


def _known(value: float) -> float:
    return value if math.isfinite(value) else math.nan


def _aggregates(found: Paths, setting: Setting, design: Design) -> list[Row]:
    """The answer put together in each of the usual ways; errors by region, none where too few were treated."""
    n, few = len(setting.regions), found.mean.regions < FEW
    post = [c for c in found.cells if c.event_time >= 0]
    named: list[tuple[str, str, Mean]] = [("region", "", overall(found.cells, n)), ("simple", "", mean_of(post, n))]
    named.append(("dynamic", "", answer_of(found.cells, found.events, n, "event_study")))
    kinds: tuple[tuple[str, Callable[[Sequence[Cell], int], dict[int, Mean]]], ...] = (
        ("cohort", by_cohort),
        ("calendar", by_calendar),
    )
    for name, make in kinds:
        named += [(name, setting.periods[at], m) for at, m in make(found.cells, n).items()]
    rows = []
    for name, written, m in named:
        blank = few or not m.se > 0
        low, high = (math.nan, math.nan) if blank else m.interval()
        row = {"design": design, "aggregation": name, "at": written, "estimate": m.estimate}
        rows.append({**row, "se": math.nan if blank else m.se, "low": low, "high": high, "regions": m.regions})
    return rows
