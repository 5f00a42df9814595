"""The first screen of a factor analysis (요인 분석 첫 화면): what a mayor reads in four minutes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sigun.report.blocks import FirstScreen, Tile
from sigun.report.evidence import Evidence, Row
from sigun.report.laying import Tell, teller
from sigun.report.measures import united
from sigun.report.sections.factors.answer import first_figure
from sigun.report.sections.factors.saying import (
    STEP,
    bounds,
    denial,
    digits,
    fades,
    inside,
    joined,
    led,
    names,
    of_verdict,
    one_period,
    outcome,
    title_of,
    vanishes,
)
from sigun.report.sections.factors.warned import direction
from sigun.report.wording import Sentence, Value, listed, sentence
from sigun.text import _

SENTENCES = 6


def first_screen(ev: Evidence) -> FirstScreen:
    """What holds, what is only a difference between regions, what is unstable, what could not be tested, how many were tried."""
    if not ev.has(STEP, "answer"):
        return _unanswered(ev)
    tell = teller(ev, STEP)
    said = [*_holds(ev, tell), *_between(ev, tell), *_open(ev, tell), *_excluded(ev), _tried(ev)]
    return FirstScreen(tuple(said), _tile(ev), first_figure(ev), tuple(_to_do(ev)))


def _unanswered(ev: Evidence) -> FirstScreen:
    """The step had no answer; its cautions say why."""
    said = [sentence(_("This question could not be answered with these data."))]
    said += [Sentence((caution,)) for caution in ev.cautions(STEP)[: SENTENCES - 1]]
    return FirstScreen(tuple(said), None, None, ())


def _holds(ev: Evidence, tell: Tell) -> Iterator[Sentence]:
    rows = of_verdict(ev, "holds")
    if not rows:
        yield tell(_none(ev), outcome=outcome(ev))
    if rows:
        yield joined(*_toward(ev, tell, rows, "holds"))


def _toward(ev: Evidence, tell: Tell, rows: Sequence[Row], fact: str) -> Iterator[Sentence]:
    """Those that go along upwards, then those that go along downwards."""
    changes = [r for r in rows if inside(ev, r) and r.get("estimator") == "first_difference"]
    for (above, below), told in ((_directions(ev), [r for r in rows if r not in changes]), (_of_changes(), changes)):
        up, down = [r for r in told if r["effect"] > 0], [r for r in told if r["effect"] < 0]
        for template, some in ((above, up), (below, down)):
            if some:
                yield joined(tell(template, names=names(ev, some, fact), outcome=outcome(ev)), _undirected(ev, some))


def _of_changes() -> tuple[str, str]:
    return (
        _(
            "{names}: within one and the same region, {outcome} rose further at times when they rose more. The two were associated."
        ),
        _(
            "{names}: within one and the same region, {outcome} rose less at times when they rose more. The two were associated."
        ),
    )


def _none(ev: Evidence) -> str:
    if one_period(ev):
        return _("The data are of one period: no association of a factor with {outcome} can be told within regions.")
    return _("No association of a factor with {outcome} held within regions and across the ways of asking.")


def _directions(ev: Evidence) -> tuple[str, str]:
    if not inside(ev) and not one_period(ev):
        return (
            _(
                "{names}: where they are higher, {outcome} is higher too. The two were associated, lasting differences left in."
            ),
            _(
                "{names}: where they are higher, {outcome} is lower. The two were associated, lasting differences left in."
            ),
        )
    if not inside(ev):
        return (
            _("{names}: where they are higher, {outcome} is higher too. The two were associated between regions."),
            _("{names}: where they are higher, {outcome} is lower. The two were associated between regions."),
        )
    return (
        _(
            "{names}: within one and the same region, {outcome} was higher at times when they were higher. The two were associated."
        ),
        _(
            "{names}: within one and the same region, {outcome} was lower at times when they were higher. The two were associated."
        ),
    )


def _undirected(ev: Evidence, rows: Sequence[Row]) -> Sentence | None:
    """Those of which no direction may be read."""
    warned = [r for r in rows if any(True for _said in direction(ev, r))]
    if not warned:
        return None
    return sentence(_("No direction is read from: {names}."), names=listed([title_of(ev, r) for r in warned]))


def _between(ev: Evidence, tell: Tell) -> Iterator[Sentence]:
    rows = of_verdict(ev, "between_only")
    if rows and one_period(ev):
        yield joined(*_toward(ev, tell, rows, "between_only"))
    elif rows:
        yield tell(
            _("{names}: differences between regions only. Nothing shows that a region changes along when they change."),
            names=names(ev, rows, "between_only"),
        )


def _open(ev: Evidence, tell: Tell) -> Iterator[Sentence]:
    """What was looked at without an answer, in one breath."""
    said: list[Sentence] = []
    fading = [r for r in of_verdict(ev, "unstable") if fades(r)]
    unstable, unseen = [r for r in of_verdict(ev, "unstable") if r not in fading], of_verdict(ev, "unseen")
    said += _fading(ev, tell, fading)
    if late := [r for r in unstable if led(r)]:
        told = _("{names}: no conclusion, as values of later periods go along with the {outcome} before them too.")
        said.append(tell(told, names=listed([title_of(ev, r) for r in late]), outcome=outcome(ev)))
        unstable = [r for r in unstable if r not in late]
    if unstable:
        known = names(ev, unstable, "unstable")
        said.append(tell(_("{names}: no conclusion, as the answer turns with the way of asking."), names=known))
    if unseen:
        known = names(ev, unseen, "unseen")
        said.append(tell(_("{names}: no association was confirmed."), names=known))
    if rows := of_verdict(ev, "not_testable"):
        said.append(sentence(_("{names}: cannot be tested with these data."), names=names(ev, rows, "not_testable")))
    if said:
        yield joined(*said)


def _fading(ev: Evidence, tell: Tell, rows: Sequence[Row]) -> Iterator[Sentence]:
    """What is gone, or clear no longer, once what all regions share in a period is taken out."""
    gone = [r for r in rows if vanishes(r)]
    dim = [r for r in rows if r not in gone]
    for some, template in (
        (
            gone,
            _(
                "{names}: associated with {outcome} as long as only lasting differences of regions are taken out; gone once what all regions share in a period is taken out too."
            ),
        ),
        (
            dim,
            _(
                "{names}: associated with {outcome} as long as only lasting differences of regions are taken out; clear no longer once what all regions share in a period is taken out too."
            ),
        ),
    ):
        if some:
            yield tell(template, names=listed([title_of(ev, r) for r in some]), outcome=outcome(ev))


def _excluded(ev: Evidence) -> Iterator[Sentence]:
    if ev.number(STEP, "excluded_regions"):
        yield sentence(
            _("Of {asked} asked for, {excluded} could not be looked at with these data."),
            asked=ev.fact(STEP, "asked_regions", "areas"),
            excluded=ev.fact(STEP, "excluded_regions", "areas"),
        )


def _tried(ev: Evidence) -> Sentence:
    return sentence(
        _("{factors} were looked at and {tried} made in all; finds by chance among the finds are held to {q}."),
        factors=ev.fact(STEP, "factors", "factors"),
        tried=ev.fact(STEP, "tried", "tests"),
        q=ev.fact(STEP, "q", "level"),
    )


def _tile(ev: Evidence) -> Tile:
    """The clearest of what holds (of one period: between regions), else how many hold."""
    rows = of_verdict(ev, "holds") or (of_verdict(ev, "between_only") if one_period(ev) else [])
    if not rows:
        return Tile(
            label=sentence(_("Factors whose association held within regions")),
            number=Sentence((ev.fact(STEP, "holds", "number"),)),
            interval=None,
            note=sentence(_("of {factors} looked at"), factors=ev.fact(STEP, "factors", "factors")),
            caution=denial("not_cause"),
        )
    row = rows[0]
    return Tile(
        label=_label(ev, row),
        number=united(row, "effect", "effect_unit", "number", digits(row["effect"], row.get("low"), row.get("high"))),
        interval=bounds(row, "effect"),
        note=sentence(_("{same} of the specifications have the same sign"), same=row.show("same_sign", "share"))
        if row.get("same_sign") is not None
        else sentence(_("of {factors} looked at"), factors=ev.fact(STEP, "factors", "factors")),
        caution=denial("not_cause"),
    )


def _label(ev: Evidence, row: Row) -> Sentence:
    known: dict[str, Value] = {
        "factor": title_of(ev, row),
        "outcome": outcome(ev),
        "step": united(row, "step", "step_unit"),
    }
    if row.get("estimator") == "first_difference":
        return sentence(_("{outcome}: difference within a region when {factor} rises by {step} more"), **known)
    if not inside(ev, row):
        return sentence(_("{outcome}: difference of regions with {factor} higher by {step}"), **known)
    return sentence(_("{outcome}: difference within a region when {factor} is higher by {step}"), **known)


def _to_do(ev: Evidence) -> Iterator[Sentence]:
    """What follows for the reader; no measure is advised from an association."""
    if of_verdict(ev, "holds"):
        yield sentence(
            _("Find out first why the factors that hold differ; before a measure, check what it is to change.")
        )
    if of_verdict(ev, "between_only"):
        yield sentence(_("Give no reason for a measure by differences between regions only."))
    if of_verdict(ev, "not_testable") or ev.number(STEP, "excluded_regions"):
        yield sentence(_("Add the data named under “What the data could not tell”, and run the plan again."))
    if "effect" not in ev.finished.results:
        yield sentence(_("Whether a measure works is another question, asked with “method: effect”."))
