"""Overview (개요): what was asked, of which data, and how the figures are to be read."""

from __future__ import annotations

from sigun.report.blocks import Section
from sigun.report.evidence import Evidence
from sigun.report.laying import period, told
from sigun.report.sections.summary import confirmed
from sigun.report.wording import Sentence, sentence
from sigun.text import _


def section(ev: Evidence) -> Section:
    """The part; it is always there."""
    return Section("overview", _("Overview"), (*told(_looked_at(ev), _two_outcomes(ev)), *told(*_reading(ev))))


def _looked_at(ev: Evidence) -> Sentence | None:
    when = period(ev)
    if when is None:
        return None
    if ev.number("quality", "rows_point") == 0:
        return sentence(
            _("This report looks at the reports of {period}; none has a point, so it looks at areas, not at cells."),
            period=when,
        )
    return sentence(
        _("This report looks at the reports of {period}, placed in cells of {cell}."),
        period=when,
        cell=ev.plan("space.cell", "metres"),
    )


def _two_outcomes(ev: Evidence) -> Sentence | None:
    said = confirmed(ev)
    if said is None:
        return None
    note = sentence(
        _("Reports and confirmed cases are therefore kept apart; where nothing else is said, reports are meant.")
    )
    return Sentence((*said.pieces, " ", *note.pieces))


def _reading(ev: Evidence) -> list[Sentence]:
    level = ev.contract("interval", "level")
    return [
        sentence(
            _(
                "An interval beside a figure is the range in which the true figure lies with {level} confidence; the wider, the less sure."
            ),
            level=level,
        ),
        sentence(
            _("Where an interval also holds the case of no difference, the report says that nothing clear was seen.")
        ),
        sentence(
            _(
                "Every figure refers to a table in the run's folder; point at it in the HTML report, and the reference is shown."
            )
        ),
    ]
