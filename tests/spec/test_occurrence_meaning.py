"""What an occurrence regression means: others held equal, the denominator, months of one area, never a cause."""

from __future__ import annotations

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import box

from builders import CRS, panel_of_events, plan_of
from sigun.analysis.occurrence.step import occurrence
from sigun.panel.model import Panel
from sigun.plan.steps import Occurrence
from sigun.report.evidence import Evidence
from sigun.report.finished import Finished
from sigun.report.sections import occurrence as room
from sigun.result import Result
from sigun.text import speaking

AREAS = 40
NAMES = np.array([f"r{i:02}" for i in range(AREAS)])


def areas_with(reports: np.ndarray, **columns: np.ndarray) -> Panel:
    """Areas in five rows with so many reports in January 2023, and what is known of them."""
    squares = [box(1e3 * (i % 8), 1e3 * (i // 8), 1e3 * (i % 8 + 1), 1e3 * (i // 8 + 1)) for i in range(AREAS)]
    outlines = gpd.GeoDataFrame({"region": NAMES, "name": NAMES, "area_km2": 1.0}, geometry=squares, crs=CRS)
    days = pd.to_datetime(["2023-01-01"] * int(reports.sum()))
    table = pd.DataFrame({"region": NAMES, **columns})
    return panel_of_events(days, region=NAMES[np.repeat(np.arange(AREAS), reports)], outlines=outlines, areas=table)


def found(panel: Panel, *columns: str) -> Result:
    return occurrence(Occurrence(method="occurrence", columns=columns), panel, np.random.default_rng(1))


def readings(result: Result) -> dict[str, str]:
    table = result.tables["effects"]
    return dict(zip(table["variable"], table["reading"], strict=True))


def test_what_only_goes_along_with_another_column_is_unclear_beside_it() -> None:
    rng = np.random.default_rng(1)
    cause = rng.normal(size=AREAS)
    shadow = cause + 0.6 * rng.normal(size=AREAS)
    panel = areas_with(rng.poisson(60 * np.exp(0.5 * cause)), cause=cause, shadow=shadow)
    assert readings(found(panel, "shadow")) == {"shadow": "positive"}
    assert readings(found(panel, "cause", "shadow")) == {"cause": "positive", "shadow": "unclear"}


def test_more_people_are_no_association_when_they_are_the_denominator() -> None:
    rng = np.random.default_rng(2)
    people = rng.uniform(5_000, 40_000, AREAS).round()
    panel = areas_with(rng.poisson(people / 400), population=people, homes=people / 2.5 + 300 * rng.normal(size=AREAS))
    assert readings(found(panel, "homes")) == {"homes": "unclear"}
    by_area = Occurrence(method="occurrence", columns=("homes",), exposure="area_km2")
    assert readings(occurrence(by_area, panel, np.random.default_rng(1))) == {"homes": "positive"}


@pytest.mark.parametrize(("lang", "words"), [("ko", "관련이 있었습니다"), ("en", "were associated with")])
def test_the_report_speaks_of_association_and_of_no_better_than(lang: str, words: str) -> None:
    rng = np.random.default_rng(1)
    column = rng.normal(size=AREAS)
    result = found(areas_with(rng.poisson(60 * np.exp(0.5 * column)), cause=column), "cause")
    held_zero = result.tables["comparison"].assign(reading=["", "better", "unclear"])
    result = replace(result, tables={**result.tables, "comparison": held_zero})
    plan = plan_of(steps=(Occurrence(method="occurrence"),))
    finished = Finished(plan, {"occurrence": result}, {}, None, CRS, True)
    with speaking(lang):  # type: ignore[arg-type]
        section = room.section(Evidence(finished))
    assert section is not None
    text = " ".join(s.plain for block in section.blocks for s in getattr(block, "sentences", ()))
    assert words in text
    assert {"ko": "부스팅도 회귀보다 낫다고 할 수 없습니다", "en": "was no better than the regression"}[lang] in text
    assert not any(word in text for word in ("영향을 미", "때문에", "because of", "effect of"))
