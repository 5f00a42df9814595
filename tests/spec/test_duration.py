"""What the time to closing is, and what it is not."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from builders import panel_of_events
from sigun.analysis.duration.step import duration
from sigun.errors import MethodError
from sigun.plan.steps import Duration
from sigun.result import Result

STEP = Duration(method="duration")
TIMES = pd.date_range("2022-01-01 09:00", periods=100)
END = date(2022, 7, 1)


def run(times: Any = TIMES, end: date | None = END, **fields: Any) -> Result:
    return duration(STEP, panel_of_events(times, end=end, **fields), np.random.default_rng(1))


def after(days: Any) -> Any:
    return TIMES + pd.to_timedelta(np.broadcast_to(days, 100), unit="D")


def says(result: Result, words: str) -> bool:
    return any(words in str(c) for c in result.cautions)


def test_the_closing_time_comes_before_the_last_change_of_status() -> None:
    result = run(closed_at=after(10), known_at=after(30), outcome="not_found")
    assert result.fact("median_days").value == 10.0
    assert not says(result, "stands in")


def test_the_last_change_of_status_stands_in() -> None:
    result = run(known_at=after(12), outcome="confirmed")
    assert result.fact("median_days").value == 12.0
    assert says(result, "stands in")


def test_open_cases_are_censored_at_the_end_not_dropped() -> None:
    outcome = ["open" if i % 2 else "not_found" for i in range(100)]
    result = run(known_at=after(5), outcome=outcome)
    assert (result.fact("n").value, result.fact("open_cases").value) == (100, 50)
    assert result.fact("open_after_30d").value == pytest.approx(0.5)


def test_what_closed_after_the_end_is_open_at_the_end() -> None:
    result = run(closed_at=after([10] * 60 + [400] * 40), outcome="not_found")
    assert result.fact("open_cases").value == 40


def test_without_outcomes_no_closing_time_means_open() -> None:
    closed = pd.Series(after(10)).where(np.arange(100) < 70)
    result = run(closed_at=closed)
    assert (result.fact("n").value, result.fact("open_cases").value) == (100, 30)
    assert result.tables["outcomes"].empty


def test_a_state_that_is_not_told_is_left_out_and_said() -> None:
    outcome = ["not_found"] * 80 + [None] * 20
    result = run(known_at=after(10), outcome=outcome)
    assert result.fact("n").value == 80
    assert says(result, "20 reports without a usable")


def test_closing_before_the_report_is_left_out() -> None:
    result = run(closed_at=after([10] * 95 + [-1] * 5), outcome="other")
    assert result.fact("n").value == 95


def test_years_have_their_own_medians() -> None:
    times = pd.date_range("2021-12-02", periods=80)  # 30 days of 2021, 50 of 2022
    closed = times + pd.to_timedelta(np.where(times < "2022-01-01", 7, 16), unit="D")
    years = run(times, closed_at=closed, outcome="other").tables["years"]
    assert years[["year", "n", "median_days"]].to_numpy().tolist() == [[2021, 30, 7.0], [2022, 50, 16.0]]
    few = run(times[1:], closed_at=closed[1:], outcome="other").tables["years"]
    assert few["n"].tolist() == [29, 50]
    assert few["median_days"].isna().tolist() == [True, False]


def test_outcome_shares() -> None:
    outcomes = run(known_at=after(3), outcome=["confirmed"] * 10 + ["not_found"] * 90).tables["outcomes"]
    assert outcomes["outcome"].tolist() == ["not_found", "confirmed"]
    assert outcomes["share"].tolist() == [0.9, 0.1]
    assert (outcomes["low"] < outcomes["share"]).all() and (outcomes["share"] < outcomes["high"]).all()


def test_the_curve_is_given_by_the_day() -> None:
    curve = run(known_at=after(np.arange(100) % 20 + 0.5), outcome="other").tables["curve"]
    assert curve["days"].tolist() == list(range(21))
    assert curve["share_open"].iloc[[0, 10, 20]].tolist() == pytest.approx([1.0, 0.5, 0.0])


def test_no_median_when_most_stay_open() -> None:
    result = run(known_at=after(5), outcome=["other"] * 30 + ["open"] * 70)
    assert not result.has_fact("median_days") and result.has_fact("p25_days")
    assert says(result, "no median")


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({}, id="neither closing times nor outcomes"),
        pytest.param({"outcome": "open"}, id="nothing ever closed"),
        pytest.param({"outcome": "other"}, id="closed, but when is not told"),
    ],
)
def test_no_closing_time_is_no_answer(fields: dict[str, Any]) -> None:
    with pytest.raises(MethodError) as error:
        run(**fields)
    assert error.value.what and error.value.remedy


def test_boston_closes_ever_later(shared: object) -> None:
    columns = ["occurred_at", "updated_at", "status"]
    frame = pd.read_parquet(f"{shared}/data/events/boston/abandoned_vehicles.parquet", columns=columns)
    outcome = frame["status"].map({"closed": "other", "open": "open"})
    known = frame["updated_at"].dt.tz_localize(None)
    result = run(frame["occurred_at"].dt.tz_localize(None), None, known_at=known, outcome=outcome)
    years = result.tables["years"].set_index("year")["median_days"]
    assert result.fact("median_days").value == pytest.approx(12, abs=0.6)
    assert years.loc[[2012, 2018]].tolist() == pytest.approx([7, 16], abs=0.8)
