"""The answer (답): what the first design that passed found, what the others say, or why nothing can be said.

A design that failed one of its checks is told with a description's words alone, whatever its figures.
"""

from __future__ import annotations

from collections.abc import Sequence

from sigun.report.blocks import FirstScreen, Tile
from sigun.report.evidence import Evidence, Row
from sigun.report.sections.effect.saying import STEP, claim_of, design_of, interval_of, sized, with_unit
from sigun.report.wording import Sentence, Value, claimed, sentence
from sigun.text import _


def first_screen(ev: Evidence) -> FirstScreen:
    """What the reader with four minutes reads, of a plan that asks for an effect and no factors."""
    return FirstScreen(tuple(summary(ev)), _tile(ev), None, tuple(_to_do(ev)))


def summary(ev: Evidence) -> list[Sentence]:
    """The answer in a few sentences."""
    if not ev.has(STEP):
        return [sentence(_("The effect could not be looked at with these data: see the points to bear in mind."))]
    rows = ev.rows(STEP, "designs")
    main = [r for r in rows if r["main"]]
    said = [_who(ev), *(_answer(ev, r) for r in main)]
    if not main:
        said += [_nothing(ev), *(unanswered(r) for r in rows[:2]), *_needed(rows[:1])]
    return [*said, *_others(rows)]


def in_brief(ev: Evidence) -> list[Sentence]:
    """The answer alone, for a first screen that tells of factors too."""
    if not ev.has(STEP):
        return summary(ev)
    rows = ev.rows(STEP, "designs")
    main = [_answer(ev, r) for r in rows if r["main"]]
    return main[:1] or [_nothing(ev), *(unanswered(r) for r in rows[:1])]


def _tile(ev: Evidence) -> Tile | None:
    main = next((r for r in ev.rows(STEP, "designs") if r["main"]), None)
    if main is None:
        return None
    return Tile(
        label=sentence(_("Estimated change of {outcome}"), outcome=ev.word(STEP, "outcome")),
        number=with_unit(main, "effect"),
        interval=interval_of(main),
        note=sentence(_("by {design}"), design=design_of(main)),
    )


def _to_do(ev: Evidence) -> list[Sentence]:
    failed = [r for r in ev.rows(STEP, "designs") if r["verdict"] == "not_answerable" and r["would_need"]]
    said = []
    if ev.number("coverage", "checks_failed"):
        said.append(sentence(_("Find out why the sums differ (table of failed checks) before using those columns.")))
    said += [
        sentence(_("To look at it by {design}, add: {data}"), design=design_of(r), data=r.message("would_need"))
        for r in failed[:1]
    ]
    if ev.number(STEP, "beside") == -1:
        said.append(
            sentence(_("Name outlines or a file of neighbours in the plan, so that spilling over can be looked at."))
        )
    return said


def _who(ev: Evidence) -> Sentence:
    known: dict[str, Value] = {
        "treatment": ev.word(STEP, "treatment"),
        "used": ev.fact(STEP, "used", "places"),
        "never": ev.fact(STEP, "never", "places"),
        "outcome": ev.word(STEP, "outcome"),
    }
    first, last = ev.text(STEP, "first_start"), ev.text(STEP, "last_start")
    if not ev.number(STEP, "used"):
        return sentence(_("{treatment}: no treated region can be looked at; {never} never had it."), **known)
    known |= {"first": ev.word(STEP, "first_start"), "last": ev.word(STEP, "last_start")}
    if first == last:
        return sentence(_("{treatment}: since {first} in {used}; {never} never had it. Looked at: {outcome}."), **known)
    return sentence(
        _("{treatment}: begun from {first} to {last} in {used}; {never} never had it. Looked at: {outcome}."),
        **known,
    )


def _answer(ev: Evidence, row: Row) -> Sentence:
    """What the design found, in the words its verdict allows."""
    known: dict[str, Value] = {
        "treatment": ev.word(STEP, "treatment"),
        "outcome": ev.word(STEP, "outcome"),
        "effect": sized(row),
        "design": design_of(row),
    }
    claim = claim_of(row)
    if row["verdict"] == "raised":
        said = _(
            "{treatment} is estimated to have changed {outcome} upwards: {effect} on average since the start ({design})."
        )
        return claimed(claim, said, **known)
    if row["verdict"] == "lowered":
        said = _(
            "{treatment} is estimated to have changed {outcome} downwards: {effect} on average since the start ({design})."
        )
        return claimed(claim, said, **known)
    if row["verdict"] == "not_seen":
        said = _(
            "No change of {outcome} by {treatment} can be seen: {effect} ({design}). A change below about {mde} would stay unseen with these data."
        )
        return claimed(claim, said, mde=with_unit(row, "mde"), **known)
    return unanswered(row)


def _nothing(ev: Evidence) -> Sentence:
    return sentence(
        _("Whether {treatment} changed {outcome} cannot be answered with these data."),
        treatment=ev.word(STEP, "treatment"),
        outcome=ev.word(STEP, "outcome"),
    )


def unanswered(row: Row) -> Sentence:
    return claimed(
        "description", _("Not answerable by {design}: {reason}"), design=design_of(row), reason=row.message("reason")
    )


def _needed(rows: Sequence[Row]) -> list[Sentence]:
    return [sentence(_("What would answer: {data}"), data=r.message("would_need")) for r in rows if r.get("would_need")]


def _others(rows: Sequence[Row]) -> list[Sentence]:
    """The designs beside the main one: what they say, or why they say nothing."""
    if not any(r["main"] for r in rows):
        return []
    said = []
    for row in rows:
        if row["main"]:
            continue
        said.append(_beside(row))
    passed = {str(r["verdict"]) for r in rows} - {"not_answerable"}
    if len(passed) > 1:
        said.append(
            sentence(
                _(
                    "The designs do not say the same: the first in the plan's order stands, chosen before anything was found."
                )
            )
        )
    return said


def _beside(row: Row) -> Sentence:
    """A design that is not the main one."""
    known: dict[str, Value] = {"design": design_of(row)}
    if row["verdict"] == "not_answerable":
        return unanswered(row)
    if row["verdict"] == "not_seen":
        return claimed(
            claim_of(row), _("Another design, {design}, sees no change: {effect}."), effect=sized(row), **known
        )
    return claimed(claim_of(row), _("Another design, {design}, estimates {effect}."), effect=sized(row), **known)
