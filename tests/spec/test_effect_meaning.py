"""What a policy's effect means: who counts as treated, which designs may speak, and what each refusal says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from effects import FIRST, gyeonggi, panel_with, step_of, world
from sigun.analysis.effect.step import effect
from sigun.errors import MethodError, SigunError
from sigun.region.neighbours import Neighbours, linked
from sigun.result import Result
from sigun.text import Message

G = gyeonggi()


def told(
    folder: Path, y: np.ndarray, treatment: dict[str, Any], more: dict[str, np.ndarray] | None = None, **step: Any
) -> Result:
    panel = panel_with(folder, y, more)
    asked = step_of(treatment, placebos=99, draws=199, **step)
    return effect(asked, panel, np.random.default_rng(1))


def starts(*periods: int) -> dict[str, Any]:
    return {"starts": {G[i]: FIRST + p for i, p in enumerate(periods)}}


def verdicts(result: Result) -> dict[str, str]:
    return dict(zip(result.tables["designs"]["design"], result.tables["designs"]["verdict"], strict=True))


def check(result: Result, name: str, design: str | None = None) -> str:
    rows = result.tables["checks"]
    rows = rows[(rows["check"] == name) & ((rows["design"] == design) | (design is None))]
    return str(rows["outcome"].iloc[0]) if len(rows) else ""


def test_a_clear_effect_is_found_by_every_design(tmp_path: Path) -> None:
    y, _ = world(np.random.default_rng(2), [8, 9, 9, 10, 7, 8], effect=2.0)
    designs = ["group_time", "event_study", "synthetic_control", "sdid"]
    result = told(tmp_path, y, starts(8, 9, 9, 10, 7, 8), design=designs)
    found = verdicts(result)
    assert [found[d] for d in ("group_time", "event_study", "sdid")] == ["raised"] * 3
    assert result.claim == "effect" and result.fact("main").value == "group_time"
    near = result.tables["designs"].set_index("design")["estimate"]
    assert np.abs(near - 2.0).max() < 0.7


def test_a_listed_start_and_a_variable_above_its_threshold_are_the_same(tmp_path: Path) -> None:
    y, start = world(np.random.default_rng(2), [8, 9, 9, 10, 7, 8], effect=2.0)
    grant = 30.0 * (np.arange(15) >= start[:, None]) + 5.0
    one = told(tmp_path / "a", y, starts(8, 9, 9, 10, 7, 8), design=["group_time"])
    two = told(tmp_path / "b", y, {"variable": "grant", "above": 10}, {"grant": grant}, design=["group_time"])
    assert one.tables["designs"]["estimate"].equals(two.tables["designs"]["estimate"])


GATES = """
     world                          | check           | answers
     everyone at once               | comparison      | no
     treated from the first period  | treated         | no
     two periods before             | pre_periods     | no
     drift before                   | pre_slope       | no
     four others                    | comparison      | no
     never in these periods         | treated         | no
     outcome unseen at the start    | treated         | no
"""


def made(what: str) -> tuple[np.ndarray, dict[str, Any]]:
    y, start = world(np.random.default_rng(4), [8] * 6, effect=2.0)
    unseen = np.where((np.arange(31) < 6)[:, None] & (np.arange(15) == 8), np.nan, y)
    worlds = {
        "everyone at once": (y, starts(*[8] * 31)),
        "treated from the first period": (y, starts(*[0] * 6)),
        "two periods before": (y[:, 6:], starts(*[2] * 6)),
        "drift before": (y + 0.4 * np.arange(15) * (start[:, None] < 99), starts(*[8] * 6)),
        "four others": (y[:10], starts(*[8] * 6)),
        "never in these periods": (y, starts(*[40] * 6)),
        "outcome unseen at the start": (unseen, starts(*[8] * 6)),
    }
    return worlds[what]


@pytest.mark.parametrize(
    ("what", "name", "answers"), [tuple(c.strip() for c in r.split("|")) for r in GATES.strip().splitlines()[1:]]
)
def test_a_design_that_fails_a_check_is_not_answerable(tmp_path: Path, what: str, name: str, answers: str) -> None:
    y, treatment = made(what)
    result = told(tmp_path, y, treatment, design=["group_time"])
    row = result.tables["designs"].iloc[0]
    assert row["verdict"] == "not_answerable" and result.claim == "description" and answers == "no"
    assert check(result, name) == "fail"
    assert row["reason"] and row["would_need"]  # why, and the data that would answer


def test_one_treated_region_is_judged_by_placebos_alone(tmp_path: Path) -> None:
    y, _ = world(np.random.default_rng(3), [8], effect=3.0)
    result = told(tmp_path, y, starts(8))
    rows = result.tables["designs"]
    assert list(rows["design"]) == ["synthetic_control", "sdid"] and set(rows["p_kind"]) == {"placebo"}
    assert set(rows["verdict"]) == {"raised"} and np.allclose(rows["p"], 1 / 31)
    assert (result.tables["placebos"].groupby("design").size() == 31).all()  # itself and each of thirty


def test_with_few_donors_the_placebo_test_cannot_reach_five_per_cent(tmp_path: Path) -> None:
    y, _ = world(np.random.default_rng(3), [8], n=16, effect=3.0)
    result = told(tmp_path, y, starts(8))
    assert set(verdicts(result).values()) == {"not_answerable"} and check(result, "donors") == "fail"
    assert result.tables["designs"]["estimate"].notna().all()  # the figures are shown, and say nothing


def test_a_region_outside_the_hull_of_the_others_has_no_synthetic_control(tmp_path: Path) -> None:
    y, _ = world(np.random.default_rng(3), [8], effect=3.0)
    y[0] += 9
    result = told(tmp_path, y, starts(8))
    assert verdicts(result)["synthetic_control"] == "not_answerable"
    assert check(result, "fit", "synthetic_control") == "fail"
    assert result.fact("main").value == "sdid"  # which leaves a constant distance free


def test_not_yet_treated_regions_stand_in_where_everyone_is_treated_in_the_end(tmp_path: Path) -> None:
    y, start = world(np.random.default_rng(6), [6 + i % 6 for i in range(31)], effect=2.0)
    when = starts(*[int(s) for s in start])
    assert verdicts(told(tmp_path / "a", y, when, design=["group_time"]))["group_time"] == "not_answerable"
    later = told(tmp_path / "b", y, when, design=["group_time"], comparison="not_yet_treated")
    assert verdicts(later)["group_time"] == "raised"


def test_anticipation_moves_the_base_period_back(tmp_path: Path) -> None:
    y, _ = world(np.random.default_rng(2), [8] * 6, effect=2.0)
    y[:6, 7] += 2.0  # people knew a period before
    late = told(tmp_path / "a", y, starts(*[8] * 6), design=["group_time"])
    known = told(tmp_path / "b", y, starts(*[8] * 6), design=["group_time"], anticipation=1)
    assert abs(known.tables["designs"]["estimate"].iloc[0] - 2.0) < 0.6
    assert abs(late.tables["designs"]["estimate"].iloc[0]) < 0.6
    assert list(known.tables["events"].query("estimate == 0")["event_time"]) == [-2]


def test_controls_take_out_what_made_the_treated_part(tmp_path: Path) -> None:
    rng = np.random.default_rng(8)
    y, _ = world(rng, [8] * 8)
    older = rng.normal(size=31) + np.where(np.arange(31) < 8, 1.0, 0.0)
    y = y + np.outer(older, 0.3 * np.arange(15))
    share = np.repeat(older[:, None], 15, axis=1)
    without = told(tmp_path / "a", y, starts(*[8] * 8), {"share": share}, design=["group_time"])
    held = told(tmp_path / "b", y, starts(*[8] * 8), {"share": share}, design=["group_time"], controls=["share"])
    assert abs(without.tables["designs"]["estimate"].iloc[0]) > 0.7
    assert abs(held.tables["designs"]["estimate"].iloc[0]) < 0.5


def test_a_log_outcome_is_told_in_per_cent(tmp_path: Path) -> None:
    y, _ = world(np.random.default_rng(2), [8] * 6)
    births = np.exp(5 + 0.1 * y) * np.where((np.arange(31) < 6)[:, None] & (np.arange(15) >= 8), 1.5, 1.0)
    result = told(tmp_path, births, starts(*[8] * 6), outcome={"variable": "tfr", "transform": "log"})
    row = result.tables["designs"].iloc[0]
    assert row["effect_unit"] == "percent" and abs(row["effect"] - 50) < 10
    assert row["effect"] == pytest.approx(100 * np.expm1(row["estimate"]))


def test_designs_that_contradict_each_other_are_not_believed() -> None:
    from sigun.analysis.effect.answer import Answer
    from sigun.analysis.effect.step import agreeing

    up = Answer("group_time", 1.0, 0.1, 0.8, 1.2, 0.01)
    down = Answer("sdid", -1.0, 0.1, -1.2, -0.8, 0.01)
    assert [a.verdict for a in agreeing([up, down])] == ["not_answerable"] * 2
    assert [a.verdict for a in agreeing([up, up])] == ["raised"] * 2


WRONG = """
     treatment                     | words
     starts: 없는시                | 패널에 없는 지역
     starts: 수원시 soon           | 기간이 아닙니다
     variable: nothing             | 패널에 없는 변수
"""


@pytest.mark.parametrize(
    ("said", "words"), [tuple(c.strip() for c in r.split("|")) for r in WRONG.strip().splitlines()[1:]]
)
def test_what_the_panel_does_not_have_is_said_with_a_remedy(tmp_path: Path, said: str, words: str) -> None:
    from sigun.text import speaking

    y, _ = world(np.random.default_rng(2), [8] * 6)
    kind, _, rest = said.partition(": ")
    place, _, when = rest.partition(" ")
    treatment = {"variable": rest} if kind == "variable" else {"starts": {place: when or 2010}}
    with speaking("ko"):
        with pytest.raises(SigunError) as caught:
            told(tmp_path, y, treatment)
        assert words in str(caught.value) and caught.value.remedy


def test_an_outcome_without_variation_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MethodError):
        told(tmp_path, np.ones((31, 15)), starts(8))


def test_cautions_are_messages(tmp_path: Path) -> None:
    y, _ = world(np.random.default_rng(2), [8, 9, 8, 9, 8, 9], effect=1.0)
    result = told(tmp_path, y, starts(8, 9, 8, 9, 8, 9))
    assert result.cautions and all(isinstance(c, Message) for c in result.cautions)


def test_the_same_seed_gives_the_same_tables(tmp_path: Path) -> None:
    from sigun.result import result_hash

    y, _ = world(np.random.default_rng(2), [8, 9], effect=1.0)
    results = [told(tmp_path / n, y, starts(8, 9)) for n in "ab"]
    assert result_hash({"effect": results[0]}) == result_hash({"effect": results[1]})


def neighbours_of(regions: list[str], pairs: list[tuple[int, int]]) -> Neighbours:
    here, there = np.array(sorted([*pairs, *((b, a) for a, b in pairs)])).T
    return linked(regions, here, there, "file", "made up")


def test_without_the_neighbours_of_treated_regions_the_answer_is_asked_once_more(tmp_path: Path) -> None:
    """Six neighbours lose what the treated gain: the others tell only half of the difference is theirs."""
    y, _ = world(np.random.default_rng(2), [8] * 6, effect=1.0)
    y[6:12, 8:] -= 3.0
    panel = panel_with(tmp_path, y)
    place = {name: at for at, name in enumerate(panel.units["name"])}
    pairs = [(place[G[i]], place[G[i + 6]]) for i in range(6)]
    beside = replace(panel, neighbours=neighbours_of(list(panel.units["unit"]), pairs))
    step = step_of(starts(*[8] * 6), placebos=99, draws=199, design=["group_time", "sdid"])
    known = effect(step, beside, np.random.default_rng(1))
    assert known.fact("beside").value == 6
    assert check(known, "spillover", "group_time") == "caution"
    alone = known.tables["sensitivity"].query("kind == 'without_neighbours'")["estimate"].iloc[0]
    assert abs(alone - 1.0) < 0.5 < known.tables["designs"]["estimate"].iloc[1] - alone + 0.5
    assert check(effect(step, panel, np.random.default_rng(1)), "spillover", "group_time") == "not_done"


def test_a_window_leaves_the_other_periods_out(tmp_path: Path) -> None:
    y, _ = world(np.random.default_rng(2), [8] * 6, effect=2.0)
    y[:6, 11:] += 50  # something else, later
    result = told(tmp_path, y, starts(*[8] * 6), window={"before": 5, "after": 3}, design=["group_time", "sdid"])
    assert sorted(result.tables["events"]["event_time"]) == list(range(-5, 3))
    assert (result.tables["designs"]["estimate"] < 3).all()


def test_two_treated_regions_are_judged_by_sets_of_two(tmp_path: Path) -> None:
    y, _ = world(np.random.default_rng(3), [8, 9], effect=3.0)
    result = told(tmp_path, y, starts(8, 9), design=["group_time", "synthetic_control", "sdid"])
    rows = result.tables["designs"].set_index("design")
    assert set(rows["p_kind"]) == {"placebo"} and (rows["treated"] == 2).all()
    assert rows.loc["sdid", "verdict"] == "raised"
    assert rows["p"].min() == pytest.approx(1 / 100)
