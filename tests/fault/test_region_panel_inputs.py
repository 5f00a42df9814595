"""Bad inputs to a region panel: each is said with what, where and what to do; nothing is guessed silently."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from regional import card_of, region_panel_of, table_of, values
from sigun.errors import SigunError

BIRTHS: dict[str, Any] = {"variables": [{"id": "births", "table": "births"}], "within": ["충북"]}


def tables(text: str, measure: str = "flow 명", **card: Any) -> dict[str, Any]:
    return {"births": (card_of("births", {"births": measure}, **card), table_of(text))}


def refused(folder: Path, panel: dict[str, Any], cards: dict[str, Any], **more: Any) -> SigunError:
    with pytest.raises(SigunError) as bad:
        region_panel_of(folder, panel, cards, **more)
    assert bad.value.what and bad.value.where and bad.value.remedy
    return bad.value


KNOWN = "충청북도 | 충주시 | 2020 | 5\n충청북도 | 제천시 | 2020 | 4\n충청북도 | 음성군 | 2020 | 6\n"
STRANGE = "충청북도 | 없는시 | 2020 | 7\n충청북도 | 모를군 | 2020 | 8\n"
HEAD = "sido | sigungu | period | births\n"


def test_a_join_that_loses_forty_per_cent_stops(tmp_path: Path) -> None:
    bad = refused(tmp_path, BIRTHS, tables(HEAD + KNOWN + STRANGE))
    assert "40.0 %" in bad.what and "없는시" in bad.what and "loss_max" in bad.remedy


def test_a_region_nobody_knows_is_said_and_its_weight_too(tmp_path: Path) -> None:
    made = region_panel_of(tmp_path, {**BIRTHS, "loss_max": 0.5}, tables(HEAD + KNOWN + STRANGE))
    lost = made.losses[made.losses["reason"] == "unmatched"].iloc[0]
    assert (lost["rows"], lost["regions"]) == (2, 2)
    assert lost["amount_share"] == pytest.approx(15 / 30)
    assert set(made.unmatched["place"]) == {"충청북도 없는시", "충청북도 모를군"}
    assert any(f.kind == "unmatched_regions" for f in made.findings)


def test_a_code_valid_only_before_the_base_date_is_carried(tmp_path: Path) -> None:
    """여주군 (41730) ended in 2013; 여주시 (41670) is what it became."""
    table = pd.DataFrame(
        {"region": ["41730", "41670"], "period": pd.to_datetime(["2012", "2014"]), "births": [3.0, 4.0]}
    )
    blank = dict.fromkeys(("sido", "sigungu", "dong"))
    table = table.assign(**blank, span="year", provisional=False)
    cards = {"births": (card_of("births", {"births": "flow 명"}, scheme="mois"), table)}
    found = values(region_panel_of(tmp_path, {**BIRTHS, "within": ["경기"]}, cards), "births")
    assert found["경기도 여주시", "2012"] == (3, "observed")
    assert found["경기도 여주시", "2014"] == (4, "observed")
    assert len(found) == 31 * 3


def test_a_region_that_was_put_together_after_the_base_date_is_not_taken_apart(tmp_path: Path) -> None:
    text = HEAD + "충청북도 | 청주시 | 2016 | 900\n충청북도 | 충주시 | 2016 | 5\n"
    made = region_panel_of(tmp_path, {**BIRTHS, "base": "2012-12-31"}, tables(text))
    assert values(made, "births")["충청북도 청주시", "2016"] == (None, "not_observed")
    lost = made.losses[made.losses["reason"] == "joined"].iloc[0]
    assert lost["names"] == "충청북도 청주시" and lost["amount_share"] == pytest.approx(900 / 905)
    assert any(c.kind == "carried_whole" and not c.held for c in made.checks)


def test_a_region_told_twice_with_different_values_stops(tmp_path: Path) -> None:
    bad = refused(tmp_path, BIRTHS, tables(HEAD + "충청북도 | 충주시 | 2020 | 5\n충청북도 | 충주시 | 2020 | 6\n"))
    assert "told twice" in bad.what and "43130" in bad.what


def test_sejong_told_twice_with_different_values_stops(tmp_path: Path) -> None:
    text = HEAD + "세종특별자치시 |  | 2020 | 8\n세종특별자치시 | 세종시 | 2020 | 7\n"
    assert "36110" in refused(tmp_path, {**BIRTHS, "within": ["세종"]}, tables(text)).what


def test_the_same_value_twice_is_one(tmp_path: Path) -> None:
    made = region_panel_of(
        tmp_path, BIRTHS, tables(HEAD + "충청북도 | 충주시 | 2020 | 5\n충청북도 | 충주시 | 2020 | 5\n")
    )
    assert values(made, "births")["충청북도 충주시", "2020"] == (5, "observed")


def test_a_year_is_not_divided_into_months(tmp_path: Path) -> None:
    bad = refused(tmp_path, {**BIRTHS, "span": "month"}, tables(HEAD + KNOWN))
    assert "nothing is divided up" in bad.what and "panel.variables.births" in bad.where


@pytest.mark.parametrize("measure", ["stock 명", "rate ‰", "index 2017=100"])
def test_months_of_what_does_not_add_up_need_a_word(tmp_path: Path, measure: str) -> None:
    bad = refused(tmp_path, BIRTHS, tables(HEAD + "충청북도 | 충주시 | 2020-01 | 5\n", measure))
    assert "how it becomes one value" in bad.what and "over_time" in bad.remedy


def test_several_problems_are_said_together(tmp_path: Path) -> None:
    cards = tables(HEAD + "충청북도 | 충주시 | 2020-01 | 5\n", "stock 명")
    twice = [{"id": "births", "table": "births"}, {"id": "again", "table": "births", "column": "births"}]
    with pytest.raises(SigunError) as bad:
        region_panel_of(tmp_path, {**BIRTHS, "variables": twice}, cards)
    assert len(getattr(bad.value, "problems", ())) == 2


def test_a_check_may_stop_the_run(tmp_path: Path) -> None:
    check = {"check": "total_equals", "column": "births", "totals": {"2020": 99}, "source": "연보"}
    cards = tables(HEAD + KNOWN, checks=[{**check, "on_fail": "stop"}])
    bad = refused(tmp_path, BIRTHS, cards)
    assert "15 / 99" in bad.what and "on_fail" in bad.remedy
    cards = tables(HEAD + KNOWN, checks=[check])
    made = region_panel_of(tmp_path, BIRTHS, cards)
    assert made.findings[0].kind == "check_failed" and "15 / 99" in str(made.findings[0].said)


def test_children_that_do_not_add_up_are_named(tmp_path: Path) -> None:
    text = HEAD + KNOWN + "충청북도 |  | 2020 | 16\n"
    cards = tables(text, checks=[{"check": "children_add_up", "columns": ["births"]}])
    made = region_panel_of(tmp_path, BIRTHS, cards)
    (failed,) = (c for c in made.checks if not c.held)
    assert (failed.place, failed.expected, failed.found, failed.period) == ("충청북도", 16, 15, "2020")


def test_abolished_districts_told_as_nought_are_no_children(tmp_path: Path) -> None:
    """부천's districts ended in July 2016; files go on with 0 for them, from January on."""
    text = (
        HEAD
        + "경기도 | 부천시 | 2016 | 60\n"
        + "".join(f"경기도 | 부천시 {g} | 2016 | 0\n" for g in ("원미구", "소사구", "오정구"))
    )
    cards = tables(text, checks=[{"check": "children_add_up", "columns": ["births"]}])
    made = region_panel_of(tmp_path, {**BIRTHS, "within": ["경기"]}, cards)
    assert [c for c in made.checks if not c.held] == []
    assert values(made, "births")["경기도 부천시", "2016"] == (60, "observed")


def test_another_table_names_where_the_figures_are_lacking(tmp_path: Path) -> None:
    checks = [{"variable": "births", "level": "sido", "table": "official", "column": "births"}]
    official = table_of(HEAD + "충청북도 |  | 2020 | 20\n")
    cards = {**tables(HEAD + KNOWN), "official": (card_of("official", {"births": "flow 명"}), official)}
    made = region_panel_of(tmp_path, {**BIRTHS, "checks": checks}, cards)
    (failed,) = (c for c in made.checks if not c.held)
    assert (failed.kind, failed.place, failed.expected, failed.found) == ("adds_up_to", "충청북도", 20, 15)


def test_no_region_at_all(tmp_path: Path) -> None:
    assert "within" in refused(tmp_path, {**BIRTHS, "within": ["화성도"]}, tables(HEAD + KNOWN)).remedy
    bad = refused(tmp_path, {**BIRTHS, "unit": "dong"}, tables(HEAD + KNOWN))
    assert "regions import" in bad.remedy


def test_a_period_outside_the_panel_to_set_against(tmp_path: Path) -> None:
    derived = [{"id": "x", "op": "rebase", "of": "births", "at": "1999-01-01"}]
    assert "no such period" in refused(tmp_path, {**BIRTHS, "derived": derived}, tables(HEAD + KNOWN)).what


def test_a_time_without_a_whole_period(tmp_path: Path) -> None:
    time = {"start": "2020-02-01", "end": "2020-06-01"}
    assert "No period is left" in refused(tmp_path, BIRTHS, tables(HEAD + KNOWN), time=time).what
