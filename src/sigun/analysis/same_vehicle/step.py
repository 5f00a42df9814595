"""Reports of one vehicle (동일 차량 신고): how many vehicles stand behind the reports, from what they say alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from sigun.analysis.same_vehicle.clusters import put_together
from sigun.analysis.same_vehicle.comparison import NAMES, PLACE, TIME, Limits, Reports
from sigun.analysis.same_vehicle.knox import Knox, knox
from sigun.analysis.same_vehicle.linkage import probability
from sigun.analysis.same_vehicle.linking import Linked, link, refitted_shares
from sigun.analysis.same_vehicle.pairs import UNTOLD, Pairs
from sigun.analysis.same_vehicle.told_duplicates import Scored, scores_against
from sigun.analysis.statistics.arrays import FloatArray, IntArray
from sigun.analysis.statistics.intervals import middle_of
from sigun.analysis.statistics.observed import require_reports
from sigun.panel.marks import plain
from sigun.panel.model import Panel
from sigun.plan.steps import SameVehicle
from sigun.result import Fact, Result, facts_table
from sigun.text import N_, Message, say

KNOX_METRES, KNOX_DAYS = (25.0, 50.0, 100.0, 200.0), (1, 7, 14, 30, 60)
NEAR = (50.0, 7)  # metres and days of the ratio that is told as one figure
OVERDONE = 0.9  # a ratio below it
UNDECIDED = (0.1, 0.9)  # a pair is undecided between these probabilities


def same_vehicle(step: SameVehicle, panel: Panel, rng: np.random.Generator) -> Result:
    """Run one `same_vehicle` step of a plan."""
    events = told_once(panel)
    linked = linked_of(step, events, panel)
    sure = probability(linked.weight(linked.fit))
    first = firsts(linked, step.threshold)
    outcome = events["outcome"].to_numpy(dtype=object, na_value=None)
    scored = scores_against(outcome, linked, sure, step.threshold, rng)
    tables = {
        "pairs": _pairs_table(linked, (*NAMES, *step.compare), sure),
        "clusters": _clusters_table(first),
        "scores": scored.table,
        "knox": _knox_table(linked.reports, first, step.draws, rng),
    }
    facts = [*_facts(linked, step, first, sure, rng), *_score_facts(scored, events), *_knox_facts(tables["knox"])]
    cautions = tuple(_cautions(linked, scored, tables["knox"]))
    return Result("same_vehicle", "description", {"facts": facts_table(facts)} | tables, cautions)


def told_once(panel: Panel) -> pd.DataFrame:
    """The events without those that are in the file twice."""
    events = panel.events[panel.events["why"] != "repeat"].reset_index(drop=True)
    require_reports(len(events), say(N_("reports of one vehicle")))
    return events


def linked_of(step: SameVehicle, events: pd.DataFrame, panel: Panel) -> Linked:
    """The events compared, within the plan's rules."""
    rules = panel.plan.rules
    return link(reports_of(events, step.compare), Limits(rules.duplicate_metres, rules.duplicate_days))


def firsts(linked: Linked, threshold: float) -> IntArray:
    """(n,) position of the first report of each report's vehicle."""
    weight, reports = linked.weight(linked.fit), linked.reports
    kept = probability(weight) >= threshold
    joined = Pairs(linked.pairs.earlier[kept], linked.pairs.later[kept])
    limits = (linked.limits.metres, linked.limits.days)
    return put_together(joined, weight[kept], reports.xy, reports.day, reports.vehicle, *limits)


def numbered(step: SameVehicle, panel: Panel) -> pd.DataFrame:
    """One row a report: row, id, and `first`, the id of the first report that seems to be of the same vehicle."""
    events = told_once(panel)
    first = firsts(linked_of(step, events, panel), step.threshold)
    return events[["row", "id"]].assign(first=events["id"].to_numpy()[first])


def reports_of(events: pd.DataFrame, others: Sequence[str] = ()) -> Reports:
    """What is compared of the events; no status is among it. A point that is no place of its own is none."""
    point = np.asarray(events["place"] == "point")
    address = events["address"].where(events["why"] != "no_place").map(plain, na_action="ignore")
    day = (events["occurred_at"] - events["occurred_at"].min()).dt.total_seconds().to_numpy() / 86_400
    return Reports(
        xy=np.where(point[:, None], events[["x", "y"]].to_numpy(float), np.nan),
        day=day,
        address=_codes(address.where(address != "")),
        street=_codes(events["street"]),
        vehicle=_codes(events["vehicle"]),
        kind=_codes(events["kind"]),
        channel=_codes(events["channel"]),
        others=tuple(_codes(events[name].astype("str").map(plain, na_action="ignore")) for name in others),
    )


def _codes(said: pd.Series) -> IntArray:
    return np.asarray(pd.factorize(said)[0], dtype=np.int64)


def _facts(
    linked: Linked, step: SameVehicle, first: IntArray, sure: FloatArray, rng: np.random.Generator
) -> Iterator[Fact]:
    n = len(linked.reports)
    share = float(linked.repeats(sure).mean())
    low, high = _fewest_and_most(linked, rng)
    yield Fact("reports", n)
    yield Fact("pairs", len(linked.pairs))
    yield Fact("same_pairs", linked.fit.prior, "share")
    yield Fact("threshold", step.threshold)
    yield Fact("clusters", len(np.unique(first)))
    yield Fact("largest", int(np.bincount(first).max()))
    yield Fact("vehicles", round(n * (1 - share)), "", n * (1 - high), n * (1 - low))
    yield Fact("repeat_share", share, "share", low, high)
    yield Fact("plates_told", float((linked.reports.vehicle >= 0).mean()), "share")


def _fewest_and_most(linked: Linked, rng: np.random.Generator) -> tuple[float, float]:
    """Bounds of the share of repeats: what chance leaves open, and what undecided pairs do, all joined or all apart.

    The probabilities rest on comparisons that are taken for independent; how far they are off cannot be told from
    within, so the bounds do not lean on them between nine in ten and one in ten.
    """
    low, high = (float(bound[0]) for bound in middle_of(refitted_shares(linked, rng)[:, None]))
    apart, joined = (1 - len(np.unique(firsts(linked, at))) / len(linked.reports) for at in reversed(UNDECIDED))
    return min(low, apart), max(high, joined)


def _score_facts(scored: Scored, events: pd.DataFrame) -> Iterator[Fact]:
    if scored.table.empty:
        return
    yield Fact("labelled_share", scored.labelled, "share")
    yield Fact("test_from", str(events["occurred_at"].iloc[scored.first].date()))
    yield Fact("test_reports", scored.tested)
    for row in scored.table[scored.table["mark"] != ""].to_dict("records"):
        own = row["way"] if row["mark"] == "chosen" else f"{row['way']}_{row['mark']}"
        yield Fact(f"{own}_threshold", row["threshold"])
        for name in ("precision", "recall"):
            yield Fact(f"{own}_{name}", row[name], "share", row[f"{name}_low"], row[f"{name}_high"])


def _knox_facts(table: pd.DataFrame) -> Iterator[Fact]:
    for when in ("all", "first"):
        if not np.isnan(ratio := _knox_ratio(table, when)):
            yield Fact(f"knox_{when}", ratio)


def _knox_ratio(table: pd.DataFrame, when: str) -> float:
    """Pairs within 50 m and a week, over those chance would bring; NaN where it would bring none."""
    near = table[(table["reports"] == when) & (table["metres_to"] <= NEAR[0]) & (table["days_to"] <= NEAR[1])]
    expected = float(near["expected"].sum())
    return float(near["observed"].sum()) / expected if expected else float("nan")


def _pairs_table(linked: Linked, names: Sequence[str], sure: FloatArray) -> pd.DataFrame:
    """What each level of each comparison says: in bits, and among how many pairs it was met."""
    ends = [*linked.limits.metre_ends, np.nan]
    related = ("same_address", "untold", "same_street", "other_address")
    rows = []
    for k, (name, m, u) in enumerate(zip(names, linked.fit.m, linked.fit.u, strict=True)):
        column = linked.levels[:, k]
        met = np.bincount(column[column != UNTOLD], minlength=len(m))
        same = np.bincount(column[column != UNTOLD], sure[column != UNTOLD], len(m))
        for level in range(len(m)):
            rows.append(
                {
                    "comparison": name,
                    "metres_to": ends[level // 4] if k == PLACE else np.nan,
                    "days_to": linked.limits.day_ends[level] if k == TIME else np.nan,
                    "agrees": related[level % 4] if k == PLACE else "" if k == TIME else ("yes", "no")[level],
                    "pairs": int(met[level]),
                    "same": same[level] / max(int(met[level]), 1),
                    "bits": float(np.log2(m[level] / u[level])),
                }
            )
    table = pd.DataFrame(rows)
    return table[table["pairs"] > 0].reset_index(drop=True)


def _clusters_table(first: IntArray) -> pd.DataFrame:
    size = np.bincount(first)
    reports, vehicles = np.unique(size[size > 0], return_counts=True)
    return pd.DataFrame({"reports": reports, "vehicles": vehicles}).astype("int64")


def _knox_table(reports: Reports, first: IntArray, draws: int, rng: np.random.Generator) -> pd.DataFrame:
    """Closeness in space and time of all reports, and of the first report of each vehicle."""
    day = np.floor(reports.day).astype(np.int64)
    own = first == np.arange(len(first))
    parts = []
    for name, kept in (("all", np.ones(len(first), dtype=bool)), ("first", own)):
        parts.append(_knox_rows(name, knox(reports.xy[kept], day[kept], KNOX_METRES, KNOX_DAYS, draws, rng)))
    return pd.concat(parts, ignore_index=True)


def _knox_rows(name: str, found: Knox) -> pd.DataFrame:
    metres, days = np.meshgrid(KNOX_METRES, KNOX_DAYS, indexing="ij")
    columns = {"reports": name, "metres_to": metres.ravel(), "days_to": days.ravel().astype("int64")}
    measures = ("observed", "expected", "ratio", "low", "high", "p")
    return pd.DataFrame(columns | {measure: getattr(found, measure).ravel() for measure in measures})


def _cautions(linked: Linked, scored: Scored, closeness: pd.DataFrame) -> Iterator[Message]:
    yield say(N_("Which reports are of one vehicle is estimated from what they say, not checked on the spot."))
    yield say(N_("The interval of the number of vehicles covers chance and undecided pairs, not a misleading column."))
    if not linked.plates:
        yield say(
            N_("Hardly any plates are told: reports of one vehicle are hard to tell from reports of its neighbours.")
        )
    if _knox_ratio(closeness, "first") < OVERDONE:
        yield say(
            N_("Fewer reports are left close together than chance would bring: too many were taken for one vehicle.")
        )
    if not scored.table.empty:
        yield say(
            N_("Only part of the repeated reports were closed as duplicates: against that mark, precision looks low.")
        )
