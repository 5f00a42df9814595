"""Propose the columns of an event file (사건 자료 제안)."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pyarrow as pa

from sigun.catalog import words
from sigun.catalog.look import Look, Proposal, personal_columns, time_column
from sigun.ingest.layout import Column, Kind, Role
from sigun.ingest.outcomes import propose_outcomes
from sigun.ingest.personal import looks_keyed
from sigun.ingest.places import DEGREES, recognise
from sigun.text import _

MANY_WORDS = 40  # different values; beyond that a status column is free text
ZONES: Mapping[frozenset[int], str] = {
    frozenset({540}): "Asia/Seoul",
    frozenset({-300, -240}): "America/New_York",
    frozenset({-360, -300}): "America/Chicago",
    frozenset({-420, -360}): "America/Denver",
    frozenset({-480, -420}): "America/Los_Angeles",
    frozenset({0, 60}): "Europe/London",
}
"""Offsets met within one column (minutes) and the zone they are most likely of."""

PLAIN: tuple[Role, ...] = ("id", "kind", "channel", "duplicate_of")


def propose_events(look: Look, _kind: Kind) -> Proposal:
    """Roles by header, checked against the values."""
    proposal = Proposal()
    for role in PLAIN:
        _plain(look, proposal, role)
    _times(look, proposal)
    propose_points(look, proposal)
    _address(look, proposal)
    _region(look, proposal)
    _outcome(look, proposal)
    _vehicle(look, proposal)
    _order(look, proposal)
    personal_columns(look, proposal, {c.name for c in proposal.fields})
    return proposal


def propose_points(look: Look, proposal: Proposal) -> None:
    """Coordinates and the system they are in."""
    pairs: tuple[tuple[Role, Role], ...] = (("longitude", "latitude"), ("x", "y"))
    for pair in pairs:
        first, second = look.role(pair[0]), look.role(pair[1])
        if first is None or second is None:
            continue
        looks = recognise(look.numbers(first), look.numbers(second))
        if looks.swapped and pair == ("x", "y"):  # surveyors call the northing X
            first, second = second, first
            proposal.to_confirm.append(
                _("“{first}” is read as the coordinate to the east: surveyors swap X and Y.").format(first=first)
            )
        proposal.fields += [
            Column(name=first, role=pair[0], type="number"),
            Column(name=second, role=pair[1], type="number"),
        ]
        if looks.crs not in (None, DEGREES):
            proposal.crs = looks.crs
            proposal.to_confirm.append(crs_guess(str(looks.crs), looks.also))
        return


def crs_guess(crs: str, also: tuple[str, ...]) -> str:
    """What a person is to look at where the system was told by size."""
    if also:
        return _(
            "Coordinates are read as {crs}; they fit {also} as well, 100 km apart. Look at one known place on the map."
        ).format(crs=crs, also=", ".join(also))
    return _("Coordinates are read as {crs} by their size.").format(crs=crs)


def _plain(look: Look, proposal: Proposal, role: Role) -> None:
    header = look.role(role)
    if header is None or header in {c.name for c in proposal.fields} or look.personal(header) is not None:
        return
    if role == "kind" and look.text(header).nunique() > MANY_WORDS:
        return
    proposal.fields.append(Column(name=header, role=role))


def _times(look: Look, proposal: Proposal) -> None:
    roles: tuple[Role, ...] = ("occurred_at", "updated_at", "closed_at")
    for role in roles:
        header = look.role(role)
        if header is not None and header not in {c.name for c in proposal.fields}:
            proposal.fields.append(time_column(look, proposal, header, role))
    clock = look.role("occurred_time")
    if clock is not None:
        proposal.fields.append(Column(name=clock, role="occurred_time"))
    _zone(look, proposal)


def _zone(look: Look, proposal: Proposal) -> None:
    header = str(look.role("occurred_at"))
    kind = look.table[header].type
    if pa.types.is_timestamp(kind):
        if kind.tz is not None:
            proposal.timezone = kind.tz
            proposal.to_confirm.append(_("Times are the wall clock of {zone}.").format(zone=kind.tz))
        return
    offsets = look.times(header).offsets.dropna()
    if not len(offsets):
        return
    zone = ZONES.get(frozenset(offsets.astype(int).unique().tolist()))
    proposal.timezone = zone
    proposal.to_confirm.append(
        _("Times carry an offset from Greenwich; they are read as the wall clock of {zone}.").format(zone=zone)
        if zone
        else _("Times carry an offset from Greenwich; write the time zone into the card (`timezone: Asia/Seoul`).")
    )


def _address(look: Look, proposal: Proposal) -> None:
    places = [h for h in look.headers if not look.is_home(h)]
    header = words.find(words.EVENT_WORDS["address"], places) or next((h for h in places if _is_address(h, look)), None)
    if header is not None:
        proposal.fields.append(Column(name=header, role="address"))
        said = pd.Series(look.text(header).dropna().unique(), dtype="str")
        proposal.no_place = tuple(sorted(said[said.str.casefold().isin(words.NOWHERE)]))
    if not any(c.role in ("longitude", "x") for c in proposal.fields) and header is not None:
        proposal.to_confirm.append(
            _("There are addresses only. Points need a table of addresses and coordinates: add it as another file.")
        )


def _is_address(header: str, look: Look) -> bool:
    return ("주소" in header or "소재지" in header) and look.personal(header) is None and not look.is_numeric(header)


def _region(look: Look, proposal: Proposal) -> None:
    header = look.role("region")
    if header is not None and header not in {c.name for c in proposal.fields}:
        proposal.fields.append(Column(name=header, role="region"))
        proposal.to_confirm.append(_("Column “{column}” is read as the area of the event.").format(column=header))


def _outcome(look: Look, proposal: Proposal) -> None:
    value, text = look.role("outcome"), look.role("status_text")
    if value is not None and look.text(value).nunique() > MANY_WORDS and text is None:
        value, text = None, value
    values = sorted(look.text(value).dropna().unique()) if value is not None else []
    if len(values) > MANY_WORDS:
        value, values = None, []
    if value is not None:
        proposal.fields.append(Column(name=value, role="outcome"))
    if text is not None:
        proposal.fields.append(Column(name=text, role="status_text", personal=look.personal(text), action="drop"))
    proposal.outcomes = propose_outcomes(values, look.text(text) if text is not None else None)
    if proposal.outcomes:
        proposal.to_confirm.append(
            _("What the words of the status mean for the outcome is a guess: see `outcomes` below.")
        )


def _vehicle(look: Look, proposal: Proposal) -> None:
    header = look.role("vehicle_key") or next((h for h in look.headers if _is_plate(h, look)), None)
    if header is None or _roled(header, proposal):
        return
    if looks_keyed(look.text(header)):
        proposal.fields.append(Column(name=header, role="vehicle_key"))
        return
    proposal.fields.append(Column(name=header, role="vehicle_key", personal="plate", action="hash"))
    proposal.to_confirm.append(
        _("Plates of “{column}” are replaced by keyed hashes; the original file is sealed.").format(column=header)
    )


def _is_plate(header: str, look: Look) -> bool:
    """A column of plates, not a text that also holds one."""
    return look.personal(header) == "plate" and bool(look.text(header).str.len().median() < 16)


def _roled(header: str, proposal: Proposal) -> bool:
    return any(c.name == header for c in proposal.fields)


def _order(look: Look, proposal: Proposal) -> None:
    """Columns as they stand in the file."""
    at = {h: i for i, h in enumerate(look.headers)}
    proposal.fields.sort(key=lambda c: at[c.name])
