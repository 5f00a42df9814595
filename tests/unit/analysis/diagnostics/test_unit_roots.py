"""Panel unit roots: what they promise under a unit root, what they see, and which regions they leave out."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sigun.analysis.diagnostics.unit_roots import cips, ips, usual_lags
from sigun.analysis.statistics.arrays import FloatArray
from sigun.errors import MethodError


def _walks(seed: int, regions: int = 60, periods: int = 11) -> FloatArray:
    return np.random.default_rng(seed).standard_normal((regions, periods)).cumsum(axis=1)


def _calm(seed: int, regions: int = 60, periods: int = 12) -> FloatArray:
    return np.random.default_rng(seed).standard_normal((regions, periods)) + np.arange(regions)[:, None]


@pytest.mark.parametrize("trend", [False, True])
def test_a_true_unit_root_is_rejected_about_one_time_in_twenty(trend: bool) -> None:
    assert np.mean([ips(_walks(seed), trend).rejected for seed in range(80)]) <= 0.10
    assert np.mean([cips(_walks(seed), trend).rejected for seed in range(80)]) <= 0.12


def test_common_shocks_mislead_ips_and_not_cips() -> None:
    common = [np.random.default_rng(900 + s).standard_normal(15).cumsum() * 3 for s in range(60)]
    panels = [_walks(s, 40, 15) * 0.5 + shock for s, shock in enumerate(common)]
    assert np.mean([ips(panel).rejected for panel in panels]) > 0.15
    assert np.mean([cips(panel).rejected for panel in panels]) <= 0.13


def test_levels_to_return_to_are_seen() -> None:
    assert ips(_calm(1)).p < 1e-4
    assert cips(_calm(1, periods=20)).rejected


def test_a_level_added_to_a_region_changes_nothing() -> None:
    panel = _walks(5)
    moved = panel + 1e3 * np.arange(60)[:, None]
    assert ips(moved).statistic == pytest.approx(ips(panel).statistic, abs=1e-6)
    assert cips(moved).statistic == pytest.approx(cips(panel).statistic, abs=1e-6)


def test_regions_too_short_or_flat_are_left_out_and_told() -> None:
    panel = _walks(6)
    panel[3] = 7.0
    panel[4, 4:] = np.nan
    found = ips(panel)
    assert found.left_out.tolist() == [3, 4]
    assert found.regions == 58
    together = cips(panel)
    assert {3, 4} <= {*together.left_out.tolist()}
    assert together.regions == 58


def test_the_longest_stretch_of_a_region_is_used() -> None:
    panel = _walks(7, periods=14)
    gap = panel.copy()
    gap[:, 1] = np.nan
    assert ips(gap).statistic == pytest.approx(ips(panel[:, 2:]).statistic)
    assert ips(gap).periods == 12


def test_fewer_lags_where_a_short_panel_has_no_table_for_more() -> None:
    assert ips(_walks(8, periods=8), trend=True).lags == 0  # with one, seven values less than the table's eight
    assert ips(_walks(8, periods=12), trend=True).lags == 1
    assert not ips(_walks(8, periods=8)).published
    assert ips(_walks(8, periods=12)).published
    assert cips(_walks(8, periods=10)).lags == 1
    assert cips(_walks(8, periods=8), trend=True).lags == 0


@pytest.mark.parametrize("test", [ips, cips])
def test_too_short(test: object) -> None:
    assert callable(test)
    with pytest.raises(MethodError, match="Too few regions vary"):
        test(_walks(9, periods=5))
    with pytest.raises(MethodError, match="Too few regions vary"):
        test(_walks(9, regions=1, periods=20))
    with pytest.raises(MethodError, match="Too few regions vary"):
        test(np.full((5, 20), 2.0))


def test_cips_has_no_p_and_ips_is_one_sided() -> None:
    assert math.isnan(cips(_walks(10)).p)
    found = ips(_walks(10))
    assert found.p == pytest.approx(0.5 * math.erfc(-found.statistic / math.sqrt(2)))


def test_usual_lags_grow_with_the_length() -> None:
    assert [usual_lags(n) for n in (6, 24, 25, 27, 63, 64)] == [1, 1, 2, 3, 3, 4]
