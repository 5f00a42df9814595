"""The forecast section says what moved the total: withdrawals to come, weather, campaigns, or none of them and why."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from sigun.report.finished import Finished, read_run
from sigun.report.html import html
from sigun.result import Fact, Result, facts_table

LEAVING = (Fact("still_leaving", 0.061, "share"), Fact("leaving_lowers", 0.034, "share"))
YEAR = Fact("tuned_on", 2024, "year")


@pytest.fixture(scope="module")
def run(fake: Any, tmp_path_factory: pytest.TempPathFactory) -> Finished:
    return read_run(fake.write_fake_run(tmp_path_factory.mktemp("ahead"), only=("forecast", "backtest")))


def with_facts(run: Finished, method: str, *facts: Fact) -> Finished:
    old = run.results[method]
    named = {fact.name for fact in facts}
    kept = old.tables["facts"][~old.tables["facts"]["name"].isin(named)]
    tables = dict(old.tables) | {"facts": pd.concat([kept, facts_table(list(facts))], ignore_index=True)}
    return replace(run, results={**run.results, method: Result(method, old.claim, tables, old.cautions)})


def words(run: Finished, pages: Any, lang: Any, section: str) -> str:
    text = pages.read_page(html(run, lang)).by_id(section).text.replace("\u2060", "").replace("\u00a0", " ")
    return " ".join(text.split())


WEATHER = [
    (("used", -0.033), "tried on 2024, it changed the error of the total by \u22123.3 %."),
    (("no_better", -0.004), "tried and left out: on 2024 it would have changed the error of the total by \u22120.40 %"),
    (("no_better", 0.021), "by 2.1 %, no clear gain"),
]


@pytest.mark.parametrize(("outcome", "said"), WEATHER)
def test_weather_is_used_or_left_out_with_what_it_was_worth(
    run: Finished, pages: Any, outcome: tuple[str, float], said: str
) -> None:
    told = with_facts(run, "forecast", YEAR, Fact("weather", outcome[0]), Fact("weather_change", outcome[1], "share"))
    assert said in words(told, pages, "en", "forecast")


def test_why_the_check_on_the_past_used_weather_and_the_forecast_did_not(run: Finished, pages: Any) -> None:
    told = with_facts(run, "forecast", YEAR, Fact("weather", "no_better"), Fact("weather_change", -0.01, "share"))
    told = with_facts(told, "backtest", Fact("weather_origins", 52), Fact("tuned_on", "2023", "year"))
    said = words(told, pages, "en", "forecast")
    assert "days to come what is usual for the season" in said
    assert "the check on the past, judged by 2023, used it on 52 past dates" in said
    alike = with_facts(told, "backtest", Fact("weather_origins", 0))
    assert "judged by 2023" not in words(alike, pages, "en", "forecast")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ((), "the plan does not ask for it"),
        ((), "the plan names none"),
        (LEAVING, "6.1 % are expected to be withdrawn later, mostly as duplicates: the total is 3.4 % lower for it"),
        ((Fact("still_leaving", 0.0), Fact("leaving_lowers", 0.0)), "No recent report is expected to be withdrawn"),
        ((Fact("weather", "too_short"),), "there is too little of it"),
        ((Fact("campaign_days", 0), Fact("campaigns_seen", 3)), "No campaign announced before falls into these days"),
        ((Fact("campaign_days", 7), Fact("campaigns_seen", 0)), "covers 7 days of it, but no earlier one is over"),
        (
            (Fact("campaign_days", 5), Fact("campaigns_seen", 3), Fact("campaign_ratio", 1.62, "", 1.08, 2.41)),
            "covers 5 days of it; after 3 earlier, a day in one brings 1.62 times (90 % interval 1.08\u20132.41) as",
        ),
    ],
)
def test_what_is_said(run: Finished, pages: Any, facts: tuple[Fact, ...], said: str) -> None:
    assert said in words(with_facts(run, "forecast", *facts), pages, "en", "forecast")


def test_the_check_on_the_past_says_so_too(run: Finished, pages: Any) -> None:
    facts = (*LEAVING, Fact("weather_origins", 52), Fact("campaign_origins", 6))
    said = words(with_facts(run, "backtest", *facts), pages, "en", "backtest")
    assert "lowered by 3.4 % on average" in said
    assert "used on 52 past dates" in said and "counted on 6 past dates" in said


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_every_number_has_its_reference(run: Finished, pages: Any, lang: Any) -> None:
    weather = (Fact("weather", "used"), Fact("weather_change", -0.033, "share"))
    campaign = (Fact("campaign_days", 5), Fact("campaigns_seen", 3), Fact("campaign_ratio", 1.62, "", 1.08, 2.41))
    told = with_facts(run, "forecast", YEAR, *LEAVING, *weather, *campaign)
    told = with_facts(told, "backtest", *LEAVING, Fact("weather_origins", 52), Fact("campaign_origins", 6))
    page = pages.read_page(html(told, lang))
    assert pages.loose_numbers(page) == []
    assert pages.wrong_values(page, told) == []


def test_the_same_in_korean(run: Finished, pages: Any) -> None:
    weather = (Fact("weather", "no_better"), Fact("weather_change", 0.021, "share"))
    campaign = (Fact("campaign_days", 5), Fact("campaigns_seen", 3), Fact("campaign_ratio", 1.62, "", 1.08, 2.41))
    said = words(with_facts(run, "forecast", YEAR, *LEAVING, *weather, *campaign), pages, "ko", "forecast")
    assert "6.1 % 정도는 나중에 중복 신고 등으로 빠질 것으로 보아" in said
    assert "오차 변화는 2.1 %로" in said
    assert "5일이 일제정리에 듭니다" in said and "다른 날의 1.62배" in said
