"""The plan file as JSON Schema (계획 파일의 틀): for editors, forms and other programs that write plans."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sigun.plan.model import Plan

DIALECT = "https://json-schema.org/draft/2020-12/schema"

FIELDS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "Plan": {
        "schema_version": ("파일 형식의 판", "version of this format"),
        "id": ("이름표", "id: names the folders of its runs"),
        "title": ("과제명", "title"),
        "question": ("핵심 질문", "the one question"),
        "lang": ("보고서의 언어", "language of the report"),
        "seed": ("난수의 씨앗", "where chance begins; the same seed gives the same figures"),
        "data": ("자료", "cards of the catalogue, by the role they play"),
        "panel": ("지역과 변수", "regions, periods and columns; of a plan of tables"),
        "space": ("공간", "cells and areas; of a plan of events"),
        "time": ("기간", "half-open, local days; left out: all there is"),
        "known_by": ("알려진 때", "by which day a report counts as known"),
        "target": ("목표의 상태", "the status a forecast is scored by"),
        "only": ("대상 한정", "only these rows of the events"),
        "rules": ("품질 기준", "what counts as a placeholder, a repeat, a hole"),
        "privacy": ("비밀보호", "which figures are too small to be shown"),
        "conditions": ("여건", "what may move the total besides its own past"),
        "steps": ("분석방법", "methods in the order they are run, each once"),
        "proposal": ("기획안의 글", "what people read; changes no figure"),
    },
    "Proposal": {
        "sentence": ("문제 한 문장", "the problem as the team typed it"),
        "org": ("제안기관", "who proposes"),
        "team": ("참여자", "departments and roles that take part"),
        "background": ("추진배경", "why now"),
        "problem": ("문제정의", "what is to be solved"),
        "stakeholders": ("이해관계자", "whom it concerns"),
        "questions": ("분석질문", "what the analysis is to answer"),
        "hypotheses": ("가설", "what is expected, said before the data are looked at"),
        "decision": ("결과로 내릴 결정", "what will be decided by the result"),
        "evidence": ("근거", "sentences with a figure, and where the figure is from"),
        "data": ("자료의 쓰임", "what each card is for, and under which approval"),
        "lacking": ("확보할 자료", "what is missing, and where it is published"),
        "joins": ("결합", "which data sets are joined by what"),
        "method": ("분석방법 설명", "the method in words"),
        "handling": ("개인정보 처리", "how the privacy rule is carried out, how far results go"),
        "model": ("생성형 AI 이용", "whether a language model took part, where, what it was shown"),
        "outputs": ("산출물", "maps, tables, reports, lists"),
        "use": ("정책활용", "how the result is used"),
        "effects": ("기대효과", "indicators: where they stand, where they should go, when measured"),
        "spread": ("확산", "who else can use it"),
        "schedule": ("추진일정", "what is done by when"),
        "budget": ("예산", "money and people"),
        "risks": ("위험과 대응", "what may go wrong, and what is done then"),
        "rubric": ("심사기준", "id of the criteria it is judged by"),
        "conflicts": ("이해충돌", "who must not judge it"),
        "reasons": ("선택 이유", "why the draft chose so, by path in this file"),
        "open": ("작성자에게 묻는 것", "what only a person can answer"),
        "by": ("작성주체", "who wrote each field (rule, model, person), and whether a person stands by it"),
    },
}
"""Fields whose meaning is no docstring, in Korean and English."""


def json_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of the plan file. Rules between fields are the program's to check."""
    schema = _cleaned(Plan.model_json_schema(by_alias=True))
    parts = schema["$defs"]
    for name, fields in FIELDS.items():
        properties = (schema if name == "Plan" else parts[name])["properties"]
        for field, (korean, english) in fields.items():
            properties[field] = {"title": korean, "description": f"{korean}: {english}", **properties[field]}
    return {"$schema": DIALECT, **schema, "title": "기획안 · 분석계획 (sigun plan)"}


def _cleaned(part: Any) -> Any:
    """Without what only repeats a field's name, or belongs to another standard."""
    if isinstance(part, list):
        return [_cleaned(one) for one in part]
    if not isinstance(part, dict):
        return part
    kept = {key: _cleaned(value) for key, value in part.items() if key != "discriminator"}
    if isinstance(kept.get("title"), str):  # a property may itself be called `title`
        del kept["title"]
    return kept
