"""Labels of regions as tables write them (지역 이름표): cleaned, codes split off, totals and groups told apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sigun.region.spelling import ALIASES

if TYPE_CHECKING:  # a parse of a file needs the labels without it
    import pandas as pd

NATION = "전국"
TOTALS = frozenset(("합계", "소계", "계", "총계", "전체", NATION, "총합계", "전국계", "total", "sum"))
"""What stands where a region should and means all of them."""

SIDO: Mapping[str, str] = {name: short for name, short in ALIASES.items() if name != "광주시"}  # 광주시 is in 경기
"""Every name of a 시도 and its short one."""

GROUPS = re.compile(
    r"(?:비)?수도권|지방|(?:지방)?광역시|(?:지방)?도|특별시|특·?광역시|특별·?광역시|[시군구읍면동]부|읍·?면부?|도시|농촌"
    r"|도시지역|농촌지역|국외|국내|해외|외국|북한|이북5도|미상|불명|불상|기타|시|군|구|자치구|시도|시군구|(?:.+권)(?:역)?"
)
"""Rows among the regions that are no regions."""

CODE_FIRST = re.compile(r"\[?(?P<code>\d{2,10})\]?[\s_:]+(?P<name>\D.*)")
CODE_LAST = re.compile(r"(?P<name>\D.*?)\s*[(\[](?P<code>\d{2,10})[)\]]")
NOTE = re.compile(r"\s*(?:(?<![(\d])주?\s?\d{1,2}\)|[*†※]+)$")  # "세종시1)"
REMARKS = re.compile(r"비고|참고|주석|메모|remarks?|notes?", re.IGNORECASE)  # names of columns of words beside values
LEAD = re.compile(r"^[\s\-–—·ㆍ•▶▷└ㄴ○*]+")
LETTERS_APART = re.compile(r"[가-힣](?: [가-힣])+")


def clean_label(text: str) -> str:
    """A label without the blanks, marks and footnote numbers around it.

    >>> [clean_label(t) for t in ("\u3000\u3000 종로구 ", "- 국   외", "세종특별자치시1)", "수원시  장안구")]
    ['종로구', '국외', '세종특별자치시', '수원시 장안구']
    """
    said = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text))
    said = NOTE.sub("", LEAD.sub("", said).strip())
    return said.replace(" ", "") if LETTERS_APART.fullmatch(said) else said


def split_code(label: str) -> tuple[str, str]:
    """Code and name of a label they stand in together; no code is empty.

    >>> split_code("11010 종로구"), split_code("종로구(11110)"), split_code("종로1가")
    (('11010', '종로구'), ('11110', '종로구'), ('', '종로1가'))
    """
    found = CODE_FIRST.fullmatch(label) or CODE_LAST.fullmatch(label)
    return (found["code"], found["name"].strip()) if found else ("", label)


def squeezed(label: str) -> str:
    """A label as names are compared: without blanks, in small letters."""
    return re.sub(r"\s+", "", label).casefold()


def is_total(label: str) -> bool:
    """Whether the label means all regions of its column."""
    return squeezed(label) in TOTALS


def is_group(label: str) -> bool:
    """Whether the label means some regions together, or none of them.

    >>> [is_group(t) for t in ("수도권", "도심권", "국외", "동부", "서면", "강원")]
    [True, True, True, True, False, False]
    """
    return GROUPS.fullmatch(squeezed(label)) is not None


def sido_of(label: str) -> str | None:
    """The short name of the 시도 the label names, if it names one."""
    return SIDO.get(squeezed(label))


def labels(text: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Codes and cleaned names of a column of labels; missing where there are none."""
    unique = text.dropna().unique()
    both = {told: split_code(clean_label(str(told))) for told in unique}
    codes = text.map({told: code or None for told, (code, _name) in both.items()}).astype("str")
    names = text.map({told: name or None for told, (_code, name) in both.items()}).astype("str")
    return codes, names
