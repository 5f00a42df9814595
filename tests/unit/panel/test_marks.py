"""Marks on single reports: which do not count, since when, and which resemble an earlier one."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from tests.builders import card_of
from tests.unit.panel.placed import SOUTH, WEST, placed

from sigun.panel.marks import leaving, mark, plain, possible_repeats
from sigun.plan.model import Rules

DAYS = [f"2024-01-{d:02}" for d in range(1, 29)]
RULES = Rules(placeholder_addresses=3)


def reasons(events: pd.DataFrame, **card: object) -> list[str]:
    return mark(events, RULES, card_of(**card))["why"].tolist()


def test_a_clean_report_counts_and_has_a_place() -> None:
    marked = mark(placed(DAYS[:3], x=[0, 1000, np.nan], region=["11", "11", "11"]), RULES, card_of())
    assert marked["gone"].isna().all()
    assert marked["why"].tolist() == ["", "", ""]
    assert marked["place"].tolist() == ["point", "point", "area"]


def test_the_same_id_again_never_counts() -> None:
    events = placed(DAYS[:3], x=[0, 500, 900], id=["a", "b", "a"])
    marked = mark(events, RULES, card_of())
    assert marked["why"].tolist() == ["", "", "repeat"]
    assert marked["gone"].iloc[2] == events["occurred_at"].iloc[2]


def test_without_ids_equal_rows_are_repeats_whatever_became_of_them() -> None:
    events = placed([DAYS[0]] * 3, address=["가로 1", "가로 1", "나로 2"], outcome=["open", "confirmed", None])
    assert reasons(events) == ["", "repeat", ""]


def test_time_and_place_alone_prove_no_repeat() -> None:
    events = placed([DAYS[0]] * 3)
    assert reasons(events) == ["", "", ""]
    assert possible_repeats(events) == 2
    assert possible_repeats(placed([DAYS[0]] * 3, id=["a", "b", "c"])) == 0


@pytest.mark.parametrize(
    ("address", "words", "why"),
    [
        ("No location specified", (), "no_place"),
        ("주소 불명", (), "no_place"),
        ("담당자 확인", ("담당자 확인",), "no_place"),
        ("담당자 확인", (), ""),
        ("가능로 12", (), ""),
    ],
)
def test_words_where_an_address_should_be(address: str, words: tuple[str, ...], why: str) -> None:
    assert reasons(placed([DAYS[0]], address=[address]), no_place=words) == [why]


def test_outside_never_counts_and_has_no_place() -> None:
    marked = mark(placed(DAYS[:2], x=[0, 9e5], inside=[True, False]), RULES, card_of())
    assert marked["why"].tolist() == ["", "outside"]
    assert marked["place"].tolist() == ["point", "none"]
    assert marked["gone"].iloc[1] == pd.Timestamp(DAYS[1])


def test_a_point_that_is_no_place_says_nothing_about_the_area() -> None:
    centre = placed(DAYS[:2], address=["미상", "미상"], region=["11", "12"], area_said=[None, "나동"])
    marked = mark(centre, RULES, card_of())
    assert marked["place"].tolist() == ["none", "area"]
    assert marked["region"].fillna("-").tolist() == ["-", "12"]


def test_a_placeholder_is_known_from_its_third_address_on() -> None:
    events = placed(DAYS[:6], address=["가로 1", "가로 1", "나로 2", "나로 2", "다로 3", "라로 4"])
    marked = mark(events, RULES, card_of())
    assert marked["why"].tolist() == ["placeholder"] * 6
    known = pd.Timestamp(DAYS[4])
    assert marked["gone"].tolist() == [known] * 5 + [pd.Timestamp(DAYS[5])]


def test_nothing_from_the_future_makes_a_placeholder() -> None:
    events = placed(DAYS[:6], address=["가로 1", "가로 1", "나로 2", "나로 2", "다로 3", "라로 4"])
    for cut in range(1, 7):
        now = events["occurred_at"].iloc[cut - 1]
        seen_then = leaving(events.iloc[:cut], RULES, card_of())["gone"].notna()
        whole = leaving(events, RULES, card_of())["gone"].iloc[:cut]
        assert seen_then.tolist() == (whole <= now).tolist()


def test_one_address_in_many_spellings_is_no_placeholder() -> None:
    address = ["12 Elm St", "12 Elm St, Dorchester", "12  elm st.", "12 Elm St (rear)"]
    assert reasons(placed(DAYS[:4], address=address)) == [""] * 4
    assert {plain(a) for a in address} == {"12elmst"}


def test_many_reports_at_one_point_without_addresses_are_kept() -> None:
    assert reasons(placed(DAYS, id=[str(i) for i in range(28)])) == [""] * 28


def test_a_duplicate_counts_until_its_status_was_set() -> None:
    events = placed(
        DAYS[:3], x=[0, 500, 900], outcome=["duplicate", "duplicate", "open"], known_at=[DAYS[9], None, None]
    )
    marked = mark(events, RULES, card_of())
    assert marked["why"].tolist() == ["duplicate", "duplicate", ""]
    assert marked["gone"].iloc[0] == pd.Timestamp(DAYS[9])
    assert marked["gone"].iloc[1] == pd.Timestamp(DAYS[1])  # untold: its own time


def test_the_earliest_reason_stands() -> None:
    events = placed(DAYS[:1], outcome=["duplicate"], known_at=[DAYS[9]], inside=[False])
    marked = mark(events, RULES, card_of())
    assert (marked["why"].iloc[0], marked["gone"].iloc[0]) == ("outside", pd.Timestamp(DAYS[0]))


HERE = {"longitude": WEST, "latitude": SOUTH, "reason": "현장 확인"}
PILE = placed(DAYS[:4], address=["가로 1", "나로 2", "다로 3", "라로 4"])


class TestOverruling:
    def test_a_placeholder_a_person_knows_to_be_real_is_kept(self) -> None:
        word = {"finding": "placeholder", "decision": "ignore", **HERE}
        assert reasons(PILE, overrule=[word]) == [""] * 4

    def test_a_point_a_person_names_never_counted(self) -> None:
        word = {"finding": "placeholder", "decision": "accept", **HERE}
        marked = mark(placed(DAYS[:2], x=[0, 300]), RULES, card_of(overrule=[word]))
        assert marked["why"].tolist() == ["placeholder", ""]
        assert marked["gone"].iloc[0] == pd.Timestamp(DAYS[0])

    @pytest.mark.parametrize("finding", ["repeat", "duplicate", "outside"])
    def test_a_kind_of_mark_can_be_taken_back(self, finding: str) -> None:
        events = placed(
            DAYS[:3], x=[0, 0, 9e5], id=["a", "a", "c"], outcome=["duplicate", None, None], inside=[True, True, False]
        )
        before = reasons(events)
        after = reasons(events, overrule=[{"finding": finding, "decision": "ignore", "reason": "확인함"}])
        assert finding in before
        assert after == ["" if why == finding else why for why in before]


class TestLikeness:
    def like(self, **columns: object) -> int:
        events = placed(columns.pop("at", DAYS[:2]), **columns)  # type: ignore[arg-type]
        return int(mark(events, Rules(), card_of())["like"].iloc[-1])

    def test_equal_plates_near_in_place_and_time(self) -> None:
        assert self.like(x=[0, 40], vehicle=["p", "p"]) == 0
        assert self.like(x=[0, 60], vehicle=["p", "p"]) == -1
        assert self.like(at=["2024-01-01", "2024-02-15"], vehicle=["p", "p"]) == -1

    def test_different_plates_are_different_vehicles(self) -> None:
        assert self.like(vehicle=["p", "q"], address=["가로 1", "가로 1"]) == -1

    def test_without_plates_the_address_decides_and_the_kind_may_object(self) -> None:
        assert self.like(x=[0, 10], address=["가로 1", "가로 1"]) == 0
        assert self.like(x=[0, 10], address=["가로 1", "가로 3"]) == -1
        assert self.like(address=["가로 1", "가로 1"], kind=["승용", "이륜차"]) == -1
        assert self.like(address=["가로 1", "가로 1"], kind=["승용", None]) == 0

    def test_nearness_alone_is_near_but_not_alike(self) -> None:
        marked = mark(placed(DAYS[:3], x=[0, 10, 500]), Rules(), card_of())
        assert marked["like"].tolist() == [-1, -1, -1]
        assert marked["near"].tolist() == [False, True, False]

    def test_the_latest_earlier_report_is_named_by_its_row(self) -> None:
        events = placed(DAYS[:3], vehicle=["p", "p", "p"]).assign(row=[70, 80, 90])
        assert mark(events, Rules(), card_of())["like"].tolist() == [-1, 70, 80]

    def test_a_pile_of_hundreds_at_one_point_is_not_compared(self) -> None:
        n = 600
        events = placed(
            pd.date_range("2024-01-01", periods=n, freq="h"), id=[str(i) for i in range(n)], vehicle=["p"] * n
        )
        assert (mark(events, Rules(), card_of())["like"] == -1).all()
