"""What these data could have seen (검정력): the smallest effect found four times of five, told before any result."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sigun.analysis.diagnostics.power import mde
from sigun.analysis.diagnostics.variance import split
from sigun.analysis.factors.sizes import natural_step
from sigun.analysis.factors.study import Study
from sigun.analysis.factors.tables import POWER, table


def power_table(study: Study) -> pd.DataFrame:
    """One row a factor: error, what could be detected, in units of the answer and of the outcome's own movement."""
    return table(_rows(study), POWER)


def _rows(study: Study) -> Iterator[dict[str, object]]:
    scale = study.scale
    for model in study.models:
        if model.main is None:
            continue
        obs = model.sample.obs
        moves = split(obs.y, obs.region, obs.period)
        own = moves.sd_within if model.sample.panel else moves.sd
        for told in study.told[model.name, model.main.estimator]:
            if told.term.kind == "factor":
                seen = mde(told.se * told.widening, told.df)
                step = natural_step(study, told.term)
                yield {
                    "term": told.term.id,
                    "title": told.term.title,
                    "se": told.se,
                    "mde": seen,
                    "mde_step": scale.told(seen * step.change),
                    "mde_share": seen * step.change / own if own > 0 else float("nan"),
                }
