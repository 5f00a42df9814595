"""What a check on the past is: every origin as it was, every baseline beside it, both ways of counting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from sigun.analysis.forecast.backtest import BINS, MODELS, MODES, backtest, backtest_predictions, past_spans, try_past
from sigun.analysis.statistics.arrays import date_of
from sigun.errors import MethodError
from sigun.plan.steps import Backtest
from sigun.result import Result
from simulated import by_area, simulated

STEP = Backtest(method="backtest", every="7d", months=6)
BRIEF = Backtest(method="backtest", every="7d", months=2)


@pytest.fixture(scope="module")
def checked() -> Result:
    return backtest(STEP, simulated(), np.random.default_rng(1))


def score(result: Result, measure: str, model: str = "mixture", level: str = "cell", mode: str = MODES[0]) -> float:
    t = result.tables["scores"]
    row = t[(t["measure"] == measure) & (t["model"] == model) & (t["level"] == level) & (t["mode"] == mode)]
    return float(row["value"].item())


def test_every_model_is_scored_both_ways(checked: Result) -> None:
    scores = checked.tables["scores"]
    assert set(scores["model"]) == set(MODELS)
    assert set(scores["mode"]) == set(MODES)
    assert not scores.duplicated(["mode", "model", "level", "measure"]).any()
    assert ((scores["low"] <= scores["value"] + 1e-9) & (scores["value"] - 1e-9 <= scores["high"])).mean() > 0.97


def test_it_beats_the_simple_rules_where_there_is_something_to_know(checked: Result) -> None:
    ours = score(checked, "deviance")
    assert all(ours < score(checked, "deviance", model) for model in ("uniform", "seasonal_naive", "mean_12m"))
    assert score(checked, "hit@5") > 2 * score(checked, "hit@5", "uniform")


def test_uniform_catches_its_share_of_the_area(checked: Result) -> None:
    assert score(checked, "pai@10", "uniform") == pytest.approx(1.0, abs=0.1)


def test_intervals_hold_at_least_nine_in_ten(checked: Result) -> None:
    assert score(checked, "coverage") >= 0.9
    assert score(checked, "coverage", level="area") >= 0.88


def test_whole_numbers_hold_more_than_nine_in_ten_even_when_right(checked: Result) -> None:
    """More so the smaller the counts; what was held is near it where the forecast is right."""
    due = [score(checked, "coverage_due", level=level) for level in ("cell", "area", "city")]
    assert 1 > due[0] > due[1] > due[2] >= 0.9
    assert score(checked, "coverage") == pytest.approx(due[0], abs=0.02)


def test_differences_are_ours_minus_theirs(checked: Result) -> None:
    table = checked.tables["differences"].set_index(["mode", "model", "measure"])["difference"]
    for model in MODELS[1:]:
        for measure in ("hit@5", "deviance"):
            expected = score(checked, measure) - score(checked, measure, model)
            assert table[MODES[0], model, measure] == pytest.approx(expected)


def test_without_late_statuses_both_ways_are_one() -> None:
    scores = backtest(BRIEF, simulated(duplicates=0), np.random.default_rng(1)).tables["scores"]
    one, other = (scores[scores["mode"] == mode].drop(columns="mode").reset_index(drop=True) for mode in MODES)
    assert one.equals(other)


def test_duplicates_that_are_not_known_yet_raise_the_expectation() -> None:
    panel = simulated(duplicates=0.4)
    known, final = (sum(float(e.sum()) for e in try_past(panel, m, "7d", 2).expected["mean_12m"]) for m in MODES)
    assert known > final


def test_horizons_that_touch_a_hole_are_skipped_and_counted() -> None:
    gap = (date(2023, 8, 1), date(2023, 9, 5))
    result = backtest(STEP, simulated(gap=gap), np.random.default_rng(1))
    assert result.fact("skipped").value == 6
    assert result.fact("origins").value == 26 - 6
    origins = result.tables["origins"]
    assert not ((origins["origin"] < gap[1]) & (origins["horizon_end"] > gap[0])).any()
    assert any("gap" in str(c) for c in result.cautions)


def test_expectation_and_reports_add_up(checked: Result) -> None:
    origins = checked.tables["origins"]
    ours = origins[(origins["mode"] == MODES[0]) & (origins["model"] == "mixture")]
    calibration = checked.tables["calibration"]
    calibration = calibration[calibration["mode"] == MODES[0]]
    assert calibration["expected"].sum() == pytest.approx(ours["expected"].sum())
    assert calibration["observed"].sum() == pytest.approx(ours["reports"].sum())
    assert len(calibration) == BINS
    assert ours["low"].notna().all()


def test_ranks_of_what_came_are_even(checked: Result) -> None:
    pit = checked.tables["pit"]
    cells = pit[(pit["mode"] == MODES[0]) & (pit["level"] == "cell")]["share"]
    assert cells.sum() == pytest.approx(1.0)
    assert cells.between(0.07, 0.13).all()


def test_the_year_of_tuning_lies_before_every_origin(checked: Result) -> None:
    assert checked.fact("tuned_on").value == "2022"
    assert checked.tables["origins"]["origin"].min() >= date(2023, 1, 1)


def test_regions_are_checked_as_places_and_as_areas_alike() -> None:
    result = backtest(BRIEF, by_area(simulated()), np.random.default_rng(1))
    assert result.fact("cells").value == 2
    assert score(result, "deviance") == pytest.approx(score(result, "deviance", level="area"))


def test_the_same_twice() -> None:
    one, two = (backtest(BRIEF, simulated(years=3), np.random.default_rng(9)).tables for _ in range(2))
    assert all(one[name].equals(two[name]) for name in one)


@pytest.mark.parametrize(
    ("every", "months", "origins", "first"),
    [("7d", 12, 52, date(2023, 1, 2)), ("1mo", 12, 12, date(2023, 1, 1)), ("7d", 1, 4, date(2023, 12, 4))],
)
def test_origins_fill_the_months_before_the_end(every: str, months: int, origins: int, first: date) -> None:
    spans = past_spans(date(2024, 1, 1), every, months)
    assert len(spans) == origins
    assert date_of(spans[0].origin) == first
    assert date_of(spans[-1].end) == date(2024, 1, 1)


def test_too_short_a_history_is_refused() -> None:
    panel = simulated(years=1)
    short = panel.counts[panel.counts["day"] >= "2020-11-15"]
    with pytest.raises(MethodError, match="past origins"):
        backtest(STEP, replace(panel, counts=short), np.random.default_rng(1))


def test_no_origin_fits() -> None:
    with pytest.raises(MethodError, match="No horizon of 1mo fits"):
        backtest_predictions(simulated(years=1), date(2020, 6, 1), date(2020, 6, 20), "1mo")


def test_progress_is_told_after_each_origin() -> None:
    told: list[tuple[str, int, int]] = []
    backtest_predictions(
        simulated(years=1), date(2020, 6, 1), date(2020, 6, 22), "7d", progress=lambda *said: told.append(said)
    )
    assert [t[1:] for t in told] == [(1, 3), (2, 3), (3, 3)]
