"""`write_reports`: which files a run is handed over as, and that a failure leaves what was there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sigun.cli.app import app
from sigun.errors import RunError
from sigun.report.write import write_report, write_reports

MAGIC = {"html": b"<!DOCTYPE", "docx": b"PK", "hwpx": b"PK", "pdf": b"%PDF-1.7", "xlsx": b"PK"}


@pytest.fixture(scope="module")
def run(fake: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = fake.write_fake_run(tmp_path_factory.mktemp("run"), only=("trend",))
    return folder


def test_every_format_stands_in_the_runs_folder(run: Path) -> None:
    made = write_reports(run, "ko", tuple(MAGIC))
    assert [path.name for path in made] == [f"report.{to}" for to in MAGIC]
    for path, begin in zip(made, MAGIC.values(), strict=True):
        assert path.read_bytes().startswith(begin)
    assert not list(run.glob("*.part"))


def test_the_same_run_gives_the_same_bytes(run: Path, tmp_path: Path) -> None:
    for to in ("pdf", "xlsx"):
        first, second = (write_report(run, "ko", to, tmp_path / f"{n}.{to}").read_bytes() for n in (1, 2))
        assert first == second


def test_a_report_elsewhere_leaves_the_run_alone(run: Path, tmp_path: Path) -> None:
    before = sorted(path.name for path in run.iterdir())
    assert write_report(run, "en", "html", tmp_path / "a.html") == tmp_path / "a.html"
    assert write_reports(run, "en", ("pdf", "xlsx"), tmp_path) == (tmp_path / "report.pdf", tmp_path / "report.xlsx")
    assert sorted(path.name for path in run.iterdir()) == before


@pytest.mark.parametrize("to", MAGIC)
def test_a_file_open_in_another_program_stays_as_it_was(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, to: str
) -> None:
    (tmp_path / f"a.{to}").write_bytes(b"old")

    def locked(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(target))

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(RunError, match="another program"):
        write_report(run, "en", to, tmp_path / f"a.{to}")
    assert [path.name for path in tmp_path.iterdir()] == [f"a.{to}"]
    assert (tmp_path / f"a.{to}").read_bytes() == b"old"


def test_a_folder_that_is_not_there_is_said(run: Path, tmp_path: Path) -> None:
    with pytest.raises(RunError) as caught:
        write_report(run, "en", "pdf", tmp_path / "none" / "a.pdf")
    assert str(tmp_path / "none" / "a.pdf") in caught.value.where
    assert not (tmp_path / "none").exists()


def test_no_run_is_no_report_in_any_format(tmp_path: Path) -> None:
    for to in MAGIC:
        with pytest.raises(RunError, match="not a finished run"):
            write_report(tmp_path, "en", to)
    assert list(tmp_path.iterdir()) == []


def test_the_command(run: Path, tmp_path: Path) -> None:
    def sigun(*words: object) -> Any:
        return CliRunner().invoke(app, ["--lang", "en", "report", str(run), *map(str, words)])

    assert sigun("--to", "pdf,xlsx", "--out", tmp_path).exit_code == 0
    assert sigun("--out", tmp_path / "by its ending.xlsx").exit_code == 0
    assert (tmp_path / "by its ending.xlsx").read_bytes().startswith(b"PK")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["by its ending.xlsx", "report.pdf", "report.xlsx"]
    wrong = sigun("--to", "pdf", "--out", tmp_path / "a.docx")
    assert (wrong.exit_code, "ends in .docx" in wrong.output) == (16, True)
    several = sigun("--to", "pdf,docx", "--out", tmp_path / "a.pdf")
    assert (several.exit_code, "one file" in several.output) == (16, True)
