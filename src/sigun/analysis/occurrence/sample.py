"""What the occurrence step regresses (회귀 자료): areas, exposure, and as many columns as they can bear."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from sigun.analysis.occurrence.principal_variables import principal_variables
from sigun.analysis.statistics.area_rates import area_rates, made_of_exposure, usual_exposure
from sigun.analysis.statistics.arrays import FloatArray
from sigun.analysis.statistics.observed import observed_days, observed_reports, require_reports
from sigun.errors import MethodError
from sigun.panel.model import Panel
from sigun.plan.steps import Occurrence
from sigun.region.neighbours import touching_neighbours
from sigun.text import N_, Message, say

LEAST = 10  # areas
PER_COLUMN = 8  # areas for each column that is chosen for the reader
PER_ASKED = 4  # areas for each column the plan names: fewer cannot be borne
KNOWN = 0.9  # share of the areas a column must be known for, unless the plan names it
ENTANGLED = 10.0  # variance inflation
KEYS = ("region", "period")
WHERE = N_("area factors of occurrence")


@dataclass(frozen=True)
class Sample:
    """Areas that can be compared: rows with a rate, and every column known."""

    areas: pd.DataFrame  # region, name, reports, exposure
    exposure: str
    names: tuple[str, ...]
    x: FloatArray  # (n, k) columns in standard deviations from their mean
    spread: FloatArray  # (k,) the standard deviations, in the columns' units
    points: FloatArray  # (n, 2) metres
    neighbours: Any  # (n, n) scipy CSR
    left_out: pd.DataFrame  # variable, reason (many_gaps | never_changes | repeats | no_room), by, correlation, told
    cautions: tuple[Message, ...]

    @property
    def y(self) -> FloatArray:
        """(n,) reports."""
        return np.asarray(self.areas["reports"].to_numpy(float))

    @property
    def offset(self) -> FloatArray:
        """(n,) log of the exposure."""
        return np.asarray(np.log(self.areas["exposure"].to_numpy(float)))

    def design(self) -> FloatArray:
        """(n, 1 + k) a constant and the columns."""
        return np.column_stack([np.ones(len(self.x)), self.x])


def asked_reports(step: Occurrence, panel: Panel) -> pd.DataFrame:
    """Reports (or confirmed cases) of their own on the observed days.

    Raises
    ------
    MethodError
        There are too few.
    """
    reports = observed_reports(panel, observed_days(panel))
    asked = reports if step.outcome == "reports" else reports[reports["outcome"] == step.outcome]
    require_reports(int(asked["region"].notna().sum()), say(WHERE))
    return asked


def area_sample(step: Occurrence, panel: Panel) -> Sample:
    """The areas and the columns of the regression.

    Raises
    ------
    MethodError
        Too few reports or areas; a column that does not exist; more columns named than the areas can bear.
    """
    rates = area_rates(panel, asked_reports(step, panel), step.exposure or usual_exposure(panel))
    table = rates.table[rates.table["exposure"] > 0].reset_index(drop=True)
    values = _values(panel, _names(step, panel, rates.exposure), table["region"])
    chosen, left_out = _named(values) if step.columns else _chosen(values)
    known = values[chosen].notna().all(axis=1).to_numpy()
    _require(int(known.sum()), chosen, bool(step.columns))
    raw = values.loc[known, chosen].to_numpy(float)
    spread = raw.std(axis=0, ddof=1)
    areas = table.loc[known, ["region", "name", "reports", "exposure"]].reset_index(drop=True)
    outlines = pd.DataFrame(panel.outlines).set_index("region").loc[areas["region"]].reset_index()
    cautions = (
        *_about_areas(rates.without_exposure, rates.exposure, ~known),
        *made_of_exposure(panel, chosen, rates.exposure),
        *_about_columns(step, len(areas), left_out),
    )
    return Sample(
        areas,
        rates.exposure,
        tuple(chosen),
        (raw - raw.mean(axis=0)) / spread,
        spread,
        np.array([shape.centroid.coords[0] for shape in outlines["geometry"]]),
        touching_neighbours(outlines),
        left_out,
        cautions,
    )


def _names(step: Occurrence, panel: Panel, exposure: str) -> list[str]:
    """The columns to look at; the denominator is none of them."""
    frames = [frame for frame in (panel.areas, panel.area_periods) if frame is not None]
    numeric = numeric_columns(frames)
    require_known(step.columns, numeric)
    names = [name for name in step.columns or numeric if name != exposure]
    if not names:
        raise MethodError(
            say(N_("The area data have no column of numbers to compare with.")),
            say(WHERE),
            say(N_("Name columns of numbers in the step: {names}."), names=", ".join(numeric) or "–"),
        )
    return names


def numeric_columns(frames: Sequence[pd.DataFrame]) -> list[str]:
    """Columns of numbers, each once, in the order of the data."""
    found = [frame.drop(columns=list(KEYS), errors="ignore").select_dtypes("number") for frame in frames]
    return list(dict.fromkeys(str(name) for frame in found for name in frame))


def require_known(asked: Sequence[str], there: Sequence[str]) -> None:
    """Raise when the plan names a column that is not there."""
    unknown = [name for name in asked if name not in there]
    if unknown:
        raise MethodError(
            say(N_("No number is known about the areas under these names: {names}."), names=", ".join(unknown)),
            say(WHERE),
            say(N_("Name columns of numbers in the step: {names}."), names=", ".join(there) or "–"),
        )


def _values(panel: Panel, names: Sequence[str], regions: pd.Series) -> pd.DataFrame:
    """Each column by area, in the order of `regions`; a monthly one as its mean over the months."""
    columns = {}
    for name in names:
        frame = panel.areas if panel.areas is not None and name in panel.areas else panel.area_periods
        columns[name] = regions.map(pd.DataFrame(frame).groupby("region")[name].mean()).astype(float)
    return pd.DataFrame(columns)


def _named(values: pd.DataFrame) -> tuple[list[str], pd.DataFrame]:
    """The columns the plan names, but for those that never change where all are known."""
    whole = values.dropna()
    same = [name for name in values if whole[name].nunique() < 2]
    return [str(name) for name in values if name not in same], _left_out(
        [(n, "never_changes", "", np.nan, np.nan) for n in same]
    )


def _chosen(values: pd.DataFrame) -> tuple[list[str], pd.DataFrame]:
    """As many columns as the areas can bear, chosen without the outcome; the others, and which stands for them."""
    gaps = [n for n in values if values[n].notna().mean() < KNOWN]
    same = [n for n in values if n not in gaps and values[n].nunique() < 2]
    rest = [n for n in values if n not in gaps and n not in same]
    whole = values[rest].dropna()
    same += [n for n in rest if whole[n].nunique() < 2]
    rest = [n for n in rest if n not in same]
    out = [(n, why, "", np.nan, np.nan) for why, names in (("many_gaps", gaps), ("never_changes", same)) for n in names]
    if not rest:
        return [], _left_out(out)
    found = principal_variables(whole[rest].to_numpy(float), max(1, len(whole) // PER_COLUMN))
    kept, repeats = set(found.chosen.tolist()), found.repeats()
    for j, name in enumerate(rest):
        if j not in kept:
            why, by = "repeats" if repeats[j] else "no_room", rest[found.stands_in[j]]
            out.append((name, why, by, float(found.correlation[j]), float(found.told[j])))
    return [str(name) for j, name in enumerate(rest) if j in kept], _left_out(out)


def _left_out(rows: Sequence[tuple[object, str, str, float, float]]) -> pd.DataFrame:
    text, number = ("variable", "reason", "by"), ("correlation", "told")
    table = pd.DataFrame(rows, columns=[*text, *number])
    return table.astype(dict.fromkeys(text, "str") | dict.fromkeys(number, "float64"))


def _require(areas: int, chosen: Sequence[str], named: bool) -> None:
    if areas < LEAST:
        raise MethodError(
            say(N_("{n} areas have a rate and all columns; at least {least} are needed."), n=areas, least=LEAST),
            say(WHERE),
            say(N_("Use smaller areas, or check that the area names of the data sets agree.")),
        )
    if not chosen:
        raise MethodError(
            say(N_("No column of the area data changes from area to area.")),
            say(WHERE),
            say(N_("Name columns that differ between areas.")),
        )
    if named and len(chosen) > max(1, areas // PER_ASKED):
        raise MethodError(
            say(N_("{k} columns cannot be told apart with {n} areas."), k=len(chosen), n=areas),
            say(WHERE),
            say(
                N_("Name at most {most} columns, or none: then those that stand for the others are chosen."),
                most=max(1, areas // PER_ASKED),
            ),
        )


def _about_areas(without: int, exposure: str, gaps: np.ndarray) -> Iterator[Message]:
    if without:
        yield say(N_("{n} areas have no value of “{exposure}” and were not compared."), n=without, exposure=exposure)
    if gaps.any():
        yield say(N_("{n} areas lack a value in one of the columns and were left out."), n=int(gaps.sum()))


def _about_columns(step: Occurrence, areas: int, left_out: pd.DataFrame) -> Iterator[Message]:
    reasons = left_out["reason"].value_counts()
    if {"repeats", "no_room"} & set(reasons.index):
        yield say(N_("Columns were chosen without a look at the reports."))
    if "repeats" in reasons:
        yield say(
            N_("Columns left out because the chosen ones together tell nine tenths of them or more: {n}."),
            n=int(reasons["repeats"]),
        )
    if "no_room" in reasons:
        yield say(
            N_("Columns left out because {n} areas bear only one column for every {per}: {no_room}."),
            no_room=int(reasons["no_room"]),
            n=areas,
            per=PER_COLUMN,
        )
    if len(step.columns) > areas // PER_COLUMN:
        yield say(N_("{k} columns are many for {n} areas; intervals are wide."), k=len(step.columns), n=areas)
