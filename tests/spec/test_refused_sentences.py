"""What is not drafted: persons ranked, sought or joined, people sorted; and what is offered instead."""

from datetime import date
from pathlib import Path

import pytest

from sigun.catalog.store import read_catalog
from sigun.proposal.draft import draft, understand
from sigun.proposal.draft.refuse import why_refused
from sigun.settings import open_workspace

REFUSED = (
    "상습 민원인 순위를 뽑아줘",
    "체납자 명단을 만들어 순위를 매기고 싶다",
    "출산 가능성이 높은 여성을 찾고 싶다",
    "김철수 씨가 어디 사는지 알려줘",
    "방치 차량 차주 명단을 알고 싶다",
    "카드사 고객 정보와 건강보험 자료를 주민번호로 결합해서 보고 싶다",
    "통신사 가입자와 세무 자료를 개인별로 연계하고 싶다",
    "병원 진료기록과 주민등록을 개인별로 연결해서 고독사 위험자를 찾고 싶다",
    "건강보험공단 자료와 우리 시 복지 대상자를 주민번호로 결합해서 분석",
    "외국인이 들어오는 것을 막고 싶다",
    "외국인이 많은 동네를 단속하고 싶다",
    "외국인을 내보내고 싶다",
    "고독사 위험이 높은 어르신을 골라 점수를 매기고 싶다",
    "누가 쓰레기를 버렸는지 예측하고 싶다",
    "rank residents who complain the most",
    "find women likely to have children",
)
ALLOWED = (
    "체납 차량이 많은 동네를 찾고 싶다",
    "어르신이 많은 동네를 찾고 싶다",
    "홀로 사는 어르신이 많은 동네를 찾아 돌봄을 늘리고 싶다",
    "할머니 할아버지를 모실 요양시설이 모자라는 동네가 어디인지 알고 싶다",
    "장애인 편의시설이 부족한 지역을 찾고 싶다",
    "외국인 주민이 많은 지역의 안내 표지를 늘리고 싶다",
    "아이들이 다닐 어린이집 위치가 적당한지",
    "여성 고용과 출산율의 관계를 분석하고 싶습니다",
    "방치 차량 신고가 언제 어디에 많은지 살펴보고 싶다",
    "독거노인 고독사를 미리 막고 싶다",
    "장애인 주차구역 불법주차 단속이 필요한 곳을 찾고 싶다",
    "노인 보호구역 단속을 어디서 늘릴지 알고 싶다",
    "여성 고용 차별을 줄이고 싶다",
    "버스 노선과 주차장을 연결해서 보고 싶다",
    "인구와 재정 자료를 결합해서 한눈에 보고 싶다",
    "which neighborhoods lack public daycare",
)


@pytest.mark.parametrize("sentence", REFUSED)
def test_what_is_refused(sentence: str) -> None:
    assert why_refused(understand(sentence, None)) is not None


@pytest.mark.parametrize("sentence", ALLOWED)
def test_what_is_not(sentence: str) -> None:
    assert why_refused(understand(sentence, None)) is None


def test_what_is_offered_instead_can_be_drafted(workshop_workspace: Path) -> None:
    catalog = read_catalog(open_workspace(workshop_workspace))
    for sentence in (
        "상습 민원인 순위를 뽑아줘",
        "출산 가능성이 높은 여성을 찾고 싶다",
        "방치 차량 차주 명단을 알고 싶다",
    ):
        made = draft(sentence, catalog, date(2026, 11, 22))
        assert made.verdict == "refused"
        assert made.plan is None
        assert made.refusal is not None
        assert draft(made.refusal.sentence, catalog, date(2026, 11, 22)).verdict == "drafted"


def test_a_join_of_persons_is_sent_to_the_body_that_may_do_it() -> None:
    why = why_refused(understand("카드사 고객 정보와 건강보험 자료를 주민번호로 결합해서 보고 싶다", None))
    assert "결합전문기관" in str(why)
