"""A finished run (끝난 실행), read back from its folder alone: all that a report is made from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sigun import __version__
from sigun.errors import RunError
from sigun.plan.model import Plan
from sigun.result import Result, read_result
from sigun.text import _

NARRATION = "narration.json"


@dataclass(frozen=True)
class Finished:
    """What was asked, what was found, and how it was run."""

    plan: Plan
    results: Mapping[str, Result]
    manifest: Mapping[str, Any] = field(default_factory=dict)
    outlines: Any = None  # GeoDataFrame in `crs`: region, name, geometry; none where there are no outlines
    crs: str = "EPSG:5179"
    made_up: bool = False
    narration: Any = None  # the summary in a model's words, as it was kept; looked through before it is shown


def read_run(folder: Path) -> Finished:
    """Read a run's folder: `manifest.json`, `plan.json`, `steps/METHOD/`, and `outlines.geojson` where there is one.

    Raises
    ------
    RunError
        The folder is not a finished run, or something in it cannot be read.
    """
    manifest, asked = _json(folder / "manifest.json"), _json(folder / "plan.json")
    try:
        plan = Plan.model_validate(asked)
    except ValidationError as error:
        raise other_version(folder, manifest, str(error.errors()[0]["loc"])) from error
    try:
        results = {path.parent.name: read_result(path.parent) for path in sorted(folder.glob("steps/*/result.json"))}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _unreadable(folder, error) from error
    crs = str(manifest.get("crs", "EPSG:5179"))
    outlines, made_up = _outlines(folder, crs), bool(manifest.get("made_up", False))
    return Finished(plan, results, manifest, outlines, crs, made_up, _narration(folder / NARRATION))


def _narration(path: Path) -> Any:
    """What a model worded; none where there is none, or it cannot be read: the report stands without it."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def _json(path: Path) -> dict[str, Any]:
    try:
        whole = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    if not isinstance(whole, dict):
        raise _unreadable(path, TypeError(type(whole).__name__))
    return whole


def _outlines(folder: Path, crs: str) -> Any:
    path = folder / "outlines.geojson"
    if not path.is_file():
        return None
    import geopandas

    try:
        return geopandas.read_file(path).to_crs(crs)
    except (OSError, ValueError, RuntimeError) as error:  # pyogrio's and pyproj's errors are RuntimeErrors
        raise _unreadable(path, error) from error


def other_version(folder: Path, manifest: Mapping[str, Any], missing: str) -> RunError:
    """What to say of a run that holds other tables or columns than this version reads."""
    return RunError(
        _(
            "This run was made by another version ({made}; this is {now}), and a report cannot be made of it: {missing}"
        ).format(made=manifest.get("version", "?"), now=__version__, missing=missing),
        str(folder),
        _("Run the plan again."),
    )


def _unreadable(path: Path, error: Exception) -> RunError:
    return RunError(
        _("This is not a finished run: {reason}").format(reason=error),
        str(path),
        _("Give the folder that `sigun run` wrote (it holds manifest.json), or run the plan again."),
    )
