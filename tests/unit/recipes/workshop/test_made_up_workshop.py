"""The workshop's own files hold what is said to be planted in them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sigun.recipes.vehicles.city import WARDS
from sigun.recipes.workshop import made_up
from sigun.recipes.workshop.truth import Planted, Truth

P = Planted()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    folder = tmp_path_factory.mktemp("workshop")
    return folder, made_up.write_workshop(folder)


def table(folder: Path, name: str, encoding: str) -> pd.DataFrame:
    return pd.read_csv(folder / name, encoding=encoding)


def test_equal_seeds_give_equal_bytes(written: tuple[Path, Truth], tmp_path: Path) -> None:
    made_up.write_workshop(tmp_path)
    first, second = ({p.name: p.read_bytes() for p in folder.iterdir()} for folder in (written[0], tmp_path))
    assert first == second


def test_dongs_short_of_care_have_the_fewest_public_places_a_child(written: tuple[Path, Truth]) -> None:
    centres = table(written[0], made_up.DAYCARE_FILE, "cp949")
    needs = table(written[0], made_up.NEEDS_FILE, "utf-8-sig")
    children = needs[needs["연도"] == 2024].set_index("행정동")["영유아 인구(0~5세)(명)"]
    public = centres[centres["설립유형"] == "국공립"]
    per_child = pd.Series(0.0, children.index)
    dong = _dong_of(public)
    per_child = per_child.add(public.groupby(dong)["정원"].sum(), fill_value=0) / children
    assert set(per_child.nsmallest(6).index) >= set(P.short_of_care)


def _dong_of(places: pd.DataFrame) -> list[str]:
    """The dong each place lies in, from the outlines alone."""
    import geopandas as gpd
    import numpy as np

    from sigun.recipes.vehicles.city import CRS, build_city
    from sigun.recipes.vehicles.truth import Planted as PlantedCity

    city = build_city(np.random.default_rng(made_up.CITY_SEED), PlantedCity())
    points = gpd.GeoSeries.from_xy(places["경도"], places["위도"], crs=4326).to_crs(CRS)
    return [next(w.name for w, o in zip(WARDS, city.outlines, strict=True) if o.covers(p)) for p in points]


@pytest.mark.parametrize(("name", "short"), [(made_up.HOMES_FILE, P.short_of_homes)])
def test_dongs_short_of_homes_have_few_places(written: tuple[Path, Truth], name: str, short: tuple[str, ...]) -> None:
    places = written[1].places[name]
    usual = sorted(places.values())[len(places) // 2]
    assert all(places[dong] < usual / 2 for dong in short)


def test_floods_rose_where_land_was_developed_and_nowhere_else(written: tuple[Path, Truth]) -> None:
    floods = table(written[0], made_up.FLOODS_FILE, "cp949")
    after = floods["연월"] >= P.completed
    month = floods["연월"].str[5:].astype(int) <= 6  # the same months on both sides
    there = floods["행정동"].isin(P.developed)

    def rate(rows: pd.Series) -> float:
        return float(floods.loc[rows & month, "침수신고(건)"].mean())

    ratio = (rate(there & after) / rate(there & ~after)) / (rate(~there & after) / rate(~there & ~after))
    assert ratio == pytest.approx(P.times, rel=0.25)


def test_the_development_stands_from_its_month_on(written: tuple[Path, Truth]) -> None:
    built = table(written[0], made_up.BUILT_FILE, "utf-8")
    rows = built[built["택지개발 누적 준공면적(천㎡)"] > 0]
    assert set(rows["행정동"]) == set(P.developed) and rows["연월"].min() == P.completed


def test_the_truth_is_never_written_beside_the_files(written: tuple[Path, Truth]) -> None:
    assert not any("truth" in path.name for path in written[0].iterdir())
