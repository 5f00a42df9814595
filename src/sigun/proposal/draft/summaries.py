"""A draft of summary statistics (기술통계 초안): the figures a sentence names, side by side in one frame."""

from __future__ import annotations

from typing import Any

from sigun.proposal.draft.asked import Asked
from sigun.proposal.draft.figures import Figure
from sigun.proposal.draft.outcome import COUNTS, Outcome, outcomes
from sigun.proposal.draft.panel import panel, shortened, time, unfit, variable, why_frame
from sigun.proposal.draft.shelf import Shelf
from sigun.proposal.draft.sketch import Nothing, Said, Sketch
from sigun.text import N_, say

EACH = 4  # figures for one thing of the sentence
MOST = 12


def of_summary(asked: Asked, shelf: Shelf) -> Sketch | Nothing:
    """The sketch of a summary; nothing where no table tells any of what the sentence names."""
    found = [named for thing in asked.things if (named := outcomes(thing, asked, shelf, COUNTS))]
    if not found:
        return of_one_moment(asked, shelf)
    return _of_periods(found, shelf)


def _of_periods(found: list[tuple[Outcome, ...]], shelf: Shelf) -> Sketch:
    level = found[0][0].frame.level
    first = next(
        (one for named in found for one in named if one.frame.level == level and one.frame.span == "year"), found[0][0]
    )
    chosen: list[Figure] = []
    reasons: list[Said] = []
    for named in found:
        mine: list[Figure] = []
        for one in named:
            if len(mine) < EACH and _fits(one, first, [*chosen, *mine]):
                mine.append(one.figure)
        chosen += mine
        if mine:
            what = N_("“{said}” in the sentence: {names}.")
            reasons.append(
                Said(
                    "steps.summary.variables",
                    say(what, said=named[0].thing.said, names=", ".join(f.title for f in mine)),
                )
            )
    return _sketch(first, chosen[:MOST], reasons, shelf)


def _fits(one: Outcome, first: Outcome, chosen: list[Figure]) -> bool:
    if any(one.figure.title == other.title for other in chosen) or one.figure.measure is None:
        return False
    if one.figure is first.figure:
        return True
    return one.frame.level == first.frame.level and unfit(one.figure, one.held, first.frame) is None


def of_one_moment(asked: Asked, shelf: Shelf) -> Sketch | Nothing:
    """Tables that tell one moment and no periods: their regions are taken as they name them."""
    timeless = [f for f in shelf.figures if (h := shelf.holding(f.card.id)) is not None and h.span is None]
    named = {thing: [f for f in timeless if f.means(thing.words)] for thing in asked.things}
    first = next((found[0] for found in named.values() if found), None)
    if first is None:
        return Nothing(say(N_("No table of regions and periods tells what is asked about.")))
    held = shelf.holding(first.card.id)
    assert held is not None  # else it had no figures
    chosen = list({f.id: f for found in named.values() for f in found[:EACH] if f.card.id == first.card.id}.values())
    outlines = shelf.outlines_with(held.regions)
    ids = [f.id for f in chosen[:MOST]]
    said = next(thing for thing, found in named.items() if found).said
    why = say(N_("“{said}” in the sentence: {names}."), said=said, names=", ".join(f.title for f in chosen))
    where = {} if outlines is None else {"outlines": outlines.id}
    return Sketch(
        parts={
            "data": {"tables": [first.card.id], **where},
            "panel": {"unit": "own", "variables": [{"id": name, "table": first.card.id} for name in ids]},
            "steps": [{"method": "coverage"}, {"method": "summary", "variables": ids}],
        },
        about=ids[0],
        reasons=(Said("steps.summary.variables", why),),
        roles={first.card.id: "target", **({outlines.id: "boundary"} if outlines is not None else {})},
    )


def _sketch(first: Outcome, chosen: list[Figure], reasons: list[Said], shelf: Shelf) -> Sketch:
    helds = {figure.card.id: held for figure in chosen if (held := shelf.holding(figure.card.id)) is not None}
    frame = shortened(first.frame, list(helds.values()))
    variables: list[dict[str, Any]] = []
    for figure in chosen:
        variables.append(variable(figure, helds[figure.card.id], frame, [v["id"] for v in variables]))
    outlines = shelf.outlines_with(frame.regions)
    where = outlines.id if outlines is not None else None
    ids = [str(v["id"]) for v in variables]
    return Sketch(
        parts={
            "data": {"tables": list(helds), **({"outlines": where} if where else {})},
            "time": time(frame),
            "panel": panel(frame, variables),
            "steps": [{"method": "coverage"}, {"method": "summary", "variables": ids}],
        },
        about=ids[0],
        reasons=(*reasons, *why_frame(frame, first.figure.title)),
        roles={**dict.fromkeys(helds, "target"), **({where: "boundary"} if where else {})},
    )
