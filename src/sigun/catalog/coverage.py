"""What a table covers (수록 범위): regions and periods, from its rows and never from its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from sigun.ingest.labels import NATION, SIDO, sido_of
from sigun.ingest.place_names import PLACES
from sigun.ingest.together import written
from sigun.region.codes import Codes
from sigun.region.identify import NUMBERING, UNKNOWN, identify
from sigun.region.numbering import Scheme
from sigun.text import N_, Message, say

NAMED = 8  # regions named one by one
STRANGE = N_(
    "None of the {n} regions is in the official table ({names}): outlines with these names must tell where they are, "
    "or a plan takes them as they are named (`unit: own`; docs/how-to/own-panel.md)."
)


def coverage(frame: pd.DataFrame, rows: int | None = None) -> tuple[Message, ...]:
    """How many rows (the frame's, unless said), regions and periods, of which 시도; nothing for other tables."""
    places = [name for name in PLACES if name in frame]
    if "sido" not in places:
        return ()
    regions = len(frame[places].drop_duplicates())
    said = [say(N_("{rows} rows: {regions} regions."), rows=len(frame) if rows is None else rows, regions=regions)]
    if "period" in frame:
        days = frame.sort_values("period")[["period", "span"]].drop_duplicates()
        first, last = (written(*days.iloc[at]) for at in (0, -1))
        several = say(N_("{n} periods, {first} – {last}."), n=len(days), first=first, last=last)
        said.append(several if len(days) > 1 else say(N_("One period: {first}."), first=first))
    sidos = sidos_of(frame)
    if sidos:
        said.append(say(N_("시도: {names}"), names=", ".join(sidos)))
    return tuple(said)


def sidos_of(frame: pd.DataFrame) -> list[str]:
    """The short names of the 시도 the rows are of, in the order they come."""
    names = (sido_of(str(label)) for label in frame["sido"].dropna().unique() if label != NATION)
    return list(dict.fromkeys(name for name in names if name is not None))


def name_tells_otherwise(path: Path, frame: pd.DataFrame) -> Iterator[Message]:
    """A file whose name tells of other 시도 than its rows do."""
    if "sido" not in frame:
        return
    named = _named(path.stem)
    told = set(sidos_of(frame))
    if named and told and named != told and len(told) < len(set(SIDO.values())) - 1:
        said = N_("The file's name tells of {named}; its rows are of {told}. The rows count.")
        yield say(said, named=", ".join(sorted(named)), told=", ".join(sorted(told)))


def _named(stem: str) -> set[str]:
    """The 시도 a name tells of: words that are made of names of 시도 alone."""
    longest = sorted(SIDO, key=len, reverse=True)
    names = re.compile("(" + "|".join(longest) + ")[시도]?")
    found: set[str] = set()
    for word in re.split(r"[\s_+().,\-\[\]\d]+", stem):
        if word and not names.sub("", word):
            found |= {SIDO[hit] for hit in names.findall(word)}
    return found


def unknown_regions(
    frame: pd.DataFrame, codes: Codes, scheme: Scheme | None = None, within: str = ""
) -> Message | None:
    """The regions the official table does not know: some of them, or all; 읍면동 are not looked for without its table.

    Examples
    --------
    >>> from sigun.region.codes import shipped
    >>> rows = pd.DataFrame({"sido": "서울특별시", "sigungu": ["종로구", "달나라구"]})
    >>> unknown_regions(rows, shipped()).values["names"]
    '서울특별시 달나라구'
    """
    places = frame[[name for name in PLACES if name in frame]].drop_duplicates()
    if places.empty or not len(places.columns):
        return None
    found = identify(places, codes, scheme, within)
    strange = found.unmatched[found.unmatched["reason"].isin([UNKNOWN, NUMBERING])]["place"].tolist()
    if not strange:
        return None
    names = ", ".join(strange[:NAMED]) + (", …" if len(strange) > NAMED else "")
    if len(strange) == len(places):
        return say(STRANGE, n=len(strange), names=names)
    return say(
        N_("Regions that are not known: {n} ({names}). Look at them with `sigun regions check`."),
        n=len(strange),
        names=names,
    )
