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
        return Nothing(say(N_("No table of regions and periods tells what is asked about.")))
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
    return one.figure is first.figure or unfit(one.figure, one.held, first.frame) is None


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
