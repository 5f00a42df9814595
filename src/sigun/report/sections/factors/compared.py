"""Standard errors side by side (표준오차 비교): for finding figures again. No sentence rests on the naive ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sigun.report.blocks import Block, Cautions, Column
from sigun.report.evidence import Evidence, Row
from sigun.report.laying import tabled
from sigun.report.sections.factors.saying import FEW, STEP, asked, cell, figure, is_true, title_of
from sigun.report.wording import Sentence, sentence
from sigun.text import _

FAR_BELOW = 1.5  # times the error that takes every row for itself


def blocks(ev: Evidence) -> tuple[Block, ...]:
    """What to bear in mind, and the table."""
    return (*_cautioned(ev), *_errors(ev))


def _cautioned(ev: Evidence) -> tuple[Block, ...]:
    said = tuple(_cautions(ev))
    return (Cautions(said),) if said else ()


def _cautions(ev: Evidence) -> Iterator[Sentence]:
    """Naive errors stand here to compare figures with, never behind a sentence."""
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
    """Where an error that takes every row for itself is far below the clustered one; of each estimator the worst."""
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
        foot = sentence(_("Of the estimator behind each answer; the table “errors” of the run has the others too."))
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
