"""The pages on changing a plan by saying so list everything that is understood."""

from __future__ import annotations

from pathlib import Path

import pytest

from sigun.proposal.talk.turn import WISHES

DOCS = Path(__file__).resolve().parents[2] / "docs" / "how-to"


@pytest.mark.parametrize("page", ["change-by-saying.md", "change-by-saying.ko.md"])
def test_every_wish_stands_on_the_page(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    assert [example for wish in WISHES for example in wish.examples if example not in text] == []
