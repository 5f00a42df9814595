"""The 기획안 as a document: what people read and decide on, beside what is run (기획안의 글)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from sigun.plan.part import Part, Slug, Words

Prose = Annotated[str, Field(max_length=2000)]
"""A paragraph or two."""

Role = Literal["target", "exposure", "cause", "environment", "boundary", "key"]
"""목표 · 노출 · 원인 · 환경 · 경계 · 결합키: what a data set is for in the question."""

AuthorKind = Literal["rule", "model", "person"]
"""규칙 · 모형 · 사람."""


class Authorship(Part):
    """작성주체: who wrote a field, and whether a person has stood by it."""

    by: AuthorKind
    confirmed: bool = False  # what a model wrote is marked "AI 초안" until then


class Hypothesis(Part):
    """가설: said before the data are looked at."""

    variable: Words
    direction: Literal["+", "-", "?"] = "?"
    reason: Words = ""


class Evidence(Part):
    """근거: a sentence of the text with a figure in it, and where that figure is from."""

    sentence: Words
    source: Words


class DataUse(Part):
    """자료의 쓰임: a card of the plan's data, what it is for, and under which approval."""

    id: Slug
    role: Role
    purpose: Words = ""
    approval: Words = ""  # 이용 승인 번호


class Lacking(Part):
    """확보할 자료: what the question would need and the catalogue does not have, and where such data are published."""

    role: Role
    what: Words
    where: Words = ""


class Join(Part):
    """결합: two data sets, by what they are joined, and which share of rows is expected to find its counterpart."""

    left: Slug
    right: Slug
    keys: tuple[Words, ...] = Field(min_length=1, max_length=6)
    expected: float | None = Field(default=None, ge=0, le=1)


class Handling(Part):
    """개인정보 처리: how the rule of the plan's `privacy` is carried out, and how far results go."""

    procedure: Prose = ""
    export: Literal["inside", "outside"] = "inside"  # 내부 · 외부


class UseOfModel(Part):
    """생성형 AI 이용: whether a language model took part, where it runs, and what it was shown."""

    used: bool = False
    place: Literal["none", "inside", "outside"] = "none"  # 없음 · 기관 내 · 기관 밖
    sent: tuple[Words, ...] = Field(default=(), max_length=60)  # kinds of metadata


class Output(Part):
    """산출물."""

    kind: Literal["map", "table", "report", "priority"]  # 지도 · 표 · 보고서 · 우선순위
    unit: Words = ""
    audience: Words = ""


class Expected(Part):
    """기대효과: an indicator, where it stands, where it should go, and when that is measured."""

    indicator: Words
    base: Words = ""
    goal: Words = ""
    measured: Words = ""


class Stage(Part):
    """일정: what is done by when."""

    what: Words
    until: date | None = None
    when: Words = ""  # where no day is set: "착수 후 2주"


class Risk(Part):
    """위험과 대응."""

    what: Words
    response: Words = ""


class Reason(Part):
    """선택 이유: why a choice of the draft was made, by its path in this file."""

    path: Annotated[str, Field(max_length=200)]
    said: Words


class OpenQuestion(Part):
    """작성자에게 묻는 것: what only a person can answer; `answer` is empty until then."""

    path: Annotated[str, Field(max_length=200)] = ""
    asks: Words
    answer: Words = ""


class Proposal(Part):
    """기획안: everything in it that is not run. Nothing here changes a figure."""

    sentence: Prose = ""  # 문제 한 문장: as the team typed it
    org: Words = ""
    team: tuple[Words, ...] = Field(default=(), max_length=60)
    background: Prose = ""  # 추진배경
    problem: Prose = ""  # 문제정의
    stakeholders: tuple[Words, ...] = Field(default=(), max_length=30)
    questions: tuple[Words, ...] = Field(default=(), max_length=30)  # 분석질문
    hypotheses: tuple[Hypothesis, ...] = Field(default=(), max_length=60)
    decision: Prose = ""  # 결과로 내릴 결정
    evidence: tuple[Evidence, ...] = Field(default=(), max_length=60)
    data: tuple[DataUse, ...] = Field(default=(), max_length=120)
    lacking: tuple[Lacking, ...] = Field(default=(), max_length=60)
    joins: tuple[Join, ...] = Field(default=(), max_length=120)
    method: Prose = ""  # 분석방법, in words
    handling: Handling = Handling()
    model: UseOfModel = UseOfModel()
    outputs: tuple[Output, ...] = Field(default=(), max_length=30)
    use: Prose = ""  # 정책활용
    effects: tuple[Expected, ...] = Field(default=(), max_length=30)
    spread: Prose = ""  # 확산
    schedule: tuple[Stage, ...] = Field(default=(), max_length=30)
    budget: Words = ""
    risks: tuple[Risk, ...] = Field(default=(), max_length=30)
    rubric: Slug | None = None
    conflicts: tuple[Words, ...] = Field(default=(), max_length=30)  # 이해충돌
    reasons: tuple[Reason, ...] = Field(default=(), max_length=120)
    open: tuple[OpenQuestion, ...] = Field(default=(), max_length=60)
    by: Mapping[Slug, Authorship] = Field(default={}, max_length=60)  # field of this part (or `title`) -> who wrote it
