"""Figures carried to the base date: counts, rates, indices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from sigun.region.carry import INCOMPLETE, NO_WEIGHT, NOT_COMBINED, Carried, Rule, carry
from sigun.region.codes import shipped
from sigun.region.history import MIXED, SPLIT

BASE = date(2022, 12, 31)
NAN = np.nan


def carried(rows: list[tuple[str, str, float, float]], rule: Rule = "sum", base: date = BASE) -> Carried:
    frame = pd.DataFrame(rows, columns=["unit", "period", "value", "weight"])
    return carry(frame.assign(period=pd.to_datetime(frame["period"])), rule, shipped(), base)


def values(found: Carried) -> dict[tuple[str, str], float]:
    keys = zip(found.frame["unit"], found.frame["period"].dt.strftime("%Y-%m"), strict=True)
    return dict(zip(keys, found.frame["value"], strict=True))


def test_counts_of_a_merged_city_are_added_and_that_is_said() -> None:
    found = carried([("43110", "2013", 7.0, NAN), ("43710", "2013", 2.0, NAN), ("43110", "2014", 9.0, NAN)])
    assert values(found) == {("43110", "2013-01"): 9.0, ("43110", "2014-01"): 9.0}
    assert found.frame[["told", "of"]].values.tolist() == [[2, 2], [1, 1]]
    assert "청주시" in str(found.said[0])


def test_a_part_is_not_the_whole() -> None:
    found = carried([("43110", "2013", 7.0, NAN), ("43710", "2013", NAN, NAN)])
    assert np.isnan(values(found)["43110", "2013-01"])
    assert found.refused["reason"].tolist() == [INCOMPLETE]
    alone = carried([("43110", "2013", 7.0, NAN)])
    assert np.isnan(values(alone)["43110", "2013-01"])
    assert alone.frame[["told", "of"]].values.tolist() == [[1, 2]]


def test_in_the_year_of_a_change_the_regions_before_or_after_it_are_enough() -> None:
    assert values(carried([("43110", "2014", 9.0, NAN)])) == {("43110", "2014-01"): 9.0}
    halves = carried([("44730", "2012", 300.0, NAN), ("36110", "2012", 700.0, NAN)])
    assert values(halves) == {("36110", "2012-01"): 1000.0}
    old = carried([("48110", "2010", 1.0, NAN), ("48160", "2010", 2.0, NAN), ("48190", "2010", 3.0, NAN)])
    assert values(old) == {("48120", "2010-01"): 6.0}


def test_before_the_change_a_month_needs_every_part() -> None:
    months = [("43110", "2014-02", 7.0, NAN), ("43110", "2014-08", 9.0, NAN)]
    assert values(carried(months))["43110", "2014-08"] == 9.0
    assert np.isnan(values(carried(months))["43110", "2014-02"])


def test_a_renamed_region_told_under_either_name_is_whole() -> None:
    months = [("41670", "2013-02", 70.0, NAN), ("41730", "2013-02", 0.0, NAN), ("41730", "2013-03", 71.0, NAN)]
    assert values(carried(months)) == {("41670", "2013-02"): 70.0, ("41670", "2013-03"): 71.0}


def test_rates_are_weighted_by_their_denominator() -> None:
    rows = [("43110", "2013", 1.2, 300.0), ("43710", "2013", 1.6, 100.0)]
    assert values(carried(rows, "weighted"))["43110", "2013-01"] == pytest.approx(1.3)
    assert carried(rows, "weighted").frame["weight"].tolist() == [400.0]


def test_a_rate_without_its_denominator_is_refused_where_regions_merged_and_kept_where_not() -> None:
    rows = [("43110", "2013", 1.2, NAN), ("43710", "2013", 1.6, 100.0), ("28170", "2013", 1.1, NAN)]
    found = carried(rows, "weighted")
    assert values(found)["28177", "2013-01"] == 1.1
    assert np.isnan(values(found)["43110", "2013-01"])
    assert found.refused["reason"].tolist() == [NO_WEIGHT]


def test_medians_and_indices_are_never_combined() -> None:
    rows = [("43110", "2013", 101.0, 1.0), ("43710", "2013", 99.0, 1.0), ("28170", "2013", 98.0, 1.0)]
    found = carried(rows, "refuse")
    assert values(found)["28177", "2013-01"] == 98.0
    assert np.isnan(values(found)["43110", "2013-01"])
    assert found.refused["reason"].tolist() == [NOT_COMBINED]


def test_what_was_divided_is_refused_with_the_reason() -> None:
    found = carried([("41283", "2003", 5.0, NAN), ("41111", "2003", 4.0, NAN)])
    assert values(found) == {("41111", "2003-01"): 4.0}
    assert found.refused[["unit", "reason", "rows"]].values.tolist() == [["41283", SPLIT, 1]]


def test_divided_regions_become_the_one_they_were_on_an_earlier_base_date() -> None:
    rows = [("41285", "2012", 3.0, NAN), ("41287", "2012", 4.0, NAN)]
    assert values(carried(rows, base=date(2004, 12, 31))) == {("41283", "2012-01"): 7.0}


def test_approximate_regions_are_marked_and_said() -> None:
    found = carried([("44730", "2010", 8.0, NAN), ("44150", "2010", 5.0, NAN)])
    assert found.frame["approximate"].tolist() == [True, True]
    assert "세종시" in str(found.said[0])


def test_a_region_put_together_from_one_and_a_part_of_another_is_refused() -> None:
    found = carried([("28140", "2025", 5.0, NAN)], base=date(2026, 12, 31))
    assert found.frame.empty, "동구 is not the whole of 제물포구"
    assert found.refused["reason"].tolist() == [MIXED]


def test_a_change_that_is_not_confirmed_is_said() -> None:
    codes = shipped()
    doubtful = codes.changes["new"].isin(["28177"])
    unsure = replace(codes, changes=codes.changes.assign(verified=~doubtful))
    frame = pd.DataFrame({"unit": ["28170"], "period": pd.to_datetime(["2016"]), "value": [5.0]})
    found = carry(frame, "sum", unsure, BASE)
    assert "인천광역시 남구" in str(found.said[0])


def test_nothing_to_carry() -> None:
    found = carried([])
    assert found.frame.empty
    assert found.refused.empty
    assert found.said == ()


def test_in_the_year_a_region_gave_birth_to_another_both_are_needed() -> None:
    base = date(2002, 12, 31)
    assert np.isnan(carried([("43760", "2003", 5.0, NAN)], base=base).frame["value"]).all()
    both = [("43760", "2003", 5.0, NAN), ("43745", "2003", 3.0, NAN)]
    assert values(carried(both, base=base)) == {("43760", "2003-01"): 8.0}
