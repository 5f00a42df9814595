"""The made-up province's files hold what is planted, with the defects that real downloads have."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from shapely import Polygon, union_all
from shapely.geometry import shape

from sigun.recipes.births import files
from sigun.recipes.births.lives import fertility_shape, live
from sigun.recipes.births.made_up import write_province
from sigun.recipes.births.province import CITIES, CODES, NAMES, NEW, OLD, PROVINCE
from sigun.recipes.births.truth import FACTORS, TRUTH_FILE, Planted, Truth
from sigun.region.codes import shipped, units_at
from sigun.region.own import own_codes, read_own

P = Planted()
YEARS = range(P.first, P.last + 1)
BOTH = tuple(NAMES[n] for n in NEW)


@dataclass(frozen=True)
class Made:
    folder: Path
    truth: Truth


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("province")
    return Made(folder, write_province(folder))


def wide(made: Made, file: str, encoding: str, heads: int = 2) -> pd.DataFrame:
    return pd.read_csv(made.folder / file, encoding=encoding, header=list(range(heads)), index_col=[0, 1], dtype="str")


def months(made: Made) -> pd.DataFrame:
    tables = [pd.read_csv(made.folder / name, encoding="cp949", dtype="str") for name in files.MONTHS_FILES]
    table = pd.concat(tables, ignore_index=True)
    return table.assign(births=table["계 (명)"].astype(int), year=table["시점"].str[:4].astype(int))


# --- the folder ---------------------------------------------------------------------------------------------------


def test_equal_seeds_give_equal_bytes(made: Made, tmp_path: Path) -> None:
    write_province(tmp_path / "again")
    write_province(tmp_path / "other", seed=1)
    for path in sorted(made.folder.iterdir()):
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes(), path.name
    births = files.BIRTHS_FILE
    assert (tmp_path / "other" / births).read_bytes() != (made.folder / births).read_bytes()


def test_only_what_an_office_has_lies_there_and_the_truth_elsewhere(made: Made, tmp_path: Path) -> None:
    told = [value for name, value in vars(files).items() if name.endswith(("_FILE", "_FILES"))]
    names = {name for value in told for name in ([value] if isinstance(value, str) else value)}
    assert {path.name for path in made.folder.iterdir()} == names
    write_province(tmp_path / "raw", truth_folder=tmp_path / "truth")
    said = json.loads((tmp_path / "truth" / TRUTH_FILE).read_text(encoding="utf-8"))
    assert said["grants"] == made.truth.grants
    assert not list((tmp_path / "raw").glob("*.json"))


def test_nothing_in_it_is_a_real_place() -> None:
    units = shipped().units
    real = {*units["name"], *units["full"].str.split(" ").str[-1]}
    assert not real & {*NAMES, OLD, PROVINCE}
    assert not set(units["unit"].str[:2]) & {code[:2] for code in CODES}
    assert len(set(NAMES)) == len(set(CODES)) == 31
    assert CITIES == 18


# --- the tables -----------------------------------------------------------------------------------------------------


def test_births_stand_in_two_header_rows_with_totals_and_a_provisional_year(made: Made) -> None:
    table = wide(made, files.BIRTHS_FILE, "cp949")
    assert table.columns.get_level_values(0).unique().tolist() == [*map(str, range(2010, 2024)), "2024 p)"]
    assert table.columns.get_level_values(1).unique().tolist() == ["출생아수 (명)", "합계출산율 (가임여성 1명당 명)"]
    assert table.index.get_level_values(1).tolist()[0] == "소계"
    births = table.xs("출생아수 (명)", axis=1, level=1).droplevel(0).replace("-", "0").astype(int)
    assert (births.loc["소계"] == births.drop("소계").sum()).all()
    assert births.loc["소계"].tolist() == list(made.truth.births.values())


def test_the_divided_city_stands_beside_what_it_became(made: Made) -> None:
    births = wide(made, files.BIRTHS_FILE, "cp949").xs("출생아수 (명)", axis=1, level=1).droplevel(0)
    before = [str(year) for year in YEARS if year < P.split]
    assert (births.loc[list(BOTH), before] == "-").all(axis=None)
    assert (births.loc[OLD].drop(before) == "-").all()
    assert (births.loc[OLD, before] != "-").all()
    monthly = months(made)
    absent = monthly[monthly["시군구별(2)"].isin(BOTH) & (monthly["year"] < P.split)]
    assert set(absent["계 (명)"]) == {"0"}


def test_months_add_up_to_years(made: Made) -> None:
    yearly = wide(made, files.BIRTHS_FILE, "cp949").xs("출생아수 (명)", axis=1, level=1).droplevel(0).replace("-", "0")
    added = months(made).pivot_table("births", "시군구별(2)", "year", "sum")
    assert (added.loc[yearly.index].to_numpy() == yearly.astype(int).to_numpy()).all()
    assert (
        months(made)["시점"].str.endswith(" p)").sum() == 12 * 33
    )  # of the last year: 소계, 31, and the city of before


def test_women_by_age_stand_in_three_files_that_meet_in_no_row(made: Made) -> None:
    tables = [pd.read_csv(made.folder / name, encoding="cp949") for name in files.WOMEN_FILES]
    together = pd.concat(tables, ignore_index=True)
    assert not together.duplicated(["행정구역(시군구)별(2)", "시점"]).any()
    assert set(together["행정구역(시군구)별(2)"]) == {*NAMES, OLD}
    assert list(together.columns[4:]) == [f"{age}세" for age in range(15, 50)]
    rates = wide(made, files.BIRTHS_FILE, "cp949").xs("합계출산율 (가임여성 1명당 명)", axis=1, level=1).droplevel(0)
    births = wide(made, files.BIRTHS_FILE, "cp949").xs("출생아수 (명)", axis=1, level=1).droplevel(0)
    here = together[together["행정구역(시군구)별(2)"] == "누리시"].set_index("시점").iloc[:, 3:]
    expected = (here * fertility_shape()).sum(axis=1)
    told = births.loc["누리시"].astype(int).to_numpy() / expected.to_numpy()
    assert told == pytest.approx(rates.loc["누리시"].astype(float).to_numpy(), abs=6e-4)


def test_the_index_is_told_of_todays_regions_all_the_way_back(made: Made) -> None:
    table = wide(made, files.RENT_FILE, "utf-8")
    assert set(table.index.get_level_values(1)) == {PROVINCE, *NAMES}
    assert table.shape[1] == 180
    assert table.columns[-1] == ("2024.12 p)", "전세가격지수 (2021.06=100.0)")


def test_the_survey_leaves_three_counties_out(made: Made) -> None:
    told = set(wide(made, files.EMPLOYMENT_FILE, "cp949").index.get_level_values(1))
    assert {*NAMES, OLD, "소계"} - told == set(made.truth.lacking)
    assert len(made.truth.lacking) == P.lacking


def test_one_workbook_glues_codes_to_names_and_describes_itself(made: Made) -> None:
    sheets = pd.read_excel(made.folder / files.CHILDCARE_FILE, sheet_name=None, header=None, engine="calamine")
    assert list(sheets) == ["데이터", "메타정보"]
    assert sheets["데이터"].iloc[3, 0] == "\u3000\u300098010 누리시"
    assert "통계표ID" in sheets["메타정보"][0].tolist()


def test_the_provinces_workbook_has_a_title_a_unit_row_and_a_footnote(made: Made) -> None:
    sheet = pd.read_excel(made.folder / files.INDICATORS_FILE, header=None, engine="calamine")
    assert sheet.iloc[0, 0] == "한결도 시군별 주요지표"
    assert str(sheet.iloc[1, 0]).startswith("(단위")
    assert sheet.iloc[4, 0] == "합계"
    assert str(sheet.iloc[-1, 0]).startswith("※")


def test_grants_start_in_different_years_and_some_never(made: Made) -> None:
    sheet = pd.read_excel(made.folder / files.GRANT_FILE, header=None, skiprows=3, index_col=0, engine="calamine")
    amounts = sheet.dropna().replace("-", 0).astype(float).set_axis(list(YEARS), axis=1)
    first = {name: int(row[row > 0].index[0]) for name, row in amounts.loc[list(NAMES)].iterrows() if (row > 0).any()}
    before = set(BOTH)  # the city they were had it already
    assert {n: y for n, y in first.items() if n not in before} == {
        n: y for n, y in made.truth.grants.items() if n not in before
    }
    assert set(first.values()) - {P.split} == set(P.grant_years)
    assert len(NAMES) - len(made.truth.grants) >= 10


def test_the_table_of_regions_is_one_the_program_takes(made: Made) -> None:
    text = pd.read_csv(made.folder / files.REGIONS_FILE, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    codes = own_codes(read_own(text, "f"))
    assert len(units_at(codes, date(2024, 12, 31), "sigungu")) == 31
    assert units_at(codes, date(2016, 12, 31), "sigungu")["name"].isin([OLD]).sum() == 1
    assert sum(codes.shares["98300"].values()) == pytest.approx(1)


def test_the_outlines_cover_the_province_without_gap_or_overlap(made: Made) -> None:
    features = json.loads((made.folder / files.OUTLINE_FILE).read_text(encoding="utf-8"))["features"]
    shapes = [shape(feature["geometry"]) for feature in features]
    assert [feature["properties"]["시군구"] for feature in features] == list(NAMES)
    assert all(one.is_valid for one in shapes)
    whole = union_all(shapes)
    assert isinstance(whole, Polygon)
    assert not whole.interiors
    assert sum(one.area for one in shapes) == pytest.approx(whole.area, rel=1e-6)
    assert all(sum(a.touches(b) or a.intersects(b) for b in shapes) - 1 >= 2 for a in shapes)


def test_a_workbook_carries_no_clock(made: Made) -> None:
    with zipfile.ZipFile(made.folder / files.GRANT_FILE) as book:
        assert b"2025-09-01" in book.read("docProps/core.xml")


# --- what is planted ------------------------------------------------------------------------------------------------


def inside(values: np.ndarray) -> np.ndarray:
    rows = values - values.mean(axis=1, keepdims=True)
    return np.asarray(rows - rows.mean(axis=0, keepdims=True))


def test_a_factor_between_regions_goes_with_their_level_and_does_nothing_inside() -> None:
    lives = live(np.random.default_rng(3), P)
    for factor in (f for f in FACTORS if f.part == "between"):
        values = lives.factors[factor.id]
        assert np.corrcoef(values.mean(axis=1), lives.tfr.mean(axis=1))[0, 1] < -0.6
        assert abs(np.corrcoef(inside(values).ravel(), inside(lives.expected).ravel())[0, 1]) < 0.2


def test_true_factors_move_the_rate_as_far_as_they_say() -> None:
    quiet = replace(P, noise=1e-9, young_women=0.0, grant=(0.0, 0.0))
    lives = live(np.random.default_rng(3), quiet)
    true = [f for f in FACTORS if f.part == "true"]
    last = len(lives.years)
    columns = [inside(lives.factors[f.id][:, 2 - f.lag : last - f.lag]).ravel() for f in true]
    found = np.linalg.lstsq(np.stack(columns, axis=1), inside(lives.expected[:, 2:]).ravel(), rcond=None)[0]
    assert found == pytest.approx([f.effect for f in true], rel=1e-6)


def test_a_grant_moves_the_rate_from_its_first_year_on() -> None:
    lives, without = (live(np.random.default_rng(3), replace(P, grant=grant)) for grant in (P.grant, (0.0, 0.0)))
    since = np.array(lives.years)[None, :] - lives.grant_year[:, None]
    there = lives.grant_year[:, None] > 0
    gained = lives.expected - without.expected
    assert gained[there & (since == 0)] == pytest.approx(P.grant[0])
    assert gained[there & (since > 0)] == pytest.approx(P.grant[1])
    assert gained[~there | (since < 0)] == pytest.approx(0.0)


def test_the_size_of_households_follows_births() -> None:
    lives = live(np.random.default_rng(3), P)
    moved = np.corrcoef(inside(lives.factors["household_size"]).ravel(), inside(lives.tfr).ravel())[0, 1]
    assert moved > 0.4


def test_the_share_of_graduates_never_changes() -> None:
    assert np.ptp(live(np.random.default_rng(3), P).factors["graduates_share"], axis=1).max() < 1e-9
