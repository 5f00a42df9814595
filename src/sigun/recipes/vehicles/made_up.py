"""The made-up city (모의 도시): the raw files a Korean city would have about abandoned vehicles, with the truth known.

`write_city` writes three and a half years of 가온시, a city that does not exist, ending on 2025-06-30. What is planted
stands in `truth.Planted`, beside the published facts in `docs/reference/made-up-city.md`.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sigun.recipes.vehicles import files
from sigun.recipes.vehicles.city import CELL, WARDS, City, build_city, ward_column
from sigun.recipes.vehicles.occurrence import Days, build_days, draw_reports, expected_reports
from sigun.recipes.vehicles.private import FOLDER as PRIVATE
from sigun.recipes.vehicles.private import write_private
from sigun.recipes.vehicles.register import (
    DUPLICATE,
    OPEN,
    OTHER_KINDS,
    Register,
    cell_shares,
    degrees,
    full_median_days,
    hall_point,
    median_days,
    write_register,
)
from sigun.recipes.vehicles.surroundings import dong_table, draw_weather, floating_index, floating_table
from sigun.recipes.vehicles.truth import Dong, Hot, Planted, Truth

FloatArray = NDArray[np.float64]

HOT = 1.5  # times as much, from which a cell counts as one of a hotspot
OTHER_ADDRESSES = 1500  # in the address table, asked for by no report


def write_city(
    folder: Path, seed: int = 20250703, truth_folder: Path | None = None, planted: Planted | None = None
) -> Truth:
    """Write the raw files into `folder` and return what is planted in them.

    `truth_folder` also gets `truth.json`; it may not be `folder`, where only what a city has may lie.
    Equal seeds give equal bytes. `planted` are other settings than the usual ones.
    """
    planted = planted or Planted()
    rng = np.random.default_rng(seed)
    city, days = build_city(rng, planted), build_days(planted)
    weather = draw_weather(rng, days)
    floating = floating_index(rng, int(days.index[-1]) + 1)
    rain = weather["강수량(mm)"].to_numpy(float)
    reports = draw_reports(rng, city, days, rain, floating, planted)
    register = write_register(rng, city, days, reports, planted)
    wanted = pd.Series(register.address[~register.has_point])
    addresses = files.address_table(rng, city, wanted, planted.addresses_known, OTHER_ADDRESSES)

    folder.mkdir(parents=True, exist_ok=True)
    files.write_csv(register.rows, folder / files.REGISTER_FILE, "cp949")
    files.write_csv(addresses, folder / files.ADDRESS_FILE, "utf-8")
    files.write_dong_workbook(dong_table(city), folder / files.DONG_FILE)
    files.write_csv(floating_table(floating, days), folder / files.FLOATING_FILE, "utf-8-sig")
    files.write_csv(weather, folder / files.WEATHER_FILE, "cp949")
    files.write_outlines(city, folder / files.OUTLINE_FILE)
    write_private(folder / PRIVATE, seed, city, days, floating, truth_folder)

    truth = tell_truth(seed, planted, city, days, register, floating, rain)
    if truth_folder is not None:
        truth.write(truth_folder)
    return truth


def tell_truth(
    seed: int,
    planted: Planted,
    city: City,
    days: Days,
    register: Register,
    floating: FloatArray,
    rain: FloatArray,
) -> Truth:
    """What is planted, and what this seed made of it."""
    rows = register.rows.drop_duplicates("접수번호")
    month_index, weekday_index = rhythms(days, rain, planted)
    second = np.flatnonzero(register.first != np.arange(len(register.first)))
    return Truth(
        seed=seed,
        planted=planted,
        month_index=month_index,
        weekday_index=weekday_index,
        weekend_ratio=sum(weekday_index[5:]) / 2 / (sum(weekday_index[:5]) / 5),
        kinds={"이륜차": planted.two_wheelers}
        | {kind: (1 - planted.two_wheelers) * share for kind, share in OTHER_KINDS.items()},
        dongs=tuple(
            Dong(ward.name, code, int(people), float(share), float(rate))
            for ward, code, people, share, rate in zip(
                WARDS, city.codes, ward_column("population"), city.share, city.log_rate, strict=True
            )
        ),
        hotspots=hotspots(city),
        cells=cell_shares(city, CELL),
        hot_cells=hot_cells(city),
        second_reports=tuple((str(register.number[i]), str(register.number[register.first[i]])) for i in second),
        counts=count_rows(register, planted),
        outcomes={str(state): int(n) for state, n in rows["처리구분"].value_counts().sort_index().items()},
        median_days=median_days(rows, [state for state in rows["처리구분"].unique() if state != OPEN]),
        full_median_days=full_median_days(register),
        city_hall=hall_point(city),
        floating={ward.name: tuple(map(float, line)) for ward, line in zip(WARDS, floating, strict=True)},
    )


def rhythms(days: Days, rain: FloatArray, planted: Planted) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Expected reports by month and by weekday, trend and change of intake taken out of the months."""
    expected = expected_reports(days, rain, planted)
    level = np.where(days.hole, 0.0, days.level / np.array(planted.month)[days.month])
    month = np.bincount(days.month, expected, 12) / np.bincount(days.month, level, 12)
    weekday = np.bincount(days.weekday, expected, 7) / np.bincount(days.weekday, ~days.hole, 7)
    return tuple((month / month.mean()).tolist()), tuple((weekday / weekday.mean()).tolist())


def hotspots(city: City) -> tuple[Hot, ...]:
    """Centres of the planted hotspots."""
    x, y = city.x[city.hot], city.y[city.hot]
    longitude, latitude = degrees(x, y)
    return tuple(
        Hot(WARDS[city.dong[house]].name, *map(float, place))
        for house, place in zip(city.hot, zip(longitude, latitude, x, y, strict=True), strict=True)
    )


def hot_cells(city: City) -> tuple[tuple[int, int, float], ...]:
    """Cells of which hotspots make `HOT` times as much or more, and how many times."""
    expected = city.weight * city.share[city.dong]
    cell = [(side // CELL).astype(int) for side in (city.x, city.y)]
    with_spots, without = (pd.Series(part).groupby(cell, sort=True).sum() for part in (expected, expected / city.lift))
    times = with_spots / without
    return tuple((int(x), int(y), float(value)) for (x, y), value in times[times >= HOT].items())


def count_rows(register: Register, planted: Planted) -> dict[str, int]:
    """How many rows of each sort the register has."""
    rows = register.rows
    unique = rows.drop_duplicates("접수번호")
    return {
        "rows": len(rows),
        "reports": len(unique),
        "with_point": int((rows["위도"] != "").sum()),
        "address_only": int((rows["위도"] == "").sum()),
        "city_hall": planted.city_hall,
        "at_zero": planted.at_zero,
        "at_sea": planted.at_sea,
        "exact_repeats": planted.exact_repeats,
        "open": int((unique["처리구분"] == OPEN).sum()),
        "closed_as_duplicate": int((unique["처리구분"] == DUPLICATE).sum()),
    }
