"""The limit is that of the rates, not of the luck that the totals hold beside them."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import xlogy

from sigun.analysis.forecast.limit import Rates, best_hit, drawn_again, fit_rates, least_deviance
from sigun.analysis.forecast.reach import limit_table
from sigun.analysis.forecast.score import Checked, draw_origins

RNG = np.random.default_rng(5)
RATE = RNG.gamma(0.4, 6.0, 4000)
WEEKS = 20
CAME = RNG.poisson(RATE / WEEKS, (WEEKS, len(RATE))).astype(float)
TOTALS = CAME.sum(axis=0)


def test_what_known_rates_catch_is_found_within_its_uncertainty() -> None:
    truth = np.sort(RATE)[::-1][: len(RATE) // 20].sum() / RATE.sum()
    luck = np.sort(TOTALS)[::-1][: len(RATE) // 20].sum() / TOTALS.sum()
    found = best_hit(fit_rates(TOTALS), 0.05)
    assert found == pytest.approx(truth, abs=0.01)
    assert luck > truth + 0.015  # what looking at the totals themselves would say


def test_the_least_deviance_is_that_of_the_true_rates() -> None:
    mean = RATE / WEEKS
    deviance = 2 * (xlogy(CAME, CAME) - xlogy(CAME, mean) - (CAME - mean)).mean()
    assert least_deviance(fit_rates(TOTALS), 1 / WEEKS) == pytest.approx(deviance, rel=0.05)


def test_even_places_have_an_even_limit() -> None:
    assert best_hit(fit_rates(RNG.poisson(30.0, 500).astype(float)), 0.1) == pytest.approx(0.1, abs=0.03)


def test_fits_to_drawn_cities_lie_around_the_fit() -> None:
    rates = fit_rates(TOTALS[:400])
    hits = [best_hit(again, 0.05) for again in drawn_again(rates, 400, np.random.default_rng(1))]
    assert min(hits) < best_hit(rates, 0.05) < max(hits)


def test_ours_stands_beside_the_limit_the_oracle_and_last_year() -> None:
    rng = np.random.default_rng(1)
    ours = Checked([RATE / WEEKS] * WEEKS, list(CAME), np.zeros(WEEKS))
    even = Checked([np.full(len(RATE), RATE.mean() / WEEKS)] * WEEKS, list(CAME), np.zeros(WEEKS))
    table = limit_table(ours, even, TOTALS, [7] * WEEKS, draw_origins(rng, WEEKS), rng)
    by = table.set_index(["measure", "forecast"])
    static = by.loc[("hit@5", "static")]
    assert static["difference_low"] < 0 < static["difference_high"]  # ours knows the rates here
    assert by.loc[("hit@5", "mean_12m")]["difference_low"] > 0
    assert by.loc[("hit@5", "oracle")]["difference_high"] < 0
    assert by.loc[("deviance", "mean_12m")]["difference_high"] < 0
    for measure, rows in table.groupby("measure"):
        np.testing.assert_allclose(rows["difference"], by.loc[(measure, "mixture")]["value"] - rows["value"])
    assert (table["low"] <= table["value"]).all() and (table["value"] <= table["high"]).all()


def test_a_single_busy_place() -> None:
    assert best_hit(Rates(np.array([1.0]), np.array([1.0])), 0.05) == pytest.approx(0.05)
