"""Build the panel (패널 만들기): the cards' snapshots, placed, marked, joined and counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd

from sigun.catalog.card import Card
from sigun.catalog.snapshot import Snapshot, snapshot
from sigun.catalog.store import Catalog
from sigun.catalog.weights import weights_path
from sigun.errors import MethodError
from sigun.ingest.address import match_addresses
from sigun.panel.align import choose_crs, cut, place, to_regions
from sigun.panel.cells import cells_to_regions
from sigun.panel.count import count_cells
from sigun.panel.facilities import place_facilities
from sigun.panel.findings import Judged, judge
from sigun.panel.model import EVENT_COLUMNS, Panel
from sigun.panel.only import narrowed
from sigun.panel.stations import nearest_station
from sigun.plan.model import Plan
from sigun.region.codes import Codes
from sigun.region.gal import Links, read_gal
from sigun.region.grid import project
from sigun.region.kikmix import Mix
from sigun.region.outlines import read_outlines
from sigun.text import N_, Message, say
from sigun.units import ADDITIVE_OVER_SPACE

FEWEST = 30  # reports; below that nothing here has an answer


@dataclass(frozen=True)
class Material:
    """The snapshots a plan's roles stand for."""

    cards: Mapping[str, Card]
    snapshots: Mapping[str, Snapshot]
    codes: Codes | None = None  # the table of regions, for a plan of tables of official ones
    links: tuple[Path, Links] | None = None  # the weights file a plan of tables names
    mix: Mix | None = None  # what joins 법정동 and 행정동, for a plan that shares 법정동 out

    def table(self, card: str) -> pd.DataFrame:
        """The cleaned table of one card."""
        return pd.read_parquet(self.snapshots[card].path)

    def facilities(self, plan: Plan) -> Mapping[str, pd.DataFrame]:
        """The cleaned tables of the plan's cards of places."""
        return {name: self.table(name) for name in plan.data.facilities if name in self.cards}


def roles(plan: Plan, covariates: bool = True) -> tuple[str, ...]:
    """Ids of the cards the plan names; without covariates only what places an event."""
    data = plan.data
    air = (data.weather, data.weather_forecast, data.stations)
    always = (data.events, data.outlines, data.addresses, *(air if plan.conditions.weather else ()))
    beside = (*data.areas, *data.area_periods, *air, data.second_source, data.travel, *data.facilities)
    named = (name for name in (*data.tables, *always, *(beside if covariates else ())) if name)
    return tuple(dict.fromkeys(named))


def collect(plan: Plan, catalog: Catalog, covariates: bool = True) -> Material:
    """Read (or find again) the snapshot of every card the plan names."""
    cards = {name: catalog.card(name) for name in roles(plan, covariates)}
    snapshots = {name: snapshot(card, catalog.workspace) for name, card in cards.items()}
    if not plan.data.tables:
        return Material(cards, snapshots)
    from sigun.region.imported import codes_of, mix_of

    asked, ws = plan.panel, catalog.workspace
    file = asked.neighbours.file if asked is not None and asked.neighbours is not None else None
    links = None if file is None else (path := weights_path(ws, file), read_gal(path))
    own = asked is not None and asked.unit == "own"
    mix = None if asked is None or asked.unit != "dong" else mix_of(ws)
    return Material(cards, snapshots, None if own else codes_of(ws), links, mix)


def build_panel(plan: Plan, material: Material, as_of: date | None = None, engine: str = "duckdb") -> Panel:
    """Everything the plan's steps may look at. `as_of`: events strictly before that day, statuses known by then.

    Raises
    ------
    MethodError
        The span holds fewer events than any method can use.
    """
    end = min(filter(None, (as_of, plan.time.end)), default=None)
    events = cut(material.table(plan.data.events), plan.time.start, end, final=plan.target == "final_status")
    shapes = material.table(plan.data.outlines) if plan.data.outlines else None
    changes = [(name, said) for name, shot in material.snapshots.items() for said in shot.changes]
    if plan.data.addresses:
        events, said = _with_addresses(events, material.table(plan.data.addresses))
        changes.append((plan.data.events, said))
    _enough(events, plan, end)
    crs = choose_crs(plan.space.crs, events, shapes)
    outlines = None if shapes is None else read_outlines(shapes, crs)
    start = plan.time.start or events["occurred_at"].min().date()
    end = end or events["occurred_at"].max().date() + timedelta(days=1)
    placed = place(events, outlines, crs, plan.space.cell)
    _mostly_inside(placed, plan, outlines is not None)
    second, areas = _second_source(plan, material, crs, start, end), _area_names(outlines)
    judged = judge(placed, plan.rules, material.cards[plan.data.events], start, end, second, areas)
    judged = narrowed(judged, plan.only, end, plan.known_by)
    _enough(judged.events, plan, end)
    joined = _join(plan, material, events, outlines, changes)
    return Panel(
        plan=plan,
        cards=material.cards,
        crs=crs,
        events=_tidy(judged, material.cards[plan.data.events]),
        counts=count_cells(judged.events, plan.space.cell, engine),
        start=start,
        end=end,
        holes=judged.holes,
        regimes=judged.regimes,
        findings=judged.findings,
        outlines=outlines,
        sources=sources_of(material),
        changes=tuple(changes),
        second=judged.second,
        travel=_table(plan.data.travel, material),
        weather_forecast=_table(plan.data.weather_forecast, material),
        facilities=place_facilities(plan, material.facilities(plan), outlines, crs),
        **joined,
    )


def _second_source(plan: Plan, material: Material, crs: str, start: date, end: date) -> pd.DataFrame | None:
    """The second source's records of the period in the plan's CRS; none where the plan names none."""
    name = plan.data.second_source
    if name is None or name not in material.cards:
        return None
    records = cut(material.table(name), start, end)
    x, y = project(records["longitude"].to_numpy(float), records["latitude"].to_numpy(float), crs)
    return records.assign(x=x, y=y)


def _table(name: str | None, material: Material) -> pd.DataFrame | None:
    return None if name is None or name not in material.cards else material.table(name)


def _area_names(outlines: Any) -> dict[str, str]:
    return {} if outlines is None else dict(zip(outlines["region"], outlines["name"], strict=True))


def _tidy(judged: Judged, card: Card) -> pd.DataFrame:
    values = [str(c.id) for c in card.values() if c.id and c.id in judged.events]
    return judged.events[[*EVENT_COLUMNS, *values]].astype(dict(EVENT_COLUMNS))


def _enough(events: pd.DataFrame, plan: Plan, end: date | None) -> None:
    if len(events) >= FEWEST:
        return
    raise MethodError(
        say(N_("There are {n} events in the period; at least {fewest} are needed."), n=len(events), fewest=FEWEST),
        say(
            N_("card {card}, period {start} – {end}"),
            card=plan.data.events,
            start=plan.time.start.isoformat() if plan.time.start else "…",
            end=end.isoformat() if end else "…",
        ),
        say(N_("Widen the period (time, --as-of), or add a file that covers it.")),
    )


def _mostly_inside(placed: pd.DataFrame, plan: Plan, outlined: bool) -> None:
    """Most points outside every outline are no quality finding: the coordinates are read in a wrong system."""
    points = placed[placed["x"].notna()]
    outside = int((~points["inside"]).sum())
    if outlined and outside > len(points) / 2:
        raise MethodError(
            say(N_("{outside} of {n} points lie outside the outlines."), outside=outside, n=len(points)),
            say(N_("card {card}, coordinates"), card=plan.data.events),
            say(N_("Look at `crs` in the card (in Korea often EPSG:5181 or EPSG:5186), or add the place's outlines.")),
        )


def _with_addresses(events: pd.DataFrame, table: pd.DataFrame) -> tuple[pd.DataFrame, Message]:
    """Events with points from the address table, and how many found theirs; what was not found is named by street."""
    wanting = int((events["longitude"].isna() & events["address"].notna()).sum())
    filled, matched, unmatched = match_addresses(events, table)
    if len(unmatched) == 0:
        said = N_("All {wanting} rows with an address only found their place in the address table.")
        return filled, say(said, wanting=wanting)
    lost = events[events["row"].isin(unmatched)]
    streets = lost["street"].fillna("–").value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return filled, say(
        N_(
            "{matched} of {wanting} rows with an address only found their place in the address table. "
            "Not found, most often: {streets}; first in the file: record {row}."
        ),
        matched=matched,
        wanting=wanting,
        streets=", ".join(f"{street} ({n})" for street, n in streets.head(5).items()),
        row=int(unmatched.min()) + 1,
    )


def _join(
    plan: Plan, material: Material, events: pd.DataFrame, outlines: Any, changes: list[tuple[str, Message]]
) -> dict[str, Any]:
    """Area, area-period and weather tables, by region code; what no outline answers to is said in `changes`."""
    data = plan.data
    cards = [card for name, card in material.cards.items() if name not in data.facilities]
    columns = [c for card in cards for c in card.values() if c.id]
    return {
        "units": {str(c.id): c.unit for c in columns},
        "titles": {str(c.id): c.title or c.name for c in columns},
        "areas": _merge(data.areas, ["region"], material, outlines, changes),
        "area_periods": _merge(data.area_periods, ["region", "period"], material, outlines, changes),
        "weather": _weather(plan, material, events, changes),
    }


def _weather(
    plan: Plan, material: Material, events: pd.DataFrame, changes: list[tuple[str, Message]]
) -> pd.DataFrame | None:
    """The weather, of the nearest station where a table says where the stations stand."""
    if plan.data.weather is None or plan.data.weather not in material.cards:
        return None
    weather = material.table(plan.data.weather)
    if plan.data.stations is None or weather["station"].nunique() < 2:
        return weather
    middle = events[["longitude", "latitude"]].median()
    stations = material.table(plan.data.stations)
    weather, said = nearest_station(weather, stations, middle["longitude"], middle["latitude"])
    changes.append((plan.data.weather, said))
    return weather


def _merge(
    names: Sequence[str], keys: list[str], material: Material, outlines: Any, changes: list[tuple[str, Message]]
) -> pd.DataFrame | None:
    """The cards' tables side by side, one row a key; none without tables or outlines."""
    present = [name for name in names if name in material.cards]
    if not present or outlines is None:
        return None
    first, *others = (_by_region(name, material, outlines, changes) for name in present)
    for other in others:
        first = first.merge(other, "outer", on=keys)
    return first


def _by_region(card: str, material: Material, outlines: Any, changes: list[tuple[str, Message]]) -> pd.DataFrame:
    if material.cards[card].kind == "cells":
        return _of_cells(material.cards[card], material.table(card), outlines, changes)
    table, lost = to_regions(material.table(card), outlines)
    if lost:
        changes.append(
            (card, say(N_("{n} region names match no outline: {names}"), n=len(lost), names=", ".join(lost[:5])))
        )
    return table


def _of_cells(card: Card, table: pd.DataFrame, outlines: Any, changes: list[tuple[str, Message]]) -> pd.DataFrame:
    """Grid counts by area; only what adds up over space can be shared out."""
    values = [c for c in card.values() if c.id in table]
    added = [str(c.id) for c in values if c.measure in ADDITIVE_OVER_SPACE]
    lost = [c.title or c.name for c in values if c.id not in added]
    if lost:
        said = N_("Columns that cannot be added up over cells were left out: {names}")
        changes.append((card.id, say(said, names=", ".join(lost))))
    summed, told = cells_to_regions(table, added, outlines)
    changes.extend((card.id, one) for one in told)
    return summed


def sources_of(material: Material) -> pd.DataFrame:
    """One row a card, with its origin, the hash of its file and the rows read."""
    said = ("id", "kind", "title", "file", "publisher", "licence", "source", "grade", "owner", "approval", "made_up")
    rows = []
    for card in material.cards.values():
        shot = material.snapshots[card.id]
        files = {
            "file": [card.file, *(p.file for p in card.parts)],
            "sha256": [shot.sha256, *(p.sha256 for p in card.parts)],
        }
        rows.append(
            {name: getattr(card, name) for name in said}
            | {name: ", ".join(values) for name, values in files.items()}
            | {"rows": shot.rows_read}
        )
    return pd.DataFrame(rows)
