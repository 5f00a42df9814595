"""Propose the columns of grid counts (격자 통계 제안): centre of the cell, period, and the counts."""

from __future__ import annotations

from sigun.catalog import words
from sigun.catalog.look import Look, Proposal
from sigun.catalog.propose_events import propose_points
from sigun.catalog.unit_words import split_unit
from sigun.ingest.layout import Column, Kind
from sigun.text import _

GRID = "격자id 격자 격자번호 격자코드 grid grid_id cell cell_id cellid"


def tells_cells(look: Look) -> bool:
    """Whether cells of a grid stand in the file, each with its centre, a period and a count."""
    centre = look.role("longitude") or look.role("x")
    return bool(words.find(GRID, look.headers) and centre and _period(look) and _counts(look))


def propose_cells(look: Look, _kind: Kind) -> Proposal:
    """The number of the cell names it only; its centre says where it is."""
    proposal = Proposal()
    propose_points(look, proposal)
    proposal.fields.append(Column(name=str(_period(look)), role="period"))
    for header in _counts(look):
        title, unit = split_unit(header)
        name = words.value_id(header, (str(c.id) for c in proposal.fields))
        proposal.fields.append(
            Column(
                name=header,
                id=name,
                title=title,
                type="number",
                role="value",
                unit=unit,
                measure=words.measure_said(title, unit, ""),
            )
        )
    proposal.to_confirm.append(_("Read as counts by cell of a grid; the coordinates are those of the cells' centres."))
    return proposal


def _period(look: Look) -> str | None:
    return look.period() or words.find(words.PERIODS, look.headers)


def _counts(look: Look) -> list[str]:
    """Numeric columns that are neither the place nor the period nor the cell's number; a `*` among numbers is one."""
    roles = {look.role("longitude"), look.role("latitude"), look.role("x"), look.role("y")}
    taken = {*roles, _period(look), words.find(GRID, look.headers)}
    return [header for header in look.headers if header not in taken and _mostly_numbers(look, header)]


def _mostly_numbers(look: Look, header: str) -> bool:
    told = look.text(header).dropna().str.strip()
    told = told[~told.isin(("*", "X", "x"))].head(5_000)
    return bool(len(told)) and bool(told.str.fullmatch(r"[\d,]+(\.\d+)?").all())
