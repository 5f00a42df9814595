"""Runs that are stopped, starved or misdirected: they go on, or say so, and leave nothing half-written."""

import errno
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import sigun.run as street
from sigun.errors import RunError
from sigun.run import run


@pytest.fixture
def small(demo_workspace: Path, tmp_path: Path) -> Path:
    """A copy of the demo's workspace with a plan of three quick steps; the plan."""
    shutil.copytree(demo_workspace, tmp_path / "ws", ignore=shutil.ignore_patterns("runs"))
    plan = tmp_path / "ws" / "plans" / "vehicles.yaml"
    head = plan.read_text(encoding="utf-8").split("steps:")[0]
    plan.write_text(
        head + "steps:\n" + "".join(f"  - {{method: {m}}}\n" for m in ("quality", "trend", "rhythm")), encoding="utf-8"
    )
    return plan


def stop_at(method: str, error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    real = street.save_result

    def save(result: street.Result, folder: Path) -> None:
        if result.method == method:
            folder.mkdir(parents=True)
            (folder / "half.parquet").write_bytes(b"half")
            raise error
        real(result, folder)

    monkeypatch.setattr(street, "save_result", save)


def manifest(report: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((report.parent / "manifest.json").read_text(encoding="utf-8"))
    return found


def test_a_stopped_run_keeps_whole_steps_and_goes_on(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = run(small, tmp_path / "whole")
    with monkeypatch.context() as patch:
        stop_at("trend", KeyboardInterrupt(), patch)
        with pytest.raises(KeyboardInterrupt):
            run(small, tmp_path / "stopped")
    assert (tmp_path / "stopped" / "steps" / "quality" / "result.json").exists()
    assert not (tmp_path / "stopped" / "steps" / "trend").exists()
    assert not (tmp_path / "stopped" / "manifest.json").exists()
    before = (tmp_path / "stopped" / "steps" / "quality" / "result.json").stat().st_mtime_ns
    report = run(small, tmp_path / "stopped")
    assert manifest(report)["result_hash"] == manifest(whole)["result_hash"]
    assert (tmp_path / "stopped" / "steps" / "quality" / "result.json").stat().st_mtime_ns == before
    assert not list((tmp_path / "stopped").rglob("*.part"))


def test_a_full_disk_is_said_and_the_run_goes_on_when_there_is_room(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        stop_at("rhythm", OSError(errno.ENOSPC, "No space left on device", "rhythm.parquet"), patch)
        with pytest.raises(RunError, match="disk is full"):
            run(small, tmp_path / "full")
    assert not (tmp_path / "full" / "manifest.json").exists()
    assert run(small, tmp_path / "full").exists()


def test_a_folder_with_another_run_or_other_things_is_left_alone(small: Path, tmp_path: Path) -> None:
    run(small, tmp_path / "one")
    small.write_text(small.read_text(encoding="utf-8").replace("seed:", "seed: 1 #"), encoding="utf-8")
    with pytest.raises(RunError, match="another plan"):
        run(small, tmp_path / "one")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(RunError, match="not empty"):
        run(small, tmp_path / "mine")
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_a_period_without_data_is_said_without_a_traceback(small: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sigun", "--lang", "ko", "run", str(small), "--as-of", "1999-01-01"],
        capture_output=True,
        encoding="utf-8",
        env=__import__("os").environ | {"PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode == 15
    assert "조치" in done.stderr
    assert "Traceback" not in done.stderr
