"""Lay a recipe's plan in a workspace, and fill its data roles from the catalogue (역할 채우기): no YAML to write."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path

from sigun.catalog.store import Catalog
from sigun.errors import SettingsError
from sigun.ingest.layout import Kind
from sigun.result import write_atomically
from sigun.settings import Workspace, lay_workspace
from sigun.text import N_, Message, _, say

RECIPES = ("vehicles",)

ROLE_OF: Mapping[Kind, str] = {
    "events": "events",
    "outlines": "outlines",
    "areas": "areas",
    "area_periods": "area_periods",
    "weather": "weather",
    "addresses": "addresses",
}
MANY = ("areas", "area_periods")

LACKING: Mapping[str, str] = {
    "events": N_("No event file yet: nothing can be run. Add the register of reports (접수일시, 위치)."),
    "outlines": N_("No outlines: maps show cells only and places have no names. Add a GeoJSON of 행정동."),
    "areas": N_("No area table: no rates and no area factors. Add population or housing by 행정동."),
    "area_periods": N_("No private monthly table (floating population, card sales): left out."),
    "weather": N_("No weather file: reports are not set beside weather. Add daily observations."),
    "addresses": N_("No address–coordinate table: rows with an address only have no point on the map."),
}


def lay(folder: Path, recipe: str) -> Path:
    """A workspace in `folder` with the recipe's plan; the plan's path. What is there stays as it is."""
    if recipe not in RECIPES:
        raise SettingsError(
            _("There is no recipe “{name}”.").format(name=recipe),
            "--recipe",
            _("Recipes: {names}").format(names=", ".join(RECIPES)),
        )
    workspace = lay_workspace(folder)
    plan = workspace.plans / f"{recipe}.yaml"
    if not plan.exists():
        with as_file(files("sigun.recipes") / recipe / "plan.yaml") as shipped:
            shutil.copyfile(shipped, plan)
    return plan


def fill_roles(workspace: Workspace, catalog: Catalog) -> None:
    """Write the cards' ids under `data:` of the workspace's recipe plans, and switch on the steps they make possible.

    A role that names a card of the catalogue already is left as its author wrote it.
    """
    for name in RECIPES:
        plan = workspace.plans / f"{name}.yaml"
        if plan.exists():
            text = plan.read_text(encoding="utf-8")
            filled = _switch_steps(_fill(text, catalog), _roles(catalog))
            if filled != text:
                write_atomically(plan, filled)


def missing_roles(catalog: Catalog) -> list[Message]:
    """What the catalogue has no card for, and what that costs."""
    there = _roles(catalog)
    return [say(sentence) for role, sentence in LACKING.items() if role not in there]


def _roles(catalog: Catalog) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for card in catalog.cards.values():
        found.setdefault(ROLE_OF[card.kind], []).append(card.id)
    return {role: sorted(ids) for role, ids in found.items()}


_BLOCK = re.compile(r"^data:.*\n(?:[ \t]+.*\n|[ \t]*\n(?=[ \t]))*", re.MULTILINE)


def _fill(text: str, catalog: Catalog) -> str:
    block = _BLOCK.search(text)
    if block is None:
        return text
    said = dict(re.findall(r"^[ \t]+(\w+):[ \t]*(.*?)[ \t]*(?:#.*)?$", block.group(), re.MULTILINE))
    lines = ["data:"]
    for role, ids in _roles(catalog).items():
        kept = [i for i in re.findall(r"\w+", said.get(role, "")) if i in catalog.cards]
        chosen = sorted({*kept, *ids}) if role in MANY else (kept or ids)[:1]
        lines.append(f"  {role}: [{', '.join(chosen)}]" if role in MANY else f"  {role}: {chosen[0]}")
    return text[: block.start()] + "\n".join([*lines, ""]) + text[block.end() :]


NEEDS: Mapping[str, tuple[str, ...]] = {"weather": ("weather",), "area_factors": ("outlines", "areas")}
"""Steps that wait for data, and the roles they wait for."""


def _switch_steps(text: str, there: Mapping[str, list[str]]) -> str:
    """Steps stand one a line; one whose data are missing waits behind a `#`."""

    def switch(line: re.Match[str]) -> str:
        ready = all(role in there for role in NEEDS.get(line["method"], ()))
        return f"{line['indent']}{'' if ready else '# '}{line['step']}"

    return re.sub(
        r"^(?P<indent>[ \t]*)(?:# )?(?P<step>- \{method: (?P<method>weather|area_factors)\b.*)$",
        switch,
        text,
        flags=re.MULTILINE,
    )
