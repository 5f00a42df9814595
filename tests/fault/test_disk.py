"""A disk that takes nothing, a reader that has had enough: in words, or as every program ends."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from proposals import vehicles
from sigun.cli.show import line, told
from sigun.plan.write import write_plan


def test_what_the_disk_refuses_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as ended, told():
        raise OSError(errno.ENOSPC, "No space left on device", "plans/x.yaml")
    assert ended.value.exit_code == 16
    said = capsys.readouterr().err
    assert "plans/x.yaml" in said
    assert "No space left" in said


def test_a_reader_that_has_had_enough_is_no_failure() -> None:
    with pytest.raises(BrokenPipeError), told():
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")


def test_letters_between_colons_stay_letters(capsys: pytest.CaptureFixture[str]) -> None:
    line("root:x:0")
    assert capsys.readouterr().out == "root:x:0\n"


def limited(code: str, folder: Path, most: int) -> subprocess.CompletedProcess[str]:
    """The code in a process whose files end at `most` bytes, as on a full disk."""
    resource = pytest.importorskip("resource")
    before = (
        "import resource, signal, sys; from pathlib import Path; folder = Path(sys.argv[1]);"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}));"
    )
    assert resource
    words = [sys.executable, "-c", before + code, str(folder)]
    return subprocess.run(words, capture_output=True, text=True, check=False, encoding="utf-8")


def test_a_full_disk_leaves_no_half_line(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_bytes(b'"before"\n')
    code = "from sigun.proposal.lines import append_line; append_line(folder / 'x.jsonl', 'a' * 500)"
    done = limited(code, tmp_path, 100)
    assert "x.jsonl" in done.stderr
    assert done.returncode
    assert file.read_bytes() == b'"before"\n'


def test_a_full_disk_leaves_no_half_plan(tmp_path: Path) -> None:
    file = write_plan(vehicles(), tmp_path / "plan.yaml")
    before = file.read_bytes()
    code = (
        "from sigun.plan.read import read_plan; from sigun.plan.write import write_plan;"
        "write_plan(read_plan(folder / 'plan.yaml'), folder / 'plan.yaml')"
    )
    done = limited(code, tmp_path, 100)
    assert "plan.yaml" in done.stderr
    assert list(tmp_path.iterdir()) == [file]
    assert file.read_bytes() == before


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    code = "from sigun.result import write_atomically; write_atomically(folder / 'x.json', 'a' * 500)"
    assert "x.json'" in limited(code, tmp_path, 100).stderr
    assert not list(tmp_path.iterdir())
