"""Does the catalogue have what the plan asks (계획–자료 대조)? Every problem at once, before a data file is opened."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from sigun.catalog.algebra import algebra
from sigun.catalog.card import Card
from sigun.catalog.regional import regional
from sigun.catalog.store import Catalog
from sigun.catalog.supply import supply
from sigun.errors import Place, PlanError, SigunError
from sigun.ingest.layout import Kind
from sigun.plan.model import Plan
from sigun.plan.steps import AreaFactors, Hotspot, Occurrence, Patrol, SameVehicle, Weather
from sigun.text import _

OF_TABLES = frozenset({"coverage", "factors", "effect", "before_after", "summary"})
"""Methods that look at a region panel; the others look at reports."""
OF_BOTH = frozenset({"supply_demand"})
"""Methods that look at areas, whichever plan tells of them."""


def match(plan: Plan, catalog: Catalog, plan_file: Path) -> list[SigunError]:
    """What the plan names and the catalogue lacks: cards, their kind, their columns."""
    cards, columns = _cards(plan, catalog, plan_file), _columns(plan, catalog, plan_file)
    knowable = _knowable(plan, catalog, plan_file)
    own = [
        *_steps(plan, plan_file),
        *cards,
        *_same_file(plan, catalog, plan_file),
        *columns,
        *algebra(plan, catalog, plan_file),
        *regional(plan, catalog, plan_file),
        *supply(plan, catalog, plan_file),
    ]
    return [*own, *_constant(plan, catalog, plan_file), *knowable, *_needs(plan, plan_file)]


def _steps(plan: Plan, file: Path) -> Iterator[SigunError]:
    """Steps that look at reports in a plan of tables, and the other way round."""
    for at, step in enumerate(plan.steps):
        if step.method not in OF_BOTH and (step.method in OF_TABLES) != (plan.panel is not None):
            fitting = sorted(OF_TABLES | OF_BOTH) if plan.panel is not None else _("those of reports")
            yield PlanError(
                _("Step “{method}” does not look at {what}.").format(
                    method=step.method, what=_("tables") if plan.panel is not None else _("reports")
                ),
                f"{file}: steps.{step.method}",
                _("Methods: {names}").format(names=fitting if isinstance(fitting, str) else ", ".join(fitting)),
            ).breaks("G1", "steps", at, "method")


def _wanted(plan: Plan, catalog: Catalog) -> Iterator[tuple[Place, str, Kind]]:
    """(place in the plan, card id, kind of data set it must be)."""
    data = plan.data
    for at, name in enumerate(data.tables):
        card = catalog.cards.get(name)
        kind: Kind = "areas" if card is not None and card.kind == "areas" else "area_periods"
        yield ("data", "tables", at), name, kind
    singles: tuple[tuple[str, str | None, Kind], ...] = (
        ("events", data.events, "events"),
        ("outlines", data.outlines, "outlines"),
        ("weather", data.weather, "weather"),
        ("weather_forecast", data.weather_forecast, "weather"),
        ("addresses", data.addresses, "addresses"),
        ("second_source", data.second_source, "events"),
        ("stations", data.stations, "stations"),
        ("travel", data.travel, "travel"),
    )
    yield from ((("data", role), name, kind) for role, name, kind in singles if name)
    several: tuple[tuple[str, tuple[str, ...], Kind], ...] = (
        ("areas", data.areas, "areas"),
        ("area_periods", data.area_periods, "area_periods"),
        ("facilities", data.facilities, "facilities"),
    )
    for role, names, kind in several:
        yield from ((("data", role, at), name, kind) for at, name in enumerate(names))


def _cards(plan: Plan, catalog: Catalog, file: Path) -> Iterator[SigunError]:
    for place, name, kind in _wanted(plan, catalog):
        card, where = catalog.cards.get(name), f"{file}: {place[0]}.{place[1]}"
        if card is None:
            alike = [i for i, c in catalog.cards.items() if c.kind == kind]
            near = get_close_matches(name, list(catalog.cards), 3, 0.4) or alike
            yield PlanError(
                _("There is no data set “{name}” in the catalogue.").format(name=name),
                where,
                _("Did you mean: {names}?").format(names=", ".join(near))
                if near
                else _("Add the file with `sigun data add`."),
            ).breaks("G2", *place, known=alike)
        elif card.kind != kind and (card.kind, kind) != ("cells", "area_periods"):  # cells are carried to areas
            yield PlanError(
                _("“{name}” is a data set of kind “{is_kind}”, not “{kind}”.").format(
                    name=name, is_kind=card.kind, kind=kind
                ),
                where,
                _("Name another data set, or mend `kind` in its card."),
            ).breaks("G2", *place)


def _same_file(plan: Plan, catalog: Catalog, file: Path) -> Iterator[SigunError]:
    """Two data sets that read one table of one file: one of them would be counted twice, or contradict the other."""
    seen: dict[tuple[str, str | None, str], str] = {}
    for at, name in enumerate(plan.data.tables):
        card = catalog.cards.get(name)
        for part in (card.file, *(p.file for p in card.parts)) if card else ():
            for column in card.values() if card else ():
                key = (part, card.reading.sheet if card else None, f"{column.name} {sorted(column.where.items())}")
                first = seen.setdefault(key, name)
                if first != name:
                    yield PlanError(
                        _("“{first}” and “{second}” are two data sets of one file: “{column}” stands in both.").format(
                            first=first, second=name, column=column.name
                        ),
                        f"{file}: data.tables",
                        _("Keep one of the two cards ({file}).").format(file=part),
                    ).breaks("G2", "data", "tables", at)
                    return


def _columns(plan: Plan, catalog: Catalog, file: Path) -> Iterator[SigunError]:
    data = plan.data
    area = _known([*data.areas, *data.area_periods], catalog)
    for at, step in enumerate(plan.steps):
        asked: list[tuple[Place, str]] = []
        known: set[str] = area
        if isinstance(step, Hotspot | AreaFactors | Occurrence):
            asked = [] if isinstance(step, Hotspot) else _each("columns", step.columns)
            asked += [(("exposure",), step.exposure)] if step.exposure and step.exposure != "area_km2" else []
        elif isinstance(step, Patrol):
            asked = [(("evenness",), step.evenness)] if step.evenness else []
        elif isinstance(step, Weather):
            asked, known = _each("columns", step.columns), _known([data.weather] if data.weather else [], catalog)
        elif isinstance(step, SameVehicle):
            asked, known = _each("compare", step.compare), _known([data.events], catalog)
        for place, name in asked:
            if name not in known:
                near = get_close_matches(name, sorted(known), 3, 0.4) or sorted(known)[:8]
                yield PlanError(
                    _("No column “{name}” in the plan's data sets.").format(name=name),
                    f"{file}: steps.{step.method}",
                    _("Did you mean: {names}?").format(names=", ".join(near))
                    if near
                    else _("Name a data set with that column under `data`."),
                ).breaks("G2", "steps", at, *place, known=known)


def _each(key: str, names: tuple[str, ...]) -> list[tuple[Place, str]]:
    """Each name of a list, and where it stands."""
    return [((key, at), name) for at, name in enumerate(names)]


def _constant(plan: Plan, catalog: Catalog, file: Path) -> Iterator[SigunError]:
    """Columns with one value an area, where only change inside areas is to be compared."""
    step = plan.step("occurrence")
    if not isinstance(step, Occurrence) or step.fixed_effects == "none":
        return
    changing, still = (_known(list(names), catalog) for names in (plan.data.area_periods, plan.data.areas))
    for at, name in enumerate(step.columns):
        if name in still - changing:
            yield PlanError(
                _(
                    "“{name}” has one value for each area and never changes over time: with fixed effects everything "
                    "an area always has is taken out first, so nothing of it is left to compare."
                ).format(name=name),
                f"{file}: steps.{step.method}.columns",
                _("Take it out of `columns`, or set `fixed_effects: none` to compare areas with each other."),
            ).breaks("G3", "steps", plan.steps.index(step), "columns", at)


def _knowable(plan: Plan, catalog: Catalog, file: Path) -> Iterator[SigunError]:
    """What a forecast is to look at and could not have known: the weather of days to come, unless it was foretold."""
    data, asked = plan.data, plan.conditions.weather
    if asked is not None and data.weather is None:
        yield PlanError(
            _("The forecast is to look at the weather, and the plan names no weather data."),
            f"{file}: conditions.weather",
            _("Name one under {where}, or take `weather` out.").format(where="data.weather"),
        ).breaks("G4", "conditions", "weather")
    if asked == "forecast" and data.weather_forecast is None:
        yield PlanError(
            _("The weather of the days to come is known only after the fact: a forecast must not look at it."),
            f"{file}: conditions.weather",
            _("Name a file of weather forecasts under `data.weather_forecast`, or write `weather: observed`."),
        ).breaks("G4", "conditions", "weather")
    card = catalog.cards.get(data.weather_forecast or "")
    if card is not None and card.kind == "weather" and card.column("issued_at") is None:
        yield PlanError(
            _("“{name}” does not say when each forecast was issued, so it may hold what was known only after the fact.")
            .format(name=card.id),
            f"{file}: data.weather_forecast",
            _("Write `role: issued_at` beside the column with the time of issue, or write `weather: observed`."),
        ).breaks("G4", "data", "weather_forecast")  # fmt: skip


def _known(names: list[str], catalog: Catalog) -> set[str]:
    cards: list[Card] = [catalog.cards[n] for n in names if n in catalog.cards]
    return {str(c.id) for card in cards for c in card.values() if c.id}


def _needs(plan: Plan, file: Path) -> Iterator[SigunError]:
    """Steps that cannot be answered with the data sets the plan names."""
    data = plan.data
    beside = bool(data.areas or data.area_periods)
    occurrence = plan.step("occurrence")
    inside = isinstance(occurrence, Occurrence) and occurrence.fixed_effects == "region" and beside
    patrol = plan.step("patrol")
    even = isinstance(patrol, Patrol) and patrol.evenness is not None
    lacking = (
        ("patrol", even and data.outlines is None, "data.outlines"),
        ("weather", data.weather is None, "data.weather"),
        ("area_factors", not beside, "data.areas"),
        ("area_factors", beside and data.outlines is None, "data.outlines"),
        ("occurrence", not beside, "data.areas"),
        ("occurrence", beside and data.outlines is None, "data.outlines"),
        ("occurrence", inside and not data.area_periods, "data.area_periods"),
    )
    for method, missing, where in lacking:
        if plan.step(method) is not None and missing:
            yield PlanError(
                _("Step “{method}” needs a data set under {where}.").format(method=method, where=where),
                f"{file}: steps.{method}",
                _("Name one under {where}, or take the step out.").format(where=where),
            ).breaks("G2", *where.split("."))
    if plan.space.crs is not None and not _in_metres(plan.space.crs):
        yield PlanError(
            _("“{crs}” is not a known map projection in metres.").format(crs=plan.space.crs),
            f"{file}: space.crs",
            _("Write EPSG:5179, or leave it out: then it is chosen from where the data lie."),
        ).breaks("G5", "space", "crs")
    if data.second_source == data.events:
        yield PlanError(
            _("The second source is the same data set as the reports."),
            f"{file}: data.second_source",
            _("Name another register of the same reports, or leave it out."),
        ).breaks("G2", "data", "second_source")
    if plan.space.unit == "area" and data.outlines is None:
        yield PlanError(
            _("Forecasts by area need outlines."), f"{file}: space.unit", _("Name a data set under data.outlines.")
        ).breaks("G5", "space", "unit")


def _in_metres(crs: str) -> bool:
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        known = CRS.from_user_input(crs)
    except CRSError:
        return False
    return bool(known.is_projected) and known.axis_info[0].unit_name == "metre"
