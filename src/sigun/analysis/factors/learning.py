"""Boosting beside (설명 가능한 기계학습): does it foretell regions and periods it never saw, and by which factors."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sigun.analysis.explain.boosting import held_out
from sigun.analysis.explain.groups import correlated_groups
from sigun.analysis.factors.sample import sample_of
from sigun.analysis.factors.study import Study
from sigun.analysis.factors.tables import table
from sigun.errors import MethodError

SCORES = {
    "split": "str",
    "model": "str",
    "rmse": "float64",
    "r2": "float64",
    "folds": "int64",
    "n": "int64",
    "gain": "float64",
    "gain_low": "float64",
    "gain_high": "float64",
}
IMPORTANCE = {
    "split": "str",
    "group": "int64",
    "names": "str",
    "importance": "float64",
    "low": "float64",
    "high": "float64",
}


def learned(study: Study, rng: np.random.Generator) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`explain_scores` and `importance`; empty where it was not asked for, or the rows are too few."""
    asked = study.step.explain
    sample = sample_of(study.wide, study.asked)
    if asked.model == "none" or not sample.panel:
        return table([], SCORES), table([], IMPORTANCE)
    obs = sample.obs
    groups = correlated_groups(obs.x)
    try:
        found = held_out(obs.y, obs.x, obs.region, obs.period, groups, asked.folds, asked.draws, rng)
    except MethodError:
        return table([], SCORES), table([], IMPORTANCE)  # its absence is a caution
    names = [
        ", ".join(t.title for t, g in zip(sample.terms, groups, strict=True) if g == n) for n in range(len(groups))
    ]
    scores = [{n: getattr(s, n) for n in SCORES} for s in found.scores]
    importance = [
        {
            "split": one.split,
            "group": one.group,
            "names": names[one.group],
            "importance": one.importance,
            "low": one.low,
            "high": one.high,
        }
        for one in found.importance
    ]
    return table(scores, SCORES), table(importance, IMPORTANCE)
