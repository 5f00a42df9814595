"""How places are written (지명 표기): short and old 시도 names, blanks, marks such as `창원시(구)`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Literal, NamedTuple

FAMILIES: Mapping[str, tuple[str, ...]] = {
    "서울": ("서울특별시", "서울시"),
    "부산": ("부산광역시", "부산직할시", "부산시"),
    "대구": ("대구광역시", "대구직할시", "대구시"),
    "인천": ("인천광역시", "인천직할시", "인천시"),
    "광주": ("광주광역시", "광주직할시", "광주시"),
    "대전": ("대전광역시", "대전직할시", "대전시"),
    "울산": ("울산광역시", "울산시"),
    "세종": ("세종특별자치시", "세종시", "세종자치시"),
    "경기": ("경기도",),
    "강원": ("강원도", "강원특별자치도", "강원자치도"),
    "충북": ("충청북도",),
    "충남": ("충청남도",),
    "전북": ("전라북도", "전북특별자치도", "전북자치도"),
    "전남": ("전라남도",),
    "경북": ("경상북도",),
    "경남": ("경상남도",),
    "제주": ("제주특별자치도", "제주도", "제주자치도"),
}
"""A 시도 under every name it has had; its short name stands for all of them."""

ALIASES: Mapping[str, str] = {name: family for family, names in FAMILIES.items() for name in (family, *names)}
TOTALS = frozenset({"소계", "계", "합계", "총계", "전체", "평균", "전국", "전국계", "전국평균"})
GROUPS = frozenset(
    {
        *("수도권", "비수도권", "수도권제외", "충청권", "호남권", "영남권", "강원권", "제주권", "대경권"),
        *("특별시", "광역시", "지방광역시", "도", "지방도", "지방", "6대광역시", "5대광역시", "8개도", "9개도"),
        *("도심권", "동북권", "동남권", "서북권", "서남권", "시부", "군부", "구부", "읍부", "면부", "동부", "읍면부"),
        *("도시", "농촌", "국외", "해외", "외국", "기타", "미상"),
    }
)
"""Words that stand where a region should and mean several at once."""

Mark = Literal["old", "new", ""]


class Place(NamedTuple):
    """A place as it was meant: the 시도's short name, the names under it without blanks, and 구·통합 marks."""

    family: str
    sigungu: str
    dong: str
    mark: Mark = ""


def plain(text: object) -> str:
    """A name without blanks and dots: "종로1·2·3·4가동" and "종로1.2.3.4가동" are one.

    >>> plain(" 수원시 장안구"), plain("종로1·2·3·4가동")
    ('수원시장안구', '종로1234가동')
    """
    return re.sub(r"[\s·.,ㆍ‧・∙]", "", unicodedata.normalize("NFC", str(text)))


def unnumbered(name: str) -> str:
    """A name without 제 before a number: 창신제1동 is written 창신1동 too, and 홍제제1동 홍제1동.

    >>> unnumbered("창신제1동"), unnumbered("홍제제1동")
    ('창신1동', '홍제1동')
    """
    return re.sub(r"제(?=\d)", "", name)


def names_a_sido(name: str) -> bool:
    """Whether a name is a 시도's short or official one, which no 시군구 has.

    >>> names_a_sido("세종특별자치시"), names_a_sido("서울"), names_a_sido("세종시"), names_a_sido("광주시")
    (True, True, False, False)
    """
    return name in FAMILIES or any(name == names[0] for names in FAMILIES.values())


def read_place(sido: str, sigungu: str, dong: str) -> Place:
    """What was written in three columns, "" where nothing was.

    A 시도 may stand before the name in one cell; totals (소계) mean the region above.

    >>> read_place("경기", "수원시 장안구", "")
    Place(family='경기', sigungu='수원시장안구', dong='', mark='')
    >>> read_place("", "경남 통합창원시", "")
    Place(family='경남', sigungu='창원시', dong='', mark='new')
    >>> read_place("", "경기도 수원시 장안구 정자1동", "")
    Place(family='경기', sigungu='수원시장안구', dong='정자1동', mark='')
    >>> read_place("제주도", "소계", "")
    Place(family='제주', sigungu='', dong='', mark='')
    """
    province = _without_note(plain(sido))
    family = ALIASES.get(province, province)
    words = sigungu.split()
    if not family and len(words) > 1 and words[0] in ALIASES:
        family, words = ALIASES[words[0]], words[1:]
        if not dong and len(words) > 1 and words[-1].endswith(("읍", "면", "동", "가")):
            dong = words.pop()
        sigungu = " ".join(words)
    name, mark = _without_mark(plain(sigungu))
    if name in TOTALS or (family != "세종" and ALIASES.get(name, name) == family):
        name = ""  # 소계, or the 시도's own name again where its 시군구 should stand
    below = _without_note(plain(dong))
    return Place(family, name, "" if below in TOTALS else below, mark)


def _without_mark(name: str) -> tuple[str, Mark]:
    """A name and its mark: `창원시(구)` is the one before the merger, `통합창원시` the one after."""
    if found := re.fullmatch(r"(.+시)\((구|통합전)\)", name):
        return found[1], "old"
    if found := re.fullmatch(r"통합(.+시)|(.+시)\((?:통합|신)\)", name):
        return found[1] or found[2], "new"
    return _without_note(name), ""


def _without_note(name: str) -> str:
    """A name without what stands in brackets behind it to explain it: `미추홀구(남구)`, `종로구(1111000000)`."""
    return re.sub(r"(?<=.)\([^()]*\)$", "", name)
