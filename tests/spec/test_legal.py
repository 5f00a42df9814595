"""What figures by 법정동 become: 행정동 by the ministry's file and stated weights, else sums by 시군구; it is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from legal_tables import TABLE
from legal_tables import legal_panel_of as made
from regional import values
from sigun.panel.regional.model import RegionPanel


def told(panel: RegionPanel) -> dict[tuple[str, str], tuple[float | None, str]]:
    """(last word of the region's name, year) -> value and status, 종로구 and its 동 alone."""
    found = {(name.split()[-1], year): v for (name, year), v in values(panel, "reports").items() if "종로구" in name}
    return dict(sorted(found.items()))


def said(panel: RegionPanel) -> str:
    return " ".join(str(message) for card, message in panel.changes if card == "t")


@pytest.mark.parametrize("with_mix", [True, False])
def test_to_cities_they_are_added_up_and_that_is_said(tmp_path: Path, with_mix: bool) -> None:
    panel = made(tmp_path, with_mix=with_mix)
    assert told(panel) == {("종로구", "2020"): (14, "observed"), ("종로구", "2021"): (None, "not_observed")}
    assert "2 법정동 were added up to their 시군구" in said(panel)
    assert "행정동" not in said(panel)
    assert panel.unmatched.empty


def test_equal_parts_are_an_assumption_and_said(tmp_path: Path) -> None:
    panel = made(tmp_path, unit="dong", legal="equal")
    assert told(panel) == {
        ("사직동", "2020"): (2, "observed"),
        ("사직동", "2021"): (None, "not_observed"),
        ("청운효자동", "2020"): (12, "observed"),
        ("청운효자동", "2021"): (None, "not_observed"),
    }
    assert "by equal parts" in said(panel) and "is an assumption" in said(panel)
    assert "a part is not the whole" in said(panel)
    assert "not in the table" not in said(panel)


def test_stated_weights_are_no_assumption(tmp_path: Path) -> None:
    panel = made(tmp_path, unit="dong", legal="area")
    assert told(panel)["청운효자동", "2020"] == (13, "observed")
    assert told(panel)["사직동", "2020"] == (1, "observed")
    assert "by area" in said(panel) and "assumption" not in said(panel)


@pytest.mark.parametrize(
    ("with_mix", "legal", "why"),
    [
        (False, "equal", "(KIKmix) is not there"),
        (False, None, "(KIKmix) is not there"),
        (True, None, "the plan does not say how"),
    ],
)
def test_what_is_not_shared_out_goes_no_further_down_than_cities(
    tmp_path: Path, with_mix: bool, legal: str | None, why: str
) -> None:
    variables = [{"id": "whole", "table": "t", "column": "reports", "from": "sigungu"}]
    variables.append({"id": "reports", "table": "t"})
    panel = made(tmp_path, with_mix=with_mix, unit="dong", legal=legal, variables=variables)
    assert {value for value, _state in told(panel).values()} == {None}
    of_2020 = panel.frame[panel.frame["period"].dt.year == 2020]
    assert of_2020["whole"].tolist() == [14, 14]
    assert "added up to their 시군구" in said(panel) and why in said(panel)


def test_hidden_and_provisional_parts_make_hidden_and_provisional_wholes(tmp_path: Path) -> None:
    text = """
        region     | period | reports
        1111010100 | 2020   | 10
        1111011500 | 2020   | x
        1111010100 | 2021   | 20
        1111011500 | 2021   | 4p
    """
    of_cities = told(made(tmp_path, text))
    assert of_cities == {("종로구", "2020"): (None, "suppressed"), ("종로구", "2021"): (24, "provisional")}
    of_dongs = told(made(tmp_path, text, unit="dong", legal="equal"))
    assert of_dongs["사직동", "2020"] == (None, "suppressed")
    assert of_dongs["청운효자동", "2021"] == (22, "provisional")


def test_what_the_table_tells_of_a_city_itself_counts(tmp_path: Path) -> None:
    own = TABLE + "    1111000000 | 2020   | 15\n"
    assert told(made(tmp_path, own))["종로구", "2020"] == (15, "observed")


def test_villages_below_a_told_town_are_not_counted_again(tmp_path: Path) -> None:
    text = """
        region     | period | reports
        4182025000 | 2020   | 9
        4182025021 | 2020   | 4
        4182025022 | 2020   | 5
        4182031021 | 2020   | 1
    """
    found = values(made(tmp_path, text, within=["경기"]), "reports")
    assert found["경기도 가평군", "2020"] == (10, "observed")


def test_districts_of_a_city_make_up_the_city(tmp_path: Path) -> None:
    rows = [f"{gu}10100 | 2020 | {n}" for n, gu in enumerate(("41111", "41113", "41115", "41117"), 1)]
    found = values(made(tmp_path, "region | period | reports\n" + "\n".join(rows), within=["경기"]), "reports")
    assert found["경기도 수원시", "2020"] == (10, "observed")


def test_a_table_without_periods(tmp_path: Path) -> None:
    text = "region | reports\n1111010100 | 10\n1111011500 | 4"
    assert {v for v, _state in told(made(tmp_path, text)).values()} == {14}
    shared = told(made(tmp_path, text, unit="dong", legal="equal"))
    assert {name: value for (name, _year), (value, _state) in shared.items()} == {"사직동": 2, "청운효자동": 12}


def test_a_legal_dong_that_no_pair_knows_is_named(tmp_path: Path) -> None:
    panel = made(tmp_path, TABLE + "    1111019900 | 2020   | 7\n", unit="dong", legal="equal")
    assert "Not shared out: 1111019900" in said(panel)
    assert told(panel)["청운효자동", "2020"] == (12, "observed")


def test_tables_by_official_dong_stay_as_they_are(tmp_path: Path) -> None:
    text = "region | period | reports\n1111051500 | 2020 | 3\n1111053000 | 2020 | 4"
    panel = made(tmp_path, text, unit="dong", legal="equal")
    found = told(panel)
    assert found["사직동", "2020"] == (4, "observed") and found["청운효자동", "2020"] == (3, "observed")
    assert said(panel) == ""


def test_a_rate_the_table_tells_of_cities_itself_is_taken(tmp_path: Path) -> None:
    text = """
        region     | period | reports | rate
        1111000000 | 2020   | 14      | 1.5
        1111010100 | 2020   | 10      | 2.0
        1111011500 | 2020   | 4       | 1.0
    """
    measures = {"reports": "flow 건", "rate": "rate ‰"}
    variables = [{"id": "reports", "table": "t", "column": "rate"}]
    found = told(made(tmp_path, text, measures=measures, variables=variables))
    assert found["종로구", "2020"] == (1.5, "observed")
