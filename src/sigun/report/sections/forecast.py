"""Forecast (예측): what is expected over the coming days, where, and how sure that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from sigun.report.blocks import Block, Column, Figure, Section, Tile
from sigun.report.evidence import Evidence, Row
from sigun.report.laying import Tell, area_name, drawn, from_step, interval_column, span_cell, tabled, teller, told
from sigun.report.sections import backtest
from sigun.report.wording import Sentence, sentence
from sigun.text import _

TOP = 10
LOOKED_AT = 50  # cells


def section(ev: Evidence) -> Section | None:
    """The section, where the step ran."""
    if not ev.has("forecast"):
        return None
    tell = teller(ev, "forecast")
    blocks = (*told(expected(ev, tell), _against_last_year(ev, tell), _known(ev)), *map_of(ev), *_areas(ev))
    return Section("forecast", _("Expected reports"), blocks)


def city(ev: Evidence) -> Row | None:
    """The whole area over the first horizon."""
    rows = ev.rows("forecast", "city")
    return rows[-1] if rows else None


def horizon(ev: Evidence) -> Sentence:
    """The days that are forecast."""
    row = city(ev)
    if row is None:
        return sentence(_("the coming days"))
    return sentence(
        _("{first} to {last}"), first=row.show("horizon_start", "date"), last=row.show("horizon_end", "last_day")
    )


def expected(ev: Evidence, tell: Tell) -> Sentence | None:
    """How many are expected in all."""
    if ev.number("forecast", "expected") is None:
        return None
    return tell(
        _("For {days}, {n} are expected in the whole area."),
        days=horizon(ev),
        n=ev.ranged("forecast", "expected", "reports"),
    )


def tile(ev: Evidence) -> Tile | None:
    """The one number of the first screen."""
    row = ev.row("forecast", "facts", "expected") if ev.has("forecast") else None
    if row is None:
        return None
    level = ev.contract("interval", "level")
    bounds = sentence(_("{level} interval {span}"), level=level, span=span_cell(row, "number"))
    return Tile(
        sentence(_("Expected reports, {days}"), days=horizon(ev)),
        Sentence((row.show("number", "reports"),)),
        bounds if row.get("low") is not None else None,
        sentence(
            _("If the forecast holds, the count comes to lie inside the interval in {level} of cases."), level=level
        ),
        backtest.off(ev),
    )


def map_of(ev: Evidence) -> tuple[Block, ...]:
    """The map of expected reports."""
    if ev.by_area:
        what = sentence(_("Expected reports an area, {days}; numbers: rank"), days=horizon(ev))
        faded = _("Areas with the fewest expected are faded.")
    else:
        what = sentence(
            _("Expected reports a cell of {cell}, {days}; numbers: rank of the cell"),
            cell=ev.plan("space.cell", "metres"),
            days=horizon(ev),
        )
        faded = _("Cells with the fewest expected are faded.")
    return drawn(ev, "forecast_map", _title(ev), what, from_step(ev, sentence(faded)))


def first_map(ev: Evidence) -> Figure | None:
    """The same map, for the first screen."""
    blocks = map_of(ev) if ev.has("forecast") else ()
    drawing = next((b for b in blocks if isinstance(b, Figure)), None)
    if drawing is None:
        return None
    return replace(drawing, svg=drawing.svg.replace("forecast_map-", "first_map-"))  # an id stands once in a page


def _title(ev: Evidence) -> Sentence:
    tell = teller(ev, "forecast")
    names = [row.show("name", "word") for row in _busiest(ev)[:2]]
    if not names:
        return tell(_("Where reports are expected to be frequent"))
    known = dict(zip(("first", "second"), names, strict=False))
    if ev.by_area:
        one = _("Reports are expected to be most frequent in {first}")
        two = _("Reports are expected to be most frequent in {first} and {second}")
    else:  # a large area may have more in all than the area of the first cell
        one = _("The cells with the most reports expected lie in {first}")
        two = _("The cells with the most reports expected lie in {first} and {second}")
    return tell(one if len(names) == 1 else two, **known)


def _busiest(ev: Evidence) -> list[Row]:
    """The areas of the cells with most expected, each name once: what the map shows darkest."""
    if not ev.has("forecast", "cells"):
        return []
    cells = ev.result("forecast").tables["cells"]
    if "region" not in cells.columns:
        return []
    found: dict[str, Row] = {}
    for region in cells.nlargest(LOOKED_AT, "expected_count")["region"].dropna():
        area = ev.row("forecast", "areas", region)
        if area is not None and area.get("name"):
            found.setdefault(area["name"], area)
    return list(found.values())


def _against_last_year(ev: Evidence, tell: Tell) -> Sentence | None:
    bounds, usual = ev.bounds("forecast", "expected"), ev.number("forecast", "last_12m_rate")
    if usual is None:
        return None
    shown = {"usual": ev.fact("forecast", "last_12m_rate", "reports")}
    if bounds is not None and bounds[0] <= usual <= bounds[1]:
        return tell(
            _("The average of the last twelve months over as many days, {usual}, lies inside this interval."), **shown
        )
    return tell(
        _("The average of the last twelve months over as many days was {usual}, outside this interval."), **shown
    )


def _known(ev: Evidence) -> Sentence | None:
    row = city(ev)
    if row is None:
        return None
    return sentence(_("Only what was known by the start of {origin} went into it."), origin=row.show("origin", "date"))


def _top_areas(ev: Evidence) -> Sequence[Row]:
    rows = [r for r in ev.rows("forecast", "areas") if r.get("name")]
    return sorted(rows, key=lambda r: -r["expected_count"])


def _areas(ev: Evidence) -> tuple[Block, ...]:
    names = Counter(str(r["name"]) for r in _top_areas(ev))
    columns = (Column(_("Area")), Column(_("Expected reports"), True), interval_column(ev))
    cells = [
        (
            area_name(r, names),
            r.show("expected_count", "number", 2),
            span_cell(r, "number", 0, "q05", "q95"),
        )
        for r in _top_areas(ev)[:TOP]
    ]
    caption = sentence(_("Areas with the most expected reports, {days}"), days=horizon(ev))
    adds = _("Areas add up to the whole.") if ev.by_area else _("Cells add up to areas, areas to the whole.")
    return tabled("expected-areas", caption, columns, cells, sentence(adds))
