"""What dirty tables are made of: places, items, numbers, and a sheet on its way to a file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

REGIONS: Mapping[str, tuple[str, ...]] = {
    "서울특별시": ("종로구", "중구", "용산구", "성동구", "강남구"),
    "부산광역시": ("중구", "서구", "동구", "해운대구", "기장군"),
    "대구광역시": ("중구", "동구", "수성구", "달성군"),
    "경기도": ("수원시", "성남시", "광주시", "여주시", "양평군", "가평군"),
    "강원도": ("춘천시", "원주시", "고성군", "양양군"),
    "충청북도": ("충주시", "제천시", "보은군"),
    "전라남도": ("목포시", "여수시", "신안군", "고흥군"),
    "경상남도": ("진주시", "통영시", "고성군", "남해군"),
    "제주특별자치도": ("제주시", "서귀포시"),
}
SHORT = {
    "서울특별시": "서울", "부산광역시": "부산", "대구광역시": "대구", "경기도": "경기", "강원도": "강원",
    "충청북도": "충북", "전라남도": "전남", "경상남도": "경남", "제주특별자치도": "제주",
}  # fmt: skip
KOSTAT = {"서울특별시": 11, "부산광역시": 26, "대구광역시": 27, "경기도": 41}
ITEMS: tuple[tuple[str, str, float], ...] = (  # name, unit, usual size
    ("출생아수", "명", 900.0),
    ("세대수", "세대", 40_000.0),
    ("혼인건수", "건", 700.0),
    ("재정자립도", "%", 30.0),
    ("월평균 소득", "만원", 280.0),
    ("합계출산율", "명", 1.0),
)
NATION = "전국"
MOIS: Mapping[str, Mapping[str, str]] = {
    "서울특별시": {"종로구": "11110", "중구": "11140", "용산구": "11170", "성동구": "11200", "강남구": "11680"},
    "부산광역시": {"중구": "26110", "서구": "26140", "동구": "26170", "해운대구": "26350", "기장군": "26710"},
    "대구광역시": {"중구": "27110", "동구": "27140", "수성구": "27260", "달성군": "27710"},
    "경기도": {
        "수원시": "41110", "성남시": "41130", "광주시": "41610",
        "여주시": "41670", "양평군": "41830", "가평군": "41820",
    },
}  # fmt: skip


@dataclass
class Sheet:
    """A table on its way to a file: header rows, body rows, and what stands above and below."""

    above: list[list[str]]
    header: list[list[str]]
    body: list[list[str]]
    below: list[list[str]]
    keys: int


@dataclass(frozen=True)
class Table:
    """Regions × periods × items of numbers."""

    places: list[tuple[str, str]]  # 시도, 시군구
    span: str  # year | quarter | month
    periods: list[pd.Timestamp]
    items: list[tuple[str, str, float]]
    values: np.ndarray  # (places, periods, items)


def plain(text: str) -> float:
    """A cell that is a number and no more, as a number; else NaN."""
    found = re.fullmatch(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?%?", text)
    return float(text.replace(",", "").rstrip("%")) if found else np.nan


def told(text: str) -> float:
    """What a cell of the made-up office means: `△1 234 p)` is -1234; NaN for its marks of nothing."""
    said = unicodedata.normalize("NFKC", text).replace("△", "-").removesuffix(" p)")
    return plain(said.replace(" ", ""))
