"""Laying a recipe's plan and filling its roles: what the catalogue allows, and nothing its author wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from builders import card_of
from sigun.catalog.card import Card
from sigun.catalog.store import Catalog
from sigun.errors import PlanError, SettingsError, SigunError
from sigun.plan import Plan, read_plan
from sigun.recipes.fill import LACKING, PANEL_NEXT, ROLE_OF, WAITS, fill_roles, lay, missing_roles, next_steps
from sigun.settings import open_workspace

KINDS = {"reports": "events", "shapes": "outlines", "people": "areas", "shops": "areas", "floating": "area_periods",
         "kma": "weather", "table": "addresses"}  # fmt: skip


def cards(*names: str) -> dict[str, Card]:
    return {name: card_of(id=name, kind=KINDS[name]) for name in names}


def filled(plan: Path, *names: str) -> Plan:
    """The plan after its roles were filled from a catalogue of these cards."""
    workspace = open_workspace(plan.parent)
    fill_roles(workspace, Catalog(workspace, cards(*names)))
    return read_plan(plan)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return lay(tmp_path, "vehicles")


def test_every_card_finds_its_role(plan: Path) -> None:
    data = filled(plan, *KINDS).data
    assert (data.events, data.outlines, data.weather, data.addresses) == ("reports", "shapes", "kma", "table")
    assert (data.areas, data.area_periods) == (("people", "shops"), ("floating",))


@pytest.mark.parametrize(
    ("names", "on"),
    [
        (["reports"], set()),
        (["reports", "kma"], {"weather"}),
        (["reports", "people"], set()),  # areas without outlines cannot be joined
        (["reports", "people", "shapes"], {"area_factors", "occurrence"}),
        (list(KINDS), {"weather", "area_factors", "occurrence"}),
    ],
)
def test_a_step_waits_for_its_data(plan: Path, names: list[str], on: set[str]) -> None:
    steps = {step.method for step in filled(plan, *names).steps}
    assert steps & {"weather", "area_factors", "occurrence"} == on
    everything = {step.method for step in filled(plan, *KINDS).steps}
    assert everything - steps == {"weather", "area_factors", "occurrence"} - on
    assert everything >= {"weather", "area_factors", "occurrence"}


def test_filling_twice_changes_nothing_more(plan: Path) -> None:
    filled(plan, *KINDS)
    first = plan.read_bytes()
    filled(plan, *KINDS)
    assert plan.read_bytes() == first
    assert not list(plan.parent.glob("*.part"))


def test_without_any_card_only_waiting_steps_are_put_behind_a_mark(plan: Path) -> None:
    text = plan.read_text(encoding="utf-8")
    assert filled(plan).data.events == "events"
    assert filled(plan, "kma").data.events == "events"  # the check then says what is missing
    assert filled(plan).data.weather is None
    assert plan.read_text(encoding="utf-8").replace("# - {", "- {").replace(WAITS, "") == text


def test_what_its_author_wrote_stays(plan: Path) -> None:
    mine = plan.read_text(encoding="utf-8").replace("capacity: 10", "capacity: 3")
    mine = mine.replace("seed: 20250703", "seed: 1 # 우리 값").replace(
        "  - {method: kinds}\n", "  # 차종은 빼기로 함\n"
    )
    mine = mine.replace("  events: events", "  events: second")
    plan.write_text(mine, encoding="utf-8")
    workspace = open_workspace(plan.parent)
    both = cards("reports", "kma") | {"second": card_of(id="second")}
    fill_roles(workspace, Catalog(workspace, both))
    text = plan.read_text(encoding="utf-8")
    assert read_plan(plan).data.events == "second"  # of two registers the one its author named
    for words in ("capacity: 3", "seed: 1 # 우리 값", "# 차종은 빼기로 함", "# 격자 한 변(m)"):
        assert words in text
    assert "kinds" not in {step.method for step in read_plan(plan).steps}


def test_comments_and_blank_lines_around_the_roles_stay(plan: Path) -> None:
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("data:\n", "# 자료는 시청에서 받음\ndata:\n"), encoding="utf-8")
    assert filled(plan, *KINDS).space.cell == 500
    after = plan.read_text(encoding="utf-8")
    assert "# 자료는 시청에서 받음\ndata:\n" in after
    assert after.split("space:")[1].split("steps:")[0] == text.split("space:")[1].split("steps:")[0]


@pytest.mark.parametrize(
    "roles",
    [
        "data:\n  # 교통과에서 받음\n  events: second # 2024년까지\n  areas:\n    - shops\n  weather: gone\n",
        "data:\n# 교통과에서 받음\n\n    events:   second   # 2024년까지\n    areas: [ shops ]\n",
    ],
)
def test_roles_written_in_another_way_and_their_remarks_stay(plan: Path, roles: str) -> None:
    plan.write_text(plan.read_text(encoding="utf-8").replace("data:\n  events: events\n", roles), encoding="utf-8")
    workspace = open_workspace(plan.parent)
    fill_roles(
        workspace, Catalog(workspace, cards("shops", "people", "reports", "kma") | {"second": card_of(id="second")})
    )
    data = read_plan(plan).data
    assert (data.events, data.areas, data.weather) == ("second", ("people", "shops"), "kma")
    text = plan.read_text(encoding="utf-8")
    assert "# 교통과에서 받음\n" in text
    assert "  events: second # 2024년까지\n" in text


def test_roles_on_one_line_are_read_too(plan: Path) -> None:
    text = plan.read_text(encoding="utf-8").replace("data:\n  events: events\n", "data: {events: second}\n")
    plan.write_text(text, encoding="utf-8")
    workspace = open_workspace(plan.parent)
    fill_roles(workspace, Catalog(workspace, cards("reports") | {"second": card_of(id="second")}))
    assert read_plan(plan).data.events == "second"


def test_a_step_its_author_switched_off_stays_off(plan: Path) -> None:
    text = plan.read_text(encoding="utf-8").replace("  - {method: weather}", "  # - {method: weather}")
    plan.write_text(text, encoding="utf-8")
    assert "weather" not in {step.method for step in filled(plan, *KINDS).steps}


@pytest.mark.parametrize("roles", ["data: [\n", "data: events\n", "date:\n"])
def test_a_plan_that_is_wrong_is_left_for_the_check_to_say(plan: Path, roles: str) -> None:
    text = plan.read_text(encoding="utf-8").replace("data:\n  events: events\n", roles)
    plan.write_text(text, encoding="utf-8")
    with pytest.raises(SigunError):
        filled(plan, *KINDS)
    assert roles in plan.read_text(encoding="utf-8")


def test_a_plan_that_is_no_text_is_said(plan: Path) -> None:
    plan.write_bytes("질문: 어디에".encode("cp949"))
    with pytest.raises(PlanError, match="not UTF-8"):
        filled(plan, *KINDS)


def test_a_card_that_is_gone_leaves_its_role(plan: Path) -> None:
    filled(plan, *KINDS)
    data = filled(plan, "reports", "people").data
    assert (data.areas, data.weather) == (("people",), None)


def test_no_step_without_data_is_left_when_a_card_goes(plan: Path) -> None:
    filled(plan, *KINDS)
    assert "weather" not in {step.method for step in filled(plan, "reports").steps}


def test_a_plan_of_another_name_is_not_touched(plan: Path) -> None:
    other = plan.with_name("mine.yaml")
    before = plan.read_bytes()
    other.write_bytes(before)
    filled(plan, *KINDS)
    assert other.read_bytes() == before != plan.read_bytes()


def test_what_is_missing_is_said_with_what_it_costs(tmp_path: Path) -> None:
    workspace = open_workspace(lay(tmp_path, "vehicles").parent)
    for names, missing in (
        ((), list(LACKING)),
        (("reports", "kma"), ["outlines", "areas", "area_periods", "addresses"]),
    ):
        said = missing_roles(Catalog(workspace, cards(*names)))
        assert [m.template for m in said] == [LACKING[role] for role in LACKING if role in missing]
    assert missing_roles(Catalog(workspace, cards(*KINDS))) == []
    assert set(LACKING) <= set(ROLE_OF.values())


def test_an_unknown_recipe_leaves_no_trace(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="elderly") as bad:
        lay(tmp_path / "ws", "elderly")
    assert "vehicles" in bad.value.remedy
    assert not (tmp_path / "ws").exists()


def test_another_register_is_a_second_source_only_by_its_authors_word(plan: Path) -> None:
    workspace = open_workspace(plan.parent)
    both = {name: card_of(id=name, kind="events") for name in ("city_list", "reports")}
    fill_roles(workspace, Catalog(workspace, both))
    assert read_plan(plan).data.second_source is None
    plan.write_text(
        plan.read_text(encoding="utf-8").replace("  events: city_list", "  second_source: city_list"), encoding="utf-8"
    )
    fill_roles(workspace, Catalog(workspace, both))
    data = read_plan(plan).data
    assert (data.events, data.second_source) == ("reports", "city_list")


def test_registers_without_points_are_forecast_by_area_until_points_come(plan: Path) -> None:
    whole = plan.read_text(encoding="utf-8")
    assert filled(plan, "reports").space.unit == "cell"  # no areas either
    assert filled(plan, "reports", "shapes").space.unit == "area"
    assert filled(plan, "reports", "shapes").space.unit == "area"
    assert filled(plan, "reports", "shapes", "table").space.unit == "cell"
    plan.write_text(whole.replace("space:\n", "space:\n  unit: cell\n"), encoding="utf-8")
    assert filled(plan, "reports", "shapes").space.unit == "cell"  # its author's word


def test_a_register_with_points_is_forecast_by_cell(plan: Path) -> None:
    points = [{"name": "경도", "role": "longitude"}, {"name": "위도", "role": "latitude"}]
    there = {**cards("shapes"), "reports": card_of(fields=points)}
    workspace = open_workspace(plan.parent)
    fill_roles(workspace, Catalog(workspace, there))
    assert read_plan(plan).space.unit == "cell"


def test_after_statistics_alone_the_next_step_is_a_panel_and_no_role_is_missed(tmp_path: Path) -> None:
    workspace = open_workspace(lay(tmp_path, "vehicles").parent)
    flows = next(name for name, kind in KINDS.items() if kind == "area_periods")
    alone = Catalog(workspace, cards(flows))
    added = list(alone.cards.values())
    assert [m.template for m in next_steps(alone, added)] == [PANEL_NEXT]
    beside = Catalog(workspace, cards(flows, "reports"))
    assert [m.template for m in next_steps(beside, added)] == [m.template for m in missing_roles(beside)]
    weather = Catalog(workspace, cards("kma"))
    assert LACKING["events"] in [m.template for m in next_steps(weather, list(weather.cards.values()))]
    (workspace.plans / "births.yaml").write_text("data:\n  tables: [births]\n", encoding="utf-8")
    assert next_steps(alone, added) == []
