"""Rubrics and juries are data."""

import re
from pathlib import Path

import pytest

from sigun.council.review.rubric import ReviewError, read_juries, read_rubric, shipped_juries, shipped_rubrics

ROOT = Path(__file__).resolve().parents[4]
OURS = [20, 20, 25, 15, 20]
RUBRIC = """
id: small
title: 작은 기준
criteria:
  - {id: a, title: 가, weight: 60, low: 1, high: 5}
  - {id: b, title: 나, weight: 40}
"""


def test_our_own_rubric_comes_first_and_weighs_as_the_council_does() -> None:
    first = shipped_rubrics()[0]
    assert first.id == "council"
    assert [c.weight for c in first.criteria] == OURS


def test_published_rubrics_and_juries_name_their_source() -> None:
    assert all(r.source for r in shipped_rubrics()[1:])
    assert all(j.source for j in shipped_juries()[1:])


def test_published_juries_count_fifty_thirty_twenty() -> None:
    assert [(j.id, j.share) for j in shipped_juries()[1].juries] == [("expert", 50), ("citizen", 30), ("online", 20)]


def test_a_rubric_is_read_from_a_file() -> None:
    assert read_rubric(RUBRIC).criteria[0].high == 5


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("weight: 40", "weight: 30"), "add up to 90, not to 100"),
        (("id: b", "id: a"), "stands twice"),
        (("low: 1, high: 5", "low: 5, high: 5"), "must rise"),
        (("title: 나", "titel: 나"), "titel|Extra"),
        (("criteria:", "criteria: ["), "not YAML"),
        (("weight: 60", "weight: -60"), "greater than 0"),
    ],
)
def test_a_wrong_rubric_is_refused_with_the_reason(change: tuple[str, str], said: str) -> None:
    with pytest.raises(ReviewError, match=said):
        read_rubric(RUBRIC.replace(*change))


def test_juries_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ReviewError, match="not to 100"):
        read_juries("{id: x, title: X, juries: [{id: a, title: A, share: 50}]}")


@pytest.mark.parametrize("page", ["review.md", "review.ko.md"])
def test_the_files_on_the_page_are_read_as_they_stand(page: str) -> None:
    text = (ROOT / "docs/reference/methods" / page).read_text(encoding="utf-8")
    rubric, juries = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    assert read_rubric(rubric).id == "council"
    assert read_juries(juries).juries[2].crowd
