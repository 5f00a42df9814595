"""Every figure: drawn from results alone, small, safe, the same twice, and nothing where there is nothing to draw."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import fake

from sigun.report.figures import FIGURES
from sigun.report.figures.style import Figure
from sigun.text import set_language

SOURCE = {  # figure -> the result it is drawn from
    **{"trend_months": "trend", "kinds": "kinds", "concentration": "concentration", "duration_curve": "duration"},
    **dict.fromkeys(("rhythm_month", "rhythm_weekday", "rhythm_hour"), "rhythm"),
    **dict.fromkeys(("hotspot_map", "hotspot_areas_map"), "hotspot"),
    **{"area_factors": "area_factors", "weather": "weather", "forecast_map": "forecast"},
    **dict.fromkeys(("backtest_hits", "backtest_models", "calibration"), "backtest"),
    **dict.fromkeys(("patrol_map", "patrol_capacity"), "patrol"),
}
NAMES = tuple(FIGURES)


def drawn(name: str) -> Figure:
    figure = FIGURES[name](fake.finished())
    assert figure is not None
    return figure


def texts(svg: str) -> list[str]:
    return [t.text or "" for t in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def classes(svg: str) -> set[str]:
    return {c for e in ElementTree.fromstring(svg).iter() for c in e.get("class", "").split()}


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_can_stand_in_a_page(name: str) -> None:
    svg = drawn(name).svg
    root = ElementTree.fromstring(svg)
    assert {"viewBox", "role", "aria-label"} <= set(root.keys())
    assert not {"width", "height"} & set(root.keys())
    tags = {e.tag.split("}")[1] for e in root.iter()}
    assert not tags & {"script", "style", "metadata", "foreignObject", "image"}
    assert len(svg) < 300_000


@pytest.mark.parametrize("name", NAMES)
def test_every_id_is_the_figures_own_and_every_reference_finds_one(name: str) -> None:
    svg = drawn(name).svg
    ids = re.findall(r'\bid="([^"]+)"', svg)
    assert all(i.startswith(f"{name}-") for i in ids)
    assert set(re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', svg)) <= {(i, "") for i in ids} | {("", i) for i in ids}


@pytest.mark.parametrize("name", NAMES)
def test_the_same_results_give_the_same_bytes(name: str) -> None:
    assert drawn(name) == drawn(name)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_drawn_from_nothing(name: str) -> None:
    rest = {k: v for k, v in fake.results().items() if k != SOURCE[name]}
    assert FIGURES[name](fake.finished(results=rest)) is None
    emptied = fake.without_rows(fake.results()[SOURCE[name]])
    assert FIGURES[name](fake.finished(results=rest | {SOURCE[name]: emptied})) is None


@pytest.mark.parametrize("name", NAMES)
def test_korean_is_written_as_text(name: str) -> None:
    set_language("ko")
    assert any(re.search("[가-힣]", t) for t in texts(drawn(name).svg))
    assert re.search("[가-힣]", drawn(name).alt)
