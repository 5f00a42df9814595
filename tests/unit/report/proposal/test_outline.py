"""The 기획안 as an outline: the parts of its form, a reference behind every value, who wrote what, what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from proposals import BIRTHS, VEHICLES, births, vehicles
from sigun.plan.model import Plan
from sigun.report.blocks import Form, Items, Outline, Section, Table
from sigun.report.finished import Finished
from sigun.report.numbered import headings
from sigun.report.proposal.outline import proposal_outline
from sigun.report.proposal.told import CardFacts, Told
from sigun.report.refs import resolve
from sigun.report.wording import BANNED, Sentence, Shown

CARDS = {
    "reports": CardFacts("방치차량 신고 접수 대장", "가람시 차량등록과", "S", "데이터-2025-014"),
    "tfr_table": CardFacts("합계출산율", "통계청", columns={"tfr": "합계출산율"}),
}


def every(value: Any) -> Iterator[Any]:
    """Everything an outline is made of."""
    yield value
    if is_dataclass(value):
        for field in fields(value):
            yield from every(getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from every(one)


def words(part: Any) -> str:
    return "\n".join(one.plain for one in every(part) if isinstance(one, Sentence))


def part(outline: Outline, name: str) -> Section:
    return next(section for section in outline.sections if section.id == name)


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("plan", [vehicles(), births()], ids=["vehicles", "births"])
def test_every_value_is_found_by_its_reference(plan: Plan, lang: Any) -> None:
    told = Told(plan, CARDS)
    shown = [one for one in every(proposal_outline(plan, CARDS, lang)) if isinstance(one, Shown)]
    assert len(shown) > 40
    for one in shown:
        value = told.resolve(one.ref)
        assert value is not None, str(one.ref)
        if one.ref.key.startswith("proposal."):
            assert resolve(Finished(plan, {}), one.ref) == value


def test_the_form_has_its_parts_in_order() -> None:
    outline = proposal_outline(vehicles(), CARDS, "ko")
    marks = headings(outline)
    assert [f"{marks[s.id]} {s.title}".strip() for s in outline.sections] == [
        "과제 개요",
        "1. 추진배경",
        "2. 문제정의와 분석질문",
        "3. 분석 범위",
        "4. 활용 자료",
        "5. 분석방법과 검증",
        "6. 개인정보와 생성형 AI",
        "7. 활용방안과 기대효과",
        "8. 추진일정과 예산",
        "9. 위험과 대응, 이해충돌",
        "붙임: 작성자에게 묻는 것과 선택 이유",
    ]
    assert (outline.kind, outline.first) == ("proposal", None)


def test_every_word_a_person_wrote_is_in_it() -> None:
    said = words(proposal_outline(vehicles(), CARDS, "ko"))
    left_out = {"path", "id", "left", "right", "rubric", "by", "kind", "role", "direction", "export", "place", "until"}

    def texts(value: Any, key: str = "") -> Iterator[str]:
        if isinstance(value, dict):
            for name, one in value.items():
                yield from texts(one, name) if name not in left_out else ()
        elif isinstance(value, list):
            for one in value:
                yield from texts(one, key)
        elif isinstance(value, str):
            yield from value.splitlines()

    missing = [text for text in texts(VEHICLES["proposal"]) if text not in said]
    assert missing == []


def test_who_wrote_it_stands_beside_each_title() -> None:
    outline = proposal_outline(vehicles(), CARDS, "ko")
    assert part(outline, "background").mark == "작성: 모형·사람, AI 초안"
    assert part(outline, "problem").mark == "작성: 규칙·모형·사람, 사람이 확인함"
    assert part(outline, "scope").mark == "작성: 규칙"
    assert part(outline, "use").mark == "작성: 사람"
    assert outline.ai_draft
    assert part(outline, "background").marked.endswith("〔작성: 모형·사람, AI 초안〕")


def test_nothing_is_a_draft_of_a_model_once_confirmed() -> None:
    by = {name: {**one, "confirmed": True} for name, one in VEHICLES["proposal"]["by"].items()}
    plan = Plan.model_validate({**VEHICLES, "proposal": {**VEHICLES["proposal"], "by": by}})
    outline = proposal_outline(plan, CARDS, "ko")
    assert not outline.ai_draft
    assert "AI 초안" not in "".join(section.mark for section in outline.sections)


def test_what_nobody_has_written_is_asked_for() -> None:
    plan = Plan.model_validate({k: v for k, v in BIRTHS.items() if k != "proposal"})
    outline = proposal_outline(plan, {}, "ko")
    assert words(outline).count("(작성 필요)") == 11  # no conflict of interest is claimed for anybody
    assert part(outline, "background").mark == ""
    assert all(section.id != "annex" for section in outline.sections)
    assert all(table.rows for table in every(outline) if isinstance(table, Table))
    assert all(items.items for items in every(outline) if isinstance(items, Items))


def test_data_are_called_as_the_catalogue_calls_them() -> None:
    tables = [one for one in every(proposal_outline(vehicles(), CARDS, "ko")) if isinstance(one, Table)]
    table = next(one for one in tables if one.id == "data")
    rows = [tuple(cell.plain for cell in row) for row in table.rows]
    assert rows[0] == (
        "방치차량 신고 접수 대장",
        "목표",
        "신고의 때와 곳, 처리 상태",
        "가람시 차량등록과",
        "민감(S)",
        "데이터-2025-014",
    )
    assert rows[1][0] == "dongs"  # of no card: its id


def test_scope_and_method_are_told_from_what_is_run() -> None:
    outline = proposal_outline(vehicles(), CARDS, "ko")
    scope = next(one for one in every(part(outline, "scope")) if isinstance(one, Form))
    said = {label: " ".join(s.plain for s in value) for label, value in scope.rows}
    assert said["공간"] == "한 변 500 m 격자(5×5 격자를 한 구역으로 묶음)"
    assert said["시간"] == "2021. 1. 1. ~ 2025. 6. 30."
    assert said["예측 기간"] == "7일"
    method = words(part(outline, "method"))
    assert "순찰 우선순위: 하루 10곳씩 7일, 그 가운데 10 %는 예측과 무관하게 선정" in method
    assert "지난 12개월의 매주 시점" in method


def test_every_step_there_is_is_told() -> None:
    from typing import get_args

    from sigun.plan.steps import Step
    from sigun.report.proposal import labels, methods

    known = {*methods.ALWAYS, *methods.HOW, *methods.CHECKED, *labels.DESCRIBED, *labels.BESIDE}
    union = get_args(get_args(Step)[0])
    assert {get_args(step.model_fields["method"].annotation)[0] for step in union} <= known


def test_no_banned_word_is_ours() -> None:
    plan = Plan.model_validate({k: v for k, v in BIRTHS.items() if k != "proposal"})
    outline = proposal_outline(plan, {}, "ko")
    assert [word for word in BANNED if word in words(outline)] == []


def test_reasons_and_questions_are_of_the_draft_unless_somebody_says_so() -> None:
    assert part(proposal_outline(vehicles(), CARDS, "ko"), "annex").mark == "작성: 규칙"


def test_regions_by_name_and_those_left_out() -> None:
    panel = {**BIRTHS["panel"], "except": ["가평군"], "span": "quarter"}
    outline = proposal_outline(Plan.model_validate({**BIRTHS, "panel": panel}), CARDS, "ko")
    scope = words(part(outline, "scope"))
    assert "경기도 시군구" in scope
    assert "2022. 12. 31. 행정구역 기준으로 통일" in scope
    assert "제외: 가평군" in scope
    assert "(분기 단위)" in scope


def test_a_plan_of_own_regions_is_of_the_areas_of_its_outlines() -> None:
    panel = {"unit": "own", "variables": [{"id": "children", "table": "needs", "title": "영유아 인구"}]}
    supply = {"method": "supply_demand", "facilities": "daycare", "demand": "children", "kinds": ["국공립"]}
    plan = Plan.model_validate(
        {
            "id": "supply",
            "title": "수급",
            "question": "어디가 부족한가?",
            "data": {"tables": ["needs"], "outlines": "dongs", "facilities": ["daycare"]},
            "panel": panel,
            "steps": [{"method": "coverage"}, supply],
        }
    )
    outline = proposal_outline(plan, {"dongs": CardFacts("행정동 경계")}, "ko")
    assert "행정구역(행정동 경계)" in words(part(outline, "scope"))
    method = words(part(outline, "method"))
    assert "3 km 안의 daycare 공급을 영유아 인구 수요와 견주어" in method
    assert "대상 시설: 국공립" in method


def test_a_comparison_before_and_after_names_whom_it_compares() -> None:
    before_after = {
        "method": "before_after",
        "outcome": {"variable": "tfr"},
        "treatment": {"starts": {"화성시": 2015, "수원시": 2016}},
        "comparison": ["용인시", "성남시"],
    }
    summary = {"method": "summary", "variables": ["tfr", "grant"]}
    plan = Plan.model_validate({**BIRTHS, "steps": [{"method": "coverage"}, before_after, summary]})
    method = words(part(proposal_outline(plan, CARDS, "ko"), "method"))
    assert (
        "전후비교: 화성시, 수원시 전후의 변화를 비교 지역(용인시, 성남시)의 변화와 나란히 봄(결과변수 합계출산율)"
        in method
    )
    assert "기술통계: 합계출산율, 출산지원금의" in method


def reasons_of(plan: dict[str, Any], *reasons: tuple[str, str]) -> list[str]:
    """What stands in the annex of a plan whose choices have these reasons."""
    said = {"reasons": [{"path": path, "said": said} for path, said in reasons]}
    annex = part(proposal_outline(Plan.model_validate({**plan, "proposal": said}), CARDS, "ko"), "annex")
    return [item.plain for one in annex.blocks if isinstance(one, Items) for item in one.items]


def test_a_reason_names_what_was_chosen_by_it() -> None:
    assert reasons_of(VEHICLES, ("data.events", "찾는 신고 자료입니다."), ("time", "자료가 있는 기간입니다.")) == [
        "방치차량 신고 접수 대장: 찾는 신고 자료입니다.",
        "2021. 1. 1. ~ 2025. 6. 30.: 자료가 있는 기간입니다.",
    ]
    assert reasons_of(BIRTHS, ("panel.unit", "가장 작은 단위입니다."), ("panel.base", "그날의 지도입니다.")) == [
        "시군구: 가장 작은 단위입니다.",
        "2022. 12. 31.: 그날의 지도입니다.",
    ]


def test_a_reason_that_names_it_already_names_it_once() -> None:
    said = "“방치차량 신고 접수 대장”이 문장에 맞습니다."
    assert reasons_of(VEHICLES, ("data.events", said), ("steps.9", "예측입니다.")) == [said, "예측입니다."]


def test_one_reason_for_several_choices_is_said_once() -> None:
    assert reasons_of(
        VEHICLES, ("data.areas", "나란히 봅니다."), ("steps", "둘째"), ("data.weather", "나란히 봅니다.")
    ) == [
        "dong_figures, weather: 나란히 봅니다.",
        "둘째",
    ]
