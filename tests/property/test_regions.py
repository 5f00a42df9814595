"""What must hold for any figures of any year: nothing is lost or doubled on the way to a base date."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from carried import united
from sigun.plan.variables import Unit
from sigun.region.codes import shipped, units_at
from sigun.region.history import explain, to_base
from sigun.region.identify import identify
from sigun.region.kikmix import to_dongs

YEARS = st.integers(2000, 2025)
LEVELS = st.sampled_from(["sido", "sigungu"])


def figures(year: int, level: Unit, seed: int) -> pd.DataFrame:
    units = units_at(shipped(), date(year, 12, 31), level)["unit"]
    values = np.random.default_rng(seed).integers(1, 1000, len(units)).astype(float)
    return pd.DataFrame({"unit": units, "period": pd.Timestamp(year, 1, 1), "value": values})


@settings(max_examples=25, deadline=None)
@given(year=YEARS, base=YEARS, level=LEVELS, seed=st.integers(0, 99))
def test_counts_are_neither_lost_nor_doubled(year: int, base: int, level: Unit, seed: int) -> None:
    frame = figures(year, level, seed)
    day = date(base, 12, 31)
    found = united(frame, base=day, unit=level)
    where = explain(frame["unit"], shipped(), day, frame["period"])
    told = found.rows.loc[found.rows["value"].notna(), "region"]
    arrived = frame.loc[where["base"].isin(set(told)), "value"].sum()
    assert found.rows["value"].sum() == arrived
    left = frame.loc[~where["base"].isin(set(told)), "unit"]
    named = {*found.lost, *found.partial["region"], *found.refused["region"]}
    assert all(unit in named or where["base"][i] in named for i, unit in left.items())
    assert not found.rows.duplicated(["region", "period"]).any()


@settings(max_examples=15, deadline=None)
@given(year=YEARS, base=YEARS, seed=st.integers(0, 99), lost=st.floats(0.05, 0.5))
def test_a_region_is_told_only_where_all_its_parts_are(year: int, base: int, seed: int, lost: float) -> None:
    frame = figures(year, "sigungu", seed)
    gone = np.random.default_rng(seed + 1).random(len(frame)) < lost
    whole = united(frame, base=date(base, 12, 31)).rows.set_index("region")["value"]
    part = united(frame.assign(value=frame["value"].mask(gone)), base=date(base, 12, 31)).rows
    for region, value in zip(part["region"], part["value"], strict=True):
        assert np.isnan(value) or value == whole[region]


@settings(max_examples=15, deadline=None)
@given(year=YEARS, level=LEVELS)
def test_the_regions_of_a_day_stay_themselves_and_are_found_by_code_and_by_name(year: int, level: str) -> None:
    units = units_at(shipped(), date(year, 12, 31), level)  # type: ignore[arg-type]
    assert to_base(units["unit"], shipped(), date(year, 12, 31)).tolist() == units["unit"].tolist()
    period = pd.Timestamp(year, 12, 31)
    below = units["full"].str.split(" ", n=1).str[1]
    named = pd.DataFrame({"sido": units["sido"], "sigungu": below, "period": period})
    assert identify(named, shipped()).unit.tolist() == units["unit"].tolist()
    coded = pd.DataFrame({"region": units["unit"], "period": period})
    assert identify(coded, shipped(), scheme="mois").unit.tolist() == units["unit"].tolist()


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 999))
def test_rates_stay_between_those_of_the_parts(seed: int) -> None:
    rng = np.random.default_rng(seed)
    period = pd.Timestamp(2013, 1, 1)
    frame = pd.DataFrame({"unit": ["43110", "43710"], "period": period, "value": rng.random(2) + 0.5})
    frame["weight"] = rng.integers(1, 10_000, 2).astype(float)
    (value,) = united(frame, "rate").rows["value"].dropna()
    assert frame["value"].min() - 1e-12 <= value <= frame["value"].max() + 1e-12


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 999))
def test_sharing_out_keeps_the_total(seed: int) -> None:
    rng = np.random.default_rng(seed)
    legal = [f"11110{101 + n}00" for n in range(6)]
    pairs = [(code, f"11110{510 + k}00") for code in legal for k in range(4) if rng.random() < 0.5 or k == 0]
    shares = pd.DataFrame(pairs, columns=["legal", "dong"])
    size = pd.Series(rng.random(len(shares)) + 0.1)
    shares = shares.assign(share=size / size.groupby(shares["legal"]).transform("sum"), year=2022)
    frame = pd.DataFrame({"unit": legal, "period": pd.Timestamp(2022, 1, 1), "value": rng.random(6) * 100})
    assert np.isclose(to_dongs(frame, shares, "area").frame["value"].sum(), frame["value"].sum())
