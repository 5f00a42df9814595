"""Which analysis a sentence asks for (분석유형), and the words that say so."""

from __future__ import annotations

from typing import cast

from sigun.catalog.search.lists import built_in
from sigun.catalog.search.sentence import find, letters_of, read_sentence
from sigun.plan.families import PARTICULAR, Family


def families(text: str) -> tuple[tuple[Family, str], ...]:
    """The families a sentence asks for and the words that say so, best first; none said: nothing.

    Examples
    --------
    >>> families("방치 차량이 어디에 생길지 미리 알고 순찰하고 싶다")[0][0]
    'forecast'
    """
    sentence = read_sentence(text)
    said: dict[Family, list[tuple[int, str]]] = {}
    for family, pattern in built_in().families:
        span = find(sentence, pattern)
        if span is not None:
            said.setdefault(cast("Family", family), []).append((letters_of(pattern), sentence.said(span)))
    order = sorted(said, key=lambda f: (-_weight(f, said[f]), PARTICULAR.index(f)))
    return tuple((family, max(said[family])[1]) for family in order)


def _weight(family: Family, finds: list[tuple[int, str]]) -> int:
    """Letters that speak for it; `describe` and `summary` are said in passing, so they count less."""
    letters = max(n for n, _ in finds) + 2 * (len({words for _, words in finds}) - 1)
    return letters if family in ("describe", "summary") else letters + 4
