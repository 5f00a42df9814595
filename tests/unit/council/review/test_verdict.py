"""Juries combined, and what weakens the order."""

from itertools import pairwise

import numpy as np
import pytest

from sigun.council.review.made_up import Planted, make_round
from sigun.council.review.rubric import Juries, Jury, ReviewError, shipped_juries
from sigun.council.review.sheets import Tally
from sigun.council.review.stability import draw_again, leave_one_out
from sigun.council.review.verdict import Verdict, judge

ALONE = shipped_juries()[0]
TWO = Juries(
    id="two", title="둘", juries=(Jury(id="a", title="전문가", share=70), Jury(id="b", title="시민", share=30))
)


def full(points: list[list[float]]) -> Tally:
    return Tally(np.ones(np.shape(points)), np.array(points, dtype=float))


def judged(tallies: list[Tally], juries: Juries = ALONE, first: int = 1) -> Verdict:
    return judge(tallies, juries, first, np.random.default_rng(7))


EXPERTS = full([[80, 82, 81], [60, 61, 60.5], [70, 69, 69.5]])
CITIZENS = full([[50, 52, 54], [90, 91, 89], [70, 70, 73]])
APART = Tally(np.array([[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]]), np.array([[70.0, 0], [60, 0], [0, 90]]))


def test_shares_combine_means_adjusted_by_each_jury() -> None:
    verdict = judged([EXPERTS, CITIZENS], TWO)
    assert verdict.points == pytest.approx([0.7 * 81 + 0.3 * 52, 0.7 * 60.5 + 0.3 * 90, 0.7 * 69.5 + 0.3 * 71])
    assert verdict.rank.tolist() == [1, 3, 2]


def test_errors_of_juries_are_independent() -> None:
    verdict = judged([EXPERTS, CITIZENS], TWO)
    one, other = (s.adjusted.error for s in verdict.standings)
    assert verdict.error == pytest.approx(np.hypot(0.7 * one, 0.3 * other))


def test_other_shares_other_order() -> None:
    turned = TWO.model_copy(update={"juries": tuple(j.model_copy(update={"share": 50.0}) for j in TWO.juries)})
    assert judged([EXPERTS, CITIZENS], turned).rank.tolist() == [3, 1, 2]


def test_a_jury_that_gives_all_the_same_has_no_sway_whatever_its_share() -> None:
    verdict = judged([EXPERTS, full([[70, 70]] * 3)], TWO)
    assert verdict.sway == pytest.approx([1, 0])


def test_a_proposal_that_lacks_a_jury_has_no_points_and_it_is_said() -> None:
    half = Tally(np.array([[1.0], [1.0], [0.0]]), np.array([[60.0], [70.0], [0.0]]))
    verdict = judged([EXPERTS, half], TWO)
    assert np.isnan(verdict.points).tolist() == [False, False, True]
    assert verdict.rank[2] == 0
    assert "1 proposals have no points" in str(verdict.cautions[0])


def test_parts_without_a_common_reviewer_are_not_compared() -> None:
    verdict = judged([APART])
    assert verdict.part.tolist() == [0, 0, 1]
    assert verdict.rank.tolist() == [1, 2, 1]
    assert np.isnan(verdict.chance).all()
    assert "2 groups without a common reviewer" in str(verdict.cautions[0])


def test_a_crowd_is_compared_all_the_same() -> None:
    crowd = Juries(id="c", title="C", juries=(Jury(id="o", title="온라인", share=100, crowd=True),))
    verdict = judged([APART], crowd)
    assert verdict.rank.tolist() == [2, 3, 1]
    assert verdict.chance.sum() == pytest.approx(1)
    assert not leave_one_out(verdict).splits.any()


def test_parts_of_two_juries_must_both_hold() -> None:
    whole = full([[70, 71], [60, 66], [80, 84]])
    assert judged([whole, APART], TWO).part.tolist() == [0, 0, 1]


def test_a_tie_at_the_limit_is_said() -> None:
    verdict = judged([full([[70, 70], [70, 70], [60, 60]])])
    assert verdict.rank.tolist() == [1, 1, 3]
    assert any("2 proposals have equal points" in str(c) for c in verdict.cautions)
    assert judged([full([[70, 70], [70, 70], [60, 60]])], first=2).cautions == ()


@pytest.mark.parametrize(
    ("tallies", "first", "said"),
    [
        ([EXPERTS, EXPERTS], 1, "do not go together"),
        ([Tally(np.zeros((3, 2)), np.zeros((3, 2)))], 1, "no complete score sheet"),
        ([EXPERTS], 0, "cannot be selected"),
        ([EXPERTS], 4, "cannot be selected"),
    ],
)
def test_what_cannot_be_judged_is_refused(tallies: list[Tally], first: int, said: str) -> None:
    with pytest.raises(ReviewError, match=said):
        judged(tallies, first=first)


def test_leaving_out_the_one_who_lifted_the_winner_changes_the_selection() -> None:
    lifted = judged([full([[100, 60, 60], [70, 70, 70], [50, 50, 50]])])
    found = leave_one_out(lifted)
    assert found.reviewer.tolist() == [0, 1, 2]
    assert found.ranks[0].tolist() == [2, 1, 3]
    assert found.changes.tolist() == [True, False, False]
    assert found.kept == pytest.approx([2 / 3, 1 / 3, 0])


def test_leaving_out_the_only_link_is_told() -> None:
    seen = np.array([[1, 1, 0], [1, 1, 0], [0, 1, 1], [0, 0, 1]], dtype=float)
    found = leave_one_out(judged([Tally(seen, seen * 60)]))
    assert found.splits.tolist() == [False, True, False]
    assert found.ranks[2, 3] == 0


def test_leaving_out_goes_through_every_jury() -> None:
    found = leave_one_out(judged([EXPERTS, CITIZENS], TWO))
    assert list(zip(found.jury.tolist(), found.reviewer.tolist(), strict=True)) == [
        (0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2),
    ]  # fmt: skip


def test_drawing_again_keeps_what_all_agree_on() -> None:
    found = draw_again(
        judged([full([[90, 88, 91], [60, 75, 62], [61, 60, 74]])]), np.random.default_rng(8), samples=200
    )
    assert found.kept.tolist() == [1, 0, 0]
    assert (found.low.tolist(), found.high.tolist()) == ([1, 2, 2], [1, 3, 3])


def test_drawing_again_is_the_same_for_the_same_rng() -> None:
    verdict = judged([make_round(Planted(), np.random.default_rng(9))[1]], first=5)
    one, other = (draw_again(verdict, np.random.default_rng(1), samples=50) for _ in range(2))
    assert np.array_equal(one.kept, other.kept, equal_nan=True)


def test_a_round_nobody_has_all_juries_for_is_all_without_rank() -> None:
    left = Tally(np.array([[1.0], [0.0]]), np.array([[60.0], [0.0]]))
    right = Tally(np.array([[0.0], [1.0]]), np.array([[0.0], [60.0]]))
    verdict = judged([left, right], TWO)
    assert verdict.rank.tolist() == [0, 0]
    assert np.isnan(draw_again(verdict, np.random.default_rng(1), samples=5).kept).all()
    assert leave_one_out(verdict).kept.tolist() == [0, 0]


def test_more_places_never_lessen_a_chance() -> None:
    tally = make_round(Planted(), np.random.default_rng(10))[1]
    chances = [judged([tally], first=k).chance for k in (1, 3, 8, 24)]
    assert all((b >= a).all() for a, b in pairwise(chances))
    assert chances[-1].tolist() == [1.0] * 24
