"""Where a model is, as sigun.toml and the environment say."""

from __future__ import annotations

from pathlib import Path

import pytest

from sigun.errors import SigunError
from sigun.proposal.model.endpoint import Endpoint, read_endpoint
from sigun.settings import lay_workspace


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("URL", "NAME", "PLACE", "KEY", "GRADES", "TIMEOUT"):
        monkeypatch.delenv(f"SIGUN_MODEL_{name}", raising=False)


def written(tmp_path: Path, model: str) -> Endpoint | None:
    workspace = lay_workspace(tmp_path)
    mark = tmp_path / "sigun.toml"
    mark.write_text(mark.read_text(encoding="utf-8") + "\n[model]\n" + model, encoding="utf-8")
    return read_endpoint(workspace)


def test_nothing_is_asked_unless_somebody_set_it_up(tmp_path: Path) -> None:
    assert read_endpoint(lay_workspace(tmp_path)) is None


def test_a_place_must_be_named_before_anything_is_sent(tmp_path: Path) -> None:
    assert written(tmp_path, 'url = "http://10.0.0.1/v1"\nname = "m"\n') is None


def test_a_model_inside(tmp_path: Path) -> None:
    found = written(tmp_path, 'url = "http://10.0.0.1:8000/v1/"\nname = "m"\nplace = "inside"\ngrades = ["O", "S"]\n')
    assert found is not None and found.url == "http://10.0.0.1:8000/v1"
    assert (found.may_see("O"), found.may_see("S"), found.may_see("C")) == (True, True, False)


def test_a_model_outside_sees_open_data_only_whatever_is_written(tmp_path: Path) -> None:
    found = written(tmp_path, 'url = "https://a.example/v1"\nname = "m"\nplace = "outside"\ngrades = ["O", "S", "C"]\n')
    assert found is not None
    assert (found.may_see("O"), found.may_see("S"), found.may_see("C")) == (True, False, False)


def test_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGUN_MODEL_NAME", "other")
    monkeypatch.setenv("SIGUN_MODEL_KEY", "secret")
    found = written(tmp_path, 'url = "http://10.0.0.1/v1"\nname = "m"\nplace = "inside"\n')
    assert found is not None and (found.name, found.key) == ("other", "secret")


@pytest.mark.parametrize(
    "model",
    [
        'url = "ftp://x/v1"\nname = "m"\nplace = "inside"\n',
        'url = "http://me:pw@x/v1"\nname = "m"\nplace = "inside"\n',
        'url = "http://x.example/v1"\nname = "m"\nplace = "outside"\n',
        'url = "http://x/v1"\nplace = "inside"\n',
        'url = "http://x/v1"\nname = "m"\nplace = "somewhere"\n',
        'url = "http://x/v1"\nname = "m"\nplace = "inside"\ngrades = ["A"]\n',
        'url = "http://x/v1"\nname = "m"\nplace = "inside"\ntimeout = "soon"\n',
        'key = "secret"\n',
        "url = [\n",
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, model: str) -> None:
    with pytest.raises(SigunError) as said:
        written(tmp_path, model)
    assert "secret" not in str(said.value)


def test_all_at_once(tmp_path: Path) -> None:
    with pytest.raises(SigunError) as said:
        written(tmp_path, 'url = "ftp://x/v1"\nplace = "inside"\ntimeout = 0\n')
    assert len(getattr(said.value, "problems", ())) == 3
