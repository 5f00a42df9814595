"""Forecast (예측): what is expected over the coming days, where, and how sure that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sigun.report.blocks import Block, Column, Figure, Section, Tile
from sigun.report.evidence import Evidence, Row
from sigun.report.laying import Tell, area_name, drawn, from_step, interval_column, span_cell, tabled, teller, told
from sigun.report.sections import backtest
from sigun.report.wording import Sentence, sentence
from sigun.text import _

TOP = 10
LOOKED_AT = 50  # cells
LEAST_LEAVING = 0.0005  # share of reports: less would be written as nothing


def section(ev: Evidence) -> Section | None:
    """The section, where the step ran."""
    if not ev.has("forecast"):
        return None
    tell = teller(ev, "forecast")
    blocks = (
        *told(expected(ev, tell), _against_last_year(ev, tell), _known(ev)),
        *told(_leaving(ev), _weather(ev), *_of_the_weather(ev), _campaigns(ev)),
        *map_of(ev),
        *_areas(ev),
    )
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


def _leaving(ev: Evidence) -> Sentence | None:
    """How many of the last weeks' reports are still to be withdrawn, and what that took off."""
    share = ev.number("forecast", "still_leaving")
    if share is None:
        return None
    if share < LEAST_LEAVING:
        return sentence(_("No recent report is expected to be withdrawn later, so nothing was taken off for that."))
    return sentence(
        _(
            "Of the reports of the last weeks {share} are expected to be withdrawn later, mostly as duplicates: the "
            "total is {less} lower for it."
        ),
        share=ev.fact("forecast", "still_leaving", "share"),
        less=ev.fact("forecast", "leaving_lowers", "share"),
    )


def _weather(ev: Evidence) -> Sentence:
    """Whether the weather went into it, and why not."""
    outcome = ev.text("forecast", "weather")
    if not outcome:
        return sentence(_("No weather went into it: the plan does not ask for it."))
    if outcome == "too_short":
        return sentence(
            _(
                "The plan asks for the weather, but there is too little of it, or of reports, to learn from: it is left out."
            )
        )
    said = {
        "used": _("The weather went into it: tried on {year}, it changed the error of the total by {change}."),
        "no_better": _(
            "Weather was tried and left out: on {year} it would have changed the error of the total by {change}, "
            "no clear gain."
        ),
    }
    return sentence(
        said[outcome],
        year=ev.fact("forecast", "tuned_on", "year"),
        change=ev.fact("forecast", "weather_change", "share"),
    )


def _of_the_weather(ev: Evidence) -> Iterator[Sentence]:
    """Which weather is meant; and why the check on the past may use it where this forecast does not, or the reverse."""
    outcome = ev.text("forecast", "weather")
    if outcome not in ("used", "no_better"):
        return
    if ev.finished.plan.conditions.weather == "forecast":
        yield sentence(_("Days before the start have their observed weather, days to come the one foretold by then."))
    else:
        yield sentence(
            _("Days before the start have their observed weather, days to come what is usual for the season.")
        )
    on_past = ev.number("backtest", "weather_origins") if ev.has("backtest") else None
    if on_past is None or not ev.text("backtest", "tuned_on") or (outcome == "used") == (on_past > 0):
        return
    known = {"years": ev.word("backtest", "tuned_on")}
    if not on_past:
        yield sentence(
            _("Each year is judged by the year before it: the check on the past, judged by {years}, did without."),
            **known,
        )
        return
    yield sentence(
        _("Each year is judged by the year before it: the check on the past, judged by {years}, used it on {n}."),
        n=ev.fact("backtest", "weather_origins", "origins"),
        **known,
    )


def _campaigns(ev: Evidence) -> Sentence:
    """Whether a campaign falls into the horizon, and what earlier ones brought."""
    inside = ev.number("forecast", "campaign_days")
    if inside is None:
        return sentence(_("No campaign went into it: the plan names none."))
    if inside == 0:
        return sentence(_("No campaign announced before falls into these days."))
    days = ev.fact("forecast", "campaign_days", "days")
    if ev.number("forecast", "campaigns_seen") == 0:
        return sentence(
            _("An announced campaign covers {days} of it, but no earlier one is over to learn from: it is left out."),
            days=days,
        )
    return sentence(
        _("An announced campaign covers {days} of it; after {n} earlier, a day in one brings {ratio} as many reports."),
        days=days,
        n=ev.fact("forecast", "campaigns_seen", "number"),
        ratio=ev.ranged("forecast", "campaign_ratio", "times"),
    )


def _top_areas(ev: Evidence) -> Sequence[Row]:
    rows = [r for r in ev.rows("forecast", "areas") if r.get("name")]
    return sorted(rows, key=lambda r: -r["expected_count"])


def _areas(ev: Evidence) -> tuple[Block, ...]:
    names = Counter(str(r["name"]) for r in _top_areas(ev))
    columns = (Column(_("Area")), Column(_("Expected reports"), True), interval_column())
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
