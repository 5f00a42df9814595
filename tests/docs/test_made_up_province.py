"""The pages on the made-up province give the figures that are planted."""

from __future__ import annotations

from pathlib import Path

import pytest

from sigun.recipes.births.province import NAMES, NEW, OLD, PROVINCE
from sigun.recipes.births.truth import FACTORS, Factor, Planted

DOCS = Path(__file__).resolve().parents[2] / "docs" / "reference"
PAGES = ("made-up-province.md", "made-up-province.ko.md")
P = Planted()
STARTS = list(P.grant_years)
COUNTS = list(P.grant_years.values())
FIGURES = {
    "level": (f"{P.level}", f"{-P.urban}", f"{P.level_noise}"),
    "fall": (f"{-P.fall}",),
    "noise": (f"{P.noise}", f"{P.memory}", f"{P.spatial}"),
    "women": (f"{P.young_women}",),
    "grant": (*map(str, P.grant), *map(str, STARTS), *map(str, COUNTS)),
}
ROWS = {
    "made-up-province.md": dict(zip(FIGURES, ("level", "fall", "noise", "women 25–34", "grant"), strict=True)),
    "made-up-province.ko.md": dict(zip(FIGURES, ("수준", "감소", "잡음", "25–34세 여성", "지원금"), strict=True)),
}


def text(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("row", list(FIGURES))
def test_the_page_says_what_is_planted(page: str, row: str) -> None:
    (line,) = [one for one in text(page).splitlines() if one.startswith(f"| {ROWS[page][row]} |")]
    assert [figure for figure in FIGURES[row] if figure not in line] == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("factor", FACTORS, ids=[factor.id for factor in FACTORS])
def test_the_page_says_what_each_factor_does(page: str, factor: Factor) -> None:
    (line,) = [one for one in text(page).splitlines() if f"| `{factor.id}` |" in one]
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    effect = f"{factor.effect:+g}".replace("-", "−") if factor.effect else "0"
    assert cells[-2:] == [effect, str(factor.lag) if factor.effect else ""]


@pytest.mark.parametrize("page", PAGES)
def test_the_page_names_the_divided_city_and_its_shares(page: str) -> None:
    said = (PROVINCE, OLD, *(NAMES[n] for n in NEW), *map(str, P.shares), f"{P.split}-01-01", f"{P.moved}")
    assert [word for word in said if word not in text(page)] == []
