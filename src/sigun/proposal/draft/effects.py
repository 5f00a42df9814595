"""A draft of an effect, or of before and after (효과·전후 초안): what began where and when, and what changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np
import pandas as pd

from sigun.catalog.search import needs
from sigun.catalog.search.sentence import tight_of
from sigun.catalog.snapshot import snapshot
from sigun.proposal.draft.asked import Asked, Thing
from sigun.proposal.draft.factors import POLICY
from sigun.proposal.draft.figures import Figure
from sigun.proposal.draft.holding import PLACES
from sigun.proposal.draft.outcome import COUNTS, LIKELY, Outcome, outcomes
from sigun.proposal.draft.panel import Frame, neighbours, panel, shortened, time, unfit, variable, why_frame
from sigun.proposal.draft.shelf import Shelf
from sigun.proposal.draft.sketch import Nothing, Said, Sketch
from sigun.text import N_, say

Method = Literal["effect", "before_after"]
BEGAN = re.compile(
    r"^\S{0,4}\s?\S{0,8}\s?(?:뒤|후|이후|전후|다음|나서|덕분|효과|올린|올려|인상|도입|시행|지급|늘린|생긴|개통|준공|완공|조성|설치|들어선)"
)
STARTED = re.compile(r"개발|준공|조성|개통|설치|도입|시행|지정|누적|사업")
WHEN = re.compile(r"(?P<year>(?:19|20)\d{2})\s?(?:년|[.\-/])?\s?(?:(?P<month>1[0-2]|0?[1-9])\s?(?:월|\b))?")
LEAST_TREATED, LEAST_OTHERS, LEAST_BEFORE = 1, 1, 3


@dataclass(frozen=True)
class Start:
    """What began: the treatment part of a step, the words for it, and its figure where the data tell it."""

    part: dict[str, Any]
    thing: Thing
    figure: Figure | None = None
    treated: int = 0


def of_effects(asked: Asked, shelf: Shelf, method: Method) -> Sketch | Nothing:
    """The sketch of a comparison; nothing where the data do not tell what began, or what may have changed."""
    liked = LIKELY if method == "effect" else COUNTS
    began = _began(asked, shelf)
    others = [thing for thing in asked.things if began is None or thing is not began]
    told = [one for thing in (*others, *_targets(asked, began)) for one in outcomes(thing, asked, shelf, liked)]
    if not told:
        return Nothing(say(N_("No table of regions and periods tells what may have changed.")))
    for outcome in told:
        start = None if began is None else _start(began, outcome, asked, shelf)
        if start is not None:
            return _sketch(outcome, start, shelf, method)
    why = N_(
        "Where and when “{name}” began is told neither by the data nor by the sentence: write it into the sentence "
        "(“2022년 7월 ○○동”), or add a table of it by region and period."
    )
    return Nothing(say(why, name=began.name if began is not None else _said_to_begin(asked, told[0])))


def _targets(asked: Asked, began: Thing | None) -> list[Thing]:
    """What a question on such a policy is usually about, where the sentence names nothing else."""
    if began is None:
        return []
    wanted = needs(asked.sentence, asked.lists, "effect")
    targets = (need.words for need in wanted if need.role == "target" and not {*need.words} & {*began.words})
    return [Thing(words[0], began.said, words, began.topic, words[0]) for words in targets]


def _said_to_begin(asked: Asked, outcome: Outcome) -> str:
    return next((thing.name for thing in asked.things if thing is not outcome.thing), "…")


def _began(asked: Asked, shelf: Shelf) -> Thing | None:
    """The thing of the sentence that began: what stands before 뒤 or 후, else a policy or works."""
    for thing in asked.things:
        at = asked.sentence.find(thing.said)
        after = asked.sentence[at + len(thing.said) :] if at >= 0 else ""
        inside = thing.said[len(thing.name.split()[0]) :]
        if (BEGAN.match(after) and len(asked.things) > 1) or (BEGAN.match(inside) and inside):
            return thing
    likely = (
        t
        for t in asked.things
        if any(f.means(t.words) and (f.means(POLICY) or STARTED.search(f.title)) for f in shelf.figures)
    )
    return next(likely, None)


def _start(thing: Thing, outcome: Outcome, asked: Asked, shelf: Shelf) -> Start | None:
    """What the data tell of the start, else what the sentence tells."""
    fitting = []
    for figure in shelf.figures:
        held = shelf.holding(figure.card.id)
        if held is None or figure.ages or not figure.means(thing.words) or figure.id == outcome.figure.id:
            continue
        if unfit(figure, held, outcome.frame) is None and held.level == outcome.frame.level:
            above, treated = _threshold(figure, outcome.frame, shelf)
            if treated:
                fitting.append((figure.closeness(thing.words), figure, above, treated))
    if not fitting:
        return _named(thing, outcome, asked)
    _near, figure, above, treated = max(fitting, key=lambda one: (one[0], one[1].id))
    part = {"variable": figure.id, "title": thing.name, **({"above": above} if above else {})}
    return Start(part, thing, figure, treated)


def _threshold(figure: Figure, frame: Frame, shelf: Shelf) -> tuple[float, int]:
    """Above what a region counts as begun, and how many began inside the frame; nothing fits: none began."""
    values = _values(figure, frame, shelf)
    if values.empty:
        return 0.0, 0
    told = values.to_numpy(float)
    tried = [0.0, *sorted({float(q) for q in np.nanquantile(told, [0.1, 0.25, 0.5, 0.75, 0.9]) if q > 0})]
    counts = [(above, *_counted(values, above)) for above in tried]
    fitting = [(above, treated, others) for above, treated, others in counts if treated and others]
    if not fitting:
        return 0.0, 0
    first = fitting[0] if fitting[0][0] == 0 else max(fitting, key=lambda one: min(one[1:]))
    return first[0], first[1]


def _counted(values: pd.DataFrame, above: float) -> tuple[int, int]:
    """Regions that began with enough periods before, and regions that never began."""
    begun = values.gt(above)
    before = begun.cumsum(axis=1).eq(0).sum(axis=1)
    treated = begun.any(axis=1) & before.ge(LEAST_BEFORE)
    return int(treated.sum()), int((~begun.any(axis=1)).sum())


def _values(figure: Figure, frame: Frame, shelf: Shelf) -> pd.DataFrame:
    """Region by period, as the file tells them."""
    column = figure.columns[0]
    path = snapshot(figure.card, shelf.catalog.workspace).path
    rows = pd.read_parquet(path)
    places = [name for name in PLACES if name in rows and rows[name].notna().any()]
    rows = rows[rows["period"].ge(pd.Timestamp(frame.first)) & rows["period"].lt(pd.Timestamp(frame.end))]
    label = rows[places].astype("str").agg(" ".join, axis=1)
    table = rows.assign(label=label).pivot_table(index="label", columns="period", values=column, aggfunc="first")
    return table.sort_index(axis=1)


def _named(thing: Thing, outcome: Outcome, asked: Asked) -> Start | None:
    """Regions and a day the sentence names."""
    found = WHEN.search(asked.sentence)
    tight = tight_of(asked.sentence)
    regions = sorted(name for name in outcome.frame.regions if len(name) > 1 and tight_of(name) in tight)
    if found is None or not regions or len(regions) >= len(outcome.frame.regions):
        return None
    year, month = int(found["year"]), int(found["month"] or 1)
    if not outcome.frame.first < date(year, month, 1) < outcome.frame.end:
        return None
    written: int | str = year
    if outcome.frame.span == "month":
        written = f"{year}-{month:02d}"
    elif outcome.frame.span == "quarter":
        written = f"{year}-Q{(month + 2) // 3}"
    return Start({"starts": dict.fromkeys(regions, written), "title": thing.name}, thing, None, len(regions))


def _sketch(outcome: Outcome, start: Start, shelf: Shelf, method: Method) -> Sketch:
    used: Sequence[Figure] = [outcome.figure, *([start.figure] if start.figure is not None else [])]
    frame = shortened(outcome.frame, [h for f in used if (h := shelf.holding(f.card.id)) is not None])
    variables: list[dict[str, Any]] = []
    for figure in used:
        held = shelf.holding(figure.card.id)
        assert held is not None  # what cannot be read was not chosen
        variables.append(variable(figure, held, frame, [v["id"] for v in variables]))
    if start.figure is not None:
        start.part["variable"] = variables[1]["id"]
    where = neighbours(frame, shelf)
    asked_panel = panel(frame, variables)
    if where and frame.level != "own":
        asked_panel["neighbours"] = {"outlines": True}
    step = {"method": method, "outcome": {"variable": variables[0]["id"]}, "treatment": start.part}
    tables = list(dict.fromkeys(figure.card.id for figure in used))
    return Sketch(
        parts={
            "data": {"tables": tables, **({"outlines": where} if where else {})},
            "time": time(frame),
            "panel": asked_panel,
            "steps": [{"method": "coverage"}, step],
        },
        about=str(variables[0]["id"]),
        reasons=tuple(_reasons(outcome, start, frame, method)),
        questions=tuple(_questions(start, method)),
        roles={
            **({where: "boundary"} if where else {}),
            **dict.fromkeys(tables, "cause"),
            outcome.figure.card.id: "target",
        },
    )


def _reasons(outcome: Outcome, start: Start, frame: Frame, method: Method) -> Iterator[Said]:
    said = {"said": outcome.thing.said, "name": outcome.figure.title}
    told = N_("“{said}” in the sentence: “{name}” is what the tables tell of it.")
    yield Said(f"steps.{method}.outcome", say(told, **said))
    if start.figure is not None:
        above = start.part.get("above", 0)
        what = N_(
            "A region counts as begun from the first period with “{name}” above {above}: {n} regions began inside "
            "the time told."
        )
        yield Said(f"steps.{method}.treatment", say(what, name=start.figure.title, above=f"{above:g}", n=start.treated))
    else:
        named = N_("The sentence names where and when it began: {regions}.")
        regions = ", ".join(f"{name} {when}" for name, when in start.part["starts"].items())
        yield Said(f"steps.{method}.treatment", say(named, regions=regions))
    yield from why_frame(frame, outcome.figure.title)


def _questions(start: Start, method: Method) -> Iterator[Said]:
    ask = N_("Did anything else begin in the same regions at the time “{name}” did?")
    yield Said(f"steps.{method}.treatment", say(ask, name=start.thing.name))
    if method == "effect":
        soon = N_("Was it known before the start, so that people may have responded earlier (anticipation)?")
        yield Said("steps.effect.anticipation", say(soon))
