"""What a sentence is about (개념): its everyday words, and the administrative ones they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sigun.catalog.search.lists import Lists, WordRow, built_in
from sigun.catalog.search.misspelt import Spellings
from sigun.catalog.search.sentence import Sentence, Span, find, letters_of, particles, pieces_of, read_sentence


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
    finds = _longest(_Find(span, row, pattern) for span, row, pattern in _finds(sentence, lists.words))
    told: dict[str, Found] = {}
    for one in sorted(_with_misspelt(sentence, finds, lists.words), key=lambda f: (f.span, f.pattern)):
        row = one.row
        said = sentence.said(one.span)
        concept = Concept(row.name, said, row.words, row.topic, one.pattern, one.misspelt, row.loose)
        told.setdefault(row.name, Found(one.span, concept))
    return tuple(told.values())


@dataclass(frozen=True)
class _Find:
    """A row of the word list, and where one of its patterns stands."""

    span: Span
    row: WordRow
    pattern: str
    misspelt: bool = False


def _finds(sentence: Sentence, rows: Sequence[WordRow]) -> Iterator[tuple[Span, WordRow, str]]:
    for row in rows:
        for pattern in row.said:
            span = find(sentence, pattern)
            if span is not None:
                yield span, row, pattern


def _longest(finds: Iterable[_Find]) -> list[_Find]:
    """Without those that lie mostly within a longer one; of equals the first of the list (a workspace's own)."""
    kept: list[_Find] = []
    for one in sorted(finds, key=lambda f: (-letters_of(f.pattern), f.span.first - f.span.last)):
        if not any(2 * _common(one.span, other.span) > one.span.last - one.span.first for other in kept):
            kept.append(one)
    return kept


def _with_misspelt(sentence: Sentence, finds: list[_Find], rows: tuple[WordRow, ...]) -> list[_Find]:
    """And words typed wrong, where nothing was found or only a shorter word: 어린이 in 어린이짚."""
    whole = list(finds)
    for word, span in _spellings(rows).near(sentence):
        if all(_within(other.span, span) for other in whole if _common(other.span, span)):
            whole = [other for other in whole if not _common(other.span, span)]
            whole.append(_Find(span, _by_word(rows)[word], word, misspelt=True))
    return whole


def _common(one: Span, other: Span) -> int:
    """Letters two places share."""
    return max(0, min(one.last, other.last) - max(one.first, other.first))


def _within(one: Span, other: Span) -> bool:
    return other.first <= one.first and one.last <= other.last and one != other


@lru_cache(maxsize=4)
def _by_word(rows: tuple[WordRow, ...]) -> dict[str, WordRow]:
    words: dict[str, WordRow] = {}
    for row in rows:
        for pattern in row.said:
            pieces = pieces_of(pattern)
            if len(pieces) == 1 and not pieces[0].several and not _with_particle(pieces[0].tight, row):
                words.setdefault(pieces[0].tight, row)  # of phrases too much is grammar
    return words


def _with_particle(word: str, row: WordRow) -> bool:
    """Grammar hangs on it (모기가): one letter changed makes it another word. 소아과 only looks so: it is a term."""
    return word not in row.words and any(word.endswith(end) and word != end for end in particles())


@lru_cache(maxsize=4)
def _spellings(rows: tuple[WordRow, ...]) -> Spellings:
    return Spellings(_by_word(rows))
