"""False discoveries: the worked example, missing values, and what the q of pure chance does."""

from __future__ import annotations

import numpy as np
import pytest

from sigun.analysis.statistics.fdr import false_discovery

# The fifteen p values of Benjamini & Hochberg (1995), section 4: four are finds at 0.05.
PUBLISHED = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
PUBLISHED += [0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000]


def test_the_example_of_the_article_has_four_finds() -> None:
    q = false_discovery(np.array(PUBLISHED))
    assert int((q <= 0.05).sum()) == 4
    assert q[3] == pytest.approx(0.0095 * 15 / 4)


def test_order_does_not_matter() -> None:
    p = np.array(PUBLISHED)
    mixed = np.random.default_rng(1).permutation(15)
    assert false_discovery(p[mixed]).tolist() == false_discovery(p)[mixed].tolist()


def test_what_was_not_tried_does_not_count() -> None:
    q = false_discovery(np.array([0.02, np.nan, 0.5]))
    assert q[0] == pytest.approx(0.04)
    assert np.isnan(q[1])
    assert false_discovery(np.array([np.nan])).size == 1


def test_a_larger_p_never_has_a_smaller_q() -> None:
    p = np.sort(np.random.default_rng(2).random(200) ** 3)
    assert (np.diff(false_discovery(p)) >= 0).all()
    assert (false_discovery(p) >= p).all()
