"""A run's folder is read back, or refused with a reason."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sigun.errors import RunError
from sigun.report.finished import read_run
from sigun.report.write import write_report
from sigun.result import Result, save_result


def test_everything_comes_back(finished: Any) -> None:
    assert finished.made_up
    assert set(finished.results) == {s.method for s in finished.plan.steps}
    assert finished.results["trend"].fact("total").value == 8464
    assert finished.outlines.crs.to_epsg() == 5179


def test_no_outlines_is_no_fault(fake: Any, tmp_path: Path) -> None:
    folder = fake.write_fake_run(tmp_path, only=("trend",))
    (folder / "outlines.geojson").unlink()
    assert read_run(folder).outlines is None


PARTS = ("manifest.json", "plan.json", "steps/trend/result.json", "steps/trend/facts.parquet", "outlines.geojson")


@pytest.mark.parametrize("broken", PARTS)
@pytest.mark.parametrize("written", ['{"title": ', json.dumps([1])])
def test_a_broken_folder_is_refused(fake: Any, tmp_path: Path, broken: str, written: str) -> None:
    (fake.write_fake_run(tmp_path, only=("trend",)) / broken).write_text(written, encoding="utf-8")
    with pytest.raises(RunError) as told:
        read_run(tmp_path)
    assert str(tmp_path) in told.value.where


@pytest.mark.parametrize("gone", ["manifest.json", "plan.json", "steps/trend/facts.parquet"])
def test_a_folder_with_a_part_missing_is_refused(fake: Any, tmp_path: Path, gone: str) -> None:
    (fake.write_fake_run(tmp_path, only=("trend",)) / gone).unlink()
    with pytest.raises(RunError):
        read_run(tmp_path)


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RunError):
        read_run(tmp_path / "nowhere")


def test_patrol_without_an_answer_is_a_report_without_a_list(fake: Any, tmp_path: Path) -> None:
    fake.write_fake_run(tmp_path, only=("trend", "patrol"))
    save_result(Result("patrol", "description", {}), tmp_path / "steps" / "patrol")
    assert write_report(tmp_path, "ko").is_file()
    assert not (tmp_path / "patrol.csv").exists()


def test_a_run_of_another_version_is_refused_with_its_version(fake: Any, tmp_path: Path) -> None:
    fake.write_fake_run(tmp_path, only=("trend",))
    manifest = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8")) | {"version": "0.0.7"}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    years = tmp_path / "steps" / "trend" / "years.parquet"
    pd.read_parquet(years).drop(columns="rate").to_parquet(years)
    with pytest.raises(RunError, match=r"0\.0\.7"):
        write_report(tmp_path, "ko")


def test_a_plan_of_another_version_is_refused_with_its_version(fake: Any, tmp_path: Path) -> None:
    fake.write_fake_run(tmp_path, only=("trend",))
    plan = json.loads((tmp_path / "plan.json").read_text(encoding="utf-8")) | {"colour": "blue"}
    (tmp_path / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    with pytest.raises(RunError, match="colour"):
        write_report(tmp_path, "ko")
