"""Supply and demand (수급분석): where how many places are missing within reach, how sure that is, and on what it rests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sigun.report.blocks import Block, Column, Figure, FirstScreen, Section, Tile
from sigun.report.evidence import Evidence, Row
from sigun.report.laying import Tell, drawn, tabled, teller, told
from sigun.report.wording import Sentence, Shown, Value, listed, sentence
from sigun.text import N_, _

STEP = "supply_demand"
ALONE = frozenset({STEP, "coverage", "quality", "summary"})
NAMED = 3  # areas in a sentence
LISTED = 40  # areas in the table
TRUST = {"firm": N_("firm"), "mixed": N_("mixed")}
STATES = {
    "lacking": N_("lacking inside too"),
    "shared": N_("enough inside, shared with neighbours"),
    "served": N_("served by neighbours"),
    "enough": N_("enough"),
}
DECAYS = {
    "gaussian": N_("smoothly fewer with the distance"),
    "step": N_("three rings"),
    "none": N_("all within it alike"),
}


def is_alone(ev: Evidence) -> bool:
    """Whether the plan asks for nothing else but a look at the data."""
    return STEP in ev.finished.results and set(ev.finished.results) <= ALONE


def first_screen(ev: Evidence) -> FirstScreen:
    """What the reader with four minutes reads, of a plan that asks for supply and demand alone."""
    if not ev.has(STEP):
        said = sentence(_("Supply and demand could not be looked at with these data: see the points to bear in mind."))
        return FirstScreen((said,), None, None, ())
    return FirstScreen(tuple(_answer(ev)), _tile(ev), _first_map(ev), tuple(_to_do(ev)))


def in_brief(ev: Evidence) -> list[Sentence]:
    """The answer alone, for a first screen that tells of more."""
    said = _most(ev) if ev.has(STEP) else None
    return [] if said is None else [sentence(_("{facilities}: {said}"), facilities=_places(ev), said=said)]


def section(ev: Evidence) -> Section | None:
    """The part, where the step ran."""
    if not ev.has(STEP):
        return None
    blocks = (
        *told(*_answer(ev)),
        *_map(ev),
        *_areas(ev),
        *told(_defined(ev), _no_norm()),
        *_sensitivity(ev),
    )
    return Section("supply", _("Supply and demand"), blocks)


def _answer(ev: Evidence) -> list[Sentence]:
    said = (_short(ev), _most(ev), _firm(ev), _shared(ev), _unreached(ev), _used(ev), _waiting(ev))
    return [s for s in said if s is not None]


def _tell(ev: Evidence) -> Tell:
    return teller(ev, STEP)


def _amount(ev: Evidence, shown: Shown) -> Sentence:
    """So much of what is held, in its unit."""
    if not ev.text(STEP, "capacity_unit"):
        return sentence(_("{n} units"), n=shown)
    return sentence(_("{n} {unit}"), n=shown, unit=ev.word(STEP, "capacity_unit"))


def _per(ev: Evidence) -> Sentence:
    """영유아 인구 100명당."""
    known: dict[str, Value] = {"per": ev.fact(STEP, "per", "plain"), "demand": ev.word(STEP, "demand")}
    if not ev.text(STEP, "demand_unit"):
        return sentence(_("per {per} of {demand}"), **known)
    return sentence(_("per {per} {unit} of {demand}"), unit=ev.word(STEP, "demand_unit"), **known)


def _places(ev: Evidence) -> Value:
    """Which places are looked at."""
    if not ev.text(STEP, "kinds"):
        return ev.word(STEP, "facilities")
    return sentence(_("{kinds} of {facilities}"), kinds=ev.word(STEP, "kinds"), facilities=ev.word(STEP, "facilities"))


def _short(ev: Evidence) -> Sentence:
    known: dict[str, Value] = {
        "all": ev.fact(STEP, "areas", "areas"),
        "km": ev.fact(STEP, "within_km", "km"),
        "target": _amount(ev, ev.fact(STEP, "target", "plain")),
        "per": _per(ev),
        "facilities": _places(ev),
    }
    if not ev.number(STEP, "short"):
        said = _("In all {all} as much is within {km} as in all together: {target} {per} ({facilities}).")
        return _tell(ev)(said, **known)
    return _tell(ev)(
        _(
            "In {short} of {all} less is within {km} than in all together ({target} {per}; {facilities}): {missing} "
            "are missing there in all."
        ),
        short=ev.fact(STEP, "short", "areas"),
        missing=_amount(ev, ev.fact(STEP, "missing", "plain")),
        **known,
    )


def _lacking(ev: Evidence) -> list[Row]:
    return [row for row in ev.rows(STEP, "areas") if row["rank"] > 0]


def _most(ev: Evidence) -> Sentence | None:
    rows = _lacking(ev)[:NAMED]
    if not rows:
        return None
    named = [
        sentence(
            _("{area} ({missing})"),
            area=row.show("name", "word"),
            missing=_amount(ev, row.show("missing", "number", 0)),
        )
        for row in rows
    ]
    return _tell(ev)(_("Most is missing in: {names}."), names=listed(named))


def _firm(ev: Evidence) -> Sentence | None:
    if not ev.number(STEP, "first"):
        return None
    known: dict[str, Value] = {
        "first": ev.fact(STEP, "first", "areas"),
        "firm": ev.fact(STEP, "firm", "areas"),
        "settings": ev.fact(STEP, "settings", "plain"),
    }
    if ev.number(STEP, "firm") == ev.number(STEP, "first"):
        return _tell(ev)(
            _("The fifth that lacks most ({first}) is the same in all {settings} ways of counting distance."), **known
        )
    return _tell(ev)(
        _("Of the fifth that lacks most ({first}), {firm} stay in it in all {settings} ways of counting distance."),
        **known,
    )


def _shared(ev: Evidence) -> Sentence | None:
    """That areas with enough inside may still lack, as their neighbours come too."""
    rows = [row for row in _lacking(ev) if row["state"] == "shared"][:NAMED]
    if not rows:
        return None
    names = listed([row.show("name", "word") for row in rows])
    return _tell(ev)(
        _("Enough inside, and still little within reach, as neighbours come there too: {names}."), names=names
    )


def _unreached(ev: Evidence) -> Sentence:
    km = ev.fact(STEP, "within_km", "km")
    if ev.number(STEP, "reached_share") == 1:
        return _tell(ev)(_("Everybody has at least one place within {km}."), km=km)
    share = ev.fact(STEP, "reached_share", "share")
    return _tell(ev)(_("{share} of the demand has at least one place within {km}."), share=share, km=km)


def _used(ev: Evidence) -> Sentence | None:
    if ev.number(STEP, "used") is None:
        return None
    return _tell(ev)(_("Of what the places hold, {share} is taken."), share=ev.fact(STEP, "used", "share"))


def _waiting(ev: Evidence) -> Sentence | None:
    if ev.number(STEP, "waiting_total") is None:
        return None
    n = ev.fact(STEP, "waiting_total", "plain")
    return _tell(ev)(_("Waiting: {n} in all; one who waits at several places counts at each."), n=n)


def _tile(ev: Evidence) -> Tile:
    return Tile(
        label=sentence(_("Missing in all")),
        number=_amount(ev, ev.fact(STEP, "missing", "plain")),
        interval=None,
        note=sentence(
            _("in {short} of {all}, within {km}"),
            short=ev.fact(STEP, "short", "plain"),
            all=ev.fact(STEP, "areas", "areas"),
            km=ev.fact(STEP, "within_km", "km"),
        ),
    )


def _to_do(ev: Evidence) -> list[Sentence]:
    firm = [row.show("name", "word") for row in _lacking(ev) if row["trust"] == "firm"][:NAMED]
    said = []
    if ev.number("coverage", "checks_failed"):
        said.append(sentence(_("Find out why the sums differ (table of failed checks) before using those columns.")))
    if firm:
        said.append(
            sentence(_("Look first at: {names}. They stay in front whatever the distance."), names=listed(firm))
        )
    said.append(
        sentence(_("Before deciding on a place, look on the spot: roads, rivers and where people live are not in it."))
    )
    return said


def _first_map(ev: Evidence) -> Figure | None:
    """The picture of the section, for the first screen; an id stands once in a page."""
    drawing = next((b for b in _map(ev) if isinstance(b, Figure)), None)
    return None if drawing is None else replace(drawing, svg=drawing.svg.replace("supply_map-", "first_supply_map-"))


def _map(ev: Evidence) -> tuple[Block, ...]:
    what = sentence(
        _("What is within {km} {per}, against all together ({target}); dots: places, the larger the more they hold"),
        km=ev.fact(STEP, "within_km", "km"),
        per=_per(ev),
        target=_amount(ev, ev.fact(STEP, "target", "plain")),
    )
    title = _most(ev) or _short(ev)
    foot = sentence(_("Source: {source}."), source=_places(ev))
    return drawn(ev, "supply_map", title, what, foot)


def _defined(ev: Evidence) -> Sentence:
    return sentence(
        _(
            "What a place holds is shared out among the demand within {km} of it ({decay}); each area then adds up "
            "what is within its reach (two-step floating catchment)."
        ),
        km=ev.fact(STEP, "within_km", "km"),
        decay=_decay(ev.word(STEP, "decay")),
    )


def _no_norm() -> Sentence:
    return sentence(
        _(
            "Missing: how much more an area would need to have as much per head as all together. It is a comparison "
            "between areas, not a legal standard, and says nothing of whether all together have enough."
        )
    )


def _decay(shown: Shown) -> Shown:
    """The way of falling with the distance, in words."""
    return Shown(_(DECAYS[shown.text]), shown.ref)


def _areas(ev: Evidence) -> tuple[Block, ...]:
    rows = ev.rows(STEP, "areas")
    extra = [name for name in ("used", "waiting") if any(row.get(name) is not None for row in rows)]
    titles = {"used": _("Taken"), "waiting": _("Waiting")}
    columns = (
        Column(_("Order"), True),
        Column(_("Area")),
        Column(Sentence((ev.word(STEP, "demand"),)), True),
        Column(_("Held inside"), True),
        Column(sentence(_("Within reach, {per}"), per=_per(ev)), True),
        Column(_("Nearest (km)"), True),
        *(Column(titles[name], True) for name in extra),
        Column(_("Missing"), True),
        Column(_("Trust")),
        Column(_("Inside and around")),
    )
    cells = [tuple(_cells(row, extra)) for row in rows[:LISTED]]
    caption = sentence(_("Areas by what is missing"))
    return tabled("supply-areas", caption, columns, cells, _foot(ev, len(rows)))


def _cells(row: Row, extra: Sequence[str]) -> Iterator[Value]:
    yield row.show("rank", "number", 0) if row["rank"] > 0 else Sentence(("–",))
    yield row.show("name", "word")
    yield row.show("demand", "number", 0)
    yield row.show("capacity", "number", 0)
    yield row.show("access", "number", 1)
    yield row.show("nearest_km", "number", 1)
    forms = {"used": "share", "waiting": "number"}
    for name in extra:
        yield Sentence(("–",)) if row.get(name) is None else row.show(name, forms[name], 0)
    yield row.show("missing", "number", 0)
    trust, state = row["trust"], row["state"]
    yield Shown(_(TRUST[trust]), row.ref("trust")) if trust else Sentence(("–",))
    yield Shown(_(STATES[state]), row.ref("state")) if state else Sentence(("–",))


def _foot(ev: Evidence, n: int) -> Sentence:
    said = sentence(
        _(
            "Trust, in {settings} ways of counting distance: firm – always in the fifth that lacks most; mixed – in "
            "some; – in none."
        ),
        settings=ev.fact(STEP, "settings", "plain"),
    )
    if n <= LISTED:
        return said
    more = sentence(_("The first of them are shown; all are in the run's folder."))
    return Sentence((*said.pieces, " ", *more.pieces))


def _sensitivity(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        Column(_("Distance (km)"), True),
        Column(_("Weight by distance")),
        Column(_("Demand in reach"), True),
        Column(_("Areas lacking"), True),
        Column(_("Missing"), True),
        Column(_("Same in the first fifth"), True),
        Column(_("Most in")),
    )
    rows = [
        (
            row.show("within_km", "plain"),
            _decay(row.show("decay", "word")),
            row.show("reached_share", "share"),
            row.show("short", "number", 0),
            row.show("missing", "number", 0),
            sentence(_("{n} of {all}"), n=row.show("kept", "number", 0), all=row.show("first", "number", 0)),
            row.show("most", "word"),
        )
        for row in ev.rows(STEP, "sensitivity")
    ]
    caption = sentence(_("The same with other distances and weights"))
    return tabled("supply-sensitivity", caption, columns, rows, sentence(_("The first row is the plan's own way.")))
