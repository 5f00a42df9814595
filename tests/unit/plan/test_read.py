"""Plans are read with line numbers; everything wrong is said at once."""

from pathlib import Path

import pytest

from sigun.errors import PlanError, Several, SigunError
from sigun.plan import Plan, read_plan

GOOD = """\
id: vehicles
title: 방치 차량
question: 어디에 몰리는가?
data: {events: reports}
steps:
  - {method: trend}
  - {method: patrol, capacity: 3}
"""


def write(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "plan.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def problems(tmp_path: Path, text: str | bytes) -> list[SigunError]:
    with pytest.raises(SigunError) as caught:
        read_plan(write(tmp_path, text))
    return list(caught.value.problems) if isinstance(caught.value, Several) else [caught.value]


def test_a_good_plan_is_read(tmp_path: Path) -> None:
    plan = read_plan(write(tmp_path, GOOD))
    assert plan.data.events == "reports"
    assert [s.method for s in plan.steps] == ["trend", "patrol"]


@pytest.mark.parametrize(
    ("line", "wrong", "said", "at"),
    [
        ("id: vehicles", "id: 방치", "form", ", line 1"),
        ("  - {method: trend}", "  - {method: trnd}", "There is no method “trnd”", ", line 6"),
        ("  - {method: trend}", "  - {method: trend, outcom: x}", "“outcom” is not a word", ", line 6"),
        ("capacity: 3", "capacity: 0", "1 or more", ", line 7"),
        ("data: {events: reports}", "data: {}", "A plan is of events", ", line 4"),
        ("  - {method: trend}", "  - {method: patrol}", "asked twice: patrol", ", line 1"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, line: str, wrong: str, said: str, at: str) -> None:
    (problem,) = problems(tmp_path, GOOD.replace(line, wrong))
    assert isinstance(problem, PlanError)
    assert said in problem.what
    assert at in problem.where


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    found = problems(tmp_path, GOOD.replace("data:", "dta:").replace("capacity: 3", "capacity: many"))
    assert [p.what for p in found] == [
        "“data” is missing.",
        "This must be a whole number.",
        "“dta” is not a word of this document.",
    ]
    assert "data" in found[2].remedy


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id: [1, 2", "not YAML"),
        ("a: &a [*a]", "not YAML"),
        ("a: &a [x, x]\n" + "\n".join(f"a{i}: &a{i} [*a, *a, *a]" for i in range(9)), "repeats another part"),
        (GOOD.encode("cp949"), "not UTF-8"),
        ("", "table of keys"),
        ("- 1\n- 2\n", "table of keys"),
        ("x: !!python/object/apply:os.getcwd []", "not YAML"),
    ],
)
def test_hostile_or_broken_documents_are_refused(tmp_path: Path, text: str | bytes, said: str) -> None:
    (problem,) = problems(tmp_path, text)
    assert said in problem.what


def test_the_language_of_the_report_is_not_part_of_what_is_asked(tmp_path: Path) -> None:
    plan = read_plan(write(tmp_path, GOOD))
    assert plan.hash() == plan.model_copy(update={"lang": "en"}).hash()
    assert plan.hash() != plan.model_copy(update={"seed": 1}).hash()


def test_a_plan_survives_json(tmp_path: Path) -> None:
    plan = read_plan(write(tmp_path, GOOD))
    assert Plan.model_validate_json(plan.model_dump_json()) == plan
