"""The figures of a report (그림): each drawn from results alone. A title and a foot are the page's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from sigun.report.figures import (
    before_after,
    coverage,
    descriptive,
    effect,
    factor_maps,
    factors,
    forecast,
    hotspots,
    links,
    maps,
    rhythm,
    shares,
    supply,
    tiles,
    time,
)
from sigun.report.figures.style import Figure, Sketch, house_style
from sigun.report.figures.svg import write_svg
from sigun.report.finished import Finished

_DRAW: Mapping[str, Callable[[Finished], Sketch | None]] = {
    "coverage": coverage.availability,
    "coverage_tiles": tiles.told_regions,
    "trend_months": time.trend_months,
    "rhythm_month": rhythm.rhythm_month,
    "rhythm_weekday": rhythm.rhythm_weekday,
    "rhythm_hour": rhythm.rhythm_hour,
    "kinds": shares.kinds,
    "concentration": shares.concentration,
    "hotspot_map": hotspots.hotspot_map,
    "hotspot_areas_map": hotspots.hotspot_areas_map,
    "effect_events": effect.events,
    "effect_path": effect.path,
    "before_after_path": before_after.path,
    "before_after_changes": before_after.changes,
    **{f"summary_map_{at}": partial(descriptive.map_of, at=at) for at in range(descriptive.SHOWN)},
    **{f"summary_trend_{at}": partial(descriptive.trend_of, at=at) for at in range(descriptive.SHOWN)},
    "duration_curve": shares.duration_curve,
    "endings_curve": shares.endings_curve,
    "area_factors": links.area_factors,
    "occurrence": links.occurrence,
    "factors_sides": factors.factors_sides,
    "factors_curve": factors.factors_curve,
    "factors_choices": factors.factors_choices,
    "factors_level": factor_maps.factors_level,
    "factors_change": factor_maps.factors_change,
    "factors_residual": factor_maps.factors_residual,
    "weather": links.weather,
    "forecast_map": maps.forecast_map,
    "backtest_hits": forecast.backtest_hits,
    "backtest_models": forecast.backtest_models,
    "calibration": forecast.calibration,
    "patrol_map": maps.patrol_map,
    "patrol_capacity": forecast.patrol_capacity,
    "supply_map": supply.supply_map,
}


def _figure(name: str, draw: Callable[[Finished], Sketch | None]) -> Callable[[Finished], Figure | None]:
    def figure(finished: Finished) -> Figure | None:
        with house_style():
            sketch = draw(finished)
            return None if sketch is None else Figure(write_svg(sketch.canvas, name, sketch.alt), sketch.alt)

    return figure


FIGURES: Mapping[str, Callable[[Finished], Figure | None]] = {name: _figure(name, draw) for name, draw in _DRAW.items()}
"""Name to figure: nothing comes back where the result or its table is absent or empty."""

__all__ = ["FIGURES", "Figure"]
