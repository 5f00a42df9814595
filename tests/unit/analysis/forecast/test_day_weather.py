"""Reports of a day and its weather: what was planted is found, and nothing that could not be known is looked at."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sigun.analysis.forecast.day_weather import FEWEST, DayWeather, factors, fit_effect, foretold
from sigun.analysis.forecast.history import Past
from sigun.analysis.forecast.horizons import LONGEST

DAYS = 1500


def weather(n: int = DAYS + 200, first: int = 0, seed: int = 1) -> DayWeather:
    """Rain on one day in three, and a temperature with a season that says nothing."""
    rng = np.random.default_rng(seed)
    rain = np.where(rng.random(n) < 0.33, rng.exponential(1.0, n), 0.0)
    warm = 12 - 14 * np.cos(np.arange(n) * 2 * np.pi / 365) + rng.normal(0, 4, n)
    none = np.zeros(0, np.int64)
    return DayWeather(("rain", "warm"), first, np.column_stack([rain, warm]), none, none, np.zeros((0, 2)), False)


def past(told: DayWeather, effect: float, a_day: float = 30.0, days: int = DAYS) -> Past:
    rng = np.random.default_rng(2)
    rain = np.minimum(told.seen[:days, 0], 3.0)
    daily = rng.poisson(a_day * np.exp(effect * rain)).astype(float)
    none = np.zeros(0, np.int64)
    return Past(days, none, none, np.zeros(0), 1, daily, np.ones(days, bool))


def foretelling(told: DayWeather, lead: int) -> DayWeather:
    """Forecasts issued so many days before, and quite right."""
    day = np.arange(DAYS, DAYS + 100)
    return replace(told, known=day - lead, day=day, told=told.seen[day], ahead=True)


def test_a_planted_effect_is_found_and_an_idle_column_is_not() -> None:
    told = weather()
    found = fit_effect(told, past(told, -0.2))
    assert found is not None
    rain_per_unit = found.beta[0] / found.scale[0]
    assert rain_per_unit == pytest.approx(-0.2, rel=0.25)
    assert found.beta[1] == pytest.approx(0.0, abs=0.02)


def test_what_comes_after_the_origin_may_be_anything() -> None:
    told = weather()
    wild = replace(told, seen=np.where(np.arange(len(told.seen))[:, None] < DAYS, told.seen, 99.0))
    one, other = (fit_effect(w, past(told, -0.2)) for w in (told, wild))
    assert one is not None and other is not None
    assert one.beta.tolist() == other.beta.tolist()
    assert factors(told, one, past(told, -0.2)).tolist() == factors(wild, other, past(told, -0.2)).tolist()


def test_weather_that_begins_late_costs_no_history_and_is_neutral_before() -> None:
    whole = weather()
    late = replace(whole, first=900, seen=whole.seen[900:])
    lived = past(whole, -0.2)
    found = fit_effect(late, lived)
    assert found is not None
    assert found.beta[0] / found.scale[0] == pytest.approx(-0.2, rel=0.35)
    factor = factors(late, found, lived)
    assert (factor[:900] == 1.0).all()
    assert factor[900:DAYS].std() > 0.02


def test_less_than_a_year_of_weather_teaches_nothing() -> None:
    whole = weather()
    late = replace(whole, first=DAYS - FEWEST + 1, seen=whole.seen[DAYS - FEWEST + 1 :])
    assert fit_effect(late, past(whole, -0.2)) is None


def test_days_to_come_are_as_usual_unless_they_were_foretold() -> None:
    told = weather()
    lived = past(told, -0.2)
    effect = fit_effect(told, lived)
    assert effect is not None
    assert factors(told, effect, lived)[DAYS:].tolist() == [1.0] * LONGEST
    foreseen = foretelling(told, lead=3)
    ahead = factors(foreseen, effect, lived)[DAYS:]
    days = np.arange(DAYS, DAYS + 3)
    assert ahead[:3].tolist() == effect.of(days, told.seen[days]).tolist()
    assert (ahead[:4] != 1.0).all() and (ahead[4:] == 1.0).all()  # the fourth day was issued at the origin itself
    assert foretold(foreseen, DAYS, np.arange(DAYS, DAYS + 7)) == 4


def test_a_forecast_issued_after_the_origin_is_not_looked_at_and_the_last_one_before_it_stands() -> None:
    told = foretelling(weather(), lead=0)
    lived = past(told, -0.2)
    effect = fit_effect(told, lived)
    assert effect is not None
    assert factors(told, effect, lived)[DAYS + 1 :].tolist() == [1.0] * (LONGEST - 1)
    both = replace(
        told, known=np.array([DAYS - 2, DAYS - 1]), day=np.full(2, DAYS + 1), told=np.array([[9.0, 1], [0, 1]])
    )
    last = effect.of(np.array([DAYS + 1]), np.array([[0.0, 1.0]]))[0]
    assert factors(both, effect, lived)[DAYS + 1] == last
