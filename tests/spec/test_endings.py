"""How cases end and what is said of the open ones: what it means, in small cities."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from builders import panel_of_events
from sigun.analysis.duration.step import duration
from sigun.plan.steps import Duration
from sigun.result import Result

TIMES = pd.date_range("2022-01-01 09:00", periods=200, freq="12h")
END = date(2022, 7, 1)


def run(times: Any = TIMES, end: date | None = END, **fields: Any) -> Result:
    return duration(Duration(method="duration"), panel_of_events(times, end=end, **fields), np.random.default_rng(1))


def after(days: Any) -> Any:
    return TIMES + pd.to_timedelta(np.broadcast_to(days, 200), unit="D")


def rows(result: Result, table: str, **where: Any) -> pd.DataFrame:
    found = result.tables[table]
    for column, value in where.items():
        found = found[found[column] == value]
    return found


def test_the_ways_to_end_and_what_is_open_add_up() -> None:
    outcome = ["confirmed", "not_found", "moved_by_owner", "open"] * 50
    found = rows(run(known_at=after([5, 20, 45, 1] * 50), outcome=outcome), "incidence", by="all")
    share = found.pivot_table(index="days", columns="outcome", values="share")
    assert share.sum(axis=1).to_numpy() == pytest.approx(np.ones(5))
    assert share.loc[7].to_dict() == {"confirmed": 0.25, "not_found": 0, "moved_by_owner": 0, "open": 0.75}
    assert share.loc[60].tolist() == [0.25] * 4


def test_the_curve_of_every_day_goes_through_the_table() -> None:
    outcome = ["confirmed", "not_found", "moved_by_owner", "open"] * 50
    result = run(known_at=after([5, 20, 45, 1] * 50), outcome=outcome)
    daily = result.tables["endings"].set_index(["outcome", "days"])["share"]
    assert daily.loc["not_found", 19] == 0 and daily.loc["not_found", 20] == 0.25
    told = rows(result, "incidence", by="all").query("outcome != 'open'").set_index(["outcome", "days"])["share"]
    assert daily.reindex(told.index).to_numpy() == pytest.approx(told.to_numpy())
    assert daily.index.get_level_values("days").max() == 90


def test_open_cases_do_not_lower_a_share_as_if_they_had_been_watched_to_the_end() -> None:
    """Half of the cases are confirmed after ten days, the others after fifty: late reports are not seen that long."""
    outcome = ["confirmed", "not_found"] * 100
    result = run(end=date(2022, 4, 11), known_at=after([10, 50] * 100), outcome=outcome)
    (late,) = rows(result, "incidence", by="all", outcome="not_found", days=60)["share"]
    assert late == pytest.approx(0.5, abs=0.04)


def test_a_request_closed_as_a_duplicate_ended_so() -> None:
    gone = pd.Series(after(5)).where(np.arange(200) % 4 == 0)
    why = np.where(gone.notna(), "duplicate", "")
    outcome = np.where(gone.notna(), "duplicate", "not_found")
    result = run(known_at=after(5), outcome=outcome, gone=gone, why=why)
    assert (result.fact("n").value, result.fact("requests").value) == (150, 200)
    assert rows(result, "incidence", by="all", outcome="duplicate", days=7)["share"].tolist() == [0.25]


def test_groups_with_few_closed_cases_stand_together() -> None:
    kind = ["승용"] * 150 + ["이륜차"] * 40 + ["화물"] * 6 + ["버스"] * 4
    found = rows(run(known_at=after(5), outcome="confirmed", kind=kind), "incidence", by="kind", days=7)
    groups = found.drop_duplicates("group").set_index("group")
    assert groups["n"].to_dict() == {"": 10, "승용": 150, "이륜차": 40}
    assert groups["pooled"].to_dict() == {"": 2, "승용": 0, "이륜차": 0}


def test_nothing_is_said_of_days_nobody_was_watched() -> None:
    times = pd.date_range("2022-01-01", periods=60, freq="6h")
    result = run(times, date(2022, 1, 20), known_at=times + pd.Timedelta(days=3), outcome="other")
    assert result.tables["incidence"]["days"].unique().tolist() == [7, 14]


def test_without_outcomes_there_are_no_endings_but_open_cases() -> None:
    result = run(closed_at=pd.Series(after(10)).where(np.arange(200) < 150))
    assert result.tables["incidence"].empty and result.tables["differences"].empty
    assert len(result.tables["open_cases"]) == 50


def test_a_kind_that_is_closed_later_is_told_from_the_others() -> None:
    rng = np.random.default_rng(2)
    kind = np.array(["승용", "승용", "화물", "이륜차"])[np.arange(200) % 4]
    days = rng.exponential(np.where(kind == "화물", 30.0, 6.0))
    found = rows(run(known_at=after(days), outcome="other", kind=kind), "differences", of="closing").set_index("group")
    assert found["reading"]["화물"] == "slower"
    assert found.loc["화물", "high"] < 0.7


def test_equal_kinds_are_hardly_ever_told_apart() -> None:
    rng, false = np.random.default_rng(3), 0
    for _ in range(20):
        kind = rng.choice(["가", "나", "다", "라"], 200)
        result = run(known_at=after(rng.exponential(10, 200)), outcome="other", kind=kind)
        false += bool((result.tables["differences"]["reading"] != "unclear").any())
    assert false <= 3


def test_open_cases_are_told_by_age_not_by_person() -> None:
    outcome = ["other"] * 190 + ["open"] * 10
    result = run(end=date(2022, 4, 16), known_at=after(np.tile(np.arange(1, 21), 10)), outcome=outcome, region="11")
    ages = rows(result, "open", by="age").set_index("group")["n"]
    assert ages.to_dict() == {"0–6": 4, "7–29": 10}
    assert rows(result, "open", by="area")["group"].tolist() == ["11"]
    told = {"id", "region", "age_days", "expected_days", "early", "late", "within_30d"}
    assert set(result.tables["open_cases"]) == told


def test_few_open_cases_of_an_area_are_shown_with_others() -> None:
    outcome = ["other"] * 188 + ["open"] * 12
    region = ["1", "2", "3"] * 62 + ["1"] * 2 + ["1"] * 6 + ["2"] * 4 + ["3"] * 2
    areas = rows(run(known_at=after(4), outcome=outcome, region=region), "open", by="area").set_index("group")["n"]
    assert areas.to_dict() == {"1": 6, "": 6}


def test_an_age_that_few_reached_is_not_guessed_at() -> None:
    outcome = ["open"] * 3 + ["other"] * 197
    result = run(known_at=after(5), outcome=outcome)
    assert result.tables["open_cases"]["expected_days"].isna().all()
    assert not result.has_fact("remaining_days")


def test_what_is_left_agrees_with_what_came() -> None:
    """Every case takes 40 days: a case 15 days old has 25 to go."""
    times = pd.date_range("2021-01-01 12:00", periods=400)
    closed = times + pd.Timedelta(days=40)
    result = run(times, date(2022, 2, 5), known_at=closed, outcome="other")
    ages = result.tables["open_cases"]
    assert (ages["age_days"] + 0.5 + ages["expected_days"]).to_numpy() == pytest.approx(40)
    assert rows(result, "open", by="all")["within_30d"].iloc[0] > 0.5


def test_boston_ends(shared: object) -> None:
    columns = ["occurred_at", "updated_at", "outcome", "status"]
    frame = pd.read_parquet(f"{shared}/data/events/boston/abandoned_vehicles.parquet", columns=columns)
    means = {"towed_or_removed": "confirmed", "not_at_location": "not_found", "duplicate": "duplicate"}
    outcome = frame["outcome"].map(means).fillna("other").mask(frame["status"] == "open", "open")
    known = frame["updated_at"].dt.tz_localize(None)
    result = run(frame["occurred_at"].dt.tz_localize(None), None, known_at=known, outcome=outcome)
    share = rows(result, "incidence", by="all", days=90).set_index("outcome")["share"]
    assert share["not_found"] == pytest.approx(0.46, abs=0.01)
    assert share[["confirmed", "duplicate"]].tolist() == pytest.approx([0.10, 0.105], abs=0.006)
