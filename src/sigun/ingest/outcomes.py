"""Outcome classes (처리 결과) from the words a city uses when it closes a case."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

import numpy as np
import pandas as pd

from sigun.ingest.layout import Outcome

WORDS: tuple[tuple[str, Outcome], ...] = (
    ("duplicate", "duplicate"),
    ("중복", "duplicate"),
    ("not at location", "not_found"),
    ("not_at_location", "not_found"),
    ("gone on arrival", "not_found"),
    ("clear_on_arrival", "not_found"),
    ("unable to locate", "not_found"),
    ("not found", "not_found"),
    ("미발견", "not_found"),
    ("현장에 없음", "not_found"),
    ("현장 없음", "not_found"),
    ("확인불가", "not_found"),
    ("자진", "moved_by_owner"),
    ("moved by owner", "moved_by_owner"),
    ("owner moved", "moved_by_owner"),
    ("towed", "confirmed"),
    ("tow_", "confirmed"),
    ("removed", "confirmed"),
    ("impound", "confirmed"),
    ("견인", "confirmed"),
    ("보관", "confirmed"),
    ("반환", "confirmed"),
    ("폐차", "confirmed"),
    ("매각", "confirmed"),
    ("공매", "confirmed"),
    ("강제처리", "confirmed"),
    ("confirmed", "confirmed"),
    ("확인중", "open"),
    ("확인 중", "open"),
    ("처리중", "open"),
    ("처리 중", "open"),
    ("진행", "open"),
    ("접수", "open"),
    ("open", "open"),
    ("in progress", "open"),
    ("pending", "open"),
)
"""Words of a status, in the order they are looked for: "closed as duplicate, vehicle towed" is a duplicate."""

NAMED_CASE = re.compile(r"(\d{6,})")


def propose_outcomes(values: Iterable[str], text: pd.Series | None = None) -> dict[str, Outcome]:
    """What the values of an outcome column mean, and the words worth looking for in a free status text."""
    means: dict[str, Outcome] = {value: outcome_of(value) for value in values}
    unsure = ("confirmed", *(word for word, kind in WORDS if kind == "open" and means))
    told = text.dropna().str.casefold() if text is not None else pd.Series([], dtype="str")
    looked_for = [(w, k) for w, k in WORDS if len(told) and w not in unsure and w not in means]
    return means | {w: k for w, k in looked_for if told.str.contains(w, regex=False).any()}


def outcome_of(value: str) -> Outcome:
    """The class of one status value; "other" where no word is known."""
    low = value.casefold()
    return next((kind for word, kind in WORDS if word in low), "other")


def read_outcomes(value: pd.Series, text: pd.Series, means: Mapping[str, Outcome]) -> tuple[pd.Series, dict[str, int]]:
    """The class of each row: words in the status text first, then the value; and the values the card does not know.

    Missing stays missing; a value or text without a known word is "other".
    """
    values = set(value.dropna().unique())
    words = {w.casefold(): kind for w, kind in means.items() if w not in values}
    by_text = _per_unique(text, lambda t: next((k for w, k in words.items() if w in t.casefold()), None))
    by_value = value.map(dict(means))
    unknown = value[value.notna() & by_value.isna() & by_text.isna()]
    by_value = by_value.where(by_value.notna() | value.isna(), "other")
    told = by_text.where(by_text.notna(), by_value)
    result = told.where(told.notna() | text.isna(), "other")
    return result.astype("str"), {str(k): int(v) for k, v in unknown.value_counts().head(10).items()}


def named_cases(text: pd.Series, outcome: pd.Series) -> pd.Series:
    """The case a duplicate was closed for, where its closing text names one."""
    named = text.where(outcome == "duplicate").str.extract(NAMED_CASE, expand=False)
    return named.astype("str")


def _per_unique(text: pd.Series, read: Callable[[str], Outcome | None]) -> pd.Series:
    unique = {t: read(t) for t in text.dropna().unique()}
    return text.map(unique) if unique else pd.Series(np.full(len(text), np.nan, object))
