"""Trend (추세): how reports moved over the months, net of gaps in collection."""

from __future__ import annotations

from collections.abc import Sequence

from sigun.report.blocks import Block, Column, Section
from sigun.report.evidence import Evidence, Row
from sigun.report.laying import (
    Tell,
    clear,
    drawn,
    from_step,
    holes_left_out,
    interval_column,
    measured,
    row_clear,
    span_cell,
    tabled,
    teller,
    told,
)
from sigun.report.wording import Sentence, Value, sentence
from sigun.text import _


def section(ev: Evidence) -> Section | None:
    """The section, where the step ran."""
    if not ev.has("trend"):
        return None
    tell = teller(ev, "trend")
    holes = holes_left_out(ev)
    figure = drawn(
        ev,
        "trend_months",
        _title(ev, tell),
        measured(
            ev,
            sentence(_("Reports a month, per {days} observed"), days=ev.contract("rate_days", "days")),
            ev.fact("trend", "total", "reports"),
        ),
        from_step(ev, *([holes] if holes else [])),
    )
    changes = _regimes(tell, ev.rows("trend", "regimes"))
    blocks = (*told(total(ev, tell), *yearly(ev, tell), *changes), *figure, *_stretches(ev), *_years(ev))
    return Section("trend", _("Trend"), blocks)


def total(ev: Evidence, tell: Tell) -> Sentence:
    """How many came in, and how the last twelve months compare."""
    known = {"total": ev.fact("trend", "total", "reports")}
    if ev.number("trend", "last_12m") is None:
        return tell(_("{total} came in over the whole period."), **known)
    known["last"] = ev.fact("trend", "last_12m", "reports")
    if ev.number("trend", "change_12m") is None:
        return tell(_("{total} came in; the latest twelve months brought {last}."), **known)
    change = clear(ev.bounds("trend", "change_12m"))
    if change == "unclear":
        return tell(
            _("{total} came in; the {last} of the latest twelve months do not differ clearly from the twelve before."),
            **known,
        )
    size = ev.fact("trend", "change_12m", "size")
    if change == "above":
        return tell(
            _("{total} came in; the {last} of the latest twelve months are {size} more than the twelve before."),
            **known,
            size=size,
        )
    return tell(
        _("{total} came in; the {last} of the latest twelve months are {size} fewer than the twelve before."),
        **known,
        size=size,
    )


def yearly(ev: Evidence, tell: Tell) -> tuple[Sentence, ...]:
    """The change a year inside regimes; stretch by stretch where one figure would be true of none."""
    if ev.number("trend", "stretches_differ"):
        first = tell(
            _("The yearly change is not the same in every stretch of unchanged intake, so each is told apart.")
        )
        return first, *(_stretch(tell, row) for row in ev.rows("trend", "slopes"))
    if ev.number("trend", "yearly_change") is None:
        return ()
    return (_everywhere(ev, tell),)


def _stretch(tell: Tell, row: Row) -> Sentence:
    """The change a year of one stretch."""
    said = {
        "above": _("From {first} to {last} reports rose, on average by year: {change}."),
        "below": _("From {first} to {last} reports fell, on average by year: {change}."),
        "unclear": _("From {first} to {last} no clear rise or fall a year was seen: {change}."),
    }
    return tell(said[row_clear(row)], **_ends(row), change=row.ranged("yearly_change", "share"))


def _ends(row: Row) -> dict[str, Value]:
    return {"first": row.show("first_month", "month"), "last": row.show("last_month", "month")}


def _everywhere(ev: Evidence, tell: Tell) -> Sentence:
    """The change a year, the same in every stretch."""
    change = ev.ranged("trend", "yearly_change", "share")
    seen = clear(ev.bounds("trend", "yearly_change"))
    if seen == "above":
        return tell(
            _("Net of gaps and of changes in how reports come in, reports rose, on average by year: {change}."),
            change=change,
        )
    if seen == "below":
        return tell(
            _("Net of gaps and of changes in how reports come in, reports fell, on average by year: {change}."),
            change=change,
        )
    return tell(
        _("Net of gaps and of changes in how reports come in, no clear rise or fall a year was seen: {change}."),
        change=change,
    )


def _title(ev: Evidence, tell: Tell) -> Sentence:
    if ev.number("trend", "stretches_differ"):
        return _last_stretch(tell, ev.rows("trend", "slopes")[-1])
    seen = clear(ev.bounds("trend", "yearly_change"))
    if seen == "above":
        return tell(_("Reports have been rising"))
    if seen == "below":
        return tell(_("Reports have been falling"))
    return tell(_("Reports show no clear rise or fall"))


def _last_stretch(tell: Tell, row: Row) -> Sentence:
    """Where stretches differ the latest one is what the reader looks for."""
    said = {
        "above": _("From {first} to {last} reports rose"),
        "below": _("From {first} to {last} reports fell"),
        "unclear": _("From {first} to {last} reports show no clear rise or fall"),
    }
    return tell(said[row_clear(row)], **_ends(row))


def _regimes(tell: Tell, rows: Sequence[Row]) -> list[Sentence]:
    """The steps between the stretches, and once what such a step mostly is."""
    said = [_regime(tell, row) for row in rows]
    if any(row_clear(row, 1.0) != "unclear" for row in rows):
        said.append(tell(_("Such a step is often a change of intake, not of vehicles.")))
    return said


def _regime(tell: Tell, row: Row) -> Sentence:
    known = {"start": row.show("start", "date"), "ratio": row.ranged("ratio", "times")}
    if row_clear(row, 1.0) == "unclear":
        return tell(_("From {start} the level may have changed, but not clearly: {ratio} the level before."), **known)
    return tell(_("From {start} the level of reports is {ratio} the level before."), **known)


def _stretches(ev: Evidence) -> tuple[Block, ...]:
    """The change a year in each stretch of unchanged intake, where there are several."""
    rows = ev.rows("trend", "slopes")
    if len(rows) < 2:
        return ()
    columns = (
        Column(_("Stretch of unchanged intake")),
        Column(_("Months"), True),
        Column(_("Change a year (%)"), True),
        interval_column(),
    )
    cells = [
        (
            Sentence((r.show("first_month", "month"), " ~ ", r.show("last_month", "month"))),
            r.show("months", "number"),
            r.show("yearly_change", "bare_share", 1),
            span_cell(r, "bare_share", 1),
        )
        for r in rows
    ]
    return tabled("stretches", sentence(_("Change a year, stretch by stretch")), columns, cells)


def _years(ev: Evidence) -> tuple[Block, ...]:
    rows = ev.rows("trend", "years")
    columns = (
        Column(_("Year")),
        Column(_("Reports"), True),
        Column(_("Observed days"), True),
        Column(_("Reports a year at full observation"), True),
        interval_column(),
    )
    cells = [
        (
            r.show("year", "year"),
            r.show("reports", "number", 0),
            r.show("days_observed", "number", 0),
            r.show("rate", "number", 0),
            span_cell(r, "number", 0),
        )
        for r in rows
    ]
    caption = sentence(_("Reports by year"))
    foot = sentence(_("A year observed in part is scaled up to a whole year."))
    return tabled("years", caption, columns, cells, foot)
