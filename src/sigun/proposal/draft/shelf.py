"""The shelf (자료장): the cards that may be used, what each holds, and which outlines fit which tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

import pandas as pd

from sigun.catalog.card import Card
from sigun.catalog.search import Hit, Index, entries_of, search
from sigun.catalog.snapshot import snapshot
from sigun.catalog.store import Catalog
from sigun.catalog.use import objections
from sigun.errors import SigunError
from sigun.ingest.labels import squeezed
from sigun.ingest.layout import Kind
from sigun.proposal.draft.asked import Asked
from sigun.proposal.draft.figures import Figure, figures
from sigun.proposal.draft.holding import Holding, Holdings

FOUND = 40  # data sets of a search that are looked into
ALL = 120  # a catalogue with no more cards is looked into as a whole
ENOUGH = 0.5  # of the regions of a table that outlines must name


class Shelf:
    """What a draft may take from: the cards a search found, each looked into once and only when it is asked for."""

    def __init__(self, catalog: Catalog, asked: Asked, today: date) -> None:
        self.catalog = catalog
        index = _index(catalog)
        family = asked.families[0][0] if asked.families else None
        self.hits: tuple[Hit, ...] = search(index, asked.sentence, FOUND, family, asked.lists)
        index.close()
        self.forbidden: dict[str, SigunError] = {}
        self._holdings = Holdings(catalog)
        self._names: dict[str, frozenset[str]] = {}
        found = [hit.entry.id for hit in self.hits]
        rest = sorted(set(catalog.cards) - set(found)) if len(catalog.cards) <= ALL else []
        self.ids = tuple(name for name in (*found, *rest) if self._allowed(name, today))

    def _allowed(self, name: str, today: date) -> bool:
        """Whether its owner lets it be used; what he objects to is kept."""
        card = self.catalog.cards[name]
        against = next(objections(card, self.catalog.workspace.catalog / f"{name}.yaml", today), None)
        if against is not None:
            self.forbidden[name] = against
        return against is None

    def card(self, name: str) -> Card:
        """The card of that id."""
        return self.catalog.cards[name]

    def of_kind(self, kind: Kind) -> tuple[Card, ...]:
        """Cards of a kind that can be read, what the search found first."""
        return tuple(self.card(n) for n in self.ids if self.card(n).kind == kind and self.holding(n) is not None)

    @property
    def unreadable(self) -> dict[str, SigunError]:
        """Cards whose files are not there, or contradict them."""
        return self._holdings.problems

    def holding(self, name: str) -> Holding | None:
        """What a card holds; none where its file cannot be read."""
        return self._holdings.of(name)

    def tables(self) -> tuple[Holding, ...]:
        """Tables of regions that can be read."""
        cards = [card for card in map(self.card, self.ids) if card.kind in ("areas", "area_periods")]
        held = (self.holding(card.id) for card in cards)
        return tuple(h for h in held if h is not None and h.level is not None)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure of those tables."""
        return figures(held.card for held in self.tables())

    def names_in(self, outlines: Card) -> frozenset[str]:
        """Names and codes of the outlines' areas, squeezed; nothing where they cannot be read."""
        if outlines.id not in self._names:
            try:
                path = snapshot(outlines, self.catalog.workspace).path
            except SigunError:
                self._names[outlines.id] = frozenset()
            else:
                told = pd.read_parquet(path, columns=["region", "name"]).astype("str")
                self._names[outlines.id] = frozenset(squeezed(one) for one in told.stack())
        return self._names[outlines.id]

    def outlines_with(self, regions: frozenset[str]) -> Card | None:
        """The outlines that name most of these regions; none where none names half of them."""
        shares = [(self._share(card, regions), card) for card in self.of_kind("outlines")]
        best = max(shares, key=lambda pair: pair[0], default=(0.0, None))
        return best[1] if best[0] >= ENOUGH else None

    def outlines_of_any(self, tables: Sequence[frozenset[str]]) -> Card | None:
        """The outlines that most of the tables' regions stand in; where no table fits, the first outlines found."""
        fitting = [found for regions in tables if (found := self.outlines_with(regions)) is not None]
        if fitting:
            return max(fitting, key=lambda card: (sum(card.id == other.id for other in fitting), card.id))
        return next(iter(self.of_kind("outlines")), None)

    def _share(self, outlines: Card, regions: frozenset[str]) -> float:
        """Of the regions, by their last word: 성남시 분당구 is 분당구 on many a map."""
        names = self.names_in(outlines)
        ends = {name.split()[-1] if " " in name else name for name in names}
        return sum(region in names or region in ends for region in regions) / len(regions) if regions else 0.0


def _index(catalog: Catalog) -> Index:
    """The search index of the cards; of many, kept in the workspace."""
    entries = entries_of(catalog)
    return Index.build(entries) if len(entries) <= ALL else Index.kept(entries, catalog.workspace.root / ".sigun")
