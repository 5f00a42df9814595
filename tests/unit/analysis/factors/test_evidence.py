"""Finds counted among all that was tried; two looks at one question put together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sigun.analysis.factors.evidence import Trial, combined, counted
from sigun.analysis.factors.inference import Told
from sigun.analysis.factors.terms import Term


def term(name: str) -> Term:
    return Term(name, name, 0, name, "", name, "?", "factor", "sigungu", False, False, "", False, False)


def trial(name: str, estimator: str, p: float, estimate: float = 1.0, **more: bool) -> Trial:
    told = Told(term(name), estimate, 1.0, 0.0, 2.0, p, "crv1", 30.0, 31)
    return Trial(term(name), told, estimator, **more)


def test_levels_and_changes_share_one_p_and_one_q() -> None:
    tried = counted([trial("x", "within_twoway", 0.2), trial("x", "first_difference", 0.001)], 0.10)
    assert tried.p[0] == tried.p[1] == pytest.approx(combined(np.array([0.2, 0.001])))
    found = tried.find(term("x"), "within_twoway")
    assert found is not None and found.found and found.estimator == "first_difference"


def test_the_effect_is_that_of_levels_where_these_see_it_too() -> None:
    tried = counted([trial("x", "within_twoway", 0.03), trial("x", "first_difference", 0.001)], 0.10)
    found = tried.find(term("x"), "within_twoway")
    assert found is not None and found.estimator == "within_twoway"


def test_looks_that_point_different_ways_do_not_agree() -> None:
    tried = counted([trial("x", "within_twoway", 0.01), trial("x", "first_difference", 0.01, -1.0)], 0.10)
    found = tried.find(term("x"), "within_twoway")
    assert found is not None and not found.agreed


def test_a_look_that_sees_nothing_is_known() -> None:
    tried = counted([trial("x", "within_twoway", 0.6), trial("x", "first_difference", 1e-5)], 0.10)
    found = tried.find(term("x"), "within_twoway")
    assert found is not None and found.found and found.faintest == 0.6


def test_beside_an_earlier_outcome_changes_are_no_witness() -> None:
    trials = [trial("x", "within_twoway", 0.5, paired=False), trial("x", "first_difference", 1e-6, paired=False)]
    found = counted(trials, 0.10).find(term("x"), "within_twoway")
    assert found is not None and not found.found and found.p == 0.5


def test_finds_between_regions_do_not_help_those_inside() -> None:
    inside = [trial(f"x{k}", "within_twoway", 0.03 if k == 0 else 0.9) for k in range(10)]
    between = [trial(f"x{k}", "between", 1e-9) for k in range(10)]
    alone, both = counted(inside, 0.10), counted([*inside, *between], 0.10)
    assert alone.q == both.q[:10]
    assert alone.q[0] == pytest.approx(0.3)


def test_other_lags_count_as_tried() -> None:
    main = trial("x", "within_twoway", 0.02)
    others = [replace(main, told=replace(main.told, term=main.term.at(lag), p=0.8)) for lag in (1, 2, 3)]
    assert counted([main], 0.10).q[0] == pytest.approx(0.02)
    assert counted([main, *others], 0.10).q[0] == pytest.approx(0.08)


def test_what_has_no_p_is_not_counted() -> None:
    tried = counted([trial("x", "between", float("nan")), trial("z", "between", 0.04)], 0.10)
    assert np.isnan(tried.q[0]) and tried.q[1] == pytest.approx(0.04)
