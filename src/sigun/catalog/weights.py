"""Where a plan's weights file lies (공간 가중치 파일 찾기): within the workspace, and nowhere else."""

from __future__ import annotations

from pathlib import Path

from sigun.errors import PlanError
from sigun.settings import Workspace
from sigun.text import _


def weights_path(ws: Workspace, said: str) -> Path:
    """The file, looked for beside the data, in the workspace's folder, and beside the plans.

    Raises
    ------
    PlanError
        It lies outside, or there is none.
    """
    name = Path(said.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts:
        raise PlanError(
            _("The weights file lies outside the workspace."),
            f"panel.neighbours.file: {said}",
            _("Copy it into the workspace ({folder}) and write its name.").format(folder=ws.root),
        )
    for folder in (ws.sources, ws.received, ws.root, ws.plans):
        path = (folder / name).resolve()
        if path.is_file() and path.is_relative_to(folder.resolve()):
            return path
    raise PlanError(
        _("There is no weights file of that name."),
        f"panel.neighbours.file: {said}",
        _("Copy it into the workspace ({folder}) and write its name.").format(folder=ws.root),
    )
