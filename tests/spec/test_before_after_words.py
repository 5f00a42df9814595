"""The words of a comparison before and after: never those of an effect, and what it is no proof of."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from sigun.analysis.before_after.told import COLUMNS
from sigun.plan.model import Plan
from sigun.report.evidence import Evidence
from sigun.report.finished import Finished
from sigun.report.sections import before_after
from sigun.result import Fact, Result, facts_table
from sigun.text import Language, speaking

PLAN = Plan.model_validate(
    {
        "id": "a",
        "title": "A",
        "question": "B",
        "data": {"tables": ["t"]},
        "panel": {"base": "2022-12-31", "span": "month", "variables": [{"id": "flood", "table": "t"}]},
        "steps": [
            {"method": "before_after", "outcome": {"variable": "flood"}, "treatment": {"starts": {"가평군": 2015}}}
        ],
    }
)
CAUSAL = (
    "변화시킨",
    "때문에",
    "효과가",
    "효과를",
    "영향을",
    "높였",
    "낮췄",
    "늘렸",
    "caused",
    "effect of",
    "because of",
)


def said(verdict: str, claim: Any, lang: Language = "ko", value: float = 60.0, by: str = "permutation") -> str:
    blank = dict.fromkeys(COLUMNS["groups"], "")
    sides = {"regions": 2, "unit": "건", "change_unit": "percent"}
    rows = [
        {**blank, **sides, "group": "treated", "before": 8.2, "after": 13.9, "change": 68.6},
        {**blank, **sides, "group": "comparison", "before": 4.6, "after": 4.9, "change": 5.7},
    ]
    facts = [Fact("outcome", "침수신고"), Fact("outcome_unit", "건"), Fact("treatment", "택지개발")]
    facts += [Fact("comparison", "rest"), Fact("used", 2, "areas"), Fact("compared", 18, "areas")]
    facts += [Fact("first_start", "2022-07"), Fact("last_start", "2022-07"), Fact("effect_possible", 1)]
    low, high = (value - 30, value + 40) if by == "permutation" else (None, None)
    facts += [Fact("verdict", verdict), Fact("difference", value, "percent", low, high), Fact("interval_by", by)]
    tables = {"groups": pd.DataFrame(rows).astype(COLUMNS["groups"]), "facts": facts_table(facts)}
    tables["checks"] = pd.DataFrame(columns=list(COLUMNS["checks"])).astype(COLUMNS["checks"])
    ev = Evidence(Finished(PLAN, {"before_after": Result("before_after", claim, tables)}))  # type: ignore[arg-type]
    with speaking(lang):
        return " ".join(s.plain for s in before_after.summary(ev)).replace("\u00a0", " ")


def test_both_changes_their_difference_and_that_it_is_no_proof() -> None:
    words = said("more", "association")
    assert "시행 지역은 8.20건에서 13.90건으로(+68.6 %), 비교 지역은 4.60건에서 4.90건으로(+5.7 %)" in words
    assert "비교 지역만큼 달라졌을 때의 값보다 60.0 % 높습니다(95 % 구간 30.0 % ~ 100.0 %)" in words
    assert "증명이 아닙니다" in words and "정책효과 분석(`effect`)" in words


def test_less_is_told_without_a_double_minus() -> None:
    words = said("less", "association", value=-40.0)
    assert "40.0 % 낮습니다(95 % 구간 −70.0 %" in words and "−40.0 % 낮습니다" not in words


def test_what_cannot_be_told_from_none_is_said_so() -> None:
    words = said("not_seen", "description", value=10.0)
    assert "차이가 있다고 말할 수 없습니다" in words and "높습니다" not in words


def test_without_an_interval_nothing_is_sure() -> None:
    assert "얼마나 확실한지는 이 자료로 말할 수 없습니다" in said("not_told", "description", by="none")


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("verdict", ["more", "less", "not_seen"])
def test_no_word_of_an_effect(verdict: str, lang: Language) -> None:
    words = said(verdict, "description" if verdict == "not_seen" else "association", lang)
    assert not [w for w in CAUSAL if w in words]
