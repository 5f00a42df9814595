"""The step `patrol` (순찰 우선순위): where to look first, why, and what that buys."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sigun.analysis.arrays import BoolArray, FloatArray, IntArray
from sigun.analysis.backtest import OURS, Trial, try_past
from sigun.analysis.forecast import cell_table, nearest_regions
from sigun.analysis.horizons import span_of
from sigun.analysis.outlook import Forecaster, Outlook, estimate
from sigun.analysis.places import Places
from sigun.analysis.reasons import reasons_for
from sigun.analysis.score import Ratio, draw_origins, hits
from sigun.errors import MethodError
from sigun.panel.model import Panel
from sigun.region.grid import unproject
from sigun.result import Fact, Result, facts_table
from sigun.text import N_, Message, say

if TYPE_CHECKING:
    from sigun.plan.steps import Patrol

LADDER = (0.25, 0.5, 1.0, 2.0, 4.0)  # times the capacity, for the curve of what more places would buy
MONTHS = 12  # of past origins behind the share caught
WEEK = 7
STREET_DAYS = 730  # how far back a place's most frequent street is looked for


@dataclass(frozen=True)
class Listed:
    """The places of one list, in order: those expected to have most, then those drawn at random."""

    place: IntArray  # (k,)
    random: BoolArray  # (k,)


def choose_places(expected: FloatArray, size: int, random_share: float, rng: np.random.Generator) -> Listed:
    """The `size` places to visit: a share is drawn at random from those the forecast would leave out, against feedback.

    Parameters
    ----------
    expected : (n,) expected reports by place; ties go to the place that comes first.
    size : places on the list; at most n of them are listed.

    References
    ----------
    Ensign et al. (2018), Runaway feedback loops in predictive policing, PMLR 81.

    Examples
    --------
    >>> choose_places(np.array([1.0, 3.0, 2.0]), 2, 0.0, np.random.default_rng(1)).place.tolist()
    [1, 2]
    """
    size = min(size, len(expected))
    best, drawn = split(size, random_share)
    order = np.argsort(-expected, kind="stable")
    lot = rng.choice(order[best:], drawn, replace=False) if drawn else np.empty(0, np.int64)
    lot = lot[np.argsort(-expected[lot], kind="stable")]
    return Listed(np.concatenate([order[:best], lot]), np.arange(size) >= best)


def split(size: int, random_share: float) -> tuple[int, int]:
    """How many places of a list are chosen by the forecast, and how many drawn."""
    drawn = round(size * random_share)
    return size - drawn, drawn


def caught(score: FloatArray, came: FloatArray, size: int, random_share: float) -> float:
    """Reports that a list made by `score` would have met; the drawn places meet their expected number."""
    best, drawn = split(min(size, len(score)), random_share)
    met = hits(score, came, best) if best else 0.0
    left = len(score) - best
    return met + (float(came.sum()) - met) * drawn / left if left else met


def patrol(step: Patrol, panel: Panel, rng: np.random.Generator) -> Result:
    """Run one `patrol` step of a plan: the list starts at the panel's end."""
    outlook = Forecaster(panel).outlook(span_of(f"{step.days}d", panel.end), step.days)
    size = min(step.capacity * step.days, len(outlook.places))
    listed = choose_places(outlook.at_places.mean, size, step.random_share, rng)
    trial = _trial(step, panel)
    capacity = _capacity(step, size, outlook, trial, rng)
    tables = {"facts": _facts(step, outlook, listed, capacity), "places": _places(outlook, panel, listed)}
    return Result("patrol", "forecast", tables | {"capacity": capacity}, _cautions(step, outlook, trial))


def _trial(step: Patrol, panel: Panel) -> Trial | None:
    """The past year's forecasts for as many days, at most one a week; none when the history is too short."""
    try:
        return try_past(panel, panel.plan.target, f"{max(step.days, WEEK)}d", MONTHS, f"{step.days}d")
    except MethodError:
        return None


def _capacity(step: Patrol, size: int, outlook: Outlook, trial: Trial | None, rng: np.random.Generator) -> pd.DataFrame:
    """What lists of several lengths would have caught over the past year, beside chance and last year's counts.

    A list by last year's counts draws the same share of its places at random, so that only the ranking differs.
    """
    columns = ["places", "share_area", "share_caught", "low", "high", "share_random", "share_last_12m"]
    if trial is None:
        return pd.DataFrame(columns=columns, dtype="float64")
    draws = draw_origins(rng, len(trial.came))
    n = len(outlook.places)
    rows = []
    for places in sorted({min(max(1, round(size * times)), n) for times in LADDER}):
        ours = _share_caught(trial, OURS, places, step.random_share)
        simple = _share_caught(trial, "mean_12m", places, step.random_share)
        chance = _share_caught(trial, OURS, places, 1.0)
        rows.append((places, places / n, ours.value, *ours.interval(draws), chance.value, simple.value))
    return pd.DataFrame(rows, columns=columns)


def _share_caught(trial: Trial, model: str, places: int, random_share: float) -> Ratio:
    met = [caught(e, y, places, random_share) for e, y in zip(trial.expected[model], trial.came, strict=True)]
    return Ratio(np.array(met), np.array([y.sum() for y in trial.came]) + trial.outside)


def _facts(step: Patrol, outlook: Outlook, listed: Listed, capacity: pd.DataFrame) -> pd.DataFrame:
    total = outlook.at_places.mean[listed.place].sum()
    spread = outlook.in_city.spread if outlook.settings.spreads is None else np.array([outlook.settings.spreads.area])
    found = estimate(np.array([total]), spread)
    facts = [
        Fact("capacity", step.capacity, "places"),
        Fact("days", step.days, "days"),
        Fact("places", len(listed.place), "places"),
        Fact("random_places", int(listed.random.sum()), "places"),
        Fact("expected", float(total), "reports", float(found.low[0]), float(found.high[0])),
        Fact("share_area", len(listed.place) / len(outlook.places), "share"),
    ]
    now = capacity[capacity["places"] == len(listed.place)]
    if len(now):
        row = now.iloc[0]
        facts += [
            Fact("share_caught", float(row["share_caught"]), "share", float(row["low"]), float(row["high"])),
            Fact("share_last_12m", float(row["share_last_12m"]), "share"),
            Fact("share_random", float(row["share_random"]), "share"),
        ]
    return facts_table(facts)


def _places(outlook: Outlook, panel: Panel, listed: Listed) -> pd.DataFrame:
    """One row a place of the list, in order."""
    table = cell_table(outlook, panel).iloc[listed.place].reset_index(drop=True)
    longitude, latitude = unproject(*_centres(outlook.places, panel, listed.place), panel.crs)
    said = reasons_for(outlook.past, outlook.places, listed.place, listed.random)
    table = table.drop(columns=["origin", "horizon_start", "horizon_end"]).assign(
        rank=np.arange(1, len(table) + 1),
        longitude=longitude,
        latitude=latitude,
        name=_names(outlook.places, panel, listed.place),
        street=_streets(outlook.places, panel)[listed.place],
        random=listed.random,
        reasons=[json.dumps([_stored(m) for m in one], ensure_ascii=False) for one in said],
    )
    order = ["rank", "cell_x", "cell_y", "longitude", "latitude", "region", "name", "street", "expected_count"]
    order += ["q05", "q95", "p_any", "random", "reasons"]
    return table[[c for c in order if c in table]]


def _centres(places: Places, panel: Panel, chosen: IntArray) -> tuple[FloatArray, FloatArray]:
    if panel.outlines is not None and places.regional:
        inside = panel.outlines.geometry.representative_point()
        x, y = inside.x.to_numpy(float), inside.y.to_numpy(float)
    else:
        x, y = (places.x + 0.5) * panel.cell, (places.y + 0.5) * panel.cell
    return np.asarray(x[chosen]), np.asarray(y[chosen])


def _names(places: Places, panel: Panel, chosen: IntArray) -> list[str]:
    if panel.outlines is None:
        return [""] * len(chosen)
    rows = places.x if places.regional else nearest_regions(places, panel.outlines, panel.cell)
    return [str(name) for name in panel.outlines["name"].to_numpy()[rows[chosen]]]


def _streets(places: Places, panel: Panel) -> np.ndarray:
    """The street named most often at each place lately, (n,); "" where none is."""
    streets = np.full(len(places), "", dtype=object)
    events = panel.reports()
    since = pd.Timestamp(panel.end) - pd.Timedelta(days=STREET_DAYS)
    named = events[events["street"].notna() & (events["street"] != "") & (events["occurred_at"] >= since)]
    if places.regional:
        named = named.assign(place=named["region"].map({r: i for i, r in enumerate(places.keys["region"])}))
        named = named[named["place"].notna()]
    else:
        named = named[named["x"].notna()]
        x, y = (np.floor(named[c].to_numpy(float) / panel.cell).astype(np.int64) for c in ("x", "y"))
        named = named.assign(place=places.index(x, y))
        named = named[named["place"] >= 0]
    counted = named.groupby(["place", "street"]).size().rename("n").reset_index()
    first = counted.sort_values(["place", "n", "street"], ascending=[True, False, True]).drop_duplicates("place")
    streets[first["place"].to_numpy(np.int64)] = first["street"].to_numpy()
    return streets


def _stored(message: Message) -> dict[str, object]:
    return {"template": message.template, "values": dict(message.values)}


def _cautions(step: Patrol, outlook: Outlook, trial: Trial | None) -> tuple[Message, ...]:
    said = [
        say(
            N_(
                "The list follows reports and sends nobody where nobody reports. What patrols find themselves should "
                "be recorded apart from citizens' reports."
            )
        )
    ]
    if trial is None:
        said.append(say(N_("There is too little history to say how many reports such a list would have met.")))
    if step.capacity * step.days > len(outlook.places):
        said.append(
            say(
                N_("There are only {n} places; the list holds all of them, fewer than the capacity."),
                n=len(outlook.places),
            )
        )
    return tuple(said)
