"""What is missing (확보할 자료): data a question needs and the catalogue lacks, and where they are published."""

from __future__ import annotations

from collections.abc import Iterator

from sigun.catalog.search import needs, published
from sigun.catalog.search.sentence import tight_of
from sigun.plan.proposal import Lacking
from sigun.proposal.draft.asked import Asked
from sigun.proposal.draft.shelf import Shelf
from sigun.proposal.draft.speech import cut
from sigun.text import N_, _

MOST = 8
IN_HOUSE = N_("the department in charge (ask whether it holds such data), or data.go.kr")


def lacking(asked: Asked, shelf: Shelf) -> tuple[Lacking, ...]:
    """The needs of the sentence's topics that no card of the catalogue meets, most wanted first."""
    there = [tight_of(_says(shelf, name)) for name in shelf.ids]
    family = asked.families[0][0] if asked.families else None
    told: dict[str, Lacking] = {}
    for word, where in _unknown(asked, there):
        told.setdefault(word, Lacking(role="target", what=cut(word), where=cut(where)))
    for need in needs(asked.sentence, asked.lists, family):
        if not any(tight_of(word) in says for word in need.words for says in there):
            where = next((place for word in need.words if (place := published(word))), "") or _(IN_HOUSE)
            told.setdefault(need.words[0], Lacking(role=need.role, what=cut(need.words[0]), where=cut(where)))
    return tuple(told.values())[:MOST]


def _says(shelf: Shelf, name: str) -> str:
    card = shelf.card(name)
    return " ".join([card.title, card.notes, *(c.title or c.name for c in card.fields if c.action != "drop")])


def _unknown(asked: Asked, there: list[str]) -> Iterator[tuple[str, str]]:
    """Things of the sentence no card tells of, where the list knows who publishes them."""
    for thing in asked.named:
        if not any(tight_of(word) in says for word in thing.words for says in there):
            yield thing.words[0], next((place for word in thing.words if (place := published(word))), "") or _(IN_HOUSE)
