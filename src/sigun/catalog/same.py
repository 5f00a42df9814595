"""Is a file another part of a table the catalogue has (같은 통계표)? By its columns, then by what it calls itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from sigun.catalog.card import Card
from sigun.errors import CardError
from sigun.ingest.labels import SIDO
from sigun.ingest.layout import Column
from sigun.ingest.place_names import PLACES
from sigun.text import _

ENOUGH = 20  # values told by both files before their differences say anything
MOST = 0.5  # of them differing: not a revision but another table
COPIES = ("복사본", "사본", "copy")  # words an office program adds to a name
ALIKE = 0.5  # of the columns shared: the same table in another layout
MOST_REGIONS = 0.5  # of those of either told by both: the same regions
NEAR = 0.1  # of the usual ratio between two tellings of a value: a revision or another unit, not another subject
WIDE = ("시도", "시군구", "읍면동", "행정동", "통계", "통계표", "현황", "자료", "데이터", "연도", "연도별", "모의")
"""Words of a file's name, and names of items, that tell of no subject."""
BARE = frozenset({"", "값", "수치", "합계", "계", "총계", "전체", "건수", "명", "인구수", "데이터", "value", "count"})


@dataclass(frozen=True)
class Kin:
    """A card whose table the file seems to be of."""

    card: Card
    gone: tuple[str, ...]  # columns and categories the card has and the file has not
    new: tuple[str, ...]
    named_alike: bool  # it calls itself the same
    named_near: bool = False  # the names of the files share their subject and differ in other words
    items: tuple[tuple[str, str], ...] = ()  # values named alike: of the file, of the card

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
    near = any(_near(subject(draft.file), subject(file)) for file in _files(card))
    return Kin(card, tuple(sorted(theirs - mine)), tuple(sorted(mine - theirs)), alike, near, _items(draft, card))


def _kin(draft: Card, card: Card) -> Kin | None:
    if _called_alike(draft, card) is None:
        return None
    mine, theirs = cells_of(draft), cells_of(card)
    kin = compared(draft, card)
    close = len(mine & theirs) >= ALIKE * max(1, len(mine | theirs))
    if close and (kin.same_layout or kin.named_alike):
        return kin
    keys = [{c.name for c in one.fields if c.role not in ("value", None)} for one in (draft, card)]
    nested = keys[0] <= keys[1] or keys[1] <= keys[0]
    return kin if nested and kin.items and (kin.named_near or close) else None


def _items(draft: Card, card: Card) -> tuple[tuple[str, str], ...]:
    """Ids of values whose names say the same thing: 합계출산율 and 합계출산율(TFR), 출산율."""
    return tuple(
        (mine.id, theirs.id)
        for mine in draft.values()
        for theirs in card.values()
        if mine.id and theirs.id and _names_alike(_stem(mine), _stem(theirs))
    )


def _names_alike(one: str, other: str) -> bool:
    return one not in BARE and other not in BARE and (one in other or other in one)


def _stem(column: Column) -> str:
    """The name of an item without bracketed words and signs."""
    return re.sub(r"[\W_\d]+", "", re.sub(r"\(.*?\)|\[.*?\]", "", column.name.casefold()))


def _near(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two names share half of what the shorter one is about."""
    one, other = (frozenset(w for w in words if w not in WIDE and len(w) > 1) for words in (one, other))
    shared = len(one & other)
    return shared > 0 and 2 * shared >= min(len(one), len(other))


def is_its_data(kin: Kin, earlier: pd.DataFrame, later: pd.DataFrame) -> bool:
    """Whether rows of another name, or laid out otherwise, go on with what the card tells: its regions, its subject.

    Parameters
    ----------
    earlier, later : cleaned rows of the card and of the file.
    """
    places: list[str] = [name for name in PLACES if name in earlier and name in later]
    if not kin.items or not places or _regions_shared(earlier, later, places) < MOST_REGIONS:
        return False
    told = _told_by_both(kin, earlier, later, places)
    if len(told) < ENOUGH:
        return kin.same_layout or kin.named_near
    ratio = told[:, 1] / told[:, 0]
    usual = float(np.median(ratio))
    same = float(np.mean(np.abs(ratio - usual) <= NEAR * abs(usual))) > MOST
    equal = float(np.mean(np.isclose(ratio, 1.0, rtol=1e-9))) > MOST
    return same if kin.same_layout or kin.named_near else equal


def _regions_shared(earlier: pd.DataFrame, later: pd.DataFrame, places: list[str]) -> float:
    """Share of the regions told by either that both tell."""
    mine, theirs = (set(frame[places].fillna("").itertuples(index=False, name=None)) for frame in (later, earlier))
    return len(mine & theirs) / max(1, len(mine | theirs))


def _told_by_both(kin: Kin, earlier: pd.DataFrame, later: pd.DataFrame, places: list[str]) -> np.ndarray:
    """Values both tell of a region and period, (n, 2): the card's, never zero, and the file's."""
    keys = [*places, *(name for name in ("period", "span") if name in earlier and name in later)]
    pairs = [(a, b) for a, b in kin.items if a in later and b in earlier]
    both = [
        earlier[[*keys, old]]
        .rename(columns={old: "old"})
        .merge(later[[*keys, new]].rename(columns={new: "new"}), on=keys)
        for new, old in pairs
    ]
    if not both:
        return np.empty((0, 2))
    values = pd.concat(both)[["old", "new"]].to_numpy(float)
    told: np.ndarray = values[np.isfinite(values).all(axis=1) & (values[:, 0] != 0)]
    return told


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


def _differences(kin: Kin) -> str:
    """What is gone and what is new, in words."""
    return "; ".join(
        f"{what}: {', '.join(names[:8])}{' …' if len(names) > 8 else ''}"
        for what, names in ((_("not there any more"), kin.gone), (_("new"), kin.new))
        if names
    )


def changed_layout(file: Path, kin: Kin) -> CardError:
    """The newer file of a table is laid out otherwise than its card says."""
    return CardError(
        _("The file seems to be of the data set “{id}”, but its layout has changed ({changes}).").format(
            id=kin.card.id, changes=_differences(kin)
        ),
        str(file),
        _("Mend the card where the table has changed, or add the file as a data set of its own with --new."),
    )


def another_layout(file: Path, kin: Kin) -> CardError:
    """A file of another name that tells what a card tells, laid out otherwise."""
    return CardError(
        _("The file looks like “{id}” in another layout ({changes}).").format(
            id=kin.card.id, changes=_differences(kin)
        ),
        str(file),
        _(
            "If it is the same table, bring it into the layout of the card, or mend the card, and add it with "
            "--part-of {id}; if it is another table, add it with --new."
        ).format(id=kin.card.id),
    )


def another_name(file: Path, kin: Kin) -> CardError:
    """A file of another name with the columns and regions of a card, and nobody to ask."""
    return CardError(
        _("The file has the columns and regions of “{id}” ({title}) and another name.").format(
            id=kin.card.id, title=kin.card.title
        ),
        str(file),
        _("If it is the same table, add it with --part-of {id}; if it is another, with --new.").format(id=kin.card.id),
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
