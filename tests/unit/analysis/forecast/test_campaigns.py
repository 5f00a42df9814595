"""What earlier campaigns say of the next, and from when on anybody could know of it."""

from __future__ import annotations

import numpy as np
import pytest

from sigun.analysis.forecast.campaigns import ALIKE, LIKELY, NONE, CampaignEffect, Days, effect_of, factors, known_at
from sigun.analysis.forecast.history import Past
from sigun.analysis.forecast.horizons import LONGEST

ORIGIN = 1200
CALENDAR = [Days(start, start + 14, start - 20) for start in (200, 500, 800, 1100)]


def past(campaigns: list[Days], ratio: float, a_day: float = 40.0, origin: int = ORIGIN, seed: int = 3) -> Past:
    rng = np.random.default_rng(seed)
    rate = np.full(origin, a_day)
    for c in campaigns:
        rate[c.start : c.end] *= ratio
    none = np.zeros(0, np.int64)
    return Past(origin, none, none, np.zeros(0), 1, rng.poisson(rate).astype(float), np.ones(origin, bool))


def test_a_planted_effect_is_found() -> None:
    found = effect_of(past(CALENDAR, 1.6), CALENDAR)
    assert found.learned_from == 4
    assert found.ratio == pytest.approx(1.6, rel=0.06)
    assert found.error > ALIKE  # the next one may differ from those seen


def test_campaigns_without_an_effect_have_none() -> None:
    assert effect_of(past(CALENDAR, 1.0), CALENDAR).ratio == pytest.approx(1.0, abs=0.05)


def test_one_campaign_is_pulled_to_none_more_than_four() -> None:
    one = effect_of(past(CALENDAR[:1], 1.6, seed=1), CALENDAR[:1])
    assert one.learned_from == 1
    assert 1.2 < one.ratio < effect_of(past(CALENDAR, 1.6, seed=1), CALENDAR).ratio


def test_before_the_first_there_is_nothing_to_learn_from() -> None:
    assert effect_of(past([], 1.0, origin=205), CALENDAR) == NONE == CampaignEffect(0.0, LIKELY, 0)
    assert effect_of(past(CALENDAR, 1.6, a_day=0.02), CALENDAR) == NONE  # too few reports to tell


def test_a_campaign_that_is_going_on_teaches_nothing_yet() -> None:
    known = [*CALENDAR[:2], Days(1190, 1210, 1100)]
    assert effect_of(past(known, 1.6), known).learned_from == 2


def test_another_campaign_near_by_is_no_comparison() -> None:
    twice = [Days(500, 514, 0), Days(520, 534, 0), Days(800, 814, 0)]
    assert effect_of(past(twice, 3.0), twice).log_ratio == pytest.approx(np.log(3.0), rel=0.12)


def test_days_before_and_after_the_origin_count_for_more() -> None:
    known = [Days(1190, 1210, 1100)]
    found = factors(past(known, 1.6), known, CampaignEffect(np.log(2.0), 0.1, 3))
    assert len(found) == ORIGIN + LONGEST
    assert found[[1189, 1190, 1209, 1210]].tolist() == pytest.approx([1.0, 2.0, 2.0, 1.0])


def test_what_was_announced_later_is_not_known() -> None:
    assert known_at([Days(10, 20, 5), Days(30, 40, 26)], 25) == [Days(10, 20, 5)]
    assert len(known_at([Days(10, 20, 5), Days(30, 40, 26)], 26)) == 2
