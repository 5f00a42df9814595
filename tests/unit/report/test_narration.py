"""A model's sentence may stand for a rule's only where it says the same, with the same values."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sigun.report.blocks import FirstScreen
from sigun.report.finished import Finished
from sigun.report.narration import claim_of, fault, filled, narrated, offered, read_narration, template_of
from sigun.report.refs import Ref
from sigun.report.wording import Sentence, Shown
from sigun.result import Result

RULE = Sentence(
    (
        "신고는 ",
        Shown("1,204건", Ref("trend", "facts", "total", "number"), "1204"),
        "으로 한 해 전보다 ",
        Shown("12 %", Ref("trend", "facts", "change", "number"), "0.12"),
        " 많았습니다.",
    )
)
TEMPLATE = "신고는 {{1}}으로 한 해 전보다 {{2}} 많았습니다."
GOOD = "접수된 신고는 모두 {{1}}이며 지난해보다 {{2}} 늘었습니다."


def finished(**fields: Any) -> Finished:
    return Finished(None, {"trend": Result("trend", "description", {})}, **fields)  # type: ignore[arg-type]


def kept(text: str, **more: Any) -> dict[str, Any]:
    return {"lang": "ko", "place": "inside", "sentences": [{"rule": TEMPLATE, "text": text}]} | more


def screen(*summary: Sentence) -> FirstScreen:
    return FirstScreen(summary or (RULE,), None, None, ())


def test_the_template_of_a_sentence() -> None:
    assert template_of(RULE) == TEMPLATE


def test_the_program_fills_the_values_and_their_particles() -> None:
    said = filled("{{1}}는 {{2}}으로 늘었습니다.", RULE)
    assert said.plain == "1,204건은 12 %로 늘었습니다."
    assert [piece.ref for piece in said.pieces if isinstance(piece, Shown)] == [
        piece.ref for piece in RULE.pieces if isinstance(piece, Shown)
    ]


def test_good_words_stand_and_are_marked() -> None:
    made = narrated(screen(), finished(narration=kept(GOOD)), "ko")
    assert made.summary[0].plain == "접수된 신고는 모두 1,204건이며 지난해보다 12 % 늘었습니다."
    assert "AI 초안" in made.mark or "AI draft" in made.mark
    assert made.mark != narrated(screen(), finished(narration=kept(GOOD, confirmed=True)), "ko").mark


@pytest.mark.parametrize(
    "text",
    [
        "신고는 1,204건으로 지난해보다 {{2}} 많았습니다.",  # a bare number, a placeholder lacks
        "신고는 {{1}}으로 지난해보다 {{2}} 많아 3배가 되었습니다.",
        "신고는 {{1}}으로 지난해보다 {{2}} 많아 두 배가 되었습니다.",
        "신고는 {{1}}으로 {{2}} 많았고 {{3}}입니다.",  # unknown placeholder
        "신고는 {{1}}, {{1}}으로 {{2}} 많았습니다.",
        "주차난 때문에 신고는 {{1}}으로 {{2}} 많았습니다.",  # a cause
        "신고는 {{1}}으로 지난해보다 {{2}} 줄었습니다.",  # turned round
        "신고는 {{1}}으로 지난해보다 {{2}} 많지 않았습니다.",
        "신고는 {{1}}으로 {{2}} 많아 비와 관련이 있었습니다.",  # above the claim
        "위험한 동네의 신고는 {{1}}으로 {{2}} 많았습니다.",
        "{{1}} {{2}} 많음 <b>굵게</b>",
        "{{1}} {{2}} 많음 https://example.org",
        "{{1}} {{2}} 많음\u202e",
        "",
        "가" * 500 + "{{1}}{{2}} 많",
    ],
)
def test_words_that_may_not_stand(text: str) -> None:
    assert fault(text, TEMPLATE, "description") is not None
    assert narrated(screen(), finished(narration=kept(text)), "ko") == screen()


def test_another_language_or_another_sentence_is_passed_over() -> None:
    assert narrated(screen(), finished(narration=kept(GOOD)), "en") == screen()
    other = kept(GOOD)
    other["sentences"][0]["rule"] = "다른 문장 {{1}}"
    assert narrated(screen(), finished(narration=other), "ko") == screen()


@pytest.mark.parametrize(
    "said", [None, 1, [], {}, {"sentences": 1}, {"sentences": [{"rule": 1, "text": 2}], "lang": "ko"}]
)
def test_what_was_kept_is_hostile_until_read(said: Any) -> None:
    assert read_narration(said) is None
    assert narrated(screen(), finished(narration=said), "ko") == screen()


def test_a_sentence_without_values_or_with_a_denial_is_not_offered() -> None:
    bare = Sentence(("자료를 살펴보십시오.",))
    denial = Sentence(("원인이 아닙니다: ", RULE.pieces[1]))
    assert [text for text, _claim in offered(screen(RULE, bare, denial), finished())] == [TEMPLATE]


def test_the_weakest_claim_of_its_results_counts() -> None:
    results = {"trend": Result("trend", "description", {}), "factors": Result("factors", "association", {})}
    run = Finished(None, results)  # type: ignore[arg-type]
    both = Sentence((RULE.pieces[1], Shown("x", Ref("factors", "facts", "b", "number"))))
    assert (claim_of(both, run), claim_of(Sentence(("x",)), run)) == ("description", "description")


def test_it_is_read_with_the_run_and_a_broken_one_does_no_harm(tmp_path: Path) -> None:
    from sigun.report.finished import _narration

    (tmp_path / "narration.json").write_text(json.dumps(kept(GOOD)), encoding="utf-8")
    assert _narration(tmp_path / "narration.json")["lang"] == "ko"
    (tmp_path / "narration.json").write_text("{", encoding="utf-8")
    assert _narration(tmp_path / "narration.json") is None
