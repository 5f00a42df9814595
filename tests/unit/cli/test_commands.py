"""The command line: languages, exit codes, consoles that cannot show everything, and starting without the world."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sigun import __version__
from sigun.cli import _asked_language
from sigun.cli.app import app
from sigun.text import set_language

HEAVY = ("pandas", "numpy", "ibis", "duckdb", "geopandas", "shapely", "pyproj", "matplotlib", "scipy", "pyarrow")


def sigun(*words: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The command in a process of its own; what it prints, as bytes."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "SIGUN_", "PYTHON"))}
    return subprocess.run(
        [sys.executable, "-m", "sigun", *map(str, words)], capture_output=True, env=plain | environment, check=False
    )


def test_the_help_starts_without_the_world() -> None:
    script = (
        "import sys; sys.argv = ['sigun', '--help']\n"
        "from sigun.cli import main\n"
        "try: main()\n"
        f"except SystemExit: print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False,
                          env=os.environ | {"PYTHONUTF8": "1"})  # fmt: skip
    assert done.stderr.strip() == "[]"
    assert "backtest" in done.stdout


@pytest.mark.parametrize(
    ("said", "language", "rest"),
    [
        (["run", "p.yaml"], None, ["run", "p.yaml"]),
        (["--lang", "en", "run", "p.yaml"], "en", ["run", "p.yaml"]),
        (["run", "--lang=ko", "p.yaml"], "ko", ["run", "p.yaml"]),
        (["run", "p.yaml", "--lang", "en"], "en", ["run", "p.yaml"]),
        (["run", "--lang", "fr"], None, ["run", "--lang", "fr"]),  # left for typer to refuse
        (["run", "--lang"], None, ["run", "--lang"]),
    ],
)
def test_the_language_may_stand_anywhere(said: list[str], language: str | None, rest: list[str]) -> None:
    assert _asked_language(said) == (language, rest)


@pytest.mark.parametrize(
    ("words", "environment", "heard"),
    [
        (("--lang", "ko", "check", "none.yaml"), {}, "조치"),
        (("check", "none.yaml", "--lang=en"), {"SIGUN_LANG": "ko"}, "what to do"),
        (("check", "none.yaml"), {"LANG": "en_US.UTF-8"}, "what to do"),
        (("check", "none.yaml"), {"LANG": "C"}, "조치"),
    ],
)
def test_messages_are_in_the_language_asked_for(
    words: tuple[str, ...], environment: dict[str, str], heard: str
) -> None:
    done = sigun(*words, PYTHONUTF8="1", **environment)
    assert done.returncode == 14
    assert heard in done.stderr.decode("utf-8")


def test_the_help_itself_is_in_the_language_asked_for() -> None:
    done = sigun("run", "--help", "--lang", "ko", PYTHONUTF8="1")
    assert done.returncode == 0
    assert "작업자" in done.stdout.decode("utf-8") or "단계" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("encoding", ["cp949", "ascii"])
def test_a_console_that_cannot_show_a_word_never_stops_a_command(encoding: str, tmp_path: Path) -> None:
    done = sigun("--lang", "ko", "init", tmp_path / "뷁 – 작업", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "뷁 – 작업" / "plans" / "vehicles.yaml").exists()
    assert ("작업공간" in done.stdout.decode(encoding)) == (encoding == "cp949")
    wrong = sigun("--lang", "ko", "check", tmp_path / "없음–.yaml", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert wrong.returncode == 14
    assert b"Traceback" not in wrong.stderr


def test_the_version_is_said() -> None:
    done = CliRunner().invoke(app, ["--version"])
    assert (done.exit_code, done.output.strip()) == (0, f"sigun {__version__}")


@pytest.mark.parametrize(
    "words",
    [
        ["fly"],
        ["run"],
        ["run", "p.yaml", "--as-of", "yesterday"],
        ["run", "p.yaml", "--workers", "0"],
        ["predict", "p.yaml", "--as-of", "2024-01-01"],
        ["backtest", "p.yaml", "--from", "2024-01-01", "--out", "x.parquet"],
        ["data"],
    ],
)
def test_a_command_wrongly_called_is_told_how(words: list[str]) -> None:
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 2
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("words", "code", "heard"),
    [
        (["init", "{ws}", "--recipe", "elderly"], 11, "vehicles"),
        (["demo", "elderly"], 11, "vehicles"),
        (["data", "list", "--workspace", "{empty}"], 11, "sigun init"),
        (["data", "add", "{ws}/none.csv", "--workspace", "{ws}"], 12, "no such file"),
        (["data", "show", "nothing", "--workspace", "{ws}"], 13, "no data set"),
        (["data", "forget", "nothing", "--workspace", "{ws}"], 13, "no data set"),
        (["report", "{empty}"], 16, "what to do"),
        (["report", "{empty}", "--to", "xls"], 16, "html, docx, hwpx, pdf, xlsx"),
        (["run", "{ws}/plans/vehicles.yaml"], 14, "sigun data add"),
        (["predict", "{ws}/plans/none.yaml", "--as-of", "2024-01-01", "--out", "{ws}/x.parquet"], 14, "no such file"),
    ],
)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_what_can_be_mended_has_its_exit_code_and_a_remedy(
    tmp_path: Path, words: list[str], code: int, heard: str, language: str
) -> None:
    (tmp_path / "empty").mkdir()
    assert CliRunner().invoke(app, ["init", str(tmp_path / "ws")]).exit_code == 0
    set_language("ko" if language == "ko" else "en")
    asked = [word.format(ws=tmp_path / "ws", empty=tmp_path / "empty") for word in words]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == code, done.output
    assert isinstance(done.exception, SystemExit)
    if language == "en":
        assert heard in done.stderr
    else:
        assert "조치" in done.stderr
        assert not any(english in done.stderr for english in ("There is", "what to do", "Add ", "Check "))


def test_a_workspace_without_data_says_so(tmp_path: Path) -> None:
    CliRunner().invoke(app, ["init", str(tmp_path)])
    done = CliRunner().invoke(app, ["data", "list", "--workspace", str(tmp_path)])
    assert done.exit_code == 0
    assert "No data sets yet" in done.output


def test_init_leaves_what_is_there_as_it_is(tmp_path: Path) -> None:
    CliRunner().invoke(app, ["init", str(tmp_path)])
    plan = tmp_path / "plans" / "vehicles.yaml"
    plan.write_text("mine", encoding="utf-8")
    assert CliRunner().invoke(app, ["init", str(tmp_path)]).exit_code == 0
    assert plan.read_text(encoding="utf-8") == "mine"


def test_words_of_data_are_never_read_as_markup(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["check", str(tmp_path / "[red]x[/red].yaml")])
    assert "[red]x[/red].yaml" in done.stderr.replace("\n", "")
