"""The made-up province's files in a workspace (모의 도 등록): its own table of regions, then each file by its card."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path

import pandas as pd

from sigun.catalog.add import How, add_files
from sigun.catalog.store import read_card
from sigun.recipes.births.files import MONTHS_FILES, REGIONS_FILE, WOMEN_FILES
from sigun.recipes.births.made_up import SEED, write_province
from sigun.region.imported import import_own
from sigun.settings import Workspace

MORE = {"births_month": MONTHS_FILES[1:], "women_by_age": WOMEN_FILES[1:]}  # tables in several files


def take_in_province(
    workspace: Workspace, scratch: Path, seed: int = SEED, ids: Mapping[str, str] | None = None
) -> None:
    """Simulate the province in a folder, import its table of regions, add what it wrote; `ids` are other card ids."""
    write_province(scratch, seed)
    own = pd.read_csv(scratch / REGIONS_FILE, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    kept = import_own(workspace, own, REGIONS_FILE, instead=True)
    shutil.copyfile(scratch / REGIONS_FILE, kept.parent / REGIONS_FILE)
    with as_file(files("sigun.recipes.births") / "cards") as folder:
        for path in sorted(folder.glob("*.yaml")):
            card = read_card(path)
            card = card.model_copy(update={"id": (ids or {}).get(card.id, card.id)})
            add_files(workspace, [scratch / card.file], card)
            add_files(workspace, [scratch / name for name in MORE.get(card.id, ())], how=How(part_of=card.id))
