"""What is missing (확보할 자료): data a question needs and the catalogue lacks, and where they are published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
    there = [_Card(tight_of(_says(shelf, name)), _columns(shelf, name)) for name in shelf.ids]
    family = asked.families[0][0] if asked.families else None
    told: dict[str, Lacking] = {}
    for word, where in _unknown(asked, there):
        told.setdefault(word, Lacking(role="target", what=cut(word), where=cut(where)))
    for need in needs(asked.sentence, asked.lists, family):
        if not any(card.tells(word) for word in need.words for card in there):
            where = next((place for word in need.words if (place := published(word))), "") or _(IN_HOUSE)
            told.setdefault(need.words[0], Lacking(role=need.role, what=cut(need.words[0]), where=cut(where)))
    return tuple(told.values())[:MOST]


@dataclass(frozen=True)
class _Card:
    """What a card says, written without spaces, and its columns."""

    says: str
    columns: tuple[str, ...]

    def tells(self, word: str) -> bool:
        """Whether it tells of this: by the word itself, or in a column of its last part: 대기 of 어린이집 입소대기."""
        first, *rest = word.split()
        last = tight_of(rest[-1]) if rest else ""
        return tight_of(word) in self.says or (
            tight_of(first) in self.says and any(len(one) > 1 and last.endswith(one) for one in self.columns)
        )


def _columns(shelf: Shelf, name: str) -> tuple[str, ...]:
    return tuple(tight_of(c.title or c.name) for c in shelf.card(name).fields if c.action != "drop")


def _says(shelf: Shelf, name: str) -> str:
    card = shelf.card(name)
    return " ".join([card.title, card.notes, *(c.title or c.name for c in card.fields if c.action != "drop")])


def _unknown(asked: Asked, there: list[_Card]) -> Iterator[tuple[str, str]]:
    """Things of the sentence no card tells of, where the list knows who publishes them."""
    for thing in asked.named:
        if not any(card.tells(word) for word in thing.words for card in there):
            yield thing.words[0], next((place for word in thing.words if (place := published(word))), "") or _(IN_HOUSE)
