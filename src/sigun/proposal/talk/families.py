"""Wishes about what is analysed (분석유형 바람): another family beside, or one or a step of one left out."""

from __future__ import annotations

import re

from sigun.plan.families import FAMILY_OF, NAMES, Family
from sigun.proposal.talk.beside import lay_beside
from sigun.proposal.talk.reports import OUT
from sigun.proposal.talk.wish import Cannot, Parts, Unclear, Wish, World, wish
from sigun.report.proposal.labels import BESIDE, DESCRIBED
from sigun.text import N_, Message, _, say

SAID: dict[str, tuple[str, ...]] = {  # words -> methods
    r"날씨|기상|weather": ("weather",),
    r"순찰|patrol": ("patrol",),
    r"예측|forecast": ("forecast", "backtest", "patrol"),
    r"과거\s?검증|backtest": ("backtest",),
    r"처리\s?기간|duration": ("duration",),
    r"동일\s?차량|중복|same vehicle": ("same_vehicle",),
    r"밀집|핫스팟|hotspot": ("hotspot",),
    r"집중도|concentration": ("concentration",),
    r"차종별|차종|kinds": ("kinds",),
    r"주기|요일|계절|rhythm": ("rhythm",),
    r"추세|trend": ("trend",),
    r"지역\s?요인|area factors": ("area_factors", "occurrence"),
    r"요인|factors?": ("factors", "occurrence", "area_factors"),
    r"효과|effect": ("effect",),
    r"전후\s?비교|전후|before and after": ("before_after",),
    r"수급|supply": ("supply_demand",),
    r"기술\s?통계|통계표|summary": ("summary",),
}
ASKED: dict[str, Family] = {
    r"예측|미리|순찰|forecast|patrol": "forecast",
    r"수급|부족|모자라|supply|shortage": "supply_demand",
    r"효과|effect": "effect",
    r"전후|before and after": "before_after",
    r"기술\s?통계|한눈에|summary": "summary",
    r"요인|factors?": "factors",
    r"특성|현황|describe": "describe",
}
ANSWERS = frozenset({"coverage", "quality"})  # steps that look at the data; alone they answer nothing


def without(_said: re.Match[str], parts: Parts, world: World) -> Message:
    """날씨는 빼자."""
    found = next((methods for words, methods in SAID.items() if re.search(words, world.text, re.IGNORECASE)), ())
    gone = [step["method"] for step in parts["steps"] if step["method"] in found]
    if not gone:
        raise Unclear(say(N_("This plan has no such step.")))
    left = [step for step in parts["steps"] if step["method"] not in gone]
    if not {step["method"] for step in left} - ANSWERS:
        raise Cannot(say(N_("Then nothing would be left to analyse.")))
    parts["steps"] = left
    return say(N_("Left out: {steps}."), steps=", ".join(map(called, gone)))


def add(_said: re.Match[str], parts: Parts, world: World) -> Message:
    """주차장 수급도 넣자."""
    family = next((f for words, f in ASKED.items() if re.search(words, world.text, re.IGNORECASE)), None)
    if family is None:
        raise Unclear(say(N_("It is not clear which analysis is to be added: forecast, supply and demand, effect, …?")))
    lay_beside(parts, family, world)
    return say(N_("Added: {family}."), family=_(NAMES[family]))


def called(method: str) -> str:
    """A step in words."""
    described = {**DESCRIBED, **BESIDE}
    return _(described[method]) if method in described else _(OTHERS.get(method) or NAMES[FAMILY_OF[method]])


OTHERS = {"patrol": N_("patrol list"), "backtest": N_("check on the past")}

ADDING = r"(?:넣|추가|포함|더하|같이\s?보|함께\s?보|도\s?보|도\s?하|add|include|too\b|as well)"
FAMILY_WISHES: tuple[Wish, ...] = (
    wish("without", OUT, without, "날씨는 빼자", "예측은 빼고"),
    wish("add", ADDING, add, "예측도 넣자", "주차장 수급도 넣자"),
)
