"""Evenness of the patrol list (순찰의 고름): how it falls over areas that have little and much of something."""

from __future__ import annotations

from sigun.report.blocks import Block, Column
from sigun.report.evidence import Evidence, Row
from sigun.report.laying import Tell, interval_column, span_cell, tabled, told
from sigun.report.wording import Sentence, sentence
from sigun.text import _


def evenness(ev: Evidence, tell: Tell) -> tuple[Block, ...]:
    """How the list falls over areas that have little and much of the column asked for."""
    rows = ev.rows("patrol", "evenness")
    if not rows:
        return ()
    base = "share_population" if rows[0].get("share_population") is not None else "share_area"
    people = Column(_("Share of the population (%)") if base == "share_population" else _("Share of area (%)"), True)
    columns = (
        Column(_("Areas, by fifth (first: lowest)"), True),
        Column(sentence(_("{variable}, from – to"), variable=ev.word("patrol", "evenness")), True),
        people,
        Column(_("Share of all reports (%)"), True),
        Column(_("Share of the list (%)"), True),
        interval_column(),
    )
    cells = [
        (
            r.show("fifth", "number"),
            span_cell(r, "number", None, "lowest", "highest"),
            r.show(base, "bare_share", 1),
            r.show("share_reports", "bare_share", 1),
            r.show("share_listed", "bare_share", 1),
            span_cell(r, "bare_share", 1),
        )
        for r in rows
    ]
    caption = sentence(_("The list over areas, by {variable}"), variable=ev.word("patrol", "evenness"))
    ends = (_fifth(ev, tell, rows[0], base, True), _fifth(ev, tell, rows[-1], base, False))
    return (*told(*ends), *tabled("evenness", caption, columns, cells))


def _fifth(ev: Evidence, tell: Tell, row: Row, base: str, lowest: bool) -> Sentence | None:
    """What falls on the areas with the least or the most, beside their people (or ground) and their reports."""
    if row.get("share_listed") is None or row.get("share_reports") is None or row.get(base) is None:
        return None
    template = (
        _("Areas with the lowest {variable} (a fifth of them): {base}, {reports} of the reports, {listed} of the list.")
        if lowest
        else _("Areas with the highest {variable} (a fifth): {base}, {reports} of the reports, {listed} of the list.")
    )
    of = _("{share} of the people") if base == "share_population" else _("{share} of the ground")
    said = tell(
        template,
        variable=ev.word("patrol", "evenness"),
        base=sentence(of, share=row.show(base, "share")),
        reports=row.show("share_reports", "share"),
        listed=row.ranged("share_listed", "share"),
    )
    return Sentence((*said.pieces, " ", _beside_reports(row)))


def _beside_reports(row: Row) -> str:
    if row["share_reports"] < row["low"]:
        return _("The list holds more of them than the reports do.")
    if row["share_reports"] > row["high"]:
        return _("The list holds fewer of them than the reports do.")
    return _("The list follows the reports there.")
