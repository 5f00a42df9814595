"""The step `summary` (기술통계): each column of the panel by itself, over regions and over time."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from sigun.analysis.factors.places import outline_table
from sigun.analysis.regional.columns import require_columns
from sigun.analysis.statistics.arrays import FloatArray
from sigun.analysis.summary.figures import figures_of, ranks
from sigun.errors import MethodError
from sigun.panel.regional.model import STATES, STATUS, RegionPanel
from sigun.panel.regional.span import written
from sigun.plan.steps import Summary
from sigun.region.tiles import tiles
from sigun.result import Fact, Result, facts_table
from sigun.text import N_, Message, say
from sigun.units import ADDITIVE_OVER_SPACE

TOLD = 0.5  # of the regions a column ever tells of: a period with fewer is no last or first one
F, N, S = "float64", "int64", "str"
FIGURES = {"mean": F, "median": F, "sd": F, "q25": F, "q75": F, "lowest": F, "highest": F}
COLUMNS: dict[str, dict[str, str]] = {
    "variables": {
        "variable": S, "title": S, "unit": S, "measure": S, "period": S, "regions": N, **FIGURES, "lowest_region": S,
        "highest_region": S, "together": F, "together_kind": S, **dict.fromkeys(STATES, N),
    },
    "changes": {
        "variable": S, "title": S, "unit": S, "first": S, "last": S, "regions": N, "before": F, "after": F,
        "change": F, "percent": F, "risen": N, "fallen": N,
    },
    "by_sido": {
        "variable": S, "title": S, "unit": S, "period": S, "sido": S, "sido_name": S, "regions": N, **FIGURES,
        "together": F, "together_kind": S,
    },
    "values": {
        "region": S, "name": S, "sido_name": S, "variable": S, "period": S, "value": F, "rank": F, "state": S,
        "col": F, "row": F,
    },
    "trend": {
        "variable": S, "period": S, "regions": N, "median": F, "q25": F, "q75": F, "together": F,
    },
}  # fmt: skip
Row = dict[str, object]


def summary(step: Summary, panel: RegionPanel, _rng: np.random.Generator) -> Result:
    """Run the `summary` step of a plan.

    Raises
    ------
    MethodError
        The plan names a column that the panel does not have, or none of them is told anywhere.
    """
    names = step.variables or panel.asked.ids()
    require_columns(names, panel, say(N_("plan, steps.summary")))
    columns = [c for c in (_column(name, panel) for name in names) if c.told.any()]
    if not columns:
        raise MethodError(
            say(N_("None of these columns is told of any region.")),
            say(N_("plan, steps.summary")),
            say(N_("Name other columns, or look at their tables in the check of the data.")),
        )
    rows = {
        "variables": [row for c in columns for row in _variables(c, step.period)],
        "changes": [row for c in columns for row in _changes(c)],
        "by_sido": [row for c in columns for row in _by_sido(c, step.period)] if step.by else [],
        "values": [row for c in columns for row in _values(c)],
        "trend": [row for c in columns for row in _trend(c)],
    }
    tables = {
        name: pd.DataFrame(found, columns=list(COLUMNS[name])).astype(COLUMNS[name]) for name, found in rows.items()
    }
    tables |= {"outline": outline_table(panel), "facts": facts_table(_facts(step, panel, columns, len(names)))}
    return Result("summary", "description", tables, tuple(_cautions(columns, len(names))))


@dataclass(frozen=True)
class _Column:
    """One column of the panel by regions and periods."""

    name: str
    title: str
    unit: str
    measure: str
    values: FloatArray  # (n, t); NaN is not told
    states: np.ndarray  # (n, t) words of STATES
    weights: FloatArray | None  # (n, t) of a rate, where the plan names them
    units: pd.DataFrame  # unit, name (the full one where two are called alike), sido, sido_name, col, row
    periods: tuple[str, ...]

    @property
    def told(self) -> np.ndarray:
        """(t,) how many regions tell it."""
        return np.asarray(np.isfinite(self.values).sum(axis=0))

    @property
    def full(self) -> np.ndarray:
        """Places of the periods that tell of enough regions to stand for one."""
        return np.flatnonzero(self.told >= TOLD * self.told.max())

    def together(self, at: int, rows: np.ndarray | slice = slice(None)) -> tuple[float, str]:
        """The regions put together: a total of what adds up, else the mean by the plan's weights."""
        values = self.values[rows, at]
        told = np.isfinite(values)
        if not told.any():
            return math.nan, ""
        if self.measure in ADDITIVE_OVER_SPACE:
            return float(values[told].sum()), "total"
        if self.weights is None:
            return math.nan, ""
        weights = self.weights[rows, at]
        told &= np.isfinite(weights) & (weights > 0)
        if not told.any():
            return math.nan, ""
        return float(np.average(values[told], weights=weights[told])), "weighted_mean"


def _column(name: str, panel: RegionPanel) -> _Column:
    row = panel.dictionary[panel.dictionary["variable"] == name].iloc[0]
    units = _units(panel)
    periods = pd.Index(np.sort(panel.frame["period"].unique()))

    def wide(column: str) -> np.ndarray:
        table = panel.frame.pivot(index="region", columns="period", values=column)
        return np.asarray(table.reindex(index=units["unit"], columns=periods).to_numpy())

    weight = next((v.weight for v in panel.asked.variables if v.id == name), None)
    said = (str(row[c] or "") for c in ("title", "unit", "measure"))
    title, unit, measure = said
    return _Column(
        *(name, title or name, unit, measure, wide(name).astype(float), wide(name + STATUS).astype(str)),
        None if weight is None else wide(weight).astype(float),
        units,
        tuple(written(p, panel.span) for p in periods),
    )


def _units(panel: RegionPanel) -> pd.DataFrame:
    units = panel.units.sort_values("unit", ignore_index=True)
    alike = units["name"].duplicated(keep=False)
    placed = tiles(units["unit"]) if panel.asked.unit == "sigungu" else pd.DataFrame(index=units.index)
    named = units.assign(name=units["full"].where(alike, units["name"]))
    return named[["unit", "name", "sido", "sido_name"]].join(placed.reindex(columns=["col", "row"]))


def _looked_at(column: _Column, period: str) -> list[int]:
    """Places of the periods whose figures are told."""
    return [int(i) for i in np.flatnonzero(column.told)] if period == "all" else [int(column.full[-1])]


def _variables(column: _Column, period: str) -> Iterator[Row]:
    for at in _looked_at(column, period):
        values = column.values[:, at]
        found = figures_of(values)
        together, kind = column.together(at)
        states: Row = {state: int((column.states[:, at] == state).sum()) for state in STATES}
        yield {
            **_named(column),
            "measure": column.measure,
            "period": column.periods[at],
            "regions": found.n,
            **{k: v for k, v in asdict(found).items() if k != "n"},
            "lowest_region": _names(column, values == found.lowest),
            "highest_region": _names(column, values == found.highest),
            "together": together,
            "together_kind": kind,
            **states,
        }


def _named(column: _Column) -> Row:
    return {"variable": column.name, "title": column.title, "unit": column.unit}


def _names(column: _Column, there: np.ndarray) -> str:
    """Those that hold an end; of many that share it only the first ones."""
    names = column.units["name"][there].tolist()
    return ", ".join(names[:3]) + (" …" if len(names) > 3 else "")


def _changes(column: _Column) -> Iterator[Row]:
    """The last period against the first of the same month or quarter, over the regions told in both."""
    last = int(column.full[-1])
    first = next(int(i) for i in column.full if column.periods[i][4:] == column.periods[last][4:])
    both = np.isfinite(column.values[:, first]) & np.isfinite(column.values[:, last])
    if first == last or not both.any():
        return
    old, new = column.values[both, first], column.values[both, last]
    before, after = float(old.mean()), float(new.mean())
    ratio_told = before > 0 and column.measure not in ("share", "index")
    yield {
        **_named(column),
        "first": column.periods[first],
        "last": column.periods[last],
        "regions": int(both.sum()),
        "before": before,
        "after": after,
        "change": after - before,
        "percent": 100 * (after / before - 1) if ratio_told else math.nan,
        "risen": int((new > old).sum()),
        "fallen": int((new < old).sum()),
    }


def _by_sido(column: _Column, period: str) -> Iterator[Row]:
    for at in _looked_at(column, period):
        for (sido, name), rows in column.units.groupby(["sido", "sido_name"], sort=True):
            places = rows.index.to_numpy()
            found = figures_of(column.values[places, at])
            together, kind = column.together(at, places)
            yield {
                **_named(column),
                "period": column.periods[at],
                "sido": sido,
                "sido_name": name,
                "regions": found.n,
                **{k: v for k, v in asdict(found).items() if k != "n"},
                "together": together,
                "together_kind": kind,
            }


def _values(column: _Column) -> Iterator[Row]:
    """Every region in the last period; what is hidden or missing has its state and no value."""
    at = int(column.full[-1])
    rank = ranks(column.values[:, at])
    for i, unit in enumerate(column.units.to_dict("records")):
        yield {
            **{"region": unit["unit"], "name": unit["name"], "sido_name": unit["sido_name"], "col": unit["col"]},
            **{"row": unit["row"], "variable": column.name, "period": column.periods[at]},
            **{"value": column.values[i, at], "rank": rank[i], "state": column.states[i, at]},
        }


def _trend(column: _Column) -> Iterator[Row]:
    for at in np.flatnonzero(column.told).tolist():
        found = figures_of(column.values[:, at])
        yield {
            **{"variable": column.name, "period": column.periods[at], "regions": found.n, "median": found.median},
            **{"q25": found.q25, "q75": found.q75, "together": column.together(at)[0]},
        }


def _facts(step: Summary, panel: RegionPanel, columns: Sequence[_Column], asked: int) -> Iterator[Fact]:
    yield Fact("regions", len(panel.units), "areas")
    yield Fact("periods", len(columns[0].periods), "periods")
    yield Fact("first", columns[0].periods[0])
    yield Fact("last", columns[0].periods[-1])
    yield Fact("variables", len(columns), "variables")
    yield Fact("untold", asked - len(columns), "variables")
    yield Fact("main", columns[0].name)
    yield Fact("period", step.period)
    yield Fact("by", step.by or "")
    for state in STATES[1:]:
        cells = [int((c.states[:, int(c.full[-1])] == state).sum()) for c in columns]
        yield Fact(state, sum(cells), "values")


def _cautions(columns: Sequence[_Column], asked: int) -> Iterator[Message]:
    yield say(N_("Regions count alike, however large they are: a mean over regions is not the mean over people."))
    if asked > len(columns):
        yield say(N_("{n} columns are told of no region and left out."), n=asked - len(columns))
    older = [c.title for c in columns if int(c.full[-1]) < len(c.periods) - 1]
    if older:
        yield say(
            N_("The last period is told too thinly, or not yet, of: {names}. For these an earlier one is shown."),
            names=", ".join(older),
        )
    for state, said in _STATES.items():
        n = sum(int((c.states[:, int(c.full[-1])] == state).sum()) for c in columns)
        if n:
            yield say(said, n=n)


_STATES = {
    "provisional": N_("{n} values of the last period are provisional and may still be revised."),
    "suppressed": N_(
        "{n} values of the last period are hidden for confidentiality; they are in no figure and no rank."
    ),
    "not_observed": N_("{n} values of the last period are not observed; they are in no figure and no rank."),
}
