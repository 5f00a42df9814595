"""Where a column comes from (변수의 내력): what it is made of, what it is divided by, what moves it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sigun.catalog.card import Card
from sigun.plan.variables import (
    CohortNet,
    Derived,
    Lag,
    Log,
    PerCapita,
    Rate,
    Rebase,
    Regional,
    Share,
    Variable,
    inputs,
)

BELOW = ("per", "among", "population", "before")
"""Fields of a derived column that name what it is divided by."""


@dataclass(frozen=True)
class Ancestry:
    """The panel's columns by what they are made of. A column of a table is known by table and column, not by its id."""

    asked: Regional
    cards: Mapping[str, Card]

    def key(self, name: str) -> str:
        """One name for one thing: two variables that take the same column of a table are the same."""
        variable = self.asked.variable(name)
        return name if variable is None else f"{variable.table}.{'+'.join(variable.taken())}"

    def parts(self, name: str) -> frozenset[str]:
        """Keys of the column and of all it is made of."""
        derived = self._derived(name)
        below = _all(self.parts(n) for n in inputs(derived)) if derived else frozenset()
        return below | {self.key(name)}

    def denominators(self, name: str) -> frozenset[str]:
        """Keys of what it is divided by, wherever on the way that happened."""
        derived = self._derived(name)
        if derived is None:
            return self._declared(self.asked.variable(name))
        inherited = _all(self.denominators(n) for n in inputs(derived))
        if isinstance(derived, Rate | Share | PerCapita | CohortNet):
            inherited |= {self.key(getattr(derived, field)) for field in BELOW if hasattr(derived, field)}
        return inherited

    def itself(self, name: str) -> frozenset[str]:
        """Keys of what it merely says otherwise: a logarithm or an earlier value of something is that something."""
        derived = self._derived(name)
        below = self.itself(derived.of) if isinstance(derived, Log | Lag | Rebase) else frozenset()
        return below | {self.key(name)}

    def counted(self, name: str) -> frozenset[str]:
        """Keys of what is counted in it: all it is made of but for what it is divided by, and the named numerators."""
        found = self.parts(name) - self.denominators(name)
        variables = (self.asked.variable(n) for n in self._leaves(name))
        named = (self.key(v.numerator) for v in variables if v is not None and v.numerator)
        return found | frozenset(named)

    def before(self, name: str) -> bool:
        """Whether it is a value of an earlier period."""
        derived = self._derived(name)
        return isinstance(derived, Lag) or (
            derived is not None and any(self.before(n) for n in inputs(derived)) and not isinstance(derived, CohortNet)
        )

    def moved_by(self, name: str, outcome: str) -> bool:
        """Whether a card says that the outcome itself moves the column (나쁜 통제변수)."""
        mine = _all(self._movers(n) for n in self._leaves(name))
        return bool(mine & self._known_as(outcome))

    def _derived(self, name: str) -> Derived | None:
        return next((d for d in self.asked.derived if d.id == name), None)

    def _leaves(self, name: str) -> frozenset[str]:
        derived = self._derived(name)
        return _all(self._leaves(n) for n in inputs(derived)) if derived else frozenset({name})

    def _declared(self, variable: Variable | None) -> frozenset[str]:
        if variable is None:
            return frozenset()
        columns = {c.id: c for c in self.cards[variable.table].values()}
        per = columns[variable.taken()[0]].per if variable.taken()[0] in columns else None
        weight = variable.weight or per
        if not weight:
            return frozenset()
        return frozenset({self.key(weight) if self.asked.variable(weight) else f"{variable.table}.{weight}"})

    def _movers(self, name: str) -> frozenset[str]:
        variable = self.asked.variable(name)
        if variable is None:
            return frozenset()
        columns = {c.id: c for c in self.cards[variable.table].values()}
        return frozenset(mover for n in variable.taken() if n in columns for mover in columns[n].moved_by)

    def _known_as(self, outcome: str) -> frozenset[str]:
        """Ids by which a card may name the outcome: the panel's column, its tables' columns, what is counted in it."""
        names = {outcome, *self._leaves(outcome)}
        variables = [v for v in map(self.asked.variable, sorted(names)) if v is not None]
        return frozenset(names | {c for v in variables for c in (*v.taken(), v.numerator or "")})


def _all(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset(name for one in sets for name in one)
