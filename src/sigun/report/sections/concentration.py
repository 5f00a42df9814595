"""Concentration (집중도): which share of reports the busiest cells hold, beside what chance alone would give."""

from __future__ import annotations

from sigun.report.blocks import Section
from sigun.report.evidence import Evidence
from sigun.report.laying import Tell, drawn, from_step, measured, teller, told
from sigun.report.wording import Sentence, sentence
from sigun.text import _


def section(ev: Evidence) -> Section | None:
    """The section, where the step ran."""
    if not ev.has("concentration"):
        return None
    tell = teller(ev, "concentration")
    if ev.number("concentration", "top10") is None:
        return None
    what = sentence(_("Share of reports in the busiest cells, by share of cells with reports"))
    blocks = (
        *told(top(ev, tell), _even(ev, tell), _more(ev, tell)),
        *drawn(ev, "concentration", _title(ev, tell), measured(ev, what), from_step(ev)),
    )
    return Section("concentration", _("Concentration"), blocks)


def top(ev: Evidence, tell: Tell) -> Sentence:
    """What the busiest tenth holds."""
    return tell(
        _("The busiest {part} of the cells with reports hold {share} of the reports."),
        part=ev.named("concentration", "top10"),
        share=ev.ranged("concentration", "top10", "share"),
    )


def _title(ev: Evidence, tell: Tell) -> Sentence:
    return tell(
        _("The busiest {part} of the cells hold {share} of the reports"),
        part=ev.named("concentration", "top10"),
        share=ev.fact("concentration", "top10", "share"),
    )


def _even(ev: Evidence, tell: Tell) -> Sentence | None:
    even = ev.number("concentration", "top10_even")
    bounds = ev.bounds("concentration", "top10")
    if even is None:
        return None
    shown = {"even": ev.fact("concentration", "top10_even", "share")}
    if bounds is not None and bounds[0] <= even <= bounds[1]:
        return tell(_("Chance alone would put {even} there: reports are hardly concentrated at all."), **shown)
    return tell(_("Chance alone would put {even} there."), **shown)


def _more(ev: Evidence, tell: Tell) -> Sentence | None:
    if ev.number("concentration", "top1") is None or ev.number("concentration", "cells_occupied") is None:
        return None
    return tell(
        _("The busiest {part} hold {share}; {cells} had a report at all."),
        part=ev.named("concentration", "top1"),
        share=ev.ranged("concentration", "top1", "share"),
        cells=ev.fact("concentration", "cells_occupied", "cells"),
    )
