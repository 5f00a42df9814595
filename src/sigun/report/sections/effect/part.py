"""The part of the report (보고서의 한 부분): the answer, two figures, and the tables behind them."""

from __future__ import annotations

from sigun.report.blocks import Block, Section
from sigun.report.evidence import Evidence
from sigun.report.laying import drawn, told
from sigun.report.sections.effect.answer import summary
from sigun.report.sections.effect.saying import STEP
from sigun.report.sections.effect.tables import (
    aggregates,
    checks,
    designs,
    events,
    placebos,
    sensitivity,
    treated,
    unanswerable,
    weights,
)
from sigun.report.wording import sentence
from sigun.text import _


def section(ev: Evidence) -> Section | None:
    """The part, where the step ran."""
    if not ev.has(STEP):
        return None
    rows = ev.rows(STEP, "designs")
    blocks = (*told(*summary(ev)), *_event_figure(ev), *_path_figure(ev), *designs(ev, rows))
    parts = [
        Section("effect-checks", _("Did the designs pass their checks?"), checks(ev)),
        Section("effect-open", _("What the data could not tell"), unanswerable(rows)),
        Section(
            "effect-tables",
            _("Who was treated, and whom they are compared with"),
            (*treated(ev), *weights(ev), *placebos(ev), *sensitivity(ev)),
        ),
        Section("effect-paths", _("Period by period"), (*events(ev), *aggregates(ev))),
    ]
    return Section("effect", _("Effect of a policy"), blocks, tuple(p for p in parts if p.blocks))


def _event_figure(ev: Evidence) -> tuple[Block, ...]:
    title = sentence(_("Before and after the start: {outcome}"), outcome=ev.word(STEP, "outcome"))
    subtitle = sentence(_("Change since the last period before, against regions not treated by then"))
    foot = sentence(
        _(
            "Bars: interval of each period by itself. Band: of all periods at once. Before the start it should lie around zero."
        )
    )
    return drawn(ev, "effect_events", title, subtitle, foot)


def _path_figure(ev: Evidence) -> tuple[Block, ...]:
    title = sentence(_("The treated regions and the mix of others: {outcome}"), outcome=ev.word(STEP, "outcome"))
    subtitle = sentence(_("The mix is fitted to the periods before the start alone"))
    foot = sentence(_("What opens between the lines since the start is the estimate, if they lay together before."))
    return drawn(ev, "effect_path", title, subtitle, foot)
