"""Lay a recipe's plan in a workspace, and fill its data roles from the catalogue (역할 채우기): no YAML to write."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from importlib.resources import as_file, files
from pathlib import Path

import yaml

from sigun.catalog.card import Card
from sigun.catalog.store import Catalog
from sigun.errors import PlanError, SettingsError
from sigun.ingest.layout import Kind
from sigun.result import write_atomically
from sigun.settings import Workspace, lay_workspace
from sigun.text import N_, Message, _, say

RECIPES = ("vehicles", "births")
FILLED = ("vehicles",)
"""Recipes whose data play roles. The others name their tables and columns themselves."""

ROLE_OF: Mapping[Kind, str] = {
    "events": "events",
    "outlines": "outlines",
    "areas": "areas",
    "area_periods": "area_periods",
    "weather": "weather",
    "addresses": "addresses",
    "stations": "stations",
    "travel": "travel",
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
    for name in FILLED:
        plan = workspace.plans / f"{name}.yaml"
        if plan.exists():
            text = _text(plan)
            filled = _switch_unit(_switch_steps(_fill(text, catalog), _roles(catalog)), catalog)
            if filled != text:
                write_atomically(plan, filled)


def _text(plan: Path) -> str:
    try:
        return plan.read_text(encoding="utf-8")
    except UnicodeDecodeError as bad:
        raise PlanError(_("The file is not UTF-8 text."), str(plan), _("Save it again as UTF-8.")) from bad


def missing_roles(catalog: Catalog) -> list[Message]:
    """What the catalogue has no card for, and what that costs the recipe plans there; nothing where there are none."""
    if not any((catalog.workspace.plans / f"{name}.yaml").exists() for name in FILLED):
        return []
    there = _roles(catalog)
    return [say(sentence) for role, sentence in LACKING.items() if role not in there]


def next_steps(catalog: Catalog, added: Sequence[Card]) -> list[Message]:
    """What to do after cards were added: what a recipe still lacks, or after statistics alone, a plan for a panel."""
    if added and all(card.own_regions for card in added):
        return [say(OWN_NEXT)]
    kinds = {card.kind for card in added}
    if _roles(catalog).get("events") or kinds - {"area_periods", "cells"}:
        return missing_roles(catalog)
    plans = catalog.workspace.plans.glob("*.yaml")
    if "area_periods" not in kinds or any(_TABLES.search(plan.read_text("utf-8", "replace")) for plan in plans):
        return []
    return [say(PANEL_NEXT)]


PANEL_NEXT = N_(
    "Next: write plans/NAME.yaml with `data.tables` (these data sets) and `panel`, then `sigun panel PLAN --out FILE`; "
    "see docs/how-to/region-panel.md."
)
OWN_NEXT = N_(
    "Next: write plans/NAME.yaml with `data.tables` (these data sets), a `panel` with `unit: own`, and steps, "
    "then `sigun run PLAN`; see docs/how-to/own-panel.md."
)
_TABLES = re.compile(r"^[ \t]+tables:|^data:[^#\n]*\btables:", re.MULTILINE)


def _roles(catalog: Catalog) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for card in catalog.cards.values():
        if card.kind in ROLE_OF and not card.own_regions:  # grid counts wait for a person to name them
            found.setdefault(ROLE_OF[card.kind], []).append(card.id)
    return {role: sorted(ids) for role, ids in found.items()}


_BLOCK = re.compile(r"^data:.*\n(?:[ \t]+\S.*\n|[ \t]*(?:#.*)?\n(?=(?:[ \t]*(?:#.*)?\n)*[ \t]+[^\s#]))*", re.MULTILINE)
_ROLE = re.compile(r"[ \t]+(?P<role>\w+):[^#]*(?P<remark>#.*)?$")


def _fill(text: str, catalog: Catalog) -> str:
    """The text with the roles written anew, one a line; remarks stay where they are."""
    block = _BLOCK.search(text)
    said = _said(block.group()) if block else None
    if block is None or said is None:
        return text  # reading the plan says what is wrong with it
    chosen = _chosen(said, catalog)
    lines = ["data:"]
    for line in block.group().splitlines()[1:]:
        found = _ROLE.match(line)
        if found and found["role"] in chosen:
            lines.append(f"  {found['role']}: {chosen.pop(found['role'])} {found['remark'] or ''}".rstrip())
        elif line.lstrip().startswith("#"):
            lines.append(line)
    lines += [f"  {role}: {names}" for role, names in chosen.items()]
    return text[: block.start()] + "\n".join([*lines, ""]) + text[block.end() :]


def _said(block: str) -> Mapping[str, object] | None:
    try:
        data = yaml.safe_load(block)["data"]
    except yaml.YAMLError:
        return None
    return data if isinstance(data, dict) else {} if data is None else None


def _chosen(said: Mapping[str, object], catalog: Catalog) -> dict[str, str]:
    """What is written for each role: what its author named and the catalogue has, else what there is."""
    there, chosen = _roles(catalog), {}
    second = str(said.get("second_source"))  # another register becomes one only by its author's word
    if second in catalog.cards:
        chosen["second_source"] = second
        there["events"] = [name for name in there["events"] if name != second] or [second]
    for role in ROLE_OF.values():
        named = said.get(role)
        names = [str(n) for n in (named if isinstance(named, list) else [named]) if n in catalog.cards]
        if role in MANY and (names or role in there):
            chosen[role] = f"[{', '.join(sorted({*names, *there.get(role, ())}))}]"
        elif role in there:
            chosen[role] = (names or there[role])[0]
    chosen.setdefault("events", str(said.get("events", "events")))  # a plan without events would be none
    return chosen


NEEDS: Mapping[str, tuple[str, ...]] = {
    "weather": ("weather",),
    "area_factors": ("outlines", "areas"),
    "occurrence": ("outlines", "areas"),
}
"""Steps that wait for data, and the roles they wait for."""

WAITS = " # 자료가 오면 켜집니다"
_WAITING = re.compile(rf"^([ \t]*)# (- \{{method: (\w+).*){re.escape(WAITS)}$", re.MULTILINE)
_ASKED = re.compile(r"^([ \t]*)(- \{method: (\w+).*)$", re.MULTILINE)


def _switch_steps(text: str, there: Mapping[str, list[str]]) -> str:
    """Steps stand one a line; one whose data are missing waits behind a `#`. What a person put there stays."""

    def ready(step: re.Match[str]) -> bool:
        return all(role in there for role in NEEDS.get(step[3], ()))

    text = _WAITING.sub(lambda step: f"{step[1]}{step[2]}" if ready(step) else step[0], text)
    return _ASKED.sub(lambda step: step[0] if ready(step) else f"{step[1]}# {step[2]}{WAITS}", text)


BY_AREA = "  unit: area # 좌표가 없어 격자 대신 지역별로 예측합니다\n"
_SPACE = re.compile(r"^space:[ \t]*(?:#.*)?\n", re.MULTILINE)
_UNIT = re.compile(r"^[ \t]+unit:", re.MULTILINE)


def _switch_unit(text: str, catalog: Catalog) -> str:
    """Registers with addresses or areas only are forecast by area, until points come. What a person wrote stays."""
    text = text.replace(BY_AREA, "")
    cards = list(catalog.cards.values())
    kinds = {card.kind for card in cards}
    points = any(card.column(role) for card in cards if card.kind == "events" for role in ("longitude", "x"))
    space = _SPACE.search(text)
    if points or "addresses" in kinds or not {"events", "outlines"} <= kinds or space is None or _UNIT.search(text):
        return text
    return text[: space.end()] + BY_AREA + text[space.end() :]
