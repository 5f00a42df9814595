"""Reviewing, whatever the numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from sigun.council.review.adjust import deviation_means, fit_adjusted, parts, raw_means
from sigun.council.review.assign import assign
from sigun.council.review.made_up import Planted, make_round
from sigun.council.review.sheets import Tally

SEEDS = st.integers(0, 10_000)


def a_round(seed: int, planted: Planted | None = None) -> Tally:
    return make_round(planted or Planted(proposals=9, reviewers=6), np.random.default_rng(seed))[1]


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.integers(2, 14), st.integers(2, 9), st.integers(1, 4))
def test_an_assignment_is_fair_free_of_conflict_and_complete(
    seed: int, proposals: int, reviewers: int, each: int
) -> None:
    rng = np.random.default_rng(seed)
    barred = rng.random((proposals, reviewers)) < 0.2
    found = assign(barred, each, rng)
    assert not (found.given & barred).any()
    assert found.given.sum(axis=1).tolist() == np.minimum(each, (~barred).sum(axis=1)).tolist()
    assert (found.short == each - found.given.sum(axis=1)).all()
    assert _no_exchange_evens(found.given, barred)


def _no_exchange_evens(given: np.ndarray, barred: np.ndarray) -> bool:
    """No proposal could go from a reviewer to one who reads at least two fewer."""
    load = given.sum(axis=0)
    for p, r in np.argwhere(given):
        free = ~given[p] & ~barred[p]
        if free.any() and load[free].min() <= load[r] - 2:
            return False
    return True


@settings(max_examples=40, deadline=None)
@given(SEEDS, st.integers(2, 9), st.integers(2, 7), st.integers(1, 4))
def test_no_assignment_has_more_reviews(seed: int, proposals: int, reviewers: int, each: int) -> None:
    """As many as the largest flow from proposals to reviewers lets through."""
    rng = np.random.default_rng(seed)
    barred = rng.random((proposals, reviewers)) < 0.4
    most = rng.integers(0, 5, reviewers)
    pipes = np.zeros((proposals + reviewers + 2,) * 2, dtype=np.int32)
    pipes[-2, :proposals] = each
    pipes[:proposals, proposals:-2] = ~barred
    pipes[proposals:-2, -1] = most
    most_of_all = maximum_flow(csr_array(pipes), len(pipes) - 2, len(pipes) - 1).flow_value
    found = assign(barred, each, rng, most)
    assert (found.load <= most).all()
    assert found.given.sum() == most_of_all


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_without_conflicts_loads_differ_by_one_at_most_and_all_is_connected(seed: int) -> None:
    found = assign(np.zeros((11, 7), dtype=bool), 3, np.random.default_rng(seed))
    assert np.ptp(found.load) <= 1
    assert found.part.max() == 0
    assert found.cautions == ()


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_the_same_rng_assigns_the_same(seed: int) -> None:
    one, other = (assign(np.eye(6, dtype=bool), 2, np.random.default_rng(seed)) for _ in range(2))
    assert np.array_equal(one.given, other.given)


@settings(max_examples=30, deadline=None)
@given(SEEDS, st.permutations(range(9)), st.permutations(range(6)))
def test_the_order_of_proposals_and_reviewers_does_not_matter(seed: int, rows: list[int], columns: list[int]) -> None:
    tally = a_round(seed)
    turned = Tally(tally.seen[np.ix_(rows, columns)], tally.points[np.ix_(rows, columns)])
    assert fit_adjusted(turned).mean == pytest.approx(fit_adjusted(tally).mean[rows])
    assert deviation_means(turned) == pytest.approx(deviation_means(tally)[rows])


@settings(max_examples=30, deadline=None)
@given(SEEDS, st.floats(-30, 30), st.floats(0.1, 3))
def test_another_scale_moves_means_with_it(seed: int, shift: float, stretch: float) -> None:
    """Stretched scores have stretched means; points given to all alike are nobody's leniency."""
    tally = a_round(seed)
    wide = fit_adjusted(Tally(tally.seen, tally.points * stretch))
    assert wide.mean == pytest.approx(fit_adjusted(tally).mean * stretch)
    moved = Tally(tally.seen, tally.seen * (tally.points + shift))
    assert deviation_means(moved) == pytest.approx(deviation_means(tally) + shift)
    assert fit_adjusted(moved).mean == pytest.approx(fit_adjusted(tally).mean + shift)


@settings(max_examples=30, deadline=None)
@given(SEEDS, st.integers(0, 5))
def test_a_stricter_reviewer_costs_proposals_less_than_by_raw_means(seed: int, reviewer: int) -> None:
    tally = a_round(seed, Planted(proposals=9, reviewers=6, noise=2.0))
    strict = tally.points.copy()
    strict[:, reviewer] -= 25 * tally.seen[:, reviewer]
    after = Tally(tally.seen, strict)
    raw = raw_means(after) - raw_means(tally)
    adjusted = fit_adjusted(after).mean - fit_adjusted(tally).mean
    assert np.ptp(adjusted) < 0.6 * np.ptp(raw)


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_parts_are_those_of_a_walk(seed: int) -> None:
    seen = (np.random.default_rng(seed).random((8, 7)) < 0.2).astype(float)
    reach = np.linalg.matrix_power(seen @ seen.T + np.eye(8), 8) > 0
    found = parts(Tally(seen, seen))
    some = seen.any(axis=1)
    assert (found >= 0).tolist() == some.tolist()
    assert ((found[:, None] == found[None, :]) == reach)[np.ix_(some, some)].all()
