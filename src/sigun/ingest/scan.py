"""Personal data in the columns of a table (개인정보 점검): counted column by column, before a cell is kept or shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from sigun.ingest.labels import sido_of
from sigun.ingest.layout import Personal
from sigun.ingest.personal import ANY, PATTERNS, SHARE, looks_keyed, personal_by_name
from sigun.ingest.residents import residents_in

SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류나진지엄채원천방공현함변염여추"
    "도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용"
)
NAME = re.compile(rf"[{SURNAMES}][가-힣]{{1,3}}")
PLACE_END = re.compile(r".*[시도군구읍면동리가로길역점원집관교소]$")  # "정자동", "강남구", "하나어린이집"
NAMES_SHARE = 0.8
THREE_SHARE = 0.6  # of names: most have three syllables
FEWEST_NAMES = 10  # different ones; a kind of thing repeats
HOME = re.compile(r"\d{1,4}동\s*\d{1,4}호")  # a flat in a block
HOME_SHARE = 0.02
WORTH = (
    r"\d{6}\s?[-–]?\s?\d[\d*xX●○•]{6}|@|[가-힣]\s?\d{4}|(?i:plate num)"
    r"|[-.\s)]\s?\d{3,4}[-.\s]\d{4}|01\d{8}|동\s*\d{1,4}호"
)
ADDRESS = re.compile(r"주소|소재지|거주지|address", re.IGNORECASE)
OF_THINGS = re.compile(
    r"소재지|장소|위치|현장|지점|발견|발생|단속|신고|사고|시설|사업장|영업|incident|location|site", re.IGNORECASE
)
"""Headers of addresses at which something is or happened; other addresses beside persons are their homes."""
OFFICIALS = re.compile(r"담당|처리자|접수자|작성자|대표|관리자|책임|장(\s*(성명|이름|명))?$")  # who answers for a place
MOBILE = re.compile(r"(?<!\d)01[016789][-.\s)]?\s?\d{3,4}[-.\s]?\d{4}(?!\d)")
PLACED = re.compile(r"(?:[시군구]|[읍면동리]|\d*[로길])\s+\d+(?:-\d+)?")  # "중앙로 12", "가람동 12-3"


@dataclass(frozen=True, slots=True)
class Found:
    """Personal data in one column."""

    kind: Personal
    cells: int  # that hold some; all told cells where the header says it
    told: int
    sure: int = 0  # resident numbers whose check digit is right
    beside: str = ""  # the column of persons that makes an address a home

    @property
    def share(self) -> float:
        """Of the told cells."""
        return self.cells / self.told if self.told else 0.0


def scan(text: Mapping[str, pd.Series], numeric: frozenset[str] = frozenset()) -> dict[str, Found]:
    """The columns with personal data, by header and by content.

    Parameters
    ----------
    text : the columns by header, missing where nothing is told.
    numeric : headers of columns of numbers; a few long numbers among many are no resident numbers.
    """
    found = {header: one for header, column in text.items() if (one := _by_name(header, column)) is not None}
    for header, column in text.items():
        one = None if header in found else by_content(column)
        if one is not None and one.share > (SHARE if header in numeric else ANY):
            found[header] = one
    addressed = any(ADDRESS.search(header) or _is_addresses(column) for header, column in text.items())
    for header, column in text.items():
        if header not in found and addressed and header not in numeric and _are_names(column):
            told = int(column.notna().sum())
            found[header] = Found("name", told, told)
    return found | _homes(text, found, numeric)


def _homes(text: Mapping[str, pd.Series], found: Mapping[str, Found], numeric: frozenset[str]) -> dict[str, Found]:
    """Addresses beside persons who answer for no place: where they live, unless the header tells of a thing's place."""
    person = next((h for h, one in found.items() if _is_person(h, one.kind, text[h])), None)
    if person is None:
        return {}
    homes = {}
    for header, column in text.items():
        seen = found[header].kind if header in found else None
        if header in numeric or OF_THINGS.search(header) or seen not in (None, "home_address"):
            continue
        told = int(column.notna().sum())
        if told and (ADDRESS.search(header) or _is_addresses(column)):
            homes[header] = Found("home_address", told, told, beside=person)
    return homes


def _is_person(header: str, kind: Personal, column: pd.Series) -> bool:
    """Whether the column tells of private persons; a line to an office is none."""
    if OFFICIALS.search(header):
        return False
    if kind == "phone":
        return bool(column.dropna().str.contains(MOBILE).mean() > SHARE)
    return kind in ("name", "resident_number", "birth")


def by_content(column: pd.Series) -> Found | None:
    """The class most cells of the column hold, counted over all of them."""
    told = int(column.notna().sum())
    cells = _candidates(column)
    if cells.empty:
        return None
    residents = residents_in(cells)
    counts: dict[Personal, int] = {
        kind: int(cells.str.contains(pattern).sum()) for kind, pattern in PATTERNS.items() if kind != "resident_number"
    }
    counts["resident_number"] = int(residents.held.sum())
    homes = int(cells.str.contains(HOME).sum())
    counts["home_address"] = homes if homes > HOME_SHARE * told else 0
    kind = max(counts, key=lambda k: counts[k])
    return Found(kind, counts[kind], told, int(residents.checked.sum())) if counts[kind] else None


def _candidates(column: pd.Series) -> pd.Series:
    """The cells worth a closer look: a quick pattern over all of them spares the exact ones most."""
    text = pa.array(column, pa.string(), from_pandas=True)
    return text.filter(pc.fill_null(pc.match_substring_regex(text, WORTH), False)).to_pandas().astype("str")


def _by_name(header: str, column: pd.Series) -> Found | None:
    kind = personal_by_name(header)
    told = int(column.notna().sum())
    if kind is None or not told or (kind == "plate" and looks_keyed(column)):
        return None
    return Found(kind, told, told)


def _are_names(column: pd.Series) -> bool:
    """Whether the column is of people's names: surname and given name, seldom the same twice."""
    told = column.dropna().str.strip()
    unique = told.drop_duplicates()
    if len(unique) < FEWEST_NAMES or len(unique) < 0.5 * len(told):
        return False
    if (unique.str.len() == len("홍길동")).mean() < THREE_SHARE:  # the quick look spares the others most
        return False
    named = unique.str.fullmatch(NAME) & ~unique.str.fullmatch(PLACE_END)
    return bool(named.mean() >= NAMES_SHARE and not unique.map(sido_of).notna().any())


def _is_addresses(column: pd.Series) -> bool:
    told = column.dropna().head(500)
    return bool(len(told) and told.str.contains(PLACED).mean() > SHARE)
