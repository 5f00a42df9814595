"""What the kinds of vehicle are shares of."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from builders import panel_of_events
from sigun.analysis.describe.kinds import kinds
from sigun.errors import MethodError
from sigun.plan.steps import Kinds
from sigun.result import Result, result_hash

STEP = Kinds(method="kinds")
TIMES = [*pd.date_range("2022-12-02", periods=30), *pd.date_range("2023-01-01", periods=30)]
KIND = ["이륜차"] * 45 + ["승용"] * 15


def run(times: Any = TIMES, **fields: Any) -> Result:
    return kinds(STEP, panel_of_events(times, **fields), np.random.default_rng(1))


def test_shares_are_of_the_reports_that_tell() -> None:
    result = run(kind=[*KIND[:50], *[None] * 10])
    table = result.tables["kinds"].set_index("kind")
    assert table["reports"].to_dict() == {"이륜차": 45, "승용": 5}
    assert table.loc["이륜차", "share"] == pytest.approx(0.9)
    assert result.fact("not_told_share").value == pytest.approx(1 / 6)
    assert (result.fact("kinds").value, result.fact("top_kind").value) == (2, "이륜차")
    assert str(result.cautions[0]).startswith("10 reports")


def test_confirmed_shares_are_of_closed_reports() -> None:
    outcome = ["confirmed"] * 20 + ["not_found"] * 20 + ["open"] * 5 + [None] * 15
    table = run(kind=KIND, outcome=outcome).tables["kinds"].set_index("kind")
    assert table.loc["이륜차", "confirmed_share"] == pytest.approx(0.5)
    assert table.loc["이륜차", "confirmed_low"] < 0.5 < table.loc["이륜차", "confirmed_high"]
    assert table.loc["승용", ["confirmed_share", "confirmed_low"]].isna().all()


def test_by_year_and_by_region() -> None:
    outlines = pd.DataFrame({"region": ["11", "12"], "name": ["가능동", "호원동"]})
    result = run(kind=KIND, region=["11"] * 30 + ["12"] * 20 + ["99"] * 5 + [None] * 5, outlines=outlines)
    year = result.tables["by_year"].set_index(["year", "kind"])["share"]
    assert year.to_dict() == pytest.approx({(2022, "이륜차"): 1.0, (2023, "이륜차"): 0.5, (2023, "승용"): 0.5})
    region = result.tables["by_region"].set_index(["name", "kind"])["reports"]
    assert region.to_dict() == {
        ("가능동", "이륜차"): 30,
        ("호원동", "이륜차"): 15,
        ("호원동", "승용"): 5,
        ("99", "승용"): 5,  # a region without an outline keeps its code
    }


def test_data_without_kinds_say_so() -> None:
    result = run()
    assert result.tables["kinds"].empty and result.tables["by_region"].empty and result.tables["by_year"].empty
    assert (result.fact("kinds").value, result.fact("not_told_share").value) == (0, 1.0)
    assert not result.has_fact("top_share")
    assert any("do not tell the kind" in str(c) for c in result.cautions)
    assert result_hash({"kinds": result})


def test_many_kinds_are_put_together() -> None:
    names = [f"k{i:02}" for i in range(20)]
    result = run(kind=[name for name in names for _ in range(3)])
    assert len(result.tables["kinds"]) == 13
    assert result.tables["kinds"].set_index("kind").loc["other", "reports"] == 24
    assert result.fact("kinds").value == 20
    assert any("12 commonest" in str(c) for c in result.cautions)


def test_too_few_reports() -> None:
    with pytest.raises(MethodError):
        run(TIMES[:29], kind="승용")


def test_reports_of_one_vehicle_count_as_one_vehicle_for_the_interval() -> None:
    plates = [f"p{n}" for n in range(60)]
    alone = run(kind=KIND, vehicle=plates).fact("top_share")
    twice = run(times=TIMES * 2, kind=KIND * 2, vehicle=plates * 2).fact("top_share")
    assert (twice.value, twice.low, twice.high) == pytest.approx((alone.value, alone.low, alone.high))
    others = run(times=TIMES * 2, kind=KIND * 2, vehicle=[f"p{n}" for n in range(120)]).fact("top_share")
    assert others.low > alone.low and others.high < alone.high


def test_where_plates_are_not_told_reports_of_one_address_go_together() -> None:
    doors = [f"가능로 {n}" for n in range(60)]
    twice = run(times=TIMES * 2, kind=KIND * 2, address=doors * 2).fact("top_share")
    alone = run(kind=KIND, address=doors).fact("top_share")
    assert (twice.low, twice.high) == pytest.approx((alone.low, alone.high))
