"""Which days count, and how they are grouped."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from builders import panel_of_events, reports_on
from sigun.analysis.statistics.observed import (
    month_pieces,
    observed_days,
    observed_reports,
    per_day,
    require_reports,
    season_can_be_told,
    season_columns,
    week_dispersion,
)
from sigun.errors import MethodError

DAYS = pd.date_range("2023-01-01", "2023-03-31")
HOLE = (date(2023, 2, 1), date(2023, 3, 1))


def test_a_hole_is_neither_days_nor_reports() -> None:
    panel = panel_of_events(reports_on(DAYS, 1), holes=[HOLE])
    days = observed_days(panel)
    assert len(days) == 31 + 31
    assert len(observed_reports(panel, days)) == 62
    assert per_day(days, observed_reports(panel, days)["day"]).tolist() == [1.0] * 62


def test_the_last_day_is_the_day_before_the_end() -> None:
    panel = panel_of_events(reports_on(DAYS, 1), start=date(2023, 1, 1), end=date(2023, 1, 3))
    assert observed_days(panel).strftime("%d").tolist() == ["01", "02"]


def test_months_are_cut_where_a_regime_begins() -> None:
    panel = panel_of_events(reports_on(DAYS, 2), holes=[HOLE], regimes=[date(2023, 3, 11)])
    days = observed_days(panel)
    pieces = month_pieces(panel, days, np.full(len(days), 2.0))
    assert pieces["month"].dt.month.tolist() == [1, 3, 3]
    assert pieces["regime"].tolist() == [0, 0, 1]
    assert pieces["days"].tolist() == [31, 10, 21]
    assert pieces["reports"].tolist() == [62.0, 20.0, 42.0]
    assert pieces["time"].iloc[0] == pytest.approx(15 / 365.25)


@pytest.mark.parametrize(("last", "told"), [("2024-12-31", True), ("2024-12-05", False), ("2024-08-31", False)])
def test_a_season_needs_every_month_in_two_years(last: str, told: bool) -> None:
    panel = panel_of_events(reports_on(pd.date_range("2023-01-01", last), 1))
    days = observed_days(panel)
    assert season_can_be_told(month_pieces(panel, days, np.ones(len(days)))) is told


def test_season_columns_sum_to_zero_over_the_year() -> None:
    assert season_columns(np.arange(1, 13)).sum(axis=0).tolist() == [0.0] * 11


def test_weekly_spread_is_one_for_poisson_and_more_for_bursts() -> None:
    rng = np.random.default_rng(1)
    days = pd.date_range("2010-01-01", "2019-12-31")
    calm = rng.poisson(4.0, len(days)).astype(float)
    burst = np.repeat(rng.gamma(2.0, 2.0, len(days) // 7 + 1), 7)[: len(days)]
    assert week_dispersion(days, calm) == pytest.approx(1.0, abs=0.1)
    assert week_dispersion(days, rng.poisson(burst).astype(float)) > 5


def test_a_week_cut_by_a_hole_is_no_burst() -> None:
    days = pd.date_range("2010-01-01", "2019-12-31")
    seen = days[~days.day.isin([5, 6, 7, 10])]  # the first two weeks of every month are cut
    assert week_dispersion(seen, np.full(len(seen), 4.0)) == 1.0


def test_too_few_reports_are_said() -> None:
    require_reports(30, "here")
    with pytest.raises(MethodError, match="29") as error:
        require_reports(29, "here")
    assert error.value.where == "here" and error.value.remedy
