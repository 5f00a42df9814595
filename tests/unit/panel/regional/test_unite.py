"""Korea's regions carried to a base date: counts, rates, indices; what is said of what was carried."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from carried import BASE, carried, pairs, united, values
from sigun.panel.regional.dictionary import Titles
from sigun.panel.regional.findings import findings_of
from sigun.panel.regional.losses import losses_table
from sigun.plan.variables import Regional, Variable
from sigun.region.codes import shipped
from sigun.region.history import MIXED, SPLIT

NAN = float("nan")


def test_counts_of_a_merged_city_are_added_and_known_as_such() -> None:
    found = carried([("43110", "2013", 7.0), ("43710", "2013", 2.0), ("43110", "2014", 9.0)])
    assert values(found) == {("43110", "2013-01"): 9.0, ("43110", "2014-01"): 9.0}
    assert pairs(found.merged) == [("43110", "2013-01")]


@pytest.mark.parametrize("rows", [[("43110", "2013", 7.0), ("43710", "2013", NAN)], [("43110", "2013", 7.0)]])
def test_a_part_is_not_the_whole(rows: list[tuple[str, str, float]]) -> None:
    found = carried(rows)
    assert values(found) == {}
    assert pairs(found.partial) == [("43110", "2013-01")]


def test_in_the_year_of_a_change_the_regions_before_or_after_it_are_enough() -> None:
    assert values(carried([("43110", "2014", 9.0)])) == {("43110", "2014-01"): 9.0}
    halves = carried([("44730", "2012", 300.0), ("36110", "2012", 700.0)])
    assert values(halves) == {("36110", "2012-01"): 1000.0}
    old = carried([("48110", "2010", 1.0), ("48160", "2010", 2.0), ("48190", "2010", 3.0)])
    assert values(old) == {("48120", "2010-01"): 6.0}


def test_months_before_a_change_within_its_year() -> None:
    """The merged city kept its code: its own figure of a month may already be of the whole, one beside it is added."""
    months = [("43110", "2014-02", 7.0), ("43710", "2014-02", 2.0), ("43110", "2014-08", 9.0)]
    assert values(carried(months, span="month")) == {("43110", "2014-02"): 9.0, ("43110", "2014-08"): 9.0}
    earlier = [("43110", "2013-12", 7.0)]
    assert values(carried(earlier, span="month")) == {}


def test_a_renamed_region_told_under_either_name_is_whole() -> None:
    months = [("41670", "2013-02", 70.0), ("41730", "2013-02", 0.0), ("41730", "2013-03", 71.0)]
    assert values(carried(months, span="month")) == {("41670", "2013-02"): 70.0, ("41670", "2013-03"): 71.0}


def test_rates_are_weighted_by_their_denominator() -> None:
    found = carried([("43110", "2013", 1.2, 300.0), ("43710", "2013", 1.6, 100.0)], "rate")
    assert values(found)["43110", "2013-01"] == pytest.approx(1.3)


def test_a_rate_without_its_denominator_is_refused_where_regions_merged_and_kept_where_not() -> None:
    found = carried([("43110", "2013", 1.2, NAN), ("43710", "2013", 1.6, 100.0), ("28170", "2013", 1.1, NAN)], "rate")
    assert values(found) == {("28177", "2013-01"): 1.1}
    assert pairs(found.refused) == [("43110", "2013-01")]


def test_medians_and_indices_are_never_combined() -> None:
    rows = [("43110", "2013", 101.0, 1.0), ("43710", "2013", 99.0, 1.0), ("28170", "2013", 98.0, 1.0)]
    found = carried(rows, "index")
    assert values(found) == {("28177", "2013-01"): 98.0}
    assert pairs(found.refused) == [("43110", "2013-01")]


def test_what_was_divided_is_lost_with_the_reason() -> None:
    found = carried([("28140", "2025", 5.0), ("28260", "2025", 4.0)], base=date(2026, 12, 31))
    assert found.lost == {"28140": MIXED, "28260": SPLIT}
    assert found.rows["value"].isna().all()


def test_divided_regions_become_the_one_they_were_on_an_earlier_base_date() -> None:
    found = carried([("28260", "2027", 3.0), ("28A03", "2027", 4.0)])
    assert values(found) == {("28260", "2027-01"): 7.0}


def test_approximate_regions_are_marked() -> None:
    found = carried([("44730", "2010", 8.0), ("44150", "2010", 5.0)])
    assert {"36110", "44150"} <= set(found.approximate)


def test_in_the_year_a_region_gave_birth_to_another_both_are_needed() -> None:
    base = date(2002, 12, 31)
    assert values(carried([("43760", "2003", 5.0)], base=base)) == {}
    both = [("43760", "2003", 5.0), ("43745", "2003", 3.0)]
    assert values(carried(both, base=base)) == {("43760", "2003-01"): 8.0}


def test_nothing_to_carry() -> None:
    found = carried([])
    assert found.rows.empty and found.lost == {} and found.unconfirmed == ()


def test_a_change_that_is_not_confirmed_is_said() -> None:
    codes = shipped()
    unsure = replace(codes, changes=codes.changes.assign(verified=codes.changes["new"] != "28177"))
    frame = pd.DataFrame({"unit": ["28170"], "period": ["2016"], "value": [5.0]})
    assert united(frame).unconfirmed == ()
    found = united(frame, codes=unsure)
    assert found.unconfirmed == ("28177",)
    asked = Regional(base=BASE, variables=(Variable(id="value", table="t"),))
    titles = Titles({}, {}, {})
    frame = pd.DataFrame({"value__status": ["observed"]})
    findings = findings_of((), losses_table([]), {"value": found}, frame, asked, unsure, titles)
    said = [str(one.said) for one in findings if one.kind == "unconfirmed"]
    assert said == ["The change of these regions is not yet confirmed by an official table: 인천광역시 미추홀구."]
