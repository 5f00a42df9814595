"""An entry (자료 안내): what a search knows of a data set, whether its file is here or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sigun.catalog.search.sentence import shown

if TYPE_CHECKING:  # cards are heavy; a search over a list of metadata needs none
    from sigun.catalog.card import Card
    from sigun.catalog.store import Catalog


@dataclass(frozen=True)
class Entry:
    """One data set, in words. All of it is data from elsewhere: shown, compared, never obeyed."""

    id: str
    title: str
    description: str = ""
    provider: str = ""
    space: str = ""
    time: str = ""
    period: str = ""
    access: str = ""
    personal: str = ""
    keywords: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()  # labels
    here: bool = False  # a card with a file in this workspace


def entries_of(catalog: Catalog) -> tuple[Entry, ...]:
    """The cards of a workspace."""
    return tuple(_entry(card) for _, card in sorted(catalog.cards.items()))


def _entry(card: Card) -> Entry:
    names = [c for c in card.fields if c.action != "drop"]
    return Entry(
        id=card.id,
        title=shown(card.title or card.id),
        description=shown(card.notes),
        provider=shown(card.publisher or card.owner),
        space=shown(card.within),
        access=card.grade,
        personal="" if not any(c.personal for c in card.fields) else "personal",
        keywords=(card.id.replace("_", " "), card.kind),
        columns=tuple(dict.fromkeys(shown(c.title or c.name) for c in names)),
        here=True,
    )
