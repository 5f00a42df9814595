"""Reading a sentence: what is cut out of it, and what it says of place, time and number."""

import pytest

from sigun.catalog.search.sentence import LONGEST
from sigun.proposal.draft.asked import understand
from sigun.proposal.draft.kept import KEPT, without_persons


@pytest.mark.parametrize(
    ("sentence", "kept", "kinds"),
    [
        ("김철수 씨가 신고했어요", "○○○ 씨가 신고했어요", ("person's name",)),
        ("박영희님 차가 서 있다", "○○○님 차가 서 있다", ("person's name",)),
        ("연락처는 010-1234-5678", "연락처는 ○○○", ("telephone number",)),
        ("12가3456 차량", "○○○ 차량", ("plate",)),
        ("어르신 씨앗 나눔, 선생님과 주민님", "어르신 씨앗 나눔, 선생님과 주민님", ()),
        ("마음씨 좋은 날씨에 주무관님", "마음씨 좋은 날씨에 주무관님", ()),
    ],
)
def test_what_is_personal_is_cut_out(sentence: str, kept: str, kinds: tuple[str, ...]) -> None:
    assert without_persons(sentence) == (kept, kinds)


@pytest.mark.parametrize(
    ("sentence", "level", "ahead", "capacity", "within"),
    [
        ("읍면동별 인구", "dong", None, None, ()),
        ("시군별 출생", "sigungu", None, None, ()),
        ("시도별 소득", "sido", None, None, ()),
        ("경기도 시군의 출생", "sigungu", None, None, ("경기",)),
        ("다음 달에 방치 차량이 늘어날지", None, "1mo", None, ()),
        ("다음 주 하루 5곳 순찰", None, "7d", 5, ()),
        ("내년 방치차량", None, "12mo", None, ()),
    ],
)
def test_what_a_sentence_says(
    sentence: str, level: str | None, ahead: str | None, capacity: int | None, within: tuple[str, ...]
) -> None:
    asked = understand(sentence, None)
    assert (asked.level, asked.capacity, asked.within) == (level, capacity, within)
    assert (asked.ahead[0] if asked.ahead else None) == ahead


def test_things_stand_in_the_order_of_the_sentence_and_idle_words_are_none() -> None:
    asked = understand("택지개발 뒤에 침수 신고가 얼마나 달라졌는지", None)
    assert [thing.name for thing in asked.things] == ["택지개발", "침수"]


def test_a_very_long_sentence_is_cut_and_that_is_said() -> None:
    asked = understand("방치차량이 많다 " * LONGEST, None)
    assert len(asked.sentence) <= KEPT
    assert any("is long" in one.template for one in asked.said)


def test_abuse_is_passed_over() -> None:
    asked = understand("씨발 방치차량 좀 치워라", None)
    assert "씨발" not in asked.sentence
    assert asked.things[0].name == "방치차량"


@pytest.mark.parametrize(
    ("sentence", "label"),
    [
        ("국공립 어린이집이 부족한 동네", "국공립 어린이집"),
        ("애를 안 낳는지 궁금하다", "출생"),
        ("아이 맡길 데가 없다", "어린이집"),
        ("주차할 데가 없다", "주차장"),
        ("비 오면 물에 잠기는 동네", "침수"),
        ("집값이 올랐다", "집값"),
    ],
)
def test_what_stands_in_a_title_is_a_noun(sentence: str, label: str) -> None:
    assert label in [thing.label for thing in understand(sentence, None).named]
