"""What is said of single reports taken together (신고 자료 소견): how many are marked, why, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from sigun.catalog.card import Card, Overrule
from sigun.panel.marks import at, leaving, overruled, plain, points, possible_repeats
from sigun.panel.model import Finding
from sigun.plan.model import Rules
from sigun.text import N_, Message, say

PLACES_SHOWN = 5  # placeholder points one by one, the most reports first
PILES_SHOWN = 3
PILE = 50  # reports at one exact point that is no placeholder: worth a look

WORDS = {
    "outside": N_("outside the area"),
    "placeholder": N_("at a placeholder point"),
    "repeat": N_("repeats of an earlier row"),
    "duplicate": N_("closed as duplicates"),
}
"""Marks a person can take back, in words that follow "were found to be"."""

PILED = (
    N_("{n} reports lie at one exact point ({point}); no address is told there."),
    N_("{n} reports lie at one exact point ({point}), all under one address."),
    N_("{n} reports lie at one exact point ({point}); different addresses told there: {m}."),
)
"""By how many addresses: none, one, more."""

ENDED = {
    "confirmed": "confirmed",
    "not_found": "not_found",
    "moved": "moved_by_owner",
    "duplicate": "duplicate",
    "other": "other",
    "open": "open",
}
"""Value of a sentence -> the outcome it is the share of."""

OUTCOMES = {
    (True, True): N_(
        "Of {n} reports with an outcome, {confirmed} % were confirmed, {not_found} % not found on "
        "site, {moved} % moved by the owner, {duplicate} % duplicates, {other} % other, {open} % "
        "still open."
    ),
    (True, False): N_(
        "Of {n} reports with an outcome, {confirmed} % were confirmed, {not_found} % not found on "
        "site, {moved} % moved by the owner, {duplicate} % duplicates and {other} % other."
    ),
    (False, True): N_(
        "Of {n} reports with an outcome, {confirmed} % were confirmed, {not_found} % not found on "
        "site, {duplicate} % duplicates, {other} % other, {open} % still open."
    ),
    (False, False): N_(
        "Of {n} reports with an outcome, {confirmed} % were confirmed, {not_found} % not found on "
        "site, {duplicate} % duplicates and {other} % other."
    ),
}
"""By whether any was moved by its owner and any is still open: many offices tell neither."""

LEFT_OUT = N_("They are left out of every count, map and forecast.")
KEPT = N_("They are kept and counted.")


def remarks(marked: pd.DataFrame, rules: Rules, card: Card) -> Iterator[Finding]:
    """Findings about rows, the gravest first."""
    yield from _said_of_no_place(marked)
    yield from _said_of_outside(marked)
    yield from _said_of_placeholders(marked, overruled(card, "placeholder"))
    yield from _said_of_repeats(marked)
    yield from _said_of_duplicates(marked)
    yield from _said_of_likeness(marked, rules)
    yield from _said_of_piles(marked)
    yield from _said_of_missing_places(marked)
    yield from _said_of_outcomes(marked)
    yield from _said_of_overruled(marked, rules, card)


def _said_of_no_place(marked: pd.DataFrame) -> Iterator[Finding]:
    rows = marked[marked["why"] == "no_place"]
    if len(rows):
        word = str(rows["address"].mode().iloc[0])
        said = say(
            N_("{n} reports have words for “no place” where an address should be (“{word}”)."), n=len(rows), word=word
        )
        yield Finding("no_place", len(rows), said, Message(LEFT_OUT))


def _said_of_outside(marked: pd.DataFrame) -> Iterator[Finding]:
    rows = marked[marked["why"] == "outside"]
    if len(rows):
        spot = rows[["latitude", "longitude"]].round(2).apply(tuple, axis=1)  # about a kilometre
        most = rows[spot == spot.mode().iloc[0]]
        said = say(
            N_("{n} reports lie outside the area, {m} of them about one point ({point})."),
            n=len(rows),
            m=len(most),
            point=_rounded(most),
        )
        yield _at_point(Finding("outside", len(rows), said, Message(LEFT_OUT)), most)


def _said_of_placeholders(marked: pd.DataFrame, said: tuple[Overrule, ...]) -> Iterator[Finding]:
    rows = marked[marked["why"] == "placeholder"]
    groups = sorted((g for _, g in rows.groupby(points(rows))), key=lambda g: (-len(g), int(g["row"].iloc[0])))
    named = [o for o in said if o.decision == "accept"]
    for group in groups[:PLACES_SHOWN]:
        word = next((o for o in named if at(group, o).any()), None)
        found = Finding("placeholder", len(group), _placeholder(group), _left_out(group, word))
        yield _at_point(found, group, metres=1)  # nobody lives there, and a card needs it exactly
    if rest := groups[PLACES_SHOWN:]:
        n = sum(map(len, rest))
        more = say(N_("{n} more reports lie at {m} other points of that sort."), n=n, m=len(rest))
        yield Finding("placeholder", n, more, Message(LEFT_OUT))


def _placeholder(group: pd.DataFrame) -> Message:
    return say(
        N_(
            "{n} reports of {m} different addresses lie at one point ({point}), where addresses go that"
            " could not be found."
        ),
        n=len(group),
        m=_addresses(group),
        point=_rounded(group, digits=5),
    )


def _left_out(group: pd.DataFrame, word: Overrule | None) -> Message:
    if word is not None:
        return say(N_("{done} A person named this in the card. Reason: {reason}"), done=LEFT_OUT, reason=word.reason)
    since = group["gone"].min().date().isoformat()
    return say(
        N_("They are left out of every count, map and forecast; evident since {day}, and not used before."), day=since
    )


def _said_of_repeats(marked: pd.DataFrame) -> Iterator[Finding]:
    n = int((marked["why"] == "repeat").sum())
    if n:
        yield Finding("repeat", n, say(N_("{n} rows repeat an earlier row exactly."), n=n), Message(LEFT_OUT))
    if kept := possible_repeats(marked):
        said = say(
            N_(
                "{n} rows have the very time and place of an earlier one, and nothing tells a repeat from a"
                " second report."
            ),
            n=kept,
        )
        yield Finding("possible_repeat", kept, said, Message(KEPT))


def _said_of_duplicates(marked: pd.DataFrame) -> Iterator[Finding]:
    closed = marked["outcome"] == "duplicate"
    if not closed.any():
        return
    by_year = closed.groupby(marked["occurred_at"].dt.year).mean()
    known = {"n": int(closed.sum()), "share": _percent(closed.mean())}
    said = say(N_("{n} reports ({share} %) were closed as duplicates of another."), **known)
    if len(by_year) > 1:
        said = say(
            N_(
                "{n} reports ({share} %) were closed as duplicates of another: {first} % in {first_year}, "
                "{last} % in {last_year}."
            ),
            first=_percent(by_year.iloc[0]),
            first_year=int(by_year.index[0]),
            last=_percent(by_year.iloc[-1]),
            last_year=int(by_year.index[-1]),
            **known,
        )
    done = N_(
        "Each counts until the day it was closed as a duplicate and not after it: a forecast uses "
        "what was known on its day."
    )
    yield Finding("duplicate", int(closed.sum()), said, Message(done))


def _said_of_likeness(marked: pd.DataFrame, rules: Rules) -> Iterator[Finding]:
    like, near = int((marked["like"] >= 0).sum()), int(marked["near"].sum())
    if not near:
        return
    within = {"metres": round(rules.duplicate_metres), "days": rules.duplicate_days}
    share_near = _percent(near / len(marked))
    if marked[["vehicle", "address"]].isna().all(axis=None):
        said = say(
            N_(
                "{n} reports ({share} %) have an earlier one within {metres} m and {days} days; without plates or "
                "addresses nobody can tell whether it is the same vehicle."
            ),
            n=near,
            share=share_near,
            **within,
        )
    else:
        said = say(
            N_(
                "{n} reports ({share} %) seem to be of a vehicle reported before (equal plate or address); "
                "{near} % have any earlier report within {metres} m and {days} days."
            ),
            n=like,
            share=_percent(like / len(marked)),
            near=share_near,
            **within,
        )
    done = N_("They are kept and counted, so counts of reports are higher than counts of vehicles.")
    yield Finding("same_vehicle", like or near, said, Message(done))


def _said_of_piles(marked: pd.DataFrame) -> Iterator[Finding]:
    rows = marked[marked["place"] == "point"]
    point = points(rows)
    size = point.value_counts()
    for number in size[size >= PILE].index[:PILES_SHOWN]:
        pile = rows[point == number]
        addresses = _addresses(pile)
        said = say(PILED[min(addresses, 2)], n=len(pile), m=addresses, point=_rounded(pile))
        done = N_(
            "They are kept: it may be one busy place or one persistent complainant. If it is no real "
            "place, name it in the card."
        )
        yield _at_point(Finding("pile", len(pile), said, Message(done)), pile)


def _said_of_missing_places(marked: pd.DataFrame) -> Iterator[Finding]:
    counts = marked[marked["gone"].isna()]  # what is left out is told above, with its reason
    area = int((counts["place"] == "area").sum())
    none = int((counts["place"] == "none").sum())
    stray = int(((counts["place"] == "point") & counts["region"].isna()).sum())
    has_regions = bool(marked["region"].notna().any())
    if area:
        done = Message(N_("They count by area and over time, not in cells."))
        yield Finding("area_only", area, say(N_("{n} reports tell an area but no point."), n=area), done)
    if none:
        done = Message(N_("They count over time, and nowhere on a map."))
        yield Finding("unmatched", none, say(N_("{n} reports have neither a point nor an area."), n=none), done)
    if stray and has_regions:
        done = Message(N_("They count in cells and over time, not by area."))
        yield Finding("no_region", stray, say(N_("{n} points lie at the edge, in no area's outline."), n=stray), done)


def _said_of_outcomes(marked: pd.DataFrame) -> Iterator[Finding]:
    told = marked.loc[marked["why"] != "repeat", "outcome"].dropna()
    done = Message(N_("Reports and confirmed cases are kept apart: a report is not an abandoned vehicle."))
    if len(told):
        share = told.value_counts(normalize=True)
        known = {name: _percent(share.get(outcome, 0.0)) for name, outcome in ENDED.items()}
        said = say(OUTCOMES[known["moved"] > 0, known["open"] > 0], n=len(told), **known)
        yield Finding("outcome", len(told), said, done)
    untold = int(marked["outcome"].isna().sum())
    if untold:
        said = say(N_("{n} reports tell no outcome, or one in words that were not recognised."), n=untold)
        yield Finding("no_outcome", untold, said, Message(N_("They count as reports, and in no outcome.")))


def _said_of_overruled(marked: pd.DataFrame, rules: Rules, card: Card) -> Iterator[Finding]:
    words = [o for o in card.overrule if o.decision == "ignore" and o.finding in WORDS]
    if not words:
        return
    found = leaving(marked, rules, card.model_copy(update={"overrule": ()}))["why"]
    for word in words:
        there = np.ones(len(marked), dtype=bool) if word.longitude is None else at(marked, word)
        n = int((there & (found == word.finding)).sum())
        said = say(N_("{n} reports were found to be {what}."), n=n, what=WORDS[word.finding])
        done = say(N_("Nothing: a person overruled this in the card. Reason: {reason}"), reason=word.reason)
        yield Finding(word.finding, n, said, done, overruled=True)


def _addresses(rows: pd.DataFrame) -> int:
    return int(rows["address"].map(plain, na_action="ignore").nunique())


def _rounded(rows: pd.DataFrame, digits: int = 3) -> str:
    """Latitude and longitude. Three digits, about a hundred metres, find a place and are too coarse for a door."""
    return f"{rows['latitude'].median():.{digits}f}, {rows['longitude'].median():.{digits}f}"


def _at_point(finding: Finding, rows: pd.DataFrame, metres: int = 100) -> Finding:
    """The finding with the rows' place, to so many metres."""
    x, y = (round(float(rows[axis].median()) / metres) * float(metres) for axis in ("x", "y"))
    return replace(finding, x=x, y=y)


def _percent(share: float) -> float:
    return round(100 * float(share), 1)
