"""Is a file another part of a table the catalogue has (같은 통계표)? By its columns, then by what it calls itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sigun.catalog.card import Card
from sigun.errors import CardError
from sigun.ingest.labels import SIDO
from sigun.text import _

ENOUGH = 20  # values told by both files before their differences say anything
MOST = 0.5  # of them differing: not a revision but another table
COPIES = ("복사본", "사본", "copy")  # words an office program adds to a name
ALIKE = 0.5  # of the columns shared: the same table in another layout


@dataclass(frozen=True)
class Kin:
    """A card whose table the file seems to be of."""

    card: Card
    gone: tuple[str, ...]  # columns and categories the card has and the file has not
    new: tuple[str, ...]
    named_alike: bool  # it calls itself the same

    @property
    def same_layout(self) -> bool:
        """Whether the file has all columns and categories of the card, and no others."""
        return not self.gone and not self.new


def kin_of(draft: Card, cards: Iterable[Card]) -> Kin | None:
    """The card the drafted one is nearest to; none where it is of another kind, or other columns altogether."""
    found = [kin for card in cards if card.kind == draft.kind and (kin := _kin(draft, card)) is not None]
    return min(found, key=lambda kin: (not kin.same_layout, not kin.named_alike, kin.card.id), default=None)


def compared(draft: Card, card: Card) -> Kin:
    """What a file drafted so has otherwise than the card."""
    mine, theirs = cells_of(draft), cells_of(card)
    alike = bool(_called_alike(draft, card))
    return Kin(card, tuple(sorted(theirs - mine)), tuple(sorted(mine - theirs)), alike)


def _kin(draft: Card, card: Card) -> Kin | None:
    mine, theirs = cells_of(draft), cells_of(card)
    if _called_alike(draft, card) is None or len(mine & theirs) < ALIKE * max(1, len(mine | theirs)):
        return None
    kin = compared(draft, card)
    return kin if kin.same_layout or kin.named_alike else None


def cells_of(card: Card) -> set[str]:
    """Columns of the card, and the categories its values stand in."""
    names = {c.name for c in card.fields if not c.optional}
    return names | {f"{name} = {label}" for c in card.values() for name, label in c.where.items()}


def _called_alike(draft: Card, card: Card) -> bool | None:
    """Whether both call themselves the same; none where they say that they are two tables."""
    ids = [one.provenance.get("table_id", "") for one in (draft, card)]
    if all(ids):
        return True if ids[0] == ids[1] else None
    if (draft.reading.sheet or "") != (card.reading.sheet or "") and _words(draft.reading.sheet or "") != _words(
        card.reading.sheet or ""
    ):
        return None
    return bool(mine := subject(draft.file)) and mine in {subject(file) for file in _files(card)}


def _files(card: Card) -> Sequence[str]:
    return (card.file, *(part.file for part in card.parts))


def subject(file: str) -> frozenset[str]:
    """The words of a file's name without figures and names of 시도: what it says that it is about.

    >>> sorted(subject("출생아수1_20230425.csv")), sorted(subject("여성연앙인구_경기도반_20230425.csv"))
    (['출생아수'], ['여성연앙인구'])
    """
    return _words(Path(file.replace("\\", "/")).stem)


def _words(text: str) -> frozenset[str]:
    words = (re.sub(r"\d+", "", word) for word in re.split(r"[\s_+().,\-\[\]]+", text.casefold()))
    return frozenset(word for word in words if word and not word.startswith(tuple(SIDO)) and word not in COPIES)


def changed_layout(file: Path, kin: Kin) -> CardError:
    """The newer file of a table is laid out otherwise than its card says."""
    said = [
        f"{what}: {', '.join(names[:8])}{' …' if len(names) > 8 else ''}"
        for what, names in ((_("not there any more"), kin.gone), (_("new"), kin.new))
        if names
    ]
    return CardError(
        _("The file seems to be of the data set “{id}”, but its layout has changed ({changes}).").format(
            id=kin.card.id, changes="; ".join(said)
        ),
        str(file),
        _("Mend the card where the table has changed, or add the file as a data set of its own with --new."),
    )


def another_table(file: Path, card: Card, revised: int, compared: int) -> CardError:
    """Two files that tell the same regions and periods, and tell them otherwise."""
    return CardError(
        _("The file has the columns of “{id}”, but {revised} of {compared} values both tell differ.").format(
            id=card.id, revised=revised, compared=compared
        ),
        str(file),
        _("If it is another table, add it with --new; if all of it was revised, with --part-of {id}.").format(
            id=card.id
        ),
    )
