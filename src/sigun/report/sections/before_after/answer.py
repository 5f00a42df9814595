"""What a comparison before and after tells (전후비교의 답): in a few sentences, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping

from sigun.report.blocks import FirstScreen, Tile
from sigun.report.evidence import Evidence
from sigun.report.laying import teller
from sigun.report.measures import united
from sigun.report.sections.before_after.saying import (
    STEP,
    digits_of,
    fact_of,
    interval_of,
    mean_of,
    signed,
    signed_fact,
    size_of,
)
from sigun.report.wording import Sentence, Value, sentence
from sigun.text import N_, _

AMONG: Mapping[str, str] = {
    "rest": N_("all the other regions"),
    "neighbours": N_("the regions beside them"),
    "similar": N_("the regions most like them before the start, in level and slope"),
    "named": N_("the regions the plan names"),
}


def first_screen(ev: Evidence) -> FirstScreen:
    """What the reader with four minutes reads, of a plan that asks for a comparison before and after."""
    return FirstScreen(tuple(summary(ev)), _tile(ev), None, tuple(_to_do(ev)))


def summary(ev: Evidence) -> list[Sentence]:
    """The comparison in a few sentences."""
    if not ev.has(STEP):
        return [sentence(_("The comparison could not be made with these data: see the points to bear in mind."))]
    said = [_who(ev)]
    if ev.number(STEP, "difference") is None:
        return [*said, *_impossible(ev)]
    return [*said, _both(ev), _verdict(ev), *_before(ev), _no_proof(ev)]


def _who(ev: Evidence) -> Sentence:
    known: dict[str, Value] = {
        "treatment": ev.word(STEP, "treatment"),
        "used": ev.fact(STEP, "used", "areas"),
        "compared": ev.fact(STEP, "compared", "areas"),
        "which": Sentence((_(AMONG[ev.text(STEP, "comparison")]),)),
    }
    if not ev.number(STEP, "used"):
        return sentence(_("{treatment}: no region with a start can be looked at."), treatment=known["treatment"])
    known |= {"first": ev.word(STEP, "first_start"), "last": ev.word(STEP, "last_start")}
    if ev.text(STEP, "first_start") == ev.text(STEP, "last_start"):
        return sentence(_("{treatment}: begun in {first} in {used}; compared with {compared} ({which})."), **known)
    return sentence(
        _("{treatment}: begun from {first} to {last} in {used}; compared with {compared} ({which})."), **known
    )


def _impossible(ev: Evidence) -> list[Sentence]:
    failed = [r for r in ev.rows(STEP, "checks") if r["outcome"] == "fail"]
    return [Sentence((r.message("said"),)) for r in failed]


def _both(ev: Evidence) -> Sentence:
    """Levels before and after, and the change, of both groups."""
    rows = {str(r["group"]): r for r in ev.rows(STEP, "groups")}
    known: dict[str, Value] = {"outcome": ev.word(STEP, "outcome"), "mean": mean_of(ev)}
    for short, name in (("t", "treated"), ("c", "comparison")):
        digits = digits_of(rows.values())
        known |= {f"{short}_{side}": united(rows[name], side, "unit", "number", digits) for side in ("before", "after")}
        known[f"{short}_change"] = signed(rows[name])
    said = N_(
        "{outcome}, {mean}: from {t_before} to {t_after} where it began ({t_change}), from {c_before} to {c_after} in "
        "those compared ({c_change})."
    )
    return teller(ev, STEP)(_(said), **known)


def _verdict(ev: Evidence) -> Sentence:
    """What lies between the two changes, in the words its certainty allows."""
    row = fact_of(ev, "difference")
    known: dict[str, Value] = {"difference": size_of(row)}
    interval = interval_of(row)
    verdict = ev.text(STEP, "verdict")
    tell = teller(ev, STEP)
    if verdict == "not_told" or interval is None:
        said = N_(
            "Had they changed as those compared did, they would lie {difference} off; how sure that is cannot be told."
        )
        return tell(_(said), **known)
    known["interval"] = interval
    if verdict == "more":
        return tell(
            _("That is {difference} above where the change of those compared would put them ({interval})."), **known
        )
    if verdict == "less":
        return tell(
            _("That is {difference} below where the change of those compared would put them ({interval})."), **known
        )
    known["difference"] = signed_fact(row)
    said = N_("Against those compared the difference is {difference} ({interval}): it cannot be told from none.")
    return tell(_(said), **known)


def _before(ev: Evidence) -> list[Sentence]:
    """What the same comparison finds before anything began, where that speaks against it."""
    rows = [r for r in ev.rows(STEP, "checks") if r["check"] == "same_before" and r["outcome"] == "caution"]
    return [Sentence((r.message("said"),)) for r in rows]


def _no_proof(ev: Evidence) -> Sentence:
    """That this is a comparison, and where more could be asked."""
    if ev.number(STEP, "effect_possible") and "effect" not in ev.finished.results:
        return sentence(
            _(
                "This is a comparison and no proof. The step `effect` (policy effect) has stricter designs that can be "
                "tried with these data."
            )
        )
    return sentence(_("This is a comparison and no proof: what else happened there in that time is in it, too."))


def _tile(ev: Evidence) -> Tile | None:
    if not ev.has(STEP) or ev.number(STEP, "difference") is None:
        return None
    row = fact_of(ev, "difference")
    return Tile(
        label=sentence(_("Difference of the two changes: {outcome}"), outcome=ev.word(STEP, "outcome")),
        number=signed_fact(row),
        interval=interval_of(row),
        note=sentence(_("where {treatment} began, against those compared"), treatment=ev.word(STEP, "treatment")),
    )


def _to_do(ev: Evidence) -> list[Sentence]:
    """What would make the comparison firmer."""
    said = []
    if ev.number("coverage", "checks_failed"):
        said.append(sentence(_("Find out why the sums differ (table of failed checks) before using those columns.")))
    if ev.number(STEP, "effect_possible") and "effect" not in ev.finished.results:
        said.append(
            sentence(_("To ask whether it made the difference, add the step `effect` (policy effect) to the plan."))
        )
    if any(r["check"] == "same_before" and r["outcome"] != "pass" for r in ev.rows(STEP, "checks")):
        said.append(
            sentence(
                _("Add a longer time before the start, or compare with regions like them (`comparison: similar`).")
            )
        )
    said.append(sentence(_("Ask those who know the regions what else happened there in that time.")))
    return said
