"""How it was reckoned (계산 방법): what another program must know to find the same figures."""

from __future__ import annotations

from collections.abc import Iterator

from sigun.report.blocks import Column, Section
from sigun.report.evidence import Evidence
from sigun.report.laying import tabled
from sigun.report.sections.factors.saying import DASH, STEP, label_of
from sigun.report.wording import Sentence, Value, listed, sentence
from sigun.text import _


def section(ev: Evidence) -> Section:
    """Weights, kernel, small-sample rule, solver, clusters, draws, seed."""
    columns = (Column(_("What")), Column(_("In this run")))
    cells = [(Sentence((name,)), value) for name, value in _rows(ev)]
    return Section(
        "factors-box",
        _("How it was reckoned"),
        tabled("factors-box", sentence(_("To find the same figures again")), columns, cells),
    )


def _rows(ev: Evidence) -> Iterator[tuple[str, Value]]:
    yield _("Estimator behind the answer"), label_of(ev, "main")
    yield _("Outcome taken as"), _transform(ev)
    yield _("Errors behind the answer"), _errors_behind(ev)
    yield _("Clusters"), _number(ev, "clusters")
    yield _("Small-sample rule"), label_of(ev, "small_sample")
    yield _("Kernel and lag"), _kernels(ev)
    yield _("Draws"), _draws(ev)
    yield _("Finds by chance held to"), ev.fact(STEP, "q", "level")
    yield _("Neighbours"), label_of(ev, "weights_source")
    yield _("Hash of the neighbours"), _word(ev, "weights_hash")
    yield _("Solver"), label_of(ev, "solver")
    yield _("Seed"), ev.plan("seed", "year")


def _transform(ev: Evidence) -> Sentence:
    if ev.text(STEP, "transform") == "log":
        return sentence(_("its natural logarithm"))
    return sentence(_("the value as it is"))


def _number(ev: Evidence, fact: str) -> Value:
    return DASH if ev.number(STEP, fact) is None else ev.fact(STEP, fact, "year")


def _word(ev: Evidence, fact: str) -> Value:
    return DASH if not ev.text(STEP, fact) else ev.word(STEP, fact)


def _draws(ev: Evidence) -> Value:
    if not ev.number(STEP, "draws"):
        return sentence(_("none used"))
    if ev.number(STEP, "exact"):
        return sentence(_("{draws} (every pattern of signs)"), draws=ev.fact(STEP, "draws", "number"))
    return ev.fact(STEP, "draws", "number")


def _errors_behind(ev: Evidence) -> Value:
    first = {str(r["p_kind"]): r for r in reversed(ev.rows(STEP, "answer")) if r.get("p_kind")}
    if not first:
        return DASH
    return listed([first[kind].show("p_kind", "label") for kind in sorted(first)])


def _kernels(ev: Evidence) -> Value:
    rows = {str(r["kernel"]): r for r in reversed(ev.rows(STEP, "errors")) if r.get("kernel")}
    if not rows:
        return sentence(_("none used"))
    said = [
        listed(
            [r.show("kernel", "label"), r.show("lag", "plain")]
            if r.get("lag") is not None
            else [r.show("kernel", "label")]
        )
        for r in rows.values()
    ]
    return listed(said, "; ")
