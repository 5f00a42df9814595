"""Kinds of vehicle (차종): which are reported, and how many of each are confirmed."""

from __future__ import annotations

from sigun.report.blocks import Block, Column, Section
from sigun.report.evidence import Evidence
from sigun.report.laying import Tell, drawn, from_step, interval_column, measured, span_cell, tabled, teller, told
from sigun.report.wording import Sentence, sentence
from sigun.text import _


def section(ev: Evidence) -> Section | None:
    """The section, where the step ran."""
    if not ev.has("kinds", "kinds"):
        return None
    tell = teller(ev, "kinds")
    what = sentence(_("Share of reports by kind of vehicle"))
    blocks = (
        *told(top(ev, tell), _not_told(ev, tell)),
        *drawn(ev, "kinds", _title(ev, tell), measured(ev, what), from_step(ev)),
        *_table(ev),
    )
    return Section("kinds", _("Kinds of vehicle"), blocks)


def top(ev: Evidence, tell: Tell) -> Sentence:
    """The kind reported most."""
    row = max(ev.rows("kinds", "kinds"), key=lambda r: r["share"])
    return tell(
        _("Most reported is {kind}: {share} of the reports."),
        kind=row.show("kind", "label"),
        share=row.ranged("share", "share"),
    )


def _title(ev: Evidence, tell: Tell) -> Sentence:
    row = max(ev.rows("kinds", "kinds"), key=lambda r: r["share"])
    kind, share = row.show("kind", "label"), row.show("share", "share")
    return tell(_("Of the reports, {share} are of one kind: {kind}"), kind=kind, share=share)


def _not_told(ev: Evidence, tell: Tell) -> Sentence | None:
    if not ev.number("kinds", "not_told_share"):
        return None
    return tell(
        _("In {share} of the reports no kind was given; they are left out here."),
        share=ev.fact("kinds", "not_told_share", "share"),
    )


def _table(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        Column(_("Kind")),
        Column(_("Reports"), True),
        Column(_("Share (%)"), True),
        interval_column(),
        Column(_("Confirmed (%)"), True),
    )
    cells = [
        (
            r.show("kind", "label"),
            r.show("reports", "number", 0),
            r.show("share", "bare_share", 1),
            span_cell(r, "bare_share", 1),
            r.show("confirmed_share", "bare_share", 1),
        )
        for r in ev.rows("kinds", "kinds")
    ]
    return tabled("kinds-table", sentence(_("Reports and confirmed cases by kind of vehicle")), columns, cells)
