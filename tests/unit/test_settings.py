"""Workspaces: found upwards, keyed once, with sources that can lie elsewhere."""

import os
from pathlib import Path

import pytest

from sigun.errors import SettingsError
from sigun.settings import lay_workspace, open_workspace


def test_a_workspace_is_found_from_inside_it(tmp_path: Path) -> None:
    laid = lay_workspace(tmp_path)
    assert open_workspace(laid.plans).root == tmp_path.resolve()
    assert laid.sources == tmp_path.resolve()


def test_elsewhere_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="not a workspace"):
        open_workspace(tmp_path)


def test_sources_lie_where_the_file_says_or_where_the_machine_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "sigun.toml").write_text(
        '[sources]\nfolder = "../shared/data"\nprefix = "../shared"\n', encoding="utf-8"
    )
    monkeypatch.delenv("SIGUN_SHARED", raising=False)
    assert open_workspace(tmp_path / "here").sources == tmp_path.resolve() / "shared" / "data"
    monkeypatch.setenv("SIGUN_SHARED", str(tmp_path / "elsewhere"))
    assert open_workspace(tmp_path / "here").sources == tmp_path / "elsewhere" / "data"


def test_a_broken_mark_is_said(tmp_path: Path) -> None:
    (tmp_path / "sigun.toml").write_text("sources = [", encoding="utf-8")
    with pytest.raises(SettingsError, match="cannot be read"):
        open_workspace(tmp_path)


def test_the_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    workspace = lay_workspace(tmp_path)
    assert workspace.key() == workspace.key()
    assert len(workspace.key()) == 32
    if os.name == "posix":
        assert (tmp_path / ".sigun" / "key").stat().st_mode & 0o077 == 0
