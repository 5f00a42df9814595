"""The report's words follow the figures: what an interval does not show is not said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pandas as pd
import pytest

from sigun.plan.model import Plan
from sigun.report.evidence import Evidence
from sigun.report.finished import Finished
from sigun.report.laying import teller
from sigun.report.sections import (
    area_factors,
    backtest,
    concentration,
    duration,
    hotspot,
    quality,
    rhythm,
    same_vehicle,
    trend,
)
from sigun.report.wording import Sentence
from sigun.result import Claim, Fact, Result, facts_table
from sigun.text import Language, speaking

PLAN = Plan.model_validate(
    {"id": "a", "title": "A", "question": "B", "data": {"events": "e"}, "steps": [{"method": "trend"}]}
)


def evidence(method: str, claim: Claim, *facts: Fact, **tables: Mapping[str, object]) -> Evidence:
    frames = {name: pd.DataFrame(table) for name, table in tables.items()}
    return Evidence(Finished(PLAN, {method: Result(method, claim, {**frames, "facts": facts_table(facts)})}))


def said(
    ev: Evidence,
    method: str,
    room: Callable[..., Sentence | Iterable[Sentence] | None],
    lang: Language = "ko",
) -> str:
    with speaking(lang):
        found = room(ev, teller(ev, method))
        assert found is not None
        return " ".join(s.plain for s in ([found] if isinstance(found, Sentence) else found))


TREND = """
     value | low  | high | ko
      .042 | .011 | .074 | 신고는 늘었습니다. 한 해 평균 변화: 4.2 % (90 % 구간 1.1–7.4 %).
     -.042 | -.06 | -.02 | 신고는 줄었습니다. 한 해 평균 변화: −4.2 % (90 % 구간 −6.0 % ~ −2.0 %).
      .020 | -.01 | .050 | 한 해 사이의 증감은 뚜렷하지 않았습니다: 2.0 % (90 % 구간 −1.0 % ~ 5.0 %).
      .020 | .000 | .050 | 한 해 사이의 증감은 뚜렷하지 않았습니다: 2.0 % (90 % 구간 0.0–5.0 %).
"""


def cases(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()[1:]]


@pytest.mark.parametrize(("value", "low", "high", "ko"), cases(TREND))
def test_a_trend_is_said_only_when_the_interval_leaves_zero_out(value: str, low: str, high: str, ko: str) -> None:
    ev = evidence("trend", "description", Fact("yearly_change", float(value), "", float(low), float(high)))
    assert said(ev, "trend", trend.yearly).endswith(ko)


def test_where_stretches_differ_each_is_told_and_no_mean_of_them() -> None:
    facts = (Fact("yearly_change", -0.01, "share", -0.057, 0.039), Fact("stretches_differ", 1))
    slopes = {"first_month": ["2010-06-01", "2016-01-01"], "last_month": ["2015-12-01", "2018-12-01"]}
    slopes |= {"months": [66, 36], "yearly_change": [-0.046, 0.12], "low": [-0.102, 0.04], "high": [0.013, 0.207]}
    ev = evidence("trend", "description", *facts, slopes=slopes)
    words = said(ev, "trend", trend.yearly)
    assert "2010. 6.부터 2015. 12.까지는 한 해 사이의 증감이 뚜렷하지 않았습니다: −4.6 %" in words
    assert "2016. 1.부터 2018. 12.까지는 신고가 늘었습니다. 한 해 평균 변화: 12.0 % (90 % 구간 4.0–20.7 %)" in words
    assert "−1.0" not in words
    assert said(ev, "trend", trend._title) == "2016. 1.부터 2018. 12.까지 신고가 늘었습니다"


HELD = """
     held | low  | high | due  | words
     .986 | .985 | .988 | .985 | 격자 구간은 필요한 것보다 넓어 보수적입니다
     .986 | .985 | .988 | .985 | 많은 격자 98.5 %를 담게 됩니다. 실제로 담은 비율은 이 값과 뚜렷이 다르지 않으므로
     .986 | .985 | .988 | .960 | 많은 격자 96.0 %를 담게 됩니다.
     .800 | .750 | .850 | .960 | 격자 구간은 목표보다 좁아
     .910 | .880 | .940 | .960 | 다음과 같습니다: 격자 91.0 % (90 % 구간 88.0–94.0 %).
"""


@pytest.mark.parametrize(("held", "low", "high", "due", "words"), cases(HELD))
def test_intervals_are_called_wide_or_narrow_with_the_reason(
    held: str, low: str, high: str, due: str, words: str
) -> None:
    head = {"mode": ["known_status"] * 2, "model": ["mixture"] * 2, "level": ["cell"] * 2}
    head |= {"measure": ["coverage", "coverage_due"], "value": [float(held), float(due)]}
    ev = evidence("backtest", "forecast", scores={**head, "low": [float(low)] * 2, "high": [float(high)] * 2})
    text = said(ev, "backtest", backtest._coverage)
    assert words in text
    assert ("정수로 세기 때문입니다" in text) is (held == ".986" and due == ".985")
    assert ("넓어 보수적" in text) is (held == ".986")


def two_ways(hit: float) -> Evidence:
    """Counted one way better than last year's counts; the other way by `hit`."""
    modes = ["known_status", "final_status"]
    head = {"mode": modes, "model": ["mixture"] * 2, "level": ["cell"] * 2, "measure": ["hit@5"] * 2}
    scores = {**head, "value": [0.241, 0.24], "low": [0.22] * 2, "high": [0.26] * 2}
    theirs = {"mode": modes, "model": ["mean_12m"] * 2, "measure": ["hit@5"] * 2}
    differences = {**theirs, "difference": [0.02, hit], "low": [0.01, hit - 0.01], "high": [0.03, hit + 0.01]}
    return evidence(
        "backtest", "forecast", Fact("origins", 52), Fact("reports", 90), scores=scores, differences=differences
    )


@pytest.mark.parametrize(("hit", "line"), [(0.02, True), (0.0, False)])
def test_the_other_way_of_counting_is_one_line_where_it_comes_to_the_same(hit: float, line: bool) -> None:
    with speaking("ko"):
        section = backtest.section(two_ways(hit))
    assert section is not None
    words = " ".join(s.plain for block in section.blocks for s in getattr(block, "sentences", ()))
    tables = [block.id for block in section.blocks if hasattr(block, "rows")]
    assert tables == ["scores-known-status"]
    assert ("최종 처리 상태로 세어도" in words) is line
    assert ("최종 처리 상태로 세면, 다음 규칙보다 더 낫다고 할 수 없었습니다" in words) is not line


def test_near_repeats_name_their_metres_and_days() -> None:
    knox = {"reports": ["all", "first"], "metres_to": [50.0] * 2, "days_to": [7] * 2, "ratio": [3.3, 1.4]}
    facts = (Fact("knox_all", 12.06), Fact("knox_first", 7.77))
    ev = evidence("same_vehicle", "description", *facts, knox=knox)
    assert said(ev, "same_vehicle", same_vehicle._near_repeats) == (
        "서로 50 m, 7일 안에 들어온 신고 쌍은 우연일 때의 12.06배이며, 차량마다 한 번만 세면 7.77배입니다."
    )


PLACES = """
     point | area | none | ko
     100   | 0    | 0    | 모든 행에 좌표가 있어 지도에 나타냅니다.
     0     | 100  | 0    | 좌표가 있는 행은 없고 모든 행에 지역이 있습니다. 지역 표만 있고 격자는 없습니다.
     90    | 10   | 0    | 90행에는 좌표가 있고, 10행에는 지역만 있습니다. 지도는 앞의 것만, 지역 표는 둘 다 씁니다.
     0     | 0    | 10   | 장소가 있는 행이 없어 지도도 지역 표도 없습니다.
"""


@pytest.mark.parametrize(("point", "area", "none", "ko"), cases(PLACES))
def test_rows_there_are_none_of_are_not_spoken_of(point: str, area: str, none: str, ko: str) -> None:
    facts = [Fact(f"rows_{n}", int(v)) for n, v in (("point", point), ("area", area), ("none", none))]
    assert said(evidence("quality", "description", *facts), "quality", quality._placed) == ko


def test_no_sentence_of_weather_that_was_used_on_no_date() -> None:
    ev = evidence("backtest", "forecast", Fact("weather_origins", 0), Fact("campaign_origins", 0))
    with speaking("ko"):
        words = " ".join(s.plain for s in backtest._conditions(ev))
    assert words == "계획에 따라 날씨를 시험했으나, 전해에 더 잘 맞은 시점이 없어 쓰지 않았습니다."


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
