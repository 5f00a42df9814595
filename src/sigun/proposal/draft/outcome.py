"""The outcome (결과변수): which figure of the catalogue a thing of the sentence means, and in which frame it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sigun.catalog.search.sentence import tight_of
from sigun.proposal.draft.asked import Asked, Thing
from sigun.proposal.draft.figures import Figure
from sigun.proposal.draft.holding import Holding
from sigun.proposal.draft.panel import Frame, frame_of
from sigun.proposal.draft.shelf import Shelf
from sigun.units import Measure

SHORT = 2  # letters
LIKELY: tuple[Measure, ...] = ("rate", "flow", "share", "stock", "index")
COUNTS: tuple[Measure, ...] = ("flow", "rate", "share", "stock", "index")


@dataclass(frozen=True)
class Outcome:
    """What is asked about: the thing as said, its figure, and the frame its table gives."""

    thing: Thing
    figure: Figure
    held: Holding
    frame: Frame


def outcomes(thing: Thing, asked: Asked, shelf: Shelf, liked: Sequence[Measure] = LIKELY) -> tuple[Outcome, ...]:
    """Figures a thing of the sentence means, likeliest first: of the regions asked for, a rate, told long."""
    found = []
    for figure in shelf.figures:
        held = shelf.holding(figure.card.id)
        held = held.at(asked.level) if held is not None else None
        frame = frame_of(held, asked.within) if held is not None else None
        if held is not None and frame is not None and figure.means(thing.words) and _covers(held, asked):
            found.append(Outcome(thing, figure, held, frame))
    return tuple(sorted(found, key=lambda one: _rank(one, asked, liked), reverse=True))


def _covers(held: Holding, asked: Asked) -> bool:
    return not asked.within or not held.sidos or bool(set(asked.within) & held.sidos)


def _rank(one: Outcome, asked: Asked, liked: Sequence[Measure]) -> tuple[Any, ...]:
    measure = one.figure.measure
    level = one.frame.level
    wanted = asked.level is None or level == asked.level or (asked.level == "dong" and level == "own")
    usual = level == "sigungu" if asked.level is None else wanted
    liking = len(liked) - liked.index(measure) if measure in liked else 0
    near = one.figure.closeness(one.thing.words)
    title, (_word, rest) = tight_of(one.figure.title), one.figure.narrower(one.thing.words)
    return (
        wanted,
        len(title) > SHORT and title in tight_of(asked.sentence),  # called by its very title
        not rest or rest in tight_of(asked.sentence),
        near >= 0.6,
        liking + usual,
        round(near, 3),
        len(one.frame.regions) > 5,
        one.frame.periods,
        one.figure.id,
    )


def outcome_thing(
    asked: Asked, shelf: Shelf, liked: Sequence[Measure] = LIKELY, known: Sequence[str] = ()
) -> Outcome | None:
    """What the sentence asks about: the thing it calls affected, else one with a recipe, else the first with a figure.

    Parameters
    ----------
    known : words of outcomes there are recipes for.
    """
    found = [outcomes(thing, asked, shelf, liked) for thing in asked.things]
    candidates = [one[0] for one in found if one and not another(one[0], asked)]
    affected = (one for one in candidates if one.thing.said.endswith(("에", "에도", "에는")))
    with_recipe = [one for one in candidates if one.figure.means(known)]
    by_name = (
        one for one in with_recipe if _by_name(one)
    )  # 출산율 is 합계출산율; 인구감소 is 출생아 수 by a list alone
    return next(affected, None) or next(by_name, None) or next(iter((*with_recipe, *candidates)), None)


def _by_name(one: Outcome) -> bool:
    """Whether the sentence's own word for the thing stands in the figure's title."""
    said = tight_of(one.thing.label)
    return len(said) > SHORT and said in tight_of(one.figure.title)


def another(one: Outcome, asked: Asked) -> bool:
    """Whether the figure is of something else than what is asked: 고령인구 비율 is no 인구."""
    word, rest = one.figure.narrower(one.thing.words)
    return len(word) <= SHORT <= len(rest) and rest not in tight_of(asked.sentence)
