"""Marks on single reports (신고별 품질 표시): which do not count, since when that is known, which resemble another."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from sigun.catalog.card import Card, Overrule
from sigun.plan.model import Rules

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]

KNOWN_AT_ONCE = ("occurred_at", "longitude", "latitude", "address", "area_said", "kind", "channel", "vehicle")
"""What a report says when it comes in. Status fields change later, so they are no evidence of a repeat."""

NO_PLACE = (
    "no location specified",
    "unknown",
    "n/a",
    "미상",
    "불명",
    "주소미상",
    "주소불명",
    "위치미상",
    "위치불명",
    "장소미상",
)
"""Words that stand where an address should, in any register; a card adds its own."""

PILE = 500  # reports at one exact point: more than one vehicle can be told apart there
SAME_POINT = 20  # metres: how near a person's placeholder coordinates must be


def mark(events: pd.DataFrame, rules: Rules, card: Card) -> pd.DataFrame:
    """Add gone, why, like, near and place to placed events.

    A mark never looks ahead: what a row itself says counts from its own time, a placeholder from the report that gave
    it away, a duplicate from the time its status was set. The earliest reason stands.

    Parameters
    ----------
    events : in time order, with row, id, occurred_at, known_at, outcome, address, x, y (metres), longitude, latitude,
        region, kind, channel, vehicle, area_said, inside.
    rules : how many addresses make a placeholder; how near and how soon another report is of the same vehicle.
    card : its words for "no place", and what a person overruled.

    Returns
    -------
    The events with `gone` (from when it is known that the row does not count), `why`, `like` (row of the latest earlier
    report that seems to be of the same vehicle, or -1), `near` (some earlier report lies as near and as recent) and
    `place` (point | area | none).
    """
    left = leaving(events, rules, card)
    judged = events.assign(gone=left["gone"], why=left["why"])
    lost = judged["why"].isin(["no_place", "outside", "placeholder"])
    judged["region"] = judged["region"].mask(lost & judged["area_said"].isna())  # its point says nothing about it
    on_map = judged["x"].notna() & ~lost
    judged["place"] = np.where(on_map, "point", np.where(judged["region"].notna(), "area", "none"))
    like, near = alike(judged, rules)
    return judged.assign(like=like, near=near)


def leaving(events: pd.DataFrame, rules: Rules, card: Card) -> pd.DataFrame:
    """(n,) gone and why of every event: the earliest reason not to count, and on a tie the first of this list."""
    own = events["occurred_at"]
    reasons = {
        "repeat": own.where(repeats(events)),
        "no_place": own.where(without_place(events, card.no_place)),
        "outside": own.where(_outside(events, overruled(card, "outside"))),
        "placeholder": placeholder_since(events, rules.placeholder_addresses, overruled(card, "placeholder")),
        "duplicate": events["known_at"].fillna(own).where(events["outcome"] == "duplicate"),
    }
    for kind in ("repeat", "duplicate"):
        if any(o.decision == "ignore" for o in overruled(card, kind)):
            del reasons[kind]
    since = pd.DataFrame(reasons).astype("datetime64[us]")
    gone = since.min(axis=1)
    why = since.eq(gone, axis=0).idxmax(axis=1).where(gone.notna(), "")
    return pd.DataFrame({"gone": gone, "why": why})


def overruled(card: Card, kind: str) -> tuple[Overrule, ...]:
    """What a person said about findings of that kind."""
    return tuple(o for o in card.overrule if o.finding == kind)


def repeats(events: pd.DataFrame) -> BoolArray:
    """Rows with the id of an earlier row; without ids, rows that say exactly what an earlier row says.

    Time and place alone are no evidence: two people may report at once. Then nothing is marked.
    """
    if events["id"].notna().any():
        return np.asarray(events["id"].notna() & events.duplicated("id"))
    if not _says_more_than_time_and_place(events):
        return np.zeros(len(events), dtype=bool)
    return np.asarray(events.duplicated(list(KNOWN_AT_ONCE)))


def possible_repeats(events: pd.DataFrame) -> int:
    """Rows at the very time and place of an earlier row, where nothing can tell a repeat from a second report."""
    if events["id"].notna().any() or _says_more_than_time_and_place(events):
        return 0
    return int(events.duplicated(["occurred_at", "longitude", "latitude", "area_said"]).sum())


def _says_more_than_time_and_place(events: pd.DataFrame) -> bool:
    return bool(events[["address", "kind", "channel", "vehicle"]].notna().any(axis=None))


def without_place(events: pd.DataFrame, words: Iterable[str]) -> BoolArray:
    """Rows whose address is one of the words that mean there is none."""
    none = {plain(word) for word in (*NO_PLACE, *words)}
    return np.asarray(events["address"].map(plain, na_action="ignore").isin(none))


def plain(address: str) -> str:
    """An address for comparing: up to the first comma or bracket, letters and digits only.

    >>> plain("17-35 Electric Ave, Brighton"), plain("가능로 12 (가능동)")
    ('1735electricave', '가능로12')
    """
    return re.sub(r"[\W_]+", "", re.split(r"[,(]", address, maxsplit=1)[0]).casefold()


def _outside(events: pd.DataFrame, said: tuple[Overrule, ...]) -> BoolArray:
    out = ~events["inside"].to_numpy(bool) & events["x"].notna().to_numpy()
    for overrule in said:
        everywhere = overrule.longitude is None or overrule.latitude is None
        there = np.ones(len(events), dtype=bool) if everywhere else at(events, overrule)
        out = out & ~there if overrule.decision == "ignore" else out | (there & (not everywhere))
    return np.asarray(out)


def points(events: pd.DataFrame) -> pd.Series:
    """Number of each row's exact point (to a decimetre), -1 where it has none."""
    at = events[["x", "y"]].round(1)
    return at.groupby(["x", "y"], sort=True).ngroup()


def placeholder_since(events: pd.DataFrame, addresses: int, said: tuple[Overrule, ...]) -> pd.Series:
    """From when each row's point is known to be a placeholder: the report that brings its n-th different address.

    A point at which so many addresses "lie" is where a geocoder puts what it cannot find. Without addresses there is no
    such judgement: many reports at one point may be one complainant.
    """
    own, never = events["occurred_at"], pd.Series(pd.NaT, events.index, dtype="datetime64[us]")
    point = points(events)
    address = events["address"].map(plain, na_action="ignore")
    told = pd.DataFrame({"point": point, "address": address, "at": events["occurred_at"]})[
        address.notna() & (point >= 0)
    ]
    first = told.drop_duplicates(["point", "address"])
    nth = first[first.groupby("point").cumcount() == addresses - 1]
    since = never if nth.empty else point.map(nth.set_index("point")["at"])
    since = since.where(since.isna() | (since > own), own).where(since.notna())
    for overrule in said:
        since = since.mask(at(events, overrule), own if overrule.decision == "accept" else never)
    return since


def at(events: pd.DataFrame, overrule: Overrule) -> BoolArray:
    """Rows within a few metres of the coordinates a person named."""
    if overrule.longitude is None or overrule.latitude is None:
        return np.zeros(len(events), dtype=bool)
    north = (events["latitude"] - overrule.latitude) * 111_320
    east = (events["longitude"] - overrule.longitude) * 111_320 * np.cos(np.radians(overrule.latitude))
    return np.asarray(np.hypot(north, east) <= SAME_POINT)


def alike(events: pd.DataFrame, rules: Rules) -> tuple[IntArray, BoolArray]:
    """(n,) row of the latest earlier report that seems to be of the same vehicle, or -1; (n,) whether any lies near.

    Near: within `duplicate_metres` and `duplicate_days`. The same vehicle: near, and equal plates where both tell one;
    where one does not, equal addresses, and kinds that do not differ. Nearness alone is never enough.
    """
    earlier, later = near_pairs(events, rules)
    near = np.zeros(len(events), dtype=bool)
    near[later] = True
    plates = _agree(events["vehicle"], earlier, later)
    address = _agree(events["address"].map(plain, na_action="ignore"), earlier, later)
    kind = _agree(events["kind"], earlier, later)
    same = (plates == 1) | ((plates == 0) & (address == 1) & (kind >= 0))
    latest = np.full(len(events), -1, dtype=np.int64)
    np.maximum.at(latest, later[same], earlier[same])
    row = events["row"].to_numpy(np.int64)
    return np.where(latest >= 0, row[latest], -1), near


def _agree(said: pd.Series, a: IntArray, b: IntArray) -> IntArray:
    """1 where both rows say the same, -1 where they differ, 0 where one says nothing."""
    code = pd.factorize(said)[0].astype(np.int64)
    told = (code[a] >= 0) & (code[b] >= 0)
    return np.where(told, np.where(code[a] == code[b], 1, -1), 0).astype(np.int64)


def near_pairs(events: pd.DataFrame, rules: Rules) -> tuple[IntArray, IntArray]:
    """Positions of all pairs (earlier, later) within the rules' metres and days.

    Left out: rows whose place or id is no evidence, and exact points with hundreds of reports.
    """
    from scipy.spatial import cKDTree

    point = points(events)
    crowded = point.map(point.value_counts()).to_numpy() > PILE
    use = np.flatnonzero((events["place"] == "point") & (events["why"] != "repeat") & ~crowded)
    if len(use) == 0:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    xy = events[["x", "y"]].to_numpy(float)[use]
    day = (events["occurred_at"] - events["occurred_at"].min()).dt.total_seconds().to_numpy()[use] / 86_400
    box = np.column_stack([xy / rules.duplicate_metres, day / rules.duplicate_days])
    pairs = cKDTree(box).query_pairs(1.0, p=np.inf, output_type="ndarray").astype(np.int64)
    first, second = pairs.min(axis=1), pairs.max(axis=1)  # rows are in time order
    close = np.hypot(*(xy[first] - xy[second]).T) <= rules.duplicate_metres
    return use[first[close]], use[second[close]]
