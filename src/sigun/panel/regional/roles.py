"""What columns are divided by, and what moves them (분모·나쁜 통제변수): told by cards, carried to what is derived."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sigun.catalog.card import Card
from sigun.ingest.layout import Column
from sigun.plan.model import Plan
from sigun.plan.variables import CohortNet, Derived, PerCapita, Rate, Share, Variable, inputs

Told = Mapping[str, frozenset[str]]
"""Column of the panel -> columns."""


def denominators(plan: Plan, cards: Mapping[str, Card]) -> Told:
    """What every column of the panel is divided by: columns of the panel, or of its card (`per`) where that has none.

    Logs, lags, changes and sums are divided by what they are made of is. Two columns that take the same figures of a
    table go by the name of the first.
    """
    if plan.panel is None:
        return {}
    variables = plan.panel.variables
    same = _same_figures(variables)

    def of_table(variable: Variable) -> frozenset[str]:
        told = {_in_panel(c.per, variable.table, variables) for c in _columns(variable, cards) if c.per}
        told |= {variable.weight} if variable.weight else set()
        return frozenset(same.get(name, name) for name in told)

    def of_derived(derived: Derived) -> frozenset[str]:
        below = _below(derived)
        return frozenset() if below is None else frozenset({same.get(below, below)})

    return _carried(plan, of_table, of_derived)


def moved_by(plan: Plan, cards: Mapping[str, Card]) -> Told:
    """By which outcomes every column of the panel is itself moved, as the cards say: it controls for nothing."""

    def of_table(variable: Variable) -> frozenset[str]:
        return frozenset(name for column in _columns(variable, cards) for name in column.moved_by)

    return _carried(plan, of_table, lambda _derived: frozenset())


def _carried(
    plan: Plan, of_table: Callable[[Variable], frozenset[str]], own: Callable[[Derived], frozenset[str]]
) -> Told:
    """What is told of the variables, and with what a derived column adds, of all that is made from them."""
    if plan.panel is None:
        return {}
    found = {variable.id: of_table(variable) for variable in plan.panel.variables}
    for derived in plan.panel.derived:
        made_of = (found.get(name, frozenset()) for name in inputs(derived))
        found[derived.id] = own(derived).union(*made_of)
    return found


def _columns(variable: Variable, cards: Mapping[str, Card]) -> list[Column]:
    card = cards.get(variable.table)
    return [] if card is None else [c for c in card.values() if c.id in variable.taken()]


def _below(derived: Derived) -> str | None:
    """The column a derived one is divided by."""
    if isinstance(derived, Rate):
        return derived.per
    if isinstance(derived, Share):
        return derived.among
    if isinstance(derived, PerCapita):
        return derived.population
    return derived.before if isinstance(derived, CohortNet) else None


def _in_panel(column: str, table: str, variables: tuple[Variable, ...]) -> str:
    """The panel's name of a table's column, or the column's own where the panel does not take it."""
    ids = {v.id for v in variables}
    taken = (v.id for v in variables if v.table == table and v.taken() == (column,))
    return next(taken, column) if column not in ids else column


def _same_figures(variables: tuple[Variable, ...]) -> dict[str, str]:
    """Variable -> the first that takes the same figures."""
    first: dict[tuple[object, ...], str] = {}
    return {v.id: first.setdefault((v.table, v.taken(), v.from_level, v.over_time), v.id) for v in variables}
