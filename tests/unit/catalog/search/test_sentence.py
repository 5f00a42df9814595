"""How patterns are found in a sentence, however it is spaced; what is never a find."""

from __future__ import annotations

import pytest

from sigun.catalog.search.sentence import LONGEST, clean, find, read_sentence, shown


@pytest.mark.parametrize(
    ("text", "pattern", "said"),
    [
        ("불법 주 정차단속 현황", "불법주정차", "불법 주 정차단속"),
        ("버려진 채 오래 서 있는 차 때문에", "버려진 … 차", "버려진 채 오래 서 있는 차"),
        ("집값이 올랐다", "집값", "집값이"),
        ("우리동네집값이", "집값", "우리동네집값이"),
        ("차 댈 데가 없다", "차 댈", "차 댈"),
        ("AWS로 잰 비", "aws", "aws로"),
        ("two EVs here", "EV", "evs"),
        ("abandoned vehicles are", "abandoned vehicle", "abandoned vehicles"),
    ],
)
def test_found(text: str, pattern: str, said: str) -> None:
    sentence = read_sentence(text)
    span = find(sentence, pattern)
    assert span is not None
    assert sentence.said(span) == said


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("차이가 크다", "차"),
        ("아이 사교육", "이사"),  # across two words
        ("맘카페에서", "카페"),  # inside a short one
        ("every day", "EV"),
        ("버려진 것을 아무도 돌보지 않아 온 동네가 지저분해진 뒤 차", "버려진 … 차"),  # too far apart
        ("", "차"),
        ("차", ""),
    ],
)
def test_not_found(text: str, pattern: str) -> None:
    assert find(read_sentence(text), pattern) is None


def test_what_is_not_a_letter_is_gone() -> None:
    assert clean("ＡＢ\x00c\u202e가") == "ab c 가"
    assert shown("제목\x07\n둘째\u200b줄") == "제목 둘째 줄"
    assert read_sentence('"NEAR(a* OR -b) ^c:"').words == ("near", "a", "or", "b", "c")


def test_a_long_sentence_is_cut() -> None:
    long = read_sentence("가" * (LONGEST + 5))
    assert long.cut
    assert len(long.tight) == LONGEST
