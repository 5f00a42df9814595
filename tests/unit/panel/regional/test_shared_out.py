"""What a divided region told is shared out as its table of regions declares it."""

from __future__ import annotations

import pandas as pd
import pytest

from sigun.panel.regional.shared_out import share_out
from sigun.region.codes import Codes
from sigun.region.own import own_codes, read_own
from sigun.units import Measure

BASE = pd.Timestamp(2024, 12, 31)
NAN = float("nan")
ROWS = [
    ("98", "한결도", "", "", "", "", ""),
    ("98020", "옛시", "98", "", "2017-07-01", "98030", "0.6"),
    ("98020", "옛시", "98", "", "2017-07-01", "98040", "0.4"),
    ("98030", "새시", "98", "2017-07-01", "", "", ""),
    ("98040", "헌시", "98", "2017-07-01", "2020-01-01", "98050", "0.5"),
    ("98040", "헌시", "98", "2017-07-01", "2020-01-01", "98060", "0.5"),
    ("98050", "갑시", "98", "2020-01-01", "", "", ""),
    ("98060", "을시", "98", "2020-01-01", "", "", ""),
]


@pytest.fixture
def codes() -> Codes:
    names = ["code", "name", "parent", "since", "until", "became", "share"]
    return own_codes(read_own(pd.DataFrame(ROWS, columns=names, dtype="str"), "own.csv"))


def rows(*told: tuple[str, int, float]) -> pd.DataFrame:
    units, years, values = zip(*told, strict=True)
    period = pd.to_datetime([str(y) for y in years]).astype("datetime64[us]")
    return pd.DataFrame({"period": period, "unit": units, "value": values, "state": 0, "weight": NAN})


def shared(frame: pd.DataFrame, codes: Codes, measure: Measure, base: pd.Timestamp = BASE) -> dict[str, float]:
    additive = measure in ("flow", "stock")
    whole, _which = share_out(frame, codes, base, measure, additive)
    told = whole[whole["value"].notna()]
    return {unit: round(value, 6) for unit, value in zip(told["unit"], told["value"], strict=True)}


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("flow", {"98030": 60.0, "98050": 20.0, "98060": 20.0}),  # 헌시's share was divided again
        ("stock", {"98030": 60.0, "98050": 20.0, "98060": 20.0}),
        ("rate", {"98030": 100.0, "98050": 100.0, "98060": 100.0}),
        ("index", {"98020": 100.0}),  # an index of the whole says nothing of a part
    ],
)
def test_counts_by_the_shares_and_rates_as_they_were(
    measure: Measure, expected: dict[str, float], codes: Codes
) -> None:
    assert shared(rows(("98020", 2010, 100.0)), codes, measure) == expected


def test_before_the_division_nothing_is_shared(codes: Codes) -> None:
    told = rows(("98020", 2010, 100.0))
    assert shared(told, codes, "flow", pd.Timestamp(2016, 12, 31)) == {"98020": 100.0}


def test_what_the_new_region_tells_itself_counts_before_its_share(codes: Codes) -> None:
    told = rows(("98020", 2010, 100.0), ("98030", 2010, 70.0), ("98040", 2010, 0.0))
    assert shared(told, codes, "stock") == {"98030": 70.0, "98050": 20.0, "98060": 20.0}


def test_flows_of_the_year_of_the_division_are_added(codes: Codes) -> None:
    told = rows(("98020", 2017, 50.0), ("98030", 2017, 33.0), ("98040", 2017, 21.0))
    assert shared(told, codes, "flow") == {"98030": 63.0, "98050": 20.5, "98060": 20.5}


def test_nought_is_a_rate_but_no_count(codes: Codes) -> None:
    told = rows(("98020", 2010, 0.0), ("98030", 2010, NAN))
    assert shared(told, codes, "rate") == {"98030": 0.0, "98050": 0.0, "98060": 0.0}
    assert shared(told, codes, "flow") == {"98020": 0.0}


def test_which_values_are_shares_is_told(codes: Codes) -> None:
    _whole, which = share_out(rows(("98020", 2010, 100.0), ("98030", 2018, 5.0)), codes, BASE, "flow", True)
    assert sorted(which["unit"]) == ["98030", "98050", "98060"]
