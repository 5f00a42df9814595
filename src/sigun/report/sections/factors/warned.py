"""What warns against a reading (해석 주의): signs, directions, few clusters, errors that disagree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sigun.report.evidence import Evidence, Row
from sigun.report.laying import teller
from sigun.report.sections.factors.saying import CLEAR, FEW, STEP, asked, cell, is_true, outcome, title_of
from sigun.report.wording import Sentence, listed, sentence
from sigun.text import _


def sentences(ev: Evidence) -> Iterator[Sentence]:
    """All there is to warn of, factor by factor, then of all."""
    rows = ev.rows(STEP, "answer")
    yield from _led(ev, [r for r in rows if _leads(r)])
    for row in rows:
        yield from _by_itself(ev, row)
    for row in ev.rows(STEP, "terms"):
        yield from _denominator(ev, row)
    yield from _few_clusters(ev)
    yield from disagreeing(ev)


def direction(ev: Evidence, row: Row) -> Iterator[Sentence]:
    """Why no direction is read from one factor."""
    yield from _led(ev, [row] if _leads(row) else [])
    yield from _by_itself(ev, row)


def _leads(row: Row) -> bool:
    lead = row.get("lead_p")
    return lead is not None and lead < CLEAR


def _led(ev: Evidence, rows: Sequence[Row]) -> Iterator[Sentence]:
    """The outcome may have moved first (more police where there is more crime)."""
    if rows:
        yield teller(ev, STEP)(
            _(
                "{factors}: a value of a later period goes along with the {outcome} before it. The two may move in the reverse order or by something shared, so no direction is read."
            ),
            factors=listed([Sentence((title_of(ev, r), " (", r.show("lead_p", "p"), ")")) for r in rows]),
            outcome=outcome(ev),
        )


def _by_itself(ev: Evidence, row: Row) -> Iterator[Sentence]:
    """Moved by the outcome, or told by the other factors."""
    tell, term = teller(ev, STEP), ev.row(STEP, "terms", row["term"])
    known = {"factor": title_of(ev, row), "outcome": outcome(ev)}
    if term is not None and is_true(term, "moved_by_outcome"):
        yield tell(
            _(
                "{factor} is itself moved by {outcome} or decided upon with it in view (simultaneity): its sign tells of no direction, and nothing follows from it for raising or lowering {factor}."
            ),
            **known,
        )
    if row.get("vif") is not None and row["vif"] > asked(ev).checks.vif_max:
        yield tell(
            _("{factor}: its sign is not read, as the other factors tell nearly the same (VIF {vif})."),
            factor=known["factor"],
            vif=row.show("vif", "number", 1),
        )


def _denominator(ev: Evidence, term: Row) -> Iterator[Sentence]:
    if term.get("shares_denominator"):
        yield sentence(
            _(
                "{factor} and {outcome} are divided by the same {denominator}: part of what goes together may come of that alone."
            ),
            factor=title_of(ev, term),
            outcome=outcome(ev),
            denominator=term.show("shares_denominator", "translated"),
        )


def _few_clusters(ev: Evidence) -> Iterator[Sentence]:
    clusters = ev.number(STEP, "clusters")
    if clusters is None or clusters >= FEW:
        return
    known = {"clusters": ev.fact(STEP, "clusters", "number")}
    if ev.number(STEP, "exact"):
        yield sentence(
            _(
                "There are only {clusters} clusters. The usual clustered error is too small then, so the answer rests on a bootstrap over every pattern of signs ({draws})."
            ),
            draws=ev.fact(STEP, "draws", "number"),
            **known,
        )
        return
    yield sentence(
        _(
            "There are only {clusters} clusters. The usual clustered error is too small then, so the answer rests on a bootstrap of clusters or on leaving them out in turn."
        ),
        **known,
    )


def disagreeing(ev: Evidence) -> Iterator[Sentence]:
    """Where the clustered error finds something and the bootstrap does not, or the reverse."""
    usual = _clustered(ev)
    for (estimator, term), wild in _drawn(ev).items():
        first = usual.get((estimator, term))
        if first is not None and (first["p"] < CLEAR) != (wild["p"] < CLEAR):
            yield sentence(
                _(
                    "{factor}, {estimator}: by the clustered error ({kind}, {rule}) {p}, by the wild cluster bootstrap {wild}. They disagree, and the bootstrap is followed."
                ),
                factor=title_of(ev, wild),
                estimator=first.show("estimator", "label"),
                kind=first.show("kind", "label"),
                rule=cell(first, "small_sample", "label"),
                p=first.show("p", "p"),
                wild=wild.show("p", "p"),
            )


def _clustered(ev: Evidence) -> dict[tuple[str, str], Row]:
    """CRV1 by estimator and factor; of several rules the one that is surest of itself."""
    rows = [r for r in ev.rows(STEP, "errors") if r["kind"] == "crv1" and r.get("p") is not None]
    return {(str(r["estimator"]), str(r["term"])): r for r in sorted(rows, key=lambda r: -r["p"])}


def _drawn(ev: Evidence) -> dict[tuple[str, str], Row]:
    """What the bootstrap says, by estimator and factor: of the estimates, and of the errors asked for by name."""
    factors = {r["term"] for r in ev.rows(STEP, "answer")}
    rows = [r for r in ev.rows(STEP, "estimates") if r.get("error") == "wild_cluster"]
    rows += [r for r in ev.rows(STEP, "errors") if r["kind"] == "wild_cluster"]
    known = (r for r in rows if r.get("p") is not None and r["term"] in factors)
    return {(str(r["estimator"]), str(r["term"])): r for r in known}
