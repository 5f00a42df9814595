"""Cards to YAML (자료명세 쓰기): what is to be confirmed first, one comment a section, one line a column."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from sigun.catalog.card import Card
from sigun.settings import Workspace
from sigun.text import _


def write_card(ws: Workspace, card: Card) -> Path:
    """Write the card into the workspace's catalogue, whole or not at all."""
    path = ws.catalog / f"{card.id}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.part")
    half.write_text(card_text(card), encoding="utf-8", newline="\n")
    half.replace(path)
    return path


def card_text(card: Card) -> str:
    """The card as a person reads it; what stands at its default is left out."""
    said = card.model_dump(mode="json", exclude_defaults=True)
    blocks = []
    for comment, keys in _sections():
        lines = [line for key in keys if key in said or key == "schema_version" for line in _lines(key, said, card)]
        if lines:
            blocks.append("\n".join([f"# {comment}", *lines]))
    return "\n\n".join(blocks) + "\n"


def _sections() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (
        (_("To confirm: guesses of the program. Look at each, mend what is wrong, delete the line."), ("to_confirm",)),
        (_("The data set"), ("schema_version", "id", "title", "kind", "file", "sha256", "made_up")),
        (_("Other files of the same table; where two tell a value, the later one counts"), ("parts",)),
        (_("How the file is opened"), ("reading",)),
        (_("Coordinates (none: WGS 84 degrees) and time zone"), ("crs", "timezone")),
        (
            _("Regions: whose codes they are, and the 시도 they lie in where no column says so"),
            ("scheme", "within", "own_regions"),
        ),
        (_("Columns: name in the file, and the role it plays"), ("fields",)),
        (_("Golden checks: what the figures must add up to"), ("checks",)),
        (_("Outcome classes: values or words of the status, and what they mean"), ("outcomes",)),
        (_("Words that stand where an address should"), ("no_place",)),
        (_("What a person overruled of the quality findings"), ("overrule",)),
        (
            _("Where it came from, and who may use it (grade: C confidential, S sensitive, O open)"),
            ("publisher", "licence", "source", "grade", "owner", "approval", "notes", "provenance"),
        ),
    )


def _lines(key: str, said: dict[str, Any], card: Card) -> Iterator[str]:
    value: Any = said.get(key, card.schema_version if key == "schema_version" else None)
    if key in ("fields", "overrule", "parts", "checks"):
        yield f"{key}:"
        yield from (f"  - {_flow(one)}" for one in value)
    elif key == "reading":
        yield f"{key}: {_flow({'format': card.reading.format, **value})}"
    else:
        yield yaml.safe_dump({key: value}, allow_unicode=True, sort_keys=False, width=10_000).rstrip("\n")


def _flow(value: dict[str, Any]) -> str:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, default_flow_style=True, width=10_000).rstrip(
        "\n"
    )
