"""The annex of the 기획안 (붙임): what is asked of its authors, and why each choice of the draft was made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sigun.report.blocks import Block, Column
from sigun.report.laying import tabled
from sigun.report.proposal.labels import UNITS
from sigun.report.proposal.parts import points, unwritten
from sigun.report.proposal.scope import span
from sigun.report.proposal.told import Told
from sigun.report.wording import Sentence, listed, sentence
from sigun.text import _


def annex(told: Told) -> Iterator[Block]:
    """작성자에게 묻는 것과 선택 이유."""
    yield from tabled(
        "open",
        sentence(_("Asked of the authors")),
        [Column(_("Question")), Column(_("Answer"))],
        [
            (
                told.say(f"proposal.open.{i}.asks"),
                told.say(f"proposal.open.{i}.answer") if one.answer else unwritten(),
            )
            for i, one in enumerate(told.words.open)
        ],
    )
    yield from points(_("Why so"), _reasons(told))


def _reasons(told: Told) -> Sequence[Sentence]:
    """Each reason once, after what was chosen by it."""
    places: dict[str, list[int]] = {}
    for i, one in enumerate(told.words.reasons):
        places.setdefault(one.said, []).append(i)
    return [_reason(told, several) for several in places.values()]


def _reason(told: Told, several: Sequence[int]) -> Sentence:
    said = told.say(f"proposal.reasons.{several[0]}.said")
    named = (one for i in several for one in _chosen(told, told.words.reasons[i].path))
    chosen = [one for one in named if one.plain not in said.text]
    return sentence(_("{chosen}: {reason}"), chosen=listed(chosen), reason=said) if chosen else Sentence((said,))


def _chosen(told: Told, path: str) -> Iterator[Sentence]:
    """What stands at a path, where the reason itself does not name it: data sets, the regions, the days."""
    panel = told.plan.panel
    yield from (Sentence((told.card(name, at),)) for name, at in told.used() if f"{at}.".startswith(f"{path}."))
    if path == "time":
        yield span(told)
    elif path == "panel.unit" and panel is not None and panel.unit != "own":
        yield Sentence((told.called("panel.unit", UNITS),))
    elif path == "panel.base" and panel is not None and panel.base is not None:
        yield Sentence((told.say("panel.base", "date"),))
