"""The made-up city's files in a workspace (모의 도시 자료 등록): through the ordinary door, marked as made up."""

from __future__ import annotations

import shutil
from pathlib import Path

from sigun.catalog.add import add_files
from sigun.catalog.write import write_card
from sigun.recipes.vehicles.made_up import write_city
from sigun.recipes.vehicles.private import FOLDER as PRIVATE
from sigun.recipes.vehicles.private import TERMS
from sigun.settings import Workspace
from sigun.text import _


def take_in_city(workspace: Workspace, scratch: Path) -> None:
    """Simulate the city in a folder and add what it wrote; the private tables lie beside, not added."""
    write_city(scratch)
    shutil.copytree(scratch / PRIVATE, workspace.root / PRIVATE, dirs_exist_ok=True)
    raw = sorted(path for path in scratch.iterdir() if path.is_file())
    for added in add_files(workspace, raw):
        card = added.card
        marked = {"made_up": True, "publisher": _("sigun simulator"), "licence": "CC0-1.0"}
        terms = TERMS.get(Path(card.file).name)
        marked |= terms.card() if terms else {}
        write_card(workspace, card.model_copy(update=marked | {"title": card.title.replace("_", " ")}))
