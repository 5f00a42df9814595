"""Where parallel paths do not hold, a policy's effect is not claimed; where they hold, it is found."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from effects import FIRST, policy_of, step_of, world
from sigun.analysis.effect.setting import Setting, Told
from sigun.analysis.effect.step import _run, agreeing, designs_of
from sigun.analysis.statistics.arrays import FloatArray, IntArray
from sigun.analysis.statistics.threads import one_thread

STEP = step_of({"variable": "grant"}, placebos=99, draws=199)
WORLDS = 20


def setting_of(y: FloatArray, start: IntArray) -> Setting:
    policy = policy_of(y, start)
    names = tuple(f"{i:02}" for i in range(len(y)))
    told = tuple(
        Told(names[i], names[i], str(start[i]), int(start[i]), y.shape[1] - int(start[i]), None)
        for i in np.flatnonzero(policy.treated)
    )
    return Setting(policy, names, names, tuple(str(FIRST + t) for t in range(y.shape[1])), None, told, 0)


def verdict(y: FloatArray, start: IntArray, seed: int) -> str:
    setting, rng = setting_of(y, start), np.random.default_rng(seed)
    answers = agreeing([_run(d, STEP, setting, rng) for d in designs_of(STEP, setting)])
    return next((a.verdict for a in answers if a.verdict != "not_answerable"), "not_answerable")


@pytest.mark.parametrize(
    ("what", "treated", "drift", "dip", "effect", "most", "least"),
    [
        ("nothing", 8, 0.0, 0.0, 0.0, 2, 0),
        ("a drift that goes on", 8, 0.2, 0.0, 0.0, 2, 0),
        ("treated when they had just fallen", 8, 0.0, 1.0, 0.0, 3, 0),
        ("three that drift", 3, 0.2, 0.0, 0.0, 4, 0),
        ("an effect", 8, 0.0, 0.0, 1.0, WORLDS, 15),
    ],
)
def test_how_often_a_change_is_claimed(
    what: str, treated: int, drift: float, dip: float, effect: float, most: int, least: int
) -> None:
    claimed: Counter[str] = Counter()
    with one_thread():
        for draw in range(WORLDS):
            rng = np.random.default_rng([draw, treated])
            y, start = world(rng, list(rng.integers(7, 10, treated)), effect=effect, rho=0.5)
            y[:treated] += drift * np.arange(15)
            y[np.arange(treated), start[:treated] - 1] -= dip
            claimed[verdict(y, start, draw)] += 1
    assert least <= claimed["raised"] + claimed["lowered"] <= most, (what, claimed)
