"""Designs by a synthetic path (합성통제, 합성 이중차분): weighted regions instead of the treated ones without it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from sigun.analysis.effect import gates
from sigun.analysis.effect.answer import FEW, Answer, Check, Row
from sigun.analysis.effect.difference import SEEN
from sigun.analysis.effect.placebo import bound, one_sided, placebo_sets, rank_p, spread
from sigun.analysis.effect.policy import Policy
from sigun.analysis.effect.pool import Pool, pool_of
from sigun.analysis.effect.sdid import placebo_sdid, staggered_sdid
from sigun.analysis.effect.setting import Setting
from sigun.analysis.effect.synthetic import looked_at, placebo_test, synthetic_control, synthetic_gap
from sigun.analysis.effect.synthetic_tables import sdid_tables, synthetic_tables
from sigun.analysis.statistics.arrays import FloatArray, IntArray
from sigun.plan.steps.effect import Design, Effect

EARLIER = 6  # periods before the start from which a start can be put earlier
LEFT_OUT = 15  # regions of the comparison that are left out one by one, heaviest first


def _blank(design: Design, checks: tuple[Check, ...], lost: Check | None) -> Answer:
    return Answer(design, checks=checks if lost is None else (*checks, lost))


def _gaps(pool: Pool, policy: Policy, lost: int) -> Check | None:
    """Regions with gaps cannot be followed."""
    left = int(policy.treated.sum()) - len(pool.treated)
    return gates.gaps(left, lost - len(pool.donors), len(pool.treated), len(pool.donors))


def synthetic(step: Effect, setting: Setting, rng: np.random.Generator) -> Answer:
    """Run `synthetic_control`."""
    policy, checks = setting.policy, gates.common(step, setting, "synthetic_control")
    pool = pool_of(policy)
    lost = _gaps(pool, policy, int((~policy.treated).sum()))
    if len(pool.treated) == 0 or len(pool.donors) < 2 or not _long_enough(policy, pool):
        return _blank("synthetic_control", checks, lost)
    found = synthetic_control(policy, pool.treated, pool.donors)
    sets = _sets(pool, step, rng)
    test = placebo_test(found, sets)
    own = max(test.real.before, test.least)
    scaled = test.estimates / test.befores
    answer = _answer("synthetic_control", found.estimate, (bound(scaled) * own, spread(scaled) * own), pool, setting)
    answer = replace(answer, p=test.p, checks=(*checks, *([lost] if lost else [])))
    if answer.found:
        answer = answer.checked(gates.line(test.line_p))
    beside = float(np.median([f.before for f in test.placebos]))
    answer = answer.checked(*_same_slope(policy, pool, sets))
    answer = answer.checked(gates.fit(test.real.before, _between(policy, pool), beside))
    earlier = _earlier(policy, pool)
    if earlier is not None:
        again = synthetic_control(earlier, pool.treated, pool.donors)
        share = _going_on(answer, again.estimate, policy, pool)
        answer = answer.checked(gates.in_time(placebo_test(again, sets).p, share))

    def estimate(donors: IntArray) -> float:
        return _bare(policy, pool.treated, donors)

    weights = np.mean([g.weights for g in found.gaps], axis=0)
    answer, rows = _hanging(answer, setting, pool, weights, estimate)
    return replace(answer, tables={**synthetic_tables(found, pool, setting, sets, test), **rows})


def did_synthetic(step: Effect, setting: Setting, rng: np.random.Generator) -> Answer:
    """Run `sdid`."""
    policy, checks = setting.policy, gates.common(step, setting, "sdid")
    pool = pool_of(policy)
    lost = _gaps(pool, policy, int((~policy.treated).sum()))
    if len(pool.treated) == 0 or len(pool.donors) < len(pool.treated) + 2 or not _long_enough(policy, pool):
        return _blank("sdid", checks, lost)
    found = staggered_sdid(policy, pool.treated, pool.donors)
    sets = _sets(pool, step, rng)
    placebos, drawn_on = placebo_sdid(policy, pool.treated, pool.donors, sets).T
    answer = _answer("sdid", found.estimate, (bound(placebos), spread(placebos)), pool, setting)
    p = rank_p(abs(found.estimate), np.abs(placebos))
    answer = replace(answer, p=p, checks=(*checks, *([lost] if lost else [])))
    answer = answer.checked(*_same_slope(policy, pool, sets))
    if answer.found:
        answer = answer.checked(gates.line(one_sided(found.estimate, found.drawn_on, drawn_on)))
    earlier = _earlier(policy, pool)
    if earlier is not None:
        again = staggered_sdid(earlier, pool.treated, pool.donors).estimate
        before = np.abs(placebo_sdid(earlier, pool.treated, pool.donors, sets)[:, 0])
        answer = answer.checked(gates.in_time(rank_p(abs(again), before), _going_on(answer, again, policy, pool)))

    def estimate(donors: IntArray) -> float:
        return staggered_sdid(policy, pool.treated, donors).estimate

    size = np.array(found.sizes, dtype=np.float64)
    weights = np.average([p.region_weights for p in found.parts], axis=0, weights=size)
    answer, rows = _hanging(answer, setting, pool, weights, estimate)
    return replace(answer, tables={**sdid_tables(found, pool, setting, placebos, sets), **rows})


def _bare(policy: Policy, treated: IntArray, donors: IntArray) -> float:
    """The estimate of synthetic control alone, without its placebos."""
    total = []
    for unit in treated.tolist():
        start = int(policy.start[unit])
        total.append(synthetic_gap(looked_at(policy, unit, start), policy.y[donors].T, start, policy.base).post)
    return float(np.mean(total))


def _sets(pool: Pool, step: Effect, rng: np.random.Generator) -> IntArray:
    return placebo_sets(len(pool.donors), len(pool.treated), step.placebos, rng)


def _long_enough(policy: Policy, pool: Pool) -> bool:
    """Whether every treated region has two periods before and one after, for weights to be fitted at all."""
    for unit in pool.treated.tolist():
        times = policy.event_times(int(policy.start[unit]))
        if (times <= policy.base).sum() < 2 or not (times >= 0).any():
            return False
    return True


def _between(policy: Policy, pool: Pool) -> float:
    """Standard deviation of the outcome between regions, before the first start."""
    first = int(policy.start[pool.treated].min())
    rows = policy.y[np.append(pool.treated, pool.donors), :first]
    return float(np.sqrt(np.nanmean(np.nanvar(rows, axis=0))))


def _earlier(policy: Policy, pool: Pool) -> Policy | None:
    """The periods before the start alone, as if it had come in the last third of them."""
    starts = policy.start[pool.treated]
    pre = min(int((policy.event_times(int(s)) <= policy.base).sum()) for s in starts)
    if pre < EARLIER:
        return None
    later = max(2, pre // 3)
    start = policy.start.copy()
    start[pool.treated] = starts + policy.base + 1 - later
    before = None if policy.before is None else policy.before - later
    return Policy(policy.y, start, policy.x, 0, before, later)


def _same_slope(policy: Policy, pool: Pool, sets: IntArray) -> list[Check]:
    """Whether the treated drift away from the plain mean of the others before the start.

    A mix bends towards a few regions that drift among many that do not, and hides it. Of many treated regions the
    designs by differences tell; of a few this is the only look at the plain path.
    """
    if len(pool.treated) >= FEW:
        return []
    starts = policy.start[pool.treated]
    mean = policy.y[pool.donors].mean(axis=0)
    own = np.mean([_slope(policy, int(u), int(s), mean) for u, s in zip(pool.treated, starts, strict=True)])
    donors = np.array([[_slope(policy, int(u), int(s), mean) for s in starts] for u in pool.donors])
    drawn = np.array([np.mean([donors[j, k] for k, j in enumerate(row)]) for row in sets.tolist()])
    return [gates.pre_slope(rank_p(abs(float(own)), np.abs(drawn)))]


def _slope(policy: Policy, unit: int, start: int, mean: FloatArray) -> float:
    time = policy.event_times(start)
    time = time[time <= policy.base]
    away = time - time.mean()
    return float(away @ (policy.y[unit] - mean)[time + start] / (away @ away))


def _going_on(answer: Answer, before: float, policy: Policy, pool: Pool) -> float:
    """The share of what was found that a difference found with an earlier start would come to, if it had gone on.

    From the middle of what is fitted to the middle of what is compared is half the periods before with the earlier
    start, and half of all periods with the real one.
    """
    if not answer.found:
        return 0.0
    sides = [_sides(policy.event_times(int(s)), policy.base) for s in policy.start[pool.treated]]
    pre, post = sum(a for a, _ in sides), sum(b for _, b in sides)
    return float(before * (pre + post) / pre / answer.estimate)


def _sides(times: IntArray, base: int) -> tuple[int, int]:
    return int((times <= base).sum()), int((times >= 0).sum())


def _answer(design: Design, estimate: float, sure: tuple[float, float], pool: Pool, setting: Setting) -> Answer:
    half, error = sure
    used = [t for t in setting.treated if t.reason is None]
    low, high = (estimate - half, estimate + half) if math.isfinite(half) else (math.nan, math.nan)
    return Answer(
        design,
        estimate,
        error,
        low,
        high,
        math.nan,
        "placebo",
        half + SEEN * error if math.isfinite(half) else math.nan,
        len(pool.treated),
        len(pool.donors),
        len(np.unique(setting.policy.start[pool.treated])),
        min(t.pre for t in used),
        max(t.post for t in used),
    )


def _hanging(
    answer: Answer, setting: Setting, pool: Pool, weights: FloatArray, estimate: Callable[[IntArray], float]
) -> tuple[Answer, dict[str, list[Row]]]:
    """The estimate without each heavy donor, and without the neighbours of the treated."""
    rows: list[Row] = []
    heavy = [j for j in np.argsort(-weights, kind="stable")[:LEFT_OUT].tolist() if weights[j] > 0.01]
    for j in heavy:
        code, name = setting.regions[pool.donors[j]], setting.names[pool.donors[j]]
        value = estimate(np.delete(pool.donors, j))
        rows.append({"kind": "without_one", "region": code, "name": name, "estimate": value})
    if rows:
        values = [float(r["estimate"]) for r in rows]
        answer = answer.checked(gates.one_donor(answer.found, answer.estimate, min(values), max(values)))
    without = _without_neighbours(setting, pool, estimate)
    known = setting.next_to_treated is not None
    answer = answer.checked(gates.spillover(answer.found, answer.estimate, without, answer.se, known))
    if without is not None:
        rows.append({"kind": "without_neighbours", "region": "", "name": "", "estimate": without})
    return answer, {"sensitivity": [{"design": answer.design, **r} for r in rows]}


def _without_neighbours(setting: Setting, pool: Pool, estimate: Callable[[IntArray], float]) -> float | None:
    if setting.next_to_treated is None:
        return None
    far = pool.donors[~setting.next_to_treated[pool.donors]]
    return estimate(far) if len(far) >= FEW else None
