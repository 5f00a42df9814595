"""Units behind names (단위 낱말): which words in brackets are a unit, and which belong to the name."""

from __future__ import annotations

import re

BRACKETED = re.compile(r"^(?P<name>.*\S)\s*[(\[（](?P<unit>[^()\[\]（）]{1,24})[)\]）]\s*$")
SCALES = "천|만|십만|백만|천만|억|십억|백억|천억|조|백"
COUNTED = (
    "원 명 인 사람 건 대 개 개소 개교 개사 곳 호 동 세대 가구 가구원 면 회 번 차례 곳 필지 학급 학교 교 석 좌석 권 부 "
    "편 종 마리 두 수 본 그루 주 척 병상 상 실 칸 기 매 통 팀 단체 업체 사업체 법인 노선 역 점포 점 배 통화 콜 장 채 "
    "달러 불 유로 엔 usd krw $ person persons people household households count counts vehicle vehicles"
)
MEASURED = (
    "% %p ‰ 퍼센트 퍼밀 포인트 p 세 시간 분 초 일 개월 h hr min minutes s sec seconds ℃ °c 도 ° "
    "mm cm m km ㎜ ㎝ ㎞ m/s hpa mm/h ㎡ m² m2 ㎢ km² km2 ㏊ ha 헥타르 평 a 제곱미터 제곱킬로미터 "
    "㎥ m³ m3 ℓ l ㎖ ml ㎘ kl 리터 g kg ㎏ t ton 톤 kw kwh ㎾ ㎾h mw mwh gwh toe 천toe tco2 tco2eq mj/m2 mj/㎡ "
    "ppm ppb ㎍ μg µg ㎎ mg db lux 룩스 지수"
)
"""Years and months are none: "(년)" behind a name tells how often the figure is made."""


def _any_of(words: str) -> str:
    return "|".join(re.escape(word) for word in sorted(words.split(), key=len, reverse=True))


ONE = rf"(?:인구\s*)?(?:\d[\d,]*\s*)?(?:(?:{SCALES})?\s*(?:{_any_of(COUNTED)})|{_any_of(MEASURED)})"
BASE = r"(?:(?:19|20)\d{2}(?:\s*[.\-/년]\s*\d{1,2})?\s*[년월]?|전국|전년|전국평균)\s*=\s*100(?:\.0)?"
KNOWN = re.compile(rf"{ONE}(?:\s*당\s*(?:{ONE})?)?(?:\s*[/·ㆍ]\s*{ONE})*|{BASE}", re.IGNORECASE)


def is_unit(said: str) -> bool:
    """Whether the words are a unit.

    >>> [is_unit(word) for word in ("천원", "건/1000 명", "2017.11=100", "천명당 건", "년", "TFR", "잠정")]
    [True, True, True, True, False, False, False]
    """
    return KNOWN.fullmatch(said.strip()) is not None


def split_unit(header: str) -> tuple[str, str]:
    """A name and its unit; words in brackets that are no unit stay in the name.

    >>> split_unit("인구(명)"), split_unit("읍면동별(1)"), split_unit("합계출산율(TFR)")
    (('인구', '명'), ('읍면동별(1)', ''), ('합계출산율(TFR)', ''))
    """
    found = BRACKETED.match(header.strip())
    unit = re.sub(r"^단위\s*:?\s*", "", found["unit"].strip()) if found is not None else ""
    return (found["name"], unit) if found is not None and is_unit(unit) else (header.strip(), "")


def without_brackets(header: str) -> str:
    """A name without what stands in brackets behind it, unit or not; a number there tells names apart and stays."""
    found = BRACKETED.match(header.strip())
    return header.strip() if found is None or not re.search(r"\D", found["unit"]) else found["name"]
