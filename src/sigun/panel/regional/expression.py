"""The panel and all that is derived in it, as one Ibis expression (패널 식): every engine compiles the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sigun.engine import connect
from sigun.panel.regional.features import derive
from sigun.panel.regional.model import NOT_EXISTING, NOT_OBSERVED, PROVISIONAL, STATES, STATUS, SUPPRESSED
from sigun.plan.variables import Derived, OverTime, Span

TOLD = {"variable": "str", "region": "str", "period": "datetime64[us]", "value": "float64", "state": "int64"}
"""What is told, by region of the base date and the table's own periods: the first day of each."""

GRID = {"region": "str", "period": "datetime64[us]", "stood": "bool"}
"""Every region and period of the panel; whether there was such a region then."""

UNIT: Mapping[Span, str] = {"year": "Y", "quarter": "Q", "month": "M"}
_LAST: Mapping[Span, int] = {"year": 12, "quarter": 3, "month": 1}


@dataclass(frozen=True)
class Taken:
    """A column, and how its own periods become the panel's."""

    id: str
    how: OverTime | None
    needed: int
    months: int  # of a period of its own


def compute(
    told: pd.DataFrame, grid: pd.DataFrame, taken: Sequence[Taken], derived: Sequence[Derived], span: Span, engine: str
) -> pd.DataFrame:
    """The panel by region and period: region, period, then each column and its status.

    Parameters
    ----------
    told : TOLD.
    grid : GRID; region and period are keys, every region has every period.

    Raises
    ------
    SettingsError, RunError
        As `sigun.engine.connect`.
    """
    with connect(engine, {"told": _arrow(told, TOLD), "grid": _arrow(grid, GRID)}) as connection:
        whole = panel(connection.table("told"), connection.table("grid"), taken, derived, span)
        frame = whole.order_by(["region", "period"]).to_pandas()
    columns = {t.id: "float64" for t in taken} | {d.id: "float64" for d in derived}
    types = {name: kind for c in columns for name, kind in ((c, "float64"), (c + STATUS, "str"))}
    return frame.astype({"region": "str", "period": "datetime64[us]", **types}).reset_index(drop=True)


def panel(told: Any, grid: Any, taken: Sequence[Taken], derived: Sequence[Derived], span: Span) -> Any:
    """The expression: from Ibis tables of TOLD and GRID to the panel with its statuses, in no order."""
    import ibis

    wide = _side_by_side(_over_time(told, taken, span), taken)
    joined = grid.left_join(wide, ["region", "period"]).select(
        grid.region, grid.period, grid.stood, *(wide[name] for t in taken for name in (t.id, t.id + STATUS))
    )
    absent = joined.stood.ifelse(NOT_OBSERVED, NOT_EXISTING)
    states = {t.id + STATUS: ibis.coalesce(joined[t.id + STATUS], absent) for t in taken}
    whole = derive(joined.mutate(**states), derived)
    names = [*(t.id for t in taken), *(d.id for d in derived)]
    words = {n + STATUS: _word(whole[n + STATUS]) for n in names}
    return whole.mutate(**words).select("region", "period", *(c for n in names for c in (n, n + STATUS)))


def _over_time(told: Any, taken: Sequence[Taken], span: Span) -> Any:
    """One row a column, region and period of the panel; what lacks a part of it is not observed."""
    import ibis

    columns = ["variable", "how", "needed", "months"]
    rules = ibis.memtable(pd.DataFrame([(t.id, t.how or "last", t.needed, t.months) for t in taken], columns=columns))
    month = told.period.month() if span == "year" else (told.period.month() - 1) % _LAST[span] + 1
    own = told.mutate(at=told.period.truncate(UNIT[span]), month=month).join(rules, "variable")
    closes = (own.needed == 1) | (own.month + own.months - 1 == _LAST[span])
    known = own.state <= PROVISIONAL
    by = own.mutate(closes=closes, known=known).group_by(["variable", "region", "at", "how", "needed"])
    whole = by.agg(
        told_parts=lambda t: t.known.sum(),
        total=lambda t: t.value.sum(where=t.known),
        mean=lambda t: t.value.mean(where=t.known),
        last=lambda t: t.value.max(where=t.known & t.closes),
        worst=lambda t: t.state.max(where=t.known),
        hidden=lambda t: (t.state == SUPPRESSED).any(),
    )
    full = whole.told_parts == whole.needed
    value = ibis.cases((whole.how == "sum", whole.total), (whole.how == "mean", whole.mean), else_=whole.last)
    untold = whole.hidden.ifelse(SUPPRESSED, NOT_OBSERVED)
    return whole.select(
        "variable",
        "region",
        period=whole["at"],
        value=full.ifelse(value, ibis.null("float64")),
        state=full.ifelse(whole.worst, untold),
    )


def _side_by_side(long: Any, taken: Sequence[Taken]) -> Any:
    columns = {t.id: long.value.max(where=long.variable == t.id) for t in taken}
    states = {t.id + STATUS: long.state.max(where=long.variable == t.id) for t in taken}
    return long.group_by(["region", "period"]).agg(**columns, **states)


def _word(state: Any) -> Any:
    import ibis

    return ibis.cases(*((state == number, word) for number, word in enumerate(STATES)))


def _arrow(frame: pd.DataFrame, types: Mapping[str, str]) -> Any:
    """An Arrow table of one schema: NaN becomes null, which no engine takes for a number."""
    import pyarrow as pa

    kinds = {
        "str": pa.string(),
        "datetime64[us]": pa.timestamp("us"),
        "float64": pa.float64(),
        "int64": pa.int64(),
        "bool": pa.bool_(),
    }
    schema = pa.schema([(name, kinds[kind]) for name, kind in types.items()])
    return pa.Table.from_pandas(frame[list(types)].astype(dict(types)), schema=schema, preserve_index=False)
