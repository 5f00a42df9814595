"""With the neighbours (공간): do residuals cluster on the map, and what is left of the factors when they do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from sigun.analysis.factors.estimates import LINEAR
from sigun.analysis.factors.study import Study
from sigun.analysis.factors.tables import table
from sigun.analysis.factors.terms import Term
from sigun.analysis.regression.observations import Observations
from sigun.analysis.spatial.impacts import impacts
from sigun.analysis.spatial.lagrange import lagrange
from sigun.analysis.spatial.models import Likelihood, SpatialFit, spatial_error, spatial_lag
from sigun.analysis.spatial.moran import moran, moran_panel, moran_residuals
from sigun.analysis.spatial.sample import Effects, SpatialSample, spatial_sample
from sigun.errors import MethodError
from sigun.panel.regional.model import RegionPanel
from sigun.region.neighbours import Neighbours

ALPHA = 0.05
DRAWS = 999
ENDS = ("", "_low", "_high")
SPATIAL = {
    "model": "str",
    "term": "str",
    "title": "str",
    "estimate": "float64",
    "se": "float64",
    "low": "float64",
    "high": "float64",
    "p": "float64",
    **{f"{kind}{end}": "float64" for kind in ("direct", "indirect", "total") for end in ENDS},
}
TESTS = {"on": "str", "test": "str", "statistic": "float64", "z": "float64", "p": "float64"}
EFFECTS: Mapping[str, Effects] = {
    "within_twoway": "twoway",
    "within_region": "region",
    "first_difference": "twoway",
    "poisson": "twoway",
}
MODELS: Mapping[str, Callable[[SpatialSample, Likelihood], SpatialFit]] = {
    "spatial_lag": lambda sample, likelihood: spatial_lag(sample, False, likelihood),
    "spatial_error": spatial_error,
    "spatial_durbin": lambda sample, likelihood: spatial_lag(sample, True, likelihood),
}
REPEATED: Mapping[str, str] = {
    "model": "str",
    "effects": "str",
    "likelihood": "str",
    **{name: SPATIAL[name] for name in ("term", "title", "estimate", "se", "low", "high", "p")},
}
CONSTANT = "(constant)"


@dataclass(frozen=True)
class Space:
    """What was found with the neighbours; empty tables where the plan names none."""

    tests: pd.DataFrame
    models: pd.DataFrame
    neighbours: Neighbours | None
    left_out: int  # regions not complete over the span, or without a neighbour
    refused: MethodError | None = None
    repeated: pd.DataFrame = field(default_factory=lambda: table([], REPEATED))  # as other programs have them


def space_of(study: Study, panel: RegionPanel, rng: np.random.Generator) -> Space:
    """Moran's I and Lagrange tests of what is left over; models of neighbours where asked, or where these reject."""
    main, near = study.first.main, panel.neighbours
    empty = Space(table([], TESTS), table([], SPATIAL), None, 0)
    asked = [name for name in MODELS if name in study.step.estimators]
    if main is None or near is None or not (study.step.checks.moran or asked):
        return empty
    obs = main.sample.obs
    try:
        effects = EFFECTS.get(main.estimator, "constant")
        sample = spatial_sample(obs.y, obs.x, obs.region, obs.period, near.matrix(main.sample.regions), effects)
        tests = table(_tests(sample, main.estimator, rng), TESTS)
        if not asked and _rejected(tests):
            asked = ["spatial_lag", "spatial_error"]
        rows = [row for name in asked for row in _model(name, sample, main.terms, rng)]
        repeats = study.step.inference.purpose == "replication" and effects != "constant"
        again = [row for name in asked for row in _again(name, sample, main.terms)] if repeats else []
    except MethodError as problem:
        return replace(empty, neighbours=near, refused=problem)
    return Space(tests, table(rows, SPATIAL), near, len(sample.left_out), repeated=table(again, REPEATED))


def _tests(sample: SpatialSample, estimator: str, rng: np.random.Generator) -> Iterator[dict[str, object]]:
    residuals = _residuals(sample, estimator)
    if sample.y.shape[1] == 1:
        own = moran(sample.y[:, 0], sample.weight)
        yield {"on": "outcome", "test": "moran", "statistic": own.index, "z": own.z, "p": own.p}
        found = moran_residuals(residuals[:, 0], sample.x[:, 0], sample.weight)
        yield {"on": "residuals", "test": "moran", "statistic": found.index, "z": found.z, "p": found.p}
    else:
        panel = moran_panel(residuals, sample.weight, DRAWS, rng)
        yield {"on": "residuals", "test": "moran", "statistic": panel.index, "z": np.nan, "p": panel.p}
    lm = lagrange(sample)
    for name in ("lag", "error", "robust_lag", "robust_error"):
        test = getattr(lm, name)
        head = name if name.startswith("robust") else f"lm_{name}"
        label = head.replace("robust_", "robust_lm_")
        yield {"on": "residuals", "test": label, "statistic": test.statistic, "z": np.nan, "p": test.p}


def _residuals(sample: SpatialSample, estimator: str) -> np.ndarray:
    """(G, T) of the main estimator on the complete block; of differences, those of levels."""
    regions, periods = sample.y.shape
    region, period = np.repeat(np.arange(regions), periods), np.tile(np.arange(periods), regions)
    obs = Observations(sample.y.ravel(), sample.x.reshape(regions * periods, -1), region, period)
    fit = LINEAR[estimator if estimator in ("pooled", "within_region") else "within_twoway"](obs)
    whole = np.zeros((regions, periods))
    whole[fit.region, fit.period] = fit.residuals
    return whole


def _rejected(tests: pd.DataFrame) -> bool:
    return bool((tests.loc[tests["on"] != "outcome", "p"] < ALPHA).any())


def _model(
    name: str, sample: SpatialSample, terms: Sequence[Term], rng: np.random.Generator
) -> Iterator[dict[str, object]]:
    fit = MODELS[name](sample, "transformed")
    effects = impacts(fit, DRAWS, rng)
    for i, row in enumerate(_coefficients(name, fit, terms)):
        j = i - fit.constant
        if 0 <= j < len(terms):
            for kind in ("direct", "indirect", "total"):
                impact = getattr(effects, kind)
                row |= {kind: float(impact.estimate[j])}
                row |= {f"{kind}_low": float(impact.low[j]), f"{kind}_high": float(impact.high[j])}
        yield row


def _coefficients(name: str, fit: SpatialFit, terms: Sequence[Term]) -> Iterator[dict[str, object]]:
    """Coefficients in their order, the spatial one last."""
    own = [(t.id, t.title) for t in terms]
    names = [(CONSTANT, CONSTANT)] * fit.constant + own
    names += [(f"w_{i}", title) for i, title in own] if len(fit.beta) > len(names) else []
    names.append(("lambda" if name == "spatial_error" else "rho",) * 2)
    for i, (term, title) in enumerate(names):
        value = float(fit.beta[i]) if i < len(fit.beta) else fit.spatial
        yield {"model": name, "term": term, "title": title, **_normal(value, float(fit.se[i]))}


def _again(name: str, sample: SpatialSample, terms: Sequence[Term]) -> Iterator[dict[str, object]]:
    """The same model as other programs have it: the likelihood that counts levels as observations, fewer effects."""
    for estimator in ("within_region", "within_twoway"):
        fit = MODELS[name](replace(sample, effects=EFFECTS[estimator]), "direct")
        for row in _coefficients(name, fit, terms):
            yield {"effects": estimator, "likelihood": "direct", **row}


def _normal(value: float, se: float) -> dict[str, object]:
    from scipy.special import ndtr, ndtri

    half = float(ndtri(0.975)) * se
    p = float(2 * ndtr(-abs(value) / se)) if se > 0 else np.nan
    return {"estimate": value, "se": se, "low": value - half, "high": value + half, "p": p}
