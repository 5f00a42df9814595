"""What an estimate rests on (영향력): every region left out in turn, the whole fit made anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sigun.analysis.factors.estimates import Estimated
from sigun.analysis.factors.terms import Term
from sigun.analysis.statistics.arrays import FloatArray
from sigun.errors import MethodError

SHOWN = 3  # regions a term
INFLUENCE = {
    "term": "str",
    "title": "str",
    "region": "str",
    "name": "str",
    "estimate": "float64",
    "change": "float64",
    "turns": "bool",
}


@dataclass(frozen=True)
class LeftOut:
    """Coefficients with one region left out at a time; NaN where the rest does not tell it."""

    beta: FloatArray  # (regions, k)
    regions: tuple[str, ...]

    def ends(self, j: int) -> tuple[float, float] | None:
        """Lowest and highest of one coefficient."""
        column = self.beta[:, j][np.isfinite(self.beta[:, j])]
        return (float(column.min()), float(column.max())) if len(column) else None


def leave_out(found: Estimated) -> LeftOut:
    """Every region left out in turn."""
    obs = found.sample.obs
    beta = np.full((len(found.sample.regions), len(found.terms)), np.nan)
    for g in range(len(beta)):
        try:
            beta[g] = found.again(obs, obs.region != g).beta
        except MethodError:
            continue  # it lives on that region alone: said by its few exposed regions
    return LeftOut(beta, found.sample.regions)


def influence_rows(
    found: Estimated, left: LeftOut, terms: tuple[Term, ...], names: Mapping[str, str]
) -> list[dict[str, object]]:
    """The regions that move each factor's estimate most."""
    rows: list[dict[str, object]] = []
    for term in terms:
        j = found.terms.index(term)
        change = left.beta[:, j] - found.fit.beta[j]
        order = np.argsort(-np.abs(np.nan_to_num(change)), kind="stable")[:SHOWN]
        for g in order:
            estimate = float(left.beta[g, j])
            rows.append(
                {
                    "term": term.id,
                    "title": term.title,
                    "region": left.regions[g],
                    "name": names.get(left.regions[g], left.regions[g]),
                    "estimate": estimate,
                    "change": float(change[g]),
                    "turns": bool(estimate * found.fit.beta[j] < 0),
                }
            )
    return rows
