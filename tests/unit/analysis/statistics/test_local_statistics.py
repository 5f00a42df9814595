"""Chance: the draws against every possible layout counted out, and what they leave of pure shuffles."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from sigun.analysis.statistics.fdr import false_discovery
from sigun.analysis.statistics.local_statistics import draws_needed, getis_ord, global_moran, local_chance, local_moran
from sigun.region.neighbours import queen_neighbours

LINE = np.array([0.0, 3, 1, 5, 2, 0, 4, 1, 7, 6])
BESIDE = queen_neighbours(np.arange(10), np.zeros(10, np.int64))


def counted_out(values: np.ndarray, held: int | None, size: int, seen: float) -> tuple[float, float]:
    """Shares of all sets of `size` values (never the held one) that sum to at least, at most what was seen."""
    pool = [v for i, v in enumerate(values) if i != held]
    sums = np.array([sum(part) for part in combinations(pool, size)])
    return float(np.mean(sums >= seen)), float(np.mean(sums <= seen))


def test_draws_agree_with_every_layout_counted_out() -> None:
    chance = local_chance(LINE, BESIDE, 200_000, np.random.default_rng(1))
    for i in range(10):
        beside = [j for j in (i - 1, i + 1) if 0 <= j < 10]
        around = float(LINE[beside].sum())
        at_least, at_most = counted_out(LINE, i, len(beside), around)
        assert chance.moran[i] == pytest.approx(min(1.0, 2 * min(at_least, at_most)), abs=0.01)
        above, _below = counted_out(LINE, None, len(beside) + 1, around + LINE[i])
        assert chance.gi[i] == pytest.approx(above, abs=0.005)


def test_large_maps_draw_as_small_ones_do() -> None:
    """Sets are drawn in two ways, by ordering and by redrawing repeats; both must give the same chance."""
    values = np.concatenate([LINE, np.full(190, LINE.mean())])
    many = queen_neighbours(np.arange(200), np.zeros(200, np.int64))
    p = local_chance(values, many, 100_000, np.random.default_rng(1)).gi[8]
    simulated = np.random.default_rng(2).permuted(np.tile(values, (20_000, 1)), axis=1)[:, :3].sum(axis=1)
    assert p == pytest.approx(float(np.mean(simulated >= LINE[7:10].sum() - 1e-9)), abs=0.003)


def test_a_place_without_neighbours_has_no_moran_p() -> None:
    alone = queen_neighbours(np.array([0, 1, 9]), np.array([0, 0, 0]))
    chance = local_chance(np.array([1.0, 2.0, 3.0]), alone, 99, np.random.default_rng(1))
    assert np.isnan(chance.moran).tolist() == [False, False, True]
    assert local_moran(np.array([1.0, 2.0, 3.0]), alone).moran[2] == 0


def test_equal_values_show_nothing() -> None:
    same = np.full(10, 4.0)
    assert not getis_ord(same, BESIDE).any()
    assert not local_moran(same, BESIDE).moran.any()
    chance = local_chance(same, BESIDE, 99, np.random.default_rng(1))
    assert (chance.gi == 1).all() and (chance.moran == 1).all()
    assert global_moran(same, BESIDE, 99, np.random.default_rng(1)).p == 1


def test_same_chance_same_p() -> None:
    one, two = (local_chance(LINE, BESIDE, 999, np.random.default_rng(5)) for _ in range(2))
    assert one.gi.tolist() == two.gi.tolist()


@pytest.mark.parametrize("seed", range(6))
def test_shuffled_maps_have_almost_no_hot_cell(seed: int) -> None:
    """Heavy-tailed counts laid out at random: Gi* above 1.96 marks dozens, q of permutation p next to none."""
    rng = np.random.default_rng(seed)
    x, y = (part.ravel() for part in np.meshgrid(np.arange(27), np.arange(27)))
    values = rng.negative_binomial(0.5, 0.03, size=len(x)).astype(float)
    neighbours = queen_neighbours(x, y)
    chance = local_chance(values, neighbours, draws_needed(len(x), 0.05, 999), rng)
    assert (getis_ord(values, neighbours) > 1.96).sum() >= 10
    assert (false_discovery(chance.gi) <= 0.05).sum() <= 1
    assert (false_discovery(chance.moran) <= 0.05).sum() <= 1
    assert 0.02 < np.mean(chance.gi <= 0.05) < 0.08


def test_a_planted_hot_block_is_found_and_little_beside_it() -> None:
    rng = np.random.default_rng(3)
    x, y = (part.ravel() for part in np.meshgrid(np.arange(27), np.arange(27)))
    block = (abs(x - 10) <= 2) & (abs(y - 15) <= 2)
    near = (abs(x - 10) <= 3) & (abs(y - 15) <= 3)
    values = rng.poisson(np.where(block, 12.0, 3.0)).astype(float)
    chance = local_chance(values, queen_neighbours(x, y), draws_needed(len(x), 0.05, 999), rng)
    hot = false_discovery(chance.gi) <= 0.05
    assert hot[block].all()
    assert (hot & ~near).sum() <= 2
