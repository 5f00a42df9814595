"""The card's page names every key and word a card may hold."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from sigun.catalog.card import Card, Overrule
from sigun.ingest.layout import Column, Kind, Outcome, Personal, Reading, Role

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "card.md"
WORDS = [
    *Card.model_fields,
    *Column.model_fields,
    *Reading.model_fields,
    *Overrule.model_fields,
    *(word for kind in (Kind, Role, Personal, Outcome) for word in get_args(kind)),
]


@pytest.mark.parametrize("word", sorted(set(WORDS)))
def test_every_word_is_on_the_page(word: str) -> None:
    assert f"`{word}`" in PAGE.read_text(encoding="utf-8")
