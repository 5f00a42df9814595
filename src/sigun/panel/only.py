"""Reports that are looked at alone (대상 한정): what is left of a cleaned register where a plan asks for some only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches

import pandas as pd

from sigun.errors import PlanError, SigunError, require
from sigun.panel.findings import Judged
from sigun.panel.model import Finding
from sigun.plan.only import Only
from sigun.text import N_, Message, say

SHOWN = 12  # values there are, where none is near
COLUMNS = {"kinds": "kind", "channels": "channel"}
"""What a report says of itself when it comes in."""


def narrowed(judged: Judged, only: Only | None, end: date, known_by: str = "updated_at") -> Judged:
    """The register as it was cleaned, and of it the reports that the plan asks for.

    Placeholders, repeats, holes and changes of intake are found on all rows: they are of the register, not of a kind
    of report. Rows of another kind or channel are then left out; both are known when a report comes in, so that no
    forecast looks ahead. An ending is known later: a report with another one counts until that was told, one still
    open until `end`, the day after the last; unless the plan takes all for known at once (`known_by: occurred_at`).

    Raises
    ------
    SigunError
        The register has no report of such a kind or channel.
    """
    if only is None:
        return judged
    events = judged.events
    require(_unknown(events, only))
    keep, said = pd.Series(True, index=events.index), list[Finding]()
    for field, column in COLUMNS.items():
        if words := getattr(only, field):
            other = ~events[column].isin(words)
            said += _of_rows(field, words, other, events[column])
            keep &= ~other
    left = events[keep].reset_index(drop=True)
    left["like"] = left["like"].where(left["like"].isin(left["row"]), -1)  # the earlier report may have been left out
    if only.outcomes:
        left = _ended_otherwise(left, only.outcomes, None if known_by == "occurred_at" else end)
    return replace(judged, events=left, findings=(*said, *_of_endings(left), *judged.findings))


def _unknown(events: pd.DataFrame, only: Only) -> Iterator[SigunError]:
    for field, column in (*COLUMNS.items(), ("outcomes", "outcome")):
        there = [str(v) for v in events[column].dropna().value_counts().index]
        for place, word in enumerate(getattr(only, field)):
            if word not in there:
                yield _no_such(word, field, there).breaks("G2", "only", field, place, known=there)


def _no_such(word: str, field: str, there: Sequence[str]) -> PlanError:
    near = get_close_matches(word, there, 3, 0.4)
    if not there:
        remedy = say(N_("Take it out: the register tells none."))
    elif near:
        remedy = say(N_("Did you mean: {names}?"), names=", ".join(near))
    else:
        remedy = say(N_("The register has: {names}."), names=", ".join(there[:SHOWN]))
    return PlanError(say(N_("No report says “{word}”."), word=word), f"only.{field}", remedy)


def _ended_otherwise(events: pd.DataFrame, outcomes: Sequence[str], end: date | None) -> pd.DataFrame:
    """Reports that did not end as asked count until that was told; what left before stays as it is.

    One that is still open may yet end so: a forecast made on the last day counts it, with the chance that it leaves.
    """
    own, pending = events["occurred_at"], events["outcome"].isna() | (events["outcome"] == "open")
    told = own if end is None else events["known_at"].fillna(own).mask(pending, pd.Timestamp(end))
    mine = ~events["outcome"].isin(outcomes) & (events["gone"].isna() | (told < events["gone"]))
    return events.assign(gone=events["gone"].mask(mine, told), why=events["why"].mask(mine, "only"))


def _of_rows(field: str, words: Sequence[str], other: pd.Series, told: pd.Series) -> Iterator[Finding]:
    n = int(other.sum())
    if n:
        untold = int(told[other].isna().sum())
        said = say(SAID[field], n=n, all=len(other), words=", ".join(words), untold=untold)
        yield Finding("only", n, said, Message(LEFT))


def _of_endings(left: pd.DataFrame) -> Iterator[Finding]:
    n = int((left["why"] == "only").sum())
    if n:
        yield Finding(
            "only",
            n,
            say(N_("{n} reports did not end as the plan asks, or none of their endings is told."), n=n),
            Message(ENDED),
        )


SAID = {
    "kinds": N_(
        "The plan looks at reports of {words} alone: {n} of {all} are of another kind, {untold} of these tell none."
    ),
    "channels": N_(
        "The plan looks at reports by {words} alone: {n} of {all} came in otherwise, {untold} of these tell no channel."
    ),
}
LEFT = N_(
    "They were cleaned with the rest of the register and are left out of every count, map and forecast after that."
)
ENDED = N_("Each counts until the day its ending was told and not after it: a forecast uses what was known on its day.")
