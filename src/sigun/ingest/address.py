"""Addresses (주소): read into their parts, and points found for them in a table the user supplies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

HANGUL = re.compile("[가-힣]")
SIDO = re.compile(
    r"^(서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주|"
    r"충청북도|충청남도|전라북도|전라남도|경상북도|경상남도)"
    r"(특별시|광역시|특별자치시|특별자치도|도|시)?$"
)
SIGUNGU = re.compile(r"^[가-힣]{1,6}(?:시|군|구)$")
CITY_AND_DISTRICT = re.compile(r"^([가-힣]{2,4}시)([가-힣]{1,4}구)$")
AREA = re.compile(r"^([가-힣]{1,5}\d{0,2}(?:[·.,]\d{1,2})*(?:동|읍|면|가))(\d+(?:-\d+)?)?(?:번지)?$")
VILLAGE = re.compile(r"^([가-힣]{1,5}\d?리)(\d+(?:-\d+)?)?(?:번지)?$")
ROAD = re.compile(r"^([가-힣A-Za-z0-9·.]*[가-힣](?:대로|로|길))((?:지하)?\d+(?:-\d+)?)?(?:번지?)?$")
SIDE_ROAD = re.compile(r"^(\d+(?:번|안|가|나|다)?길)(\d+(?:-\d+)?)?$")
LOT = re.compile(r"^(산)?\s*(\d+)(?:-(\d+))?(?:번지)?(?:호)?,?$")
NOT_ROADS = frozenset(
    {"도로", "바로", "앞으로", "뒤로", "옆으로", "골목길", "뒷길", "샛길", "차로", "대로", "로", "길"}
)
PARENTHESES = re.compile(r"[(\[（]([^)\]）]*)[)\]）]")
HOUSE = r"\s\d+(?:-\d+)?(\s|,|$)"
FOREIGN_LOT = re.compile(r"^((?:\d+[A-Za-z]?(?:\s*-\s*\d+[A-Za-z]?)?\s+)+)(?=\D)")


@dataclass(frozen=True, slots=True)
class Address:
    """What an address says; empty where it does not say it."""

    sido: str = ""
    sigungu: str = ""  # "의정부시", "수원시 장안구"
    eupmyeondong: str = ""  # of a foreign address: the part after the street
    road: str = ""
    lot: str = ""  # number of the building or the lot, "12-3", "산12"
    street: str = ""  # road, else 읍면동(리), without the number

    def keys(self) -> tuple[str, str]:
        """What equal places share: with the 시군구, and without it. Empty without a number: a street is no point."""
        if not (self.street and self.lot):
            return "", ""
        short = f"{self.street}|{self.lot}".casefold()
        area = self.sigungu.split(" ")[0] or self.eupmyeondong
        return (f"{area}|{short}".casefold() if area else "", short)


def parse_address(text: str) -> Address:
    """Read one address: 도로명 or 지번, with or without 시도, or a plain foreign one.

    Examples
    --------
    >>> parse_address("경기도 의정부시 중앙로 12 (의정부동)").street
    '중앙로'
    >>> parse_address("의정부시 의정부동 123-4").keys()
    ('의정부시|의정부동|123-4', '의정부동|123-4')
    >>> parse_address("59 S Charlame Ter, Roxbury").street
    'S Charlame Ter'
    """
    return _korean(text) if HANGUL.search(text) else _foreign(text)


def parse_addresses(text: pd.Series) -> pd.DataFrame:
    """Columns street, eupmyeondong, key, short_key, one row a text; each different text is read once."""
    unique = text.dropna().unique()
    read = [parse_address(t) for t in unique]
    keys = [a.keys() for a in read]
    known = pd.DataFrame(
        {
            "street": [a.street for a in read],
            "eupmyeondong": [a.eupmyeondong for a in read],
            "key": [k[0] for k in keys],
            "short_key": [k[1] for k in keys],
        },
        index=pd.Index(unique, dtype="str"),
        dtype="str",
    )
    return known.reindex(text.to_numpy()).reset_index(drop=True).replace("", np.nan)


def read_streets(text: pd.Series) -> pd.DataFrame:
    """Columns street and eupmyeondong, one row a text. Numbers of houses make no difference, so they are made one."""
    said = pa.array(text.where(text.notna(), None), pa.string())
    korean = pc.match_substring_regex(said, "[가-힣]")
    one = pc.if_else(korean, pc.replace_substring_regex(said, HOUSE, r" 1\1"), said)
    return parse_addresses(one.to_pandas().astype("str"))[["street", "eupmyeondong"]]


def match_addresses(events: pd.DataFrame, table: pd.DataFrame) -> tuple[pd.DataFrame, int, np.ndarray]:
    """Points for events that have an address only, from an address–coordinate table (주소–좌표 대응표).

    Parameters
    ----------
    events : columns row, address, longitude, latitude.
    table : columns address, longitude, latitude.

    Returns
    -------
    The events with longitude and latitude filled; how many were; and the `row` of those that were not.
    """
    wanting = (events["longitude"].isna() & events["address"].notna()).to_numpy()
    asked, known = parse_addresses(events["address"]), parse_addresses(table["address"])
    points = table[["longitude", "latitude"]].reset_index(drop=True)
    found = pd.DataFrame(np.nan, index=range(len(events)), columns=["longitude", "latitude"])
    for name in ("key", "short_key"):
        places = _unambiguous(known[name], points)
        hit = places.reindex(asked[name].to_numpy()).reset_index(drop=True)
        found = found.fillna(hit)
    filled = wanting & found["longitude"].notna().to_numpy()
    lon = np.where(filled, found["longitude"], events["longitude"])
    lat = np.where(filled, found["latitude"], events["latitude"])
    unmatched = events["row"].to_numpy()[wanting & ~filled]
    return events.assign(longitude=lon, latitude=lat), int(filled.sum()), unmatched


def _unambiguous(keys: pd.Series, points: pd.DataFrame) -> pd.DataFrame:
    """One point a key; a key that stands for two places (more than about 100 m apart) is none."""
    told = points[keys.notna().to_numpy()].groupby(keys.dropna().to_numpy())
    apart = (told.max() - told.min()).max(axis=1)
    first = told.first()
    return first[apart.reindex(first.index) < 0.001]


def _korean(text: str) -> Address:
    inside = [p for group in PARENTHESES.findall(text) for p in re.split(r"[,\s]+", group)]
    words = PARENTHESES.sub(" ", text).replace(",", " ").split()
    got: dict[str, str] = {}
    for word in words:
        if _take(word, got):
            break
    if got.get("sido") == "광주시" and not got.get("sigungu"):  # the city in 경기도; the other 광주 goes on with a 구
        got["sigungu"] = got.pop("sido")
    area = got.get("eupmyeondong") or _first_area(inside)
    village = got.get("village", "")
    road = got.get("road", "")
    return Address(
        got.get("sido", ""),
        got.get("sigungu", ""),
        area,
        road,
        got.get("lot", ""),
        road or " ".join(filter(None, (area, village))),
    )


def _take(word: str, got: dict[str, str]) -> bool:
    """Put one word where it belongs; True when the number is reached and the rest is floors and rooms."""
    begun = bool(got.get("eupmyeondong") or got.get("road"))
    if not begun and not got.get("sigungu") and "sido" not in got and SIDO.match(word):
        got["sido"] = word
    elif not begun and (both := CITY_AND_DISTRICT.match(word)):
        got["sigungu"] = " ".join(both.groups())
    elif not begun and SIGUNGU.match(word) and not AREA.match(word):
        got["sigungu"] = f"{got['sigungu']} {word}" if got.get("sigungu") else word
    elif begun and (number := LOT.match(word)):
        got["lot"] = f"{number[1] or got.get('hill', '')}{number[2]}{'-' + number[3] if number[3] else ''}"
    elif begun and word == "산":
        got["hill"] = "산"
    elif got.get("road") and (side := SIDE_ROAD.match(word)):
        got["road"] += side[1]
        got["lot"] = side[2] or ""
    else:
        _take_place(word, got)
    return bool(got.get("lot"))


def _take_place(word: str, got: dict[str, str]) -> None:
    """A 읍면동, 리 or road, perhaps with its number glued to it."""
    place = AREA.match(word)
    village = VILLAGE.match(word) if got.get("eupmyeondong") else None
    road = ROAD.match(word)
    if village and "village" not in got:
        got["village"], got["lot"] = village[1], village[2] or ""
    elif place and not got.get("road") and not got.get("eupmyeondong"):
        got["eupmyeondong"], got["lot"] = place[1], place[2] or ""
    elif road and word not in NOT_ROADS and not got.get("road"):
        got["road"], got["lot"] = road[1], (road[2] or "").removeprefix("지하")


def _first_area(words: Iterable[str]) -> str:
    return next((m[1] for w in words if (m := AREA.match(w))), "")


def _foreign(text: str) -> Address:
    parts = [p.strip() for p in re.split(r",|\s{2,}", text.strip()) if p.strip()]
    if not parts:
        return Address()
    number = FOREIGN_LOT.match(parts[0])
    lot = " ".join(number[1].split()) if number else ""
    street = parts[0][number.end() :] if number else parts[0]
    return Address(eupmyeondong=parts[1] if len(parts) > 1 else "", road=street, lot=lot, street=street)
