"""Patrol list (순찰 우선순위): where to look first, why, and what that buys."""

from __future__ import annotations

import json

from sigun.report.blocks import Block, Column, Section
from sigun.report.evidence import Evidence, Row, write_stored
from sigun.report.laying import (
    Tell,
    clear,
    drawn,
    from_step,
    interval_column,
    row_clear,
    span_cell,
    tabled,
    teller,
    told,
)
from sigun.report.sections.evenness import evenness
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
        *told(caught(ev, tell), *_in_detail(ev, tell), keep_random(ev), _follows(ev)),
        *drawn(ev, "patrol_map", _title(ev, tell), what, from_step(ev)),
        *_places(ev),
        *_days(ev),
        *drawn(ev, "patrol_capacity", _buys_title(ev, tell), buys, from_step(ev)),
        *_capacity(ev),
        *evenness(ev, tell),
    )
    return Section("patrol", _("Patrol list"), blocks)


def caught(ev: Evidence, tell: Tell) -> Sentence | None:
    """What the capacity buys."""
    if ev.number("patrol", "share_caught") is None:
        return None
    days, places = ev.fact("patrol", "days", "days"), ev.fact("patrol", "places", "places")
    if _everywhere(ev):
        return tell(
            _("The list holds all there is ({places}): all are visited within {days}, and no choice is left."),
            places=places,
            days=days,
        )
    known = {"days": days, "area": _part(ev), "share": ev.ranged("patrol", "share_caught", "share")}
    if ev.number("patrol", "hours") is not None:
        return tell(
            _(
                "With {hours} a day for {days}, the rounds reach {places} ({area}); on past dates such rounds reached {share} of the reports."
            ),
            hours=ev.fact("patrol", "hours", "hours"),
            places=places,
            **known,
        )
    return tell(
        _(
            "With {capacity} a day for {days}, {area} is visited; on past dates such a list reached {share} of the reports."
        ),
        capacity=ev.fact("patrol", "capacity", "places"),
        **known,
    )


def _everywhere(ev: Evidence) -> bool:
    """Whether the list holds every place there is."""
    return ev.number("patrol", "share_area") == 1


def _part(ev: Evidence) -> Sentence:
    """How much of the whole is visited: of the ground, or of the areas by number."""
    words = _("{share} of the areas") if ev.by_area else _("{share} of the ground")
    return sentence(words, share=ev.fact("patrol", "share_area", "share"))


def _in_detail(ev: Evidence, tell: Tell) -> tuple[Sentence | None, ...]:
    """What is worth saying of a list that leaves something out."""
    if _everywhere(ev):
        return ()
    return _against_others(ev, tell), _no_better(ev, tell), _coming(ev, tell), _on_other_grids(ev, tell)


def _coming(ev: Evidence, tell: Tell) -> Sentence | None:
    """Why what is expected on the list need not be the share caught on past dates."""
    if ev.number("patrol", "share_caught") is None or ev.number("patrol", "expected") is None:
        return None
    return tell(
        _(
            "On the coming list {n} are expected; as a share of all that need not equal the share above, which is the mean over past dates of what really came in."
        ),
        n=ev.ranged("patrol", "expected", "reports"),
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
    """What last year's counts and going anywhere would have reached on the same dates."""
    bounds = ev.bounds("patrol", "difference_last_12m")
    if bounds is None:
        return None
    said = {
        "unclear": _(
            "On the same dates a list by last year's counts reached {past}, going anywhere {area}: this list was no better than last year's counts. The difference is {size}."
        ),
        "above": _(
            "On the same dates a list by last year's counts reached {past}, going anywhere {area}: this list was better than last year's counts. The difference is {size}."
        ),
        "below": _(
            "On the same dates a list by last year's counts reached {past}, going anywhere {area}: this list was worse than last year's counts. The difference is {size}."
        ),
    }
    return tell(
        said[clear(bounds)],
        past=ev.fact("patrol", "share_last_12m", "share"),
        area=ev.fact("patrol", _by_chance(ev), "share"),
        size=ev.ranged("patrol", "difference_last_12m", "points"),
    )


def _no_better(ev: Evidence, tell: Tell) -> Sentence | None:
    """The lengths at which a list that is better as planned would not be."""
    bounds = ev.bounds("patrol", "difference_last_12m")
    if clear(bounds) != "above":
        return None
    column = "places" if ev.number("patrol", "hours") is None else "hours"
    rows = [
        r for r in ev.rows("patrol", "capacity") if row_clear(r, 0.0, "difference_low", "difference_high") != "above"
    ]
    if not rows:
        return None
    lengths = listed([r.show(column, column, 0 if column == "places" else None) for r in rows])
    return tell(_("Lists of these lengths were no better than last year's counts: {lengths}."), lengths=lengths)


def _by_chance(ev: Evidence) -> str:
    """What going anywhere reaches: its share of the area; by hours fewer places, for chance lies farther apart."""
    return "share_area" if ev.number("patrol", "hours") is None else "share_random"


def _on_other_grids(ev: Evidence, tell: Tell) -> Sentence | None:
    """How far the share hangs on where the grid begins."""
    if ev.number("patrol", "share_caught_shift_low") is None:
        return None
    return tell(
        _("On a grid shifted by parts of a cell the same list would reach between {low} and {high}."),
        low=ev.fact("patrol", "share_caught_shift_low", "share"),
        high=ev.fact("patrol", "share_caught_shift_high", "share"),
    )


def _follows(ev: Evidence) -> Sentence | None:
    """Whose reports the list is built on, where patrols' finds are among them."""
    if not ev.number("patrol", "patrol_found"):
        return None
    known = {
        "found": ev.fact("patrol", "patrol_found", "reports"),
        "share": ev.fact("patrol", "patrol_found_share", "share"),
    }
    if ev.text("patrol", "trained_on") == "citizen":
        return sentence(
            _(
                "Patrols and staff found {found} themselves ({share}); the list is built on, and measured by, the other reports alone."
            ),
            **known,
        )
    return sentence(
        _("Patrols and staff found {found} themselves ({share}); the list is built on these and the others."), **known
    )


def keep_random(ev: Evidence) -> Sentence | None:
    """Why some places are drawn by lot; of a list that holds all there is nothing needs saying."""
    if not ev.number("patrol", "random_places") or _everywhere(ev):
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
    if ev.number("patrol", "hours") is not None:
        return tell(_("What fewer hours would have caught"))
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
        interval_column(),
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


def _days(ev: Evidence) -> tuple[Block, ...]:
    """The rounds, day by day."""
    columns = (
        Column(_("Day"), True),
        Column(_("Places"), True),
        Column(_("Minutes, with the way back"), True),
        Column(_("Kilometres"), True),
        Column(_("Expected reports"), True),
    )
    cells = [
        (
            r.show("day", "number"),
            r.show("places", "number"),
            r.show("minutes", "number", 0),
            r.show("km", "number", 1),
            r.show("expected_count", "number", 1),
        )
        for r in ev.rows("patrol", "days")
    ]
    if not cells:
        return ()
    return tabled("rounds", sentence(_("The rounds, day by day")), columns, cells, _on_the_way(ev))


def _on_the_way(ev: Evidence) -> Sentence:
    """What the minutes of a round are made of."""
    minutes = ev.fact("patrol", "minutes_per_place", "minutes")
    straight = {
        "detour": ev.fact("patrol", "detour", "plain"),
        "speed": ev.fact("patrol", "speed_kmh", "plain"),
    }
    if ev.number("patrol", "ways") is None:
        words = _("{minutes} at each place; straight lines times {detour} at {speed} km/h between them.")
        return sentence(words, minutes=minutes, **straight)
    by_table = {
        "minutes": minutes,
        "travel": ev.word("patrol", "travel"),
        "near": ev.fact("patrol", "near_metres", "metres"),
        "ways": ev.fact("patrol", "ways", "number"),
    }
    if not ev.number("patrol", "ways_not_told"):
        return sentence(
            _(
                "{minutes} at each place; travel times of all {ways} ways from “{travel}”, each place by its nearest point there within {near}."
            ),
            **by_table,
        )
    return sentence(
        _(
            "{minutes} at each place; travel times from “{travel}”, each place by its nearest point there within {near}. Of {ways} ways {n} are not told there, or join places at the same point, and are straight lines times {detour} at {speed} km/h."
        ),
        n=ev.fact("patrol", "ways_not_told", "number"),
        **by_table,
        **straight,
    )


def _capacity(ev: Evidence) -> tuple[Block, ...]:
    by_hours = ev.number("patrol", "hours") is not None
    columns = (
        *((Column(_("Hours a day"), True),) if by_hours else ()),
        Column(_("Places"), True),
        Column(_("Share of areas (%)") if ev.by_area else _("Share of area (%)"), True),
        Column(_("Share of reports (%)"), True),
        interval_column(),
        Column(_("by last year's counts (%)"), True),
        Column(_("difference to these (points)"), True),
        interval_column(),
        Column(_("at random (%)"), True),
    )
    cells = [
        (
            *((r.show("hours", "number", 1),) if by_hours else ()),
            r.show("places", "number", 0),
            r.show("share_area", "bare_share", 1),
            r.show("share_caught", "bare_share", 1),
            span_cell(r, "bare_share", 1),
            r.show("share_last_12m", "bare_share", 1),
            r.show("difference", "bare_share", 1),
            span_cell(r, "bare_share", 1, "difference_low", "difference_high"),
            r.show("share_random", "bare_share", 1),
        )
        for r in ev.rows("patrol", "capacity")
    ]
    return tabled("capacity", sentence(_("What a capacity buys")), columns, cells)
