"""Findings: what is said, what the analysis does about it, and how a person's word changes both."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from tests.builders import card_of
from tests.unit.panel.placed import SOUTH, WEST, placed

from sigun.errors import CardError, Several
from sigun.panel.findings import Judged, judge
from sigun.plan.model import Rules

START, END = date(2020, 1, 1), date(2023, 1, 1)
HOLE = (date(2021, 3, 1), date(2021, 5, 1))


def daily_reports(holes: tuple[tuple[date, date], ...] = (), doubled_from: date = END) -> pd.DataFrame:
    """Five reports a day, ten from `doubled_from` on, none in the holes."""
    days = pd.date_range(START, END, inclusive="left")
    each = np.where(days >= pd.Timestamp(doubled_from), 10, 5)
    for a, b in holes:
        each[(days >= pd.Timestamp(a)) & (days < pd.Timestamp(b))] = 0
    at = days.repeat(each)
    n = len(at)
    return placed(at, x=np.arange(n) * 1000.0, id=[f"r{i}" for i in range(n)])


def judged(events: pd.DataFrame, *overrule: dict[str, Any]) -> Judged:
    return judge(events, Rules(), card_of(overrule=overrule), START, END)


def kinds(result: Judged) -> list[str]:
    return [f.kind for f in result.findings]


def one(result: Judged, kind: str) -> Any:
    (finding,) = [f for f in result.findings if f.kind == kind]
    return finding


def test_clean_data_have_nothing_to_tell() -> None:
    result = judged(daily_reports().assign(outcome="confirmed"))
    assert kinds(result) == ["outcome"]
    assert (result.holes, result.regimes) == ((), ())


@pytest.mark.parametrize(
    ("outcomes", "left_out"),
    [
        (("confirmed", "other"), ("moved", "still open")),
        (("confirmed", "open"), ("moved",)),
        (("confirmed", "moved_by_owner"), ("still open",)),
        (("moved_by_owner", "open"), ()),
    ],
)
def test_outcomes_nobody_had_are_not_told_as_zero(outcomes: tuple[str, str], left_out: tuple[str, ...]) -> None:
    events = daily_reports()
    said = str(one(judged(events.assign(outcome=np.resize(outcomes, len(events)))), "outcome").said)
    assert [words for words in ("moved", "still open") if words not in said] == list(left_out)


@pytest.mark.parametrize(
    ("addresses", "words"), [([None], "no address"), (["a 1"], "all under one address"), (["a 1", "b 2"], "there: 2.")]
)
def test_a_pile_says_how_many_addresses_in_words_that_fit(addresses: list[str | None], words: str) -> None:
    events = daily_reports()
    pile = events.index[-60:]
    events.loc[pile, ["x", "y"]] = events.loc[pile[0], ["x", "y"]].to_numpy()
    events.loc[pile, ["longitude", "latitude"]] = events.loc[pile[0], ["longitude", "latitude"]].to_numpy()
    events["address"] = pd.Series(np.resize(np.array(addresses, dtype=object), len(events)), dtype="str")
    assert words in str(one(judged(events), "pile").said)


def test_duplicates_of_one_year_are_told_once() -> None:
    events = daily_reports().query("occurred_at < '2021-01-01'").reset_index(drop=True)
    events["outcome"] = np.resize(["duplicate", "other"], len(events))
    found = judge(events, Rules(), card_of(), START, date(2021, 1, 1))
    assert "2020" not in str(one(found, "duplicate").said)


def test_a_hole_is_named_with_its_days_and_what_was_to_be_expected() -> None:
    result = judged(daily_reports((HOLE,)))
    finding = one(result, "hole")
    assert result.holes == (HOLE,)
    assert (finding.start, finding.end) == HOLE
    assert str(finding.said) == (
        "Reports from 2021-03-01 to 2021-04-30 (61 days): 0. At the rate around them about 305 were to be expected."
    )
    assert "not as zero" in str(finding.done)


def test_a_change_of_regime_is_named_with_both_levels() -> None:
    result = judged(daily_reports(doubled_from=date(2021, 9, 1)))
    (day,) = result.regimes
    assert abs(day - date(2021, 9, 1)) < timedelta(days=7)
    said = str(one(result, "regime").said)
    assert "to 2022-12-31" in said
    assert said.endswith("before, since 2020-01-01, 5.0 a day.")


def test_a_hole_a_person_knows_to_be_real_silence_is_ignored_and_stays_listed() -> None:
    word = {"finding": "hole", "decision": "ignore", "start": HOLE[0], "end": HOLE[1], "reason": "민원실 폐쇄"}
    result = judged(daily_reports((HOLE,)), word)
    finding = one(result, "hole")
    assert result.holes == ()
    assert finding.overruled
    assert "민원실 폐쇄" in str(finding.done)


def test_a_hole_a_person_names_takes_the_place_of_what_was_found() -> None:
    wider = (date(2021, 2, 20), date(2021, 5, 10))
    word = {"finding": "hole", "decision": "accept", "start": wider[0], "end": wider[1], "reason": "서버 교체"}
    result = judged(daily_reports((HOLE,)), word)
    assert result.holes == (wider,)
    finding = one(result, "hole")
    assert not finding.overruled
    assert finding.rows == 5 * (9 + 9)
    assert "서버 교체" in str(finding.done)


def test_a_named_change_of_regime_replaces_one_found_nearby() -> None:
    events = daily_reports(doubled_from=date(2021, 9, 1))
    word = {"finding": "regime", "decision": "accept", "start": "2021-09-05", "reason": "앱 개통"}
    assert judged(events, word).regimes == (date(2021, 9, 5),)


def test_a_change_of_regime_can_be_ignored() -> None:
    events = daily_reports(doubled_from=date(2021, 9, 1))
    word = {"finding": "regime", "decision": "ignore", "start": "2021-09-01", "reason": "실제 증가"}
    result = judged(events, word)
    assert result.regimes == ()
    assert one(result, "regime").overruled


def test_an_ignored_placeholder_counts_again_and_stays_listed() -> None:
    addresses = [f"길 {i}" for i in range(12)]
    events = placed(pd.date_range(START, periods=12), address=addresses)
    assert one(judged(events), "placeholder").rows == 12
    word = {
        "finding": "placeholder",
        "decision": "ignore",
        "longitude": WEST,
        "latitude": SOUTH,
        "reason": "공영주차장",
    }
    result = judged(events, word)
    assert result.events["gone"].isna().all()
    finding = one(result, "placeholder")
    assert (finding.rows, finding.overruled) == (12, True)


def test_a_word_that_cannot_be_applied_is_refused() -> None:
    words = [
        {"finding": "hole", "decision": "accept", "start": "2021-03-01", "reason": "?"},
        {"finding": "placeholder", "decision": "ignore", "reason": "?"},
        {"finding": "outside", "decision": "accept", "reason": "?"},
        {"finding": "repeat", "decision": "accept", "reason": "?"},
    ]
    with pytest.raises(Several) as refused:
        judged(daily_reports(), *words)
    assert all(isinstance(p, CardError) for p in refused.value.problems)
    assert len(refused.value.problems) == 4


def test_rows_are_counted_and_what_was_done_is_said() -> None:
    n = 12
    events = placed(
        pd.date_range(START, periods=n),
        x=[*[0] * 4, *range(1000, 9000, 1000)],
        id=["a", "a", *[f"r{i}" for i in range(n - 2)]],
        address=[None, None, None, "미상", *[None] * 8],
        inside=[True] * (n - 1) + [False],
        outcome=["confirmed", "confirmed", "duplicate", None, "not_found", "not_found", *["open"] * 6],
    )
    result = judged(events)
    rows = {f.kind: f.rows for f in result.findings}
    assert rows == {
        **{"no_place": 1, "outside": 1, "repeat": 1, "duplicate": 1},
        **{"same_vehicle": 1, "outcome": 10, "no_outcome": 1},
    }
    assert all(str(f.done) for f in result.findings)


def test_many_reports_at_one_point_are_told_and_kept() -> None:
    events = placed(pd.date_range(START, periods=60), address=["가로 1"] * 60, vehicle=[f"v{i}" for i in range(60)])
    result = judged(events)
    assert one(result, "pile").rows == 60
    assert result.events["gone"].isna().all()


def test_a_placeholder_is_told_exactly_and_a_pile_too_coarsely_for_a_door() -> None:
    at = pd.date_range(START, periods=60)
    placeholder = placed(at, x=1234.0, y=5678.0, address=[f"길 {i}" for i in range(60)])
    found = one(judged(placeholder), "placeholder")
    assert (found.x, found.y) == (1234, 5678)
    pile = one(judged(placeholder.assign(address="가로 1")), "pile")
    assert (pile.x, pile.y) == (1200, 5700)


def test_a_second_source_confirms_a_hole() -> None:
    ours = daily_reports((HOLE,))
    result = judge(ours, Rules(), card_of(), START, END, second_source(daily_reports()))
    assert result.holes == (HOLE,)
    assert str(one(result, "hole").said).endswith("The second source has 305 in these days: collection had stopped.")
    agreement = str(one(result, "second_source").said)
    assert "outside the holes" in agreement
    assert result.second is not None


def test_where_the_second_source_is_quiet_too_there_is_no_hole_unless_a_person_says_so() -> None:
    ours = daily_reports((HOLE,))
    result = judge(ours, Rules(), card_of(), START, END, second_source(ours))
    assert result.holes == ()
    assert not one(result, "quiet").overruled
    word = {"finding": "hole", "decision": "accept", "start": HOLE[0], "end": HOLE[1], "reason": "서버 점검"}
    named = judge(ours, Rules(), card_of(overrule=[word]), START, END, second_source(ours))
    assert named.holes == (HOLE,)
    assert one(named, "hole").rows == 0


def test_a_silent_channel_is_said_by_name_and_changes_nothing() -> None:
    events = daily_reports()
    events["channel"] = np.where(np.arange(len(events)) % 5 < 2, "앱", "전화")
    at = events["occurred_at"].dt.date
    silent = events[~((events["channel"] == "앱") & (at >= HOLE[0]) & (at < HOLE[1]))].reset_index(drop=True)
    result = judge(silent, Rules(), card_of(), START, END)
    assert result.holes == ()
    finding = one(result, "channel_hole")
    assert (finding.start, finding.end) == HOLE
    assert str(finding.said).startswith("Channel “앱”: no report from 2021-03-01 to 2021-04-30 (61 days), about 122")


def second_source(events: pd.DataFrame) -> pd.DataFrame:
    """The same cases in another register."""
    number = events["occurred_at"].dt.strftime("%Y%m%d") + "-" + events.groupby("occurred_at").cumcount().astype(str)
    return events[["occurred_at", "x", "y"]].assign(id=number)


def test_rows_left_out_everywhere_are_not_told_again_as_having_an_area_only() -> None:
    at = pd.date_range("2021-01-01", periods=6, freq="h")
    events = placed(at, x=[0.0, 9000.0, *[np.nan] * 4], region="11", id=[f"r{i}" for i in range(6)])
    events["address"] = [None, None, None, None, "미상", "미상"]
    events["outcome"] = [None, None, None, "duplicate", None, None]
    result = judged(events)
    assert one(result, "no_place").rows == 2
    assert one(result, "area_only").rows == 1
    own = result.events[result.events["gone"].isna()]
    assert int((own["place"] == "area").sum()) == 1
