"""The tile map: every 시군구 has a place of its own, and neighbours stay together."""

from __future__ import annotations

from datetime import date

import pandas as pd

from sigun.region.codes import shipped, units_at
from sigun.region.tiles import tiles


def placed(*units: str) -> list[tuple[float, float]]:
    table = tiles(pd.Series(units))
    return list(zip(table["col"], table["row"], strict=True))


def test_every_region_of_the_day_has_a_tile_of_its_own() -> None:
    units = units_at(shipped(), date(2022, 12, 31), "sigungu")["unit"]
    table = tiles(units)
    assert table[["col", "row"]].notna().all(axis=None)
    assert not table.duplicated(["col", "row"]).any()
    assert table["col"].max() < 25
    assert table["row"].max() < 30


def test_a_province_hangs_together() -> None:
    units = units_at(shipped(), date(2022, 12, 31), "sigungu")
    table = tiles(units["unit"]).assign(sido=units["sido"])
    apart = 0
    for _sido, own in table.groupby("sido"):
        near = {(c, r) for c, r in zip(own["col"], own["row"], strict=True)}
        steps = [(dc, dr) for dc in (-1, 0, 1) for dr in (-1, 0, 1) if (dc, dr) != (0, 0)]
        lonely = [c for c in near if not any((c[0] + dc, c[1] + dr) in near for dc, dr in steps)]
        apart += len(lonely) if len(near) > 1 else 0
    assert apart <= 2


def test_north_is_up_and_east_is_right() -> None:
    (gangneung, mokpo, busan, jeju) = placed("42150", "46110", "26110", "50110")
    assert gangneung[1] < mokpo[1] < jeju[1]
    assert mokpo[0] < busan[0]


def test_districts_share_the_tile_of_their_city_and_old_names_that_of_today() -> None:
    assert len(set(placed("41110", "41111", "4111156000"))) == 1
    assert placed("28170") == placed("28177")
    assert placed("47720") == placed("27720")
    assert placed("36") == placed("36110")


def test_what_is_in_no_one_place_has_no_tile() -> None:
    table = tiles(pd.Series(["11", "00", None, "99999"], index=[4, 3, 2, 1]))
    assert table["col"].isna().all()
    assert table.index.tolist() == [4, 3, 2, 1]
