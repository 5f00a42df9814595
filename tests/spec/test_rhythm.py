"""What a rhythm means, and when it is only the rhythm of reporting."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from builders import panel_of_events, reports_on
from sigun.analysis.describe.rhythm import rhythm
from sigun.errors import MethodError
from sigun.plan.steps import Rhythm
from sigun.result import Result

STEP = Rhythm(method="rhythm")
DAYS = pd.date_range("2021-01-04", "2023-12-31")  # a Monday to a Sunday
WORKDAY = DAYS.day_of_week < 5


def run(*args: object, **fields: object) -> Result:
    return rhythm(STEP, panel_of_events(*args, **fields), np.random.default_rng(1))


def index_of(result: Result, cycle: str) -> list[float]:
    table = result.tables["profiles"]
    return list(table[table["cycle"] == cycle].sort_values("position")["index"])


def says(result: Result, words: str) -> bool:
    return any(words in str(c) for c in result.cautions)


def test_weekends_far_below_weekdays_are_the_rhythm_of_reporting() -> None:
    result = run(reports_on(DAYS, np.where(WORKDAY, 3, 1)))
    assert result.fact("weekend_ratio").value == pytest.approx(1 / 3)
    assert result.fact("reporting_rhythm").value == 1
    assert says(result, "when people report")
    assert index_of(result, "weekday") == pytest.approx([21 / 17] * 5 + [7 / 17] * 2)


def test_an_even_week_is_no_rhythm_of_reporting() -> None:
    result = run(reports_on(DAYS, np.random.default_rng(1).poisson(2, len(DAYS))))
    ratio = result.fact("weekend_ratio")
    assert ratio.low is not None and ratio.high is not None
    assert ratio.low < 1 < ratio.high
    assert result.fact("reporting_rhythm").value == 0
    assert not says(result, "when people report")


def test_channels_that_disagree_about_weekends_are_the_rhythm_of_reporting() -> None:
    patrol, phone = reports_on(DAYS[WORKDAY], 1), reports_on(DAYS, np.where(WORKDAY, 2, 4))
    result = run(patrol.append(phone), channel=["현장순찰"] * len(patrol) + ["앱"] * len(phone))
    assert result.fact("weekend_ratio").value == pytest.approx(4 / 3)
    assert result.fact("reporting_rhythm").value == 1
    channels = result.tables["channels"].set_index("channel")
    assert channels.loc["앱", "weekend_ratio"] == pytest.approx(2.0)
    assert channels.loc["현장순찰", "weekend_ratio"] == 0.0


def test_small_channels_may_disagree_by_chance() -> None:
    """Six of 42 and fourteen of 50 reports at weekends: not told apart."""
    weekdays, weekends = DAYS[WORKDAY][:200], DAYS[~WORKDAY][:80]
    walk = reports_on(weekdays[:36], 1).append(reports_on(weekends[:6], 1))
    call = reports_on(weekdays[36:72], 1).append(reports_on(weekends[10:24], 1))
    result = run(walk.append(call), channel=["현장순찰"] * len(walk) + ["전화"] * len(call))
    ratios = result.tables["channels"]["weekend_ratio"]
    assert ratios.max() > 1.5 * ratios.min()
    assert result.fact("reporting_rhythm").value == 0


def test_only_observed_days_are_exposure() -> None:
    """A hole of Mondays does not make Monday quiet."""
    holes = [(day.date(), (day + pd.Timedelta(days=1)).date()) for day in DAYS[DAYS.day_of_week == 0][:60]]
    kept = DAYS[~((DAYS.day_of_week == 0) & (pd.Timestamp(holes[-1][0]) >= DAYS))]
    assert index_of(run(reports_on(kept, 2), holes=holes, start=date(2021, 1, 4)), "weekday") == pytest.approx(
        [1.0] * 7
    )


def test_months_are_net_of_holes_and_regimes() -> None:
    counts = np.where(DAYS < "2022-07-01", 1, 5)
    hole = (date(2023, 7, 1), date(2023, 9, 1))
    kept = (pd.Timestamp(hole[0]) > DAYS) | (pd.Timestamp(hole[1]) <= DAYS)
    result = run(reports_on(DAYS[kept], counts[kept]), holes=[hole], regimes=[date(2022, 7, 1)])
    assert index_of(result, "month") == pytest.approx([1.0] * 12)


def test_peak_and_low_month_and_hour() -> None:
    counts = np.select([DAYS.month == 8, DAYS.month == 4], [4, 1], 2)
    result = run(reports_on(DAYS, counts, hour=14.5))
    assert [result.fact(n).value for n in ("peak_month", "low_month", "peak_hour")] == [8, 4, 14]
    assert index_of(result, "hour")[14] == pytest.approx(24.0)


@pytest.mark.parametrize(
    ("dated", "timed", "profile", "words"),
    [
        pytest.param(2, 0, False, "Too few reports tell", id="all at 00:00"),
        pytest.param(1, 2, True, "are read as time not told", id="a third at 00:00"),
        pytest.param(0, 2, True, "", id="none at 00:00"),
    ],
)
def test_midnight_stands_for_no_time(dated: int, timed: int, profile: bool, words: str) -> None:
    result = run(reports_on(DAYS, dated, hour=0).append(reports_on(DAYS, timed, hour=9)))
    assert result.has_fact("peak_hour") is profile
    assert not words or says(result, words)
    if profile:
        assert index_of(result, "hour")[0] == 0.0


def test_a_night_rhythm_keeps_its_midnight() -> None:
    """Whole hours around the clock: 00:00 is an hour like the others."""
    times = [t for hour in range(24) for t in reports_on(DAYS[:100], 1, hour=hour)]
    assert index_of(run(times), "hour") == pytest.approx([1.0] * 24)


def test_less_than_two_years_have_no_month_profile() -> None:
    result = run(reports_on(DAYS[:500], 1))
    assert np.isnan(index_of(result, "month")).all()
    assert not result.has_fact("peak_month")
    assert says(result, "months are not compared")


def test_offices_that_never_open_at_weekends() -> None:
    result = run(reports_on(DAYS[WORKDAY], 2))
    assert result.fact("weekend_ratio").value == 0.0
    assert result.fact("reporting_rhythm").value == 1


def test_few_reports_over_years_give_an_answer_or_a_reason() -> None:
    result = run(reports_on(DAYS[::36], 1), start=date(2021, 1, 4), end=date(2024, 1, 1))
    profiles = result.tables["profiles"]
    assert len(profiles) == 12 + 7 + 24
    assert profiles["reports"].groupby(profiles["cycle"]).sum().tolist() == [31, 31, 31]
    with pytest.raises(MethodError):
        run(reports_on(DAYS[:29], 1))


def test_all_on_one_day() -> None:
    result = run(reports_on(DAYS[:1], 40))
    assert says(result, "not compared")
    assert not result.fact("weekend_ratio").value


def test_chance_is_the_steps_own() -> None:
    times = reports_on(DAYS, np.random.default_rng(4).poisson(1.0, len(DAYS)))
    first, second = run(times), run(times)
    pd.testing.assert_frame_equal(first.tables["profiles"], second.tables["profiles"])


def test_boston_weekends_are_a_third_of_weekdays(shared: object) -> None:
    frame = pd.read_parquet(f"{shared}/data/events/boston/abandoned_vehicles.parquet", columns=["occurred_at"])
    result = run(frame["occurred_at"].dt.tz_localize(None), holes=[(date(2015, 4, 17), date(2015, 7, 20))])
    assert result.fact("weekend_ratio").value == pytest.approx(0.3, abs=0.04)
    assert result.fact("reporting_rhythm").value == 1
