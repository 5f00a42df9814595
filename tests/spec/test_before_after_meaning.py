"""What a comparison before and after means: who is compared over which periods, and what is said of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from compared import compared, panel_of
from effects import gyeonggi
from sigun.errors import MethodError, Several
from sigun.result import Result

N, T = 24, 16
NOISE = np.random.default_rng(4).normal(size=(N, T))
SUMMER = 5.0 * (np.arange(60) % 12 == 6)


def rates(tmp_path: Path, change: float = 3.0, **asked: Any) -> Any:
    y = 20 + 0.3 * NOISE + np.linspace(0, 4, T)  # everybody rises alike
    y[:2, 8:] += change
    return panel_of(tmp_path, {"y": ("rate 명", y)}, **asked)


def groups(found: Result) -> dict[str, Any]:
    return found.tables["groups"].set_index("group")["change"].to_dict()


def test_what_everybody_shares_is_no_difference(tmp_path: Path) -> None:
    found = compared(rates(tmp_path, 0.0), {0: 2013, 1: 2013})
    assert groups(found)["comparison"] > 1.5  # all rose
    fact = found.fact("difference")
    assert fact.low < 0 < fact.high and found.fact("verdict").value == "not_seen"
    assert found.claim == "description"


def test_what_changed_beside_the_others_is_told_with_its_interval(tmp_path: Path) -> None:
    found = compared(rates(tmp_path), {0: 2013, 1: 2013})
    fact = found.fact("difference")
    assert fact.low < 3.0 < fact.high and fact.low > 1 and fact.unit == "명"
    assert (found.fact("verdict").value, found.claim) == ("more", "association")
    told = groups(found)
    assert told["treated"] - told["comparison"] == pytest.approx(fact.value)
    assert found.fact("effect_possible").value == 1


def test_groups_that_parted_before_are_described_alone(tmp_path: Path) -> None:
    y = 20 + 0.3 * NOISE
    y[:2] += np.linspace(0, 12, T)
    found = compared(panel_of(tmp_path, {"y": ("rate 명", y)}), {0: 2013, 1: 2013})
    assert found.fact("verdict").value == "more" and found.claim == "description"
    checks = found.tables["checks"].set_index("check")["outcome"]
    assert checks["same_before"] == "caution"
    assert any("moved apart" in str(c) for c in found.cautions)


@pytest.mark.parametrize(
    ("start", "partial", "last_before", "first_after"),
    [
        (2013, None, "2012", "2013"),
        ("2013-01", None, "2012", "2013"),
        ("2013-03", "2013", "2012", "2014"),
    ],
)
def test_a_year_with_a_start_inside_is_on_neither_side(
    tmp_path: Path, start: Any, partial: str | None, last_before: str, first_after: str
) -> None:
    found = compared(rates(tmp_path), {0: start, 1: start})
    assert found.fact("last_before").value == last_before and found.fact("first_after").value == first_after
    assert found.has_fact("partial") == (partial is not None)
    sides = found.tables["path"].set_index("period")["side"]
    assert sides["2013"] == ("partial" if partial else "after")
    assert set(found.tables["areas"].query("group == 'treated'")["start"]) == {"2013"}


def test_counts_are_compared_in_per_cent(tmp_path: Path) -> None:
    y = np.random.default_rng(2).poisson(40, size=(N, T)).astype(float)
    y[:2, 8:] *= 2
    found = compared(panel_of(tmp_path, {"y": ("flow 건", y)}), {0: 2013, 1: 2013})
    assert found.fact("scale").value == "ratio" and found.fact("difference").unit == "percent"
    assert 80 < found.fact("difference").value < 125


def test_a_count_for_so_many_people(tmp_path: Path) -> None:
    people = np.full((N, T), 20_000.0)
    people[0, 8:] = 40_000
    y = np.full((N, T), 30.0) + np.random.default_rng(2).integers(0, 3, (N, T))
    y[0, 8:] *= 2
    panel = panel_of(tmp_path, {"y": ("flow 건", y), "people": ("stock 명", people)})
    plain, rated = (compared(panel, {0: 2013}, **more) for more in ({}, {"per": "people"}))
    assert plain.fact("difference").value > 80
    assert abs(rated.fact("difference").value) < 8
    assert rated.tables["groups"]["unit"].unique().tolist() == ["건/1000 명"]
    assert rated.tables["groups"]["before"].tolist() == pytest.approx([1.55, 1.55], abs=0.1)


def test_where_nothing_was_counted_differences_are_told(tmp_path: Path) -> None:
    y = np.random.default_rng(2).poisson(3, size=(N, T)).astype(float)
    y[0, :8] = 0
    found = compared(panel_of(tmp_path, {"y": ("flow 건", y)}), {0: 2013})
    assert found.fact("scale").value == "difference" and found.fact("difference").unit == "건"
    assert any("no cases at all" in str(c) for c in found.cautions)


def test_the_season_is_no_change(tmp_path: Path) -> None:
    """Begun in July of 2020 with a year and a half after: more Julys lie on one side, and nothing changed."""
    y = 10 + np.tile(SUMMER[:48], (N, 1)) + 0.01 * np.random.default_rng(3).normal(size=(N, 48))
    y[:2] += 3 * SUMMER[:48]  # the treated have a summer of their own
    found = compared(panel_of(tmp_path, {"y": ("rate 건", y)}, "month"), {0: "2020-07", 1: "2020-07"})
    assert abs(found.fact("difference").value) < 0.05
    assert found.fact("seasons").value == 12
    assert found.fact("periods_before").value == 30 and found.fact("periods_after").value == 18


def test_less_than_a_year_after_takes_the_same_months_before(tmp_path: Path) -> None:
    y = 10 + np.tile(SUMMER[:36], (N, 1)) + 0.01 * np.random.default_rng(3).normal(size=(N, 36))
    y[:2] += 3 * SUMMER[:36]
    found = compared(panel_of(tmp_path, {"y": ("rate 건", y)}, "month"), {0: "2020-07", 1: "2020-07"})
    assert found.fact("seasons").value == 6 and abs(found.fact("difference").value) < 0.05


def test_a_start_on_a_day_inside_a_month(tmp_path: Path) -> None:
    y = 10 + np.random.default_rng(3).normal(size=(N, 48))
    panel = panel_of(tmp_path, {"y": ("rate 건", y)}, "month")
    found = compared(panel, {0: "2020-07-15", 1: "2020-07-15"})
    assert found.fact("partial").value == "2020-07" and found.fact("first_after").value == "2020-08"
    assert compared(panel, {0: "2020-07-01"}).fact("first_after").value == "2020-07"


def test_the_window_is_kept_and_a_partial_period_is_not_in_it(tmp_path: Path) -> None:
    found = compared(rates(tmp_path), {0: "2013-03"}, window={"before": 3, "after": 2})
    ends = [found.fact(f"{end}_{side}").value for side in ("before", "after") for end in ("first", "last")]
    assert ends == ["2010", "2012", "2014", "2015"]


def test_similar_regions_are_chosen_by_what_was_before(tmp_path: Path) -> None:
    y = np.tile(20.0 + np.arange(N)[:, None], (1, T))
    one = compared(panel_of(tmp_path / "a", {"y": ("rate 명", y)}), {10: 2013}, comparison="similar")
    y[:, 8:] = 100 * np.random.default_rng(1).random((N, 8))  # whatever comes after
    other = compared(panel_of(tmp_path / "b", {"y": ("rate 명", y)}), {10: 2013}, comparison="similar")
    chosen = [set(r.tables["areas"].query("group == 'comparison'")["name"]) for r in (one, other)]
    names = gyeonggi()
    assert chosen[0] == chosen[1] == {names[i] for i in (7, 8, 9, 11, 12)}  # the 7th is as near as the 13th


def test_regions_by_name_and_never_one_where_it_began(tmp_path: Path) -> None:
    names = gyeonggi()
    found = compared(rates(tmp_path), {0: 2013, 1: 2013}, comparison=[names[1], *names[5:10]])
    rows = found.tables["areas"].query("group == 'comparison'")
    assert set(rows["name"]) == set(names[5:10]) and found.fact("compared").value == 5


def test_regions_that_are_not_told_are_left_out_and_named(tmp_path: Path) -> None:
    y = 20 + 0.3 * NOISE
    y[1, :6] = np.nan  # treated, without most of its time before
    y[5, 9:] = np.nan
    found = compared(panel_of(tmp_path, {"y": ("rate 명", y)}), {0: 2013, 1: 2013})
    assert (found.fact("used").value, found.fact("dropped").value) == (1, 1 + 31 - N)
    left = found.tables["areas"].set_index("name")["reason"]
    assert "half of the periods" in left[gyeonggi()[1]] and "half of the periods" in left[gyeonggi()[5]]


def test_several_starts_are_each_compared_around_their_own(tmp_path: Path) -> None:
    y = 20 + 0.2 * NOISE + np.linspace(0, 6, T)
    y[0, 6:] += 2
    y[1, 10:] += 2
    found = compared(panel_of(tmp_path, {"y": ("rate 명", y)}), {0: 2011, 1: 2015})
    fact = found.fact("difference")
    assert fact.low < 2 < fact.high and found.fact("interval_by").value == "spread"
    assert set(found.tables["path"]["period"]) == {""} and found.fact("starts").value == 2


@pytest.mark.parametrize(
    ("starts", "more", "words"),
    [
        ({0: 2050}, {}, "Nothing begins"),
        ({0: 2013}, {"per": "people"}, "no column “people”"),
        ({0: 2013}, {"comparison": ["없는시"]}, "no region “없는시”"),
        ({0: 2013}, {"comparison": "neighbours"}, "next to whom"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, starts: Any, more: Any, words: str) -> None:
    with pytest.raises((MethodError, Several), match=words):
        compared(rates(tmp_path), starts, **more)


def test_a_start_before_the_first_period_has_no_before(tmp_path: Path) -> None:
    found = compared(rates(tmp_path), {0: 2001})
    assert found.fact("verdict").value == "not_told" and found.fact("used").value == 0
    assert "no period before" in found.tables["areas"].query("group == 'treated'")["reason"].iloc[0]
    assert not found.has_fact("difference")


def test_the_same_step_gives_the_same_tables(tmp_path: Path) -> None:
    panel = rates(tmp_path)
    one, other = (compared(panel, {0: 2013, 1: 2013, 2: 2013, 3: 2013, 4: 2013}) for _ in range(2))
    assert all(one.tables[name].equals(other.tables[name]) for name in one.tables)
    assert one.fact("sets").value == 10_000  # of these many choices so many were drawn
