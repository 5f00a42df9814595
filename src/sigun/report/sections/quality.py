"""Data and their quality (자료와 품질): what was read, what was found wrong with it, and what was done about it."""

from __future__ import annotations

from collections.abc import Mapping

from sigun.report.blocks import Block, Column, Section
from sigun.report.evidence import Evidence, Row
from sigun.report.laying import Tell, interval_column, span_cell, tabled, teller, told
from sigun.report.wording import Sentence, sentence
from sigun.text import N_, _

PLACED: Mapping[tuple[str, ...], str] = {
    ("point",): N_("All of them have a point and stand on the maps."),
    ("area",): N_("No row has a point, all have an area, so there are area tables and no cells."),
    ("none",): N_("No row has a place, so there are neither maps nor area tables."),
    ("point", "area"): N_("{point} have a point, {area} only an area: maps use the first, area tables both."),
    ("point", "none"): N_("{point} have a point and stand on the maps; {none} have no place."),
    ("area", "none"): N_(
        "No row has a point; {area} have an area, {none} no place: there are area tables and no cells."
    ),
    ("point", "area", "none"): N_(
        "{point} have a point, {area} only an area, {none} no place: maps use the first, area tables the first two; which rows were left out stands below."
    ),
}
"""By what there are rows of; what there is none of is not spoken of."""


def section(ev: Evidence) -> Section | None:
    """The part, where the step ran."""
    if not ev.has("quality"):
        return None
    tell = teller(ev, "quality")
    blocks = (
        *told(_rows(ev, tell), _placed(ev, tell), _same(ev, tell), _holes(ev, tell)),
        *_findings(ev),
        *_second(ev),
        *_changes(ev),
    )
    return Section("data", _("Data and their quality"), blocks)


def _has(ev: Evidence, *names: str) -> bool:
    return all(ev.number("quality", n) is not None for n in names)


def _rows(ev: Evidence, tell: Tell) -> Sentence | None:
    if not _has(ev, "rows_read", "rows_kept"):
        return None
    known = {"read": ev.fact("quality", "rows_read", "rows"), "kept": ev.fact("quality", "rows_kept", "rows")}
    return tell(_("{read} were read; {kept} count as reports of their own."), **known)


def _placed(ev: Evidence, tell: Tell) -> Sentence | None:
    names = ("rows_point", "rows_area", "rows_none")
    if not _has(ev, *names):
        return None
    known = {n: ev.fact("quality", f"rows_{n}", "rows") for n in ("point", "area", "none")}
    there = tuple(n for n in known if ev.number("quality", f"rows_{n}"))
    return tell(_(PLACED[there]), **known) if there else None


def _same(ev: Evidence, tell: Tell) -> Sentence | None:
    if not ev.number("quality", "same_vehicle_share"):
        return None  # none seen may be none to be seen: no plates, no points
    return tell(
        _("{share} seem to be of a vehicle that had been reported before."),
        share=ev.fact("quality", "same_vehicle_share", "share"),
    )


def _holes(ev: Evidence, tell: Tell) -> Sentence | None:
    if not _has(ev, "holes", "hole_days"):
        return None
    if not ev.number("quality", "holes"):
        return tell(_("No gap in collection was found."))
    return tell(
        _("{holes} in collection: {days} in all, which are not read as quiet days."),
        holes=ev.fact("quality", "holes", "holes"),
        days=ev.fact("quality", "hole_days", "days"),
    )


def _findings(ev: Evidence) -> tuple[Block, ...]:
    columns = (Column(_("What was found")), Column(_("Rows"), True), Column(_("What was done")))
    cells = [(r.message("said"), _affected(r), _done(r)) for r in ev.rows("quality", "findings")]
    foot = sentence(_("A person can overrule each finding in the data card, with a reason."))
    return tabled("findings", sentence(_("Findings on the data")), columns, cells, foot)


def _second(ev: Evidence) -> tuple[Block, ...]:
    """Month by month, how much of a second source is among the reports."""
    columns = (
        *(Column(_("Month")), Column(_("Reports"), True), Column(_("Second source"), True)),
        *(Column(_("Of it among the reports (%)"), True), interval_column()),
    )
    cells = [
        (
            r.show("month", "month"),
            r.show("reports", "number", 0),
            r.show("other", "number", 0),
            r.show("coverage", "bare_share", 1) if r["other"] else Sentence(("–",)),
            span_cell(r, "bare_share", 1),
        )
        for r in ev.rows("quality", "second_source")
    ]
    return tabled("second-source", sentence(_("The reports beside a second source, by month")), columns, cells)


def _affected(row: Row) -> Sentence:
    """How many rows; a gap or a change of intake is about days, not rows."""
    return Sentence((row.show("rows", "number", 0),)) if row["rows"] else Sentence(("–",))


def _done(row: Row) -> Sentence:
    if bool(row["overruled"]):
        return sentence(_("{done} (overruled by a person)"), done=row.message("done"))
    return Sentence((row.message("done"),))


def _changes(ev: Evidence) -> tuple[Block, ...]:
    columns = (Column(_("Data")), Column(_("What was dropped or changed on the way in")))
    cells = [(_card(ev, r), r.message("said")) for r in ev.rows("quality", "changes")]
    return tabled("changes", sentence(_("What was dropped or changed")), columns, cells)


def _card(ev: Evidence, row: Row) -> Sentence:
    source = ev.row("quality", "sources", row["card"])
    return Sentence((source.show("title", "word") if source else row.show("card", "word"),))
