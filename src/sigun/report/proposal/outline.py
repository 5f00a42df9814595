"""The outline of a 기획안 (기획안의 얼개): the form officials know, two to four pages, from the plan alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from sigun.plan.model import Plan
from sigun.report.blocks import Block, Outline, Section
from sigun.report.proposal import methods, parts, scope
from sigun.report.proposal.annex import annex
from sigun.report.proposal.authors import drafted, mark
from sigun.report.proposal.told import CardFacts, Told
from sigun.report.wording import Sentence
from sigun.text import N_, Language, _, speaking

Teller = Callable[[Told], Iterable[Block]]

FORM: tuple[tuple[str, str, Teller, tuple[str, ...]], ...] = (
    ("background", N_("Background"), parts.background, ("background", "evidence")),
    (
        "problem",
        N_("Problem and questions"),
        parts.problem,
        ("problem", "stakeholders", "questions", "hypotheses", "decision"),
    ),
    ("scope", N_("Scope"), scope.blocks, ("space", "time", "panel")),
    ("data", N_("Data used"), parts.data, ("data", "lacking", "joins")),
    ("method", N_("Methods and checks"), methods.blocks, ("method", "steps")),
    ("handling", N_("Personal data and generative AI"), parts.handling, ("handling", "model", "privacy")),
    ("use", N_("Use and what is expected"), parts.use, ("outputs", "use", "effects", "spread")),
    ("schedule", N_("Schedule and budget"), parts.schedule, ("schedule", "budget")),
    ("risks", N_("Risks and conflicts of interest"), parts.risks, ("risks", "conflicts")),
)
"""Each part: its id, its title, who tells it, and the fields of the plan it tells."""

TOLD_BY_PROGRAM = ("scope", "method", "handling")
"""Parts that are told from what is run."""


def proposal_outline(plan: Plan, titles: Mapping[str, CardFacts], lang: Language) -> Outline:
    """Everything the 기획안 says; `titles` is what the catalogue knows of its data."""
    with speaking(lang):
        told = Told(plan, titles)
        return Outline(
            title=Sentence((told.say("title"),)),
            question=Sentence((told.say("question"),)),
            lang=lang,
            made_up=any(titles[name].made_up for name, _path in told.used() if name in titles),
            period=None,
            first=None,
            sections=tuple(_sections(told)),
            identity=tuple(_identity(told)),
            kind="proposal",
            ai_draft=drafted(told),
        )


def _identity(told: Told) -> Iterable[tuple[str, Sentence]]:
    """What tells this 기획안 from any other: of the checksums as much as anybody compares by eye."""
    yield _("plan"), Sentence((told.short("plan_hash"),))
    yield _("whole proposal"), Sentence((told.short("hash"),))
    yield _("sigun version"), Sentence((told.say("version", "word", "document"),))


def _sections(told: Told) -> Iterable[Section]:
    yield Section(
        "about",
        _("About"),
        tuple(parts.box(told)),
        mark=mark(told, ("title", "org", "team", "sentence")),
        counted=False,
    )
    for name, title, tell, fields in FORM:
        said = mark(told, fields, name in TOLD_BY_PROGRAM)
        yield Section(name, _(title), tuple(tell(told)), mark=said)
    last = tuple(annex(told))
    if last:
        yield Section(
            "annex", _("Annex: open questions and reasons"), last, mark=mark(told, ("open", "reasons")), counted=False
        )
