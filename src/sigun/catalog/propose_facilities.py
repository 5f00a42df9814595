"""Propose the columns of a file of places (시설 자료 제안): number, kind, point, and what each place holds."""

from __future__ import annotations

import re

from sigun.catalog import words
from sigun.catalog.facilities import AS_OF, KINDS, NUMBER, UNITS, holds, value_id
from sigun.catalog.look import Look, Proposal, personal_columns, time_column
from sigun.catalog.propose_events import MANY_WORDS, propose_points
from sigun.catalog.unit_words import split_unit
from sigun.ingest.layout import Column, Kind
from sigun.text import _

NO_VALUE = re.compile(r"번호|코드|기호|우편|code|zip|phone|tel|(^|_)id$|순번|연번|^no\.?$", re.IGNORECASE)
CODED = re.compile(r"(번호|코드|기호|id)$", re.IGNORECASE)
PERSONS = re.compile(r"전화|팩스|연락처|우편|사업자|등록번호|phone|fax", re.IGNORECASE)


def tells_facilities(look: Look) -> bool:
    """Whether places that hold something stand in the file: points, a capacity or users, and no time of an event."""
    place = look.role("longitude") or look.role("x")
    return bool(place and not look.time_column() and any(holds(header) for header in _numbers(look)))


def propose_facilities(look: Look, _kind: Kind) -> Proposal:
    """Number and kind of each place, its point, the day it is as of, and every number as a value."""
    proposal = Proposal()
    number = words.find(NUMBER, look.headers) or next((h for h in look.headers if _names_rows(look, h)), None)
    if number is not None and look.personal(number) is None:
        proposal.fields.append(Column(name=number, role="id"))
    kind = words.find(KINDS, [h for h in look.headers if h != number])
    if kind is not None and look.text(kind).nunique() <= MANY_WORDS and not look.is_numeric(kind):
        proposal.fields.append(Column(name=kind, role="kind"))
    propose_points(look, proposal)
    day = words.find(AS_OF, look.headers)
    if day is not None and look.text(day).notna().any():
        form = time_column(look, proposal, day, "period") if look.is_time(day) else Column(name=day, role="period")
        proposal.fields.append(form)
    _values(look, proposal)
    personal_columns(look, proposal, {c.name for c in proposal.fields})
    proposal.to_confirm.append(_("Read as facilities, one row a place."))
    return proposal


def _names_rows(look: Look, header: str) -> bool:
    """A column of codes, none of them told twice."""
    coded = CODED.search(words.squeeze(header)) and not PERSONS.search(header) and look.personal(header) is None
    return bool(coded) and bool(look.text(header).dropna().is_unique)


def _numbers(look: Look) -> list[str]:
    """Numeric columns that are no coordinate, code or day."""
    roles = ("longitude", "latitude", "x", "y")
    taken = {*(look.role(role) for role in roles), words.find(AS_OF, look.headers)}  # type: ignore[arg-type]
    return [
        h
        for h in look.numeric()
        if h not in taken and not NO_VALUE.search(words.squeeze(h)) and look.personal(h) is None
    ]


def _values(look: Look, proposal: Proposal) -> None:
    """Every number by its words: 정원 is capacity, 현원 users, 대기 waiting; they stand there on a day."""
    roled = {c.name for c in proposal.fields}
    for header in (h for h in _numbers(look) if h not in roled):
        title, unit = split_unit(header)
        name = value_id(header, [str(c.id) for c in proposal.fields])
        known = holds(header) is not None
        proposal.fields.append(
            Column(
                name=header,
                id=name,
                title=title,
                type="number",
                role="value",
                unit=unit or (UNITS.get(name, "") if known else ""),
                measure="stock" if known else words.measure_said(title, unit, ""),
            )
        )
