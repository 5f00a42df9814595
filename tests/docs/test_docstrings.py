"""The examples in docstrings run."""

import doctest
import importlib
import pkgutil

import pytest

import sigun

MODULES = sorted(m.name for m in pkgutil.walk_packages(sigun.__path__, "sigun.") if not m.name.endswith("__main__"))


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
