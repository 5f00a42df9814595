"""What a sentence is about, and which analysis it asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from sigun.catalog.search import concepts, families, lists_of, needs, published
from sigun.errors import CardError, Several


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("버려진 채 오래 서 있는 차 때문에 주민 신고가 많다", {"방치차량", "안전신문고"}),
        ("할머니 할아버지를 모실 요양시설", {"노인", "요양시설"}),
        ("무단방치차랑 처리 대장", {"방치차량"}),  # 량 typed 랑
        ("쓰래기 무단 투기단속", {"쓰레기", "무단투기"}),
        ("젊은 사람들이 서울로 떠난다", {"청년유출"}),  # a verb in another form
        ("birth rate and house prices", {"출생", "집값"}),
        ("PM2.5 농도", {"미세먼지"}),
        ("PM 공유 킥보드", {"킥보드"}),
        ("입소 대기 아동", {"입소대기"}),  # not 대기질
        ("일을 막고 싶다", set()),  # not 길을 막
        ("밤중에 애가 토하는데 문 연 병원은", {"소아과", "소아야간"}),
        ("직장을 잃은 사람", {"이직"}),
        ("도랑이 막혀 물이 안 빠진다", {"배수", "교통정체"}),
        ("우리 고장에서", set()),  # neither 공장 nor something broken
        ("시의원별 발언", {"시의회"}),  # not 의원
        ("", set()),
        ("ㅋㅋㅋ !!! ???", set()),
    ],
)
def test_concepts(text: str, names: set[str]) -> None:
    assert {c.name for c in concepts(text)} == names


def test_a_concept_tells_what_was_said_and_that_it_was_misspelt() -> None:
    (found,) = concepts("어린이짚 자리")
    assert (found.name, found.said, found.entry, found.misspelt) == ("어린이집", "어린이짚", "어린이집", True)
    assert found.topic == "보육"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("어린이짚", True),
        ("장기요양기간", True),  # 관 typed 간
        ("어이집", True),  # a syllable left out
        ("어린이말", False),  # another syllable, not another letter
        ("교통사거", True),
        ("교통부고", False),
        ("모가가", False),  # 모기가 is 모기 and grammar
        ("소야과", True),  # 소아과 only ends like that
    ],
)
def test_one_letter_may_be_wrong(text: str, meant: bool) -> None:
    assert any(c.misspelt for c in concepts(text)) == meant


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("방치 차량이 어디에 생길지 미리 알고 순찰하고 싶다", {"forecast"}),
        ("우리 시 출생이 왜 줄어드는지 알고 싶다", {"factors"}),
        ("국공립 어린이집이 부족한 동네를 찾고 싶다", {"supply_demand"}),
        ("할머니 할아버지를 모실 요양시설이 모자라는 동네가 어디인지 알고 싶다", {"supply_demand"}),
        ("택지개발 뒤에 침수 신고가 얼마나 달라졌는지 보고 싶다", {"before_after"}),
        ("출산지원금을 올린 뒤 출생이 늘었는지 알고 싶다", {"effect"}),
        ("방치 차량 신고가 언제 어디에 많은지 살펴보고 싶다", {"describe"}),
        ("시군의 인구와 재정이 어떤지 한눈에 보고 싶다", {"summary"}),
        ("저출생에 집값이 어떤 영향을 주는지 요인 분석", {"factors"}),
        ("다음 달 교통사고를 예측", {"forecast"}),
        ("도로 개통 전후 교통량", {"before_after"}),
        ("정책효과를 보고 싶다", {"effect"}),
        ("CCTV를 달고 나서 범죄가 줄었나", {"effect", "before_after"}),
        ("신도시 개발 전과 후의 침수 피해", {"before_after"}),
        ("출산율과 집값의 관계", {"factors"}),
        ("노인이 늘면 요양시설이 얼마나 더 필요할까", {"supply_demand"}),
        ("지역화폐 정책이 매출에 미친 영향", {"effect"}),
        ("무단투기가 많은 시간대와 장소", {"describe"}),
        ("where will abandoned cars appear next month", {"forecast"}),
        ("why do births decline", {"factors"}),
        ("did the grant increase births", {"effect"}),
        ("shortage of day care", {"supply_demand"}),
        ("traffic before and after the bypass", {"before_after"}),
        ("population at a glance", {"summary"}),
        ("where and when are reports", {"describe"}),
    ],
)
def test_the_first_family(text: str, expected: set[str]) -> None:
    assert families(text)[0][0] in expected


def test_several_families_and_none() -> None:
    both = [family for family, _ in families("어디에 많은지 살펴보고 다음 달을 예측해서 순찰하고 싶다")]
    assert both[0] == "forecast"
    assert "describe" in both
    assert families("안녕하세요") == ()


def test_what_is_asked_about_stands_before_what_explains_it() -> None:
    assert needs("집값과 일자리가 저출생에 주는 영향")[0].topic == "저출생"
    assert needs("택지개발 뒤의 침수")[0].topic == "침수"
    assert needs("개발")[:1] == ()


def test_where_data_are_published() -> None:
    assert "기상자료개방포털" in published("시간 강수량")
    assert "TAAS" in published("교통사고 발생")
    assert published("우주선 발사") == ""


def test_a_workspace_adds_its_own_words(tmp_path: Path) -> None:
    (tmp_path / "words.csv").write_text(
        "concept,said,words,topic\n두물머리,두물뜰,관광객|방문객,관광\n", encoding="utf-8-sig"
    )
    (found,) = concepts("두물뜰에 사람이", lists_of(tmp_path))
    assert (found.name, found.words, found.topic) == ("두물머리", ("관광객", "방문객"), "관광")
    assert concepts("두물뜰에 사람이") == ()


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "", "said,words\n" + "가나,다라\n" * 20_001])
def test_a_word_list_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "words.csv").write_text(text, encoding="utf-8")
    with pytest.raises(CardError):
        lists_of(tmp_path)


def test_every_bad_row_of_a_word_list_is_told(tmp_path: Path) -> None:
    (tmp_path / "words.csv").write_text("said,words\n가나,\n,다라\n마바,사아\n", encoding="utf-8")
    with pytest.raises(Several) as told:
        lists_of(tmp_path)
    assert [problem.where[-5:] for problem in told.value.problems] == ["row 2", "row 3"]


def test_a_word_list_of_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "words.csv").write_bytes("said,words\n가나,다라\n".encode("cp949"))
    with pytest.raises(CardError, match="UTF-8"):
        lists_of(tmp_path)
