"""Units and additivity (단위·가산성 규칙): what a plan of tables may put together, said before any data are read.

No sum of rates, no mean of shares without weights, no stock added up over time. Every problem at once, with its remedy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from sigun.catalog.store import Catalog
from sigun.errors import Place, PlanError, SigunError, under
from sigun.ingest.layout import Column
from sigun.plan.model import Plan
from sigun.plan.variables import (
    CohortNet,
    Deflate,
    Derived,
    PerCapita,
    Rate,
    Rebase,
    Regional,
    Share,
    Span,
    Total,
    Variable,
    inputs,
)
from sigun.text import N_, _
from sigun.units import ADDITIVE_OVER_SPACE, Measure

MONEY = re.compile(
    r"^\s*[십백천만억조\s]*원(?!\w)|달러|유로|USD|EUR|KRW|[$€₩]|\b(won|dollars?|euros?)\b", re.IGNORECASE
)
"""Units in which amounts are told whose worth prices change."""


SAY_MEASURE = N_("Write `measure: stock`, `flow`, `rate`, `index` or `share` beside the column in the card.")


@dataclass(frozen=True)
class Kind:
    """What is known of a column before it is there."""

    measure: Measure | None
    unit: str

    @property
    def additive(self) -> bool:
        """Whether it may be added up over regions."""
        return self.measure in ADDITIVE_OVER_SPACE


def algebra(plan: Plan, catalog: Catalog, plan_file: Path) -> list[SigunError]:
    """What the panel part of a plan asks that the catalogue lacks, or that arithmetic forbids."""
    if plan.panel is None:
        return []
    problems = [*_names(plan, plan.panel, catalog, plan_file)]
    kinds = {v.id: _kind(v, catalog) for v in plan.panel.variables if _known(v, catalog)}
    for at, variable in enumerate(plan.panel.variables):
        if {variable.id, *_beside(variable)} <= set(kinds):
            where = f"{plan_file}: panel.variables ({variable.id})"
            found = [*_of_variable(variable, kinds, catalog, where, own=plan.panel.unit == "own")]
            problems += under(found, "panel", "variables", at)
    for at, derived in enumerate(plan.panel.derived):
        if not set(inputs(derived)) <= set(kinds):
            continue
        where = f"{plan_file}: panel.derived ({derived.id})"
        found = [*_of_derived(derived, kinds, where), *_in_time(derived, plan, plan.panel.span, where)]
        problems += under(found, "panel", "derived", at)
        kinds[derived.id] = _made(derived, kinds)
    return problems


def kinds_of(plan: Plan, catalog: Catalog) -> Mapping[str, Kind]:
    """Kind and unit of every column of the panel that can be told from the catalogue."""
    if plan.panel is None:
        return {}
    kinds = {v.id: _kind(v, catalog) for v in plan.panel.variables if _known(v, catalog)}
    for derived in plan.panel.derived:
        if set(inputs(derived)) <= set(kinds):
            kinds[derived.id] = _made(derived, kinds)
    return kinds


def _names(plan: Plan, asked: Regional, catalog: Catalog, file: Path) -> Iterator[SigunError]:
    """Tables the plan does not list, columns its tables do not have, columns that are made later or never."""
    uses: list[tuple[str, tuple[tuple[str, Place], ...], str, Place]] = [
        (v.table, _taken(v), f"panel.variables ({v.id})", ("panel", "variables", i))
        for i, v in enumerate(asked.variables)
    ]
    uses += [
        (c.table, ((c.column or c.variable, ("column",)),), f"panel.checks.{i}", ("panel", "checks", i))
        for i, c in enumerate(asked.checks)
    ]
    for table, columns, where, place in uses:
        if table not in plan.data.tables:
            yield _unknown(table, plan.data.tables, f"{file}: {where}, table", (*place, "table"))
            continue
        known = [*catalog.columns(table)] if table in catalog.cards else [name for name, _at in columns]
        for name, key in columns:
            if name not in known:
                yield _unknown(name, known, f"{file}: {where} ({table})", (*place, *key))
    yield from _beside_unknown(asked, file)
    yield from _inputs_unknown(asked, file)
    taken = [v.id for v in asked.variables]
    for i, check in enumerate(asked.checks):
        if check.variable not in taken:
            yield _unknown(check.variable, taken, f"{file}: panel.checks.{i}", ("panel", "checks", i, "variable"))


def _beside_unknown(asked: Regional, file: Path) -> Iterator[SigunError]:
    """Denominators and the measure of size, where no variable has their name."""
    ids = [v.id for v in asked.variables]
    for at, variable in enumerate(asked.variables):
        where = f"{file}: panel.variables ({variable.id})"
        for key, name in (("weight", variable.weight), ("numerator", variable.numerator)):
            if name and name not in ids:
                yield _unknown(name, ids, where, ("panel", "variables", at, key))
    if asked.size and asked.size not in ids:
        yield _unknown(asked.size, ids, f"{file}: panel.size", ("panel", "size"))


def _inputs_unknown(asked: Regional, file: Path) -> Iterator[SigunError]:
    """Columns others are derived from, that are made later or never."""
    ids = [v.id for v in asked.variables]
    for at, derived in enumerate(asked.derived):
        where = f"{file}: panel.derived ({derived.id})"
        for place, name in _inputs(derived):
            if name not in ids:
                yield _unknown(name, ids, where, ("panel", "derived", at, *place))
        ids.append(derived.id)


def _taken(variable: Variable) -> tuple[tuple[str, Place], ...]:
    """The table's columns of a variable, each with the key it is named under; a run's under its own line."""
    if not variable.columns:
        return ((variable.taken()[0], ("column",) if variable.column else ("id",)),)
    runs = [variable.model_copy(update={"columns": (said,)}).taken() for said in variable.columns]
    return tuple((name, ("columns", i)) for i, run in enumerate(runs) for name in run)


def _inputs(derived: Derived) -> tuple[tuple[Place, str], ...]:
    """The columns a derived one is made from, each with the key it is named under."""
    if isinstance(derived, Total):
        return tuple((("of", i), name) for i, name in enumerate(derived.of))
    keys = ("of", "per", "among", "population", "by", "before")
    return tuple(((key,), getattr(derived, key)) for key in keys if key in type(derived).model_fields)


def _unknown(name: str, known: Iterable[str], where: str, place: Place) -> PlanError:
    names = list(known)
    near = get_close_matches(name, names, 3, 0.4) or names[:8]
    return PlanError(
        _("There is no “{name}” here.").format(name=name),
        where,
        _("Did you mean: {names}?").format(names=", ".join(near)),
    ).breaks("G2", *place, known=names)


def _beside(variable: Variable) -> tuple[str, ...]:
    """The columns a variable is weighted by."""
    return tuple(name for name in (variable.weight, variable.numerator) if name)


def _known(variable: Variable, catalog: Catalog) -> bool:
    """Whether the catalogue has its columns; what it lacks is said elsewhere."""
    return variable.table in catalog.cards and catalog.columns(variable.table).keys() >= {*variable.taken()}


def _column(variable: Variable, name: str, catalog: Catalog) -> Column:
    return catalog.columns(variable.table)[name]


def _kind(variable: Variable, catalog: Catalog) -> Kind:
    column = _column(variable, variable.taken()[0], catalog)
    return Kind(column.measure, column.unit)


def _of_variable(
    variable: Variable, kinds: Mapping[str, Kind], catalog: Catalog, where: str, own: bool
) -> Iterator[SigunError]:
    columns = [_column(variable, name, catalog) for name in variable.taken()]
    kind = kinds[variable.id]
    if kind.measure is None:
        if not own or len(columns) > 1:  # else nothing is put together: regions of the tables' own never merge
            yield PlanError(
                _("The card “{card}” does not say what kind of figure “{name}” is.").format(
                    card=variable.table, name=variable.taken()[0]
                ),
                where,
                _(SAY_MEASURE),
            ).breaks("G3", _taken(variable)[0][1][0])
        return
    if len(columns) > 1 and not all(c.measure in ADDITIVE_OVER_SPACE for c in columns):
        yield _no_sum(variable.id, _("Take one column, or counts that can be added up."), where, "columns")
    if len({(c.measure, c.unit) for c in columns}) > 1:
        yield PlanError(
            _("“{id}” adds up columns of different units or kinds.").format(id=variable.id),
            where,
            _("Take columns of one unit and one kind; mend `unit` or `measure` in the card."),
        ).breaks("G3", "columns")
    yield from _over_time(variable, kind, where)
    yield from _denominator(variable, kinds, where)


def _over_time(variable: Variable, kind: Kind, where: str) -> Iterator[SigunError]:
    if variable.over_time == "sum" and kind.measure != "flow":
        stock = kind.measure == "stock"
        what = (
            _("A stock is not added up over time: “{id}”.")
            if stock
            else _("A rate, share or index is not added up: “{id}”.")
        )
        yield PlanError(
            what.format(id=variable.id), where, _("Write `over_time: last`, or `over_time: mean` for the average.")
        ).breaks("G3", "over_time")
    if variable.over_time in ("mean", "last") and kind.measure == "flow":
        yield PlanError(
            _("“{id}” counts what happened in each period: a part of the periods is not the whole.").format(
                id=variable.id
            ),
            where,
            _("Leave `over_time` out: it is added up."),
        ).breaks("G3", "over_time")


def _denominator(variable: Variable, kinds: Mapping[str, Kind], where: str) -> Iterator[SigunError]:
    named = variable.weight or variable.numerator
    if named is None:
        return
    key = "weight" if variable.weight else "numerator"
    if kinds[variable.id].additive or kinds[variable.id].measure == "index":
        yield PlanError(
            _("“{id}” has no denominator: it is a {measure}.").format(
                id=variable.id, measure=_(str(kinds[variable.id].measure))
            ),
            where,
            _("Leave `weight` and `numerator` out."),
        ).breaks("G3", key)
    elif not kinds[named].additive:
        yield PlanError(
            _("“{id}” cannot be weighted by “{weight}”, which cannot be added up itself.").format(
                id=variable.id, weight=named
            ),
            where,
            _("Name the count the rate is per, such as women of 15 to 49."),
        ).breaks("G3", key)


def _of_derived(derived: Derived, kinds: Mapping[str, Kind], where: str) -> Iterator[SigunError]:
    of = [kinds[name] for name in inputs(derived)]
    unsaid = [name for name, kind in zip(inputs(derived), of, strict=True) if kind.measure is None]
    if unsaid and isinstance(derived, Total | Share | CohortNet | Rate | PerCapita | Rebase | Deflate):
        what = _("Nobody says what kind of figure {names} is, and “{id}” is made of it.")
        yield PlanError(what.format(names=", ".join(unsaid), id=derived.id), where, _(SAY_MEASURE)).breaks(
            "G3", *_first(derived, kinds, lambda kind: kind.measure is None)
        )
        return
    same = len({(k.measure, k.unit) for k in of}) == 1
    counts = all(k.additive for k in of)
    if isinstance(derived, Total) and not counts:
        place = _first(derived, kinds, lambda kind: not kind.additive)
        yield _no_sum(derived.id, _("Add up counts, and make the rate of the sums."), where, *place)
    elif isinstance(derived, Total | Share | CohortNet) and not (counts and same):
        yield PlanError(
            _("“{id}” puts columns of different units or kinds together: {units}.").format(
                id=derived.id, units=", ".join(f"{_(str(k.measure))} ({k.unit or '–'})" for k in of)
            ),
            where,
            _("Take counts of one unit and one kind (both stocks, or both flows)."),
        ).breaks("G3", *_first(derived, kinds, lambda kind: not kind.additive or kind != of[0]))
    elif isinstance(derived, Rate | PerCapita) and not counts:
        yield PlanError(
            _("“{id}” divides by, or divides, something that is no count.").format(id=derived.id),
            where,
            _("A rate is a count by a count; a rate of rates has no meaning."),
        ).breaks("G3", *_first(derived, kinds, lambda kind: not kind.additive))
    elif isinstance(derived, Rebase) and of[0].measure in ("rate", "share"):
        yield PlanError(
            _("“{id}” makes an index of a rate or share.").format(id=derived.id),
            where,
            _("Use `op: change`: a rate is told as it is, or by its change."),
        ).breaks("G3", "of")
    elif isinstance(derived, Deflate) and (of[1].measure != "index" or of[0].measure == "index"):
        yield PlanError(
            _("“{id}” needs an amount (of) and a price index (by).").format(id=derived.id),
            where,
            _("Name a column of measure `index` under `by`."),
        ).breaks("G3", "by" if of[1].measure != "index" else "of")
    elif isinstance(derived, Deflate) and not MONEY.search(of[0].unit):
        yield PlanError(
            _("“{id}” takes prices out of what is no money: its unit is “{unit}”.").format(
                id=derived.id, unit=of[0].unit or "–"
            ),
            where,
            _("Name an amount of money under `of`; if it is one, mend `unit` in the card (원, 천원, 백만원)."),
        ).breaks("G3", "of")


def _first(derived: Derived, kinds: Mapping[str, Kind], wrong: Callable[[Kind], bool]) -> Place:
    """The key of the first column that is wrong in a derived one."""
    return next((key for key, name in _inputs(derived) if wrong(kinds[name])), ("of",))


def _in_time(derived: Derived, plan: Plan, span: Span, where: str) -> Iterator[SigunError]:
    """The day others are set against lies in the panel, as far as the plan itself says how long that is."""
    if not isinstance(derived, Rebase | Deflate):
        return
    start = _first_day(plan.time.start, span) if plan.time.start else date.min
    end = _first_day(plan.time.end, span) if plan.time.end else date.max
    if not start <= derived.at < end:
        yield PlanError(
            _("“{id}” is set against {day}, and the panel has no such period.").format(
                id=derived.id, day=derived.at.isoformat()
            ),
            where,
            _("Name a day from {start} on and before {end}.").format(
                start=start if plan.time.start else "…", end=end if plan.time.end else "…"
            ),
        ).breaks("G4", "at")


def _first_day(day: date, span: Span) -> date:
    """Of the period that holds the day: a panel has whole periods only."""
    months = {"quarter": 3, "month": 1}.get(span, 12)
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def _no_sum(name: str, remedy: str, where: str, *place: str | int) -> PlanError:
    what = _("Rates, shares and indices are not added up: “{id}”.").format(id=name)
    return PlanError(what, where, remedy).breaks("G3", *place)


def _made(derived: Derived, kinds: Mapping[str, Kind]) -> Kind:
    of = kinds[inputs(derived)[0]]
    if derived.op in ("sum", "lag", "deflate"):
        return of
    if derived.op == "share":
        return Kind("share", "%")
    return Kind("index" if derived.op in ("rebase", "log") else "rate", of.unit)
