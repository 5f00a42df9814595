"""Propose the columns of area tables, weather, outlines and address tables (지역·날씨·경계·주소 자료 제안)."""

from __future__ import annotations

from sigun.catalog import words
from sigun.catalog.look import Look, Proposal, personal_columns, time_column
from sigun.catalog.propose_events import propose_points
from sigun.catalog.propose_own import unit_column
from sigun.catalog.propose_statistics import scheme_of, school_years, unit_of_area, what_it_measures
from sigun.catalog.unit_words import split_unit
from sigun.errors import IngestError
from sigun.ingest.kma import HEADERS
from sigun.ingest.layout import Column, Kind, Role
from sigun.text import _

SKY = HEADERS["sky"]
KEYLIKE = ("코드", "code", "_id", "zip", "우편번호")


def propose_areas(look: Look, kind: Kind) -> Proposal:
    """Area (and period) and every numeric column."""
    proposal = Proposal()
    _region_columns(look, proposal)
    if kind == "area_periods":
        proposal.fields.append(time_column(look, proposal, str(look.period() or look.time_column()), "period"))
    _values(look, proposal)
    personal_columns(look, proposal, {c.name for c in proposal.fields})
    proposal.questions.extend(what_it_measures(proposal.values))
    proposal.questions.extend(unit_of_area(proposal.values))
    proposal.scheme = scheme_of(look, look.columns)
    proposal.to_confirm.extend(school_years(look.columns.periods))
    proposal.to_confirm.append(
        _("Read as areas and periods.") if kind == "area_periods" else _("Read as areas, one row each.")
    )
    return proposal


def propose_weather(look: Look, _kind: Kind) -> Proposal:
    """Day, station and every numeric column."""
    proposal = Proposal()
    day = look.period() or look.time_column()
    if day is not None:
        proposal.fields.append(time_column(look, proposal, day, "period"))
    station = words.find(words.STATIONS, look.headers)
    if station is not None:
        proposal.fields.append(Column(name=station, role="station"))
    if SKY in look.headers:
        proposal.fields.append(Column(name=SKY, id="sky", title=SKY, role="value"))
    _values(look, proposal)
    return proposal


def propose_stations(look: Look, _kind: Kind) -> Proposal:
    """Number, name, place of a station and the days it stood there."""
    proposal = Proposal()
    name = str(words.find(words.STATIONS, look.headers))
    proposal.fields.append(Column(name=name, role="station"))
    number = words.find(words.STATIONS, [h for h in look.headers if h != name])
    if number is not None:
        proposal.fields.append(Column(name=number, role="id"))
    spans: tuple[tuple[Role, str], ...] = (("since", words.SINCE), ("until", words.UNTIL))
    for role, said in spans:
        header = words.find(said, look.headers)
        if header is not None:
            proposal.fields.append(time_column(look, proposal, header, role))
    propose_points(look, proposal)
    return proposal


def propose_outlines(look: Look, _kind: Kind) -> Proposal:
    """Code, name, and numbers that came with the shapes."""
    proposal = Proposal()
    _region_columns(look, proposal)
    proposal.crs = _named_crs(look)
    _values(look, proposal)
    return proposal


def propose_addresses(look: Look, _kind: Kind) -> Proposal:
    """Address and point."""
    proposal = Proposal()
    header = str(look.role("address"))
    if look.is_home(header):
        raise _homes(look, header)
    proposal.fields.append(Column(name=header, role="address"))
    propose_points(look, proposal)
    personal_columns(look, proposal, {c.name for c in proposal.fields})
    return proposal


def _homes(look: Look, header: str) -> IngestError:
    return IngestError(
        _("“{column}” stands beside “{person}”: the file lists persons and where they live.").format(
            column=header, person=look.scanned[header].beside
        ),
        str(look.path),
        _("Hand over addresses and coordinates without the columns of persons."),
    )


def _region_columns(look: Look, proposal: Proposal) -> None:
    """A code where there is one is the region, and the name beside it its name."""
    name, code = words.find(words.AREA_NAMES, look.headers), words.find(words.AREA_CODES, look.headers)
    region = code or name
    if region is None:
        region = unit_column(look, None) or next(h for h in look.headers if h != "geometry")
    proposal.fields.append(Column(name=region, role="region"))
    if name is not None and name != region:
        proposal.fields.append(Column(name=name, role="region_name"))
    proposal.to_confirm.append(_("Column “{column}” is read as the area.").format(column=region))


def _values(look: Look, proposal: Proposal) -> None:
    """Numeric columns as values: unit from the header, id from its words."""
    roled = {c.name for c in proposal.fields} | {h for h in look.headers if words.find(words.STATIONS, [h])}
    for header in look.numeric():
        if header in roled or any(part in header.casefold() for part in KEYLIKE) or look.personal(header) is not None:
            continue
        title, unit = split_unit(header)
        name = words.value_id(header, (str(c.id) for c in proposal.fields))
        measure = words.measure_said(title, unit, "")
        proposal.fields.append(
            Column(name=header, id=name, title=title, type="number", role="value", unit=unit, measure=measure)
        )


def _named_crs(look: Look) -> str | None:
    """The CRS a GeoJSON names, in the older form of the format."""
    named = (look.table.schema.metadata or {}).get(b"crs", b"").decode()
    code = named.rsplit(":", 1)[-1]
    return f"EPSG:{code}" if "EPSG" in named and code.isdigit() and code != "4326" else None
