"""Everything tried (시도한 것 모두): every test, lags and the lead placebo, regions left out, specifications, errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sigun.report.blocks import Block, Cautions, Column, Section
from sigun.report.evidence import Evidence, Row
from sigun.report.laying import drawn, interval_column, tabled, teller, told
from sigun.report.sections.factors.saying import (
    CLEAR,
    DASH,
    FEW,
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

FAR_BELOW = 1.5  # times the error that takes every row for itself


def section(ev: Evidence) -> Section:
    """The part."""
    parts = (
        Section("factors-tried-all", _("Every test made"), (*told(*_count(ev)), *_all(ev))),
        Section("factors-lags", _("Earlier and later values"), (*told(*_lead_said(ev)), *_lags(ev))),
        Section("factors-curve", _("Every way of asking"), (*told(*_curve_said(ev)), *_curve(ev), *_summary(ev))),
        Section("factors-influence", _("One region left out at a time"), (*told(*_turning(ev)), *_influence(ev))),
        Section("factors-errors", _("Several standard errors, for replication"), (*_cautioned(ev), *_errors(ev))),
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
    foot = sentence(_("In each cell p, and q in brackets."))
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
        yield sentence(_("It does for none of them."))


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


def _cautioned(ev: Evidence) -> tuple[Block, ...]:
    said = tuple(_cautions(ev))
    return (Cautions(said),) if said else ()


def _cautions(ev: Evidence) -> Iterator[Sentence]:
    """Naive errors stand here to compare figures with, never behind a sentence (S4)."""
    rows = ev.rows(STEP, "errors")
    if not rows:
        return
    yield sentence(
        _(
            "This table is for comparing figures with other programs. No sentence of this report rests on the rows marked with a caution."
        )
    )
    told = {said.plain: said for row in rows for said in (*_kernel_said(row), *_few(row))}
    yield from told.values()
    if any(r["kind"] == "driscoll_kraay" for r in rows):
        yield sentence(_("Under one and the same name programs give different figures, as each takes another rule."))
    yield from _understated(rows)


def _understated(rows: Sequence[Row]) -> Iterator[Sentence]:
    """Where an error that takes every row for itself is far below the clustered one; of each estimator the worst (S2)."""
    plain, clustered = (
        {(r["estimator"], r["term"]): r for r in reversed(rows) if r["kind"] == kind and r.get("se") is not None}
        for kind in ("iid", "crv1")
    )
    worst: dict[str, tuple[float, Row, Row]] = {}
    for place in plain.keys() & clustered.keys():
        naive, honest = plain[place], clustered[place]
        ratio = float(honest["se"]) / float(naive["se"])
        if ratio >= FAR_BELOW and ratio > worst.get(str(place[0]), (0.0,))[0]:
            worst[str(place[0])] = (ratio, naive, honest)
    for _ratio, naive, honest in sorted(worst.values(), key=lambda w: (-w[0], w[1].key)):
        yield sentence(
            _("{factor}, {estimator}: {naive} with {plain}, {honest} with {clustered}. The first is far too small."),
            factor=naive.show("title", "word") if naive.get("title") else naive.show("term", "word"),
            estimator=naive.show("estimator", "label"),
            naive=figure(naive, "se"),
            plain=naive.show("kind", "label"),
            honest=figure(honest, "se"),
            clustered=honest.show("kind", "label"),
        )


def _kernel_said(row: Row) -> Iterator[Sentence]:
    if row["kind"] == "driscoll_kraay":
        yield sentence(
            _("{kind}: kernel {kernel}, lag {lag}, small-sample rule: {rule}."),
            kind=row.show("kind", "label"),
            kernel=cell(row, "kernel", "label"),
            lag=cell(row, "lag", "plain"),
            rule=cell(row, "small_sample", "label"),
        )


def _few(row: Row) -> Iterator[Sentence]:
    if row.get("clusters") is not None and row["clusters"] < FEW and "period" in str(row["kind"]):
        yield sentence(
            _("{kind}: there are only {clusters} clusters, too few for such an error to be trusted."),
            kind=row.show("kind", "label"),
            clusters=row.show("clusters", "number", 0),
        )


def _errors(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        *(Column(_("Estimator")), Column(_("Factor")), Column(_("Error")), Column(_("Standard error"), True)),
        *(Column("p", True), Column(_("Clusters"), True), Column(_("Kernel")), Column(_("Lag"), True)),
        *(Column(_("Small-sample rule")), Column(_("Caution"))),
    )
    cells = [
        (
            *(r.show("estimator", "label"), title_of(ev, r), r.show("kind", "label"), _exact(r)),
            *(
                cell(r, "p", "p_alone"),
                cell(r, "clusters", "plain"),
                cell(r, "kernel", "label"),
                cell(r, "lag", "plain"),
            ),
            *(cell(r, "small_sample", "label"), _marked(r)),
        )
        for r in _errors_shown(ev)
    ]
    foot = None
    if len(cells) < len(ev.rows(STEP, "errors")):
        foot = sentence(_("Of the estimator behind each answer; the table `errors` of the run has the others too."))
    return tabled("factors-errors", sentence(_("One coefficient, several standard errors")), columns, cells, foot)


def _errors_shown(ev: Evidence) -> list[Row]:
    """All where figures are to be found again, else those of the answer."""
    rows = list(ev.rows(STEP, "errors"))
    if asked(ev).inference.purpose == "replication":
        return rows
    used = {(str(r["term"]), str(r["estimator"])) for r in ev.rows(STEP, "answer") if r.get("estimator")}
    main = ev.text(STEP, "main")
    terms = {term for term, _estimator in used}
    return [
        r for r in rows if (r["term"], r["estimator"]) in used or (r["term"] not in terms and r["estimator"] == main)
    ]


def _exact(row: Row) -> Sentence:
    return Sentence((row.show("se", "number", 6),)) if row.get("se") is not None else Sentence(("–",))


def _marked(row: Row) -> Sentence:
    return sentence(_("for replication only")) if is_true(row, "caution") else Sentence(("–",))
