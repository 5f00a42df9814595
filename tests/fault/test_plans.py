"""Plans that are wrong: what, where and what to do, all at once, and never a traceback."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sigun.cli.app import app
from sigun.errors import PlanError
from sigun.plan.read import read_plan
from sigun.text import set_language
from workspaces import copied_demo, edited

PLAN = 14  # exit code


@pytest.fixture
def plan(demo_workspace: Path, tmp_path: Path) -> Path:
    return copied_demo(demo_workspace, tmp_path / "ws")


def call(*words: object) -> Result:
    """A command in this process; whatever it raises that is no plain exit is a failure of the test."""
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert "Traceback" not in done.output
    return done


WRONG = [
    pytest.param(r"^  events: \w+", "  events: evnts", "no data set “evnts”", "events", id="data set, misspelt"),
    pytest.param(r"^  events: \w+", "  events: x", "no data set “x”", "events", id="data set, nothing like it"),
    pytest.param(r"^  outlines: \w+", "  outlines: events", "kind “events”, not “outlines”", "kind", id="wrong kind"),
    pytest.param(
        "{method: trend}",
        "{method: weather, columns: [precipitaton]}",
        "No column “precipitaton”",
        "precipitation",
        id="column",
    ),
    pytest.param(
        "{method: trend}",
        "{method: hotspot, exposure: poplation}",
        "No column “poplation”",
        "population",
        id="exposure",
    ),
    pytest.param("{method: trend}", "{method: quality}", "asked twice: quality", "line", id="method twice"),
    pytest.param("{method: trend}", "{method: tend}", "no method “tend”", "trend", id="method"),
    pytest.param("{method: trend}", "{metod: trend}", "A step needs a method", "line", id="no method"),
    pytest.param("{method: trend}", "trend", "keys and values", "line", id="a word for a step"),
    pytest.param("^seed:", "sed:", "“sed” is not a word", "seed", id="key"),
    pytest.param("^  cell: 500", "  cell: 50", "100 or more", "line", id="number too small"),
    pytest.param("^  cell: 500", "  cell: wide", "whole number", "line", id="word for a number"),
    pytest.param("^lang: ko", "lang: fr", "one of", "ko", id="language"),
    pytest.param("^id: vehicles", "id: 방치차량", "does not have the form", "line", id="id"),
    pytest.param("^id: vehicles", "", "“id” is missing", "Add it", id="without an id"),
    pytest.param("^steps:", "time: {start: soon}\nsteps:", "a day, such as", "line", id="no such day"),
    pytest.param(
        "{method: trend}", "{method: forecast, horizon: a week}", "does not have the form", "line", id="horizon"
    ),
    pytest.param("^seed:", "seed: 1\nseed:", "“seed” stands twice", "line", id="a key twice"),
    pytest.param("^data:", "data: [", "not YAML", "indentation", id="no YAML"),
    pytest.param("^steps:", "steps: &a [*a]\nx:", "", "", id="an anchor in itself"),
]


@pytest.mark.parametrize(("old", "new", "what", "remedy"), WRONG)
def test_a_plan_that_is_wrong_is_told_so(plan: Path, old: str, new: str, what: str, remedy: str) -> None:
    edited(plan, old, new)
    done = call("check", plan)
    assert done.exit_code == PLAN
    assert what in done.stderr
    assert remedy in done.stderr
    assert str(plan) in done.stderr.replace("\n", "")


def test_every_problem_comes_at_once(plan: Path) -> None:
    for old, new in ((r"^  events: \w+", "  events: evnts"), (r"^  weather: \w+", "  weather: wether")):
        edited(plan, old, new)
    edited(plan, "{method: trend}", "{method: area_factors, columns: [zzz]}")
    said = call("check", plan).stderr
    assert [n for n in ("1.", "2.", "3.", "4.") if f"\n{n} " in f"\n{said}"] == ["1.", "2.", "3."]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n# nothing\n",
        b"- a\n- b\n",
        b"\x00\x01\x02",
        "질문: 어디에".encode("cp949"),
        b"\t- x: [",
        b"a" * 2_000_000,
    ],
    ids=["empty", "comments only", "a list", "binary", "cp949", "tabs", "huge"],
)
def test_a_file_that_is_no_plan(plan: Path, content: bytes) -> None:
    plan.write_bytes(content)
    assert call("check", plan).exit_code == PLAN


def test_a_plan_that_is_not_there_or_lies_in_no_workspace(plan: Path, tmp_path: Path) -> None:
    assert call("check", plan.with_name("none.yaml")).exit_code == PLAN
    assert call("check", plan.parent).exit_code == PLAN
    stray = tmp_path / "stray.yaml"
    stray.write_bytes(plan.read_bytes())
    done = call("run", stray)
    assert done.exit_code == 11
    assert "sigun init" in done.stderr


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:999999", "EPSG:2263"])
def test_a_crs_that_is_unknown_or_not_in_metres(plan: Path, crs: str) -> None:
    edited(plan, "^space:", f"space:\n  crs: {crs}")
    done = call("run", plan)
    assert done.exit_code == PLAN
    assert f"“{crs}” is not a known map projection" in done.stderr
    assert "5179" in done.stderr


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("^steps:", "time: {start: 2025-01-01, end: 2024-01-01}\nsteps:", PLAN),
        ("^steps:", "time: {start: 2031-01-01}\nsteps:", PLAN),
        ("{method: trend}", "{method: forecast, horizon: 0d}", None),
        ("{method: trend}", "{method: backtest, months: 60}", None),
    ],
    ids=["end before start", "after all data", "no horizon", "more months than there are"],
)
def test_what_only_the_data_can_tell(plan: Path, old: str, new: str, code: int | None) -> None:
    edited(plan, old, new)
    done = call("run", plan)
    assert done.exit_code == code if code is not None else done.exit_code in (0, 10, 14, 15)
    if done.exit_code:
        assert "what to do" in done.stderr


def test_the_reader_is_told_in_korean(plan: Path) -> None:
    edited(plan, r"^  events: \w+", "  events: evnts")
    set_language("ko")
    said = call("check", plan).stderr
    assert "조치" in said
    assert "evnts" in said
    assert not any(word in said for word in ("There is", "what to do", "Did you mean"))


@pytest.mark.parametrize("method", ["weather", "area_factors"])
def test_a_step_without_its_data_is_told(plan: Path, method: str) -> None:
    role = {"weather": "weather", "area_factors": "areas"}[method]
    edited(plan, rf"^  {role}: .*\n", "")
    if role == "areas":
        edited(plan, r"^  area_periods: .*\n", "")
    edited(plan, "{method: trend}", f"{{method: {method}}}")
    done = call("check", plan)
    assert done.exit_code == PLAN
    assert f"data.{role}" in done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: " + "[" * 200_000, "nested too deeply"),
        ("- " * 400_000, "nested too deeply"),
        ("? " * 400_000, "nested too deeply"),
        ("k: [1, 2, {a: b}]\n" * 50_000, "too many parts"),
    ],
)
def test_a_megabyte_of_nothing_is_refused_at_once(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text(text, encoding="utf-8")
    began = time.monotonic()
    with pytest.raises(PlanError, match=said):
        read_plan(tmp_path / "p.yaml")
    assert time.monotonic() - began < 2
