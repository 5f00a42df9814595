"""Panels of tables by 법정동 for tests: 종로구 with two 행정동 and the two 법정동 that lie in them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from regional import card_of, material_of, plan_of
from sigun.panel.regional.build import build_region_panel
from sigun.panel.regional.model import RegionPanel
from sigun.region.codes import Codes, shipped
from sigun.region.kikmix import Mix, read_kikmix
from sigun.region.mois import lay_over, read_mois

DONGS = [
    ("1100000000", "", ""),
    ("1111000000", "종로구", ""),
    ("1111051500", "종로구", "청운효자동"),
    ("1111053000", "종로구", "사직동"),
]
PAIRS = [
    ("1111051500", "1111010100", "1"),  # 청운동
    ("1111051500", "1111011500", "30"),  # 사직동 lies in both: 30 ha and 10
    ("1111053000", "1111011500", "10"),
]
TABLE = """
    region     | period | reports
    1111010100 | 2020   | 10
    1111011500 | 2020   | 4
    1111010100 | 2021   | 20
    1111011500 | 2021   | -
"""


@cache
def codes() -> Codes:
    rows = pd.DataFrame(DONGS, columns=["행정동코드", "시군구명", "읍면동명"])
    rows = rows.assign(시도명="서울특별시", 생성일자="20081101")
    return lay_over(shipped(), read_mois(rows, "KIKcd_H.xlsx")[0])


def mix() -> Mix:
    rows = pd.DataFrame(PAIRS, columns=["행정동코드", "법정동코드", "면적"])
    rest = dict.fromkeys(["시도명", "시군구명", "읍면동명", "동리명"], "")
    return Mix(read_kikmix(rows.assign(**rest, 생성일자="20081101"), "KIKmix.xlsx"))


def table(text: str) -> pd.DataFrame:
    """region | period | value …, a line a row, as cleaning leaves them; `-` absent, `x` hidden, `p` provisional."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    said = pd.DataFrame(lines[1:], columns=lines[0], dtype="str")
    blank = dict.fromkeys(("sido", "sigungu", "dong"))
    frame = pd.DataFrame({"region": said["region"]}).assign(**blank)
    values = said.drop(columns=["region", "period"], errors="ignore")
    if "period" in said:
        provisional = values.apply(lambda row: row.str.endswith("p").any(), axis=1)
        frame["period"] = pd.to_datetime(said["period"]).astype("datetime64[us]")
        frame = frame.assign(span="year", provisional=provisional)
    for name in values:
        frame[name] = pd.to_numeric(values[name].str.removesuffix("p").replace({"-": None, "x": None}))
        frame[f"{name}__mark"] = values[name].map({"-": "absent", "x": "suppressed"}).astype("str")
    return frame.assign(source=np.int16(0))


def legal_panel_of(
    folder: Path, text: str = TABLE, with_mix: bool = True, measures: dict[str, str] | None = None, **panel: Any
) -> RegionPanel:
    frame = table(text)
    kind = "area_periods" if "period" in frame else "areas"
    card = card_of("t", measures or {"reports": "flow 건"}, kind=kind)
    asked = {"within": ["서울"], "variables": [{"id": "reports", "table": "t"}], **panel}
    material = replace(material_of(folder, {"t": (card, frame)}), codes=codes(), mix=mix() if with_mix else None)
    time = {"start": "2020-01-01", "end": "2022-01-01"} if "period" in frame else {}
    return build_region_panel(plan_of(asked, ["t"], time=time), material)
