"""Who is next to whom in the panel, and where its regions lie (이웃·경계): from a weights file, or from outlines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sigun.catalog.card import Card
from sigun.errors import MethodError
from sigun.panel.align import choose_crs
from sigun.panel.model import Finding
from sigun.panel.regional.losses import listed
from sigun.plan.variables import NextTo, Regional
from sigun.region.codes import Codes, lift
from sigun.region.gal import Links
from sigun.region.history import explain
from sigun.region.identify import identify
from sigun.region.neighbours import Neighbours, linked, nearest_links, touching_neighbours
from sigun.region.outlines import read_outlines
from sigun.text import N_, say

THINNED = 0.001  # of the diagonal of all outlines: corners nearer to their line than that are left out
SMALLEST = 0.0002  # of the area of all outlines: smaller islands of a region are not drawn


@dataclass(frozen=True)
class Around:
    """Where the regions of a panel lie."""

    neighbours: Neighbours | None
    outlines: pd.DataFrame | None  # region, ring, x, y
    middle: pd.DataFrame  # x, y of each region, NaN without an outline
    findings: tuple[Finding, ...]
    shapes: Any = None  # GeoDataFrame of the outlines, in metres


@dataclass(frozen=True)
class Given:
    """What a plan of tables gives to tell where its regions lie."""

    outlines: tuple[Card, pd.DataFrame] | None = None  # the card, and its cleaned table
    links: tuple[Path, Links] | None = None  # of a weights file


def around(units: pd.DataFrame, asked: Regional, codes: Codes, given: Given) -> Around:
    """Neighbours, outlines and middles of the panel's regions.

    Raises
    ------
    MethodError
        A region is missing in the weights file, or no region has an outline.
    """
    names = units["unit"].tolist()
    shapes, findings = None, list[Finding]()
    if given.outlines is not None:
        shapes, found = _shapes(given.outlines, names, asked, codes)
        findings += found
    middle = pd.DataFrame({"x": np.nan, "y": np.nan}, index=names)
    if shapes is not None:
        points = shapes.geometry.centroid
        middle.loc[shapes["region"], "x"] = points.x.to_numpy()
        middle.loc[shapes["region"], "y"] = points.y.to_numpy()
    neighbours = _neighbours(asked.neighbours, units, asked, codes, given, shapes, middle)
    findings += _alone(neighbours, codes)
    drawn = None if shapes is None else thinned(shapes)
    return Around(neighbours, drawn, middle.reset_index(drop=True), tuple(findings), shapes)


def _neighbours(
    said: NextTo | None,
    units: pd.DataFrame,
    asked: Regional,
    codes: Codes,
    given: Given,
    shapes: Any,
    middle: pd.DataFrame,
) -> Neighbours | None:
    names = units["unit"].tolist()
    if said is None:
        return None
    if said.file is not None:
        assert given.links is not None  # the plan was matched
        return _of_file(given.links, units, asked, codes)
    if said.outlines:
        place = {name: at for at, name in enumerate(names)}
        own = np.array([place[name] for name in shapes["region"]])
        links = touching_neighbours(shapes).tocoo()
        return linked(names, own[links.row], own[links.col], "contiguity", str(given.outlines and given.outlines[0].id))
    here, there = nearest_links(middle["x"].to_numpy(), middle["y"].to_numpy(), said.nearest or 1)
    return linked(names, here, there, "nearest", f"{said.nearest}")


def _of_file(given: tuple[Path, Links], units: pd.DataFrame, asked: Regional, codes: Codes) -> Neighbours:
    """The file's links among the panel's regions; others of the file do not matter."""
    path, links = given
    unit_of = _units_of(links.ids, units, asked, codes)
    found = {unit for unit in unit_of.values() if unit}
    missing = units[~units["unit"].isin(found)]
    if len(missing):
        raise _not_in_file(path, links.ids, missing, units)
    place = {name: at for at, name in enumerate(units["unit"])}
    pairs = {(place[unit_of[a]], place[unit_of[b]]) for a, b in links.pairs if unit_of[a] and unit_of[b]}
    both = np.array(sorted((a, b) for a, b in pairs if a != b), np.int64).reshape(-1, 2)
    return linked(units["unit"], both[:, 0], both[:, 1], "file", path.name)


def _units_of(ids: Sequence[str], units: pd.DataFrame, asked: Regional, codes: Codes) -> dict[str, str]:
    """The region each id of the file means, "" where none of the panel's: by code, by name, by the official table."""
    known = {unit: unit for unit in units["unit"]}
    for column in ("full", "name"):
        once = units.drop_duplicates(column, keep=False)
        known = dict(zip(once[column], once["unit"], strict=True)) | known
    found = {name: known.get(name, "") for name in ids}
    lost = [name for name, unit in found.items() if not unit]
    if asked.unit == "own" or not lost:
        return found
    there = _on_the_map(pd.DataFrame({"region": lost}, dtype="str"), asked, codes, None, "")
    here = set(units["unit"])
    return found | {name: unit if unit in here else "" for name, unit in zip(lost, there.fillna(""), strict=True)}


def _not_in_file(path: Path, ids: Sequence[str], missing: pd.DataFrame, units: pd.DataFrame) -> MethodError:
    near = [get_close_matches(name, ids, 1, 0.6) for name in missing["full"].head(3)]
    others = [found[0] for found in near if found] or list(ids[:5])
    return MethodError(
        say(
            N_("{n} of the {all} regions of the panel are not in the weights file: {names}."),
            n=len(missing),
            all=len(units),
            names=listed(missing["full"].tolist()),
        ),
        say(N_("plan, panel.neighbours.file: {file}"), file=path.name),
        say(
            N_(
                "The ids of the file must be the names or codes of the regions (it has: {ids}). Take another column as "
                "the region in the card, or leave regions out with `except`."
            ),
            ids=", ".join(others),
        ),
    )


def _shapes(
    given: tuple[Card, pd.DataFrame], names: Sequence[str], asked: Regional, codes: Codes
) -> tuple[Any, list[Finding]]:
    """Outlines of the panel's regions in metres, sorted by region, and what was joined or is lacking."""
    card, table = given
    if asked.unit == "own":
        unit = _own_units(table, names, codes)
    else:
        places = table[["region", "name"]].rename(columns={"name": "region_name"})
        unit = _on_the_map(places, asked, codes, card.scheme, card.within)
    known = table.assign(region=unit.to_numpy(), was=table["region"].to_numpy())
    kept = known[known["region"].isin(set(names))]
    if kept.empty:
        raise MethodError(
            say(N_("None of the outlines is of a region of the panel: {names}."), names=listed(_told(table))),
            say(N_("card {card}, regions"), card=card.id),
            say(N_("Look at the columns of code and name in the card of the outlines (`role: region`).")),
        )
    shapes = read_outlines(kept[["region", "name", "geometry"]], choose_crs(None, pd.DataFrame(), kept))
    return shapes, list(_said_of_outlines(kept, known, names, codes, card.title))


def _own_units(table: pd.DataFrame, names: Sequence[str], codes: Codes) -> pd.Series:
    """The region of each outline, by the code or name the tables have for it."""
    units = codes.units
    known = dict(zip(units["name"], units["unit"], strict=True)) | {name: name for name in names}
    code, name = (table[column].astype("str").str.strip() for column in ("region", "name"))
    code = code.str.replace(r"^(\d+)\.0$", r"\1", regex=True)
    return code.map(known).fillna(name.map(known)).astype("str")


def _on_the_map(places: pd.DataFrame, asked: Regional, codes: Codes, scheme: Any, within: str) -> pd.Series:
    """The region of the panel's level and base date that each place is, or lies in; missing where it is in none."""
    found = identify(places, codes, scheme, within)
    above = lift(found.unit, codes, asked.unit)
    return explain(above, codes, asked.day)["base"]


def _told(table: pd.DataFrame) -> list[str]:
    return [str(n) for n in table["name"].fillna(table["region"]).drop_duplicates()]


def _said_of_outlines(
    kept: pd.DataFrame, known: pd.DataFrame, names: Sequence[str], codes: Codes, title: str
) -> Iterator[Finding]:
    """Which outlines were joined, which regions have none, which outlines are of no region that is known."""
    parts = kept.groupby("region")["was"].nunique()
    joined = [codes.fulls.get(unit, unit) for unit in parts.index[parts > 1]]
    if joined:
        said = N_(
            "{n} regions are drawn from several outlines of “{table}” (districts, or regions that merged): {names}."
        )
        yield _finding("outlines_joined", said, N_("The outlines were joined."), joined, title)
    without = [codes.fulls.get(unit, unit) for unit in names if unit not in parts.index]
    if without:
        done = N_("They are not drawn and, where neighbours are told from the outlines, have none.")
        yield _finding("no_outline", N_("{n} regions have no outline in “{table}”: {names}."), done, without, title)
    nowhere = _told(known[known["region"].isna()])
    if nowhere:
        said = N_("{n} outlines of “{table}” are of no region that is known: {names}.")
        yield _finding("outlines_unknown", said, N_("They were left out."), nowhere, title)


def _alone(neighbours: Neighbours | None, codes: Codes) -> Iterator[Finding]:
    islands = neighbours.islands if neighbours is not None else ()
    if islands:
        names = [codes.fulls.get(unit, unit) for unit in islands]
        done = N_("Spatial figures take nothing of others for them.")
        yield _finding("no_neighbour", N_("{n} regions have no neighbour: {names}."), done, names, "")


def _finding(kind: str, said: str, done: str, names: Sequence[str], table: str) -> Finding:
    return Finding(kind, len(names), say(said, n=len(names), table=table, names=listed(names)), say(done))


def thinned(shapes: Any) -> pd.DataFrame:
    """Corners of outlines for drawing: region, ring, x, y (metres), without small islands; all at one tolerance.

    Parameters
    ----------
    shapes : region and geometry in metres.
    """
    import shapely

    west, south, east, north = shapes.total_bounds
    geometry = shapely.simplify(shapes.geometry.to_numpy(), THINNED * float(np.hypot(east - west, north - south)))
    smallest = SMALLEST * float(shapely.area(geometry).sum())
    rows = []
    for region, shape in zip(shapes["region"], geometry, strict=True):
        parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and not part.is_empty]
        largest = max((part.area for part in parts), default=0.0)
        drawn = [part for part in parts if part.area >= min(smallest, largest)]
        for ring, part in enumerate(sorted(drawn, key=lambda p: -p.area)):
            corners = np.round(shapely.get_coordinates(part.exterior), 1)
            rows.append(pd.DataFrame({"region": region, "ring": ring, "x": corners[:, 0], "y": corners[:, 1]}))
    columns = {"region": "str", "ring": "int64", "x": "float64", "y": "float64"}
    return pd.concat(rows, ignore_index=True).astype(columns)
