"""The search (검색): from a sentence to data sets, each thing it wants found once before any is found twice."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sigun.catalog.search.entry import Entry
from sigun.catalog.search.families import families
from sigun.catalog.search.index import Index, Row
from sigun.catalog.search.lists import Lists, Need, built_in
from sigun.catalog.search.sentence import LONGEST, tight_of
from sigun.catalog.search.wanted import Wanted, needs, wanted
from sigun.catalog.search.where import published
from sigun.text import N_, Message, say

if TYPE_CHECKING:
    from sigun.plan.proposal import Role

WORTH = (1.0, 0.92, 0.62, 0.5)  # a word in title, keywords, columns, description
NEXT = 0.96  # each further word of a list entry is worth that much of the one before
WHOLE = 0.15  # how much more a title is worth that is nothing but the word
PARTLY = 0.5  # share of a word's pairs that must be there for it to be partly found
LEAST = 0.2  # of a find
HELD = 0.45  # what a need must find to be met: its word at least in a description
AGAIN = 0.22  # what finding a thing once more is worth
CANDIDATES = 30  # a thing
MOST_REASONS = 4
HERE = 0.03  # a data set of this workspace before one of elsewhere


@dataclass(frozen=True)
class Hit:
    """A data set that was found, and why."""

    entry: Entry
    score: float
    role: Role | None
    why: tuple[Message, ...]


def search(
    index: Index, text: str, top: int = 10, family: str | None = None, lists: Lists | None = None
) -> tuple[Hit, ...]:
    """The data sets a sentence needs, best first.

    Each thing the sentence names, each word no list knows and each role of its topics' recipes is wanted with a
    weight; entries are taken one by one, each time the one that adds most to what is found already, so that the
    first five hold one of each rather than five of the same.
    """
    if top < 1 or not index.size:
        return ()
    asked = [f for f, _ in families(text)]
    things = wanted(text, lists or built_in(), family or (asked[0] if asked else None))
    finds = [_finds(index, thing) for thing in things]
    weights = [thing.weight * _rarity(index, found, thing) for thing, found in zip(things, finds, strict=True)]
    table: dict[int, _Found] = {}
    for at, (found, weight) in enumerate(zip(finds, weights, strict=True)):
        for row, worth in found:
            table.setdefault(row.number, _Found(row)).worths[at] = weight * worth
    return tuple(_hit(one, score, things) for one, score in _chosen(table, len(things), top))


@dataclass
class _Found:
    """An entry that was found, and what each thing it was found for is worth, weighted."""

    row: Row
    worths: dict[int, float] = field(default_factory=dict)


def lacking(index: Index, text: str, family: str | None = None, lists: Lists | None = None) -> tuple[Lack, ...]:
    """What the topics of a sentence need and no entry holds, and where such data are usually published."""
    return tuple(
        Lack(need, next((where for word in need.words if (where := published(word))), ""))
        for need in needs(text, lists, family)
        if not any(_worth(row, [tight_of(w) for w in need.words]) >= HELD for row in index.near(need.words, CANDIDATES))
    )


@dataclass(frozen=True)
class Lack:
    """Data that are needed and not there."""

    need: Need
    where: str  # "" where the list does not know


def told_of(text: str) -> tuple[Message, ...]:
    """What was done to the sentence before it was searched."""
    if len(text) <= LONGEST:
        return ()
    return (say(N_("The sentence is long: its first {n} characters were searched."), n=LONGEST),)


def _finds(index: Index, thing: Wanted) -> list[tuple[Row, float]]:
    """Entries in which a thing is found, and how well (0 to about 1.3)."""
    terms = [tight_of(word) for word in thing.words]
    worths = ((row, _worth(row, terms)) for row in index.near(thing.words, CANDIDATES))
    return [(row, worth) for row, worth in worths if worth >= LEAST]


def _worth(row: Row, terms: Sequence[str]) -> float:
    whole = max((NEXT**at * _worth_of(row, term) for at, term in enumerate(terms)), default=0.0)
    several = sum(1 for term in terms if any(term in field for field in row.tight))
    return whole + 0.04 * min(several - 1, 3) if several > 1 else whole


def _worth_of(row: Row, term: str) -> float:
    """How well one word is found in an entry: by the best of its fields, a little more for the others."""
    held = [worth for worth, field in zip(WORTH, row.tight, strict=True) if term in field]
    if not held:
        return _partly(row, term)
    share = len(term) / max(len(row.tight[0]), 1) if term in row.tight[0] else 0.0
    exact = 0.08 if term in row.tight[1].split("\n") else 0.0  # a keyword that is just the word
    return held[0] + 0.05 * (len(held) - 1) + WHOLE * share + exact


def _partly(row: Row, term: str) -> float:
    """A longer word of which a good part is there."""
    pairs = [term[i : i + 2] for i in range(len(term) - 1)]
    if len(pairs) < 2 or term.isascii():
        return 0.0
    best = 0.0
    for worth, field in zip(WORTH, row.tight, strict=True):
        share = sum(pair in field for pair in pairs) / len(pairs)
        if share >= PARTLY:
            best = max(best, 0.7 * worth * share**2)
    return best


def _rarity(index: Index, found: Sequence[object], thing: Wanted) -> float:
    """A word of no list counts by how few entries hold it; what a list names counts in full."""
    if thing.listed or not found:
        return 1.0
    holding = max(index.count(thing.words[0]), 1)
    return math.log(1 + index.size / holding) / math.log(1 + index.size)


def _chosen(table: dict[int, _Found], things: int, top: int) -> list[tuple[_Found, float]]:
    """Entries one by one, each time the one that adds most; of equals the one listed first."""
    covered = [0.0] * things
    left = dict(sorted(table.items()))
    chosen: list[tuple[_Found, float]] = []
    while left and len(chosen) < top:
        number = max(left, key=lambda n: _gain(left[n], covered))
        one = left.pop(number)
        chosen.append((one, round(_gain(one, covered), 6)))
        for at, worth in one.worths.items():
            covered[at] = max(covered[at], worth)
    return chosen


def _gain(one: _Found, covered: Sequence[float]) -> float:
    gain = HERE if one.row.entry.here else 0.0
    for at, worth in one.worths.items():
        gain += max(0.0, worth - covered[at]) + AGAIN * worth
    return gain


def _hit(one: _Found, score: float, things: Sequence[Wanted]) -> Hit:
    """The reasons in the order of what they counted; the role of the weightiest recipe that wanted it."""
    told = [things[at] for at in sorted(one.worths, key=lambda at: (-one.worths[at], at))]
    roles = [thing.role for thing in told if thing.role]
    return Hit(one.row.entry, score, roles[0] if roles else None, tuple(thing.why for thing in told[:MOST_REASONS]))
