"""A sentence as it is searched (문장 읽기): cleaned, its words told apart, and patterns found in it however it is spaced."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

LONGEST = 2000  # characters of a sentence that are read; the rest is told to be left out
GAP = 14  # characters that may lie where a pattern has “…”

PARTICLES = frozenset(
    "이 가 은 는 을 를 의 에 도 만 들 로 와 과 나 이나 랑 이랑 들이 들을 들은 들의 에서 에는 에도 으로 까지 부터 마다 보다 "
    "하고 때문 때문에 라도 이라도 이란 란 처럼 조차 밖에 에게 께서 좀 별 별로 이고 인데 이다 입니다".split()
)


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
    """One spelling of every character (NFKC), lower case, no control characters; what is left of a hostile text is words."""
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


@lru_cache(maxsize=8192)
def parts_of(pattern: str) -> tuple[str, ...]:
    """The pieces of a pattern around “…”, tight."""
    return tuple(p for p in (tight_of(piece) for piece in pattern.replace("...", "…").split("…")) if p)


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
    parts = parts_of(pattern)
    if not parts or any(part not in sentence.tight for part in parts):  # most patterns end here
        return None
    for first in _places(sentence, parts[0], 0):
        end: int | None = first + len(parts[0])
        for part in parts[1:]:
            near = (at for at in _places(sentence, part, end or 0) if at - (end or 0) <= GAP)
            at = next(near, None)
            end = None if at is None else at + len(part)
            if end is None:
                break
        if end is not None:
            return Span(first, end)
    return None


def _places(sentence: Sentence, part: str, since: int) -> Iterator[int]:
    at = sentence.tight.find(part, since)
    while at >= 0:
        if _stands(sentence, at, at + len(part)):
            yield at
        at = sentence.tight.find(part, at + 1)


def _stands(sentence: Sentence, first: int, last: int) -> bool:
    """Whether letters found are that word: the shorter it is, the less it may lie across or inside others."""
    tight, length = sentence.tight, last - first
    if tight[first].isascii():
        return _stands_apart(tight, first, last)
    if length == 1:
        word = sentence.words[sentence.word_of[first]]
        return sentence.starts(first) and (word == tight[first] or word[1:] in PARTICLES)
    if length == 2:  # 집값 in 우리동네집값, but not 이사 in 아이 사교육
        return sentence.word_of[first] == sentence.word_of[last - 1]
    return True


def _stands_apart(tight: str, first: int, last: int) -> bool:
    """Latin letters are a word of their own, one or many: `ev` is not in `every`."""
    before, after = tight[first - 1 : first], tight[last : last + 1]
    if after == "s" and not _latin(tight[last + 1 : last + 2]):
        after = ""
    return not _latin(before) and not _latin(after)


def _latin(letter: str) -> bool:
    return letter.isascii() and letter.isalpha()
