"""What the synthetic designs leave in tables (합성 경로의 표): paths, weights, placebos."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from sigun.analysis.effect.answer import Row
from sigun.analysis.effect.pool import Pool
from sigun.analysis.effect.sdid import Staggered
from sigun.analysis.effect.setting import Setting, named
from sigun.analysis.effect.synthetic import Gap, PlaceboTest, Synthetic, aligned
from sigun.analysis.statistics.arrays import FloatArray, IntArray


def synthetic_tables(
    found: Synthetic, pool: Pool, setting: Setting, sets: IntArray, test: PlaceboTest
) -> dict[str, list[Row]]:
    """Path, weights and placebos of `synthetic_control`."""
    times, _ = aligned(found.gaps)
    one = len({g.start for g in found.gaps}) == 1
    start = found.gaps[0].start
    observed = _aligned_mean(found.gaps, times, lambda g: g.observed)
    double = _aligned_mean(found.gaps, times, lambda g: g.synthetic)
    path: list[Row] = [
        {
            "design": "synthetic_control",
            "event_time": int(e),
            "period": setting.periods[start + int(e)] if one else "",
            "observed": float(a),
            "synthetic": float(b),
        }
        for e, a, b in zip(times, observed, double, strict=True)
    ]
    weights: list[Row] = []
    for unit, gap in zip(named(setting, pool.treated), found.gaps, strict=True):
        for (code, name), w in zip(named(setting, pool.donors), gap.weights, strict=True):
            if w > 1e-4:
                row = {"design": "synthetic_control", "treated": unit[1], "region": code, "name": name}
                weights.append({**row, "weight": float(w)})
    own = {"estimate": found.estimate, "ratio": test.real.ratio(test.least), "pre_rmspe": test.real.before}
    drawn = (test.estimates, test.ratios, np.array([f.before for f in test.placebos]))
    placebos = _placebo_rows("synthetic_control", own, setting, pool, sets, drawn)
    return {"path": path, "weights": weights, "placebos": placebos}


def _aligned_mean(gaps: Sequence[Gap], times: IntArray, of: Callable[[Gap], FloatArray]) -> FloatArray:
    """(e,) the mean over regions at each event time."""
    lined = np.full((len(gaps), len(times)), np.nan)
    for row, g in enumerate(gaps):
        values, at = of(g), times + g.start
        inside = (at >= 0) & (at < len(values))
        lined[row, inside] = values[at[inside]]
    return np.asarray(np.nanmean(lined, axis=0), dtype=np.float64)


def _placebo_rows(
    design: str,
    own: dict[str, float],
    setting: Setting,
    pool: Pool,
    sets: IntArray,
    drawn: tuple[FloatArray, FloatArray, FloatArray],
) -> list[Row]:
    """The real one first, then each set of regions taken for treated; named where a set is one region."""
    rows: list[Row] = [{"design": design, "region": "", "name": "", "real": True, **own}]
    one = sets.shape[1] == 1
    for row, (estimate, of, fit) in enumerate(zip(*drawn, strict=True)):
        place = pool.donors[sets[row, 0]]
        who = {"region": setting.regions[place], "name": setting.names[place]} if one else {"region": "", "name": ""}
        value = {"estimate": float(estimate), "ratio": float(of), "pre_rmspe": float(fit)}
        rows.append({"design": design, **who, "real": False, **value})
    return rows


def sdid_tables(
    found: Staggered, pool: Pool, setting: Setting, placebos: FloatArray, sets: IntArray
) -> dict[str, list[Row]]:
    """Path, weights of regions and periods, and placebos of `sdid`."""
    blank = np.full(len(placebos), np.nan)
    own = {"estimate": found.estimate, "ratio": math.nan, "pre_rmspe": math.nan}
    return {
        "path": list(_sdid_path(found, setting)),
        "weights": [
            {"design": "sdid", "treated": setting.periods[g], "region": code, "name": name, "weight": float(w)}
            for g, part in zip(found.cohorts, found.parts, strict=True)
            for (code, name), w in zip(named(setting, pool.donors), part.region_weights, strict=True)
            if w > 1e-4
        ],
        "period_weights": [
            {"design": "sdid", "cohort": setting.periods[g], "period": setting.periods[t], "weight": float(w)}
            for g, part, calendar in zip(found.cohorts, found.parts, found.periods, strict=True)
            for t, w in zip(calendar.tolist(), part.period_weights, strict=False)
        ],
        "placebos": _placebo_rows("sdid", own, setting, pool, sets, (placebos, blank, blank)),
    }


def _sdid_path(found: Staggered, setting: Setting) -> Iterator[Row]:
    """Mean path by event time, cohorts by their regions."""
    one = len(found.cohorts) == 1
    by: dict[int, list[tuple[int, float, float]]] = {}
    for g, part, calendar, n in zip(found.cohorts, found.parts, found.periods, found.sizes, strict=True):
        for t, a, b in zip(calendar.tolist(), part.treated, part.synthetic, strict=True):
            by.setdefault(t - g, []).append((n, float(a), float(b)))
    for e in sorted(by):
        size, observed, mixed = (np.array(values) for values in zip(*by[e], strict=True))
        period = setting.periods[found.cohorts[0] + e] if one else ""
        row = {"design": "sdid", "event_time": e, "period": period}
        means = [float(np.average(values, weights=size)) for values in (observed, mixed)]
        yield {**row, "observed": means[0], "synthetic": means[1]}
