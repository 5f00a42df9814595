"""The catalogue of a workshop (모의 워크숍 자료 목록): the city, the province, and files of its own."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

from sigun.catalog.add import add_files
from sigun.catalog.store import read_card
from sigun.recipes.births.taken_in import take_in_province
from sigun.recipes.vehicles.taken_in import take_in_city
from sigun.recipes.workshop.made_up import write_workshop
from sigun.settings import Workspace


def take_in_workshop(workspace: Workspace, scratch: Path) -> None:
    """Simulate all three in a folder and add what they wrote, each through the ordinary door."""
    take_in_province(workspace, scratch / "province", ids={"outlines": "sigun_outlines"})
    take_in_city(workspace, scratch / "city")
    raw = scratch / "workshop"
    write_workshop(raw)
    with as_file(files("sigun.recipes.workshop") / "cards") as folder:
        for path in sorted(folder.glob("*.yaml")):
            card = read_card(path)
            add_files(workspace, [raw / card.file], card)
