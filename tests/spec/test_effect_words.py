"""The words of a policy's effect: its verb only where a design passed, never of one that failed."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sigun.analysis.effect.told import COLUMNS
from sigun.plan.model import Plan
from sigun.report.evidence import Evidence
from sigun.report.finished import Finished
from sigun.report.sections import effect
from sigun.result import Fact, Result, facts_table
from sigun.text import Language, speaking

PLAN = Plan.model_validate(
    {
        "id": "a",
        "title": "A",
        "question": "B",
        "data": {"tables": ["t"]},
        "panel": {"base": "2022-12-31", "variables": [{"id": "tfr", "table": "t"}]},
        "steps": [{"method": "effect", "outcome": {"variable": "tfr"}, "treatment": {"starts": {"양평군": 2015}}}],
    }
)
CAUSAL = ("변화시킨", "때문에", "효과가", "영향을", "높였", "낮췄", "changed", "caused", "effect of")


def design(name: str, verdict: str, order: int = 1, effect: float = 0.12) -> dict[str, Any]:
    blank = {c: np.nan if kind == "float64" else 0 if kind == "int64" else "" for c, kind in COLUMNS["designs"].items()}
    row = {**blank, "design": name, "order": order, "verdict": verdict, "main": False, "effect_unit": "명"}
    row |= {"estimate": effect, "effect": effect, "effect_low": effect - 0.05, "effect_high": effect + 0.05}
    row |= {"mde": 0.08, "p": 0.01, "reason_values": "{}", "would_need_values": "{}"}
    if verdict == "not_answerable":
        row["reason"] = "The treated regions already went another way before the start (p = {p})."
        row["reason_values"] = json.dumps({"p": 0.003})
        row["would_need"] = "More regions that resemble the treated one."
    return row


def said(*rows: dict[str, Any], lang: Language = "ko") -> str:
    first = next((r for r in rows if r["verdict"] != "not_answerable"), None)
    if first is not None:
        first["main"] = True
    facts = [Fact("outcome", "합계출산율"), Fact("treatment", "출산지원금"), Fact("transform", "level")]
    facts += [Fact("used", 1), Fact("never", 30), Fact("first_start", "2015"), Fact("last_start", "2015")]
    tables = {"designs": pd.DataFrame(list(rows)).astype(COLUMNS["designs"]), "facts": facts_table(facts)}
    claim = "description" if first is None else "effect"
    ev = Evidence(Finished(PLAN, {"effect": Result("effect", claim, tables)}))  # type: ignore[arg-type]
    with speaking(lang):
        return " ".join(s.plain for s in effect.summary(ev))


def test_the_verb_is_there_when_a_design_passed() -> None:
    words = said(design("group_time", "raised"))
    assert "출산지원금은 합계출산율을 높아지는 쪽으로 변화시킨 것으로 추정됩니다: " in words
    assert "시행 뒤 평균 0.120명 (95 % 구간 0.070 ~ 0.170), 시행시점 집단별 비교." in words
    assert "낮아지는 쪽으로 변화시킨" in said(design("sdid", "lowered", effect=-0.12))


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_no_causal_word_where_no_design_passed(lang: Language) -> None:
    words = said(design("group_time", "not_answerable"), design("sdid", "not_answerable", 2), lang=lang)
    words = words.replace("Whether 출산지원금 changed 합계출산율 cannot be answered", "")
    assert not [w for w in CAUSAL if w in words]
    assert "0.003" in words  # the reason
    assert ("답하려면 필요한 것" if lang == "ko" else "What would answer") in words


def test_what_is_not_seen_is_told_with_the_smallest_change_that_would_be() -> None:
    words = said(design("sdid", "not_seen", effect=0.01))
    assert "변화는 확인되지 않았습니다" in words and "0.080명보다 작은 변화는 이 자료로 볼 수 없습니다" in words
    assert not [w for w in CAUSAL if w in words]


def test_designs_that_differ_are_said_to_and_a_failed_one_gives_no_figure() -> None:
    words = said(
        design("synthetic_control", "not_answerable"),
        design("group_time", "raised", 2),
        design("sdid", "not_seen", 3, 0.01),
    )
    assert "합성통제로는 답할 수 없습니다" in words and "설계들의 답이 서로 다릅니다" in words
    assert words.count("변화시킨") == 1
