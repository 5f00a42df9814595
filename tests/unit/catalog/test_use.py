"""Approvals of use, and persons that may not be joined across organisations."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builders import card_of, plan_of
from sigun.catalog.card import Approval
from sigun.catalog.store import Catalog
from sigun.catalog.use import may_use, named
from sigun.plan.model import Data
from sigun.settings import Workspace
from sigun.text import set_language

TODAY = date(2026, 3, 1)
GIVEN = {"number": "2026-17", "purpose": "방치차량 분석", "until": "2026-12-31"}
PLATE = [{"name": "차량번호", "role": "vehicle_key", "personal": "plate", "action": "hash"}]


def problems(*cards: Any, **data: Any) -> list[Any]:
    catalog = Catalog(Workspace(Path("w"), Path("w")), {card.id: card for card in cards})
    plan = plan_of().model_copy(update={"data": Data(**({"events": "reports"} | data))})
    return list(may_use(plan, catalog, Path("plans/mine.yaml"), TODAY))


@pytest.mark.parametrize(
    ("grade", "approval", "said"),
    [
        ("O", None, ""),
        ("S", None, ""),
        ("C", None, "tells no approval of use"),
        ("C", GIVEN, ""),
        ("S", GIVEN | {"until": "2026-02-28"}, "ended on 2026-02-28"),
        ("S", GIVEN | {"until": "2026-03-01"}, ""),
        ("O", GIVEN | {"until": None}, ""),
        ("S", GIVEN | {"purpose": " "}, "no number, or no purpose"),
        ("C", GIVEN | {"number": ""}, "no number, or no purpose"),
    ],
)
def test_an_approval_is_in_force_and_says_what_for(grade: str, approval: dict[str, Any] | None, said: str) -> None:
    found = problems(card_of(grade=grade, approval=approval))
    assert [said in p.what for p in found] == ([True] if said else [])
    assert all("reports.yaml" in p.where and p.remedy for p in found)


def test_what_the_report_prints_of_an_approval() -> None:
    assert str(Approval.model_validate(GIVEN)) == "2026-17 · 방치차량 분석 · ~ 2026-12-31"
    assert str(Approval(number="1")) == "1"


def test_only_data_the_plan_names_are_looked_at() -> None:
    assert problems(card_of(), card_of(id="secret", kind="areas", grade="C")) == []
    assert len(problems(card_of(), card_of(id="secret", kind="areas", grade="C"), areas=("secret",))) == 1


def test_every_role_of_a_plan_is_looked_at() -> None:
    plan = plan_of().model_copy(update={"data": Data(events="a", areas=("b", "c"), weather="d", second_source="a")})
    assert named(plan) == ("a", "b", "c", "d")


def test_persons_of_two_organisations_are_not_joined() -> None:
    ours = card_of(fields=PLATE, owner="새봄시")
    theirs = card_of(id="towing", fields=PLATE, owner="한빛보험")
    (found,) = problems(ours, theirs, second_source="towing")
    assert "different organisations" in found.what and "plate" in found.what
    assert "결합전문기관" in found.remedy and "release review" in found.remedy


def test_the_lawful_way_is_told_in_korean_too() -> None:
    set_language("ko")
    try:
        (found,) = problems(
            card_of(fields=PLATE, owner="새봄시"),
            card_of(id="towing", fields=PLATE, owner="한빛보험"),
            second_source="towing",
        )
        order = [found.remedy.index(word) for word in ("신청", "결합키", "결합·추가처리", "반출심사")]
        assert order == sorted(order)
    finally:
        set_language("en")


@pytest.mark.parametrize(
    "theirs",
    [
        {"fields": PLATE, "owner": "새봄시"},  # the same organisation
        {"fields": [PLATE[0] | {"action": "drop"}], "owner": "한빛보험"},  # no key stays
        {"fields": [PLATE[0] | {"personal": "phone"}], "owner": "한빛보험"},  # another kind of key
    ],
)
def test_what_cannot_be_joined_by_person_may_stand_in_one_plan(theirs: dict[str, Any]) -> None:
    ours = card_of(fields=PLATE, owner="새봄시")
    assert problems(ours, card_of(id="towing", **theirs), second_source="towing") == []
