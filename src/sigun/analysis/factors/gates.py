"""What cannot be answered (관문): before anything is estimated, every reason and every remedy at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sigun.analysis.factors.sample import Sample
from sigun.analysis.factors.terms import Term
from sigun.analysis.factors.wide import OUTCOME, Wide
from sigun.analysis.regression.observations import Observations
from sigun.analysis.resampling.rows import Effects, ready_rows
from sigun.analysis.statistics.arrays import FloatArray
from sigun.errors import MethodError
from sigun.text import N_, Message, say

ROUNDING = 1e-13  # share of a column's own size that rounding may leave of nothing
LEFT = 1e-7  # share of a column's length that must be left once effects and other columns are taken out
WHERE = N_("factor analysis")


@dataclass(frozen=True)
class NotTestable:
    """A factor of which these data cannot tell, and why."""

    term: Term
    reason: Message


def by_making(terms: Sequence[Term]) -> Iterator[NotTestable]:
    """Factors tied to the outcome by arithmetic: whatever they show is made by the making."""
    for term in terms:
        if term.kind == "control":
            continue
        if term.contains:
            said = N_("The outcome of the same period is part of it: the two move together by arithmetic.")
            yield NotTestable(term, say(said))
        elif term.shared:
            said = N_(
                "It shares a denominator with the outcome ({names}): when that moves, both move, whatever else "
                "happens. Ask for the count itself as the outcome, with `exposure`, or for the factor's numerator."
            )
            yield NotTestable(term, say(said, names=term.shared))


def by_absence(wide: Wide, terms: Sequence[Term]) -> Iterator[NotTestable]:
    """Factors nowhere observed where the outcome is."""
    known = np.isfinite(wide.frame[OUTCOME].to_numpy(float))
    for term in terms:
        told = known & np.isfinite(wide.frame[term.id].to_numpy(float))
        if not told.any():
            yield NotTestable(term, say(N_("It is observed nowhere together with the outcome.")))


def by_outcome(sample: Sample) -> Iterator[NotTestable]:
    """Factors that are the outcome itself, only told in another unit."""
    y = sample.obs.y - sample.obs.y.mean()
    for term, column in zip(sample.terms, sample.obs.x.T, strict=True):
        x = column - column.mean()
        size = float(np.sqrt((x @ x) * (y @ y)))
        if size > 0 and abs(float(x @ y)) > (1 - LEFT) * size:
            yield NotTestable(term, say(N_("It is the outcome itself, told in another unit.")))


def by_variation(obs: Observations, terms: Sequence[Term], effects: Effects) -> Iterator[NotTestable]:
    """Columns of which nothing is left once effects and the columns before are taken out.

    Controls come first: a factor that repeats a control is told as such, and of two like factors the first is kept.
    """
    rows = ready_rows(obs, effects)
    kept: list[int] = []
    order = sorted(range(len(terms)), key=lambda i: (terms[i].kind != "control", i))
    rounding = ROUNDING * np.linalg.norm(obs.x, axis=0)
    for i in order:
        left = _left(rows.x[:, i], rows.x[:, kept])
        if np.linalg.norm(rows.x[:, i]) <= max(LEFT * rows.before[1 + i], rounding[i]):
            yield NotTestable(terms[i], _never_changes(obs, i, effects))
        elif left <= LEFT * rows.before[1 + i]:
            like = _most_like(rows.x[:, i], rows.x[:, kept])
            yield NotTestable(terms[i], _repeats([terms[kept[j]] for j in like]))
        else:
            kept.append(i)


def refusals(sample: Sample, outcome: str) -> Iterator[MethodError]:
    """Why the whole question has no answer with these rows."""
    obs = sample.obs
    where = say(N_("factor analysis, outcome {name}"), name=outcome)
    if len(obs.y) == 0:
        yield MethodError(
            say(N_("No region has the outcome and all factors of one model observed together in two periods.")),
            where,
            say(N_("Add the missing tables, take out the factor with the most gaps, or write `together: one`.")),
        )
        return
    if len(sample.regions) < 2:
        yield MethodError(
            say(
                N_("Only one region is observed: with one region, what it always was and what moved it look the same.")
            ),
            where,
            say(N_("Add regions, or take out the factor that is observed in one region only.")),
        )
    if float(np.ptp(obs.y)) == 0:
        yield MethodError(
            say(N_("The outcome is the same everywhere and always: there is nothing to explain.")),
            where,
            say(N_("Check the outcome's column in its card, or name another outcome.")),
        )
    yield from _too_many(sample, where)


def nothing_left(refused: Iterable[NotTestable], outcome: str) -> Iterator[MethodError]:
    """Each factor's reason, where no factor is left to ask of."""
    for one in refused:
        yield MethodError(
            say(N_("{title} cannot be tested: {reason}"), title=one.term.title, reason=str(one.reason)),
            say(N_("factor analysis, outcome {name}"), name=outcome),
            say(N_("Name a factor that is told of the same regions and periods as the outcome, and is no part of it.")),
        )


def _too_many(sample: Sample, where: Message) -> Iterator[MethodError]:
    k, clusters = len(sample.terms), len(sample.regions)
    effects = clusters + sample.periods - 1 if sample.panel else 1
    if len(sample.regions) >= 2 and (k >= clusters - 1 or len(sample.obs.y) - effects - k < 1):
        said = N_(
            "{k} factors and controls are more than {regions} regions and {rows} rows carry: a line through them all "
            "fits whatever the data are."
        )
        yield MethodError(
            say(said, k=k, regions=clusters, rows=len(sample.obs.y)),
            where,
            say(N_("Name fewer factors, or write `together: one` so that each is asked by itself with the controls.")),
        )


def _left(column: FloatArray, others: FloatArray) -> float:
    if not others.shape[1]:
        return float(np.linalg.norm(column))
    scale = np.linalg.norm(others, axis=0)
    found = np.linalg.lstsq(others / scale, column, rcond=None)[0]
    return float(np.linalg.norm(column - others / scale @ found))


def _most_like(column: FloatArray, others: FloatArray) -> list[int]:
    """Places of the columns that make it up: those with a weight, the heaviest first, at most three."""
    scale = np.linalg.norm(others, axis=0)
    weight = np.abs(np.linalg.lstsq(others / scale, column, rcond=None)[0])
    return [int(j) for j in np.argsort(-weight, kind="stable")[:3] if weight[j] > 1e-6 * weight.max()]


def _never_changes(obs: Observations, i: int, effects: Effects) -> Message:
    if float(np.ptp(obs.x[:, i])) == 0:
        return say(N_("It has one and the same value everywhere and always."))
    if effects in ("pooled", "within_region"):
        return say(
            N_("It never changes inside a region: only regions can be compared by it, not what happens in them.")
        )
    region = ready_rows(obs, "within_region")
    if np.linalg.norm(region.x[:, i]) <= LEFT * region.before[1 + i]:
        return say(
            N_("It never changes inside a region: only regions can be compared by it, not what happens in them.")
        )
    said = N_("It moves alike in all regions: nothing tells it from whatever else happened everywhere in that period.")
    return say(said)


def _repeats(like: Sequence[Term]) -> Message:
    said = N_("It repeats {names}: the two cannot be told apart here. What is said of that holds for both together.")
    return say(said, names=", ".join(t.title for t in like))
