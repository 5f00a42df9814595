"""One fabricated run, written and rendered once for all tests of the report."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sigun.report.finished import Finished, read_run
from sigun.report.html import html

HERE = Path(__file__).parent


def _load(name: str) -> ModuleType:
    """A module beside this file; tests are not a package."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture(scope="session")
def fake() -> Any:
    """The maker of fabricated runs."""
    return _load("fake_run")


@pytest.fixture(scope="session")
def pages() -> Any:
    """The reader of pages."""
    return _load("pages")


@pytest.fixture(scope="session")
def finished(fake: Any, tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """A finished run with every step."""
    return read_run(fake.write_fake_run(tmp_path_factory.mktemp("run")))


@pytest.fixture(scope="session")
def source(finished: Finished) -> dict[str, str]:
    """The report's HTML by language."""
    return {"ko": html(finished, "ko"), "en": html(finished, "en")}


@pytest.fixture(params=["ko", "en"])
def page(request: pytest.FixtureRequest, source: dict[str, str], pages: Any) -> Any:
    """The report as a tree, in each language."""
    return pages.read_page(source[request.param])
