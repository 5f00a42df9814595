"""Small panels for tests, made of a few arrays. Nothing here reads a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from sigun.catalog.card import Card
from sigun.panel.model import EVENT_COLUMNS, Panel
from sigun.plan.model import Data, Plan, Space
from sigun.plan.steps import Trend

CRS = "EPSG:5179"
ABSENT: dict[str, Any] = {"datetime64[us]": pd.NaT, "float64": np.nan, "str": None}


def plan_of(cell: int = 500, steps: Sequence[Any] = (Trend(method="trend"),), **fields: Any) -> Plan:
    """The least a plan can say; `fields` are those of `Plan`."""
    words = {"id": "test", "title": "시험", "question": "시험 자료에서 무엇이 보이는가"}
    return Plan(**words, data=Data(events="reports"), space=Space(crs=CRS, cell=cell), steps=tuple(steps), **fields)


def card_of(**fields: Any) -> Card:
    """The least a card can say."""
    asked = {"id": "reports", "title": "시험 신고", "file": "reports.csv", "kind": "events", "made_up": True}
    return Card.model_validate(asked | {"reading": {"format": "csv"}} | fields)


def events_of(occurred_at: Any, **columns: Any) -> pd.DataFrame:
    """Events in time order with every column of `EVENT_COLUMNS`; what is not given is missing."""
    frame = pd.DataFrame({"occurred_at": pd.to_datetime(pd.Series(list(occurred_at)), format="ISO8601")})
    for name, values in columns.items():
        frame[name] = values if np.isscalar(values) or values is None else list(values)
    frame = frame.sort_values("occurred_at", kind="stable", ignore_index=True)
    whole = {"row": range(len(frame)), "id": [f"r{i}" for i in range(len(frame))], "like": -1, "why": ""}
    for name, dtype in EVENT_COLUMNS.items():
        if name not in frame:
            frame[name] = whole.get(name, ABSENT.get(dtype))
    if "place" not in columns:
        frame["place"] = np.where(frame["x"].notna(), "point", np.where(frame["region"].notna(), "area", "none"))
    return frame[list(EVENT_COLUMNS)].astype(dict(EVENT_COLUMNS))


def counts_of(events: pd.DataFrame, cell: int) -> pd.DataFrame:
    """What the panel's one query makes of the events with a point."""
    points = events[events["x"].notna() & events["y"].notna()]
    keys = pd.DataFrame(
        {
            "cell_x": np.floor(points["x"] / cell).astype("int64"),
            "cell_y": np.floor(points["y"] / cell).astype("int64"),
            "day": points["occurred_at"].dt.normalize(),
            "gone": points["gone"],
            "outcome": points["outcome"],
        }
    )
    return keys.groupby(list(keys), dropna=False).size().rename("reports").reset_index()


def reports_on(days: pd.DatetimeIndex, counts: Any, hour: float = 10.0) -> pd.DatetimeIndex:
    """As many times on each of the days as its count says (one count, or one for each day)."""
    return days.repeat(np.broadcast_to(counts, len(days))) + pd.Timedelta(hours=hour)


def panel_of_events(
    occurred_at: Any,
    x: Any = None,
    y: Any = None,
    *,
    start: date | None = None,
    end: date | None = None,
    holes: Sequence[tuple[date, date]] = (),
    regimes: Sequence[date] = (),
    cell: int = 500,
    outlines: pd.DataFrame | None = None,
    areas: pd.DataFrame | None = None,
    area_periods: pd.DataFrame | None = None,
    weather: pd.DataFrame | None = None,
    plan: Plan | None = None,
    **columns: Any,
) -> Panel:
    """A panel of these events; `columns` are those of `EVENT_COLUMNS`, a value for all or one for each.

    >>> panel_of_events(["2024-01-01", "2024-01-03"]).end
    datetime.date(2024, 1, 4)
    """
    events = events_of(occurred_at, **({"x": x, "y": y} | columns))
    days = events["occurred_at"].dt.date
    return Panel(
        plan=plan or plan_of(cell),
        cards={"reports": card_of()},
        crs=CRS,
        events=events,
        counts=counts_of(events, cell),
        start=start or days.min(),
        end=end or days.max() + pd.Timedelta(days=1),
        holes=tuple(holes),
        regimes=tuple(regimes),
        findings=(),
        outlines=outlines,
        areas=areas,
        area_periods=area_periods,
        weather=weather,
    )
