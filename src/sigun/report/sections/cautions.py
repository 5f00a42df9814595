"""Cautions (유의사항): what the whole report does not say, and what each step asks to bear in mind."""

from __future__ import annotations

from sigun.report.blocks import Block, Cautions, Section
from sigun.report.evidence import Evidence
from sigun.report.wording import Sentence, sentence
from sigun.text import _


def section(ev: Evidence) -> Section:
    """The part; it is always there."""
    blocks: tuple[Block, ...] = (Cautions(tuple([*_general(ev), *_of_steps(ev)])),)
    return Section("cautions", _("Points to bear in mind"), blocks)


def _general(ev: Evidence) -> list[Sentence]:
    said = []
    if ev.finished.made_up:
        said.append(sentence(_("The data are made up: no figure here describes a real place.")))
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


def _of_steps(ev: Evidence) -> list[Sentence]:
    """Every caution once, with the method it belongs to."""
    said, seen = [], set()
    for step in ev.finished.plan.steps:
        for caution in ev.cautions(step.method) if ev.has(step.method) else []:
            if caution.text not in seen:
                seen.add(caution.text)
                said.append(Sentence((caution,)))
    return said
