"""Cautions (유의사항): what the whole report does not say, and what each step asks to bear in mind."""

from __future__ import annotations

from collections.abc import Iterator

from sigun.report.blocks import Block, Cautions, Section
from sigun.report.evidence import Evidence
from sigun.report.sections.methods import METHODS
from sigun.report.wording import Sentence, sentence
from sigun.text import _


def section(ev: Evidence) -> Section:
    """The part; it is always there."""
    blocks: tuple[Block, ...] = (Cautions(tuple(_general(ev))), *_of_steps(ev))
    return Section("cautions", _("Points to bear in mind"), blocks)


def _general(ev: Evidence) -> list[Sentence]:
    said = []
    if ev.finished.made_up:
        said.append(sentence(_("The data are made up: no figure here describes a real place.")))
    if ev.of_tables:
        return [*said, *_of_tables(ev)]
    said += [
        sentence(
            _("Reports show where people looked and spoke up; places nobody reports are not thereby free of vehicles.")
        ),
        sentence(_("Nothing here says why vehicles are left, nor anything about a person.")),
    ]
    if ev.has("forecast"):
        said.append(
            sentence(_("A forecast carries the past forward: a campaign, a new app or building works can upset it."))
        )
    if ev.has("patrol"):
        said.append(
            sentence(
                _(
                    "What patrols find depends on where they go: keep the source of every case, and the random share, or the list will confirm itself."
                )
            )
        )
    return said


def _of_tables(ev: Evidence) -> list[Sentence]:
    persons = sentence(
        _("The figures are of regions, not of persons: what holds between regions need not hold for anyone.")
    )
    left_open = sentence(
        _("What is not observed was left open. It is neither zero nor an average, and was filled in nowhere.")
    )
    return [left_open] if ev.has("factors", "answer") else [persons, left_open]  # which says the first itself


def _of_steps(ev: Evidence) -> Iterator[Block]:
    """What each step asks to bear in mind, under its name; a caution that two steps share is said once."""
    seen: set[str] = set()
    for name, method in METHODS.items():
        if name not in ev.finished.results:
            continue
        cautions = [c for c in ev.cautions(name) if c.text not in seen]
        seen |= {c.text for c in cautions}
        said = [Sentence((c,)) for c in cautions]
        if ev.unanswered(name):
            said.insert(0, sentence(_("This part could not be answered with these data.")))
        if said:
            yield Cautions(tuple(said), _(method.name))
