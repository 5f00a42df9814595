"""The canonical text of a plan: headings, order, what is left out; and the hashes of plans, which never move."""

from __future__ import annotations

from pathlib import Path

import pytest

from proposals import BIRTHS, VEHICLES, births, vehicles
from sigun.plan import Plan, read_plan
from sigun.plan.families import families
from sigun.plan.write import plan_yaml, write_plan

ROOT = Path(__file__).resolve().parents[3]

HASHES = {
    "examples/boston/plan.yaml": "264ccc3dca71acfd49c1684875345f03f7c75922190338b2999d85f370bcc165",
    "examples/boston/plan_compare.yaml": "2f440fbfc98f49b456c83af998336fe53f8023b7deed196ef6cac741404bebf0",
    "examples/boston/plan_parking.yaml": "0172fdd5f67e12d3daa2a4e61bbb69a229715ab9ec40de0069b2278be95255d1",
    "examples/korea_births/plan.yaml": "2cc78f95539c176a822051d6033b1cb04e03026b00b3b8331aa76a25ed57c9e8",
    "examples/korea_births/plan_density.yaml": "c34457148c77627b01e8ed1bb70ef90f9ffd4e53e4ed8e5cc2001d9731f662d3",
    "examples/korea_births/plan_dong.yaml": "d82b00ff3f984c414a34aeab7b937d3cf8610c6fa825b958afa4c294b7bf7e00",
    "examples/korea_births/plan_gyeonggi.yaml": "214173f275b275536875d560384e0ed2c8ee024717711a44fcb36749135febdd",
    "examples/korea_provinces/plan.yaml": "b8da03d9b4f5453b5f11be67bf9e2c53465ab38c0c460fec4fb6d14c8d9cd222",
    "src/sigun/recipes/births/plan.yaml": "b6ba0ff4cec18befc8971b5147887eab35d0284d6ba9e07ec88de3de484e3d1b",
    "src/sigun/recipes/vehicles/plan.yaml": "b83718c3ead087498405c70581f4d21f31324c853369941c1eb4830ff8f50daf",
}
"""As they were before a plan could hold the words of a 기획안: runs kept since are found by them."""


@pytest.mark.parametrize("file", HASHES)
def test_hashes_of_plans_do_not_move(file: str) -> None:
    assert read_plan(ROOT / file).hash() == HASHES[file]


@pytest.mark.parametrize("file", HASHES)
def test_every_plan_of_ours_is_written_and_read_back(file: str, tmp_path: Path) -> None:
    plan = read_plan(ROOT / file)
    again = read_plan(write_plan(plan, tmp_path / "sub" / "plan.yaml"))
    assert again == plan
    assert plan_yaml(again) == plan_yaml(plan)
    assert [path.name for path in (tmp_path / "sub").iterdir()] == ["plan.yaml"]


def test_words_change_no_figure_and_are_frozen_with_the_whole() -> None:
    with_words, without = vehicles(), Plan.model_validate({k: v for k, v in VEHICLES.items() if k != "proposal"})
    assert with_words.hash() == without.hash()
    assert with_words.document_hash() != without.document_hash()


def test_parts_stand_in_the_order_a_reader_expects() -> None:
    lines = plan_yaml(vehicles()).splitlines()
    tops = [line.split(":")[0] for line in lines if line[:1].isalpha()]
    assert tops == ["schema_version", "id", "title", "question", "proposal", "data", "time", "steps"]
    headings = [line.strip(" #") for line in lines if line.strip().startswith("#")]
    assert headings[1] == "기본"
    assert (
        headings.index("문제")
        < headings.index("개인정보와 생성형 AI")
        < headings.index("추진")
        < headings.index("심사")
    )
    assert headings[-1].startswith("분석방법")


def test_what_stands_at_its_default_is_left_out() -> None:
    text = plan_yaml(vehicles())
    assert "seed" not in text
    assert "{method: hotspot}" in text
    assert "cell" not in text.split("# 자료: 자료명세의 이름")[1]  # 500 is the default
    assert "proposal" not in plan_yaml(Plan.model_validate({k: v for k, v in BIRTHS.items() if k != "proposal"}))


def test_prose_is_a_block_and_a_short_table_one_line() -> None:
    text = plan_yaml(vehicles())
    assert "  background: |-\n    방치차량 신고가" in text
    assert "    - {left: reports, right: dong_figures, keys: [행정동], expected: 0.98}\n" in text
    assert max(map(len, text.splitlines())) <= 132


def test_families_are_told_by_the_steps() -> None:
    assert families(vehicles()) == ("describe", "forecast")
    assert families(births()) == ("factors", "effect")
    only_checked = Plan.model_validate({**VEHICLES, "steps": [{"method": "quality"}]})
    assert families(only_checked) == ("describe",)


UNUSUAL = {
    **BIRTHS,
    "time": {},
    "privacy": {"min_cell": 3, "method": "round", "dominance": 85.5},
    "panel": {
        **BIRTHS["panel"],
        "except": ["가평군", 41820],
        "neighbours": {"nearest": 4},
        "derived": [
            *BIRTHS["panel"]["derived"],
            {"id": "real", "op": "deflate", "of": "grant", "by": "tfr", "at": "2015-06-30"},
            {"id": "per", "op": "per_capita", "of": "grant", "population": "women_15_49", "times": 1e-07},
        ],
    },
    "steps": [
        {"method": "coverage"},
        {
            "method": "factors",
            "outcome": {"variable": "tfr", "transform": "log"},
            "factors": [{"group": "no", "variables": ["public_childcare"], "lag": [2, 0], "expect": "-"}],
            "robustness": None,
            "explain": {"model": "none"},
            "inference": {"purpose": "replication", "errors": ["iid", "crv3"], "conley_km": 12.5},
        },
        {
            "method": "effect",
            "outcome": {"variable": "tfr"},
            "treatment": {"starts": {"41110": "2015-03", "화성시": 2016, "y": "2017-Q2", "2018": 2018}},
            "design": ["sdid", "event_study"],
        },
    ],
}
EVENTS = {
    **{key: value for key, value in VEHICLES.items() if key != "proposal"},
    "only": {"kinds": ["이륜차", "on"], "outcomes": ["open"]},
    "space": {"crs": "EPSG:32619", "unit": "area"},
    "conditions": {
        "weather": "forecast",
        "campaigns": [{"start": "2024-04-15", "end": "2024-05-01", "announced": "2024-03-20"}],
    },
    "rules": {"hole_alpha": 1e-05},
    "steps": [{"method": "patrol", "hours": 6.5, "start": [127.0, 37.25], "speed_kmh": 30}],
}


@pytest.mark.parametrize("said", [UNUSUAL, EVENTS], ids=["tables", "events"])
def test_what_is_seldom_said_is_written_and_read_back(said: dict[str, object], tmp_path: Path) -> None:
    plan = Plan.model_validate(said)
    text = plan_yaml(plan)
    assert read_plan(write_plan(plan, tmp_path / "plan.yaml")) == plan
    assert plan_yaml(read_plan(tmp_path / "plan.yaml")) == text
