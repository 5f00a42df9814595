"""The answer (답: 요인 분류): each factor one sentence by its verdict, and between and within side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sigun.report.blocks import Block, Cautions, Column, Figure, Section
from sigun.report.evidence import Evidence, Row
from sigun.report.laying import Tell, drawn, interval_column, tabled, teller, told
from sigun.report.measures import united
from sigun.report.sections.factors import sides, warned
from sigun.report.sections.factors.saying import (
    STEP,
    amount,
    cell,
    denial,
    fades,
    figure,
    inside,
    led,
    measured_outcome,
    missed,
    names,
    of_verdict,
    one_period,
    outcome,
    said_of,
    span,
    title_of,
    vanishes,
)
from sigun.report.wording import VERBS, Sentence, Value, sentence
from sigun.text import N_, _

HEADS = {
    "holds": N_("Holds within regions"),
    "between_only": N_("Differences between regions only"),
    "unstable": N_("Unstable"),
    "unseen": N_("Not confirmed"),
    "not_testable": N_("Not testable with these data"),
}
ACROSS = {"holds": N_("Holds between regions"), "between_only": N_("Differences between regions")}
"""Heads where the data are of one period."""
THROWN_TOGETHER = {"holds": N_("Holds, but not within regions")}
"""Heads where the answer does not rest on change within regions."""


def section(ev: Evidence) -> Section:
    """The part."""
    parts = (
        *(_of_verdict(ev, verdict) for verdict in HEADS),
        Section("factors-all", _("The verdicts in one table"), _table(ev)),
        Section(
            "factors-sides",
            _("Between and within regions, side by side"),
            (*told(*sides.sentences(ev)), *_figure(ev), *sides.table(ev), *_estimates(ev)),
        ),
        Section("factors-warned", _("What warns against reading a direction"), _warned(ev)),
    )
    standing = told(denial("not_cause"), denial("ecological"), denial("simultaneous"))
    return Section("factors-answer", _("Answer: the factors sorted"), standing, tuple(p for p in parts if p.blocks))


def first_figure(ev: Evidence) -> Figure | None:
    """The paired intervals for the first screen; an id stands once in a page."""
    drawing = next((b for b in _figure(ev) if isinstance(b, Figure)), None)
    return None if drawing is None else replace(drawing, svg=drawing.svg.replace("factors_sides-", "first_sides-"))


def _warned(ev: Evidence) -> tuple[Block, ...]:
    said = tuple(warned.sentences(ev))
    return (Cautions(said),) if said else ()


def _of_verdict(ev: Evidence, verdict: str) -> Section:
    heads = HEADS if inside(ev) else HEADS | (ACROSS if one_period(ev) else THROWN_TOGETHER)
    tell = teller(ev, STEP)
    rows = of_verdict(ev, verdict)
    shared = _shared(ev, rows)
    blocks = (*told(*shared), *(b for row in rows for b in told(*_said(ev, tell, row, shared))))
    return Section(f"factors-{verdict.replace('_', '-')}", _(heads[verdict]), blocks)


def _shared(ev: Evidence, rows: Sequence[Row]) -> tuple[Sentence, ...]:
    """Reasons and notes that stand with every factor of a verdict: said once, above them."""
    each = [tuple(_why(ev, row)) for row in rows]
    words = [{said.plain for said in why} for why in each]
    return tuple(said for said in each[0] if all(said.plain in w for w in words)) if len(rows) > 1 else ()


def _why(ev: Evidence, row: Row) -> Iterator[Sentence]:
    """Why that verdict, and what else must be known. That it fades is told by the sentence itself."""
    if not (fades(row) and missed(ev, row)):
        yield from said_of(row, "reason")
    if (row.get("lag") or 0) > 0:
        yield sentence(_("The factor is taken {lag} before the outcome."), lag=row.show("lag", "periods"))
    yield from (Sentence((said,)) for said in row.messages("also"))


def _said(ev: Evidence, tell: Tell, row: Row, shared: Sequence[Sentence]) -> Iterator[Sentence]:
    """One factor: what was found, in how many specifications, and why no more is said."""
    verdict = str(row["verdict"])
    known: dict[str, Value] = {"factor": title_of(ev, row)}
    if verdict != "not_testable":
        known |= {"outcome": outcome(ev), "effect": amount(row, "effect")}
        between = amount(row, "effect") if one_period(ev) else _between(row)
        known |= {"step": united(row, "step", "step_unit"), "between": between, "within": amount(row, "effect")}
    if fades(row):
        known["before"] = amount(row, "within_region", "effect_unit", "within_region_low", "within_region_high")
    yield tell(_(VERBS[ev.result(STEP).claim][_verb(ev, row)]), **known)
    above = {said.plain for said in shared}
    yield from (said for said in _why(ev, row) if said.plain not in above)
    if verdict != "not_testable":
        yield from _agreeing(tell, row)
    if verdict in ("unseen", "between_only") and inside(ev, row) and row.get("mde") is not None:
        yield tell(_("These data mostly miss differences smaller than {mde}."), mde=united(row, "mde", "effect_unit"))


def _verb(ev: Evidence, row: Row) -> str:
    """Which sentence a verdict takes: by direction, and by whether the answer rests on change within regions."""
    verdict = str(row["verdict"])
    if verdict == "holds":
        side = _side_of(ev, row)
        return f"{side}_{'above' if row['effect'] > 0 else 'below'}"
    if fades(row):
        return "vanishes" if vanishes(row) else "fades"
    if led(row):
        return "led"
    if verdict == "between_only" and one_period(ev):
        return "between_alone"
    return "unseen_across" if verdict == "unseen" and not inside(ev, row) else verdict


def _side_of(ev: Evidence, row: Row) -> str:
    if inside(ev, row):
        return "rises" if row.get("estimator") == "first_difference" else "holds"
    return "across" if one_period(ev) else "pooled"


def _between(row: Row) -> Sentence:
    return amount(row, "between", "effect_unit", "between_low", "between_high")


def _agreeing(tell: Tell, row: Row) -> Iterator[Sentence]:
    if row.get("same_sign") is None:
        return
    same = row.show("same_sign", "share")
    if row.get("surviving") is None:
        yield tell(_("Of the specifications, {same} have the same sign."), same=same)
        return
    yield tell(
        _("Of the specifications, {same} have the same sign and {surviving} are clear besides."),
        same=same,
        surviving=row.show("surviving", "share"),
    )


def _table(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        *(Column(_("Factor")), Column(_("Lag"), True), Column(_("Verdict"))),
        *(Column(_("Step"), True), Column(_("Association"), True)),
        *(interval_column(STEP), Column("p", True), Column("q", True), Column(_("Same sign"), True)),
        *(Column(_("Clear besides"), True), Column(_("Smallest difference that can be found"), True)),
        Column(_("Estimator")),
    )
    cells = [
        (
            *(title_of(ev, r), cell(r, "lag", "plain"), r.show("verdict", "label"), united(r, "step", "step_unit")),
            *(figure(r, "effect", "low", "high"), span(r, "effect", "low", "high")),
            *(cell(r, "p", "chance"), cell(r, "q", "chance"), cell(r, "same_sign", "share")),
            *(cell(r, "surviving", "share"), figure(r, "mde"), cell(r, "estimator", "label")),
        )
        for r in ev.rows(STEP, "answer")
    ]
    foot = sentence(
        _(
            "Association: difference of the outcome ({outcome}) for one step more of the factor. p: how often chance alone would give as much (within regions of levels and changes put together). q: p with all that was tried taken into account."
        ),
        outcome=outcome(ev),
    )
    return tabled("factors-answer", sentence(_("Factors and verdicts")), columns, cells, foot)


def _figure(ev: Evidence) -> tuple[Block, ...]:
    holds, between = of_verdict(ev, "holds"), of_verdict(ev, "between_only")
    tell = teller(ev, STEP)
    if holds and not one_period(ev):
        title = tell(_("Associated within regions too: {names}"), names=names(ev, holds, "holds"))
    elif holds or between:
        rows, fact = (holds, "holds") if holds else (between, "between_only")
        title = tell(_("Associated between regions: {names}"), names=names(ev, rows, fact))
    else:
        title = tell(_("No factor is clearly associated with {outcome}"), outcome=outcome(ev))
    what = sentence(
        _("Difference of {outcome} for one step more of each factor, with {level} intervals; n = {n}"),
        outcome=measured_outcome(ev),
        level=ev.contract(f"interval_of.{STEP}", "level"),
        n=ev.fact(STEP, "n", "number"),
    )
    return drawn(ev, "factors_sides", title, what)


def _estimates(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        *(
            Column(_("Estimator")),
            Column(_("Factor")),
            Column(_("Coefficient"), True),
            Column(_("Standard error"), True),
        ),
        *(interval_column(STEP), Column("p", True), Column(_("Error")), Column("n", True), Column(_("Regions"), True)),
    )
    cells = [
        (
            *(r.show("estimator", "label"), title_of(ev, r), figure(r, "estimate", "low", "high")),
            *(figure(r, "se"), span(r, "estimate", "low", "high"), cell(r, "p", "chance")),
            *(cell(r, "error", "label"), cell(r, "n", "number", 0), cell(r, "regions", "number", 0)),
        )
        for r in ev.rows(STEP, "estimates")
    ]
    foot = sentence(_("Coefficients in the units of the model: of the outcome for one unit of the factor."))
    return tabled("factors-estimates", sentence(_("Every estimator and factor")), columns, cells, foot)
