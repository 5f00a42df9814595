"""What cannot be answered is said with its remedy; what can be answered beside it still is."""

from __future__ import annotations

import numpy as np
import pytest

from factor_panels import panel_of, step_of
from sigun.analysis.factors.step import factors
from sigun.errors import MethodError, Several
from sigun.result import Result
from sigun.text import set_language

REGIONS, YEARS = 20, 8


@pytest.fixture(autouse=True)
def english() -> None:
    set_language("en")


def drawn(*names: str, seed: int = 1, regions: int = REGIONS, years: int = YEARS) -> dict[str, np.ndarray]:
    """Columns of chance."""
    rng = np.random.default_rng(seed)
    return {name: rng.normal(size=(regions, years)) + rng.normal(size=(regions, 1)) for name in names}


def asked(columns: dict[str, np.ndarray], *names: str, **more: object) -> Result:
    """The step on these columns, each of the named a factor."""
    step = {k: more.pop(k) for k in ("controls", "together", "estimators", "checks") if k in more}
    return factors(step_of(names, **step), panel_of(columns, **more), np.random.default_rng(1))  # type: ignore[arg-type]


def verdicts(result: Result) -> dict[str, str]:
    """Of each factor."""
    return dict(zip(result.tables["answer"]["term"], result.tables["answer"]["verdict"], strict=True))


def reason(result: Result, term: str) -> str:
    """The reason given for one."""
    return str(result.tables["answer"].set_index("term").loc[term, "reason"])


def test_a_factor_constant_over_time_is_not_testable_and_the_others_are() -> None:
    columns = drawn("y", "x", "still")
    columns["still"] = np.broadcast_to(columns["still"][:, :1], (REGIONS, YEARS))
    result = asked(columns, "x", "still")
    assert verdicts(result) == {"x": "unseen", "still": "not_testable"}
    assert "never changes inside a region" in reason(result, "still")
    between = result.tables["estimates"].query("estimator == 'between'")
    assert set(between["term"]) == {"x", "still"}  # between regions it is still told


def test_a_factor_that_moves_alike_everywhere_falls_together_with_the_periods() -> None:
    columns = drawn("y", "x", "nation")
    columns["nation"] = np.broadcast_to(columns["nation"][:1], (REGIONS, YEARS))
    assert "moves alike in all regions" in reason(asked(columns, "x", "nation"), "nation")


def test_of_two_like_factors_the_second_repeats_the_first() -> None:
    columns = drawn("y", "x", "z")
    columns["twin"] = 3 - 2 * columns["x"]
    result = asked(columns, "x", "z", "twin")
    assert verdicts(result)["twin"] == "not_testable"
    row = result.tables["answer"].set_index("term").loc["twin"]
    assert row["reason_values"] == '{"names": "X"}'
    assert "X" in result.tables["variance"]["title"].tolist()


def test_a_factor_that_repeats_several_others_names_them() -> None:
    columns = drawn("y", "a", "b")
    columns["sum"] = columns["a"] + columns["b"]
    row = asked(columns, "a", "b", "sum").tables["answer"].set_index("term").loc["sum"]
    assert "A, B" in row["reason_values"] or "B, A" in row["reason_values"]


def test_the_outcome_in_another_unit_is_no_factor() -> None:
    columns = drawn("y", "x")
    columns["same"] = 1000 * columns["y"]
    assert "outcome itself" in reason(asked(columns, "x", "same"), "same")


def test_the_outcomes_own_denominator_and_ratios_sharing_it_are_not_testable() -> None:
    columns = drawn("births", "women", "jobs", "x")
    columns = {k: np.exp(v) + 5 for k, v in columns.items()}
    columns |= {"y": columns["births"] / columns["women"], "z": columns["jobs"] / columns["women"]}
    columns["ln_women"] = np.log(columns["women"])
    derived = [
        {"id": "y", "op": "rate", "of": "births", "per": "women"},
        {"id": "z", "op": "rate", "of": "jobs", "per": "women"},
        {"id": "ln_women", "op": "log", "of": "women"},
    ]
    result = asked(columns, "women", "z", "ln_women", "x", "births", derived=derived)
    assert {k for k, v in verdicts(result).items() if v == "not_testable"} == {"women", "z", "ln_women", "births"}
    assert "shares a denominator" in reason(result, "z")
    assert "part of it" in reason(result, "births")
    terms = result.tables["terms"].set_index("term")
    assert terms.loc["z", "shares_denominator"] == "WOMEN"


def test_a_denominator_declared_by_a_card_counts() -> None:
    columns = drawn("y", "x", "women")
    result = asked(columns, "x", "women", more={"y": {"per": "women"}})
    assert "shares a denominator" in reason(result, "women")


def test_what_the_outcome_moves_itself_never_holds() -> None:
    columns = drawn("y", "police")
    columns["y"] = columns["y"] * 0.2 + columns["police"]
    plain, declared = asked(columns, "police"), asked(columns, "police", more={"police": {"moved_by": ["y"]}})
    assert verdicts(plain) == {"police": "holds"}
    assert verdicts(declared) == {"police": "not_testable"}
    assert "direction" in reason(declared, "police")
    assert declared.tables["answer"].loc[0, "moved_by_outcome"]


def test_a_control_that_the_outcome_moves_is_warned_of() -> None:
    columns = drawn("y", "x", "size")
    result = asked(columns, "x", controls=["size"], more={"size": {"moved_by": ["y"]}})
    assert any("bad control" in c.template for c in result.cautions)


def test_more_factors_than_regions_carry_are_refused_with_the_remedy() -> None:
    names = [f"x{k}" for k in range(12)]
    columns = drawn("y", *names, regions=10, years=4)
    with pytest.raises(MethodError, match="12 factors and controls"):
        asked(columns, *names)
    assert set(verdicts(asked(columns, *names, together="one")).values()) <= {"unseen", "unstable", "between_only"}


def test_one_region_and_an_outcome_that_never_varies_are_said_together() -> None:
    columns = drawn("y", "x", regions=1)
    columns["y"] = np.zeros((1, YEARS))
    with pytest.raises(Several) as told:
        asked(columns, "x")
    assert {"Only one region", "The outcome is"} <= {p.what[:15] for p in told.value.problems} | {
        p.what[:14] for p in told.value.problems
    }


def test_all_singletons_have_no_answer() -> None:
    columns = drawn("y", "x")
    alone = np.full((REGIONS, YEARS), np.nan)
    alone[np.arange(REGIONS), np.arange(REGIONS) % YEARS] = 1.0
    columns["x"] = columns["x"] * alone
    with pytest.raises(MethodError, match="together in two periods"):
        asked(columns, "x")


def test_two_periods_are_answered_and_said() -> None:
    columns = drawn("y", "x", years=2)
    result = asked(columns, "x")
    assert any("two periods only" in c.template for c in result.cautions)
    assert len(result.tables["unit_roots"]) == 0


def test_one_period_compares_regions_and_never_holds() -> None:
    columns = drawn("y", "x", years=1, regions=60)
    columns["y"] = columns["y"] + 3 * columns["x"]
    result = asked(columns, "x")
    assert verdicts(result) == {"x": "between_only"}
    assert any("one period only" in c.template for c in result.cautions)
    assert result.fact("main").value == "pooled"


def test_a_factor_told_nowhere_is_left_out_and_said() -> None:
    columns = drawn("y", "x", "gone")
    columns["gone"] = np.full((REGIONS, YEARS), np.nan)
    result = asked(columns, "x", "gone")
    assert verdicts(result) == {"x": "unseen", "gone": "not_testable"}
    assert result.fact("regions").value == REGIONS


def test_a_policy_in_three_regions_is_untestable_by_clusters() -> None:
    columns = drawn("y")
    policy = np.zeros((REGIONS, YEARS))
    policy[:3, 4:] = 1
    columns["policy"] = policy
    result = asked(columns, "policy")
    row = result.tables["answer"].set_index("term").loc["policy"]
    assert (row["verdict"], row["p_kind"]) == ("not_testable", "randomisation")
    assert '"n": 3' in row["reason_values"]
    assert any("method: effect" in c.template for c in result.cautions)


def test_a_policy_everyone_got_at_once_is_not_testable() -> None:
    columns = drawn("y", "x")
    columns["policy"] = np.broadcast_to((np.arange(YEARS) >= 4).astype(float), (REGIONS, YEARS))
    result = asked(columns, "x", "policy")
    assert "moves alike in all regions" in reason(result, "policy")


def test_where_no_factor_is_left_each_reason_is_told() -> None:
    columns = drawn("y", "gone")
    columns["gone"] = np.full((REGIONS, YEARS), np.nan)
    columns["same"] = 2 * columns["y"]
    with pytest.raises(Several) as told:
        asked(columns, "gone", "same")
    assert [p.what.split(":")[0] for p in told.value.problems] == ["GONE cannot be tested", "SAME cannot be tested"]
