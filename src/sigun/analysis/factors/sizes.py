"""How large one natural step of a factor is on the rows that were looked at (자연 단위의 크기)."""

from __future__ import annotations

import numpy as np

from sigun.analysis.diagnostics.variance import split
from sigun.analysis.factors.natural import Step, step_of
from sigun.analysis.factors.study import Study
from sigun.analysis.factors.terms import Term


def natural_step(study: Study, term: Term) -> Step:
    """One natural step of a factor, by how much it varies inside regions (of one period, between them)."""
    model = study.model(term)
    if model is None:
        values = study.wide.frame[term.id].to_numpy(float)
        return step_of(term.unit, float(np.nanstd(values)) if np.isfinite(values).any() else 1.0)
    obs = model.sample.obs
    found = split(obs.x[:, model.sample.terms.index(term)], obs.region, obs.period)
    return step_of(term.unit, found.sd_within if model.sample.panel and found.sd_within > 0 else found.sd)
