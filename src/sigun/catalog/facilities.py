"""What a place holds (시설 열 알아보기): capacity, users and waiting, by the words of headers, titles and ids."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from sigun.catalog import words
from sigun.catalog.card import Card

Holds = Literal["capacity", "enrolled", "waiting"]

NO_COUNT = re.compile(r"[율률]$|비율|면적|rate$|share$|area")
WAITING = re.compile(r"대기(?!오염|질|환경|압|측정)|waiting")
ENROLLED = re.compile(r"현원|이용자|이용인원|이용아동|재원|입소자|입소인원|원아수|enrolled|enrolment|users|occupied")
CAPACITY = re.compile(
    r"정원|구획|주차면|면수|병상|수용|좌석|충전기|충전대수|거치대|침대|capacity|beds|spaces|seats|slots|chargers"
)
"""Looked for in this order: 대기인원 of a 정원 column is waiting, 정원 대비 현원 is users."""

IDS: tuple[tuple[str, str], ...] = (
    ("대기", "waiting"),
    ("현원", "enrolled"),
    ("이용", "enrolled"),
    ("재원", "enrolled"),
    ("입소", "enrolled"),
    ("원아수", "enrolled"),
    ("구획", "parking_spaces"),
    ("주차면", "parking_spaces"),
    ("면수", "parking_spaces"),
    ("병상", "beds"),
    ("좌석", "seats"),
    ("충전", "chargers"),
    ("정원", "capacity"),
    ("수용", "capacity"),
)
PLACES: tuple[tuple[str, str], ...] = (
    ("어린이집", "childcare"),
    ("유치원", "kindergartens"),
    ("요양병원", "care_hospitals"),
    ("요양", "care_homes"),
    ("경로당", "senior_centres"),
    ("노인", "elderly_places"),
    ("주차", "parking"),
    ("충전", "charging"),
    ("도서관", "libraries"),
    ("돌봄", "after_school"),
    ("병원", "hospitals"),
    ("의원", "clinics"),
    ("약국", "pharmacies"),
    ("보건", "health_centres"),
    ("학교", "schools"),
    ("체육", "sports_places"),
    ("공원", "parks"),
)
"""Words of a file's name, and the id of its card."""
UNITS = {"waiting": "명", "enrolled": "명", "capacity": "명", "parking_spaces": "면", "beds": "병상"}

NUMBER = (
    "시설번호 기관번호 시설코드 기관코드 기관기호 어린이집코드 주차장번호 주차장관리번호 장기요양기관번호 "
    "장기요양기관코드 요양기관번호 충전소id 관리번호 시설id 기관id facility_id place_id id"
)
KINDS = (
    "설립유형 설립구분 어린이집유형 어린이집유형구분 급여종류 급여종류명 급여유형 주차장구분 주차장유형 시설유형 "
    "시설구분 시설종류 기관유형 기관구분 기관종별 종별 종별구분 유형 종류 구분 kind type category"
)
AS_OF = (
    "데이터기준일자 데이터기준일 기준일자 기준일 기준년월 기준연월 기준월 기준년도 기준연도 연도 년도 연월 시점 as_of"
)


@dataclass(frozen=True)
class Held:
    """The value columns of a card of places by what they tell; none where no column does."""

    capacity: str | None = None
    enrolled: str | None = None
    waiting: str | None = None


def holds(said: str) -> Holds | None:
    """What a header, title or id tells of a place.

    >>> [holds(said) for said in ("정원(명)", "현원", "대기아동수", "구획수", "급지")]
    ['capacity', 'enrolled', 'waiting', 'capacity', None]
    >>> [holds(said) for said in ("정원충족률", "대기질지수", "정원면적(㎡)")]
    [None, None, None]
    """
    squeezed = words.squeeze(said)
    if NO_COUNT.search(squeezed):
        return None
    for what, pattern in (("waiting", WAITING), ("enrolled", ENROLLED), ("capacity", CAPACITY)):
        if pattern.search(squeezed):
            return what  # type: ignore[return-value]
    return None


def held(card: Card) -> Held:
    """Which value columns of a card tell capacity, users and waiting: the first of each."""
    found: dict[str, str] = {}
    for column in card.values():
        what = holds(column.name) or holds(column.title) or holds(str(column.id))
        if what is not None and column.id is not None:
            found.setdefault(what, column.id)
    return Held(**found)


def named_by(said: str) -> str | None:
    """The id of a card of places by the name of its file; none where no word of it is known.

    >>> named_by("어린이집_현황"), named_by("시설")
    ('childcare', None)
    """
    return next((english for word, english in PLACES if word in said), None)


def value_id(header: str, taken: list[str]) -> str:
    """An id for a column of places; distinct."""
    squeezed = words.squeeze(header)
    base = next((english for word, english in IDS if word in squeezed), None)
    if base is None:
        return words.value_id(header, taken)
    return next(name for name in (base, *(f"{base}_{n}" for n in range(2, 1000))) if name not in taken)
