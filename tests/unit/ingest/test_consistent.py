"""Layouts that make no sense by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from sigun.ingest.consistent import layout_problems
from sigun.ingest.layout import Column, Layout, Reading

CSV = Reading(format="csv", encoding="utf-8", delimiter=",")
WHEN = Column(name="when", role="occurred_at")


@pytest.mark.parametrize(
    ("layout", "what"),
    [
        (Layout(kind="events", reading=CSV), "needs a column with the role “occurred_at”"),
        (Layout(kind="areas", reading=CSV, fields=(WHEN,)), "“region” / “region_name”"),
        (Layout(kind="events", reading=CSV, fields=(WHEN, WHEN)), "2 columns"),
        (Layout(kind="events", reading=CSV, fields=(WHEN, Column(name="a", role="x"))), "none for “y”"),
        (Layout(kind="events", reading=CSV, fields=(WHEN, Column(name="a", role="value"))), "no id"),
        (
            Layout(
                kind="events",
                reading=CSV,
                fields=(WHEN, Column(name="a", role="value", id="n"), Column(name="b", role="value", id="n")),
            ),
            "id “n”",
        ),
        (Layout(kind="events", reading=CSV, fields=(WHEN,), timezone="Asia/Nowhere"), "no time zone"),
        (Layout(kind="events", reading=CSV, fields=(WHEN,), crs="EPSG:99999"), "no coordinate system"),
    ],
)
def test_each_is_one_problem_with_a_remedy(layout: Layout, what: str) -> None:
    [problem] = layout_problems(layout, Path("a.csv"))
    assert what in problem.what
    assert problem.remedy


def test_a_sound_layout_has_none() -> None:
    assert list(layout_problems(Layout(kind="events", reading=CSV, fields=(WHEN,), crs="EPSG:5186"), Path("a"))) == []
