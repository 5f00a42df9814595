"""The words of a plan made anew: those of rules follow the plan, those of people and models stay."""

from datetime import date
from pathlib import Path

import pytest

from sigun.catalog.store import Catalog, read_catalog
from sigun.plan.model import Plan
from sigun.plan.proposal import Authorship
from sigun.proposal.draft import draft, words_of
from sigun.settings import open_workspace

SENTENCE = "방치 차량 신고가 언제 어디에 많은지 살펴보고 싶다"


@pytest.fixture(scope="module")
def catalog(workshop_workspace: Path) -> Catalog:
    return read_catalog(open_workspace(workshop_workspace))


@pytest.fixture(scope="module")
def plan(catalog: Catalog) -> Plan:
    made = draft(SENTENCE, catalog, date(2026, 11, 22)).plan
    assert made is not None
    return made


def test_of_an_unchanged_plan_they_are_the_same(plan: Plan, catalog: Catalog) -> None:
    assert words_of(plan, catalog, SENTENCE) == plan.proposal


def test_a_data_set_taken_out_leaves_the_words(plan: Plan, catalog: Catalog) -> None:
    fewer = plan.model_copy(update={"data": plan.data.model_copy(update={"weather": None})})
    words = words_of(fewer, catalog, SENTENCE)
    assert "weather" in {use.id for use in plan.proposal.data}  # type: ignore[union-attr]
    assert "weather" not in {use.id for use in words.data}
    assert words.reasons == plan.proposal.reasons  # type: ignore[union-attr]


def test_what_a_person_or_a_model_wrote_stays(plan: Plan, catalog: Catalog) -> None:
    assert plan.proposal is not None
    by = {**plan.proposal.by, "problem": Authorship(by="person"), "use": Authorship(by="model")}
    own = plan.proposal.model_copy(update={"problem": "우리 말", "use": "모형의 말", "decision": "옛 말", "by": by})
    words = words_of(plan.model_copy(update={"proposal": own}), catalog, SENTENCE)
    assert (words.problem, words.use) == ("우리 말", "모형의 말")
    assert words.decision == plan.proposal.decision
    assert words.by["problem"].by == "person"


def test_a_plan_without_words_gets_them(plan: Plan, catalog: Catalog) -> None:
    words = words_of(plan.model_copy(update={"proposal": None}), catalog, SENTENCE)
    assert words.problem
    assert words.by["problem"].by == "rule"
