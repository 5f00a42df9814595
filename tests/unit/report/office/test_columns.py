"""Widths of a table's columns."""

from __future__ import annotations

import pytest

from sigun.report.office.columns import turned, widths
from sigun.report.office.flow import Grid
from sigun.report.widths import ems


def grid(head: tuple[str, ...], *rows: tuple[str, ...]) -> Grid:
    return Grid("", head, rows, (False,) * len(head))


@pytest.mark.parametrize("columns", [1, 2, 7, 13])
def test_they_fill_the_page_exactly(columns: int) -> None:
    held = widths(grid(tuple(f"열{n}" for n in range(columns)), tuple("가" * n for n in range(columns))), 9637)
    assert sum(held) == 9637
    assert min(held) > 0


def test_a_long_text_gets_more_than_a_number() -> None:
    number, text = widths(grid(("수", "글"), ("12", "긴 글이 여기에 들어가고 또 이어집니다")), 1000)
    assert text > 3 * number


def test_a_long_word_does_not_take_the_page() -> None:
    word, other = widths(grid(("해시", "글"), ("a" * 400, "짧은 글 하나")), 1000)
    page = 482 / 9  # ems of the smaller letters
    assert other / 1000 * page > ems("짧은 글 하나")
    assert word > other


def test_a_form_has_narrow_labels() -> None:
    assert widths(Grid("", (), (("이름", "값"),), (False, False)), 1000) == (200, 800)


def test_more_than_ten_columns_lie_on_their_side() -> None:
    assert not turned(grid(tuple("abcdefghij")))
    assert turned(grid(tuple("abcdefghijk")))
