"""What a plan of tables asks (통계표 계획 대조): its regions, periods, neighbours, and the columns of its steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from sigun.catalog.algebra import Kind, kinds_of
from sigun.catalog.store import Catalog
from sigun.catalog.weights import weights_path
from sigun.errors import Place, PlanError, SigunError, under
from sigun.plan.model import Plan
from sigun.plan.part import Part, strings
from sigun.plan.steps import BeforeAfter, Effect, FactorAnalysis, Summary
from sigun.plan.variables import Regional
from sigun.region.gal import read_gal
from sigun.text import _

SPATIAL = ("spatial_lag", "spatial_error", "spatial_durbin")


def regional(plan: Plan, catalog: Catalog, plan_file: Path) -> list[SigunError]:
    """What the panel part and the steps on it ask that cannot be; nothing of a plan of reports."""
    if plan.panel is None:
        return []
    kinds = kinds_of(plan, catalog)
    return [
        *_regions(plan, plan.panel, catalog, plan_file),
        *_neighbours(plan, plan.panel, catalog, plan_file),
        *_of_step(plan, "factors", _factors(plan, plan.panel, kinds, plan_file)),
        *_of_step(plan, "effect", _effect(plan, plan.panel, plan_file)),
        *_of_step(plan, "before_after", _before_after(plan, plan.panel, kinds, plan_file)),
        *_of_step(plan, "summary", _summary(plan, plan.panel, plan_file)),
    ]


def _of_step(plan: Plan, method: str, found: Iterator[SigunError]) -> Iterator[SigunError]:
    """Problems of a step, each with the step's own place before it."""
    at = next((i for i, step in enumerate(plan.steps) if step.method == method), 0)
    return under(found, "steps", at)


def _regions(plan: Plan, asked: Regional, catalog: Catalog, file: Path) -> Iterator[SigunError]:
    """Tables whose regions or periods are not of the kind the panel asks for."""
    cards = [catalog.cards[name] for name in plan.data.tables if name in catalog.cards]
    for card in cards if asked.unit != "own" else ():
        if card.own_regions:
            yield PlanError(
                _("“{id}” names regions that no official table knows.").format(id=card.id),
                f"{file}: panel.unit",
                _("Write `unit: own`, and leave `base` out; or mend `own_regions` in the card."),
            ).breaks("G5", "panel", "unit")
    timeless = asked.unit == "own" and bool(cards) and all(card.kind == "areas" for card in cards)
    if (timeless or asked.span == "number") and (plan.time.start or plan.time.end):
        yield PlanError(
            _("`time` names days, and the tables tell no dates."),
            f"{file}: time",
            _("Leave `time` out: all periods of the tables are looked at."),
        ).breaks("G4", "time")


def _neighbours(plan: Plan, asked: Regional, catalog: Catalog, file: Path) -> Iterator[SigunError]:
    said = asked.neighbours
    if said is None:
        return
    if said.file is None:
        if plan.data.outlines is None:
            yield PlanError(
                _("Who is next to whom is to be told from outlines, and the plan names none."),
                f"{file}: panel.neighbours",
                _("Name one under {where}, or give a weights file (`file: NAME.gal`).").format(where="data.outlines"),
            ).breaks("G2", "panel", "neighbours")
        return
    try:
        read_gal(weights_path(catalog.workspace, said.file))
    except SigunError as problem:
        for one in getattr(problem, "problems", (problem,)):
            yield one.breaks("G1", "panel", "neighbours", "file")


def _factors(plan: Plan, asked: Regional, kinds: Mapping[str, Kind], file: Path) -> Iterator[SigunError]:
    step = plan.step("factors")
    if not isinstance(step, FactorAnalysis):
        return
    where = f"{file}: steps.factors"
    named = {
        "outcome": (step.outcome.variable,),
        "factors": step.variables(),
        "controls": step.controls,
        "weight": (step.weight,) if step.weight else (),
        "exposure": (step.exposure,) if step.exposure else (),
    }
    yield from _unknown(named, asked, where, step)
    spatial = [name for name in step.estimators if name in SPATIAL]
    if spatial and asked.neighbours is None:
        yield PlanError(
            _("{names} need to know who is next to whom.").format(names=", ".join(spatial)),
            f"{where}.estimators",
            _("Write `panel.neighbours` (a weights file, outlines, or the nearest), or take them out."),
        ).breaks("G2", "estimators", step.estimators.index(spatial[0]))
    if "conley" in step.inference.errors and plan.data.outlines is None:
        yield PlanError(
            _("Errors by distance (conley) need to know where the regions lie."),
            f"{where}.inference.errors",
            _("Name one under {where}, or take it out.").format(where="data.outlines"),
        ).breaks("G2", "inference", "errors", step.inference.errors.index("conley"))
    if step.inference.cluster == "sido" and asked.unit == "own":
        yield PlanError(
            _("Regions of `unit: own` lie in no 시도."), f"{where}.inference.cluster", _("Write `cluster: region`.")
        ).breaks("G5", "inference", "cluster")
    if "poisson" in step.estimators:
        yield from _counts(step, kinds, where)


def _counts(step: FactorAnalysis, kinds: Mapping[str, Kind], where: str) -> Iterator[SigunError]:
    """The Poisson model counts: births, not births per 1,000."""
    for name, key in ((step.outcome.variable, "outcome"), (step.exposure, "exposure")):
        if name in kinds and not kinds[str(name)].additive:
            yield PlanError(
                _("`poisson` counts, and “{name}” is no count.").format(name=name),
                f"{where}.{key}",
                _("Name a column with `measure: flow` or `stock` in its card, or take `poisson` out."),
            ).breaks("G3", *_stands(step, key, str(name)))


def _effect(plan: Plan, asked: Regional, file: Path) -> Iterator[SigunError]:
    step = plan.step("effect")
    if not isinstance(step, Effect):
        return
    named = {
        "outcome": (step.outcome.variable,),
        "treatment": (step.treatment.variable,) if step.treatment.variable else (),
        "controls": step.controls,
    }
    yield from _unknown(named, asked, f"{file}: steps.effect", step)


def _before_after(plan: Plan, asked: Regional, kinds: Mapping[str, Kind], file: Path) -> Iterator[SigunError]:
    step = plan.step("before_after")
    if not isinstance(step, BeforeAfter):
        return
    where = f"{file}: steps.before_after"
    named = {
        "outcome": (step.outcome.variable,),
        "treatment": (step.treatment.variable,) if step.treatment.variable else (),
        "per": (step.per,) if step.per else (),
    }
    yield from _unknown(named, asked, where, step)
    if step.comparison == "neighbours" and asked.neighbours is None:
        yield PlanError(
            _("{names} need to know who is next to whom.").format(names="neighbours"),
            f"{where}.comparison",
            _("Write `panel.neighbours` (a weights file, outlines, or the nearest), or another `comparison`."),
        ).breaks("G2", "comparison")
    counted = (step.outcome.variable, step.per) if step.per else ()
    for name, key in zip(counted, ("outcome", "per"), strict=False):
        if name in kinds and not kinds[str(name)].additive:
            yield PlanError(
                _("`per` divides a count by a count, and “{name}” is no count.").format(name=name),
                f"{where}.{key}",
                _("Name a column with `measure: flow` or `stock` in its card, or take `per` out."),
            ).breaks("G3", *_stands(step, key, str(name)))


def _summary(plan: Plan, asked: Regional, file: Path) -> Iterator[SigunError]:
    step = plan.step("summary")
    if not isinstance(step, Summary):
        return
    yield from _unknown({"variables": step.variables}, asked, f"{file}: steps.summary", step)
    if step.by == "sido" and asked.unit == "own":
        yield PlanError(
            _("Regions of `unit: own` lie in no 시도."), f"{file}: steps.summary.by", _("Take `by` out.")
        ).breaks("G5", "by")


def _unknown(named: Mapping[str, tuple[str, ...]], asked: Regional, where: str, step: Part) -> Iterator[SigunError]:
    """Columns the panel does not have, with the nearest it has."""
    known = list(asked.ids())
    for key, names in named.items():
        for name in (n for n in names if n not in known):
            near = get_close_matches(name, known, 3, 0.4) or known[:8]
            yield PlanError(
                _("There is no column “{name}” in the panel.").format(name=name),
                f"{where}.{key}",
                _("Did you mean: {names}?").format(names=", ".join(near)),
            ).breaks("G2", *_stands(step, key, name), known=known)


def _stands(step: Part, key: str, name: str) -> Place:
    """Where under a key of the step the name is written."""
    return next((at for at, said in strings(getattr(step, key), (key,)) if said == name), (key,))
