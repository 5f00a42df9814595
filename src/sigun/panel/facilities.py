"""Places and those who need them (시설과 수요의 자리): in metres, by area, and points spread over each outline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sigun.plan.model import Plan
from sigun.plan.steps import SupplyDemand
from sigun.region.grid import project
from sigun.region.outlines import region_of

USUAL = 20  # points an outline, where the distance does not ask for more
MOST = 400
USUAL_KM = 3.0


@dataclass(frozen=True)
class Facilities:
    """The plan's cards of places, and where the demand of each area is taken to be."""

    tables: Mapping[
        str, pd.DataFrame
    ]  # card -> as `clean_facilities`, with x, y (metres) and region (missing: in none)
    points: pd.DataFrame  # region, x, y: points spread evenly inside each outline, each an equal share of the area


def place_facilities(plan: Plan, tables: Mapping[str, pd.DataFrame], outlines: Any, crs: str) -> Facilities | None:
    """The places of the plan's `data.facilities` by area; none where the plan names none, or no outlines.

    Parameters
    ----------
    tables : card -> cleaned table.
    outlines : region and geometry, in `crs` (metres).
    """
    if not tables or outlines is None:
        return None
    step = plan.step("supply_demand")
    within = step.within_km if isinstance(step, SupplyDemand) else USUAL_KM
    placed = {name: _placed(table, outlines, crs) for name, table in tables.items()}
    return Facilities(placed, spread(outlines, 1000 * within / 2))


def _placed(table: pd.DataFrame, outlines: Any, crs: str) -> pd.DataFrame:
    x, y = project(table["longitude"].to_numpy(float), table["latitude"].to_numpy(float), crs)
    return table.assign(x=x, y=y, region=region_of(outlines, x, y).to_numpy())


def spread(outlines: Any, apart: float) -> pd.DataFrame:
    """Points inside each outline: about twenty, or as many as leave no more than `apart` metres between two.

    A point stands in the middle of every square of a grid whose middle lies inside; where none does, one point stands
    inside. The same outline always has the same points.
    """
    rows = [_inside(shape, apart) for shape in outlines.geometry.to_numpy()]
    regions = np.repeat(outlines["region"].to_numpy(object), [len(at) for at in rows])
    at = np.concatenate(rows) if rows else np.empty((0, 2))
    return pd.DataFrame({"region": pd.Series(regions, dtype="str"), "x": at[:, 0], "y": at[:, 1]})


def _inside(shape: Any, apart: float) -> np.ndarray:
    import shapely

    shapely.prepare(shape)
    step = max(min(np.sqrt(shape.area / USUAL), apart), np.sqrt(shape.area / MOST))
    inside = _on_grid(shape, step)
    while len(inside) > MOST:  # of long and narrow ones
        step *= 1.2
        inside = _on_grid(shape, step)
    return inside if len(inside) else np.array([shape.representative_point().coords[0]])


def _on_grid(shape: Any, step: float) -> np.ndarray:
    """The middles inside the shape of the squares that cover it."""
    import shapely

    west, south, east, north = shape.bounds
    x, y = (_middles(a, b, step) for a, b in ((west, east), (south, north)))
    at = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    return np.asarray(at[shapely.contains_xy(shape, at[:, 0], at[:, 1])])


def _middles(low: float, high: float, step: float) -> np.ndarray:
    """Middles of the squares that cover the stretch, as many beyond its one end as beyond the other."""
    n = max(int(np.ceil((high - low) / step)), 1)
    return (low + high) / 2 + (np.arange(n) - (n - 1) / 2) * step
