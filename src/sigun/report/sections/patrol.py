"""Patrol list (순찰 우선순위): where to look first, why, and what that buys."""

from __future__ import annotations

import json

from sigun.report.blocks import Block, Column, Section
from sigun.report.evidence import Evidence, Row, write_stored
from sigun.report.laying import Tell, drawn, from_step, interval_column, span_cell, tabled, teller, told
from sigun.report.wording import Sentence, Shown, from_stored, listed, sentence
from sigun.text import _

TOP = 20


def section(ev: Evidence) -> Section | None:
    """The section, where the step ran."""
    if not ev.has("patrol"):
        return None
    tell = teller(ev, "patrol")
    what = sentence(_("Places to visit, numbered by rank; random places are marked apart"))
    buys = sentence(_("Share of the reports at the places visited, by number of places; measured on past dates"))
    blocks = (
        *told(caught(ev, tell), _against_others(ev, tell), keep_random(ev)),
        *drawn(ev, "patrol_map", _title(ev, tell), what, from_step(ev)),
        *_places(ev),
        *drawn(ev, "patrol_capacity", _buys_title(ev, tell), buys, from_step(ev)),
        *_capacity(ev),
    )
    return Section("patrol", _("Patrol list"), blocks)


def caught(ev: Evidence, tell: Tell) -> Sentence | None:
    """What the capacity buys."""
    if ev.number("patrol", "share_caught") is None:
        return None
    return tell(
        _(
            "With {capacity} a day for {days}, {area} of the area is visited, where {share} of the reports are expected."
        ),
        capacity=ev.fact("patrol", "capacity", "places"),
        days=ev.fact("patrol", "days", "days"),
        area=ev.fact("patrol", "share_area", "share"),
        share=ev.ranged("patrol", "share_caught", "share"),
    )


def first_places(ev: Evidence, tell: Tell, n: int = 3) -> Sentence | None:
    """The first names on the list."""
    names: list[Shown | Sentence] = []
    seen: set[str] = set()
    for row in ev.rows("patrol", "places"):
        named = _where(row)
        if named.plain not in seen and not bool(row["random"]):
            seen.add(named.plain)
            names.append(named)
    return tell(_("Visit first: {names}."), names=listed(names[:n])) if names else None


def _where(row: Row) -> Sentence:
    columns = [c for c in ("name", "street") if row.get(c)]
    if len(columns) == 2 and row["name"] == row["street"]:
        columns = ["name"]
    parts = [row.show(c, "word") for c in columns]
    if not parts:
        return Sentence((row.show("latitude", "number", 4), ", ", row.show("longitude", "number", 4)))
    return Sentence(tuple(p for part in parts for p in (" ", part))[1:])


def _against_others(ev: Evidence, tell: Tell) -> Sentence | None:
    """Whether the list is better than last year's counts and than going anywhere."""
    past, bounds = ev.number("patrol", "share_last_12m"), ev.bounds("patrol", "share_caught")
    if past is None or bounds is None:
        return None
    known = {"past": ev.fact("patrol", "share_last_12m", "share"), "area": ev.fact("patrol", "share_area", "share")}
    if bounds[0] <= past <= bounds[1]:
        return tell(
            _(
                "A list by last year's counts would reach {past}, which lies inside the interval: no clear difference. Going anywhere would reach {area}."
            ),
            **known,
        )
    return tell(_("A list by last year's counts would reach {past}, going anywhere {area}."), **known)


def keep_random(ev: Evidence) -> Sentence | None:
    if not ev.number("patrol", "random_places"):
        return None
    return sentence(
        _("{random} of the {places} are drawn at random: only so does a report-driven list learn what it misses."),
        random=ev.fact("patrol", "random_places", "number"),
        places=ev.fact("patrol", "places", "places"),
    )


def _title(ev: Evidence, tell: Tell) -> Sentence:
    if ev.number("patrol", "expected") is None:
        return tell(_("Places where reports are expected to be frequent"))
    return tell(
        _("At the {places} of the list {n} are expected"),
        places=ev.fact("patrol", "places", "places"),
        n=ev.fact("patrol", "expected", "reports"),
    )


def _buys_title(ev: Evidence, tell: Tell) -> Sentence:
    rows = ev.rows("patrol", "capacity")
    if len(rows) > 2 and _gain(rows[-2], rows[-1]) < _gain(rows[0], rows[1]):
        return tell(_("More places catch more reports, but each further place adds less"))
    return tell(_("What a longer list would have caught"))


def _gain(short: Row, long: Row) -> float:
    return float((long["share_caught"] - short["share_caught"]) / (long["places"] - short["places"]))


def _reasons(row: Row) -> Sentence:
    ref, reasons = row.ref("reasons"), json.loads(row.get("reasons") or "[]")
    return listed([from_stored(r["template"], r["values"], ref, write_stored) for r in reasons], "; ")


def _places(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        Column(_("Rank"), True),
        Column(_("Place")),
        Column(_("Expected reports"), True),
        interval_column(ev),
        Column(_("Why")),
    )
    cells = [
        (
            r.show("rank", "number"),
            _where(r),
            r.show("expected_count", "number", 2),
            span_cell(r, "number", 0, "q05", "q95"),
            _reasons(r),
        )
        for r in ev.rows("patrol", "places")[:TOP]
    ]
    foot = sentence(_("The whole list is in the run's folder, for Excel and for maps."))
    return tabled("places", sentence(_("The first places of the list")), columns, cells, foot)


def _capacity(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        Column(_("Places"), True),
        Column(_("Share of area (%)"), True),
        Column(_("Share of reports (%)"), True),
        interval_column(ev),
        Column(_("by last year's counts (%)"), True),
        Column(_("at random (%)"), True),
    )
    cells = [
        (
            r.show("places", "number", 0),
            r.show("share_area", "bare_share", 1),
            r.show("share_caught", "bare_share", 1),
            span_cell(r, "bare_share", 1),
            r.show("share_last_12m", "bare_share", 1),
            r.show("share_random", "bare_share", 1),
        )
        for r in ev.rows("patrol", "capacity")
    ]
    return tabled("capacity", sentence(_("What a capacity buys")), columns, cells)
