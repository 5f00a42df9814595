"""Plans whose forecast would look at what nobody could have known: refused before a data file is opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sigun.cli.app import app
from workspaces import copied_demo, edited

PLAN = 14  # exit code
FORETOLD = "날짜,발표시각,강수량(mm)\n2026-01-01,2025-12-31 17:00,3\n2026-01-02,2025-12-31 17:00,0\n"
CARD = """\
id: outlook
kind: weather
title: 시험 예보
file: outlook.csv
reading: {format: csv, encoding: utf-8, delimiter: ","}
made_up: true
fields:
  - {name: 날짜, role: period, type: datetime}
  - {name: 강수량(mm), id: precipitation, role: value, type: number, title: 강수량, unit: mm}
"""
ISSUED = "  - {name: 발표시각, role: issued_at, type: datetime}\n"


@pytest.fixture
def plan(demo_workspace: Path, tmp_path: Path) -> Path:
    return copied_demo(demo_workspace, tmp_path / "ws", ("{method: forecast}",))


def call(*words: object) -> Result:
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def asked(plan: Path, conditions: str) -> Path:
    edited(plan, "^steps:", f"conditions: {conditions}\nsteps:")
    return plan


def foretold(plan: Path, fields: str = "") -> None:
    """A file of forecasts in the workspace, and its card; the plan names it."""
    workspace = plan.parent.parent
    (workspace / "outlook.csv").write_text(FORETOLD, encoding="utf-8")
    card = CARD + fields
    (workspace / "catalog" / "outlook.yaml").write_text(card, encoding="utf-8")
    edited(plan, "^data:", "data:\n  weather_forecast: outlook")


@pytest.mark.parametrize(
    ("conditions", "what", "remedy"),
    [
        ("{weather: forecast}", "known only after the fact", "weather: observed"),
        ("{weather: after}", "one of", "observed"),
        ("{campaigns: [{start: 2025-04-01, end: 2025-04-01, announced: 2025-03-01}]}", "before it has begun", "line"),
        ("{campaigns: [{start: 2025-04-01, end: 2025-04-21}]}", "“announced” is missing", "Add it"),
    ],
    ids=["weather of days to come", "no such word", "no day long", "campaign nobody announced"],
)
def test_what_could_not_be_known_is_refused_with_its_remedy(
    plan: Path, conditions: str, what: str, remedy: str
) -> None:
    done = call("check", asked(plan, conditions))
    assert done.exit_code == PLAN
    assert what in done.stderr and remedy in done.stderr


def test_weather_without_weather_data_is_refused(plan: Path) -> None:
    edited(plan, r"^  weather: \w+\n", "")
    done = call("check", asked(plan, "{weather: observed}"))
    assert done.exit_code == PLAN
    assert "names no weather data" in done.stderr and "conditions.weather" in done.stderr


def test_forecasts_that_do_not_say_when_they_were_issued_are_refused(plan: Path) -> None:
    foretold(plan)
    done = call("check", asked(plan, "{weather: forecast}"))
    assert done.exit_code == PLAN
    assert "does not say when each forecast was issued" in done.stderr and "role: issued_at" in done.stderr


def test_forecasts_with_their_issue_are_taken(plan: Path) -> None:
    foretold(plan, ISSUED)
    assert call("check", asked(plan, "{weather: forecast}")).exit_code == 0
    done = call("run", plan)
    assert done.exit_code == 0, done.stderr
