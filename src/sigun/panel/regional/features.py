"""Columns derived from others (파생 변수): lag, change, rate, share, index and the like, as Ibis expressions.

The panel is balanced: each region has every period, so that "one period before" is the row before.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sigun.panel.regional.model import NOT_OBSERVED, PROVISIONAL, STATUS
from sigun.plan.variables import (
    Change,
    CohortNet,
    Deflate,
    Derived,
    Lag,
    Log,
    PerCapita,
    Rate,
    Rebase,
    Share,
    Total,
)

PERCENT = 100.0


def derive(panel: Any, derived: Sequence[Derived]) -> Any:
    """The Ibis panel with one column and one state (a number, see `model.STATES`) more for each, in their order.

    Where an input has no value there is none; the state is then the worst of the inputs'. A value that arithmetic
    denies (the logarithm of 0, a division by 0) is not observed.
    """
    for one in derived:
        value, states = _made(panel, one)
        worst = _worst(states)
        value = (worst <= PROVISIONAL).ifelse(value, None)
        panel = panel.mutate(**{one.id: value, "state_of_inputs": worst})
        known = panel.state_of_inputs
        lost = panel[one.id].isnull() & (known <= PROVISIONAL)
        panel = panel.mutate(**{one.id + STATUS: lost.ifelse(NOT_OBSERVED, known)}).drop("state_of_inputs")
    return panel


def _worst(states: Sequence[Any]) -> Any:
    import ibis

    return states[0] if len(states) == 1 else ibis.greatest(*states)


def _made(panel: Any, one: Derived) -> tuple[Any, list[Any]]:  # noqa: PLR0911 - one return an operation
    """The value, and the states of all it is made from."""
    if isinstance(one, Total):
        total = panel[one.of[0]]
        for name in one.of[1:]:
            total = total + panel[name]
        return total, [panel[name + STATUS] for name in one.of]
    value, state = panel[one.of], panel[one.of + STATUS]
    if isinstance(one, Log):
        return (value > 0).ifelse(value, None).log(), [state]
    if isinstance(one, Lag | Change):
        return _against_before(panel, one, value, state)
    if isinstance(one, Rebase):
        at, known = _at(panel, one.of, one.at)
        return PERCENT * value / at.nullif(0.0), [state, known]
    if isinstance(one, Deflate):
        at, known = _at(panel, one.by, one.at)
        return value * at / panel[one.by].nullif(0.0), [state, panel[one.by + STATUS], known]
    if isinstance(one, CohortNet):
        before, known = _before(panel, one.before, 1)
        return PERCENT * (value / before.nullif(0.0) - 1.0), [state, known]
    below, times = _denominator(one)
    return times * value / panel[below].nullif(0.0), [state, panel[below + STATUS]]


def _denominator(one: Rate | Share | PerCapita) -> tuple[str, float]:
    if isinstance(one, Rate):
        return one.per, one.times
    return (one.among, PERCENT) if isinstance(one, Share) else (one.population, one.times)


def _against_before(panel: Any, one: Lag | Change, value: Any, state: Any) -> tuple[Any, list[Any]]:
    before, known = _before(panel, one.of, one.periods)
    if isinstance(one, Lag):
        return before, [known]
    if one.how == "difference":
        return value - before, [state, known]
    return PERCENT * (value / before.nullif(0.0) - 1.0), [state, known]


def _before(panel: Any, name: str, periods: int) -> tuple[Any, Any]:
    """The value and state so many periods before; before the first nothing is observed."""
    import ibis

    window = ibis.window(group_by="region", order_by="period")
    state = panel[name + STATUS].lag(periods).over(window)
    return panel[name].lag(periods).over(window), ibis.coalesce(state, NOT_OBSERVED)


def _at(panel: Any, name: str, day: date) -> tuple[Any, Any]:
    """The value and state of each region at the period that begins on that day."""
    import ibis

    there = panel.period == ibis.timestamp(day.isoformat())
    window = ibis.window(group_by="region")
    state = panel[name + STATUS].max(where=there).over(window)
    return panel[name].max(where=there).over(window), ibis.coalesce(state, NOT_OBSERVED)
