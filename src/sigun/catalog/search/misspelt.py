"""Words typed wrong (오타): one letter of a syllable changed, or one syllable left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sigun.catalog.search.sentence import Sentence, Span

SHORTEST, LONGEST = 3, 9  # syllables of a word that may be typed wrong
FIRST = ord("가")


class Spellings:
    """Words by what is left of them when one syllable is unsure."""

    def __init__(self, words: Iterable[str]) -> None:
        self.by_rest: dict[str, list[str]] = {}
        for word in words:
            if SHORTEST <= len(word) <= LONGEST and all("가" <= c <= "힣" for c in word):
                for at in range(len(word)):
                    self.by_rest.setdefault(f"{word[:at]}*{word[at + 1 :]}", []).append(word)

    def near(self, sentence: Sentence) -> Iterator[tuple[str, Span]]:
        """The words that stand in the sentence typed wrong, and where."""
        tight = sentence.tight
        for first in range(len(tight)):
            if not sentence.starts(first):
                continue  # a misspelt word is looked for where a word begins: elsewhere chance finds too many
            for last in range(first + SHORTEST, min(first + LONGEST, len(tight)) + 1):
                for word in self._near(tight[first:last]):
                    yield word, Span(first, last)

    def _near(self, piece: str) -> Iterator[str]:
        for at in range(len(piece)):
            for word in self.by_rest.get(f"{piece[:at]}*{piece[at + 1 :]}", ()):
                conjugated = at == len(piece) - 1 and same_but_end(piece[at], word[at])
                if one_letter_apart(piece[at], word[at]) and not conjugated:
                    yield word
        for at in range(1, len(piece)):  # a syllable inside was left out
            for word in self.by_rest.get(f"{piece[:at]}*{piece[at:]}", ()):
                if len(word) > SHORTEST:
                    yield word


def one_letter_apart(one: str, other: str) -> bool:
    """Two syllables that share two of their three letters (초·중·종성).

    Examples
    --------
    >>> one_letter_apart("집", "짚"), one_letter_apart("집", "말")
    (True, False)
    """
    if not ("가" <= one <= "힣" and "가" <= other <= "힣"):
        return False
    return sum(a != b for a, b in zip(_letters(one), _letters(other), strict=True)) == 1


def same_but_end(one: str, other: str) -> bool:
    """Syllables of which one has an end and the other none, as 쓰러지 and 쓰러진: grammar, no slip of the hand."""
    if not ("가" <= one <= "힣" and "가" <= other <= "힣"):
        return False
    (*body, end), (*other_body, other_end) = _letters(one), _letters(other)
    return body == other_body and 0 in (end, other_end)


def _letters(syllable: str) -> tuple[int, int, int]:
    code = ord(syllable) - FIRST
    return code // 588, code % 588 // 28, code % 28
