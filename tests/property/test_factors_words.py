"""A report says no more than its panel's truth allows: a panel of some of the benchmark's worlds, read by program."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.factors_words import Judged, judged

from words_page import Said, directed, looked, named_causes, read
from words_worlds import WORLDS

SEED = 2026
ANSWERS = {
    "confounder between regions": {"between_only": 1, "holds": 1},
    "opposite between and within": {"holds": 1},
    "bad control, declared": {"not_testable": 1},
}


def _sound(seen: Judged) -> None:
    assert not seen.crash, seen.crash
    assert not seen.causes
    assert not seen.unlike
    assert all(told == true for told, true in seen.signs.values())


@pytest.mark.parametrize("world", ANSWERS)
def test_words_of_a_factor_analysis(world: str) -> None:
    seen = judged((world, SEED, 0))
    _sound(seen)
    assert seen.signs
    assert all(seen.verdicts[name] >= n for name, n in ANSWERS[world].items())


def test_words_of_a_policy_whose_regions_were_on_another_way_before() -> None:
    seen = judged(("another way before", SEED, 0))
    _sound(seen)
    assert seen.policy == ("not_answerable", 0) and not seen.signs


def test_words_of_a_policy_with_an_effect() -> None:
    seen = judged(("policy with effect", SEED, 0))
    _sound(seen)
    assert list(seen.signs) == [("policy", "effect")]


def _page(*sentences: str) -> tuple[Said, ...]:
    return read("<section id='summary'>" + "".join(f"<p>{s}</p>" for s in sentences) + "</section>")


def test_the_reader_sees_causes_and_denials() -> None:
    page = _page(
        "주택가격이 출산율을 낮췄습니다. 이는 원인이 아닙니다.",
        "Prices led to fewer births. They are no causes.",
        "지역 효과만 둔 분석에서는 관련이 있었습니다.",
        "고용률 덕분에 더 높습니다.",
    )
    assert [s.text for s in named_causes(page)] == [
        "주택가격이 출산율을 낮췄습니다.",
        "Prices led to fewer births.",
        "고용률 덕분에 더 높습니다.",
    ]


def test_the_reader_sees_directions_and_what_they_refer_to() -> None:
    up, down = _page(
        "같은 지역에서 <span data-ref='factors:answer[price].title'>가격</span>이 높은 때에는 더 높은 쪽이었습니다.",
        "Regions with <span data-ref='factors:answer[jobs].title'>jobs</span> higher were associated with lower tfr.",
    )
    assert (up.factors(), directed(up), looked(up)) == (["price"], 1, "within")
    assert (down.factors(), directed(down), looked(down)) == (["jobs"], -1, "between")


def test_worlds_are_two_hundred_and_made_alike_again() -> None:
    assert sum(n for n, _make in WORLDS.values()) == 200
    for _n, make in WORLDS.values():
        first, again = (make(np.random.default_rng(5)) for _ in range(2))
        assert first.table.equals(again.table) and first.factors == again.factors
