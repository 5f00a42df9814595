"""Propose a card for a file (자료명세 제안): what it is, what its columns mean, and what a person confirms."""

from __future__ import annotations

import re
from pathlib import Path

from sigun.catalog import words
from sigun.catalog.card import Card
from sigun.catalog.look import Look, look_at
from sigun.catalog.propose_areas import (
    propose_addresses,
    propose_areas,
    propose_outlines,
    propose_stations,
    propose_weather,
)
from sigun.catalog.propose_events import propose_events
from sigun.catalog.propose_travel import propose_travel, tells_ways
from sigun.errors import IngestError
from sigun.ingest.layout import Kind
from sigun.text import _


def propose(path: Path) -> Card:
    """A card for the file, `to_confirm` listing what was guessed.

    Raises
    ------
    IngestError
        The file cannot be read, or is no data set we know: said with what it lacks.
    """
    return propose_from(look_at(Path(path)))


def propose_from(look: Look) -> Card:
    """A card from a first look; errors as of `propose`."""
    kind = recognise_kind(look)
    proposed = {
        "events": propose_events,
        "areas": propose_areas,
        "area_periods": propose_areas,
        "weather": propose_weather,
        "outlines": propose_outlines,
        "addresses": propose_addresses,
        "stations": propose_stations,
        "travel": propose_travel,
    }[kind](look, kind)
    return Card(
        id=card_id(look.path, kind),
        title=look.path.stem[:400],
        file=look.path.name,
        kind=kind,
        reading=look.reading,
        crs=proposed.crs,
        timezone=proposed.timezone,
        fields=tuple(proposed.fields),
        outcomes=proposed.outcomes,
        no_place=proposed.no_place,
        to_confirm=tuple(line[:400] for line in proposed.to_confirm),
        grade="S" if any(column.personal for column in proposed.fields) else "O",
    )


def recognise_kind(look: Look) -> Kind:  # noqa: PLR0911 - one return a kind
    """What kind of data set it is, by which columns there are."""
    if look.reading.format == "kma_strip":
        return "weather"
    if look.has_outlines:
        return "outlines"
    if tells_ways(look):
        return "travel"
    place = look.role("longitude") or look.role("x")
    address, region = look.role("address"), look.region()
    event = any(look.role(r) for r in ("id", "kind", "outcome", "status_text", "vehicle_key", "duplicate_of"))
    when = look.time_column()
    if place and words.find(words.STATIONS, look.headers) and words.find(words.SINCE, look.headers):
        return "stations"
    weather = [h for h in look.numeric() if words.WEATHER.search(h)]
    if when and weather and not (address or event):
        return "weather"
    if when and (place or address or (region and event)):
        return "events"
    if place and address and not when and not event:
        return "addresses"
    if place and not when:
        raise _no_events(look)
    if region and look.numeric():
        return "area_periods" if when or look.period() else "areas"
    if when and region:
        return "events"
    raise _unknown(look)


def card_id(path: Path, kind: Kind) -> str:
    """An id from the file's name where it is Latin, else the kind."""
    if not path.stem.isascii():
        return kind
    latin = re.sub(r"[^a-z0-9]+", "_", path.stem.casefold()).strip("_")
    return latin[:40].rstrip("_") if re.match(r"[a-z]{2}", latin) else kind


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


def _unknown(look: Look) -> IngestError:
    return IngestError(
        _("It is not clear what the file holds. Columns: {names}").format(names=", ".join(look.headers[:20])),
        str(look.path),
        _(
            "Events need a date and a place (coordinates, an address or an area); area tables an area and numbers. "
            "Rename the columns, or write a card and add the file with --card."
        ),
    )
