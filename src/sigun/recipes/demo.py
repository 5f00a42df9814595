"""`sigun demo`: a made-up city's raw files, and the ordinary street on them (시연)."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from sigun.catalog.add import add_files
from sigun.catalog.store import read_catalog
from sigun.catalog.write import write_card
from sigun.errors import SettingsError
from sigun.recipes.fill import RECIPES, fill_roles, lay
from sigun.recipes.vehicles.made_up import write_city
from sigun.recipes.vehicles.private import FOLDER as PRIVATE
from sigun.recipes.vehicles.private import TERMS
from sigun.run import How, run
from sigun.settings import open_workspace
from sigun.text import _


def run_demo(name: str, folder: Path, how: How) -> Path:
    """Lay the workspace, write the files, add them, run the plan; the report's path."""
    if name not in RECIPES:
        raise SettingsError(
            _("There is no demo “{name}”.").format(name=name),
            "sigun demo",
            _("Demos: {names}").format(names=", ".join(RECIPES)),
        )
    plan = lay(folder, name)
    workspace = open_workspace(folder)
    if not read_catalog(workspace).cards:
        how.progress(_("simulating the city"), 0, 1)
        with tempfile.TemporaryDirectory() as scratch:
            write_city(Path(scratch))
            shutil.copytree(Path(scratch) / PRIVATE, workspace.root / PRIVATE, dirs_exist_ok=True)
            raw = sorted(path for path in Path(scratch).iterdir() if path.is_file())
            for added in add_files(workspace, raw):
                card = added.card
                marked = {"made_up": True, "publisher": _("sigun simulator"), "licence": "CC0-1.0"}
                terms = TERMS.get(Path(card.file).name)
                marked |= terms.card() if terms else {}
                write_card(workspace, card.model_copy(update=marked | {"title": card.title.replace("_", " ")}))
    fill_roles(workspace, read_catalog(workspace))
    return run(plan, how=how)
