"""What a trend means: per observed day, within regimes, honest about what was not seen."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from builders import panel_of_events, reports_on
from sigun.analysis.describe.trend import trend
from sigun.errors import MethodError
from sigun.plan.steps import Trend
from sigun.result import Result

STEP = Trend(method="trend")


def run(*args: object, **fields: object) -> Result:
    return trend(STEP, panel_of_events(*args, **fields), np.random.default_rng(1))


def days(first: str, last: str) -> pd.DatetimeIndex:
    return pd.date_range(first, last)


def test_a_hole_is_not_a_quiet_season() -> None:
    whole = days("2020-01-01", "2023-12-31")
    hole = (date(2021, 4, 10), date(2021, 7, 1))
    kept = whole[(whole < pd.Timestamp(hole[0])) | (whole >= pd.Timestamp(hole[1]))]
    result = run(reports_on(kept, 2), holes=[hole])
    months = result.tables["months"].set_index("month")
    assert months.loc[date(2021, 4, 1), ["days_observed", "status"]].tolist() == [9, "partial"]
    assert months.loc[date(2021, 4, 1), "rate"] == pytest.approx(60.0)
    assert months.loc[date(2021, 5, 1), "status"] == "hole"
    assert months.loc[date(2021, 5, 1), ["reports", "rate", "low", "high"]].isna().all()
    assert result.tables["years"]["rate"].tolist() == pytest.approx([2 * 365.25] * 4)
    assert result.fact("yearly_change").value == pytest.approx(0.0, abs=1e-6)


def test_growth_is_found_with_its_interval() -> None:
    rng = np.random.default_rng(7)
    when = days("2018-01-01", "2022-12-31")
    rate = 4 * 1.15 ** (np.arange(len(when)) / 365.25)
    change = run(reports_on(when, rng.poisson(rate))).fact("yearly_change")
    assert change.low is not None and change.high is not None
    assert change.low < 0.15 < change.high
    assert change.high - change.low < 0.1


def test_a_change_of_intake_is_no_growth() -> None:
    when = days("2018-01-01", "2022-12-31")
    counts = np.where(when < "2021-01-01", 2, 6)
    result = run(reports_on(when, counts), regimes=[date(2021, 1, 1)])
    assert result.fact("yearly_change").value == pytest.approx(0.0, abs=1e-6)
    (step,) = result.tables["regimes"].itertuples()
    assert (step.before, step.after, step.ratio) == pytest.approx((60.0, 180.0, 3.0))
    assert step.low < 3 < step.high
    assert result.tables["slopes"]["months"].tolist() == [36, 24]
    assert any("taken in" in str(c) for c in result.cautions)


@pytest.mark.parametrize(("later", "differ"), [(-0.2, 0), (0.25, 1)], ids=["fell on", "fell, then rose"])
def test_opposite_slopes_are_not_pooled(later: float, differ: int) -> None:
    """Falling by a fifth a year before the change of intake; afterwards either the same or the reverse."""
    when = days("2018-01-01", "2023-12-31")
    years, turn = np.arange(len(when)) / 365.25, when >= "2021-01-01"
    level = np.where(turn, (30 if later > 0 else 30 * 0.8**3) * (1 + later) ** (years - 3), 30 * 0.8**years)
    result = run(reports_on(when, level.round().astype(int)), regimes=[date(2021, 1, 1)])
    assert result.fact("stretches_differ").value == differ
    assert any("stretch by stretch" in str(c) for c in result.cautions) is bool(differ)
    (step,) = result.tables["regimes"].itertuples()  # the step on the very day: nothing, or from 15.4 back to 30
    assert step.ratio == pytest.approx(30 / (30 * 0.8**3) if differ else 1.0, rel=0.05)


@pytest.mark.parametrize(
    ("regimes", "holes", "told"),
    [
        pytest.param([], [], True, id="plain"),
        pytest.param([date(2021, 6, 1)], [], False, id="a regime changes in the two years"),
        pytest.param([date(2019, 6, 1)], [], True, id="it changed before them"),
        pytest.param([], [(date(2022, 2, 1), date(2022, 8, 1))], False, id="half a year was not collected"),
        pytest.param([], [(date(2022, 2, 1), date(2022, 3, 1))], True, id="a month was not"),
    ],
)
def test_the_last_year_is_compared_only_where_it_can_be(
    regimes: list[date], holes: list[tuple[date, date]], told: bool
) -> None:
    result = run(reports_on(days("2019-01-01", "2022-12-31"), 3), regimes=regimes, holes=holes)
    assert result.has_fact("change_12m") is told
    if told:
        assert result.fact("change_12m").value == pytest.approx(0.0, abs=1e-9)


def test_last_and_previous_twelve_months() -> None:
    when = days("2021-01-01", "2022-12-31")
    result = run(reports_on(when, np.where(when < "2022-01-01", 2, 3)))
    assert (result.fact("previous_12m").value, result.fact("last_12m").value) == (730, 1095)
    change = result.fact("change_12m")
    assert change.value == pytest.approx(0.5)
    assert change.low is not None and change.low > 0.3


def test_two_outcomes() -> None:
    when = reports_on(days("2021-01-01", "2021-02-28"), 2)
    told = run(when, outcome=["confirmed", "not_found"] * 59).tables["months"]
    assert told["confirmed"].tolist() == [31, 28]
    assert run(when).tables["months"]["confirmed"].isna().all()  # not told is not zero


def test_a_short_series_has_months_but_no_yearly_change() -> None:
    result = run(reports_on(days("2021-01-01", "2021-06-30"), 1))
    assert not result.has_fact("yearly_change")
    assert len(result.tables["months"]) == 6
    assert any("too few to tell" in str(c) for c in result.cautions)


def test_what_has_no_report_has_no_level() -> None:
    """An empty regime at the end, and a month of the year that is always empty, leave the rest as it is."""
    when = days("2019-01-01", "2022-06-30")
    result = run(reports_on(when, np.where(when.month == 2, 0, 2)), end=date(2022, 12, 31), regimes=[date(2022, 7, 1)])
    assert result.fact("yearly_change").value == pytest.approx(0.0, abs=1e-6)
    assert result.tables["regimes"].empty


def test_season_may_remain_in_less_than_two_years() -> None:
    result = run(reports_on(days("2021-01-01", "2022-06-30"), 1))
    assert result.has_fact("yearly_change")
    assert any("two full years" in str(c) for c in result.cautions)


def test_reports_of_the_same_vehicle_do_not_count() -> None:
    gone = [pd.Timestamp("2022-01-01") if i % 2 else pd.NaT for i in range(120)]
    assert run(reports_on(days("2021-01-01", "2021-02-28"), 2)[:118], gone=gone[:118]).fact("total").value == 59


def test_open_cases_of_late_are_said() -> None:
    when = reports_on(days("2021-01-01", "2021-12-31"), 1)
    outcome = np.where(when < "2021-11-01", "confirmed", "open")
    assert any("still open" in str(c) for c in run(when, outcome=outcome).cautions)


@pytest.mark.parametrize("n", [1, 29])
def test_too_few_reports(n: int) -> None:
    with pytest.raises(MethodError):
        run(reports_on(days("2021-01-01", "2021-12-31")[:n], 1), end=date(2022, 1, 1))


def test_a_period_without_collection() -> None:
    when = reports_on(days("2021-01-01", "2021-12-31"), 1)
    with pytest.raises(MethodError):
        run(when, holes=[(date(2021, 1, 1), date(2022, 1, 1))])


def test_reports_inside_a_hole_are_said() -> None:
    when = reports_on(days("2021-01-01", "2021-12-31"), 1)
    result = run(when, holes=[(date(2021, 3, 1), date(2021, 4, 1))])
    assert result.fact("total").value == 365 - 31
    assert any(str(c).startswith("31 reports") for c in result.cautions)


def test_boston_as_published(shared: object) -> None:
    """The City's requests: 1,600 to 2,300 a year until 2015 and 3,650 to 4,550 from 2016, before duplicates go."""
    frame = pd.read_parquet(f"{shared}/data/events/boston/abandoned_vehicles.parquet", columns=["occurred_at"])
    when = frame["occurred_at"].dt.tz_localize(None)
    result = run(when, holes=[(date(2015, 4, 17), date(2015, 7, 20))], regimes=[date(2016, 1, 1)])
    years = result.tables["years"].set_index("year")["rate"]
    assert years.loc[2016:].between(3500, 4600).all() and (years.loc[:2014] < 2400).all()
    change, step = result.fact("yearly_change"), result.tables["regimes"].iloc[0]
    assert isinstance(change.value, float) and change.value < 0.12  # the jump of 2016 is not growth
    assert step["low"] > 1.2
