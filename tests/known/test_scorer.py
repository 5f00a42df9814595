"""The scores are those of the common scorer beside the project: same definitions, same figures."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sigun.analysis.forecast.score import Checked, catching, measures


@pytest.fixture
def theirs(shared: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(shared / "tools" / "forecast_scorer"))
    monkeypatch.delitem(sys.modules, "fcbench", raising=False)
    return importlib.import_module("fcbench.metrics")


@pytest.mark.shared
def test_the_scores_are_those_of_the_common_scorer(theirs: Any) -> None:
    rng = np.random.default_rng(1)
    expected = [rng.gamma(0.4, 0.5, 300).round(2) for _ in range(20)]  # rounded: there are ties and zeros
    came = [rng.poisson(e).astype(float) for e in expected]
    outside = rng.integers(0, 3, 20).astype(float)
    want, _by_origin = theirs.score_cells(expected, came, outside)
    checked = Checked(expected, came, outside)
    for share, name in ((0.01, "1"), (0.02, "2"), (0.05, "5"), (0.10, "10")):
        ours = [r.value for r in catching(checked, share)]
        assert ours == pytest.approx([want[f"{m}@{name}"] for m in ("hit", "pai", "pei")])
    found = measures(checked, None, None)
    assert found["deviance"].value == pytest.approx(want["deviance"])
    assert found["log_score"].value == pytest.approx(want["logscore"])
    assert found["bias_ratio"].value == pytest.approx(want["bias_ratio"])
    areas = np.array([e[:30] * 20 for e in expected])
    counts = rng.poisson(areas).astype(float)
    low, high = np.floor(areas * 0.5), np.ceil(areas * 1.5)
    ones = np.ones(30)
    want = theirs.score_regions(areas, counts, ones, ones, low, high)
    found = measures(Checked(list(areas), list(counts), outside), list(low), list(high))
    assert found["crps"].value == pytest.approx(want["r_crps_pois"])
    assert found["coverage"].value == pytest.approx(want["r_cover90"])
    assert found["interval_score"].value == pytest.approx(want["r_intscore90"])
