"""Time (시간, G4): what is asked lies where data are, nothing looks ahead, and effects have a time before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from sigun.catalog.guard.asked import Asked, finding
from sigun.catalog.guard.extent import Extent, extent
from sigun.catalog.guard.finding import Finding, Repair
from sigun.errors import Place
from sigun.plan.model import Plan
from sigun.plan.steps import Backtest, Effect, FactorAnalysis
from sigun.plan.steps.effect import Treatment, Window
from sigun.plan.variables import Change, Lag, Span
from sigun.text import N_, say

A_YEAR: dict[str, int] = {"year": 1, "quarter": 4, "month": 12}
FEWEST_BEFORE = 3  # periods: with fewer no path before the start can be tested (docs/reference/methods/effect.md)
LEARNING = 12  # months of reports a forecast needs before the first day it is tried on
LOOKS_AHEAD = frozenset({"forecast", "backtest", "patrol"})
RANDOM = re.compile(
    r"무작위(?:로)?\s*(?:분할|나누|분리|추출하여\s*검증|교차\s*검증)|랜덤\s*(?:분할|하게\s*나누|스플릿|으로\s*나누)|랜덤하게\s*나눈"
    r"|\brandom(?:ly)?\s+(?:split|train|hold)|\bshuffl\w+\s+(?:split|k-?fold)|\btrain_test_split\b",
    re.IGNORECASE,
)


def times(asked: Asked) -> Iterator[Finding]:
    """Findings on the plan's period, on looking ahead, and on the time before a treatment."""
    for place, text in asked.prose("question", "method", "problem", "questions"):
        if RANDOM.search(text):
            said = say(
                N_("Periods and regions are not split at random: neighbours and later times would tell the answer.")
            )
            remedy = say(
                N_("Hold out whole periods (backtest) or whole regions; the methods here do so by themselves.")
            )
            yield finding("G4", place, "warn", said, remedy)
    if asked.plan is None:
        return
    yield from _period(asked, asked.plan)
    yield from _ahead(asked, asked.plan)
    yield from _lags(asked, asked.plan)
    yield from _before(asked, asked.plan)
    yield from _base(asked, asked.plan)


def told(asked: Asked, plan: Plan) -> Extent | None:
    """The stretch the plan's own data tell: of reports, or of the tables of the panel's variables together."""
    if plan.panel is None:
        return extent(asked.catalog, plan.data.events)
    found = [one for v in plan.panel.variables if (one := extent(asked.catalog, v.table)) is not None]
    return Extent(min(e.first for e in found), max(e.end for e in found)) if found else None


def _period(asked: Asked, plan: Plan) -> Iterator[Finding]:
    start, end = plan.time.start, plan.time.end
    if start and end and end <= start:
        said = say(N_("The period ends on {end}, and begins on {start}."), start=str(start), end=str(end))
        yield finding("G4", ("time", "end"), "reject", said, say(N_("Write the day after the last one under `end`.")))
        return
    if start and start > asked.today:
        said = say(N_("The period begins on {start}: that day is still to come."), start=str(start))
        yield finding("G4", ("time", "start"), "reject", said, say(N_("Name a day for which there are data.")))
        return
    if end and end > asked.today + timedelta(days=1):
        said = say(N_("The period ends on {end}: those days are still to come."), end=str(end))
        repair = Repair(("time", "end"), removed=True)
        yield finding(
            "G4", ("time", "end"), "warn", said, say(N_("Leave `end` out: all that is known is taken.")), repair
        )
    whole = told(asked, plan)
    if whole is not None:
        yield from _dead(plan, whole)
        yield from _variables(asked, plan)


def _dead(plan: Plan, whole: Extent) -> Iterator[Finding]:
    """A period no data are of, or that begins before them or ends after."""
    start, end = plan.time.start, plan.time.end
    values = {"first": str(whole.first), "last": str(whole.end - timedelta(days=1))}
    remedy = say(N_("Name days from {first} to {last}, or add a file that covers more."), **values)
    if start and start >= whole.end:
        said = say(N_("No data are of this period: they end on {last}."), last=values["last"])
        yield finding("G4", ("time", "start"), "reject", said, remedy)
    elif end and end <= whole.first:
        said = say(N_("No data are of this period: they begin on {first}."), first=values["first"])
        yield finding("G4", ("time", "end"), "reject", said, remedy)
    else:
        if end and end > whole.end:
            said = say(
                N_("The period goes on to {end}, and the data end on {last}."), end=str(end), last=values["last"]
            )
            yield finding("G4", ("time", "end"), "warn", said, remedy)
        if start and start < whole.first:
            said = say(
                N_("The period begins on {start}, and the data on {first}."), start=str(start), first=values["first"]
            )
            yield finding("G4", ("time", "start"), "warn", said, remedy)


def _variables(asked: Asked, plan: Plan) -> Iterator[Finding]:
    """Variables none of whose periods lie in the plan's."""
    if plan.panel is None:
        return
    for place, variable, card in asked.of_panel():
        there = extent(asked.catalog, card.id)
        if there is None:
            continue
        too_late = plan.time.start is not None and there.end <= date(plan.time.start.year, 1, 1)
        too_early = plan.time.end is not None and there.first >= plan.time.end
        if too_late or too_early:
            said = say(
                N_("“{id}” tells nothing of this period: its table is of {first} to {last}."),
                id=variable.id, first=str(there.first), last=str(there.end - timedelta(days=1)),
            )  # fmt: skip
            yield finding(
                "G4",
                (*place, "table"),
                "reject",
                said,
                say(N_("Name a table of that period, or take the variable out.")),
            )


def _ahead(asked: Asked, plan: Plan) -> Iterator[Finding]:
    """Forecasts that know what became known later."""
    if not any(step.method in LOOKS_AHEAD for step in plan.steps):
        return
    if plan.target == "final_status":
        said = say(N_("Reports are taken by their final status, which nobody knew on the day of the forecast."))
        remedy = say(N_("Write `target: known_status`; final statuses are for comparison with other programs."))
        yield finding("G4", ("target",), "warn", said, remedy, Repair(("target",), "known_status"))
    for at, campaign in enumerate(plan.conditions.campaigns):
        if campaign.announced > campaign.start:
            said = say(N_("The campaign was announced only after it had begun."))
            remedy = say(
                N_("Write the day from which everybody could know of it; if it was later, forecasts cannot use it.")
            )
            yield finding("G4", ("conditions", "campaigns", at, "announced"), "warn", said, remedy)
    whole = extent(asked.catalog, plan.data.events)
    for at, step in enumerate(plan.steps):
        if isinstance(step, Backtest) and whole is not None:
            there = _months(
                max(plan.time.start or whole.first, whole.first), min(plan.time.end or whole.end, whole.end)
            )
            if step.months + LEARNING > there:
                said = say(
                    N_(
                        "The check on the past wants {asked} months and a year before to learn from; there are {there}."
                    ),
                    asked=step.months,
                    there=there,
                )
                yield finding(
                    "G4", ("steps", at, "months"), "warn", said, say(N_("Write fewer months, or add earlier reports."))
                )


def _months(first: date, end: date) -> int:
    return max(0, (end.year - first.year) * 12 + end.month - first.month)


def _lags(asked: Asked, plan: Plan) -> Iterator[Finding]:
    """Lags as long as the panel: nothing is left to compare."""
    periods = _periods(asked, plan)
    if periods is None or plan.panel is None:
        return
    for derived in plan.panel.derived:
        if isinstance(derived, Lag | Change) and derived.periods >= periods:
            said = say(
                N_("“{id}” looks {n} periods back, and the panel has {periods}."),
                id=derived.id,
                n=derived.periods,
                periods=periods,
            )
            yield finding(
                "G4", (*asked.place_of(derived.id), "periods"), "reject", said, say(N_("Look fewer periods back."))
            )
    for at, step in enumerate(plan.steps):
        for i, group in enumerate(step.factors if isinstance(step, FactorAnalysis) else ()):
            for j, lag in enumerate(group.lag):
                if lag >= periods:
                    said = say(
                        N_("“{id}” looks {n} periods back, and the panel has {periods}."),
                        id=group.group,
                        n=lag,
                        periods=periods,
                    )
                    place: Place = ("steps", at, "factors", i, "lag", j)
                    yield finding("G4", place, "reject", said, say(N_("Look fewer periods back.")))


def _stretch(asked: Asked, plan: Plan) -> tuple[date, date] | None:
    """First day and day after the last of the panel, as far as plan and data tell."""
    whole = told(asked, plan)
    start = plan.time.start if whole is None else max(plan.time.start or whole.first, whole.first)
    end = plan.time.end if whole is None else min(plan.time.end or whole.end, whole.end)
    return None if start is None or end is None or end <= start else (start, end)


def _periods(asked: Asked, plan: Plan) -> int | None:
    stretch = _stretch(asked, plan)
    if stretch is None or plan.panel is None or plan.panel.span not in A_YEAR:
        return None
    first, last = stretch[0], stretch[1] - timedelta(days=1)
    return number(last, plan.panel.span) - number(first, plan.panel.span) + 1


def number(day: date, span: Span) -> int:
    """The period a day lies in, counted."""
    return day.year * A_YEAR[span] + (day.month - 1) * A_YEAR[span] // 12


def start_of(said: int | str, span: Span) -> int | None:
    """A first treated period as a plan writes it (2015, 2015-03, 2015-Q2), counted; none where it is no period.

    >>> start_of("2015-Q2", "quarter") - start_of(2015, "quarter"), start_of("soon", "year")
    (1, None)
    """
    found = re.fullmatch(
        r"((?:19|20)\d{2})(?:[-.]?(?:Q(?P<q>[1-4])|(?P<m>0?[1-9]|1[0-2])(?:-\d{1,2})?))?", str(said).strip()
    )
    if found is None:
        return None
    month = (int(found["q"]) - 1) * 3 + 1 if found["q"] else int(found["m"] or 1)
    return number(date(int(found[1]), month, 1), span)


def _before(asked: Asked, plan: Plan) -> Iterator[Finding]:
    """Treatments that begin before, at, or after the data, and windows longer than these."""
    stretch = _stretch(asked, plan)
    if plan.panel is None or plan.panel.span not in A_YEAR or stretch is None:
        return
    span = plan.panel.span
    first, last = number(stretch[0], span), number(stretch[1] - timedelta(days=1), span)
    for at, step in enumerate(plan.steps):
        treatment, window = getattr(step, "treatment", None), getattr(step, "window", None)
        if isinstance(treatment, Treatment):
            place: Place = ("steps", at)
            yield from _starts(treatment, first, last, span, place, isinstance(step, Effect))
        if isinstance(window, Window):
            yield from _window(window, last - first + 1, ("steps", at, "window"))


def _starts(treatment: Treatment, first: int, last: int, span: Span, step: Place, effect: bool) -> Iterator[Finding]:
    for name, said_start in treatment.starts.items():
        start = start_of(said_start, span)
        place = (*step, "treatment", "starts", name)
        if start is None:
            continue  # said when the run looks at the periods of the data
        if start <= first:
            said = say(
                N_("“{name}” begins with the first period of the data: there is no time before to compare with."),
                name=name,
            )
            remedy = say(N_("Add earlier periods of the outcome: {n} at least before the start."), n=FEWEST_BEFORE)
            yield finding("G4", place, "reject", said, remedy)
        elif start > last:
            said = say(N_("“{name}” begins after the last period of the data."), name=name)
            yield finding("G4", place, "reject", said, say(N_("Add later periods, or take the region out.")))
        elif effect and start - first < FEWEST_BEFORE:
            said = say(
                N_("There are {n} periods before “{name}” begins; a design needs {least}."),
                n=start - first,
                name=name,
                least=FEWEST_BEFORE,
            )
            yield finding(
                "G4",
                place,
                "warn",
                said,
                say(N_("Add earlier periods of the outcome: {n} at least before the start."), n=FEWEST_BEFORE),
            )


def _window(window: Window, periods: int, place: Place) -> Iterator[Finding]:
    for key, asked in (("before", window.before), ("after", window.after)):
        if asked is not None and asked >= periods:
            said = say(
                N_("The window wants {n} periods on one side, and the data have {periods} in all."),
                n=asked,
                periods=periods,
            )
            yield finding("G4", (*place, key), "reject", said, say(N_("Write fewer periods, or leave the window out.")))


def _base(asked: Asked, plan: Plan) -> Iterator[Finding]:
    """A base date nobody knows the map of yet, or no more."""
    base = plan.panel.base if plan.panel is not None else None
    if base is not None and base > asked.today:
        said = say(N_("The base date {day} is still to come: nobody knows its map of regions."), day=str(base))
        yield finding(
            "G5", ("panel", "base"), "reject", said, say(N_("Name a day that has been, such as the last of a year."))
        )
