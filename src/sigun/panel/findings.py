"""Findings (품질 소견): marks, holes and changes of regime put together, a person's word applied, all of it said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd

from sigun.catalog.card import Card, Overrule
from sigun.errors import CardError, SigunError, require
from sigun.panel.gaps import IntArray, Span, find_holes, find_regimes, observed, zero_runs
from sigun.panel.marks import mark, overruled
from sigun.panel.model import Finding
from sigun.panel.partial import silences
from sigun.panel.reconcile import Reconciliation, Witness, reconcile, witness
from sigun.panel.remarks import remarks
from sigun.panel.witnesses import HOLE, said_of_second, said_of_silence, what_is_quiet
from sigun.plan.model import Rules
from sigun.text import N_, Message, _, say

NEAR = 31  # days: how near to a change of regime a person's date must be to mean it


@dataclass(frozen=True)
class Judged:
    """Events with their marks, the days without collection, the changes of regime, and what is to be said of it all."""

    events: pd.DataFrame  # as `marks.mark` gives them
    holes: tuple[tuple[date, date], ...]  # half-open
    regimes: tuple[date, ...]
    findings: tuple[Finding, ...]
    second: Reconciliation | None = None


@dataclass(frozen=True)
class Ruling:
    """A span of days (a change of regime: one day) found, or named by a person; and that person's word, if any."""

    span: Span  # half-open, days since the first
    word: Overrule | None = None
    witness: Witness | None = None  # what a second source says of a hole

    @property
    def stands(self) -> bool:
        """Whether the analysis acts on it: a person's word, then that of the second source."""
        if self.word is not None:
            return self.word.decision == "accept"
        return self.witness is None or self.witness.verdict != "quiet"


def judge(
    placed: pd.DataFrame,
    rules: Rules,
    card: Card,
    start: date,
    end: date,
    second: pd.DataFrame | None = None,
    areas: Mapping[str, str] | None = None,
) -> Judged:
    """Find what is wrong with placed events in `start ≤ day < end`, and apply what the card overrules.

    Parameters
    ----------
    placed : in time order; the columns `marks.mark` wants, with updated_at and closed_at instead of known_at.
    second : records of another source of the same reports, with id, occurred_at, x, y.
    areas : names of the regions.

    Raises
    ------
    CardError
        An overrule does not say which days or which place it is about.
    """
    require(_unclear(card))
    events = placed.assign(known_at=placed["updated_at"].fillna(placed["closed_at"])).reset_index(drop=True)
    marked = mark(events, rules, card)
    daily = count_days(marked, start, end)
    both = None if second is None else reconcile(marked[marked["why"] != "repeat"], second, start, end)
    holes = _witnessed(rule_on_holes(find_holes(daily, rules.hole_alpha), card, start, len(daily)), both)
    spans = standing(holes)
    regimes = rule_on_regimes(find_regimes(daily, spans), card, start, len(daily))
    changes = [ruling.span[0] for ruling in regimes if ruling.stands]
    found = (
        *remarks(marked, rules, card),
        *(_said_of_hole(ruling, daily, spans, start) for ruling in holes),
        *said_of_second(both, spans, start, rules.hole_alpha),
        *(said_of_silence(s, start, areas or {}) for s in silences(marked, start, end, spans, rules.hole_alpha)),
        *(_said_of_regime(ruling, daily, spans, changes, start) for ruling in regimes),
    )
    days = tuple((_day(start, a), _day(start, b)) for a, b in spans)
    return Judged(marked, days, tuple(_day(start, change) for change in changes), found, both)


def _witnessed(holes: Sequence[Ruling], both: Reconciliation | None) -> list[Ruling]:
    """The holes with what the second source says of each; a quiet time is no longer one."""
    if both is None:
        return list(holes)
    spans = [ruling.span for ruling in holes]
    return [replace(ruling, witness=witness(both, ruling.span, spans)) for ruling in holes]


def count_days(marked: pd.DataFrame, start: date, end: date) -> IntArray:
    """(days,) reports a day, repeats left out. A report that counts for nothing else is still a sign of collection."""
    days = marked.loc[marked["why"] != "repeat", "occurred_at"].to_numpy("datetime64[D]")
    since = (days - np.datetime64(start, "D")).astype(np.int64)
    length = (end - start).days
    return np.bincount(since[(since >= 0) & (since < length)], minlength=length).astype(np.int64)


def rule_on_holes(found: Sequence[Span], card: Card, start: date, length: int) -> list[Ruling]:
    """Holes found and holes a person names, in time order; one that is named takes the place of those it touches."""
    words = overruled(card, "hole")
    named = [Ruling(_span(w, start, length), w) for w in words if w.decision == "accept"]
    named = [ruling for ruling in named if ruling.span[0] < ruling.span[1]]
    free = [span for span in found if not any(_touch(span, ruling.span) for ruling in named)]
    ignored = [w for w in words if w.decision == "ignore"]
    judged = [Ruling(s, next((w for w in ignored if _touch(s, _span(w, start, length))), None)) for s in free]
    return sorted([*named, *judged], key=lambda ruling: ruling.span)


def rule_on_regimes(found: Sequence[int], card: Card, start: date, length: int) -> list[Ruling]:
    """Changes of regime found and named by a person, in time order; one that is named takes the place of near ones."""
    words = overruled(card, "regime")
    named = {(w.start - start).days: w for w in words if w.decision == "accept" and w.start}
    named = {day: w for day, w in named.items() if 0 < day < length}
    free = [day for day in found if all(abs(day - other) > NEAR for other in named)]
    ignored = [w for w in words if w.decision == "ignore"]
    judged = {day: next((w for w in ignored if _means(w, _day(start, day))), None) for day in free}
    return [Ruling((day, day + 1), word) for day, word in sorted({**named, **judged}.items())]


def standing(rulings: Sequence[Ruling]) -> list[Span]:
    """Spans the analysis acts on, in time order; those that touch become one."""
    spans = [ruling.span for ruling in rulings if ruling.stands]
    return zero_runs(observed(max((b for _a, b in spans), default=0), spans).astype(np.int64))


def _unclear(card: Card) -> Iterator[SigunError]:
    for number, word in enumerate(card.overrule, 1):
        named = word.decision == "accept"
        no_days = word.finding == "hole" and not (word.start and word.end and word.start < word.end)
        no_start = word.finding == "regime" and not word.start
        needs_place = word.finding == "placeholder" or (word.finding == "outside" and named)
        no_place = needs_place and (word.longitude is None or word.latitude is None)
        no_sense = word.finding in ("repeat", "duplicate") and named
        if no_days or no_start or no_place or no_sense:
            yield CardError(
                _("Overrule {number} cannot be applied.").format(number=number),
                _("card {card}, overrule, {finding}: {decision}").format(
                    card=card.id, finding=word.finding, decision=word.decision
                ),
                _(
                    "A hole needs start and end (the first day with reports again), a regime start, a placeholder "
                    "longitude and latitude; repeat and duplicate can only be ignored."
                ),
            )


def _said_of_hole(ruling: Ruling, daily: IntArray, holes: Sequence[Span], start: date) -> Finding:
    a, b = ruling.span
    rate = _rate_around(daily, (a, b), holes)
    verdict = None if ruling.witness is None else ruling.witness.verdict
    said = say(
        HOLE[verdict],
        start=_day(start, a).isoformat(),
        last=_day(start, b - 1).isoformat(),
        days=b - a,
        reports=int(daily[a:b].sum()),
        expected=round(rate * (b - a)),
        **({} if ruling.witness is None else {"second": ruling.witness.records}),
    )
    done = N_("These days count as not collected, not as zero: rates, profiles and forecasts leave them out.")
    found = _finding("hole", ruling, said, done, daily, start)
    return what_is_quiet(found) if verdict == "quiet" and ruling.word is None else found


def _said_of_regime(
    ruling: Ruling, daily: IntArray, holes: Sequence[Span], changes: Sequence[int], start: date
) -> Finding:
    day = ruling.span[0]
    keep = observed(len(daily), holes)
    low = max([c for c in changes if c < day], default=0)
    high = min([c for c in changes if c > day], default=len(daily))
    before, after = _rate(daily[low:day], keep[low:day]), _rate(daily[day:high], keep[day:high])
    said = say(
        N_("From {start} to {last} {after} reports a day came in; before, since {first}, {before} a day."),
        start=_day(start, day).isoformat(),
        first=_day(start, low).isoformat(),
        last=_day(start, high - 1).isoformat(),
        before=round(before, 2),
        after=round(after, 2),
    )
    done = N_("This counts as a change in how reports come in: trends are computed inside each period, not across it.")
    return _finding("regime", ruling, said, done, daily, start)


def _finding(kind: str, ruling: Ruling, said: Message, done: str, daily: IntArray, start: date) -> Finding:
    a, b = ruling.span
    end = _day(start, b) if kind == "hole" else None
    rows = int(daily[a:b].sum()) if kind == "hole" else 0
    return Finding(kind, rows, said, what_was_done(done, ruling.word), _day(start, a), end, overruled=not ruling.stands)


def what_was_done(done: str, word: Overrule | None) -> Message:
    """What the analysis did; with a person's word, that word and its reason."""
    if word is None:
        return Message(done)
    if word.decision == "ignore":
        return say(N_("Nothing: a person overruled this in the card. Reason: {reason}"), reason=word.reason)
    return say(N_("{done} A person named this in the card. Reason: {reason}"), done=done, reason=word.reason)


def _rate_around(daily: IntArray, span: Span, holes: Sequence[Span]) -> float:
    """Reports an observed day in the eight weeks on either side."""
    keep = observed(len(daily), [*holes, span])
    around = slice(max(span[0] - 56, 0), span[1] + 56)
    return _rate(daily[around], keep[around])


def _rate(daily: IntArray, keep: np.ndarray) -> float:
    return float(daily[keep].sum() / max(keep.sum(), 1))


def _span(word: Overrule, start: date, length: int) -> Span:
    if word.start is None or word.end is None:
        return (0, 0)
    return max((word.start - start).days, 0), min((word.end - start).days, length)


def _touch(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _means(word: Overrule, day: date) -> bool:
    first = word.start or day
    return first - timedelta(days=NEAR) <= day <= (word.end or first) + timedelta(days=NEAR)


def _day(start: date, number: int) -> date:
    return start + timedelta(days=number)
