"""What the tests share: the real data beside the project, and whether doing without is allowed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sigun.text import set_language

ROOT = Path(__file__).resolve().parent.parent


def needs(what: str, there: bool, reason: str) -> None:
    """Skip with the reason; fail where SIGUN_REQUIRE names it."""
    if there:
        return
    if what in os.environ.get("SIGUN_REQUIRE", "").split(","):
        pytest.fail(f"{what} is required here: {reason}")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real data; SIGUN_SHARED, else beside the checkout."""
    folder = Path(os.environ.get("SIGUN_SHARED", ROOT.parent / "shared"))
    needs("shared", (folder / "data" / "events" / "boston").is_dir(), "no real data here (set SIGUN_SHARED)")
    return folder


@pytest.fixture(autouse=True)
def _english() -> None:
    set_language("en")


@pytest.fixture(scope="session")
def demo_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The run's folder of `sigun demo vehicles`, carried out once."""
    from sigun.recipes.demo import run_demo
    from sigun.run import How

    return run_demo("vehicles", tmp_path_factory.mktemp("demo"), How()).parent


@pytest.fixture(scope="session")
def demo_workspace(demo_run: Path) -> Path:
    """The workspace of that run; copy it before changing anything."""
    return demo_run.parent.parent


@pytest.fixture(scope="session")
def workshop_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of `sigun demo workshop`: its catalogue, and no plan yet. Copy it before changing anything."""
    from sigun.recipes.demo import run_demo
    from sigun.run import How

    folder = tmp_path_factory.mktemp("workshop")
    run_demo("workshop", folder, How())
    return folder
