"""Sorting the factors (요인 판정): by rules said beforehand, each verdict with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sigun.analysis.factors.inference import Told
from sigun.analysis.factors.terms import Term
from sigun.text import N_, Message, say

Verdict = Literal["holds", "between_only", "unstable", "unseen", "not_testable"]
VERDICTS: tuple[Verdict, ...] = ("holds", "between_only", "unstable", "unseen", "not_testable")
"""지역 안에서도 확인 · 지역 간 차이로만 · 불안정 · 확인되지 않음 · 이 자료로 검정 불가"""

ALPHA = 0.05
LEANS = 0.2  # p that each of levels and changes must at least reach where they answer together
MOVED = N_(
    "It goes with the outcome, but its card says that the outcome moves it: these data do not tell the direction."
)
LED = N_("Its value after the outcome goes with the outcome as much or the other way: it may be led by it.")
COURSE = N_(
    "Without effects of periods it goes with the outcome; with them nothing clear is left: what it showed cannot be "
    "told from the common course over time."
)
SAME_SIGN = 0.8  # share of the specifications that must agree with the main one


@dataclass(frozen=True)
class Find:
    """A coefficient, and whether it counts as a find among all that were tried with its estimator."""

    told: Told  # by the estimator that carries it
    estimator: str
    p: float  # of the question, by all its estimators
    q: float
    found: bool
    agreed: bool  # whether all its estimators point the same way
    faintest: float  # the largest p of its estimators

    @property
    def sign(self) -> int:
        """−1 or 1."""
        return 1 if self.told.estimate >= 0 else -1


@dataclass(frozen=True)
class Evidence:
    """All that is known of one factor before it is judged."""

    term: Term
    refused: Message | None  # why it cannot be tested, where a gate says so
    main: Find | None
    between: Find | None
    pooled: Find | None
    without_periods: Find | None  # region effects alone
    vif: float
    vif_max: float
    lead: Told | None  # its value after the outcome, beside the main one
    same_sign: float | None  # share of the specifications
    joint_p: float | None  # of all specifications together, no effect in any
    left_out: tuple[float, float] | None  # lowest and highest estimate with one region left out
    panel: bool


def judge(e: Evidence) -> tuple[Verdict, Message]:
    """The verdict, and the one reason it rests on."""
    if e.refused is not None:
        return "not_testable", e.refused
    if e.main is None:
        return "not_testable", say(N_("The model has too few rows left to tell it."))
    if e.main.told.moved:
        return "not_testable", _few(e.main.told)
    if not e.panel:
        return _of_one_period(e.main)
    return _found(e) if e.main.found else _not_found(e)


def notes(e: Evidence) -> Iterator[Message]:
    """What else a reader of that verdict must know."""
    if e.main is None or not e.panel:
        return
    verdict, reason = judge(e)
    if e.term.moved and reason.template != MOVED:
        yield say(N_("The outcome itself moves it, so its card says: which of the two moves the other is not told."))
    if e.between is not None and e.between.found and verdict == "holds" and e.between.sign != e.main.sign:
        yield say(N_("Between regions it points the other way than inside them."))
    without = e.without_periods
    if without is not None and without.found and without.sign != e.main.sign and reason.template != COURSE:
        yield say(N_("Without effects of periods it points the other way: that is the common course over time."))
    if e.lead is not None and e.lead.p < ALPHA and reason.template != LED:
        yield say(
            N_("Its value after the outcome goes with the outcome too: the outcome, or what moves both, may lead.")
        )
    if e.main.found and e.term.expect in "+-" and e.main.sign != (1 if e.term.expect == "+" else -1):
        yield say(N_("The plan expected the other sign."))
    if e.term.repeated:
        yield say(N_("One value stands for all regions of a larger one: only so many clusters tell of it."))


def _found(e: Evidence) -> tuple[Verdict, Message]:
    assert e.main is not None
    weak = next(_weaknesses(e, e.main), None)
    if weak is not None:
        return weak
    said = N_("It moves with the outcome inside regions, in nearly all specifications, and rests on no single region.")
    return "holds", say(said)


def _weaknesses(e: Evidence, main: Find) -> Iterator[tuple[Verdict, Message]]:
    """Why a find does not hold, the gravest first."""
    if e.term.moved:
        yield "not_testable", say(MOVED)
    if e.term.earlier:
        yield (
            "not_testable",
            say(N_("It holds the outcome of an earlier period: it tells of persistence, of no factor.")),
        )
    if not main.agreed:
        yield "unstable", say(N_("In levels and in changes from period to period it points different ways."))
    if main.faintest >= LEANS:
        said = N_("Only one of levels and changes from period to period sees it (the other: p = {p}).")
        yield "unstable", say(said, p=round(main.faintest, 2))
    if e.vif > e.vif_max:
        said = N_("Other factors tell nearly all of it (VIF {vif}): its sign must not be read.")
        yield "unstable", say(said, vif=round(e.vif, 1))
    if e.lead is not None and e.lead.p < ALPHA and _opposes(e.lead.estimate, main.told.estimate):
        yield "unstable", say(LED)
    if e.same_sign is not None and e.same_sign < SAME_SIGN:
        said = N_("Its sign depends on the specification: {share} per cent agree with the main one.")
        yield "unstable", say(said, share=round(100 * e.same_sign))
    if e.joint_p is not None and e.joint_p >= ALPHA:
        said = N_("Over all specifications together, chance alone gives as much (p = {p}).")
        yield "unstable", say(said, p=round(e.joint_p, 3))
    if e.left_out is not None and min(e.left_out) < 0 < max(e.left_out):
        yield "unstable", say(N_("Leaving out a single region turns its sign."))


def _not_found(e: Evidence) -> tuple[Verdict, Message]:
    if e.without_periods is not None and e.without_periods.found:
        return "unstable", say(COURSE)
    if e.between is not None and e.between.found:
        said = N_("Regions that differ in it differ in the outcome; inside regions nothing clear was seen.")
        return "between_only", say(said)
    if e.pooled is not None and e.pooled.found:
        said = N_(
            "Only when regions and periods are thrown together does it go with the outcome: neither between regions "
            "nor inside them is it clear."
        )
        return "unstable", say(said)
    said = N_(
        "Nothing clear was seen. That is no proof of no effect: one smaller than could be detected would be missed."
    )
    return "unseen", say(said)


def _of_one_period(main: Find) -> tuple[Verdict, Message]:
    if main.found:
        said = N_(
            "Regions that differ in it differ in the outcome; of one period, nothing can be said of change in them."
        )
        return "between_only", say(said)
    return "unseen", say(
        N_("Nothing clear was seen between regions; of one period, nothing can be said of change in them.")
    )


def _few(told: Told) -> Message:
    if np.isnan(told.p):
        said = N_("It moved in all of {n} regions: with so few nothing is left to compare with. Add regions.")
        return say(said, n=told.moved)
    said = N_(
        "It ever moved in {n} regions only: no error by clusters can be trusted with so few. By randomisation p = {p}. "
        "Ask for it with `method: effect`, which builds a comparison for such regions."
    )
    return say(said, n=told.moved, p=round(told.p, 3))


def _opposes(lead: float, main: float) -> bool:
    return lead * main < 0 or abs(lead) >= abs(main)
