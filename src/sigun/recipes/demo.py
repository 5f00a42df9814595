"""`sigun demo`: made-up raw files of a city or of a province, and the ordinary street on them (시연)."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from sigun.catalog.store import read_catalog
from sigun.errors import SettingsError
from sigun.recipes.births.taken_in import take_in_province
from sigun.recipes.fill import fill_roles, lay
from sigun.recipes.vehicles.taken_in import take_in_city
from sigun.run import How, run
from sigun.settings import Workspace, open_workspace
from sigun.text import N_, _

DEMOS: Mapping[str, tuple[str, Callable[[Workspace, Path], None]]] = {
    "vehicles": (N_("simulating the city"), take_in_city),
    "births": (N_("simulating the province"), take_in_province),
}
"""What is said while the raw files are made, and who makes them in a folder and takes them in."""


def run_demo(name: str, folder: Path, how: How) -> Path:
    """Lay the workspace, write the files, add them, run the plan; the report's path."""
    if name not in DEMOS:
        raise SettingsError(
            _("There is no demo “{name}”.").format(name=name),
            "sigun demo",
            _("Demos: {names}").format(names=", ".join(DEMOS)),
        )
    plan = lay(folder, name)
    workspace = open_workspace(folder)
    if not read_catalog(workspace).cards:
        doing, take_in = DEMOS[name]
        how.progress(_(doing), 0, 1)
        with tempfile.TemporaryDirectory() as scratch:
            take_in(workspace, Path(scratch))
    fill_roles(workspace, read_catalog(workspace))
    return run(plan, how=how)
