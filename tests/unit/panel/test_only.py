"""Reports of some kinds, channels or endings alone: out of a register that was cleaned as a whole."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from builders import events_of
from sigun.errors import PlanError, Several
from sigun.panel.findings import Judged
from sigun.panel.only import narrowed
from sigun.plan.only import Only

END = date(2024, 2, 1)


def judged(**more: object) -> Judged:
    """Six reports a day apart: kinds a a b b a and untold, closed two days later."""
    when = pd.date_range("2024-01-01 10:00", periods=6)
    columns = {
        "kind": ["이륜차", "이륜차", "승용차", "승용차", "이륜차", None],
        "channel": ["앱", "전화", "앱", "전화", "앱", "앱"],
        "outcome": ["confirmed", "not_found", "confirmed", "duplicate", "open", "confirmed"],
        "known_at": when + pd.Timedelta(days=2),
        "gone": [pd.NaT, pd.NaT, pd.NaT, when[3] + pd.Timedelta(days=2), pd.NaT, pd.NaT],
        "why": ["", "", "", "duplicate", "", ""],
        "like": [-1, 0, -1, 2, 1, -1],
    }
    events = events_of(when, **{**columns, **more})
    events["gone"] = pd.to_datetime(events["gone"]).astype("datetime64[us]")
    return Judged(events, (), (), ())


def test_without_the_word_nothing_changes() -> None:
    whole = judged()
    assert narrowed(whole, None, END) is whole


def test_rows_of_another_kind_are_left_out_and_counted() -> None:
    found = narrowed(judged(), Only(kinds=("이륜차",)), END)
    assert found.events["row"].tolist() == [0, 1, 4]
    assert [f.rows for f in found.findings] == [3]
    assert "3 of 6" in str(found.findings[0].said) and "1 of these tell none" in str(found.findings[0].said)


def test_every_list_must_be_met() -> None:
    found = narrowed(judged(), Only(kinds=("이륜차",), channels=("앱",)), END)
    assert found.events["row"].tolist() == [0, 4]
    assert found.events["like"].tolist() == [-1, -1]  # row 1, which the last one resembled, is not looked at


def test_an_ending_counts_until_it_was_told() -> None:
    found = narrowed(judged(), Only(outcomes=("confirmed",)), END)
    rows = found.events.set_index("row")
    assert rows.loc[rows["gone"].isna()].index.tolist() == [0, 2, 5]
    assert rows.loc[1, "gone"] == rows.loc[1, "known_at"] and rows.loc[1, "why"] == "only"
    assert (rows.loc[3, "gone"], rows.loc[3, "why"]) == (rows.loc[3, "known_at"], "duplicate")  # it had left before
    assert rows.loc[4, "gone"] == pd.Timestamp(END)  # still open on the last day: it may yet be one


def test_all_is_known_at_once_where_the_plan_says_so() -> None:
    found = narrowed(judged(), Only(outcomes=("confirmed",)), END, "occurred_at")
    rows = found.events.set_index("row")
    assert rows.loc[[1, 4], "gone"].tolist() == rows.loc[[1, 4], "occurred_at"].tolist()


def test_unknown_words_are_errors_with_the_nearest_there_is() -> None:
    with pytest.raises(Several) as found:
        narrowed(judged(), Only(kinds=("이륜",), channels=("팩스",), outcomes=("moved_by_owner",)), END)
    said = str(found.value)
    assert "“이륜”" in said and "Did you mean: 이륜차?" in said
    assert "“팩스”" in said and "The register has: 앱, 전화." in said and "“moved_by_owner”" in said


def test_a_register_without_kinds_says_so() -> None:
    with pytest.raises(PlanError, match="tells none"):
        narrowed(judged(kind=None), Only(kinds=("이륜차",)), END)
