"""What the columns of an area table are (열 알아보기): region levels, codes, period, categories and values."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd
import pyarrow as pa

from sigun.catalog import words
from sigun.ingest.labels import REMARKS, is_group, is_total, labels, sido_of
from sigun.ingest.layout import Role
from sigun.ingest.measured import read_cell
from sigun.ingest.periods import read_periods
from sigun.ingest.place_names import split_path
from sigun.ingest.source import read_numbers

MOSTLY = 0.8
MOST_CATEGORIES = 200
PERIOD = re.compile(
    r"시점|연도|년도|년월|연월|분기|기간|기준일|기준월|^년$|^월$|^연$|year|month|date|period|^time$|^yr$|^ym$", re.I
)
PUBLISHED = re.compile(
    r"발표|공표|작성|수록|갱신|등록일|release|publish|updat", re.I
)  # when it was told, not what it tells of
WITH_YEAR = re.compile(r"(?:19|20)\d{2}")
COUNTER = re.compile(r"unnamed_\d+$|^$|^no\.?$|연번|순번|^번호$|일련번호", re.I)
CODE = re.compile(r"코드|code|^cd$|_cd|_id$|^id$", re.I)
UNITS = ("단위", "단위명", "unit", "unit_nm")
ABOVE = re.compile(r"시도(명|별)?(\(1\))?")
ENDINGS: tuple[tuple[Role, str], ...] = (("dong", "읍면동가리로"), ("sigungu", "시군구"))


@dataclass(frozen=True)
class Columns:
    """The columns of a table by what they are, in file order."""

    places: dict[Role, str] = field(default_factory=dict)  # sido, sigungu, dong, region (code), region_name
    other_codes: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()  # the first is taken; more are asked about
    parts: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    units: str | None = None  # a column that tells the unit of each row


def columns_of(text: Mapping[str, pd.Series]) -> Columns:
    """What each column is, by its values first and its header second; `text` are the columns by header."""
    plain = words.plain_headers(text)
    units = next((h for h in text if plain[h].strip().casefold() in UNITS), None)
    running = {h for h in text if is_counter(h, text[h])}
    left = [h for h in text if h not in running and h != units and text[h].notna().any()]
    periods = [h for h in left if _tells_periods(text[h], plain[h])]
    codes = [h for h in left if h not in periods and CODE.search(plain[h]) and _is_code(text[h])]
    left = [h for h in left if h not in {*periods, *codes}]
    values = [h for h in left if _is_numbers(text[h])]
    levels = dict(_levels([(h, text[h]) for h in left if h not in values]))
    levels |= _called_above(levels, [h for h in left if h not in values and h not in levels.values()], plain)
    others = [h for h in left if h not in values and h not in levels.values() and not REMARKS.fullmatch(h.strip())]
    parts = [h for h in others if _is_category(text[h])]
    if codes:
        levels["region"] = min(codes, key=lambda h: -text[h].dropna().str.len().max())
    return Columns(
        levels,
        tuple(h for h in codes if h != levels.get("region")),
        tuple(sorted(periods, key=lambda h: bool(PUBLISHED.search(plain[h])))),
        tuple(parts),
        tuple(values),
        units,
    )


def _levels(texts: list[tuple[str, pd.Series]]) -> Iterator[tuple[Role, str]]:
    """Columns of regions from the widest to the narrowest; a second column of 시도 is the level below its groups."""
    taken: set[Role] = set()
    for header, text in texts:
        role = level_of(text)
        if role == "sido" and "sido" in taken:
            role = "sigungu"
        if role is not None and role not in taken:
            taken.add(role)
            yield role, header


def _called_above(levels: Mapping[Role, str], headers: list[str], plain: Mapping[str, str]) -> dict[Role, str]:
    """A column that is called one of 시도, or the level above that of the 시군구, whatever regions stand in it."""
    if "sido" in levels or "region_name" in levels:
        return {}
    below = plain.get(levels.get("sigungu", ""), "").replace(" ", "")
    first = below.removesuffix("(2)") + "(1)" if below.endswith("(2)") else ""
    for header in headers:
        said = plain[header].replace(" ", "")
        if said == first or ABOVE.fullmatch(said):
            return {"sido": header}
    return {}


def level_of(text: pd.Series) -> Role | None:
    """The level of regions a column of labels names, or none.

    >>> [level_of(pd.Series(said)) for said in (["서울", "수도권", "계"], ["소계", "종로구"], ["남", "여"])]
    ['sido', 'sigungu', None]
    """
    unique = pd.Series(text.dropna().unique(), dtype="str")
    names = list(labels(unique)[1].dropna())
    own = [name for name in names if not is_total(name) and not is_group(name)]
    if not own:
        return None
    sido = [name for name in own if sido_of(name)]
    if len(sido) >= MOSTLY * len(own):
        return "sido"
    full = [name for name in own if split_path(name)[0] and " " in name]
    if len(full) + len(sido) >= MOSTLY * len(own):
        return "region_name"
    for role, endings in ENDINGS:
        above = len(sido) if role == "sigungu" else 0  # each 시도 over its 시군구, in one column
        below = [n for n in own if n not in sido and re.sub(r"\(.*\)$", "", n).endswith(tuple(endings))]
        if below and len(below) + above >= MOSTLY * len(own):
            return role
    return None


def _tells_periods(text: pd.Series, header: str) -> bool:
    told = text.dropna()
    if not PERIOD.search(header) and not (told.str.contains(r"[년분기월/]|p\)", regex=True).mean() > MOSTLY):
        return False
    if PERIOD.search(header) and told.str.contains(WITH_YEAR).mean() > MOSTLY and not _is_numbers(told):
        return True  # school years, spans of years: refused with their rows, and never taken for categories
    read = read_periods(pd.Series(told.unique(), dtype="str"))
    good = int(read.first.notna().sum() + read.unclear.sum())
    return good >= MOSTLY * len(read.first) and good > 0


def _is_code(text: pd.Series) -> bool:
    told = text.dropna().head(2000)
    return bool(told.str.fullmatch(r"\d{2,10}(\.0)?").mean() > MOSTLY)


def is_counter(header: str, text: pd.Series) -> bool:
    """Whether the column is a running number of the rows, by name and by what stands in it."""
    return bool(COUNTER.match(header)) and _is_running(text)


def _is_running(text: pd.Series) -> bool:
    """Whether the column only counts the rows; a row left out or a header between them does not matter."""
    numbers = pd.to_numeric(text.dropna(), errors="coerce")
    counted = numbers.dropna()
    return len(counted) >= MOSTLY * len(text) and bool((counted % 1 == 0).all() and (counted.diff().dropna() > 0).all())


def _is_numbers(text: pd.Series) -> bool:
    told = text.dropna()
    if not len(told):
        return False
    unique = pd.Series(told.head(20_000).unique(), dtype="str")
    _values, bad = read_numbers(pa.array(unique, pa.string()))
    cells = [read_cell(cell) for cell in unique[bad][:500]]
    unread = sum(math.isnan(value) and mark is None for value, mark, _provisional in cells)
    read = int((~bad).sum()) + sum(not math.isnan(value) for value, _mark, _provisional in cells)
    return read > 0 and unread <= (1 - MOSTLY) * len(unique)


def _is_category(text: pd.Series) -> bool:
    told = text.dropna()
    if 2 * len(told) < len(text):  # remarks at some rows
        return False
    return 0 < int(told.nunique()) <= min(MOST_CATEGORIES, max(2, len(told) // 2))
