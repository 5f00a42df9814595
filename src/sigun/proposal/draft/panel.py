"""Regions and periods of a draft (지역과 기간): one frame for all columns, and what each needs to fit into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sigun.ingest.labels import SIDO
from sigun.proposal.draft.figures import Figure
from sigun.proposal.draft.holding import FINER, SPANS, Holding, Level
from sigun.proposal.draft.shelf import Shelf
from sigun.proposal.draft.sketch import Said
from sigun.text import N_, Message, say

FEWEST = 3  # periods two columns must share
SHARED = 0.6  # of the outcome's regions and periods a column must tell
MONTHS = {"month": 1, "quarter": 3, "year": 12}
MEAN = ("rate", "share", "index")


@dataclass(frozen=True)
class Frame:
    """Which regions, which periods."""

    level: Level
    span: str  # year, quarter, month, number
    first: date
    last: date  # first day of the last period
    regions: frozenset[str]
    within: tuple[str, ...] = ()  # short names of 시도

    @property
    def end(self) -> date:
        """The day after the last period."""
        months = self.last.year * 12 + self.last.month - 1 + MONTHS.get(self.span, 12)
        return date(months // 12, months % 12 + 1, 1)

    @property
    def periods(self) -> int:
        """How many there are."""
        return _periods(self.first, self.last, self.span)


def _periods(first: date, last: date, span: str) -> int:
    return ((last.year - first.year) * 12 + last.month - first.month) // MONTHS.get(span, 12) + 1


def frame_of(held: Holding, within: tuple[str, ...] = ()) -> Frame | None:
    """The frame an outcome's table gives; none where it tells no periods or regions."""
    if held.level is None or held.span is None or held.first is None or held.last is None:
        return None
    covered = tuple(name for name in within if name in held.sidos)
    span = "month" if held.span == "day" else held.span
    return Frame(held.level, span, held.first, held.last, held.regions, covered if held.level != "own" else ())


def unfit(figure: Figure, held: Holding, frame: Frame) -> Message | None:
    """Why a figure cannot stand in the frame; none where it can."""
    held, name = held.at(frame.level), {"name": figure.title}
    if held.span is None or held.first is None or held.last is None:
        return say(N_("“{name}” tells one moment only, and what changes over time is asked."), **name)
    if SPANS.index(held.span) > SPANS.index(frame.span):
        return say(N_("“{name}” tells longer periods than what is asked about."), **name)
    level = _level(figure, held, frame)
    if level is not None:
        return level
    first, last = max(held.first, frame.first), min(held.last, frame.last)
    if first > last or _periods(first, last, frame.span) < max(FEWEST, SHARED * frame.periods):
        years = {"first": str(held.first.year), "last": str(held.last.year)}
        return say(N_("“{name}” tells {first} to {last} only: too few periods in common."), **name, **years)
    return None


def _level(figure: Figure, held: Holding, frame: Frame) -> Message | None:
    name = {"name": figure.title}
    if (held.level == "own") != (frame.level == "own"):
        return say(N_("“{name}” is of other regions."), **name)
    if held.level in {None, "own", frame.level} or frame.level == "own":
        return _uncovered(figure, held, frame) or _apart(figure, held, frame)
    if FINER.index(held.level) > FINER.index(frame.level):
        finer = say(N_("“{name}” is of smaller regions and cannot be added up."), **name)
        return None if figure.additive else finer
    return _repeated(figure, held, frame)


def _repeated(figure: Figure, held: Holding, frame: Frame) -> Message | None:
    """Why a value of larger regions cannot be repeated in the smaller ones."""
    name = {"name": figure.title}
    if figure.additive:
        return say(N_("“{name}” is a count of larger regions: it is not shared out among smaller ones."), **name)
    if len(frame.within or held.sidos) <= 1:
        return say(N_("“{name}” is one value for the whole province: it tells no regions apart."), **name)
    return _uncovered(figure, held, frame)


def _uncovered(figure: Figure, held: Holding, frame: Frame) -> Message | None:
    missing = [name for name in frame.within if held.sidos and name not in held.sidos]
    return (
        say(N_("“{name}” does not tell {regions}."), name=figure.title, regions=", ".join(missing)) if missing else None
    )


def _apart(figure: Figure, held: Holding, frame: Frame) -> Message | None:
    """Regions of the outcome the figure does not tell; with a province named, all its regions count."""
    share = len(held.regions & frame.regions) / max(1, len(frame.regions))
    if share >= SHARED or frame.within:
        return None
    return say(N_("“{name}” tells {percent} % of the regions only."), name=figure.title, percent=round(100 * share))


def shortened(frame: Frame, holdings: Sequence[Holding]) -> Frame:
    """The frame by what all of them tell in common."""
    firsts = [h.first for h in holdings if h.first is not None and h.span is not None]
    lasts = [h.last for h in holdings if h.last is not None and h.span is not None]
    first, last = max([frame.first, *firsts]), min([frame.last, *lasts])
    if frame.span == "year":
        first, last = date(first.year, 1, 1), date(last.year, 1, 1)
    return replace(frame, first=first, last=last)


def variable(figure: Figure, held: Holding, frame: Frame, taken: Sequence[str] = ()) -> dict[str, Any]:
    """The figure as a variable of the panel; `taken` are ids that others have."""
    name = next(n for n in (figure.id, *(f"{figure.id[:37]}_{i}" for i in range(2, 99))) if n not in taken)
    said: dict[str, Any] = {"id": name, "table": figure.card.id}
    if figure.ages is not None:
        said["columns"] = list(figure.columns)
        said["title"] = figure.title
    elif figure.columns[0] != name:
        said["column"] = figure.columns[0]
    if _coarser(held.at(frame.level), frame):
        said["from"] = held.level
    if held.span is not None and SPANS.index(held.span) < SPANS.index(frame.span) and figure.measure != "flow":
        said["over_time"] = "mean" if figure.measure in MEAN else "last"
    return said


def _coarser(held: Holding, frame: Frame) -> bool:
    return held.level in FINER and frame.level in FINER and FINER.index(held.level) < FINER.index(frame.level)


def panel(frame: Frame, variables: list[dict[str, Any]], derived: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """The panel part of a plan."""
    long = {short: name for name, short in sorted(SIDO.items(), key=lambda pair: len(pair[0]))}
    return {
        "unit": frame.level,
        **({} if frame.level == "own" else {"base": frame.end - timedelta(days=1)}),
        "span": frame.span,
        **({"within": [long[name] for name in frame.within]} if frame.within else {}),
        "variables": variables,
        **({"derived": derived} if derived else {}),
    }


def time(frame: Frame) -> dict[str, date]:
    """The stretch of time of a plan; nothing where periods are numbers."""
    return {} if frame.span == "number" else {"start": frame.first, "end": frame.end}


def why_frame(frame: Frame, outcome: str) -> tuple[Said, ...]:
    """Reasons for unit, periods and base date."""
    unit = say(N_("The finest regions “{name}” and what goes with it have in common."), name=outcome)
    base = say(N_("The last day of the last common period: every table is carried to the map of that day."))
    stretch = say(N_("The periods all chosen figures tell."))
    dated = () if frame.level == "own" else (Said("panel.base", base),)
    return (Said("panel.unit", unit), *dated, Said("time", stretch))


def neighbours(frame: Frame, shelf: Shelf) -> str | None:
    """Outlines by which regions are neighbours; none where no outlines name them."""
    found = shelf.outlines_with(frame.regions)
    return None if found is None else found.id
