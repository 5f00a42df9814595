"""The search (검색): from a sentence to data sets, each thing it wants found once before any is found twice."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
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
APART = 2  # a thing half as well found as by the best entry is found by a quarter
LEAST = 0.2  # of a find
HELD = 0.45  # what a need must find to be met: its word at least in a description
AGAIN = 0.22  # what finding a thing once more is worth
MOST_REASONS = 3
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
        best = max((worth for _, worth, _ in found), default=1.0)
        for row, worth, word in found:
            one = table.setdefault(row.number, _Found(row))
            one.worths[at], one.words[at] = weight * worth * (worth / best) ** APART, word
    return tuple(_hit(one, score, things) for one, score in _chosen(table, len(things), top))


@dataclass
class _Found:
    """An entry that was found; for each thing what that is worth (weighted) and the word it was found by."""

    row: Row
    worths: dict[int, float] = field(default_factory=dict)
    words: dict[int, str] = field(default_factory=dict)


def lacking(index: Index, text: str, lists: Lists | None = None) -> tuple[Lack, ...]:
    """What the topics of a sentence need and no entry holds, and where such data are usually published."""
    wanting: dict[str, Lack] = {}
    for need in needs(text, lists):
        if not any(_worth(row, need.words)[0] >= HELD for row in index.near(need.words)):
            where = next((where for word in need.words if (where := published(word))), "")
            wanting.setdefault(need.words[0], Lack(need, where))
    return tuple(wanting.values())


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


def _finds(index: Index, thing: Wanted) -> list[tuple[Row, float, str]]:
    """Entries in which a thing is found, how well (0 to about 1.3), and by which of its words."""
    found = ((row, *_worth(row, thing.words)) for row in index.near(thing.words))
    return [(row, worth, word) for row, worth, word in found if worth >= LEAST]


def _worth(row: Row, words: Sequence[str]) -> tuple[float, str]:
    """The best of the words, the first of the list a little before the others; several add a little."""
    worths = [(NEXT**at * _worth_of(row, _tight(word)), -at, word) for at, word in enumerate(words)]
    best, _, word = max(worths)
    held = sum(any(_tight(w) in text for text in row.tight) for w in words)
    return best + 0.04 * min(max(held - 1, 0), 3), word


@lru_cache(maxsize=8192)
def _tight(word: str) -> str:
    """Words of the lists are compared with thirty entries each: their spelling is made once."""
    return tight_of(word)


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
    for worth, held in zip(WORTH, row.tight, strict=True):
        share = sum(pair in held for pair in pairs) / len(pairs)
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
    order = sorted(one.worths, key=lambda at: (-one.worths[at], at))
    roles = [role for at in order if (role := things[at].role)]
    reasons: dict[tuple[Role | None, str], Message] = {}
    for at in order:
        why = things[at].why
        told = Message(why.template, {**why.values, "word": one.words[at]})
        reasons.setdefault((things[at].role, one.words[at]), told)
    return Hit(one.row.entry, score, roles[0] if roles else None, tuple(reasons.values())[:MOST_REASONS])
