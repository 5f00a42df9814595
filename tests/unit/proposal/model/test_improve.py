"""A model words the draft: never worse than it was, never with what it may not see, and always without it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from builders import card_of
from model_server import Turn, scripted
from proposals import vehicles
from sigun.catalog.store import Catalog
from sigun.plan.model import Plan
from sigun.proposal.model.endpoint import Endpoint, Place
from sigun.proposal.model.improve import Improved, improve
from sigun.proposal.model.record import KEPT
from sigun.settings import lay_workspace

VALUE = {"name": "값", "id": "value", "title": "주민 민원 점수", "role": "value", "measure": "stock"}
BETTER = "방치차량 신고가 잦은 곳을 미리 알아 순찰 순서를 정하고자 한다."


def plan() -> Plan:
    """The filled proposal, its words written by the rules."""
    filled = vehicles()
    assert filled.proposal is not None
    words = filled.proposal.model_copy(update={"by": {}, "model": type(filled.proposal.model)()})
    return filled.model_copy(update={"proposal": words})


def catalog(tmp_path: Path, **secret: Any) -> Catalog:
    cards = [
        card_of(id="reports", title="방치차량 신고 대장", grade="S", **secret),
        card_of(id="dong_figures", title="행정동 현황", kind="areas", fields=[VALUE]),
        card_of(id="weather", title="날씨", kind="weather"),
        card_of(id="dongs", title="행정동 경계", kind="outlines"),
    ]
    return Catalog(lay_workspace(tmp_path), {card.id: card for card in cards})


def improved(tmp_path: Path, answer: dict[str, Any], place: Place = "inside", **secret: Any) -> Improved:
    said = json.dumps(answer, ensure_ascii=False)
    with scripted([Turn(said)]) as server:
        endpoint = Endpoint(server.url, "m", place, timeout=5.0)
        return improve(plan(), catalog(tmp_path, **secret), endpoint, lambda _plan: 0, lambda _seconds: None)


def test_words_are_taken_and_marked_as_a_models(tmp_path: Path) -> None:
    made = improved(tmp_path, {"words": {"background": BETTER}})
    assert made.plan.proposal is not None and made.plan.proposal.background == BETTER
    author = made.plan.proposal.by["background"]
    assert (author.by, author.confirmed) == ("model", False)
    assert made.plan.proposal.model.used and made.plan.proposal.model.place == "inside"
    assert [change.path for change in made.changes] == ["proposal.background"]
    assert made.plan.hash() == plan().hash()  # words change no figure


@pytest.mark.parametrize(
    "words",
    [
        "신고가 37% 늘어 순찰이 필요하다.",  # a figure of its own
        "신고가 세 배로 늘어 순찰이 필요하다.",
        "신고가 절반으로 줄었다.",
        "신고가 삼천 건을 넘었다.",
        "방치차량은 주차난 때문에 생긴다.",  # a cause
        "자세한 내용은 https://example.org 참조.",
        "{{n1}}건의 신고가 있었다.",
        "<script>alert(1)</script> 순찰",
        "담당자 010-1234-5678에게 문의.",  # personal
        "The place is dangerous.",
        "x" * 5000,
        "",
        None,
        ["목록"],
    ],
)
def test_words_that_may_not_stand(tmp_path: Path, words: Any) -> None:
    made = improved(tmp_path, {"words": {"background": words}})
    assert made.plan == plan() and not made.changes


def test_steps_are_picked_among_those_offered(tmp_path: Path) -> None:
    made = improved(tmp_path, {"words": {}, "steps": ["trend", "mind_reading"]})
    assert [step.method for step in made.plan.steps] == ["quality", "trend", "backtest", "forecast", "patrol"]
    assert any("mind_reading" in str(said) for said in made.said)


def test_the_question_stays_the_same(tmp_path: Path) -> None:
    made = improved(tmp_path, {"words": {}, "steps": ["trend"]})
    assert {"quality", "backtest", "forecast", "patrol"} <= {step.method for step in made.plan.steps}


def test_no_step_at_all_is_no_choice(tmp_path: Path) -> None:
    assert improved(tmp_path, {"words": {}, "steps": []}).plan == plan()


def test_what_a_person_wrote_is_neither_sent_nor_changed(tmp_path: Path) -> None:
    from sigun.plan.proposal import Authorship

    mine = plan()
    assert mine.proposal is not None
    words = {"use": "우리만 아는 활용 계획", "by": {"use": Authorship(by="person")}}
    mine = mine.model_copy(update={"proposal": mine.proposal.model_copy(update=words)})
    with scripted([Turn(json.dumps({"words": {"use": "다른 말"}}))]) as server:
        endpoint = Endpoint(server.url, "m", "inside", timeout=5.0)
        made = improve(mine, catalog(tmp_path), endpoint, lambda _plan: 0)
        assert "우리만 아는" not in server.raw[0].decode()
    assert made.plan == mine


def test_a_worse_plan_is_not_taken(tmp_path: Path) -> None:
    with scripted([Turn(json.dumps({"words": {"background": BETTER}, "title": "새 이름"}))]) as server:
        endpoint = Endpoint(server.url, "m", "inside", timeout=5.0)
        made = improve(plan(), catalog(tmp_path), endpoint, lambda p: int(p.title == "새 이름"))
    assert (made.plan.title, [c.path for c in made.changes]) == (plan().title, ["proposal.background"])


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"words": 1},
        {"words": {"by": {"x": 1}, "model": "used"}},
        {"risks": [1, {"what": "a"}], "questions": {"a": 1}},
    ],
)
def test_an_answer_of_another_form_changes_nothing(tmp_path: Path, answer: dict[str, Any]) -> None:
    assert improved(tmp_path, answer).plan == plan()


def test_every_script_leaves_the_rule_draft(tmp_path: Path) -> None:
    for turns in ([Turn("no idea")], [Turn(status=500)], [Turn(status=401)], [Turn("x" * 1_100_000)]):
        with scripted(turns) as server:
            endpoint = Endpoint(server.url, "m", "inside", timeout=5.0)
            made = improve(plan(), catalog(tmp_path), endpoint, lambda _plan: 0, lambda _seconds: None)
        assert made.plan == plan() and made.said and made.requests <= 3


CANARIES = [
    *(f"{10 + i}가{1000 + i}" for i in range(40)),  # plates
    *(f"010-{1000 + i}-{5000 + i}" for i in range(40)),
    *(f"someone{i}@example.org" for i in range(30)),
    *(f"{80 + i % 10}0101-1{100000 + i}" for i in range(30)),  # resident numbers
]
SECRETS = [f"비공개낱말{i}호" for i in range(60)]


def test_no_canary_is_ever_in_a_request(tmp_path: Path) -> None:
    columns = [
        {"name": f"열 {s}", "id": f"c{i}", "title": s, "role": "value", "measure": "stock"}
        for i, s in enumerate(SECRETS[:30])
    ]
    secret = {
        "notes": SECRETS[30],
        "owner": SECRETS[31],
        "source": SECRETS[32],
        "publisher": SECRETS[33],
        "fields": columns,
    }
    mine = plan()
    assert mine.proposal is not None
    said = " ".join([*CANARIES[:70], *SECRETS[:20]])
    words = {"sentence": f"차량 {said}", "background": " ".join(CANARIES[70:]) + f" {SECRETS[30]} {SECRETS[31]}"}
    mine = mine.model_copy(update={"title": f"계획 {CANARIES[0]}", "proposal": mine.proposal.model_copy(update=words)})
    with scripted([Turn("no idea")]) as server:
        endpoint = Endpoint(server.url, "m", "inside", timeout=5.0)
        improve(mine, catalog(tmp_path, **secret), endpoint, lambda _plan: 0)
        sent = b"".join(server.raw).decode()
    recorded = (tmp_path / KEPT).read_text(encoding="utf-8")
    plain = json.dumps(server.bodies, ensure_ascii=False)
    assert [c for c in (*CANARIES, *SECRETS[:34]) if c in sent or c in plain or c in recorded] == []
    assert recorded.count("\n") == 3  # every request, and no more than three
