"""Which analysis a sentence asks for (분석유형), and the words that say so."""

from __future__ import annotations

from sigun.catalog.search.lists import built_in
from sigun.catalog.search.sentence import find, letters_of, read_sentence
from sigun.text import N_

FAMILIES = ("forecast", "effect", "before_after", "supply_demand", "factors", "describe", "summary")
"""Of equal evidence the more particular one first."""

NAMES = {
    "forecast": N_("Forecast"),
    "effect": N_("Effect of a policy"),
    "before_after": N_("Before and after"),
    "supply_demand": N_("Supply and demand"),
    "factors": N_("Factors"),
    "describe": N_("Characteristics"),
    "summary": N_("Descriptive statistics"),
}
"""예측 · 정책효과 · 전후비교 · 수급 · 요인 · 특성 · 기술통계."""


def families(text: str) -> tuple[tuple[str, str], ...]:
    """The families a sentence asks for and the words that say so, best first; none said: nothing.

    Examples
    --------
    >>> families("방치 차량이 어디에 생길지 미리 알고 순찰하고 싶다")[0][0]
    'forecast'
    """
    sentence = read_sentence(text)
    said: dict[str, list[tuple[int, str]]] = {}
    for family, pattern in built_in().families:
        span = find(sentence, pattern)
        if span is not None:
            said.setdefault(family, []).append((letters_of(pattern), sentence.said(span)))
    order = sorted(said, key=lambda f: (-_weight(f, said[f]), FAMILIES.index(f)))
    return tuple((family, max(said[family])[1]) for family in order)


def _weight(family: str, finds: list[tuple[int, str]]) -> int:
    """Letters that speak for it; `describe` and `summary` are said in passing, so they count less."""
    letters = max(n for n, _ in finds) + 2 * (len({words for _, words in finds}) - 1)
    return letters if family in ("describe", "summary") else letters + 4
