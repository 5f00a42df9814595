"""Area factors of occurrence (지역 발생 요인): reports regressed on what is known of the areas. Associations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sigun.analysis.occurrence.held_out import (
    MODELS,
    contiguous_blocks,
    mean_over_blocks,
    poisson_deviance,
    told_from_outside,
)
from sigun.analysis.occurrence.months import inside_areas
from sigun.analysis.occurrence.principal_variables import variance_inflation
from sigun.analysis.occurrence.sample import ENTANGLED, Sample, area_sample
from sigun.analysis.occurrence.spatial_terms import MoranVectors, SpatialFit, fit_spatial, moran_vectors
from sigun.analysis.occurrence.tables import MORAN, Effects, effects_table, estimates, influence_table, left_out_table
from sigun.analysis.statistics.local_statistics import GlobalMoran, global_moran
from sigun.analysis.statistics.negative_binomial import NegativeBinomialFit, fit_negative_binomial
from sigun.analysis.statistics.threads import one_thread
from sigun.errors import MethodError
from sigun.panel.model import Panel
from sigun.plan.steps import Occurrence
from sigun.result import Fact, Result, facts_table
from sigun.text import N_, Message, say

DRAWS = 999
ALIKE = 0.1  # p of residual Moran's I above which neighbours count as strangers
PER_BLOCK, MOST_BLOCKS = 4, 10  # areas a block at least; blocks at most


def occurrence(step: Occurrence, panel: Panel, rng: np.random.Generator) -> Result:
    """Run one `occurrence` step of a plan.

    Raises
    ------
    MethodError
        There is nothing to compare with, there are too few reports or areas, columns repeat one another, or a column
        that never changes is asked for inside areas.
    """
    with one_thread():
        return _between(step, panel, rng) if step.fixed_effects == "none" else inside_areas(step, panel, rng)


def _between(step: Occurrence, panel: Panel, rng: np.random.Generator) -> Result:
    """Areas compared with each other."""
    sample = area_sample(step, panel)
    fitted = _fit(sample, rng)
    effects = _effects(sample, fitted)
    effects_shown = effects_table(sample.names, panel, effects)
    influence = influence_table(
        sample.names, panel, sample.areas, np.exp(effects.beta), np.exp(fitted.whole.one_out[:, 1:])
    )
    comparison, unanswered = _comparison(sample, rng)
    free = _free_exposure(sample, fitted)
    tables = {
        "effects": effects_shown,
        "left_out": left_out_table(sample.left_out, panel),
        "spatial": _spatial(fitted),
        "comparison": comparison,
        "influence": influence,
        "areas": _areas(sample, fitted),
        "facts": facts_table([*_facts(sample, fitted, effects_shown), free]),
    }
    cautions = (*_cautions(sample, fitted, tables, free), *unanswered)
    return Result("occurrence", "association", tables, cautions)


@dataclass(frozen=True)
class Fitted:
    """The regression on the columns alone, and with the map that neighbouring areas share."""

    alone: NegativeBinomialFit
    whole: SpatialFit
    maps: MoranVectors
    morans: tuple[GlobalMoran, GlobalMoran, GlobalMoran]  # of the rates, beside the columns, with the map
    poisson_spread: float  # Pearson chi-square per degree of freedom of a Poisson regression on the columns


def _fit(sample: Sample, rng: np.random.Generator) -> Fitted:
    x = sample.design()
    level = fit_negative_binomial(sample.y, x[:, :1], sample.offset, errors=False)
    alone = fit_negative_binomial(sample.y, x, sample.offset)
    poisson = fit_negative_binomial(sample.y, x, sample.offset, dispersion=0.0, errors=False)
    maps = moran_vectors(sample.neighbours)
    whole = fit_spatial(sample.y, x, sample.offset, maps)
    residuals = (level.residuals(sample.y), alone.residuals(sample.y), whole.residual)
    rates, columns, left = (global_moran(r, sample.neighbours, DRAWS, rng) for r in residuals)
    spread = float(np.sum(poisson.residuals(sample.y) ** 2) / (len(x) - x.shape[1]))
    return Fitted(alone, whole, maps, (rates, columns, left), spread)


def _effects(sample: Sample, fitted: Fitted) -> Effects:
    """What the columns come to, and what they would without the map and without the exposure."""
    unoffset = fit_spatial(sample.y, sample.design(), np.zeros(len(sample.y)), fitted.maps)
    return Effects(
        *estimates(fitted.whole.beta[1:], fitted.whole.error[1:], len(sample.y) - len(fitted.whole.beta)),
        per=sample.spread,
        vif=variance_inflation(sample.x),
        without_spatial=np.exp(fitted.alone.beta[1:]),
        without_exposure=np.exp(unoffset.beta[1:]),
    )


def _free_exposure(sample: Sample, fitted: Fitted) -> Fact:
    """By how much reports rise with the exposure when it is free: 1 when in proportion, as a rate assumes."""
    exposure = sample.offset - sample.offset.mean()
    if np.ptp(exposure) == 0:
        return Fact("exposure_elasticity", float("nan"))
    x = np.column_stack([sample.design(), exposure])
    fit = fit_spatial(sample.y, x, np.zeros(len(x)), fitted.maps)
    beta, low, high, _p = estimates(fit.beta[-1:], fit.error[-1:], len(x) - x.shape[1])
    return Fact("exposure_elasticity", float(beta[0]), low=float(low[0]), high=float(high[0]))


def _comparison(sample: Sample, rng: np.random.Generator) -> tuple[pd.DataFrame, tuple[Message, ...]]:
    """Each model's deviance on areas it has not seen, and the difference to the model before it."""
    blocks = min(MOST_BLOCKS, len(sample.y) // PER_BLOCK)
    block = contiguous_blocks(sample.points, blocks)
    try:
        told = told_from_outside(sample.y, sample.x, np.exp(sample.offset), block, int(rng.integers(2**31)))
    except MethodError:
        return _compared([]), (say(N_("Models were not compared: without some of the areas there is no answer.")),)
    deviance = {model: poisson_deviance(sample.y, told[model]) for model in MODELS}
    rows: list[list[object]] = []
    for model, against in zip(MODELS, ("", *MODELS), strict=False):
        own = mean_over_blocks(deviance[model], block, rng)
        row: list[object] = [model, own.value, max(own.low, 0.0), own.high, against]
        if not against:
            rows.append([*row, np.nan, np.nan, np.nan, ""])
            continue
        apart = mean_over_blocks(deviance[model] - deviance[against], block, rng)
        reading = "better" if apart.high < 0 else "worse" if apart.low > 0 else "unclear"
        rows.append([*row, apart.value, apart.low, apart.high, reading])
    return _compared(rows), ()


def _compared(rows: list[list[object]]) -> pd.DataFrame:
    numbers = ("deviance", "low", "high", "difference", "difference_low", "difference_high")
    columns = ["model", *numbers[:3], "against", *numbers[3:], "reading"]
    table = pd.DataFrame(rows, columns=columns)
    return table.astype(dict.fromkeys(numbers, "float64") | dict.fromkeys(("model", "against", "reading"), "str"))


def _spatial(fitted: Fitted) -> pd.DataFrame:
    models = zip(("rates", "columns", "terms"), fitted.morans, strict=True)
    return pd.DataFrame([[model, m.moran, m.low, m.high, m.p] for model, m in models], columns=list(MORAN))


def _areas(sample: Sample, fitted: Fitted) -> pd.DataFrame:
    return sample.areas.assign(
        expected=fitted.whole.fitted, spatial=np.exp(fitted.whole.shared), residual=fitted.whole.residual
    )


def _facts(sample: Sample, fitted: Fitted, effects: pd.DataFrame) -> Iterator[Fact]:
    yield Fact("regions", len(sample.y))
    yield Fact("reports", int(sample.y.sum()))
    yield Fact("variables", len(sample.names) + len(sample.left_out))
    yield Fact("tried", len(sample.names))
    yield Fact("found", int((effects["reading"] != "unclear").sum()))
    yield Fact("exposure", sample.exposure)
    yield Fact("fixed_effects", "none")
    yield Fact("dispersion", fitted.alone.dispersion)
    yield Fact("poisson_spread", fitted.poisson_spread)
    yield Fact("spatial_share", fitted.whole.spatial_share)
    yield Fact("blocks", min(MOST_BLOCKS, len(sample.y) // PER_BLOCK))
    yield Fact("draws", DRAWS)


def _cautions(sample: Sample, fitted: Fitted, tables: dict[str, pd.DataFrame], free: Fact) -> Iterator[Message]:
    yield say(N_("What holds for areas need not hold for the people or the vehicles in them."))
    yield say(N_("Reports are not vehicles: where people report more, there are more reports."))
    yield from sample.cautions
    effects, influence = tables["effects"], tables["influence"]
    entangled = effects.loc[effects["vif"] > ENTANGLED, "title"]
    if len(entangled):
        yield say(
            N_("These can hardly be told from the others, so their intervals are wide: {names}."),
            names=", ".join(entangled),
        )
    if free.low is not None and free.high is not None and not free.low <= 1 <= free.high:
        yield say(
            N_("Reports do not rise in proportion to “{exposure}”, so what goes with it may show in other columns."),
            exposure=sample.exposure,
        )
    turned = influence.loc[influence["turns"] & (effects["reading"] != "unclear"), "title"]
    if len(turned):
        yield say(N_("Without one single area the direction would be another one: {names}."), names=", ".join(turned))
    last = fitted.morans[-1]
    if last.moran > 0 and last.p <= ALIKE:
        yield say(
            N_("Neighbouring areas are still alike in what is left over; there may be more that is not known here.")
        )
