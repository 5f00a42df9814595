"""Hotspots (밀집지역): where, neighbours included, there is more than chance would lay together."""

from __future__ import annotations

from collections import Counter

from sigun.report.blocks import Block, Column, Section
from sigun.report.evidence import Evidence, Row
from sigun.report.laying import (
    Tell,
    area_name,
    drawn,
    from_step,
    interval_column,
    measured,
    span_cell,
    tabled,
    teller,
    told,
)
from sigun.report.wording import Sentence, listed, sentence
from sigun.text import _

TOP = 10
FEW = 10  # reports: an area with fewer leads no title and no table


def section(ev: Evidence) -> Section | None:
    """The section, where the step ran."""
    if not ev.has("hotspot"):
        return None
    tell = teller(ev, "hotspot")
    what = sentence(_("Cells of {cell}, dense areas marked"), cell=ev.plan("space.cell", "metres"))
    areas = sentence(_("By area: {rate}"), rate=rate_words(ev, "hotspot"))
    blocks = (
        *told(found(ev, tell), _moran(ev, tell), _test(ev)),
        *drawn(ev, "hotspot_map", _title(ev, tell), measured(ev, what), from_step(ev, _only_points())),
        *drawn(ev, "hotspot_areas_map", _areas_title(ev, tell), measured(ev, areas), from_step(ev)),
        *_areas(ev),
    )
    return Section("hotspot", _("Dense areas"), blocks)


def rate_words(ev: Evidence, method: str) -> Sentence:
    """What a rate is: reports a year per so much of what they are divided by."""
    by = ev.text(method, "exposure")
    if not by or ev.number(method, "per") is None:
        return sentence(_("Rate"))
    per = ev.fact(method, "per", "number")
    if by == "area_km2":
        return sentence(_("reports a year per {per} km²"), per=per)
    if by == "population":
        return sentence(_("reports a year per {per} residents"), per=per)
    return sentence(_("reports a year per {per} of {exposure}"), per=per, exposure=ev.word(method, "exposure_title"))


def found(ev: Evidence, tell: Tell) -> Sentence:
    """How many cells are dense, and what share of reports they hold."""
    cells = ev.fact("hotspot", "cells", "cells")
    if not ev.number("hotspot", "hot_cells"):
        return tell(
            _("Of {cells}, none stands out clearly, its neighbours taken with it: chance alone could give this map."),
            cells=cells,
        )
    return tell(
        _("Of {cells}, {hot} are dense beyond what chance would give; they hold {share} of the reports."),
        cells=cells,
        hot=ev.fact("hotspot", "hot_cells", "number"),
        share=ev.ranged("hotspot", "hot_share", "share"),
    )


def _moran(ev: Evidence, tell: Tell) -> Sentence | None:
    """Whether neighbours resemble one another more than under shuffles."""
    value, bounds = ev.number("hotspot", "moran_i"), ev.bounds("hotspot", "moran_i")
    if value is None or bounds is None:
        return None
    row = ev.row("hotspot", "facts", "moran_i")
    assert row is not None
    known = {
        "value": row.show("number", "number"),
        "low": row.show("low", "number"),
        "high": row.show("high", "number"),
    }
    if bounds[0] <= value <= bounds[1]:
        return tell(
            _("Neighbouring cells are no more alike than under shuffles: Moran's I {value}, shuffles {low} to {high}."),
            **known,
        )
    return tell(
        _(
            "Neighbouring cells resemble one another more than under shuffles: Moran's I {value}, shuffles {low} to {high}."
        ),
        **known,
    )


def _test(ev: Evidence) -> Sentence | None:
    if ev.number("hotspot", "draws") is None or ev.number("hotspot", "false_discovery") is None:
        return None
    return sentence(
        _("A cell counts as dense when {draws} do not explain it and the share of false alarms is held at {rate}."),
        draws=ev.fact("hotspot", "draws", "draws"),
        rate=ev.fact("hotspot", "false_discovery", "level"),
    )


def _title(ev: Evidence, tell: Tell) -> Sentence:
    if not ev.number("hotspot", "hot_cells"):
        return tell(_("No place stands out clearly, its neighbours taken with it"))
    return tell(
        _("{hot} of {cells} stand out clearly, their neighbours taken with them"),
        hot=ev.fact("hotspot", "hot_cells", "number"),
        cells=ev.fact("hotspot", "cells", "cells"),
    )


def _areas_title(ev: Evidence, tell: Tell) -> Sentence:
    first: dict[str, Row] = {}
    for row in _by_rate(ev):
        if row["reports"] >= FEW:
            first.setdefault(row["name"], row)
    if not first:
        return tell(_("Reports by area"))
    names = listed([r.show("name", "word") for r in list(first.values())[:2]])
    return tell(_("The rate is highest in {names}"), names=names)


def _by_rate(ev: Evidence) -> list[Row]:
    return sorted((r for r in ev.rows("hotspot", "areas") if r.get("rate") is not None), key=lambda r: -r["rate"])


def _only_points() -> Sentence:
    return sentence(_("Reports without a point are left out of the map."))


def _areas(ev: Evidence) -> tuple[Block, ...]:
    rows, names = (
        [r for r in _by_rate(ev) if r["reports"] >= FEW][:TOP],
        Counter(str(r["name"]) for r in ev.rows("hotspot", "areas")),
    )
    columns = (
        Column(_("Area")),
        Column(_("Reports"), True),
        Column(rate_words(ev, "hotspot"), True),
        interval_column(),
        Column(_("Dense")),
    )
    yes = sentence(_("● dense"))
    cells = [
        (
            area_name(r, names),
            r.show("reports", "number", 0),
            r.show("rate", "number", 2),
            span_cell(r, "number", 2),
            yes if bool(r["hot"]) else Sentence(("",)),
        )
        for r in rows
    ]
    foot = sentence(
        _(
            "The areas of ten reports or more with the highest rates; small areas lean on the whole. Dense: high together with the areas around, so a single high area is not marked."
        )
    )
    return tabled("areas", sentence(_("Areas by rate of reports")), columns, cells, foot)
