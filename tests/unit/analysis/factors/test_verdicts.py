"""A find holds only when every condition does; each failing condition is the reason told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sigun.analysis.factors.inference import Told
from sigun.analysis.factors.terms import Term
from sigun.analysis.factors.verdicts import Evidence, Find, judge

TERM = Term("x", "x", 0, "X", "", "g", "?", "factor", "sigungu", False, False, "", False, False)
TOLD = Told(TERM, 1.0, 0.2, 0.6, 1.4, 0.001, "wild_cluster", 30.0, 31)
FOUND = Find(TOLD, "within_twoway", 0.001, 0.01, True, True, 0.01)
NOTHING = replace(FOUND, p=0.6, q=0.8, found=False)
GOOD = Evidence(TERM, None, FOUND, None, None, None, 1.5, 10.0, None, 0.95, 0.002, (0.8, 1.2), True)


def test_a_find_that_passes_everything_holds() -> None:
    assert judge(GOOD)[0] == "holds"


@pytest.mark.parametrize(
    ("changed", "verdict", "words"),
    [
        ({"vif": 12.0}, "unstable", "VIF"),
        ({"same_sign": 0.7}, "unstable", "depends on the specification"),
        ({"joint_p": 0.08}, "unstable", "specifications together"),
        ({"left_out": (-0.1, 1.2)}, "unstable", "single region"),
        ({"lead": replace(TOLD, estimate=1.5)}, "unstable", "after the outcome"),
        ({"lead": replace(TOLD, estimate=-0.4)}, "unstable", "after the outcome"),
        ({"lead": replace(TOLD, estimate=0.4)}, "holds", "inside regions"),  # said beside
        ({"lead": replace(TOLD, estimate=1.5, p=0.2)}, "holds", "inside regions"),
        ({"main": replace(FOUND, agreed=False)}, "unstable", "different ways"),
        ({"main": replace(FOUND, faintest=0.3)}, "unstable", "Only one"),
        ({"term": replace(TERM, moved=True)}, "not_testable", "direction"),
        ({"term": replace(TERM, earlier=True)}, "not_testable", "persistence"),
        ({"main": replace(FOUND, told=replace(TOLD, moved=3))}, "not_testable", "regions only"),
        ({"panel": False}, "between_only", "one period"),
        ({"main": NOTHING, "without_periods": FOUND, "between": FOUND}, "unstable", "common course"),
        ({"main": NOTHING, "between": FOUND, "pooled": FOUND}, "between_only", "Regions that differ"),
        ({"main": NOTHING, "pooled": FOUND}, "unstable", "thrown together"),
        ({"main": NOTHING}, "unseen", "no proof of no effect"),
        ({"main": None}, "not_testable", "too few rows"),
    ],
)
def test_each_condition_has_its_verdict_and_its_words(changed: dict[str, object], verdict: str, words: str) -> None:
    found, reason = judge(replace(GOOD, **changed))  # type: ignore[arg-type]
    assert found == verdict
    assert words in reason.template
