"""The patrol section: what hours buy, whose reports it follows, other grids, rounds by day, and how evenly it falls."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from sigun.report.figures import FIGURES
from sigun.report.finished import Finished, read_run
from sigun.report.html import html
from sigun.result import Fact, facts_table


@pytest.fixture(scope="module")
def by_hours(fake: Any, tmp_path_factory: pytest.TempPathFactory) -> Finished:
    run = read_run(fake.write_fake_run(tmp_path_factory.mktemp("hours"), only=("forecast", "patrol")))
    return replace(run, results={**run.results, "patrol": fake.patrol_by_hours()})


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_every_number_has_its_reference(by_hours: Finished, pages: Any, lang: Any) -> None:
    page = pages.read_page(html(by_hours, lang))
    assert pages.loose_numbers(page) == []
    assert pages.wrong_values(page, by_hours) == []


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "With 6 hours a day for 7 days, the rounds reach 70 places"),
        ("en", "Patrols and staff found 1,480 reports themselves (17.4 %)"),
        ("en", "between 45.1 % and 48.2 %"),
        ("en", "going anywhere 16.0 %"),
        ("en", "15 minutes at each place; straight lines times 1.3 at 20 km/h"),
        ("en", "The list holds fewer of them than the reports do."),
        ("en", "The list holds more of them than the reports do."),
        ("ko", "하루 6시간씩 7일 동안 순찰하면 70곳"),
        ("ko", "목록 비중이 신고 비중보다 작습니다."),
    ],
)
def test_what_is_said(by_hours: Finished, pages: Any, lang: Any, said: str) -> None:
    words = " ".join(pages.read_page(html(by_hours, lang)).by_id("patrol").text.replace("\u2060", "").split())
    assert said.replace(" ", "") in words.replace("\u00a0", "").replace(" ", "")


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (-0.004, 0.024, "no better than last year's counts. The difference is 1.0 points"),
        (0.002, 0.024, "this list was better than last year's counts"),
        (-0.024, -0.002, "this list was worse than last year's counts"),
    ],
)
def test_against_last_year_the_interval_decides(
    by_hours: Finished, pages: Any, low: float, high: float, said: str
) -> None:
    listed = by_hours.results["patrol"]
    facts = listed.tables["facts"].set_index("name")
    facts.loc["difference_last_12m", ["low", "high"]] = low, high
    tables = {**listed.tables, "facts": facts.reset_index()}
    run = replace(by_hours, results={**by_hours.results, "patrol": replace(listed, tables=tables)})
    words = " ".join(pages.read_page(html(run, "en")).by_id("patrol").text.replace("\u2060", "").split())
    assert said.replace(" ", "") in words.replace("\u00a0", "").replace(" ", "")


def test_lengths_at_which_the_list_is_no_better_are_named(by_hours: Finished, pages: Any) -> None:
    listed = by_hours.results["patrol"]
    facts = listed.tables["facts"].set_index("name")
    facts.loc["difference_last_12m", ["low", "high"]] = 0.002, 0.024
    capacity = listed.tables["capacity"].assign(difference_low=[-0.01, 0.002])
    tables = {**listed.tables, "facts": facts.reset_index(), "capacity": capacity}
    run = replace(by_hours, results={**by_hours.results, "patrol": replace(listed, tables=tables)})
    words = " ".join(pages.read_page(html(run, "en")).by_id("patrol").text.replace("\u2060", "").split())
    assert "Lists of these lengths were no better than last year's counts: 3 hours." in words.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("untold", "lang", "said"),
    [
        (
            0,
            "en",
            "travel times of all 77 ways from “도로 이동시간”, each place by its nearest point there within 500 m",
        ),
        (
            9,
            "en",
            "or join places at the same point, and are straight lines times 1.3 at 20 km/h",
        ),
        (0, "ko", "이동 77번의 시간은 모두 “도로 이동시간” 자료에서 가져왔으며"),
        (9, "ko", "이동 77번 가운데 9번은 그 자료에 없거나"),
    ],
)
def test_what_the_minutes_on_the_way_rest_on(by_hours: Finished, pages: Any, untold: int, lang: Any, said: str) -> None:
    listed = by_hours.results["patrol"]
    roads = [Fact("ways", 77, "ways"), Fact("ways_not_told", untold, "ways"), Fact("near_metres", 500.0, "metres")]
    facts = facts_table([*roads, Fact("travel", "도로 이동시간")])
    tables = {**listed.tables, "facts": pd.concat([listed.tables["facts"], facts], ignore_index=True)}
    run = replace(by_hours, results={**by_hours.results, "patrol": replace(listed, tables=tables)})
    words = " ".join(pages.read_page(html(run, lang)).by_id("patrol").text.replace("\u2060", "").split())
    assert said.replace(" ", "") in words.replace("\u00a0", "").replace(" ", "")


def test_the_rounds_are_on_the_map(by_hours: Finished) -> None:
    drawn = FIGURES["patrol_map"](by_hours)
    assert drawn is not None
    assert drawn.svg.count("sigun-round") >= 7
    assert "sigun-start" in drawn.svg
