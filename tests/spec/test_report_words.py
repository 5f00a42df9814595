"""The report's words follow the figures: what an interval does not show is not said."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import pytest

from sigun.plan.model import Plan
from sigun.report.evidence import Evidence
from sigun.report.finished import Finished
from sigun.report.laying import teller
from sigun.report.outline import speaking
from sigun.report.sections import area_factors, backtest, concentration, duration, hotspot, rhythm, trend
from sigun.report.wording import Sentence
from sigun.result import Claim, Fact, Result, facts_table
from sigun.text import Language

PLAN = Plan.model_validate(
    {"id": "a", "title": "A", "question": "B", "data": {"events": "e"}, "steps": [{"method": "trend"}]}
)


def evidence(method: str, claim: Claim, *facts: Fact, **tables: Mapping[str, object]) -> Evidence:
    frames = {name: pd.DataFrame(table) for name, table in tables.items()}
    return Evidence(Finished(PLAN, {method: Result(method, claim, {**frames, "facts": facts_table(facts)})}))


def said(ev: Evidence, method: str, room: Callable[..., Sentence | None], lang: Language = "ko") -> str:
    with speaking(lang):
        sentence = room(ev, teller(ev, method))
    assert sentence is not None
    return sentence.plain


TREND = """
     value | low  | high | ko
      .042 | .011 | .074 | 신고는 해마다 늘었습니다: 4.2 % (90 % 구간 1.1–7.4 %).
     -.042 | -.06 | -.02 | 신고는 해마다 줄었습니다: −4.2 % (90 % 구간 −6.0 % ~ −2.0 %).
      .020 | -.01 | .050 | 한 해 사이의 증감은 뚜렷하지 않았습니다: 2.0 % (90 % 구간 −1.0 % ~ 5.0 %).
      .020 | .000 | .050 | 한 해 사이의 증감은 뚜렷하지 않았습니다: 2.0 % (90 % 구간 0.0–5.0 %).
"""


def cases(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()[1:]]


@pytest.mark.parametrize(("value", "low", "high", "ko"), cases(TREND))
def test_a_trend_is_said_only_when_the_interval_leaves_zero_out(value: str, low: str, high: str, ko: str) -> None:
    ev = evidence("trend", "description", Fact("yearly_change", float(value), "", float(low), float(high)))
    assert said(ev, "trend", trend.yearly).endswith(ko)


VERDICTS = """
     difference | low  | high | words
     .020       | .01  | .03  | 더 많이 찾았습니다
     -.020      | -.03 | -.01 | 더 적게 찾았습니다
     .007       | -.02 | .016 | 더 많이 찾지는 못했습니다
"""


@pytest.mark.parametrize(("difference", "low", "high", "words"), cases(VERDICTS))
def test_no_better_than_where_the_interval_holds_zero(difference: str, low: str, high: str, words: str) -> None:
    head = {"mode": ["known_status"], "model": ["mean_12m"], "measure": ["hit@5"]}
    ev = evidence(
        "backtest",
        "forecast",
        scores={**head, "level": ["cell"], "value": [0.2], "low": [0.1], "high": [0.3]},
        differences={**head, "difference": [float(difference)], "low": [float(low)], "high": [float(high)]},
    )
    assert words in said(ev, "backtest", backtest.verdict)


def test_a_month_stands_out_only_when_intervals_keep_apart() -> None:
    def profile(low: float) -> Evidence:
        table = {"cycle": ["month"] * 2, "position": [2, 6], "index": [1.2, 0.8], "low": [low, 0.7], "high": [1.3, 0.9]}
        facts = (Fact("peak_month", 2), Fact("low_month", 6))
        return evidence("rhythm", "description", *facts, profiles=table)

    assert said(profile(1.1), "rhythm", rhythm.months) == "신고는 2월에 가장 잦고 6월에 가장 드뭅니다."
    assert said(profile(0.85), "rhythm", rhythm.months) == "다른 달보다 뚜렷하게 잦은 달은 없었습니다."


def test_no_dense_cell_means_chance_could_have_drawn_the_map() -> None:
    ev = evidence("hotspot", "description", Fact("cells", 300), Fact("hot_cells", 0), Fact("hot_share", 0.0))
    assert "우연만으로도 이런 지도가 나올 수 있습니다" in said(ev, "hotspot", hotspot.found)


def test_the_numbers_stand_with_unit_and_interval() -> None:
    ev = evidence("duration", "description", Fact("median_days", 12.42, "days", 12.3, 12.61))
    assert said(ev, "duration", duration.median) == "신고의 절반은 12.4일 (90 % 구간 12.3–12.6) 안에 처리되었습니다."
    ev = evidence("concentration", "description", Fact("top10", 0.331, "share", 0.317, 0.346))
    assert said(ev, "concentration", concentration.top, "en") == (
        "The busiest 10 % of the cells with reports hold 33.1 % (90 % interval 31.7–34.6 %) of the reports."
    )


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        ("positive", "신고율이 높아, 둘은 관련이 있었습니다"),
        ("negative", "신고율이 낮아, 둘은 관련이 있었습니다"),
        ("unclear", "뚜렷하지 않았던 지표: 공원 면적"),
    ],
)
def test_an_association_is_called_one_and_never_a_cause(reading: str, words: str) -> None:
    table = {"variable": ["park"], "title": ["공원 면적"], "unit": ["㎡"], "n": [20], "rho": [0.4], "low": [0.1]}
    table |= {"high": [0.7], "p": [0.01], "q": [0.03], "reading": [reading]}
    ev = evidence("area_factors", "association", associations=table)
    with speaking("ko"):
        section = area_factors.section(ev)
    assert section is not None
    text = " ".join(s.plain for block in section.blocks for s in getattr(block, "sentences", ()))
    assert words in text
    assert "함께 움직인다고 원인인 것은 아닙니다" in text
