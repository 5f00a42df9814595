"""The made-up city's files hold what is planted, and can be read by anybody."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from shapely import unary_union
from shapely.geometry import Point, Polygon, shape

from sigun.recipes.vehicles.made_up import write_city
from sigun.recipes.vehicles.occurrence import build_days, expected_reports
from sigun.recipes.vehicles.truth import TRUTH_FILE, Planted, Truth

REGISTER = [
    *("접수번호", "접수일시", "신고경로", "소재지", "위도", "경도", "차종", "차량번호", "소유자명", "연락처"),
    *("처리구분", "처리일자", "원접수번호", "최종수정일시"),
]
FILES = (
    "방치차량_신고대장.csv",
    "주소_좌표.csv",
    "행정동_현황.xlsx",
    "유동인구_행정동_월.csv",
    "날씨_일별.csv",
    "행정동_경계.geojson",
)
ISSUED = "가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주아바사자하허호배육해공국합"


@dataclass(frozen=True)
class Made:
    folder: Path
    truth: Truth
    rows: pd.DataFrame  # the register as read, all text
    reports: pd.DataFrame  # without exact repeats, with `day` and `first`


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("city")
    truth = write_city(folder)
    rows = pd.read_csv(folder / FILES[0], encoding="cp949", dtype=str, keep_default_na=False)
    reports = rows.drop_duplicates().reset_index(drop=True)
    reports["day"] = pd.to_datetime(reports["접수일시"]).dt.normalize()
    reports["first"] = reports["접수번호"].map(dict(truth.second_reports)).fillna(reports["접수번호"])
    return Made(folder, truth, rows, reports)


@pytest.fixture(scope="module")
def outlines(made: Made) -> dict[str, Polygon]:
    features = json.loads((made.folder / FILES[5]).read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["행정동"]: shape(feature["geometry"]) for feature in features}


def metres(longitude: pd.Series, latitude: pd.Series) -> np.ndarray:
    """Flat metres, good enough inside one city."""
    return np.column_stack([longitude.astype(float) * 87_900, latitude.astype(float) * 111_000])


# --- the files ------------------------------------------------------------------------------------------------------


def test_only_what_a_city_has_lies_in_the_folder(made: Made) -> None:
    assert sorted(path.name for path in made.folder.iterdir() if path.is_file()) == sorted(FILES)
    assert [path.name for path in made.folder.iterdir() if path.is_dir()] == ["private"]


@pytest.mark.parametrize(
    ("name", "encoding", "columns"),
    [
        (FILES[0], "cp949", REGISTER),
        (FILES[1], "utf-8", ["주소", "위도", "경도"]),
        (FILES[3], "utf-8-sig", ["행정동", "기준월", "유동인구(명)"]),
        (FILES[4], "cp949", ["일자", "지점", "기온(℃)", "강수량(mm)", "적설(cm)", "풍속(m/s)"]),
    ],
)
def test_each_csv_reads_in_its_encoding(made: Made, name: str, encoding: str, columns: list[str]) -> None:
    assert list(pd.read_csv(made.folder / name, encoding=encoding, dtype=str).columns) == columns


def test_only_the_private_table_has_a_byte_order_mark(made: Made) -> None:
    marked = [name for name in FILES if (made.folder / name).read_bytes().startswith(b"\xef\xbb\xbf")]
    assert marked == [FILES[3]]


def test_the_workbook_has_title_unit_and_total_rows(made: Made) -> None:
    sheet = pd.read_excel(made.folder / FILES[2], header=None, engine="calamine")
    assert "현황" in sheet.iloc[0, 0]
    assert sheet.iloc[1, 0].startswith("(단위")
    assert sheet.iloc[2, :3].tolist() == ["행정동", "행정동코드", "인구(명)"]
    assert sheet.iloc[3, 0] == "계"
    assert sheet.iloc[3, 2] == sheet.iloc[4:24, 2].sum()
    assert all(re.fullmatch(r"99\d{8}", code) for code in sheet.iloc[4:24, 1])


def test_the_workbook_does_not_know_when_it_was_written(made: Made) -> None:
    with zipfile.ZipFile(made.folder / FILES[2]) as parts:
        told = re.findall(r"\d{4}-\d\d-\d\dT", parts.read("docProps/core.xml").decode())
        assert set(told) == {"2025-07-03T"}
        assert {part.date_time[0] for part in parts.infolist()} == {1980}


def test_times_have_one_format(made: Made) -> None:
    assert made.rows["접수일시"].str.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d").all()
    assert made.rows["최종수정일시"].str.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d").all()
    assert made.rows["처리일자"].str.fullmatch(r"|\d{4}-\d\d-\d\d").all()


def test_equal_seeds_give_equal_bytes(made: Made, tmp_path: Path) -> None:
    again = write_city(tmp_path, seed=made.truth.seed)
    assert again == made.truth
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (made.folder / name).read_bytes(), name


def test_another_seed_gives_other_files(made: Made, tmp_path: Path) -> None:
    write_city(tmp_path, seed=7)
    same = [name for name in FILES if (tmp_path / name).read_bytes() == (made.folder / name).read_bytes()]
    assert same == []


def test_the_truth_is_written_only_when_asked(tmp_path: Path) -> None:
    truth = write_city(tmp_path / "city", truth_folder=tmp_path / "truth")
    told = json.loads((tmp_path / "truth" / TRUTH_FILE).read_text(encoding="utf-8"))
    assert told["planted"]["regime_ratio"] == truth.planted.regime_ratio
    assert not (tmp_path / "city" / TRUTH_FILE).exists()


# --- persons --------------------------------------------------------------------------------------------------------


def test_there_is_personal_data_for_ingest_to_drop(made: Made) -> None:
    for column in ("차량번호", "소유자명", "연락처"):
        assert (made.rows[column] != "").mean() > 0.2, column


def test_plates_look_like_plates_and_cannot_exist(made: Made) -> None:
    plates = made.rows.loc[made.rows["차량번호"] != "", "차량번호"]
    assert plates.str.fullmatch(r"(\d\d|경기가온)[가-힣]\d{4}").all()
    assert not set(plates.str[-5]) & set(ISSUED)


def test_phones_begin_with_a_block_nobody_is_given(made: Made) -> None:
    phones = made.rows.loc[made.rows["연락처"] != "", "연락처"]
    assert phones.str.fullmatch(r"010-0000-\d{4}").all()


def test_a_plate_belongs_to_one_vehicle(made: Made) -> None:
    seen = made.reports[made.reports["차량번호"] != ""]
    assert seen.groupby("차량번호")["first"].nunique().max() == 1


# --- places ---------------------------------------------------------------------------------------------------------


def test_dongs_share_their_borders_exactly(outlines: dict[str, Polygon]) -> None:
    whole = unary_union(list(outlines.values()))
    assert len(outlines) == 20
    assert whole.geom_type == "Polygon"
    assert len(whole.interiors) == 0  # no gap
    assert sum(outline.area for outline in outlines.values()) == pytest.approx(whole.area, rel=1e-12)  # no overlap
    rim = set(whole.exterior.coords)
    corners = pd.Series([corner for outline in outlines.values() for corner in outline.exterior.coords[:-1]])
    inner = corners[[corner not in rim for corner in corners]]
    assert inner.value_counts().min() >= 2


def test_half_the_rows_have_an_address_only(made: Made) -> None:
    bare = made.rows[made.rows["위도"] == ""]
    assert 0.44 < len(bare) / len(made.rows) < 0.54
    assert (bare["소재지"] != "").all()
    assert len(bare) == made.truth.counts["address_only"]


def test_the_address_table_knows_most_of_them(made: Made) -> None:
    table = pd.read_csv(made.folder / FILES[1])
    assert table["주소"].is_unique
    asked = made.rows.loc[made.rows["위도"] == "", "소재지"].str.replace("  ", " ").drop_duplicates()
    assert asked.isin(table["주소"]).mean() == pytest.approx(made.truth.planted.addresses_known, abs=0.002)


def test_an_address_lies_in_the_dong_it_names(made: Made, outlines: dict[str, Polygon]) -> None:
    table = pd.read_csv(made.folder / FILES[1]).iloc[::25]
    named = table["주소"].str.extract(r"([가-힣]+\d?동)")[0]
    assert all(
        outlines[dong].buffer(1e-5).contains(Point(x, y))
        for dong, x, y in zip(named, table["경도"], table["위도"], strict=True)
    )


def test_placeholder_points(made: Made) -> None:
    longitude, latitude = made.truth.city_hall
    hall = made.reports[(made.reports["경도"] == f"{longitude:.6f}") & (made.reports["위도"] == f"{latitude:.6f}")]
    assert len(hall) == made.truth.planted.city_hall
    assert hall["소재지"].nunique() > 40
    assert (made.reports["위도"] == "0.000000").sum() == made.truth.planted.at_zero
    east = pd.to_numeric(made.reports["경도"])
    assert ((east > 1) & (east < 125)).sum() == made.truth.planted.at_sea


def test_concentration_is_mild(made: Made) -> None:
    share = np.sort([share for *_, share in made.truth.cells])[::-1]
    assert share.sum() == pytest.approx(1)
    assert 0.28 < share[: round(len(share) / 10)].sum() < 0.40
    points = made.reports[(made.reports["위도"] > "37.8") & (made.reports["위도"] < "38.0")]
    points = points[(points["경도"] != f"{made.truth.city_hall[0]:.6f}")]
    cell = pd.DataFrame(metres(points["경도"], points["위도"]) // 500)
    counts = cell.groupby([0, 1]).size().sort_values(ascending=False)
    assert 0.28 < counts.iloc[: round(len(counts) / 10)].sum() / counts.sum() < 0.42


def test_hot_cells_lie_at_the_planted_hotspots(made: Made) -> None:
    centres = np.array([(spot.x, spot.y) for spot in made.truth.hotspots])
    cells = np.array([(x, y) for x, y, _ in made.truth.hot_cells])
    away = np.hypot(*((cells + 0.5)[:, None] * 500 - centres).transpose(2, 0, 1))
    assert (away.min(axis=0) < 360).all()  # each centre lies in a hot cell
    assert away.min(axis=1).max() < 710  # and each hot cell beside a centre
    assert all(1.5 <= times < 1 + made.truth.planted.hotspot_height for *_, times in made.truth.hot_cells)


def test_in_an_even_city_no_cell_stands_out(tmp_path: Path) -> None:
    nothing = replace(Planted(), even=True, hotspots=0, chronic=0)
    truth = write_city(tmp_path, planted=nothing)
    share = np.array([share for *_, share in truth.cells])
    assert share == pytest.approx(np.full(len(share), 1 / len(share)))
    assert truth.hot_cells == truth.hotspots == ()
    assert truth.planted == nothing


def test_a_city_may_have_no_hole(tmp_path: Path) -> None:
    day = date(2023, 6, 5)
    write_city(tmp_path, planted=replace(Planted(), hole=(day, day)))
    rows = pd.read_csv(tmp_path / FILES[0], encoding="cp949", dtype=str)
    assert rows["접수일시"].str[:10].between("2023-06-05", "2023-07-19").sum() > 100


def test_dense_old_housing_has_more_a_head(made: Made) -> None:
    table = pd.read_excel(made.folder / FILES[2], header=2, engine="calamine").iloc[1:21].set_index("행정동")
    named = made.reports["소재지"].str.extract(r"([가-힣]+\d?동)")[0].value_counts()
    rate = np.log(named / table["인구(명)"].astype(float))
    told = pd.Series({dong.name: dong.log_rate for dong in made.truth.dongs})
    assert np.corrcoef(rate[told.index], told)[0, 1] > 0.95
    for column in ("1인가구비율(%)", "노후주택비율(%)"):
        assert rate.corr(table[column].astype(float), method="spearman") > 0.6, column


def test_the_floating_population_moves_with_the_reports_of_its_dong(made: Made) -> None:
    table = pd.read_csv(made.folder / FILES[3], encoding="utf-8-sig")
    index = table.pivot(index="기준월", columns="행정동", values="유동인구(명)")
    index /= index.mean()
    named = made.reports.assign(
        dong=made.reports["소재지"].str.extract(r"([가-힣]+\d?동)")[0], month=made.reports["접수일시"].str[:7]
    )
    counts = named.groupby(["month", "dong"]).size().unstack(fill_value=0)[index.columns]
    expected = np.outer(counts.sum(axis=1), counts.sum()) / counts.to_numpy().sum()
    high, low = index.to_numpy() > 1.15, index.to_numpy() < 0.85
    ratio = (counts.to_numpy()[high].sum() / expected[high].sum()) / (
        counts.to_numpy()[low].sum() / expected[low].sum()
    )
    planted = (index.to_numpy()[high].mean() / index.to_numpy()[low].mean()) ** made.truth.planted.floating_elasticity
    assert ratio == pytest.approx(planted, rel=0.12)


# --- times ----------------------------------------------------------------------------------------------------------


def test_nothing_arrives_in_the_hole_or_outside_the_span(made: Made) -> None:
    start, end = (pd.Timestamp(day) for day in made.truth.planted.hole)
    day = made.reports["day"]
    assert (end - start).days == 45
    assert not ((day >= start) & (day < end)).any()
    assert ((day >= start - pd.Timedelta(days=7)) & (day < start)).sum() > 10
    assert ((day >= end) & (day < end + pd.Timedelta(days=7))).sum() > 10
    assert day.min() >= pd.Timestamp(made.truth.planted.start)
    assert day.max() == pd.Timestamp("2025-06-30")


def test_intake_jumps_with_the_new_app(made: Made) -> None:
    planted, day = made.truth.planted, made.reports["day"]
    months = day[day.dt.month.isin([3, 4, 5, 9, 10, 11])].dt.year.value_counts()
    jump = months[2024] / months[2022]
    assert jump == pytest.approx(planted.regime_ratio * (1 + planted.yearly_change) ** 2, rel=0.12)
    app = made.reports[made.reports["신고경로"] == "시민앱"]
    assert app["day"].min() >= pd.Timestamp(planted.regime)


def test_reports_follow_the_office_week(made: Made) -> None:
    week = made.reports["day"].dt.day_of_week.value_counts().sort_index()
    assert (week / week.mean()).to_numpy() == pytest.approx(made.truth.weekday_index, abs=0.12)
    assert week.idxmax() == 2
    assert week[[5, 6]].mean() / week[:5].mean() == pytest.approx(1 / 3, abs=0.06)


def test_as_many_reports_come_as_are_to_be_expected(made: Made) -> None:
    planted = made.truth.planted
    rain = pd.read_csv(made.folder / FILES[4], encoding="cp949")["강수량(mm)"].to_numpy(float)
    expected = expected_reports(build_days(planted), rain, planted)
    own = made.reports[made.reports["처리구분"] != "중복신고"]
    assert len(own) == pytest.approx(expected.sum(), rel=0.04)
    week = own["day"].dt.day_of_week.value_counts().sort_index().to_numpy()
    assert week == pytest.approx(np.bincount(build_days(planted).weekday, expected), rel=0.1)


def test_february_and_august_stand_out(made: Made) -> None:
    planted, day = made.truth.planted, made.reports["day"]
    one_regime = day[day < pd.Timestamp(planted.regime)]
    days = pd.Series(pd.date_range(planted.start, planted.regime, inclusive="left"))
    seen = days[(days < pd.Timestamp(planted.hole[0])) | (days >= pd.Timestamp(planted.hole[1]))]
    rate = one_regime.dt.month.value_counts() / seen.dt.month.value_counts()
    assert set(rate.nlargest(2).index) == {2, 8}
    assert set(np.argsort(made.truth.month_index)[-2:] + 1) == {2, 8}


def test_campaigns_raise_patrol_finds(made: Made) -> None:
    patrol = made.reports[made.reports["신고경로"] == "현장순찰"]
    month = patrol["day"].dt.month.value_counts()
    assert month[[4, 5, 10, 11]].mean() / month[[1, 3, 9, 12]].mean() > 1.5
    assert not patrol["day"].dt.day_of_week.ge(5).any()


def test_rain_keeps_reports_away(made: Made) -> None:
    weather = pd.read_csv(made.folder / FILES[4], encoding="cp949")
    day = pd.to_datetime(weather["일자"])
    planted = made.truth.planted
    level = (1 + planted.yearly_change) ** (np.arange(len(day)) / 365.25)
    level = level * np.where(day >= pd.Timestamp(planted.regime), planted.regime_ratio, 1.0)
    level = level * np.array(made.truth.month_index)[day.dt.month - 1]
    level = level * np.array(made.truth.weekday_index)[day.dt.day_of_week]
    level = np.where((day >= pd.Timestamp(planted.hole[0])) & (day < pd.Timestamp(planted.hole[1])), 0, level)
    seen = made.reports["day"].value_counts().reindex(day, fill_value=0).to_numpy()
    rain = weather["강수량(mm)"].to_numpy()
    dry, wet = rain == 0, rain >= 15
    ratio = (seen[wet].sum() / level[wet].sum()) / (seen[dry].sum() / level[dry].sum())
    expected = np.average(planted.rain_ratio ** (rain[wet] / 10), weights=level[wet])
    assert ratio == pytest.approx(expected, abs=0.1)


# --- vehicles and cases ---------------------------------------------------------------------------------------------


def test_three_in_four_are_two_wheelers(made: Made) -> None:
    share = made.reports["차종"].value_counts(normalize=True)
    assert share["이륜차"] == pytest.approx(made.truth.planted.two_wheelers, abs=0.02)
    assert sum(made.truth.kinds.values()) == pytest.approx(1)


def test_second_reports_follow_within_three_weeks(made: Made) -> None:
    day = made.reports.set_index("접수번호")["day"]
    second = [number for number, _ in made.truth.second_reports]
    gap = (day[second].to_numpy() - day[[first for _, first in made.truth.second_reports]].to_numpy()).astype(
        "timedelta64[D]"
    )
    assert 0.17 < len(second) / len(made.reports) < 0.28
    assert gap.min() >= np.timedelta64(1, "D")
    assert gap.max() <= np.timedelta64(made.truth.planted.burst_limit, "D")
    assert np.median(gap) < np.timedelta64(8, "D")


def test_second_reports_lie_within_fifty_metres(made: Made) -> None:
    table = pd.read_csv(made.folder / FILES[1]).set_index("주소")
    place = made.reports.set_index("접수번호")["소재지"].str.replace("  ", " ")
    pairs = pd.DataFrame(made.truth.second_reports, columns=["second", "first"])
    known = pairs[
        place[pairs["second"]].isin(table.index).to_numpy() & place[pairs["first"]].isin(table.index).to_numpy()
    ]
    second, first = (table.loc[place[known[side]]] for side in ("second", "first"))
    away = np.hypot(*(metres(second["경도"], second["위도"]) - metres(first["경도"], first["위도"])).T)
    assert len(known) > 100
    assert (away < 50).mean() > 0.97


def test_two_in_five_second_reports_are_closed_as_duplicates(made: Made) -> None:
    is_second = made.reports["first"] != made.reports["접수번호"]
    closed = made.reports["처리구분"] == "중복신고"
    assert not (closed & ~is_second).any()
    share = closed[is_second & (made.reports["처리구분"] != "확인중")].mean()
    assert share == pytest.approx(made.truth.planted.repeat_closed_as_duplicate, abs=0.04)
    assert (made.reports.loc[closed, "원접수번호"] == made.reports.loc[closed, "first"]).all()
    assert (made.reports.loc[~closed, "원접수번호"] == "").all()


def test_exact_repeats(made: Made) -> None:
    assert made.rows.duplicated().sum() == made.truth.planted.exact_repeats
    assert made.reports["접수번호"].is_unique


def test_outcomes_are_as_planted(made: Made) -> None:
    citizen = made.reports[~made.reports["신고경로"].isin(["현장순찰"]) & (made.reports["day"] < "2025-01-01")]
    share = citizen.loc[citizen["처리구분"] != "중복신고", "처리구분"].value_counts(normalize=True)
    for state, planted in made.truth.planted.citizen_outcomes.items():
        assert share[state] == pytest.approx(planted, abs=0.025), state
    counted = made.reports["처리구분"].value_counts()
    assert counted.to_dict() == dict(made.truth.outcomes)


def test_closing_takes_twelve_days_and_grows(made: Made) -> None:
    done = made.reports[made.reports["처리일자"] != ""]
    delay = (pd.to_datetime(done["처리일자"]) - done["day"]).dt.days
    assert delay.min() >= 0
    assert 10 <= delay.median() <= 14
    assert made.truth.median_days["2024"] > made.truth.median_days["2022"]
    full = made.truth.full_median_days
    assert full["2025"] > made.truth.median_days["2025"]  # slow cases of the last months are still open
    assert full["2022"] < full["2023"] < full["all"] < full["2025"]
    scrapped = delay[done["처리구분"] == "강제폐차"]
    assert 75 < scrapped.median() < 100


def test_open_cases_have_no_closing_day_and_nothing_is_known_from_the_future(made: Made) -> None:
    is_open = made.reports["처리구분"] == "확인중"
    assert ((made.reports["처리일자"] == "") == is_open).all()
    assert is_open.sum() == made.truth.counts["open"] > 100
    assert (made.reports["최종수정일시"] >= made.reports["접수일시"]).all()
    assert made.reports["최종수정일시"].max() < "2025-07-01"
    assert made.reports["처리일자"].max() <= "2025-06-30"
