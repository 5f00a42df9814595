"""The pages on the made-up workshop give what is planted."""

from __future__ import annotations

from pathlib import Path

import pytest

from sigun.recipes.workshop import made_up
from sigun.recipes.workshop.truth import Planted

DOCS = Path(__file__).resolve().parents[2] / "docs" / "reference"
P = Planted()


@pytest.mark.parametrize("page", ["made-up-workshop.md", "made-up-workshop.ko.md"])
def test_the_page_says_what_is_planted(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    said = [
        *(f"{P.public_places}", f"{P.home_places}", f"{P.parking_places}", f"{P.left_over}", f"{P.times}", P.completed),
        *(", ".join(names) for names in (P.short_of_care, P.short_of_homes, P.short_of_parking, P.developed)),
        *(made_up.DAYCARE_FILE, made_up.HOMES_FILE, made_up.PARKING_FILE, made_up.NEEDS_FILE, made_up.FLOODS_FILE),
        made_up.BUILT_FILE,
    ]
    assert [words for words in said if words not in text] == []
