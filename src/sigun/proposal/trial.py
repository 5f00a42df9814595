"""Try a plan on its data without a run (시험 적용): coverage, joins, small cells, n, power, minutes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np
import pandas as pd

from sigun.analysis.diagnostics.power import mde
from sigun.analysis.diagnostics.variance import split
from sigun.catalog.guard import Finding, Verdict, written
from sigun.catalog.store import Catalog
from sigun.errors import Place, SigunError
from sigun.panel.build import Material, build_panel, collect
from sigun.panel.model import Panel
from sigun.panel.regional.build import build_region_panel
from sigun.panel.regional.model import RegionPanel
from sigun.panel.regional.released import released
from sigun.plan.model import Plan
from sigun.plan.steps import BeforeAfter, Effect, FactorAnalysis, Occurrence
from sigun.plan.steps.effect import Treatment
from sigun.text import N_, Message, say

OBSERVED = 0.8  # of regions and periods: with more of them missing, those left are seldom like the others
JOINED = 0.98  # of rows: what does not find its region is more than a slip of the pen
PLACED = 0.9  # of reports with a place on the map: with fewer, patterns in space are those of who writes addresses
EACH = 10  # observations beyond regions and periods for one parameter: the usual least for a regression
AREAS_EACH = 10  # areas for one column of an occurrence model
MEDIUM = 0.5  # standard deviations: policies usually bring smaller changes; not to see even this one is to be told
HIDDEN = 0.2  # of private values: with more of them hidden, sums and maps have holes
EVENTS = 300  # reports: fewer are too few to learn where the next ones come

START_SECONDS, READ_SECONDS = 6.0, 1e-4  # opening and reporting; a row read
SECONDS: Mapping[str, tuple[float, float]] = {
    "backtest": (2.5, 3e-4),
    "forecast": (0.2, 3e-5),
    "patrol": (1.5, 3e-5),
    "occurrence": (0.6, 2e-5),
    "same_vehicle": (0.7, 1e-4),
    "hotspot": (0.4, 2e-5),
    "factors": (1.5, 6e-3),
    "effect": (1.0, 1e-3),
    "before_after": (0.5, 1e-4),
    "supply_demand": (0.5, 1e-4),
}
"""Seconds of a step: at least, and for each report or region and period. Measured on the made-up city (6,813 reports,
fourteen steps in 6 to 8 s) and panels of 96 to 4,360 rows (`factors` 2 to 35 s) on two cores; right to a factor of
three, which is enough to know whether to wait or to go for lunch."""
OTHERS = (0.1, 1e-5)


def trial(plan: Plan, catalog: Catalog) -> tuple[Finding, ...]:
    """What the data of a plan let it find out: findings to accept, or to keep in mind; nothing is written.

    A plan whose panel cannot be built is rejected with the reason.
    """
    try:
        material = collect(plan, catalog)
        if plan.panel is None:
            return tuple(_of_reports(build_panel(plan, material), material))
        panel = build_region_panel(plan, material)
        shown, _said = released(panel, catalog.workspace.key())
    except SigunError as problem:
        return tuple(_stopped(one) for one in getattr(problem, "problems", (problem,)))
    return tuple(_of_regions(panel, shown, material))


def _stopped(problem: SigunError) -> Finding:
    place = written(problem.place) or "data"
    return Finding(
        problem.rule or "G4", place, problem.said[0], "reject", problem.said[2], None, problem.where, problem
    )


def _found(rule: str, place: Place, verdict: Verdict, said: Message, remedy: Message | str = "") -> Finding:
    return Finding(rule, written(place), said, verdict, remedy)


def _of_regions(panel: RegionPanel, shown: RegionPanel, material: Material) -> Iterator[Finding]:
    yield from _coverage(panel)
    yield from _joins(panel, material)
    yield from _hidden(panel, shown)
    for at, step in enumerate(panel.plan.steps):
        if isinstance(step, FactorAnalysis):
            yield from _factors(step, panel, ("steps", at))
        if isinstance(step, Effect | BeforeAfter):
            yield from _treated(step.outcome.variable, step.treatment, panel, ("steps", at))
    yield _minutes(panel.plan, len(panel.frame), _rows(material))


def _coverage(panel: RegionPanel) -> Iterator[Finding]:
    """The share of regions and periods each column is told for, of those that stood."""
    table, panel_plan = panel.dictionary, panel.plan.panel
    told = table["observed"] + table["provisional"]
    there = told + table["suppressed"] + table["not_observed"]
    shares = dict(zip(table["variable"], told / there.where(there > 0, 1), strict=True))
    middle = float(np.median([*shares.values()])) if shares else 0.0
    said = N_("Trial: {n} regions, {periods} periods, {columns} columns; the middle column is told for {share} %.")
    counts = {"n": len(panel.units), "periods": int(panel.frame["period"].nunique()), "columns": len(shares)}
    yield _found("G4", ("panel",), "accept", say(said, **counts, share=round(100 * middle, 1)))
    for at, variable in enumerate(panel_plan.variables if panel_plan is not None else ()):
        share = float(shares.get(variable.id, 1.0))
        if share < OBSERVED:
            words = say(
                N_("“{id}” is told for {share} % of regions and periods."), id=variable.id, share=round(100 * share, 1)
            )
            remedy = say(
                N_("Look at the periods and regions of its table, or take it out: what is missing is left out of all.")
            )
            yield _found("G4", ("panel", "variables", at), "warn", words, remedy)


def _joins(panel: RegionPanel, material: Material) -> Iterator[Finding]:
    """The share of each table's rows that found their region."""
    lost = panel.unmatched.groupby("card")["rows"].sum() if len(panel.unmatched) else pd.Series(dtype="int64")
    for at, name in enumerate(panel.plan.data.tables):
        rows = material.snapshots[name].rows
        share = 1 - float(lost.get(name, 0)) / rows if rows else 1.0
        if share < JOINED:
            said = say(
                N_("{share} % of the rows of “{name}” found their region."), share=round(100 * share, 1), name=name
            )
            yield _found(
                "G5", ("data", "tables", at), "warn", said, say(N_("Look at them with `sigun regions check`."))
            )


def _hidden(panel: RegionPanel, shown: RegionPanel) -> Iterator[Finding]:
    """The smallest count of private tables that may be told, and how much the rule hides."""
    for name in panel.asked.ids():
        before, after = panel.frame[name], shown.frame[name]
        changed = before.notna() & before.ne(after)
        if not changed.any():
            continue
        share = float(changed.sum() / before.notna().sum())
        said = N_(
            "“{id}” is of a private table: {share} % of its values are hidden or rounded; the smallest told is {least}."
        )
        told = after.dropna()
        words = say(said, id=name, share=round(100 * share, 1), least=float(told.min()) if len(told) else 0)
        remedy = say(N_("Ask for larger regions or longer periods (`unit`, `span`)."))
        yield _found(
            "G6", ("privacy",), "warn" if share > HIDDEN else "accept", words, remedy if share > HIDDEN else ""
        )


def _factors(step: FactorAnalysis, panel: RegionPanel, place: Place) -> Iterator[Finding]:
    names = [*step.variables(), *step.controls]
    rows = panel.frame[["region", "period", step.outcome.variable, *names]].dropna()
    regions, periods = rows["region"].nunique(), rows["period"].nunique()
    free = len(rows) - regions - periods + 1 if periods > 1 else len(rows) - 1
    said = N_("`{method}`: {n} complete rows of {regions} regions and {periods} periods for {k} factors and controls.")
    enough = free >= EACH * len(names)
    words = say(said, method=step.method, n=len(rows), regions=regions, periods=periods, k=len(names))
    remedy = say(
        N_("Take fewer factors (`together: one`), or more regions or periods: {least} rows for each are the least."),
        least=EACH,
    )
    yield _found("G9", (*place, "factors"), "accept" if enough else "warn", words, "" if enough else remedy)
    if free > 1 and regions > 2 and periods > 1:
        yield _seen(_title(panel, step.outcome.variable), mde(1 / free**0.5, regions - 1), place)


def _title(panel: RegionPanel, name: str) -> str:
    """A column as the reader knows it."""
    return str(dict(zip(panel.dictionary["variable"], panel.dictionary["title"], strict=True)).get(name) or name)


def _seen(outcome: str, least: float, place: Place) -> Finding:
    """The smallest association, in standard deviations within regions of both; told before any result."""
    said = N_(
        "`{outcome}`: about {least} standard deviations within regions for one of a factor could be seen (four times "
        "of five). Clusters and factors alike make it more."
    )
    words = say(said, outcome=outcome, least=round(least, 2))
    return _found("G9", place, "warn" if least > MEDIUM else "accept", words)


def _treated(outcome: str, treatment: Treatment, panel: RegionPanel, place: Place) -> Iterator[Finding]:
    """Treated and other regions, and the smallest change between them that could be seen."""
    wide = panel.frame.pivot(index="region", columns="period", values=outcome)
    began = _began(treatment, panel, wide)
    treated = int((began > 0).sum())
    others = len(wide) - treated - int((began == 0).sum())
    said = say(
        N_("{treated} regions were treated after the first period, and {others} never."), treated=treated, others=others
    )
    if treated == 0 or others == 0:
        remedy = say(N_("Name a treatment that some regions had and others had not, within the periods of the data."))
        yield _found("G9", (*place, "treatment"), "warn", said, remedy)
        return
    yield _found("G9", (*place, "treatment"), "accept", said)
    pre = float(np.mean(began[began > 0]))
    post = wide.shape[1] - pre
    rows = panel.frame[["region", "period", outcome]].dropna()
    region = rows["region"].factorize()[0].astype(np.int64)
    period = rows["period"].factorize()[0].astype(np.int64)
    scatter = split(rows[outcome].to_numpy(float), region, period).sd_within
    se = scatter * ((1 / treated + 1 / others) * (1 / pre + 1 / max(post, 1))) ** 0.5
    least = mde(se, treated + others - 2)
    words = say(
        N_("`{outcome}`: a change of about {least} could be seen (four times of five); alike periods make it more."),
        outcome=_title(panel, outcome), least=float(f"{least:.3g}"),
    )  # fmt: skip
    yield _found(
        "G9", place, "warn" if scatter > 0 and least > MEDIUM * float(rows[outcome].std()) else "accept", words
    )


def _began(treatment: Treatment, panel: RegionPanel, wide: pd.DataFrame) -> np.ndarray:
    """Of each region the number of periods before it was treated; -1: never."""
    if treatment.variable is not None:
        on = (
            panel.frame.pivot(index="region", columns="period", values=treatment.variable).reindex_like(wide)
            > treatment.above
        )
        return np.where(on.any(axis=1), on.to_numpy().argmax(axis=1), -1)
    from sigun.catalog.guard.times import number, start_of

    span = panel.asked.span
    known = panel.units.set_index("unit")
    first = number(pd.Timestamp(wide.columns[0]).date(), span) if span != "number" else 0
    began = np.full(len(wide), -1)
    for name, said in treatment.starts.items():
        start = start_of(said, span) if span != "number" else None
        here = [str(name) in (unit, known["name"].get(unit), known["full"].get(unit)) for unit in wide.index]
        began[here] = -1 if start is None else max(0, start - first)
    return began


def _of_reports(panel: Panel, material: Material) -> Iterator[Finding]:
    reports = panel.reports()
    said = N_("Trial: {n} reports that count, from {start} to {end}.")
    few = len(reports) < EVENTS
    words = say(said, n=len(reports), start=str(panel.start), end=_last(panel.end))
    yield _found("G4", ("data", "events"), "warn" if few else "accept", words)
    placed = float(reports["x"].notna().mean()) if len(reports) else 0.0
    if placed < PLACED:
        remedy = say(N_("Add a table of addresses and coordinates (`data.addresses`), or outlines."))
        words = say(N_("{share} % of the reports have a place on the map."), share=round(100 * placed, 1))
        yield _found("G5", ("data", "events"), "warn", words, remedy)
    yield from _areas(panel)
    if panel.weather is not None:
        days = (panel.end - panel.start).days
        share = min(1.0, panel.weather["day"].nunique() / days) if days else 0.0
        if share < OBSERVED:
            words = say(N_("The weather is told for {share} % of the days."), share=round(100 * share, 1))
            yield _found("G4", ("data", "weather"), "warn", words)
    yield _minutes(panel.plan, len(panel.events), _rows(material))


def _last(end: date) -> str:
    return str((pd.Timestamp(end) - pd.Timedelta(days=1)).date())


def _areas(panel: Panel) -> Iterator[Finding]:
    """Area columns: how many areas tell them, and how many areas there are for each column asked."""
    if panel.areas is None or panel.outlines is None:
        return
    n = len(panel.outlines)
    values = [c for c in panel.areas.columns if c != "region"]
    joined = float(panel.outlines["region"].isin(panel.areas["region"]).mean()) if n else 0.0
    if joined < JOINED:
        words = say(N_("{share} % of the areas found their row in the area tables."), share=round(100 * joined, 1))
        yield _found(
            "G5", ("data", "areas"), "warn", words, say(N_("Look at the names and codes of the areas in both files."))
        )
    for at, step in enumerate(panel.plan.steps):
        if isinstance(step, Occurrence) and step.columns and step.fixed_effects == "none":
            enough = n >= AREAS_EACH * len(step.columns)
            words = say(N_("`{method}`: {n} areas for {k} columns."), method=step.method, n=n, k=len(step.columns))
            remedy = say(N_("Name fewer columns, or none: then as many as the areas can bear are chosen."))
            yield _found(
                "G9", ("steps", at, "columns"), "accept" if enough else "warn", words, "" if enough else remedy
            )
    for name in values:
        share = float(panel.areas[name].notna().mean())
        if share < OBSERVED:
            yield _found(
                "G4",
                ("data", "areas"),
                "warn",
                say(N_("“{id}” is told for {share} % of the areas."), id=name, share=round(100 * share, 1)),
            )


def _rows(material: Material) -> int:
    return sum(shot.rows for shot in material.snapshots.values())


def _minutes(plan: Plan, units: int, rows: int) -> Finding:
    """How long a run may take, from the size of its data alone."""
    seconds = START_SECONDS + READ_SECONDS * rows
    for step in plan.steps:
        least, each = SECONDS.get(step.method, OTHERS)
        seconds += least + each * units
    minutes = seconds / 60
    told = say(N_("A run takes about {n} minutes."), n=max(1, round(minutes)))
    return _found("G4", ("steps",), "accept", told if minutes >= 1 else say(N_("A run takes less than a minute.")))
