"""A sentence as it is searched (문장 읽기): cleaned, its words told apart, patterns found however it is spaced."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

LONGEST = 2000  # characters of a sentence that are read; the rest is told to be left out
IDLE = Path(__file__).parent / "lists" / "idle.csv"
RUN_TOGETHER = 6  # syllables from which a word is taken for several without blanks
GAP = 14  # characters that may lie where a pattern has “…”


@dataclass(frozen=True)
class Sentence:
    """A sentence without blanks and marks, and which of its words each character belongs to."""

    words: tuple[str, ...]
    tight: str
    word_of: tuple[int, ...]  # of each character of `tight`
    cut: bool = False  # it was longer than is read

    def starts(self, at: int) -> bool:
        """Whether a word begins at this character."""
        return at == 0 or self.word_of[at] != self.word_of[at - 1]

    def said(self, span: Span) -> str:
        """The words of the sentence a find lies in, as they were typed."""
        first, last = self.word_of[span.first], self.word_of[span.last - 1]
        return " ".join(self.words[first : last + 1])


@dataclass(frozen=True, order=True)
class Span:
    """Characters of `tight` from `first` up to but without `last`."""

    first: int
    last: int


def clean(text: str) -> str:
    """One spelling of every character (NFKC), lower case, no control characters."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in plain).casefold().strip()


def shown(text: str) -> str:
    """A text as it may be shown: control and direction characters out, blanks single."""
    kept = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in unicodedata.normalize("NFC", text))
    return " ".join(kept.split())


def tight_of(text: str) -> str:
    """Letters and digits alone, so that spacing does not matter."""
    return "".join(c for c in clean(text) if c.isalnum())


@lru_cache(maxsize=64)
def read_sentence(text: str) -> Sentence:
    """The sentence, at most `LONGEST` characters of it."""
    kept = clean(text[:LONGEST])
    words = tuple(w for w in "".join(c if c.isalnum() else " " for c in kept).split() if w)
    word_of = tuple(i for i, word in enumerate(words) for _ in word)
    return Sentence(words, "".join(words), word_of, len(text) > LONGEST)


@dataclass(frozen=True)
class Piece:
    """A piece of a pattern between two “…”."""

    tight: str
    several: bool  # written as several words


@lru_cache(maxsize=8192)
def pieces_of(pattern: str) -> tuple[Piece, ...]:
    """The pieces of a pattern around “…”."""
    pieces = (piece.strip() for piece in pattern.replace("...", "…").split("…"))
    return tuple(Piece(tight, " " in piece) for piece in pieces if (tight := tight_of(piece)))


def letters_of(pattern: str) -> int:
    """How many letters a pattern names: those in a gap are not its own."""
    return sum(len(piece.tight) for piece in pieces_of(pattern))


def find(sentence: Sentence, pattern: str) -> Span | None:
    """Where a pattern stands in the sentence: “버려진 … 차” with up to fourteen characters in between, or none.

    Examples
    --------
    >>> s = read_sentence("버려진 채 오래 서 있는 차")
    >>> s.said(find(s, "버려진 … 차"))
    '버려진 채 오래 서 있는 차'
    >>> find(read_sentence("차이가 크다"), "차") is None
    True
    """
    pieces = pieces_of(pattern)
    if not pieces or any(piece.tight not in sentence.tight for piece in pieces):  # most patterns end here
        return None
    for first in _places(sentence, pieces[0], 0):
        last = _end(sentence, pieces[1:], first + len(pieces[0].tight))
        if last is not None:
            return Span(first, last)
    return None


def _end(sentence: Sentence, pieces: tuple[Piece, ...], at: int) -> int | None:
    """Where the further pieces end, each within the gap after the one before; none if one is missing."""
    for piece in pieces:
        place = next(_places(sentence, piece, at), None)
        if place is None or place - at > GAP:
            return None
        at = place + len(piece.tight)
    return at


def _places(sentence: Sentence, piece: Piece, since: int) -> Iterator[int]:
    at = sentence.tight.find(piece.tight, since)
    while at >= 0:
        if _stands(sentence, piece, at):
            yield at
        at = sentence.tight.find(piece.tight, at + 1)


def _stands(sentence: Sentence, piece: Piece, first: int) -> bool:
    """Whether letters found are that word: the shorter it is, the less it may lie across or inside others."""
    last = first + len(piece.tight)
    if piece.tight[0].isascii():
        return _stands_apart(sentence, first, last)
    if len(piece.tight) == 1:
        word = sentence.words[sentence.word_of[first]]
        return sentence.starts(first) and (word == piece.tight or word[1:] in particles())
    if len(piece.tight) == 2 and not piece.several:  # 집값 in 우리동네집값, but neither in 맘카페 nor across words
        inside = sentence.starts(first) or len(sentence.words[sentence.word_of[first]]) >= RUN_TOGETHER
        return inside and sentence.word_of[first] == sentence.word_of[last - 1]
    return not piece.several or sentence.starts(first)


def _stands_apart(sentence: Sentence, first: int, last: int) -> bool:
    """Latin letters are a word of their own, one or many: `ev` is not in `every`."""
    at_end = sentence.word_of[last - 1]
    before = "" if sentence.starts(first) else sentence.tight[first - 1]
    after = "".join(c for c, w in zip(sentence.tight[last:], sentence.word_of[last:], strict=True) if w == at_end)
    plural = after.startswith("s") and not _latin(after[1:2])
    return not _latin(before) and (plural or not _latin(after[:1]))


def _latin(letter: str) -> bool:
    return letter.isascii() and letter.isalpha()


@lru_cache(maxsize=1)
def particles() -> frozenset[str]:
    """What Korean grammar hangs on a noun (조사)."""
    return idle("particle")


@lru_cache(maxsize=4)
def idle(kind: str) -> frozenset[str]:
    """Words of the list of words that name nothing: particles, endings, what every question says."""
    rows = (line.split(",") for line in IDLE.read_text(encoding="utf-8").splitlines()[1:])
    return frozenset(word for told, words, _source in rows if told == kind for word in words.split("|"))
