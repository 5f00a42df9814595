"""Propose the columns of a table of ways (이동시간표 제안): both ends, how long each takes, how far it is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sigun.catalog import words
from sigun.catalog.look import Look, Proposal
from sigun.catalog.propose_events import crs_guess
from sigun.catalog.unit_words import split_unit
from sigun.ingest.layout import Column, Kind, Role
from sigun.ingest.places import DEGREES, recognise
from sigun.ingest.travel import KILOMETRES, MINUTES

MEASURES: tuple[tuple[Role, Mapping[str, float]], ...] = (
    ("travel_time", MINUTES),
    ("travel_distance", KILOMETRES),
)


def tells_ways(look: Look) -> bool:
    """Whether both ends of ways and a time or a distance stand in the file."""
    ends = all(_end(look, role) for role in words.WAY_ENDS)
    return ends and any(_measure(look, role) for role, _units in MEASURES)


def propose_travel(look: Look, _kind: Kind) -> Proposal:
    """Both ends, then what is told of the way; a unit that no header names is left for a person to write."""
    proposal = Proposal()
    for role in words.WAY_ENDS:
        proposal.fields.append(Column(name=str(_end(look, role)), role=role, type="number"))
    first, second = (look.numbers(column.name) for column in proposal.fields[:2])
    looks = recognise(first, second)
    if looks.crs not in (None, DEGREES):
        proposal.crs = looks.crs
        proposal.to_confirm.append(crs_guess(str(looks.crs), looks.also))
    for role, units in MEASURES:
        header = _measure(look, role)
        if header is not None:
            proposal.fields.append(Column(name=header, role=role, type="number", unit=_unit(header, units)))
    return proposal


def _end(look: Look, role: Role) -> str | None:
    header = words.find(words.WAY_ENDS[role], look.headers)
    return header if header is not None and look.is_numeric(header) else None


def _measure(look: Look, role: Role) -> str | None:
    header = words.find(words.WAY_MEASURES[role], look.headers)
    return header if header is not None and look.is_numeric(header) else None


def _unit(header: str, units: Mapping[str, float]) -> str:
    """The unit in brackets behind the name, or the last of its words that is one: duration_min.

    >>> _unit("소요시간(분)", MINUTES), _unit("duration_min", MINUTES), _unit("duration", MINUTES)
    ('분', 'min', '')
    """
    said = split_unit(header)[1]
    parts = re.split(r"[\s_.·\-/]+", header.casefold())
    return said or next((part for part in reversed(parts) if part in units), "")
