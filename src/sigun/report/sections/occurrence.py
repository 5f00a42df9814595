"""Area factors of occurrence (지역 발생 요인): each with the others held equal. No more than an association."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

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
from sigun.report.wording import Sentence, Value, listed, sentence
from sigun.text import N_, _

STEP = "occurrence"
LABELS = (
    *(N_("one_rate"), N_("regression"), N_("boosting")),
    *(N_("repeats"), N_("no_room"), N_("many_gaps"), N_("never_changes"), N_("constant_in_time")),
)
CLEAR = 0.1  # p of residual Moran's I
BOTH_TOLD: Mapping[str, str] = {
    "better": N_("Areas that were left out were told better by these variables than by one rate for all."),
    "unclear": N_("Areas that were left out were told no better by these variables than by one rate for all."),
    "worse": N_("Areas that were left out were told worse by these variables than by one rate for all."),
}
BOOSTED: Mapping[str, str] = {
    "better": N_(
        "Boosting, which also sees bends and combinations, told them better than the regression: there is more in these variables than straight lines."
    ),
    "unclear": N_("Boosting, which also sees bends and combinations, was no better than the regression."),
    "worse": N_("Boosting, which also sees bends and combinations, told them worse than the regression."),
}


def section(ev: Evidence) -> Section | None:
    """The section, where the step ran."""
    if not ev.has(STEP):
        return None
    tell = teller(ev, STEP)
    rows = ev.rows(STEP, "effects")
    blocks = (
        *told(
            _asked(ev),
            *(_said(ev, tell, r) for r in rows if r["reading"] != "unclear"),
            _unclear(tell, rows),
            _of_many(tell, rows),
        ),
        *told(*_checks(ev, tell), _not_cause()),
        *drawn(ev, STEP, _title(tell, rows), measured(ev, _what(ev)), from_step(ev)),
        *_effects(ev, rows),
        *_compared(ev),
        *_left_out(ev),
    )
    return Section("occurrence", _("Area factors with the others held equal"), blocks)


def _inside(ev: Evidence) -> bool:
    return ev.text(STEP, "fixed_effects") == "region"


def _asked(ev: Evidence) -> Sentence:
    known = {"areas": ev.fact(STEP, "regions", "areas"), "tried": ev.fact(STEP, "tried", "number")}
    if _inside(ev):
        months = ev.fact(STEP, "months", "number")
        template = _("Months of one and the same area were compared: {areas}, months: {months}, variables: {tried}.")
        return sentence(template, months=months, **known)
    if ev.number(STEP, "tried") == 1:
        return sentence(_("{areas} were compared by one variable, with no other held equal."), areas=known["areas"])
    return sentence(_("{areas} were compared, each variable with the others held equal (variables: {tried})."), **known)


def _step(row: Row, column: str) -> Sentence:
    """So much more: of a percentage in points, of a column taken as a change in per cent as it is."""
    if row.get("unit") == "%" and row["scale"] == "plain":
        return Sentence((row.show(column, "plain"), " ", _("points")))
    pieces: list[Value] = [row.show(column, "plain")]
    if row.get("unit"):
        pieces.append(row.show("unit", "translated"))
    return listed(pieces, " ")


def _said(ev: Evidence, tell: Tell, row: Row) -> Sentence:
    known = {
        "variable": row.show("title", "translated"),
        "step": _step(row, "step"),
        "ratio": row.ranged("step_ratio", "times", "step_low", "step_high"),
    }
    if _inside(ev):
        more = _(
            "In one and the same area, months with {variable} higher by {step} were associated with more reports: {ratio}."
        )
        fewer = _(
            "In one and the same area, months with {variable} higher by {step} were associated with fewer reports: {ratio}."
        )
    else:
        more = _("Areas with {variable} higher by {step} were associated with more reports: {ratio}.")
        fewer = _("Areas with {variable} higher by {step} were associated with fewer reports: {ratio}.")
    return tell(more if row["reading"] == "positive" else fewer, **known)


def _unclear(tell: Tell, rows: Sequence[Row]) -> Sentence | None:
    names = [r.show("title", "translated") for r in rows if r["reading"] == "unclear"]
    return tell(_("No clear association was seen with: {names}."), names=listed(list(names))) if names else None


def _of_many(tell: Tell, rows: Sequence[Row]) -> Sentence | None:
    """Why a variable can be called unclear although its own interval leaves no difference out."""
    if not any(r["reading"] == "unclear" and row_clear(r, 1.0) != "unclear" for r in rows):
        return None
    return tell(
        _(
            "Some of their intervals leave out the case of no difference, but with so many variables looked at that much can be chance."
        )
    )


def _checks(ev: Evidence, tell: Tell) -> Iterator[Sentence]:
    """What neighbours have in common, and how the variables do where nothing was known."""
    yield from _neighbours(ev)
    for model, words in (("regression", BOTH_TOLD), ("boosting", BOOSTED)):
        row = ev.row(STEP, "comparison", model)
        if row is not None:
            yield tell(_(words[str(row["reading"])]))


def _neighbours(ev: Evidence) -> Iterator[Sentence]:
    before, after = (ev.row(STEP, "spatial", model) for model in ("columns", "terms"))
    if before is None:
        return
    moran = before.show("moran", "correlation")
    if before["moran"] <= 0 or before["p"] > CLEAR:
        yield sentence(
            _("Neighbouring areas were not clearly alike in what the variables leave over (Moran's I {moran})."),
            moran=moran,
        )
    elif after is None:
        yield sentence(
            _("Neighbouring areas were alike in what the variables leave over (Moran's I {moran})."), moran=moran
        )
    else:
        yield sentence(
            _(
                "Neighbouring areas were alike in what the variables leave over (Moran's I {before}); a smooth map that neighbours share holds that equal too (then {after})."
            ),
            before=moran,
            after=after.show("moran", "correlation"),
        )


def _not_cause() -> Sentence:
    return sentence(_("What goes along need not bring about: areas differ in many things at once."))


def _what(ev: Evidence) -> Sentence:
    if _inside(ev):
        return sentence(_("Times the reports of a month for one standard deviation more, in one and the same area"))
    return sentence(_("Times the reports for one standard deviation more of each variable, the others held equal"))


def _title(tell: Tell, rows: Sequence[Row]) -> Sentence:
    found = [r.show("title", "translated") for r in rows if r["reading"] != "unclear"]
    if not found:
        return tell(_("With the others held equal no variable was clearly associated with reports"))
    return tell(_("With the others held equal, associated with reports: {names}"), names=listed(list(found)))


def _effects(ev: Evidence, rows: Sequence[Row]) -> tuple[Block, ...]:
    columns = (
        *(Column(_("Variable")), Column(_("one standard deviation"), True), Column(_("Times the reports"), True)),
        *(interval_column(), Column("q", True), Column(_("without the shared map"), True)),
        *(Column(_("with single areas left out"), True), Column(_("VIF"), True)),
    )
    cells = [
        (
            *(r.show("title", "translated"), _step(r, "per"), r.show("rate_ratio", "number", 2)),
            *(span_cell(r, "number", 2), r.show("q", "chance"), _or_dash(r, "without_spatial")),
            *(_range(ev, r), r.show("vif", "number", 1)),
        )
        for r in rows
    ]
    foot = sentence(
        _(
            "q: the share of false alarms to expect if this and all stronger ones are called associated. VIF: how many times the other variables widen the variance; the larger, the more they overlap."
        )
    )
    return tabled(
        "occurrence-effects", sentence(_("Reports and each variable, the others held equal")), columns, cells, foot
    )


def _range(ev: Evidence, row: Row) -> Sentence:
    out = ev.row(STEP, "influence", row["variable"])
    return Sentence(("–",)) if out is None else span_cell(out, "number", 2, "lowest", "highest")


def _compared(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        *(Column(_("Model")), Column(_("Deviance an area"), True), interval_column()),
        *(Column(_("Difference to the row above"), True), interval_column()),
    )
    cells = [
        (
            *(r.show("model", "label"), r.show("deviance", "number", 1), span_cell(r, "number", 1)),
            _or_dash(r, "difference", 1),
            span_cell(r, "number", 1, "difference_low", "difference_high"),
        )
        for r in ev.rows(STEP, "comparison")
    ]
    caption = sentence(_("How well areas were told that were left out; lower is better"))
    return tabled("occurrence-comparison", caption, columns, cells)


def _or_dash(row: Row, column: str, decimals: int = 2) -> Value:
    return Sentence(("–",)) if row.get(column) is None else row.show(column, "number", decimals)


def _left_out(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        *(Column(_("Variable")), Column(_("Why it was left out"))),
        *(Column(_("Told by the variables used, together (%)"), True),),
        *(Column(_("Most like it")), Column(_("Correlation"), True)),
    )
    rows = ev.rows(STEP, "left_out")
    cells = [
        (
            *(r.show("title", "translated"), r.show("reason", "label")),
            Sentence(("–",)) if r.get("told") is None else r.show("told", "bare_share", 0),
            *(r.show("by_title", "translated") if r.get("by_title") else Sentence(("–",)),),
            _or_dash(r, "correlation"),
        )
        for r in rows
    ]
    foot = sentence(
        _(
            "What the variables used tell to nine tenths or more would only repeat them (VIF above ten). Others lack room: so many areas bear only so many variables at once."
        )
    )
    chosen = any(r["reason"] in ("repeats", "no_room") for r in rows)
    caption = sentence(_("Variables that were left out"))
    return tabled("occurrence-left-out", caption, columns, cells, foot if chosen else None)
