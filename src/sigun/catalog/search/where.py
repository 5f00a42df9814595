"""Where such data are usually published in Korea (공개되는 곳)."""

from __future__ import annotations

from sigun.catalog.search.lists import built_in
from sigun.catalog.search.sentence import find, letters_of, read_sentence


def published(term: str) -> str:
    """Where data of this kind are usually published; "" where the list does not know.

    Examples
    --------
    >>> "KOSIS" in published("출생아 수")
    True
    """
    sentence = read_sentence(term)
    best, where = 0, ""
    for patterns, place in built_in().places:
        for pattern in patterns:
            length = letters_of(pattern)
            if length > best and find(sentence, pattern) is not None:
                best, where = length, place
    return where
