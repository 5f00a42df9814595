"""The part of the report on a comparison (전후비교): both changes side by side, and how they were set up."""

from __future__ import annotations

from collections.abc import Mapping

from sigun.report.blocks import Block, Section
from sigun.report.evidence import Evidence
from sigun.report.laying import drawn, told
from sigun.report.sections.before_after.answer import summary
from sigun.report.sections.before_after.saying import STEP
from sigun.report.sections.before_after.tables import areas, checks, groups, without
from sigun.report.wording import Sentence, Value, sentence
from sigun.text import _

LENGTHS: Mapping[str, str] = {"year": "years", "quarter": "quarters", "month": "months"}


def section(ev: Evidence) -> Section | None:
    """The part, where the step ran."""
    if not ev.has(STEP):
        return None
    blocks = (*told(*summary(ev)), *told(*_how(ev)), *_path_figure(ev), *groups(ev), *_changes_figure(ev))
    parts = (
        Section("before-after-checks", _("What speaks for and against the comparison"), (*checks(ev), *without(ev))),
        Section("before-after-regions", _("Who is compared with whom"), areas(ev)),
    )
    return Section("before-after", _("Before and after"), blocks, tuple(p for p in parts if p.blocks))


def _how(ev: Evidence) -> list[Sentence]:
    """Which periods, how the season is dealt with, and where the interval comes from."""
    if ev.number(STEP, "periods_before") is None:
        return []
    names = ("first_before", "last_before", "first_after", "last_after")
    known: dict[str, Value] = {n: ev.word(STEP, n) for n in names}
    asked = ev.finished.plan.panel
    form = LENGTHS.get(asked.span if asked is not None else "", "periods")
    known |= {n: ev.fact(STEP, f"periods_{n}", form) for n in ("before", "after")}
    said = [_("Before: {before} ({first_before} to {last_before}); after: {after} ({first_after} to {last_after}).")]
    if (ev.number(STEP, "starts") or 0) > 1:
        said.append(_("These are the periods of the first start; the other regions are looked at around their own."))
    found = [sentence(said[0], **known), *map(sentence, said[1:])]
    if ev.text(STEP, "partial"):
        found.append(sentence(_("Left out as it began inside: {partial}."), partial=ev.word(STEP, "partial")))
    if ev.number(STEP, "seasons"):
        found.append(
            sentence(
                _(
                    "Each month or quarter of the year counts alike, and only those seen on both sides: the season is no change."
                )
            )
        )
    return [*found, *_interval_from(ev)]


def _interval_from(ev: Evidence) -> list[Sentence]:
    by = ev.text(STEP, "interval_by")
    if by == "permutation":
        said = _(
            "The interval holds the difference against {sets} choices of as many regions, each taken for the treated."
        )
        return [sentence(said, sets=ev.fact(STEP, "sets", "number"))]
    if by == "spread":
        return [sentence(_("The interval comes from how far the changes of those compared scatter."))]
    return []


def _path_figure(ev: Evidence) -> tuple[Block, ...]:
    title = sentence(
        _("Before and after, where it began and where it did not: {outcome}"), outcome=ev.word(STEP, "outcome")
    )
    subtitle = sentence(_("Thin: each period. Thick: the means that are compared"))
    foot = sentence(_("The dotted line is the start. Shaded periods are on neither side."))
    return drawn(ev, "before_after_path", title, subtitle, foot)


def _changes_figure(ev: Evidence) -> tuple[Block, ...]:
    title = sentence(_("The change of every region, from before to after: {outcome}"), outcome=ev.word(STEP, "outcome"))
    subtitle = sentence(_("Each mark is a region; those where it began stand out"))
    foot = sentence(_("The farther these lie from the other marks, the less it can be chance."))
    return drawn(ev, "before_after_changes", title, subtitle, foot)
