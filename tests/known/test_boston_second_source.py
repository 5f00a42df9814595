"""The reports of 2015 beside the City's own list of that year: the figures of their description, by the panel."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sigun.analysis.describe.quality import quality
from sigun.catalog.store import read_catalog
from sigun.panel.build import build_panel, collect
from sigun.panel.model import Panel
from sigun.plan import read_plan
from sigun.plan.model import Data
from sigun.plan.steps import Quality
from sigun.result import Result
from sigun.settings import open_workspace
from workspaces import copied_boston

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def panel(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Panel:
    workspace = copied_boston(tmp_path_factory.mktemp("second") / "ws", shared / "data" / "events" / "boston")
    plan = read_plan(workspace / "plan.yaml")
    least = Data(events=plan.data.events, second_source=plan.data.second_source)
    plan = plan.model_copy(update={"data": least})
    return build_panel(plan, collect(plan, read_catalog(open_workspace(workspace))))


@pytest.fixture(scope="module")
def result(panel: Panel) -> Result:
    return quality(Quality(method="quality"), panel, np.random.default_rng(1))


def test_coverage_over_the_year_and_outside_the_hole(result: Result) -> None:
    assert result.fact("second_records").value == 2607
    assert result.fact("second_in_holes").value == 513
    assert result.fact("second_coverage").value == pytest.approx(1866 / 2607)
    outside = result.fact("second_coverage_outside")
    assert outside.value == pytest.approx(0.891, abs=5e-4)
    assert outside.low is not None and outside.low < 0.891 < (outside.high or 0)


def test_the_list_of_the_city_confirms_the_hole(panel: Panel) -> None:
    assert panel.holes == ((date(2015, 4, 17), date(2015, 7, 20)),)
    (hole,) = [f for f in panel.findings if f.kind == "hole"]
    assert "The second source has 513 in these days" in str(hole.said)


def test_months_tell_where_records_are_missing(result: Result) -> None:
    table = result.tables["second_source"].set_index("month")
    assert table["other"].sum() == 2607
    assert table["both"].sum() == 1866
    assert (table["coverage"] < 0.3).sum() == 4  # April to July
    assert table.loc[date(2015, 2, 1), "coverage"] > 0.95
    assert (table["other_coverage"].dropna() > 0.99).all()


def test_single_days_that_only_the_city_has_are_said_and_kept(panel: Panel) -> None:
    days = [f.start for f in panel.findings if f.kind == "second_source_only"]
    assert date(2015, 4, 15) in days  # 18 cases of the City, none here
    assert len(days) <= 3


def test_no_channel_or_area_fell_silent_by_itself(panel: Panel) -> None:
    assert [f for f in panel.findings if f.kind == "channel_hole"] == []
