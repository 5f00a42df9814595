"""The figures of a report (그림): each drawn from results alone. A title and a foot are the page's."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sigun.report.figures import maps, time
from sigun.report.figures.style import Figure, Sketch, house_style
from sigun.report.figures.svg import write_svg
from sigun.report.finished import Finished

_DRAW: Mapping[str, Callable[[Finished], Sketch | None]] = {
    "trend_months": time.trend_months,
    "forecast_map": maps.forecast_map,
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
