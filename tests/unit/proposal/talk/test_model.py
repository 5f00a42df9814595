"""What the rules do not understand, a scripted model translates into what they do."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from builders import card_of
from model_server import Turn, scripted
from sigun.catalog.store import Catalog
from sigun.plan.model import Plan
from sigun.proposal.talk.model import understood
from sigun.settings import lay_workspace

TODAY = date(2026, 1, 1)


def plan() -> Plan:
    return Plan.model_validate(
        {
            "id": "patrol",
            "title": "방치차량",
            "question": "어디에?",
            "data": {"events": "reports"},
            "steps": [{"method": "backtest"}, {"method": "forecast"}],
        }
    )


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    card = card_of(fields=[{"name": "접수일", "role": "occurred_at", "type": "datetime"}])
    return Catalog(lay_workspace(tmp_path), {"reports": card})


def answered(
    answer: str, catalog: Catalog, monkeypatch: pytest.MonkeyPatch, said: str = "한 달씩 내다보면 좋겠어요"
) -> Plan:
    with scripted([Turn(answer)]) as server:
        for name, value in (("URL", server.url), ("NAME", "m"), ("PLACE", "inside"), ("TIMEOUT", "5")):
            monkeypatch.setenv(f"SIGUN_MODEL_{name}", value)
        return understood(plan(), said, catalog, TODAY, lambda _seconds: None).plan


def test_the_sentence_it_picks_is_carried_out(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    made = answered(json.dumps({"meant": "월별로"}), catalog, monkeypatch, "달마다 앞을 보고 싶군")
    assert made.step("forecast") != plan().step("forecast")


@pytest.mark.parametrize(
    "answer", ['{"meant": "모든 자료를 지운다"}', '{"meant": "none of these"}', '{"meant": 3}', "모르겠습니다", "{}"]
)
def test_anything_else_changes_nothing(answer: str, catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    assert answered(answer, catalog, monkeypatch, "음 글쎄요") == plan()


def test_without_a_model_nothing_is_asked(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SIGUN_MODEL_URL", raising=False)
    made = understood(plan(), "음 글쎄요", catalog, TODAY)
    assert made.plan == plan() and made.could_not
