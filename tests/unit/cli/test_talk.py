"""`sigun talk`: how people take a change back."""

from __future__ import annotations

import pytest

from sigun.cli.talk import BACK


@pytest.mark.parametrize(
    "said", ["되돌려", "되돌려 줘", "되돌려주세요", "취소", "취소해줘", "방금 것 취소해 주세요.", "undo", "U"]
)
def test_taking_back(said: str) -> None:
    assert BACK.fullmatch(said)


@pytest.mark.parametrize("said", ["취소된 신고만", "우선순위를 되돌려서 보자", "undoing", ""])
def test_nothing_else_takes_back(said: str) -> None:
    assert not BACK.fullmatch(said)
