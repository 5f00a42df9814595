"""What is said of holes by others than the total itself (공백 소견): a second source, and single channels and areas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sigun.panel.gaps import Span
from sigun.panel.model import Finding
from sigun.panel.partial import Silence
from sigun.panel.reconcile import Reconciliation, Verdict, missed, share_of
from sigun.text import N_, Message, say

SHOWN = 5  # runs the second source shows, those with the most records first

HOLE: Mapping[Verdict | None, str] = {
    None: N_(
        "Reports from {start} to {last} ({days} days): {reports}. At the rate around them about "
        "{expected} were to be expected."
    ),
    "confirmed": N_(
        "Reports from {start} to {last} ({days} days): {reports}. At the rate around them about "
        "{expected} were to be expected. The second source has {second} in these days: collection had stopped."
    ),
    "quiet": N_(
        "Reports from {start} to {last} ({days} days): {reports}. At the rate around them about "
        "{expected} were to be expected. The second source has only {second} in these days, too: a quiet time."
    ),
    "unclear": N_(
        "Reports from {start} to {last} ({days} days): {reports}. At the rate around them about "
        "{expected} were to be expected. The second source has {second} in these days: too few to tell."
    ),
}
QUIET = N_("These days count as observed: a second source knows of no more.")
TOLD = N_("Nothing: it is only said. Who knows better names the hole in the card.")
CHECKED = N_("Holes in collection were checked against it; no record was added or taken out.")

SECOND = {
    "id": N_(
        "From {start} to {last} the second source has {records} records; {share} % of them are among the reports "
        "(outside the holes {outside} %), found by their case number. Of the {reports} reports of those days it has "
        "{back} %."
    ),
    "place": N_(
        "From {start} to {last} the second source has {records} records; {share} % of them are among the reports "
        "(outside the holes {outside} %), found by time and place. Of the {reports} reports of those days it has "
        "{back} %."
    ),
}


def what_is_quiet(found: Finding) -> Finding:
    """The finding of a hole that a second source calls a quiet time."""
    return replace(found, kind="quiet", done=Message(QUIET), overruled=False)


def said_of_second(both: Reconciliation | None, holes: Sequence[Span], start: date, alpha: float) -> Iterator[Finding]:
    """How far two sources agree, and the days on which only the other one has records."""
    if both is None:
        return
    yield _agreement(both, holes, start)
    runs = sorted(missed(both, holes, alpha), key=lambda run: (-run[1], run[0]))[:SHOWN]
    for (a, b), n in sorted(runs):
        yield Finding("second_source_only", 0, _missed(a, b, n, start), Message(TOLD), _day(start, a), _day(start, b))


def _missed(a: int, b: int, n: int, start: date) -> Message:
    first, last = _day(start, a).isoformat(), _day(start, b - 1).isoformat()
    if first == last:
        return say(N_("No report on {start}; the second source has {n} records there."), start=first, n=n)
    said = N_("No report from {start} to {last} ({days} days); the second source has {n} records there.")
    return say(said, start=first, last=last, days=b - a, n=n)


def _agreement(both: Reconciliation, holes: Sequence[Span], start: date) -> Finding:
    outside = both.covered(both.outside(holes))
    first, end = _day(start, both.first), _day(start, both.first + both.days)
    said = say(
        SECOND[both.by],
        start=first.isoformat(),
        last=(end - timedelta(days=1)).isoformat(),
        records=int(both.theirs.sum()),
        reports=int(both.ours.sum()),
        share=_percent(int(both.theirs_here.sum()), int(both.theirs.sum())),
        outside=_percent(*outside),
        back=_percent(int(both.ours_there.sum()), int(both.ours.sum())),
    )
    return Finding("second_source", 0, said, Message(CHECKED), first, end)


def said_of_silence(silence: Silence, start: date, areas: Mapping[str, str]) -> Finding:
    """A channel or an area that fell silent while reports from the others went on."""
    a, b = silence.span
    template = (
        N_(
            "Channel “{part}”: no report from {start} to {last} ({days} days), about {expected} were to be expected; "
            "the others went on."
        )
        if silence.by == "channel"
        else N_(
            "Area “{part}”: no report from {start} to {last} ({days} days), about {expected} were to be expected; "
            "the others went on."
        )
    )
    said = say(
        template,
        part=areas.get(silence.part, silence.part) if silence.by == "region" else silence.part,
        start=_day(start, a).isoformat(),
        last=_day(start, b - 1).isoformat(),
        days=b - a,
        expected=round(silence.expected),
    )
    return Finding("channel_hole", 0, said, Message(TOLD), _day(start, a), _day(start, b))


def _percent(found: int, of: int) -> float | str:
    """With one decimal; a dash of nothing."""
    return round(100 * share_of(found, of)[0], 1) if of else "–"


def _day(start: date, number: int) -> date:
    return start + timedelta(days=number)
