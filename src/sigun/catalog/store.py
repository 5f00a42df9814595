"""The catalogue (자료 목록): its cards, files taken in as received, originals sealed and forgotten."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from sigun.catalog.card import Card
from sigun.catalog.snapshot import file_hash, snapshot_path, source_file
from sigun.catalog.write import write_card
from sigun.errors import CardError, SigunError, require
from sigun.ingest.layout import Column
from sigun.plan.read import read_document
from sigun.settings import Workspace
from sigun.text import _


@dataclass(frozen=True)
class Catalog:
    """The cards of a workspace, by id."""

    workspace: Workspace
    cards: Mapping[str, Card]
    memo: dict[tuple[str, str], Any] = field(default_factory=dict, compare=False, repr=False)
    """What was found out of a card once: (what, card) -> found. A catalogue that is read again has none."""

    def columns(self, name: str) -> Mapping[str, Column]:
        """The value columns of a card by their id; none where there is no such card."""
        key = ("columns", name)
        if key not in self.memo:
            card = self.cards.get(name)
            self.memo[key] = {str(c.id): c for c in card.values() if c.id} if card is not None else {}
        found: Mapping[str, Column] = self.memo[key]
        return found

    def card(self, name: str) -> Card:
        """The card of that id; where there is none, the nearest names are offered."""
        if name in self.cards:
            return self.cards[name]
        near = get_close_matches(name, list(self.cards), 3, 0.4) or sorted(self.cards)[:8]
        raise CardError(
            _("There is no data set “{name}” in the catalogue.").format(name=name),
            str(self.workspace.catalog),
            _("Did you mean: {names}?").format(names=", ".join(near))
            if near
            else _("Add the file with `sigun data add`."),
        )


def hashes(card: Card) -> dict[str, str | None]:
    """The checksum of each of the card's files, and the sheet it is read from."""
    parts = {part.sha256: (part.reading or card.reading).sheet for part in card.parts}
    return ({card.sha256: card.reading.sheet} if card.sha256 else {}) | parts


def read_card(path: Path) -> Card:
    """A card from a YAML file; every problem with its line."""
    return read_document(Path(path), Card, CardError)


def read_catalog(ws: Workspace, only: str | None = None) -> Catalog:
    """Every card of the workspace.

    Parameters
    ----------
    only : the one data set that is wanted; what is wrong with others is passed over.

    Raises
    ------
    CardError, Several
        All that is wrong with any of them.
    """
    cards: dict[str, Card] = {}
    problems: list[SigunError] = []
    owners: dict[tuple[str, str | None], str] = {}  # of each table of a file: the card it was first found under
    for path in sorted(ws.catalog.glob("*.yaml")):
        try:
            card = read_card(path)
        except SigunError as problem:
            if only in (None, path.stem):
                problems.extend(getattr(problem, "problems", (problem,)))
            continue
        if card.id in cards and only in (None, card.id):
            problems.append(
                CardError(
                    _("Two cards have the id “{id}”.").format(id=card.id), str(path), _("Give one of them another id.")
                )
            )
        problems.extend(_two_for_one(card, owners, path, only))
        cards[card.id] = card
    require(problems)
    return Catalog(ws, cards)


def _two_for_one(
    card: Card, owners: dict[tuple[str, str | None], str], path: Path, only: str | None
) -> Iterator[CardError]:
    """The same table of the same file under two cards would be counted twice; the card's tables become owned."""
    tables = list(hashes(card).items())
    for other in dict.fromkeys(owners[one] for one in tables if one in owners):
        if only in (None, card.id, other):
            yield CardError(
                _("The cards “{one}” and “{other}” are of the same file.").format(one=other, other=card.id),
                str(path),
                _("Delete one of them."),
            )
    for one in tables:
        owners.setdefault(one, card.id)


def forget(ws: Workspace, name: str) -> None:
    """Delete the sealed original of a data set; its hash and counts stay, and its snapshot stays usable."""
    card = read_catalog(ws, name).card(name)
    path = source_file(card, ws)
    if not path.is_relative_to(ws.sealed.resolve()):
        raise CardError(
            _("The original of “{id}” is not sealed: it holds no personal data we know of.").format(id=name),
            str(path),
            _("Delete the file yourself if it is to go."),
        )
    if not path.is_file():
        raise CardError(
            _("The original of “{id}” is deleted already.").format(id=name), str(path), _("Nothing is left to do.")
        )
    sha256 = file_hash(path)
    counts = {"id": card.id, "file": card.file, "sha256": sha256, "bytes": path.stat().st_size}
    record = snapshot_path(card, ws, sha256).with_suffix(".json")
    rows = json.loads(record.read_text(encoding="utf-8"))["rows_read"] if record.is_file() else None
    write_card(ws, card.model_copy(update={"sha256": sha256}))
    note = ws.sealed / f"{path.name}.forgotten.json"
    note.write_text(json.dumps({**counts, "rows_read": rows}, ensure_ascii=False, indent=1), encoding="utf-8")
    path.unlink()
