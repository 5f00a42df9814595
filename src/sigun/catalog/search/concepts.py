"""What a sentence is about (개념): its everyday words, and the administrative ones they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sigun.catalog.search.lists import Lists, WordRow, built_in
from sigun.catalog.search.misspelt import Spellings
from sigun.catalog.search.sentence import Sentence, Span, find, letters_of, pieces_of, read_sentence


@dataclass(frozen=True)
class Concept:
    """One thing a sentence speaks of."""

    name: str  # 방치차량
    said: str  # the words of the sentence: 버려진 채 오래 서 있는 차
    words: tuple[str, ...]  # administrative, best first
    topic: str  # the recipe it leads to, or ""
    entry: str = ""  # the pattern of the word list that found it
    misspelt: bool = False
    loose: bool = False  # the topic is meant only where the sentence names no other


@dataclass(frozen=True)
class Found:
    """A concept and where it stands."""

    span: Span
    concept: Concept


def concepts(text: str, lists: Lists | None = None) -> tuple[Concept, ...]:
    """What the sentence is about, in its order; of words within one another only the longest.

    Examples
    --------
    >>> [c.name for c in concepts("국공립 어린이집이 부족한 동네")]
    ['어린이집']
    """
    return tuple(dict.fromkeys(f.concept for f in found(read_sentence(text), lists or built_in())))


def found(sentence: Sentence, lists: Lists) -> tuple[Found, ...]:
    """The concepts and where they stand; each concept once."""
    rows = list(_longest(list(_finds(sentence, lists.words))))
    if sentence.tight:
        taken = [span for span, _row, _pattern in rows]
        for word, span in _spellings(lists.words).near(sentence):
            if not any(_meet(span, other) for other in taken):
                rows.append((span, _by_word(lists.words)[word], word))
                taken.append(span)
    exact = {pattern for _span, _row, pattern in _finds(sentence, lists.words)}
    told: dict[str, Found] = {}
    for span, row, pattern in sorted(rows, key=lambda r: (r[0], r[2])):
        concept = Concept(row.name, sentence.said(span), row.words, row.topic, pattern, pattern not in exact, row.loose)
        told.setdefault(row.name, Found(span, concept))
    return tuple(told.values())


def _finds(sentence: Sentence, rows: Sequence[WordRow]) -> Iterator[tuple[Span, WordRow, str]]:
    for row in rows:
        for pattern in row.said:
            span = find(sentence, pattern)
            if span is not None:
                yield span, row, pattern


def _longest(finds: list[tuple[Span, WordRow, str]]) -> Iterator[tuple[Span, WordRow, str]]:
    """Without those that lie wholly within a longer one; of equals the first of the list (a workspace's own)."""
    kept: list[Span] = []
    for span, row, pattern in sorted(finds, key=lambda f: -letters_of(f[2])):
        if not any(k.first <= span.first and span.last <= k.last for k in kept):
            kept.append(span)
            yield span, row, pattern


def _meet(one: Span, other: Span) -> bool:
    return one.first < other.last and other.first < one.last


@lru_cache(maxsize=4)
def _by_word(rows: tuple[WordRow, ...]) -> dict[str, WordRow]:
    words: dict[str, WordRow] = {}
    for row in rows:
        for pattern in row.said:
            pieces = pieces_of(pattern)
            if len(pieces) == 1 and not pieces[0].several:  # of phrases too much is grammar
                words.setdefault(pieces[0].tight, row)
    return words


@lru_cache(maxsize=4)
def _spellings(rows: tuple[WordRow, ...]) -> Spellings:
    return Spellings(_by_word(rows))
