"""Pages and code agree: commands exist, links lead somewhere, nothing speaks of one machine."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/*.md"), *ROOT.glob("examples/**/*.md")]
)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
    lost = [t for t in targets if not t.startswith("http") and not (page.parent / t).exists()]
    assert lost == []


def test_both_readmes_hold_the_same_two_commands() -> None:
    commands = [
        re.findall(r"^python3 -m venv \.venv && .*$", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
        for name in ("README.md", "README.ko.md")
    ]
    assert commands[0] == commands[1]
    assert commands[0] == [
        "python3 -m venv .venv && .venv/bin/pip install -c constraints.txt . && .venv/bin/sigun demo vehicles",
        "python3 -m venv .venv && .venv/bin/pip install -c constraints.txt -e '.[dev]' && .venv/bin/pytest -q",
    ]


def test_every_command_a_page_names_exists() -> None:
    from typer.main import get_command

    from sigun.cli.app import app

    commands = set(get_command(app).commands)  # type: ignore[attr-defined]
    named = {
        w for page in PAGES for w in re.findall(r"(?:^|`|/)sigun ([a-z]+)", page.read_text(encoding="utf-8"), re.M)
    }
    assert named - commands == set()


def test_every_method_has_a_page_and_its_tables() -> None:
    from sigun.analysis.methods import METHODS

    tables = (ROOT / "docs/reference/results.md").read_text(encoding="utf-8")
    for method in METHODS:
        assert f"## {method} (" in tables
        assert (ROOT / "docs/reference/methods" / f"{method}.md").exists()


def test_constraints_hold_versions_and_no_addresses() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"#.*|[\w.-]+==[\w.]+", line) for line in lines)


def test_no_tracked_file_names_a_folder_of_one_machine() -> None:
    found = subprocess.run(
        ["git", "grep", "-nIE", r"(/home/|/Users/|/root/)[A-Za-z]"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    lines = [line for line in found.stdout.splitlines() if not line.startswith("tests/docs/test_pages.py")]
    assert lines == []
