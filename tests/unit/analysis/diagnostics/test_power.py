"""The minimum detectable effect keeps what it promises."""

from __future__ import annotations

import numpy as np
import pytest

from sigun.analysis.diagnostics.power import mde


def test_an_effect_of_that_size_is_found_four_times_in_five() -> None:
    rng = np.random.default_rng(1)
    n, found = 12, 0
    effect = mde(1 / np.sqrt(n), n - 1)
    for _world in range(2000):
        sample = rng.standard_normal(n) + effect
        found += abs(sample.mean() / (sample.std(ddof=1) / np.sqrt(n))) > 2.2009852  # t of 11 degrees, 97.5 %
    assert found / 2000 == pytest.approx(0.80, abs=0.03)


def test_it_grows_with_the_error_with_fewer_clusters_and_with_what_is_asked() -> None:
    assert mde(2.0, 30) == pytest.approx(2 * mde(1.0, 30))
    assert mde(1.0, 5) > mde(1.0, 30) > mde(1.0, float("inf"))
    assert mde(1.0, 30, power=0.9) > mde(1.0, 30) > mde(1.0, 30, alpha=0.10)
