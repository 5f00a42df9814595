"""Propose a card for a file (자료명세 제안): what it is, what its columns mean, and what a person confirms."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sigun.catalog import words
from sigun.catalog.card import Card
from sigun.catalog.columns import is_counter
from sigun.catalog.facilities import named_by
from sigun.catalog.look import Look, Proposal, look_at
from sigun.catalog.propose_areas import (
    propose_addresses,
    propose_areas,
    propose_outlines,
    propose_stations,
    propose_weather,
)
from sigun.catalog.propose_cells import propose_cells, tells_cells
from sigun.catalog.propose_events import propose_events
from sigun.catalog.propose_facilities import propose_facilities, tells_facilities
from sigun.catalog.propose_own import OwnTable, own_table, propose_own, repeats_regions, spoiled
from sigun.catalog.propose_statistics import is_statistical, propose_statistics
from sigun.catalog.propose_travel import propose_travel, tells_ways
from sigun.catalog.questions import Question, answered
from sigun.errors import IngestError
from sigun.ingest.layout import Column, Kind, Role
from sigun.text import _

AREAS: tuple[Kind, ...] = ("areas", "area_periods")


def propose(path: Path) -> Card:
    """A card for the file, `to_confirm` listing what was guessed.

    Raises
    ------
    IngestError
        The file cannot be read, or is no data set we know: said with what it lacks.
    """
    return propose_from(look_at(Path(path)))


def propose_from(look: Look) -> Card:
    """A card from a first look, every question answered as proposed; errors as of `propose`."""
    draft = draft_from(look)
    return answered(draft.card, draft.questions, None)


@dataclass(frozen=True)
class Draft:
    """A card and what a person is asked before it stands."""

    card: Card
    questions: tuple[Question, ...]


def draft_from(look: Look) -> Draft:
    """A card from a first look with its open questions; errors as of `propose`."""
    try:
        kind = recognise_kind(look)
    except IngestError:
        if tells_codes(look):
            raise
        own = own_table(look)
        if own is None and (why := spoiled(look)) is not None:
            raise _spoiled(look, why) from None
        if own is None:
            raise
        return _own_draft(look, own)
    statistical = kind in AREAS and is_statistical(look)
    if kind in AREAS and not statistical and repeats_regions(look) and (own := own_table(look)) is not None:
        return _own_draft(look, own)
    make = propose_statistics if statistical else PROPOSALS[kind]
    proposed = make(look, kind)
    card = Card(
        id=table_id(look, kind, proposed.values) if statistical else card_id(look, kind),
        title=look.title[:400] if statistical else look.path.stem[:400],
        file=look.path.name,
        kind=kind,
        reading=look.reading,
        crs=proposed.crs,
        timezone=proposed.timezone,
        scheme=proposed.scheme,
        within=proposed.within,
        fields=tuple(proposed.fields),
        outcomes=proposed.outcomes,
        no_place=proposed.no_place,
        checks=proposed.checks,
        provenance={key: said[:400] for key, said in look.provenance.items()} if statistical else {},
        publisher=publisher(look.provenance.get("source", ""))[:400],
        source=look.provenance.get("url", "")[:400],
        to_confirm=tuple(line[:400] for line in (*proposed.to_confirm, *(() if statistical else look.guesses))),
        grade="S" if any(column.personal for column in proposed.fields) else "O",
    )
    return Draft(card, tuple(proposed.questions))


def _own_draft(look: Look, own: OwnTable) -> Draft:
    """A card of regions that no official table knows."""
    kind: Kind = "areas" if own.period is None else "area_periods"
    proposed = propose_own(look, own)
    card = Card(
        id=card_id(look, kind),
        title=look.path.stem[:400],
        file=look.path.name,
        kind=kind,
        reading=look.reading,
        own_regions=True,
        fields=tuple(proposed.fields),
        to_confirm=tuple(line[:400] for line in (*proposed.to_confirm, *look.guesses)),
        grade="S" if any(column.personal for column in proposed.fields) else "O",
    )
    return Draft(card, tuple(proposed.questions))


PROPOSALS: Mapping[Kind, Callable[[Look, Kind], Proposal]] = {
    "events": propose_events,
    "areas": propose_areas,
    "area_periods": propose_areas,
    "weather": propose_weather,
    "outlines": propose_outlines,
    "addresses": propose_addresses,
    "stations": propose_stations,
    "travel": propose_travel,
    "cells": propose_cells,
    "facilities": propose_facilities,
}


def publisher(source: str) -> str:
    """Who made the statistics, from a line like "통계청,「인구동향조사」"."""
    return re.split(r"[,，「『(]", source)[0].strip()


EVENT_ROLES: tuple[Role, ...] = ("id", "kind", "outcome", "status_text", "vehicle_key", "duplicate_of")


def recognise_kind(look: Look) -> Kind:  # noqa: PLR0911, PLR0912 - one return a kind
    """What kind of data set it is, by which columns there are."""
    if look.reading.format == "kma_strip":
        return "weather"
    if look.has_outlines:
        return "outlines"
    if look.reading.shape is not None:
        return _table_of_regions(look)
    if tells_ways(look):
        return "travel"
    if tells_cells(look):
        return "cells"
    if tells_codes(look):
        raise _codes(look)
    if tells_facilities(look):
        return "facilities"
    place = look.role("longitude") or look.role("x")
    address, region = look.role("address"), look.region()
    roles = [r for r in EVENT_ROLES if look.role(r)]
    event, when = bool(roles), look.time_column()
    counted = roles == ["id"] and not when and is_counter(str(look.role("id")), look.text(str(look.role("id"))))
    if place and words.find(words.STATIONS, look.headers) and words.find(words.SINCE, look.headers):
        return "stations"
    weather = [h for h in look.numeric() if words.WEATHER.search(h)]
    if when and weather and not (address or event):
        return "weather"
    if not (place or address or (event and not counted)) and is_statistical(look):
        return _table_of_regions(look)
    if when and (place or address or (region and event)):
        return "events"
    if place and address and not when and not event:
        return "addresses"
    if place and not when:
        raise _no_events(look)
    if region and set(look.numeric()) - set(look.columns.periods):
        return "area_periods" if when or look.period() else "areas"
    if when and region:
        return "events"
    raise _unknown(look)


def _table_of_regions(look: Look) -> Kind:
    """A statistical table is of regions, or it is not for us."""
    columns = look.columns
    if not columns.places or not columns.values:
        raise _unknown(look)
    return "area_periods" if columns.periods else "areas"


def tells_codes(look: Look) -> bool:
    """Whether the file is a table of region codes: codes and names, with the days from and to which they are valid."""
    squeezed = [words.squeeze(header) for header in look.headers]
    since = any(re.search(r"생성일|validfrom|yearfrom|^since$", h) for h in squeezed)
    until = any(re.search(r"말소일|폐지|validto|yearto|^until$", h) for h in squeezed)
    return since and until and any(re.search(r"코드|mois|kostat|code", h) for h in squeezed)


def card_id(look: Look, kind: Kind) -> str:
    """An id from the file's name where it is Latin, else from the words of its title, else the kind."""
    latin = re.sub(r"[^a-z0-9]+", "_", look.path.stem.casefold()).strip("_") if look.path.stem.isascii() else ""
    if kind == "facilities" and not latin:
        return named_by(look.path.stem) or kind
    return latin[:40].rstrip("_") if re.match(r"[a-z]{2}", latin) else kind


def table_id(look: Look, kind: Kind, values: Sequence[Column]) -> str:
    """An id of a statistical table: what its one value is, else the words of its title, else the file's name."""
    if len(values) == 1 and values[0].id not in (None, "value"):
        return str(values[0].id)
    squeezed = re.sub(r"\s+", "", look.title)
    found = next((english for word, english in words.IDS if word in squeezed), None)
    if found is not None or not look.path.stem.isascii():
        return found or kind
    latin = re.sub(r"[^a-z]+", "_", re.sub(r"(19|20)\d{2}\d*", "", look.path.stem.casefold())).strip("_")
    return latin[:40].rstrip("_") if re.match(r"[a-z][a-z_]", latin) else kind


def _codes(look: Look) -> IngestError:
    return IngestError(
        _("The file is a table of region codes, not of figures."),
        str(look.path),
        _("Take it in with `sigun regions import`."),
    )


def _no_events(look: Look) -> IngestError:
    counts = [h for h in look.headers if words.COUNT.search(words.squeeze(h))]
    what = (
        _("The file holds places and a count ({names}), but no date: it is not a file of events.").format(
            names=", ".join(counts)
        )
        if counts
        else _("The file holds places but no date: it is not a file of events.")
    )
    return IngestError(
        what,
        str(look.path),
        _("Ask for the single reports with their date and time; counts added up cannot be taken apart again."),
    )


def _spoiled(look: Look, why: str) -> IngestError:
    return IngestError(
        why,
        str(look.path),
        _(
            "Add the rows of other regions, take out rows told twice, or write a card by hand and add the file with "
            "--card (docs/how-to/own-panel.md)."
        ),
    )


def _unknown(look: Look) -> IngestError:
    return IngestError(
        _("It is not clear what the file holds. Columns: {names}").format(names=", ".join(look.headers[:20])),
        str(look.path),
        _(
            "Events need a date and a place (coordinates, an address or an area); area tables an area and numbers. "
            "Rename the columns, or write a card and add the file with --card."
        ),
    )
