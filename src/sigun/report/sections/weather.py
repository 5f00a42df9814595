"""Weather (날씨): reports beside the weather of the day. No more than an association."""

from __future__ import annotations

from collections.abc import Sequence

from sigun.report.blocks import Block, Column, Section
from sigun.report.evidence import Evidence, Row
from sigun.report.laying import Tell, drawn, from_step, interval_column, measured, span_cell, tabled, teller, told
from sigun.report.wording import Sentence, Value, listed, sentence
from sigun.text import _


def section(ev: Evidence) -> Section | None:
    """The section, where the step ran."""
    if not ev.has("weather"):
        return None
    tell = teller(ev, "weather")
    rows = ev.rows("weather", "associations")
    what = sentence(_("Reports a day beside the weather of the day"))
    blocks = (
        *told(*(_said(tell, r) for r in rows if r["reading"] != "unclear"), _unclear(tell, rows), _reporting()),
        *drawn(
            ev, "weather", _title(tell, rows), measured(ev, what, ev.fact("weather", "days", "days")), from_step(ev)
        ),
        *_table(ev),
    )
    return Section("weather", _("Weather"), blocks)


def _step(row: Row) -> Sentence:
    unit: list[Value] = [row.show("per", "plain")]
    if row.get("unit"):
        unit.append(row.show("unit", "translated"))
    return Sentence(tuple(p for v in unit for p in (" ", v))[1:])  # type: ignore[arg-type]


def _said(tell: Tell, row: Row) -> Sentence:
    known = {"variable": row.show("title", "translated"), "step": _step(row), "ratio": row.ranged("ratio", "times")}
    if row["reading"] == "positive":
        return tell(_("Days with {variable} higher by {step} were associated with more reports: {ratio}."), **known)
    return tell(_("Days with {variable} higher by {step} were associated with fewer reports: {ratio}."), **known)


def _unclear(tell: Tell, rows: Sequence[Row]) -> Sentence | None:
    names = [r.show("title", "translated") for r in rows if r["reading"] == "unclear"]
    return tell(_("No clear association was seen with: {names}."), names=listed(list(names))) if names else None


def _reporting() -> Sentence:
    return sentence(_("This is about the day of the report; when a vehicle was left is not known."))


def _title(tell: Tell, rows: Sequence[Row]) -> Sentence:
    found = [r.show("title", "translated") for r in rows if r["reading"] != "unclear"]
    if not found:
        return tell(_("Reports were not clearly associated with the weather of the day"))
    return tell(_("Associated with reports of the day: {names}"), names=listed(list(found)))


def _table(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        Column(_("Variable")),
        Column(_("Days"), True),
        Column(_("for a step of"), True),
        Column(_("Times the reports"), True),
        interval_column(),
        Column("q", True),
    )
    cells = [
        (
            r.show("title", "translated"),
            r.show("n_days", "number", 0),
            _step(r),
            r.show("ratio", "number", 3),
            span_cell(r, "number", 3),
            r.show("q", "chance"),
        )
        for r in ev.rows("weather", "associations")
    ]
    return tabled("weather-table", sentence(_("Reports and the weather of the day")), columns, cells)
