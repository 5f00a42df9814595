"""Take files into the catalogue (자료 등록): read, clean, ask, and find the table they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import pandas as pd

from sigun.catalog.card import Card, FilePart
from sigun.catalog.coverage import STRANGE, coverage, name_tells_otherwise, unknown_regions
from sigun.catalog.keep import Ready, free_id, keep_all, place_for
from sigun.catalog.look import Look, looks_at
from sigun.catalog.propose import AREAS, draft_from
from sigun.catalog.questions import Question, answered
from sigun.catalog.same import (
    ENOUGH,
    MOST,
    Kin,
    another_layout,
    another_name,
    another_table,
    changed_layout,
    compared,
    is_its_data,
    kin_of,
)
from sigun.catalog.snapshot import clean_files, file_hash
from sigun.catalog.store import Catalog, hashes, read_catalog
from sigun.errors import CardError, IngestError, SigunError, require
from sigun.ingest.clean import Cleaned
from sigun.ingest.large import clean_file
from sigun.ingest.together import compare
from sigun.region.imported import codes_of
from sigun.settings import Workspace
from sigun.text import N_, Message, _, say


class Conversation(Protocol):
    """A person at the console."""

    def shows(self, card: Card, cleaned: Cleaned) -> None:
        """Show what a file would become, before anything is asked."""

    def asks(self, question: Question) -> int:
        """The position of the answer chosen."""


@dataclass(frozen=True)
class How:
    """How files are taken in."""

    part_of: str | None = None  # id of the data set the files are parts of, whatever they call themselves
    new: bool = False  # each file is a data set of its own
    talk: Conversation | None = None  # none: proposals are taken, and left to be confirmed


@dataclass(frozen=True)
class Added:
    """One table taken in."""

    card: Card
    path: Path  # of the card
    rows_read: int
    rows: int
    changes: tuple[Message, ...]
    sealed: bool = False  # the original holds personal data
    known: bool = False  # the same file was in the catalogue already; nothing was done
    coverage: tuple[Message, ...] = ()  # what it covers: regions, periods
    head: pd.DataFrame | None = None  # its first rows
    part: bool = False  # added to a data set that was there


def add_files(ws: Workspace, files: Sequence[Path], card: Card | None = None, how: How | None = None) -> list[Added]:
    """Take files in: read and clean every one first, then keep them; if one cannot be used, none is kept.

    A file laid out as a table of the catalogue, and calling itself the same, becomes a part of it without a question.

    Parameters
    ----------
    card : what the columns mean, for a single file; else a card is proposed for each table of each file.

    Raises
    ------
    IngestError, CardError, Several
        All that is wrong with all of the files.
    """
    added, problems = take_files(ws, files, card, how, whole=True)
    require(problems)
    return added


def take_files(
    ws: Workspace, files: Sequence[Path], card: Card | None = None, how: How | None = None, whole: bool = False
) -> tuple[list[Added], list[SigunError]]:
    """As `add_files`, but a file that cannot be used keeps no other out (unless `whole`): what was kept, what is wrong.

    A file is kept with all its tables that are data sets, or not at all.
    """
    if card is not None and len(files) != 1:
        raise CardError(_("One card is for one file."), str(ws.catalog), _("Add the files one by one."))
    desk = _Desk(ws, how or How(), dict(read_catalog(ws).cards))
    problems: list[SigunError] = []
    for path in map(Path, files):
        before = desk.ready, dict(desk.cards)
        try:
            desk.take(path, card)
        except SigunError as problem:
            problems.extend(getattr(problem, "problems", (problem,)))
            desk.ready, desk.cards = before
    if whole and problems:
        return [], problems
    paths = keep_all(ws, desk.ready)
    return [*desk.known, *(_added(ready, path) for ready, path in zip(desk.ready, paths, strict=True))], problems


def _added(ready: Ready, path: Path) -> Added:
    whole, new = ready.whole, ready.cleaned[ready.first :]
    return Added(
        ready.card,
        path,
        sum(one.rows_read for one in new),
        whole.rows if ready.first == 0 else sum(one.rows for one in new),
        whole.changes if ready.first == 0 else _news(ready),
        any(target.sealed for _path, target in ready.files),
        coverage=coverage(whole.sketch, whole.rows),
        head=new[0].head(),
        part=ready.first > 0,
    )


def _news(ready: Ready) -> tuple[Message, ...]:
    """What the new files change, before what was left out of them; nothing of the files that were there."""
    known = replace(ready, cleaned=ready.cleaned[: ready.first]).whole.changes
    own = [message for one in ready.cleaned[ready.first :] for message in one.changes]
    new = [message for message in ready.whole.changes if message not in known]
    return (*(m for m in new if m not in own), *(m for m in new if m in own))


def _already(ws: Workspace, card: Card) -> Added:
    said = say(N_("The same file is in the catalogue already, as “{id}”; nothing was added."), id=card.id)
    return Added(card, ws.catalog / f"{card.id}.yaml", 0, 0, (said,), known=True)


class _Desk:
    """The files of one call, and what each is to become. Nothing is written here."""

    def __init__(self, ws: Workspace, how: How, cards: dict[str, Card]) -> None:
        self.ws, self.how, self.cards = ws, how, cards
        self.ready: list[Ready] = []
        self.known: list[Added] = []

    def take(self, path: Path, said: Card | None) -> None:
        """Read one file and lay each of its tables beside the others."""
        if not path.is_file():
            raise IngestError(_("There is no such file."), str(path), _("Check the path."))
        sha256 = file_hash(path)
        same = [card for card in self.cards.values() if sha256 in hashes(card)]
        if said is not None:
            self._take_with_card(path, sha256, said, same)
        elif same:
            self.known.extend(_already(self.ws, card) for card in same)
        else:
            self._take_tables(path, sha256, looks_at(path))

    def _take_with_card(self, path: Path, sha256: str, card: Card, same: Sequence[Card]) -> None:
        for other in same:
            if other.id != card.id and other.reading.sheet == card.reading.sheet:
                raise CardError(
                    _("The file is in the catalogue already, as “{id}”: two cards for one file.").format(id=other.id),
                    str(path),
                    _("Mend the card that is there, or delete it first."),
                )
        if card.id in self.cards and sha256 not in hashes(self.cards[card.id]):
            raise CardError(
                _("The catalogue has a data set “{id}” of another file.").format(id=card.id),
                str(self.ws.catalog / f"{card.id}.yaml"),
                _("Give the card another id, or delete the old card first."),
            )
        self._lay_down(path, sha256, card, clean_file(path, card, self.ws.key()))

    def _take_tables(self, path: Path, sha256: str, looks: Sequence[Look]) -> None:
        """Every table of the file; one that is no data set is no fault while another of the file is, but said."""
        refused: list[SigunError] = []
        taken = 0
        first = len(self.ready)
        for look in looks:
            try:
                self._take_table(path, sha256, look)
                taken += 1
            except SigunError as problem:
                if len(looks) == 1 or not isinstance(problem, IngestError):
                    raise
                refused.extend(getattr(problem, "problems", (problem,)))
        if not taken:
            require(refused)
        elif refused and len(self.ready) > first:
            left = tuple(f"{_('Left out')}: {problem.what}"[:400] for problem in refused)
            card = self.ready[first].card
            card = card.model_copy(update={"to_confirm": (*card.to_confirm, *left)})
            self.ready[first] = replace(self.ready[first], card=card)
            self.cards[card.id] = card

    def _take_table(self, path: Path, sha256: str, look: Look) -> None:
        draft = draft_from(look)
        proposed = answered(draft.card, draft.questions, None)
        kin = self._kin(path, proposed, look)
        if kin is not None:
            self._take_part(path, sha256, look, kin)
            return
        cleaned = look.cleaned(proposed, self.ws.key())
        card = proposed
        if self.how.talk is not None:
            self.how.talk.shows(proposed, cleaned)
            card = answered(draft.card, draft.questions, self.how.talk.asks)
            if card.layout() != proposed.layout():
                cleaned = look.cleaned(card, self.ws.key())
        card = card.model_copy(update={"id": free_id(card.id, self.cards)})
        cleaned = cleaned.saying(name_tells_otherwise(path, cleaned.sketch))
        card, cleaned = self._with_unknown(card, cleaned)
        self._lay_down(path, sha256, card, cleaned)

    def _with_unknown(self, card: Card, cleaned: Cleaned) -> tuple[Card, Cleaned]:
        """The regions nobody knows are said; where these are all there are of 시도 or 시군구, to be confirmed too."""
        if card.kind not in AREAS or card.own_regions:
            return card, cleaned
        unknown = unknown_regions(cleaned.sketch, codes_of(self.ws), card.scheme, card.within)
        if unknown is None:
            return card, cleaned
        if unknown.template == STRANGE and card.column("sigungu") is not None and card.column("dong") is None:
            card = card.model_copy(update={"to_confirm": (*card.to_confirm, str(unknown)[:400])})
        return card, cleaned.saying([unknown])

    def _kin(self, path: Path, draft: Card, look: Look) -> Kin | None:
        """The table of the catalogue, or of this call, that the file is a part of."""
        if self.how.part_of is not None:
            wanted = compared(draft, Catalog(self.ws, self.cards).card(self.how.part_of))
            if not wanted.same_layout:
                raise changed_layout(path, wanted)
            return wanted
        if self.how.new or draft.kind not in AREAS:
            return None
        kin = kin_of(draft, self.cards.values())
        if kin is None:
            return None
        if kin.named_alike:
            if not kin.same_layout:
                raise changed_layout(path, kin)
            return kin
        if kin.same_layout and self.how.talk is not None:
            return kin if self._is_the_same(kin, self.how.talk) else None
        self._require_other_data(path, draft, look, kin)
        return None

    def _require_other_data(self, path: Path, draft: Card, look: Look, kin: Kin) -> None:
        """Where the file goes on with what the card tells, nobody guesses whether it is the same table.

        Raises
        ------
        CardError
            It does.
        """
        cleaned = look.cleaned(draft, self.ws.key())
        if is_its_data(kin, self._ready_of(kin.card).whole.frame, cleaned.frame):
            raise another_name(path, kin) if kin.same_layout else another_layout(path, kin)

    def _is_the_same(self, kin: Kin, talk: Conversation) -> bool:
        """A person's word, where the columns are alike and the names are not."""
        said = _("The file has the columns of “{id}” ({title}) and another name. Is it the same table?")
        asks = said.format(id=kin.card.id, title=kin.card.title)
        choices = (_("no: a data set of its own"), _("yes: other periods or regions of it"))
        return talk.asks(Question(asks, choices, lambda card, _at: card)) == 1

    def _take_part(self, path: Path, sha256: str, look: Look, kin: Kin) -> None:
        before = self._ready_of(kin.card)
        sealed = any(column.personal is not None for column in kin.card.fields)
        target = place_for(self.ws, path, sealed, sha256)
        reading = None if look.reading == before.card.reading else look.reading
        part = FilePart(file=target.file, sha256=sha256, reading=reading)
        card = before.card.model_copy(update={"parts": (*before.card.parts, part)})
        cleaned = look.cleaned(card.layout(len(card.parts)), self.ws.key())
        card, cleaned = self._with_unknown(card, cleaned)
        card, cleaned = self._with_kinship(path, before, card, cleaned)
        files, all_cleaned = (*before.files, (path, target)), (*before.cleaned, cleaned)
        ready = replace(before, card=card, files=files, cleaned=all_cleaned)
        self.ready = [*(one for one in self.ready if one is not before), ready]
        self.cards[card.id] = card

    def _with_kinship(self, path: Path, before: Ready, card: Card, cleaned: Cleaned) -> tuple[Card, Cleaned]:
        """Where most values told before are told otherwise: another table, or of few values one to look at."""
        change = compare(before.whole.frame, cleaned.frame)
        if change.revised <= MOST * change.compared:
            return card, cleaned
        if self.how.part_of is None and change.compared >= ENOUGH:
            raise another_table(path, before.card, change.revised, change.compared)
        if change.final:  # what was provisional may be told otherwise
            return card, cleaned
        said = N_(
            "{file} tells {n} of {all} values told before otherwise ({share} %): see whether it is the same table."
        )
        share = round(100 * change.revised / change.compared)
        doubt = say(said, file=path.name, n=change.revised, all=change.compared, share=share)
        card = card.model_copy(update={"to_confirm": (*card.to_confirm, str(doubt)[:400])})
        return card, cleaned.saying([doubt])

    def _ready_of(self, card: Card) -> Ready:
        """The card as this call has it so far, or as the catalogue has it."""
        here = next((one for one in self.ready if one.card.id == card.id), None)
        if here is not None:
            return here
        return Ready(card, (), clean_files(card, self.ws), len(card.parts) + 1)

    def _lay_down(self, path: Path, sha256: str, card: Card, cleaned: Cleaned) -> None:
        sealed = any(column.personal is not None for column in card.fields)
        target = place_for(self.ws, path, sealed, sha256)
        card = card.model_copy(update={"file": target.file, "sha256": sha256})
        self.ready = [*self.ready, Ready(card, ((path, target),), (cleaned,), 0)]
        self.cards[card.id] = card
