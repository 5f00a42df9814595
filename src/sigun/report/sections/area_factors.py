"""Area factors (지역 요인): what goes along with the rate of reports, area by area. No more than an association."""

from __future__ import annotations

from collections.abc import Sequence

from sigun.report.blocks import Block, Column, Section
from sigun.report.evidence import Evidence, Row
from sigun.report.laying import (
    Tell,
    drawn,
    from_step,
    interval_column,
    measured,
    row_clear,
    span_cell,
    tabled,
    teller,
    told,
)
from sigun.report.wording import VERBS, Sentence, listed, sentence
from sigun.text import _

FEW = 30  # areas


def section(ev: Evidence) -> Section | None:
    """The section, where the step ran."""
    if not ev.has("area_factors"):
        return None
    tell = teller(ev, "area_factors")
    rows = ev.rows("area_factors", "associations")
    what = sentence(_("Rank correlation of the rate of reports with each variable, between areas"))
    blocks = (
        *told(
            *(_said(ev, tell, r) for r in rows if r["reading"] != "unclear"),
            _unclear(tell, rows),
            _of_many(tell, rows),
            _few(ev),
            _scale(ev),
            _not_cause(),
        ),
        *told(*(_within(tell, r) for r in ev.rows("area_factors", "periods"))),
        *drawn(ev, "area_factors", _title(tell, rows), measured(ev, what), from_step(ev)),
        *_table(ev, "associations", "rho", sentence(_("Between areas: rank correlation with the rate of reports"))),
        *_table(
            ev, "periods", "rho_within", sentence(_("Within areas over the months: rank correlation with reports"))
        ),
    )
    return Section("area-factors", _("What goes along with reports, area by area"), blocks)


def _said(ev: Evidence, tell: Tell, row: Row) -> Sentence:
    claim = ev.result("area_factors").claim
    template = VERBS[claim][row["reading"]]
    rho = row.ranged("rho", "correlation")
    return tell(_(template), variable=row.show("title", "translated"), rho=rho)


def _unclear(tell: Tell, rows: Sequence[Row]) -> Sentence | None:
    names = [r.show("title", "translated") for r in rows if r["reading"] == "unclear"]
    return tell(_("No clear association was seen with: {names}."), names=listed(list(names))) if names else None


def _of_many(tell: Tell, rows: Sequence[Row]) -> Sentence | None:
    """Why a variable can be called unclear although its own interval leaves no association out."""
    if not any(r["reading"] == "unclear" and row_clear(r) != "unclear" for r in rows):
        return None
    return tell(
        _(
            "Some of their intervals leave out the case of no association, but with so many variables looked at that much can be chance."
        )
    )


def _within(tell: Tell, row: Row) -> Sentence:
    known = {"variable": row.show("title", "translated"), "rho": row.ranged("rho_within", "correlation")}
    if row["reading"] == "positive":
        return tell(
            _("Within one and the same area, months with more {variable} also had more reports: {rho}."), **known
        )
    if row["reading"] == "negative":
        return tell(_("Within one and the same area, months with more {variable} had fewer reports: {rho}."), **known)
    return tell(
        _("Within one and the same area over the months, no clear association with {variable} was seen: {rho}."),
        **known,
    )


def _few(ev: Evidence) -> Sentence | None:
    n = ev.number("area_factors", "regions")
    if n is None or n >= FEW:
        return None
    return sentence(
        _("With {n} the picture is coarse: only strong associations can be seen."),
        n=ev.fact("area_factors", "regions", "places"),
    )


def _scale(ev: Evidence) -> Sentence:
    ends = {name: ev.contract(name, "number") for name in ("alike", "opposite", "unrelated")}
    return sentence(
        _(
            "Rank correlation: {alike} where two rankings agree, {opposite} where opposite, {unrelated} where unrelated."
        ),
        **ends,
    )


def _not_cause() -> Sentence:
    return sentence(_("What goes along need not bring about: areas differ in many things at once."))


def _title(tell: Tell, rows: Sequence[Row]) -> Sentence:
    found = [r.show("title", "translated") for r in rows if r["reading"] != "unclear"]
    if not found:
        return tell(_("No variable was clearly associated with the rate of reports"))
    return tell(_("Associated with the rate of reports: {names}"), names=listed(list(found)))


def _table(ev: Evidence, table: str, column: str, caption: Sentence) -> tuple[Block, ...]:
    columns = (
        Column(_("Variable")),
        Column("n", True),
        Column(_("Correlation"), True),
        interval_column(),
        Column("q", True),
    )
    cells = [
        (
            r.show("title", "translated"),
            r.show("n", "number", 0),
            r.show(column, "number", 2),
            span_cell(r, "number", 2),
            r.show("q", "chance"),
        )
        for r in ev.rows("area_factors", table)
    ]
    foot = sentence(_("q: the share of false alarms to expect if this and all stronger ones are called associated."))
    return tabled(f"factors-{table}", caption, columns, cells, foot)
