"""How many of the recent reports will turn out not to count, by what was known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from sigun.analysis.forecast.history import NEVER, past_of, records_of
from sigun.analysis.forecast.withdrawals import LONGEST_DELAY, SEEN, inflation
from sigun.analysis.statistics.arrays import day_number
from simulated import simulated

DAYS = 600
AT = DAYS


def reports(share: float, delay: int | np.ndarray, a_day: int = 20) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """So many a day, a share of which leaves after the delay."""
    day = np.repeat(np.arange(DAYS), a_day)
    leaves = np.arange(len(day)) % a_day < share * a_day
    return day, np.where(leaves, day + delay, NEVER), np.ones(len(day))


def test_nothing_is_to_come_where_nothing_ever_left() -> None:
    assert inflation(*reports(0.0, 3), AT).tolist() == [1.0] * LONGEST_DELAY


def test_a_report_that_has_outlived_the_delay_stays() -> None:
    found = inflation(*reports(0.2, 10), AT)
    assert found[:10] == pytest.approx(1 / 0.8)  # ten days old at most: one in five is still to leave
    assert found[10:] == pytest.approx(1.0)


def test_delays_of_all_lengths_are_told_apart_although_the_youngest_are_cut_off() -> None:
    rng = np.random.default_rng(1)
    day, gone, one = reports(0.3, 0, 200)
    delay = rng.geometric(1 / 15, len(day))
    gone = np.where(gone == NEVER, NEVER, day + delay)
    still = 0.3 * (1 - 1 / 15) ** np.arange(60)
    assert inflation(day, gone, one, AT)[:60] == pytest.approx((0.7 + still) / 0.7, rel=0.02)


def test_what_becomes_known_later_does_not_matter() -> None:
    day, gone, one = reports(0.2, 10)
    unknown = np.where(gone >= AT, NEVER, gone)
    assert inflation(day, gone, one, AT).tolist() == inflation(day, unknown, one, AT).tolist()
    cut = day < AT - 30
    assert inflation(day, gone, one, AT - 30).tolist() == inflation(day[cut], gone[cut], one[cut], AT - 30).tolist()


def test_habits_of_long_ago_are_forgotten() -> None:
    day, gone, one = reports(0.5, 4)
    old = day < AT - SEEN - LONGEST_DELAY - 10
    assert inflation(day, np.where(old, gone, NEVER), one, AT) == pytest.approx(1.0)


def test_a_day_counts_for_more_while_its_duplicates_are_not_known() -> None:
    records = records_of(simulated(duplicates=0.4), "known_status")
    past = past_of(records, np.zeros(len(records.day), np.int64), 1, day_number(date(2023, 6, 1)), ())
    assert past.exposure[-1] == pytest.approx(1 / 0.6, rel=0.2)
    assert past.exposure[-60:-50] == pytest.approx(1.0)
    assert past.ahead(np.array([past.origin, past.origin + 91])).tolist() == [1.0, 1.0]
    known = replace(records, gone=np.full(len(records.day), NEVER))
    assert past_of(known, np.zeros(len(records.day), np.int64), 1, past.origin, ()).exposure.tolist() == [1.0] * len(
        past.daily
    )
