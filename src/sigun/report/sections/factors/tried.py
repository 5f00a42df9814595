"""Everything tried (시도한 것 모두): every test, lags and the lead placebo, specifications, regions left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sigun.report.blocks import Block, Column, Section
from sigun.report.evidence import Evidence, Row
from sigun.report.laying import drawn, interval_column, tabled, teller, told
from sigun.report.sections.factors import compared
from sigun.report.sections.factors.saying import (
    CLEAR,
    DASH,
    STEP,
    asked,
    cell,
    figure,
    is_true,
    outcome,
    place_of,
    span,
    title_of,
)
from sigun.report.wording import Sentence, Value, listed, sentence
from sigun.text import _


def section(ev: Evidence) -> Section:
    """The part."""
    parts = (
        Section("factors-tried-all", _("Every test made"), (*told(*_count(ev)), *_all(ev))),
        Section("factors-lags", _("Earlier and later values"), (*told(*_lead_said(ev)), *_lags(ev))),
        Section("factors-curve", _("Every way of asking"), (*told(*_curve_said(ev)), *_curve(ev), *_summary(ev))),
        Section("factors-influence", _("One region left out at a time"), (*told(*_turning(ev)), *_influence(ev))),
        Section("factors-errors", _("Several standard errors, for replication"), compared.blocks(ev)),
    )
    return Section("factors-tried", _("What was tried"), (), tuple(part for part in parts if part.blocks))


def _count(ev: Evidence) -> Iterator[Sentence]:
    yield sentence(
        _(
            "{tried} were made of {factors}. q takes all of them into account (Benjamini and Hochberg); a find counts up to q = {q}."
        ),
        tried=ev.fact(STEP, "tried", "tests"),
        factors=ev.fact(STEP, "factors", "factors"),
        q=ev.fact(STEP, "q", "plain"),
    )


def _all(ev: Evidence) -> tuple[Block, ...]:
    """A row a factor and lag, a column an estimator, p and q in each cell."""
    rows = ev.rows(STEP, "tried")
    first = {str(r["estimator"]): r for r in reversed(rows)}
    estimators = list(dict.fromkeys(str(r["estimator"]) for r in rows))
    found: dict[tuple[str, float], dict[str, Row]] = {}
    for r in rows:
        found.setdefault((str(r["term"]), float(r["lag"])), {})[str(r["estimator"])] = r
    columns = (
        *(Column(_("Factor")), Column(_("Lag"), True)),
        *(Column(Sentence((first[name].show("estimator", "label"),)), True) for name in estimators),
    )
    cells = [_tried_row(ev, told, estimators) for told in found.values()]
    foot = sentence(
        _(
            "In each cell p, and q in brackets. Levels and changes within regions are one question with one q, which can so lie below the p of a cell."
        )
    )
    return tabled("factors-tried", sentence(_("Everything that was tried")), columns, cells, foot)


def _tried_row(ev: Evidence, told: Mapping[str, Row], estimators: Sequence[str]) -> list[Value]:
    any_row = next(iter(told.values()))
    return [title_of(ev, any_row), cell(any_row, "lag", "plain"), *(_p_and_q(told.get(name)) for name in estimators)]


def _p_and_q(row: Row | None) -> Value:
    if row is None or row.get("p") is None:
        return DASH
    if row.get("q") is None:
        return row.show("p", "chance")
    return Sentence((row.show("p", "chance"), " (", row.show("q", "chance"), ")"))


def _lead_said(ev: Evidence) -> Iterator[Sentence]:
    later = [r for r in ev.rows(STEP, "lags") if r["lag"] < 0]
    if not later:
        return
    yield sentence(
        _(
            "A factor's value of a later period should not go along with the outcome before it. This was tried as a placebo."
        )
    )
    failed = [r for r in later if r.get("p") is not None and r["p"] < CLEAR]
    if failed:
        yield sentence(
            _("It does for: {names}. There the order in time does not speak for a direction."),
            names=listed([title_of(ev, r) for r in failed]),
        )
    else:
        yield sentence(_("None failed this check."))


def _lags(ev: Evidence) -> tuple[Block, ...]:
    if all(r["lag"] == 0 for r in ev.rows(STEP, "lags")):
        return ()
    columns = (
        *(Column(_("Factor")), Column(_("Lag (below zero: after the outcome)"), True)),
        *(Column(_("Association"), True), interval_column(STEP), Column("p", True)),
    )
    cells = [
        (
            *(title_of(ev, r), cell(r, "lag", "plain"), figure(r, "estimate", "low", "high")),
            *(span(r, "estimate", "low", "high"), cell(r, "p", "chance")),
        )
        for r in ev.rows(STEP, "lags")
    ]
    return tabled("factors-lags", sentence(_("Values of earlier and later periods")), columns, cells)


def _curve_said(ev: Evidence) -> Iterator[Sentence]:
    rows = ev.rows(STEP, "curve_summary")
    if not rows:
        return
    yield sentence(
        _("The question was asked in {specs} along axes fixed in the plan: {axes}."),
        specs=ev.fact(STEP, "specs", "specifications"),
        axes=_axes(ev),
    )
    if ev.number(STEP, "joint_p") is not None:
        yield sentence(
            _("That so many come out clear by chance alone has a probability of {p} (joint test over all of them)."),
            p=ev.fact(STEP, "joint_p", "chance"),
        )


def _axes(ev: Evidence) -> Sentence:
    place = ev.finished.plan.steps.index(asked(ev))
    found = asked(ev).robustness
    axes = () if found is None else found.axes
    return listed([ev.plan(f"steps.{place}.robustness.axes.{i}", "label") for i in range(len(axes))])


def _curve(ev: Evidence) -> tuple[Block, ...]:
    tell = teller(ev, STEP)
    steady = [r for r in ev.rows(STEP, "answer") if r["verdict"] == "holds"]
    title = (
        tell(
            _("The sign stays the same in most ways of asking: {names}"),
            names=listed([title_of(ev, r) for r in steady]),
        )
        if steady
        else tell(_("No factor keeps its sign and stays clear over the ways of asking"))
    )
    what = sentence(
        _("Association with {outcome} in every specification, sorted; band: {level} intervals; ring: the answer"),
        outcome=outcome(ev),
        level=ev.contract(f"interval_of.{STEP}", "level"),
    )
    choices = sentence(_("How the estimate hangs on each choice"))
    span_of = sentence(_("Dot: median over the specifications with that choice; line: nine in ten of them"))
    return (*drawn(ev, "factors_curve", title, what), *drawn(ev, "factors_choices", choices, span_of))


def _summary(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        *(Column(_("Factor")), Column(_("Specifications"), True), Column(_("Same sign"), True)),
        *(Column(_("Clear besides"), True), Column(_("Median"), True), Column(_("Lowest to highest"), True)),
        Column(_("Joint test p"), True),
    )
    cells = [
        (
            *(title_of(ev, r), cell(r, "specs", "number", 0), cell(r, "same_sign", "share")),
            *(cell(r, "significant", "share"), figure(r, "median", "lowest", "highest")),
            *(span(r, "median", "lowest", "highest"), cell(r, "joint_p", "chance")),
        )
        for r in ev.rows(STEP, "curve_summary")
    ]
    return tabled("factors-curve", sentence(_("Specifications by factor")), columns, cells)


def _turning(ev: Evidence) -> Iterator[Sentence]:
    rows = ev.rows(STEP, "influence")
    if not rows:
        return
    turning = {r["term"]: r for r in rows if is_true(r, "turns")}
    if turning:
        yield sentence(
            _("The sign turns when one region is left out for: {names}."),
            names=listed([title_of(ev, r) for r in turning.values()]),
        )
    else:
        yield sentence(_("No sign turns, whichever region is left out."))


def _influence(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        *(Column(_("Factor")), Column(_("Region left out")), Column(_("Association then"), True)),
        *(Column(_("Change"), True), Column(_("Sign turns"))),
    )
    cells = [
        (
            *(title_of(ev, r), place_of(ev, r)),
            *(figure(r, "estimate", "change"), figure(r, "change", "estimate")),
            sentence(_("yes")) if is_true(r, "turns") else sentence(_("no")),
        )
        for r in ev.rows(STEP, "influence")
    ]
    return tabled("factors-influence", sentence(_("The regions on which most hangs")), columns, cells)
