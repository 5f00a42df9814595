"""Runs that are stopped, starved or misdirected: they go on, or say so, and leave nothing half-written."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import sigun.run as street
from sigun.errors import RunError
from sigun.run import run
from workspaces import copied_demo, manifest

SIGUN = (sys.executable, "-m", "sigun")


@pytest.fixture
def small(demo_workspace: Path, tmp_path: Path) -> Path:
    """A copy of the demo's workspace with a plan of three quick steps; the plan."""
    return copied_demo(demo_workspace, tmp_path / "ws")


def stop_at(method: str, error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    real = street.save_result

    def save(result: street.Result, folder: Path) -> None:
        if result.method == method:
            folder.mkdir(parents=True)
            (folder / "half.parquet").write_bytes(b"half")
            raise error
        real(result, folder)

    monkeypatch.setattr(street, "save_result", save)


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
    assert not list((tmp_path / "full").rglob("*.part"))
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


@pytest.mark.skipif(sys.platform == "win32", reason="a console's Ctrl-C cannot be sent to one group of processes here")
def test_ctrl_c_at_a_console_ends_the_workers_too_and_says_how_to_go_on(small: Path, tmp_path: Path) -> None:
    begun = subprocess.Popen(
        [*SIGUN, "--lang", "en", "run", str(small), "--out", str(tmp_path / "out"), "--workers", "2"],
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )
    while not (tmp_path / "out" / "run.json").exists() and begun.poll() is None:
        time.sleep(0.05)
    time.sleep(0.7)  # the workers are being started
    os.killpg(begun.pid, signal.SIGINT)
    said = begun.communicate(timeout=60)[1]
    assert begun.returncode == 130
    assert "run the same command again to go on" in said
    assert "Traceback" not in said
    assert not (tmp_path / "out" / "manifest.json").exists()


def test_a_period_without_data_is_said_without_a_traceback(small: Path) -> None:
    done = subprocess.run(
        [*SIGUN, "--lang", "ko", "run", str(small), "--as-of", "1999-01-01"],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode == 15
    assert "조치" in done.stderr
    assert "Traceback" not in done.stderr
