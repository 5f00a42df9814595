"""A run: the same figures however it is carried out, a folder that stands alone, a manifest that tells the truth."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from sigun.errors import PlanError, RunError, Several
from sigun.report.write import write_report
from sigun.result import read_result, result_hash
from sigun.run import How, open_plan, run
from workspaces import copied_demo, edited, manifest

STEPS = (
    "{method: quality}",
    "{method: hotspot, draws: 199}",
    "{method: backtest, months: 1}",
    "{method: patrol, random_share: 0.3}",
)


def ended_from_outside(_step: object, _steps: Path) -> float:
    """What the system does to a process when memory runs out."""
    os._exit(9)


@pytest.fixture(scope="module")
def plan(demo_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied_demo(demo_workspace, tmp_path_factory.mktemp("run") / "ws", STEPS)


@pytest.fixture(scope="module")
def report(plan: Path) -> Path:
    return run(plan)


def test_a_second_run_with_two_workers_finds_the_same(plan: Path, report: Path, tmp_path: Path) -> None:
    said: list[tuple[str, int, int]] = []
    again = run(plan, tmp_path / "again", how=How(workers=2, progress=lambda *told: said.append(told)))
    assert manifest(again)["result_hash"] == manifest(report)["result_hash"]
    assert manifest(again)["key"] == manifest(report)["key"]
    assert [done for _, done, _ in said] == sorted(done for _, done, _ in said)
    assert {what for what, _, _ in said} >= {"quality", "hotspot", "backtest", "patrol"}
    assert said[-1][1] == said[-1][2]


def test_the_result_hash_is_over_what_lies_in_the_folder(report: Path) -> None:
    results = {path.name: read_result(path) for path in sorted((report.parent / "steps").iterdir())}
    assert set(results) == {"quality", "hotspot", "backtest", "patrol"}
    assert manifest(report)["result_hash"] == result_hash(results)


def test_the_run_lies_in_the_workspace_and_running_it_again_changes_nothing(plan: Path, report: Path) -> None:
    assert report.parent.parent == plan.parent.parent / "runs"
    assert report.parent.name == f"vehicles-{manifest(report)['key'][:12]}"
    before = {p: p.stat().st_mtime_ns for p in (report.parent / "steps").rglob("*") if p.is_file()}
    assert run(plan) == report
    assert {p: p.stat().st_mtime_ns for p in before} == before


def test_the_manifest_names_every_input_with_its_hash_and_rows(plan: Path, report: Path) -> None:
    asked, catalog = open_plan(plan)
    inputs = {one["card"]: one for one in manifest(report)["inputs"]}
    assert set(inputs) == {asked.data.events, *asked.data.areas, *asked.data.area_periods, *(
        name for name in (asked.data.outlines, asked.data.weather, asked.data.addresses) if name)}  # fmt: skip
    for name, one in inputs.items():
        file = catalog.workspace.sources / catalog.card(name).file
        assert one["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert inputs[asked.data.outlines or ""]["rows"] == 20
    assert manifest(report)["plan_hash"] == asked.hash()
    assert manifest(report)["made_up"] is True


def test_what_decides_a_figure_makes_another_run_and_the_language_does_not(plan: Path, tmp_path: Path) -> None:
    def place(plan: Path, as_of: date | None = None) -> str:
        from sigun.panel.build import collect
        from sigun.run import run_key

        asked, catalog = open_plan(plan)
        return run_key(asked, collect(asked, catalog), as_of)

    copy = tmp_path / "ws" / "plans" / "vehicles.yaml"
    shutil.copytree(plan.parent.parent, tmp_path / "ws", ignore=shutil.ignore_patterns("runs"))
    first = place(plan)
    assert place(copy) == first
    edited(copy, "^lang: ko", "lang: en")
    assert place(copy) == first
    assert place(copy, date(2024, 1, 1)) != first
    edited(copy, r"^seed: \d+", "seed: 1")
    seeded = place(copy)
    assert seeded != first
    asked, _ = open_plan(copy)
    edited(tmp_path / "ws" / "catalog" / f"{asked.data.events}.yaml", "^title: .*", "title: 다른 이름")
    assert place(copy) not in (first, seeded)


def test_as_of_leaves_later_reports_out(demo_workspace: Path, tmp_path: Path) -> None:
    plan = copied_demo(demo_workspace, tmp_path / "ws", ("{method: trend}",))
    then, now = manifest(run(plan, as_of=date(2024, 7, 1))), manifest(run(plan))
    assert (then["as_of"], then["panel"]["end"]) == ("2024-07-01", "2024-07-01")
    assert now["as_of"] is None
    assert then["result_hash"] != now["result_hash"]
    assert len(list((tmp_path / "ws" / "runs").iterdir())) == 2


def test_the_report_is_made_again_from_the_folder_alone_in_either_language(report: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    shutil.copytree(report.parent, alone)
    for made in ("report.html", "patrol.csv", "patrol.geojson"):
        (alone / made).unlink()
    assert write_report(alone) == alone / "report.html"
    for made in ("report.html", "patrol.csv", "patrol.geojson"):
        assert (alone / made).read_bytes() == (report.parent / made).read_bytes()
    assert '<html lang="ko">' in report.read_text(encoding="utf-8")
    english = write_report(alone, "en").read_text(encoding="utf-8")
    assert '<html lang="en">' in english


def test_asked_for_in_english_a_finished_run_only_writes_its_report_again(
    plan: Path, report: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(report.parent, folder)
    english = run(plan, folder, how=How(lang="en"))
    assert '<html lang="en">' in english.read_text(encoding="utf-8")
    assert (folder / "manifest.json").read_bytes() == (report.parent / "manifest.json").read_bytes()


def test_a_plan_that_changes_its_language_gets_its_report_in_it(plan: Path, report: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(report.parent, folder)
    copy = plan.with_name("english.yaml")
    shutil.copyfile(plan, copy)
    edited(copy, "^lang: ko", "lang: en")
    assert '<html lang="en">' in run(copy, folder).read_text(encoding="utf-8")


def test_a_worker_that_is_ended_from_outside_is_said(
    plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sigun.run._one_packed", ended_from_outside)
    with pytest.raises(RunError, match="A worker process was ended"):
        run(plan, tmp_path / "out", how=How(workers=2))
    assert not (tmp_path / "out" / "manifest.json").exists()


def test_every_problem_of_a_plan_is_told_before_a_data_file_is_opened(plan: Path, tmp_path: Path) -> None:
    shutil.copytree(plan.parent.parent, tmp_path / "ws", ignore=shutil.ignore_patterns("runs", "data"))
    copy = tmp_path / "ws" / "plans" / "vehicles.yaml"
    edited(copy, r"^  events: \w+", "  events: evnts")
    edited(copy, r"^  weather: \w+", "  weather: wether")
    with pytest.raises(Several) as bad:
        run(copy)
    assert [type(one) for one in bad.value.problems] == [PlanError, PlanError]
    assert not (tmp_path / "ws" / "runs").exists()


@pytest.mark.parametrize("content", ["{", "[]", '{"key": 1}'])
def test_a_mark_that_is_not_ours_is_left_alone(plan: Path, tmp_path: Path, content: str) -> None:
    (tmp_path / "run.json").write_text(content, encoding="utf-8")
    with pytest.raises(RunError, match="another plan"):
        run(plan, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["run.json"]


def test_a_file_where_the_folder_should_be_is_said(plan: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    with pytest.raises(RunError, match="cannot be written"):
        run(plan, tmp_path / "taken")
    with pytest.raises(RunError, match="cannot be written"):
        run(plan, tmp_path / "taken" / "below")
    assert (tmp_path / "taken").read_text(encoding="utf-8") == "mine"


def test_the_plan_of_the_run_is_kept_as_it_was_asked(plan: Path, report: Path) -> None:
    asked, _ = open_plan(plan)
    kept = json.loads((report.parent / "plan.json").read_text(encoding="utf-8"))
    assert kept == asked.model_dump(mode="json")
