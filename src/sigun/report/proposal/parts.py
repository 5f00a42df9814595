"""What people wrote (기획안의 글): problem, data, handling, use, schedule and risks, as the form asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sigun.plan.families import NAMES
from sigun.plan.privacy import Privacy
from sigun.report.blocks import Block, Column, Form, Items
from sigun.report.laying import tabled
from sigun.report.proposal.labels import (
    DIRECTIONS,
    EXPORTS,
    GRADES,
    OUTPUTS,
    PLACES,
    ROLES,
)
from sigun.report.proposal.told import Told
from sigun.report.wording import Sentence, Value, listed, sentence
from sigun.text import _

NOTHING = Sentence(("–",))
Blocks = Iterator[Block]


def box(told: Told) -> Blocks:
    """The form's head: what, who, and of which kind."""
    families = [told.called(f"families.{i}", NAMES, "document") for i in range(told.count("families", "document"))]
    rows = [
        (_("Title"), (Sentence((told.say("title"),)),)),
        (_("Proposed by"), told.prose("proposal.org") or (unwritten(),)),
        (_("Taking part"), (listed(told.each("proposal.team")),) if told.words.team else (unwritten(),)),
        (_("Kind of analysis"), (listed(families, " · "),)),
    ]
    if told.words.sentence:
        rows.append((_("The problem in one sentence"), told.prose("proposal.sentence")))
    yield Form(tuple(rows))


def background(told: Told) -> Blocks:
    """추진배경, with the source of every figure in it."""
    yield Items(told.prose("proposal.background") or (unwritten(),))
    yield from points(_("Grounds"), _evidence(told))


def _evidence(told: Told) -> Sequence[Sentence]:
    return [
        sentence(
            _("{sentence} (source: {source})"),
            sentence=told.say(f"proposal.evidence.{i}.sentence"),
            source=told.say(f"proposal.evidence.{i}.source"),
        )
        for i in range(len(told.words.evidence))
    ]


def problem(told: Told) -> Blocks:
    """문제정의, 분석질문, 가설, 결정."""
    yield Items(told.prose("proposal.problem") or (unwritten(),), _("The problem"))
    if told.words.stakeholders:
        yield Items((listed(told.each("proposal.stakeholders")),), _("Whom it concerns"))
    questions = [Sentence((one,)) for one in told.each("proposal.questions")]
    yield Items(tuple(questions) or (Sentence((told.say("question"),)),), _("What is asked"))
    yield from tabled(
        "hypotheses",
        sentence(_("Hypotheses, said before the data are looked at")),
        [Column(_("Factor or figure")), Column(_("Expected direction")), Column(_("Reason"))],
        [
            (
                told.say(f"proposal.hypotheses.{i}.variable"),
                told.called(f"proposal.hypotheses.{i}.direction", DIRECTIONS),
                told.say(f"proposal.hypotheses.{i}.reason"),
            )
            for i in range(len(told.words.hypotheses))
        ],
    )
    yield Items(told.prose("proposal.decision") or (unwritten(),), _("What will be decided by the result"))


def data(told: Told) -> Blocks:
    """활용 자료, 확보할 자료, 결합."""
    titles = (_("Data set"), _("Role"), _("What for"), _("Held by"), _("Grade"), _("Approval of use"))
    yield from tabled(
        "data",
        sentence(_("Data used")),
        [Column(title) for title in titles],
        [_data_row(told, name, path) for name, path in told.used()],
    )
    yield from tabled(
        "lacking",
        sentence(_("Data still to be had")),
        [Column(_("Data set")), Column(_("Role")), Column(_("Where such data are published"))],
        [
            (
                told.say(f"proposal.lacking.{i}.what"),
                told.called(f"proposal.lacking.{i}.role", ROLES),
                told.say(f"proposal.lacking.{i}.where") if one.where else NOTHING,
            )
            for i, one in enumerate(told.words.lacking)
        ],
    )
    yield from points(_("How data are joined"), _joins(told))


def _data_row(told: Told, name: str, path: str) -> Sequence[Value]:
    at = next((i for i, use in enumerate(told.words.data) if use.id == name), None)
    use = told.words.data[at] if at is not None else None
    said = f"proposal.data.{at}"
    facts = told.cards.get(name)
    approval = told.say(f"{said}.approval") if use and use.approval else None
    if approval is None and facts and facts.approval:
        approval = told.card(name, path, "approval")
    return (
        told.card(name, path),
        told.called(f"{said}.role", ROLES) if use else NOTHING,
        told.say(f"{said}.purpose") if use and use.purpose else NOTHING,
        told.card(name, path, "owner") if facts and facts.owner else NOTHING,
        told.called(f"{name}.grade", GRADES, "card") if facts else NOTHING,
        approval or NOTHING,
    )


def _joins(told: Told) -> Sequence[Sentence]:
    said = []
    for i, join in enumerate(told.words.joins):
        at = f"proposal.joins.{i}"
        both = {side: told.card(getattr(join, side), f"{at}.{side}") for side in ("left", "right")}
        keys = listed(told.each(f"{at}.keys"))
        if join.expected is None:
            said.append(sentence(_("{left} and {right}, by {keys}"), keys=keys, **both))
        else:
            share = told.say(f"{at}.expected", "level")
            template = _("{left} and {right}, by {keys}; {share} of rows are expected to find their counterpart")
            said.append(sentence(template, keys=keys, share=share, **both))
    return said


def handling(told: Told) -> Blocks:
    """개인정보와 생성형 AI."""
    yield Items(tuple(_personal(told)), _("Personal data"))
    yield Items(tuple(_model(told)), _("Generative AI"))


def _personal(told: Told) -> Iterator[Sentence]:
    yield sentence(_("Columns of personal data are left out or made unreadable when a file is taken in"))
    if told.plan.privacy is not None or told.plan.panel is not None:
        rule = told.plan.privacy or Privacy()
        hidden = _("In data that are not public, counts below {n} are hidden")
        rounded = _("In data that are not public, counts below {n} are rounded by chance")
        smallest = told.say("privacy.min_cell", "number")
        yield sentence(hidden if rule.method == "suppress" else rounded, n=smallest)
    yield from told.prose("proposal.handling.procedure")
    yield Sentence((told.called("proposal.handling.export", EXPORTS),))


def _model(told: Told) -> Iterator[Sentence]:
    use = told.words.model
    if not use.used:
        yield sentence(_("Not used: rules of the program and people wrote this proposal"))
        return
    yield sentence(_("Used for drafting words; no figure comes from it"))
    yield Sentence((told.called("proposal.model.place", PLACES),))
    if use.sent:
        yield sentence(_("What it was shown: {kinds}"), kinds=listed(told.each("proposal.model.sent")))


def use(told: Told) -> Blocks:
    """활용방안과 기대효과."""
    yield Items(told.prose("proposal.use") or (unwritten(),), _("How the result is used"))
    yield from points(_("What comes of it"), _outputs(told))
    titles = (_("Indicator"), _("Now"), _("Goal"), _("Measured"))
    rows = [
        [
            told.say(f"proposal.effects.{i}.{name}") if getattr(one, name) else NOTHING
            for name in ("indicator", "base", "goal", "measured")
        ]
        for i, one in enumerate(told.words.effects)
    ]
    yield from tabled("effects", sentence(_("What is expected")), [Column(title) for title in titles], rows)
    if not rows:
        yield Items((unwritten(),), _("What is expected"))
    yield from points(_("Who else can use it"), told.prose("proposal.spread"))


def _outputs(told: Told) -> Sequence[Sentence]:
    said = []
    for i, one in enumerate(told.words.outputs):
        at = f"proposal.outputs.{i}"
        about = [told.say(f"{at}.{name}") for name in ("unit", "audience") if getattr(one, name)]
        kind = told.called(f"{at}.kind", OUTPUTS)
        said.append(sentence(_("{kind} ({about})"), kind=kind, about=listed(about)) if about else Sentence((kind,)))
    return said


def schedule(told: Told) -> Blocks:
    """추진일정과 예산."""
    rows = [
        (
            told.say(f"proposal.schedule.{i}.what"),
            told.say(f"proposal.schedule.{i}.until", "date")
            if one.until
            else told.say(f"proposal.schedule.{i}.when")
            if one.when
            else NOTHING,
        )
        for i, one in enumerate(told.words.schedule)
    ]
    yield from tabled("schedule", sentence(_("Stages")), [Column(_("Stage")), Column(_("Until"))], rows)
    if not rows:
        yield Items((unwritten(),), _("Stages"))
    yield Items(told.prose("proposal.budget") or (unwritten(),), _("Budget"))


def risks(told: Told) -> Blocks:
    """위험과 대응, 이해충돌."""
    rows = [
        (
            told.say(f"proposal.risks.{i}.what"),
            told.say(f"proposal.risks.{i}.response") if one.response else NOTHING,
        )
        for i, one in enumerate(told.words.risks)
    ]
    yield from tabled(
        "risks",
        sentence(_("What may go wrong")),
        [Column(_("What may go wrong")), Column(_("What is done then"))],
        rows,
    )
    if not rows:
        yield Items((unwritten(),), _("What may go wrong"))
    conflicts = [Sentence((one,)) for one in told.each("proposal.conflicts")]
    # Silence is no declaration: that there is none is for a person to say.
    yield Items(tuple(conflicts) or (unwritten(),), _("Conflicts of interest"))


def unwritten() -> Sentence:
    """What stands in a part of the form nobody has filled in."""
    return sentence(_("(to be written)"))


def points(title: str, said: Sequence[Sentence]) -> Blocks:
    """Points under a title, or nothing."""
    if said:
        yield Items(tuple(said), title)
