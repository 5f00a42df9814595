"""The real files' places: every one is found or named with its reason; the published sums come out."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from carried import united
from sigun.ingest.sniff import sniff
from sigun.ingest.tabular import read_table
from sigun.region.codes import Codes, shipped, units_at
from sigun.region.identify import CONFLICT, NO_DONGS, UNKNOWN, Identified, identify
from sigun.region.mois import lay_over, read_mois

pytestmark = pytest.mark.shared
BASE = date(2022, 12, 31)
PUBLISHED = {  # live births, Statistics Korea, 인구동향조사
    **{2012: 484_550, 2013: 436_455, 2014: 435_435, 2015: 438_420, 2016: 406_243},
    **{2017: 357_771, 2018: 326_822, 2019: 302_676, 2020: 272_337, 2021: 260_562},
}


@pytest.fixture(scope="module")
def raw(shared: Path) -> Path:
    return shared / "data" / "korea" / "raw"


def one(folder: Path, pattern: str) -> Path:
    (path,) = folder.glob(pattern)
    return path


@pytest.fixture(scope="module")
def imported(shared: Path) -> Codes:
    path = one(shared / "data" / "korea" / "codes", "KIKcd_H*.xlsx")
    text = read_table(path, sniff(path)).to_pandas().astype("str").fillna("")
    rows, said = read_mois(text, path.name)
    assert len(said) == 1, "one published code ends before it begins"
    return lay_over(shipped(), rows)


def long(paths: list[Path]) -> pd.DataFrame:
    """시도, 시군구, period and value of the births and TFR files."""
    tables = [pd.read_csv(path, encoding="cp949", dtype="str") for path in paths]
    frame = pd.concat([t.set_axis(["sido", "sigungu", "period", "value"], axis=1) for t in tables])
    frame["period"] = pd.to_datetime(frame["period"].str[:7].str.replace(r"\D+$", "", regex=True), format="mixed")
    frame["value"] = pd.to_numeric(frame["value"], errors="coerce")
    keys = ["sido", "sigungu", "period"]
    return frame.groupby(keys, as_index=False, sort=False)["value"].max()  # 창원시 and 청주시 stand twice


def on_base(frame: pd.DataFrame, found: Identified, span: str) -> pd.DataFrame:
    rows = frame.assign(unit=found.unit)[(found.level == "sigungu") & (found.how != "not_existing")]
    return united(rows[["unit", "period", "value"]], base=BASE, span=span).rows


def test_births_over_229_regions_are_the_published_ones(raw: Path) -> None:
    frame = long(sorted(raw.glob("출생아수*.csv")))
    found = identify(frame, shipped())
    assert found.unmatched.empty
    carried = on_base(frame, found, "month")
    assert set(carried["region"]) == set(units_at(shipped(), BASE, "sigungu")["unit"])
    assert carried["value"].notna().all()
    assert carried.groupby(carried["period"].dt.year)["value"].sum().astype(int).to_dict() == PUBLISHED


def test_every_place_of_the_fertility_file(raw: Path) -> None:
    frame = long([one(raw, "시군구_출생아수*.csv")])
    found = identify(frame, shipped())
    assert found.unmatched.empty
    assert frame.loc[found.how == "not_existing", "value"].isna().all(), "nothing told for what did not exist"
    carried = on_base(frame, found, "year")
    assert carried["region"].nunique() == 229
    assert len(carried) == 229 * 11


def test_every_place_of_the_women_s_files(raw: Path) -> None:
    for path in sorted(raw.glob("여성연앙인구*.csv")):
        frame = pd.read_csv(path, encoding="cp949", dtype="str").iloc[:, :3].set_axis(["sido", "sigungu", "y"], axis=1)
        found = identify(frame.assign(period=pd.to_datetime(frame["y"])), shipped())
        assert found.unmatched.empty
        assert set(found.how) == {"name"}


@pytest.mark.parametrize(("column", "scheme"), [("CODE", "kostat"), ("CODE_AD", "mois")])
@pytest.mark.parametrize("year", range(2017, 2022))
def test_every_place_of_the_finance_files(raw: Path, year: int, column: str, scheme: str) -> None:
    table = pd.read_csv(one(raw, f"읍면동*/FI_{year}.csv"), encoding="utf-8-sig", dtype="str")
    coded = pd.DataFrame({"region": table[column], "period": pd.Timestamp(year, 1, 1)})
    named = coded.assign(sido=table["SD"], sigungu=table["SGG"])
    for rows in (coded, named, named.drop(columns="region")):
        found = identify(rows, shipped())
        assert found.unmatched.empty
        assert found.unit.is_unique
    assert identify(coded, shipped()).scheme == scheme
    last = identify(named, shipped()).unit.iloc[-1]
    assert last == "50", "제주 stands in one row, for the whole 시도"


@pytest.mark.parametrize("name", ["CBR", "P_DEN", "POP5"])
@pytest.mark.parametrize("year", [2017, 2019, 2021])
def test_every_dong_by_code_or_by_name(raw: Path, imported: Codes, name: str, year: int) -> None:
    table = pd.read_csv(one(raw, f"읍면동*/{name}_{year}.csv"), encoding="utf-8-sig", dtype="str")
    places = pd.DataFrame({"sido": table["SD"], "sigungu": table["SGG"], "dong": table["NAME_AD"]})
    places = places.assign(period=pd.Timestamp(year, 1, 1))
    coded = identify(places.assign(region=table["CODE_AD"]), imported)
    by_name = identify(places.assign(region=table["CODE"]), imported)
    assert (coded.scheme, by_name.scheme) == ("mois", "kostat")
    assert set(coded.unmatched["reason"]) <= {CONFLICT}
    assert set(coded.unmatched["place"]) <= {"4824089000 경상남도 사천시 동서동"}
    assert set(by_name.unmatched["reason"]) <= {UNKNOWN}
    assert set(by_name.unmatched["near"]) <= {"경상남도 사천시 벌용동"}, "a misspelt 읍면동, and what it should be"
    both = coded.unit.notna() & by_name.unit.notna()
    assert (coded.unit[both] == by_name.unit[both]).all()
    without = identify(places.assign(region=table["CODE"]), shipped())
    assert set(without.unmatched["reason"]) == {NO_DONGS}


def test_every_place_of_the_workbooks(raw: Path) -> None:
    names = {"시도": "sido", "시군구": "sigungu", "년도": "year", "행정구역코드": "region"}
    for file, scheme in (("수도권_지표_2015_2018.xlsx", "kostat"), ("city_area.xlsx", None)):
        table = pd.read_excel(raw / file, dtype="str", engine="calamine").rename(columns=names)
        rows = table.reindex(columns=[c for c in names.values() if c in table])
        found = identify(rows.assign(period=pd.to_datetime(rows["year"])), shipped())
        assert found.unmatched.empty
        assert found.scheme == scheme
    apartments = pd.read_excel(raw / "서울_구별_분기_아파트지수_e.xlsx", engine="calamine").columns[1:]
    found = identify(pd.DataFrame({"sigungu": apartments}), shipped())
    assert sorted(found.unit) == sorted(units_at(shipped(), BASE, "sigungu", within=["서울"])["unit"])
    assert (found.how == "guess").sum() == 2, "중구 and 강서구 are also elsewhere"


@pytest.mark.parametrize(("file", "level", "n"), [("municipalities", "sigungu", 250), ("provinces", "sido", 17)])
def test_every_outline(shared: Path, file: str, level: str, n: int) -> None:
    path = one(shared / "data" / "korea" / "geo", f"skorea-{file}*.json")
    table = read_table(path, sniff(path))
    rows = pd.DataFrame({"region": table["code"].to_pylist(), "sigungu": table["name"].to_pylist()})
    year = rows.assign(period=pd.Timestamp(2018, 12, 24))
    for found in (identify(year, shipped()), identify(year[["region", "period"]], shipped())):
        assert found.unmatched.empty
        assert found.unit.nunique() == n
        assert set(found.level) == ({"sigungu", "gu"} if level == "sigungu" else {"sido"})
    assert set(identify(year, shipped()).unit) <= set(shipped().units["unit"])


def test_two_hundred_thousand_rows_take_less_than_a_second(raw: Path) -> None:
    frame = long(sorted(raw.glob("출생아수*.csv")))
    many = pd.concat([frame] * 6, ignore_index=True).head(200_000)
    start = time.process_time()
    identify(many, shipped())
    assert time.process_time() - start < 1
