"""The parts figures are made of: classes, labels that keep apart, cells as few rectangles, clean words, small paths."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sigun.report.figures.amounts import plain
from sigun.report.figures.axes import spread, wide
from sigun.report.figures.classes import Classes, round_classes
from sigun.report.figures.ground import lay_ground, merge_cells
from sigun.report.figures.labels import Place, choose_places, label_places
from sigun.report.figures.style import TEXT, clean, house_style
from sigun.text import set_language
from unit.report.figures import fake

CELLS = st.lists(st.tuples(st.integers(-8, 8), st.integers(-8, 8)), min_size=1, max_size=60)
PLACES = st.lists(st.floats(0, 100, allow_nan=False), min_size=1, max_size=8)


@given(CELLS)
def test_rectangles_cover_the_cells_and_nothing_else(cells: list[tuple[int, int]]) -> None:
    x, y = np.array(cells).T
    covered = [(i, j) for x0, y0, x1, y1 in merge_cells(x, y).tolist() for i in range(x0, x1) for j in range(y0, y1)]
    assert sorted(covered) == sorted(set(cells))


@given(PLACES)
def test_labels_keep_apart_stay_inside_and_keep_their_order(wanted: list[float]) -> None:
    placed = spread(wanted, 5.0, 0.0, 100.0)
    ordered = [placed[i] for i in sorted(range(len(wanted)), key=lambda i: (wanted[i], i))]
    assert all(b - a >= 5.0 - 1e-4 for a, b in pairwise(ordered))
    assert min(placed) >= -1e-4 and max(placed) <= 100.0 + 1e-4


def test_labels_with_room_stay_where_they_are() -> None:
    assert spread([3.0, 1.0, 9.0], 1.0, 0.0, 10.0) == [3.0, 1.0, 9.0]


@pytest.mark.parametrize(
    ("values", "whole", "breaks"),
    [
        ([], False, ()),
        ([0.0, 0.0], False, ()),
        ([float("nan"), 3.0], False, ()),
        ([0.01] * 50 + [0.03] * 30 + [0.12] * 15 + [0.9] * 5, False, (0.02, 0.05, 0.2)),
        ([1] * 50 + [3] * 30 + [9] * 15 + [40] * 5, True, (2.0, 5.0, 10.0)),
    ],
)
def test_breaks_are_round(values: list[float], whole: bool, breaks: tuple[float, ...]) -> None:
    assert round_classes(values, whole).breaks == pytest.approx(breaks)


@given(st.lists(st.floats(0, 1e6, allow_nan=False), max_size=50), st.booleans())
def test_every_value_is_in_one_class(values: list[float], whole: bool) -> None:
    classes = round_classes(values, whole)
    assert sum(classes.counts(values)) == len(values)
    assert list(classes.breaks) == sorted(set(classes.breaks))


def test_a_value_on_a_break_belongs_above_and_a_missing_one_nowhere() -> None:
    assert Classes((1.0, 2.0)).of([0.5, 1.0, 2.0, float("nan")]).tolist() == [0, 1, 2, -1]


@pytest.mark.parametrize(
    ("breaks", "whole", "english", "korean"),
    [
        ((2.0, 5.0), True, ["1", "2–4", "5 or more"], ["1", "2–4", "5 이상"]),
        ((0.1, 0.2), False, ["under 0.1", "0.1–0.2", "0.2 or more"], ["0.1 미만", "0.1–0.2", "0.2 이상"]),
        ((1000.0,), False, ["under 1,000", "1,000 or more"], ["1,000 미만", "1,000 이상"]),
        ((), False, ["all values"], ["전체"]),
    ],
)
def test_classes_are_said(breaks: tuple[float, ...], whole: bool, english: list[str], korean: list[str]) -> None:
    classes = Classes(breaks, whole)
    assert [classes.said(k) for k in range(len(english))] == english
    set_language("ko")
    assert [classes.said(k) for k in range(len(korean))] == korean


def test_chosen_places_are_apart() -> None:
    cells = pd.DataFrame({"cell_x": [0, 1, 5, 9], "cell_y": [0, 0, 0, 0], "n": [9.0, 8.0, 7.0, 6.0]})
    chosen = choose_places(cells, "n", 500, 1500)
    assert chosen["cell_x"].tolist() == [0, 5, 9]
    assert chosen["rank"].tolist() == [1, 3, 4]


@pytest.mark.parametrize(
    ("words", "cleaned"),
    [
        (None, ""),
        (float("nan"), ""),
        ("  두\n줄 ", "두 줄"),
        ("a\x00\u202eb", "ab"),
        ("가" * 30, "가" * 23 + "…"),
    ],
)
def test_words_from_data_are_one_clean_line(words: object, cleaned: str) -> None:
    assert clean(words) == cleaned


@pytest.mark.parametrize(("value", "written"), [(1000.0, "1,000"), (0.02, "0.02"), (0.1 + 0.2, "0.3"), (-0.5, "−0.5")])
def test_round_numbers_are_written_as_they_are(value: float, written: str) -> None:
    assert plain(value) == written


def test_names_of_places_close_together_do_not_lie_on_each_other() -> None:
    with house_style():
        ground = lay_ground(fake.finished(), (950_000.0, 2_000_000.0, 962_000.0, 2_008_000.0))
        before = len(ground.axes.texts)
        places = [Place(956_000.0 + 100 * k, 2_004_000.0, "중앙동", k + 1) for k in range(5)]
        label_places(ground, places, 500)
    spots = [
        (t.get_position()[0] / ground.metre, t.get_position()[1] / ground.metre) for t in ground.axes.texts[before:]
    ]
    assert len(spots) == 5
    assert all(abs(a - c) >= wide("1 중앙동") - 1e-6 or abs(b - d) >= TEXT for (a, b), (c, d) in combinations(spots, 2))
