"""Which regions a panel has (패널의 지역): those of one level on the base date, but for those the plan leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

import numpy as np
import pandas as pd

from sigun.errors import MethodError, PlanError, require
from sigun.plan.variables import Regional
from sigun.region.codes import Codes, lift, units_at
from sigun.text import N_, _, say


def regions(asked: Regional, codes: Codes) -> pd.DataFrame:
    """The regions of the panel: unit, name, full, sido, sido_name, verified; sorted by unit.

    Raises
    ------
    MethodError
        There is none: `within` names no 시도 that is known, or the table of regions has no such level.
    PlanError, Several
        `except` names what is no region of the panel.
    """
    units = without(units_at(codes, asked.day, asked.unit, within=asked.within), asked.left_out)
    if units.empty:
        raise MethodError(
            say(
                N_("There is no region of level “{level}” in it at {day}."),
                level=asked.unit,
                day=asked.day.isoformat(),
            ),
            say(N_("plan, panel.unit and panel.within: {names}"), names=", ".join(asked.within) or "-"),
            say(N_("Mend `within`; for 읍면동 import the MOIS table with `sigun regions import FILE` first.")),
        )
    sido = lift(units["unit"], codes, "sido").fillna("")
    return units.rename(columns={"sido": "sido_name"}).assign(sido=sido.to_numpy())


def without(units: pd.DataFrame, left_out: Sequence[str]) -> pd.DataFrame:
    """The regions but for those named by code, full name, or a name that only one of them has.

    Raises
    ------
    PlanError, Several
        A name is of no region, or of several.
    """
    hits = {name: _named(units, name.strip()) for name in left_out}
    require(_not_one(name, units[hit], units) for name, hit in hits.items() if hit.sum() != 1)
    gone = np.logical_or.reduce(list(hits.values())) if hits else np.zeros(len(units), bool)
    return units[~gone].reset_index(drop=True)


def _named(units: pd.DataFrame, name: str) -> np.ndarray:
    """Those of that code or full name; where there is none, those of that name, or of a 시도 with one region only."""
    exact = (units["unit"] == name) | (units["full"] == name)
    if not exact.any():
        exact = units["name"] == name
    if not exact.any():
        exact = (units["sido"] == name) & (units["sido"].map(units["sido"].value_counts()) == 1)
    return np.asarray(exact, bool)


def _not_one(name: str, found: pd.DataFrame, units: pd.DataFrame) -> PlanError:
    if len(found):
        near = found["full"].tolist()
        what = _("“{name}” is the name of {n} regions of the panel.").format(name=name, n=len(found))
    else:
        words = [*units["full"], *units["name"], *units["unit"], *units["sido"]]
        near = list(dict.fromkeys(get_close_matches(name, words, 5, 0.4)))[:3] or units["full"].head(5).tolist()
        what = _("No region of the panel is called “{name}”.").format(name=name)
    return PlanError(what, "panel.except", _("Did you mean: {names}?").format(names=", ".join(near)))
