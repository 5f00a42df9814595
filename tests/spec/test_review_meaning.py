"""What the mathematics of reviewing promises: nearer the truth than raw means, and as sure as it says."""

import numpy as np
import pytest
from scipy.stats import kendalltau

from sigun.council.review.adjust import fit_adjusted, raw_means
from sigun.council.review.made_up import Planted, make_round
from sigun.council.review.rubric import shipped_juries
from sigun.council.review.verdict import Verdict, judge

FIRST = 5
ROUNDS = 50


@pytest.fixture(scope="module")
def rounds() -> list[tuple[np.ndarray, Verdict]]:
    found = []
    for seed in range(ROUNDS):
        rng = np.random.default_rng([77, seed])
        truth, tally = make_round(Planted(), rng)
        found.append((truth, judge([tally], shipped_juries()[0], FIRST, rng)))
    return found


def taus(rounds: list[tuple[np.ndarray, Verdict]]) -> tuple[float, float, float]:
    of = [
        [kendalltau(truth, mean)[0] for mean in (v.raw, v.standings[0].by_deviation, v.points)] for truth, v in rounds
    ]
    raw, deviation, adjusted = np.mean(of, axis=0)
    return float(raw), float(deviation), float(adjusted)


def test_both_adjustments_are_nearer_the_true_order_than_raw_means(rounds: list[tuple[np.ndarray, Verdict]]) -> None:
    raw, deviation, adjusted = taus(rounds)
    assert adjusted > raw + 0.07
    assert deviation > raw + 0.06


def test_where_reviewers_are_alike_adjusting_costs_next_to_nothing() -> None:
    lost = []
    for seed in range(40):
        truth, tally = make_round(Planted(level=0.0), np.random.default_rng([78, seed]))
        lost.append(kendalltau(truth, raw_means(tally))[0] - kendalltau(truth, fit_adjusted(tally).mean)[0])
    assert np.mean(lost) < 0.02


def test_stated_chances_come_true_as_often_as_said(rounds: list[tuple[np.ndarray, Verdict]]) -> None:
    chance = np.concatenate([v.chance for _, v in rounds])
    came_true = np.concatenate([np.isin(np.arange(24), np.argsort(-truth)[:FIRST]) for truth, _ in rounds])
    for low, high in ((0.0, 0.1), (0.1, 0.4), (0.4, 0.75), (0.75, 1.01)):
        here = (chance >= low) & (chance < high)
        error = 2.6 * np.sqrt(chance[here].mean() * (1 - chance[here].mean()) / here.sum())
        assert came_true[here].mean() == pytest.approx(chance[here].mean(), abs=error + 0.01)


def test_intervals_hold_the_truth_as_often_as_said(rounds: list[tuple[np.ndarray, Verdict]]) -> None:
    held = [np.abs(v.points - truth) <= 1.96 * v.error for truth, v in rounds]
    assert 0.91 < np.mean(held) < 0.985
