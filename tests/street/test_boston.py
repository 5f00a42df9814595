"""Boston, real, from the files to findings and predictions; a past forecast equals one on files cut then."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from sigun.cli.app import app
from sigun.region.grid import project, study_cells
from sigun.result import Result, read_result
from sigun.run import run
from workspaces import copied_boston, with_steps

pytestmark = pytest.mark.shared

STEPS = (
    "{method: quality}",
    "{method: trend}",
    "{method: backtest, every: 7d, months: 2}",
    "{method: forecast, horizon: 7d}",
    "{method: patrol, capacity: 5, days: 7}",
)
FROM, TO = date(2018, 3, 5), date(2018, 3, 19)  # two origins
FIGURES = ["expected_count", "q05", "q95"]
KEYS = ["cell_x", "cell_y", "region_x", "region_y"]


@pytest.fixture(scope="module")
def files(shared: Path) -> Path:
    return shared / "data" / "events" / "boston"


@pytest.fixture(scope="module")
def workspace(files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied_boston(tmp_path_factory.mktemp("boston") / "ws", files)


@pytest.fixture(scope="module")
def report(workspace: Path) -> Path:
    plan = workspace / "plan.yaml"
    with_steps(plan, STEPS)
    return run(plan)


@pytest.fixture(scope="module")
def raw(files: Path) -> pd.DataFrame:
    return pd.read_parquet(files / "abandoned_vehicles.parquet")


@pytest.fixture(scope="module")
def study_area(raw: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Cells around the events before 2018, as the peers were given them."""
    before = raw[raw["occurred_at"] < pd.Timestamp("2018-01-01", tz="America/New_York")]
    before = before[_on_the_map(before)]
    x, y = project(before["longitude"].to_numpy(), before["latitude"].to_numpy(), "EPSG:32619")
    cells = study_cells(*(np.floor(v / 500).astype(np.int64) for v in (x, y)))
    path = tmp_path_factory.mktemp("study") / "mask.parquet"
    pd.DataFrame(dict(zip(("cell_x", "cell_y"), cells, strict=True))).to_parquet(path, index=False)
    return path


def test_the_defects_of_the_files_are_among_the_findings(report: Path) -> None:
    found = _findings(report)
    rows = found.groupby("kind")["rows"].sum()
    ((_, ocean),) = found[found["kind"] == "outside"].iterrows()
    assert json.loads(ocean["said_values"]) | {"n": ocean["rows"]} == {"n": 30, "m": 27, "point": "34.244, -73.651"}
    assert rows["no_place"] == 93
    ((_, hole),) = found[found["kind"] == "hole"].iterrows()
    assert abs((_day(hole["start"]) - date(2015, 4, 17)).days) <= 7
    assert abs((_day(hole["end"]) - date(2015, 7, 20)).days) <= 7
    regimes = found.loc[found["kind"] == "regime", "start"].map(_day)
    assert any(date(2015, 6, 1) <= day <= date(2016, 6, 30) for day in regimes)
    assert rows["duplicate"] / 25_845 == pytest.approx(0.107, abs=0.0005)


def test_the_report_says_them_to_its_reader(report: Path) -> None:
    said = report.read_text(encoding="utf-8")
    for words in ("No location specified", "34.244, -73.651", "2015. 4. 17.", "PDDL"):
        assert words in said


def test_it_ends_in_a_forecast_that_was_checked_and_a_patrol_list(report: Path) -> None:
    steps = {name: read_result(report.parent / "steps" / name) for name in ("backtest", "forecast")}
    assert len(pd.read_csv(report.parent / "patrol.csv", encoding="utf-8-sig")) == 5 * 7  # places a day, days
    scores = steps["backtest"].tables["scores"]
    hits = scores[(scores["measure"] == "hit@5") & (scores["mode"] == "final_status")].set_index("model")["value"]
    assert hits["mixture"] > 2 * hits["uniform"]
    assert _total(steps["forecast"]) == pytest.approx(80, rel=0.5)  # about eighty a week came in 2018


def test_a_past_forecast_is_what_predict_gives_on_the_file_cut_there(
    workspace: Path, raw: pd.DataFrame, study_area: Path, tmp_path: Path
) -> None:
    whole = _backtest(workspace / "plan.yaml", FROM, TO, study_area, tmp_path)
    assert whole["origin"].nunique() == 2
    for day, rows in whole.groupby("origin"):
        _equal(rows, _predict(_cut_workspace(tmp_path, _known(raw, day), workspace, day), "plan.yaml", day, study_area))


def test_an_origin_inside_the_hole_does_not_know_how_long_it_will_last(
    workspace: Path, raw: pd.DataFrame, study_area: Path, tmp_path: Path
) -> None:
    whole = _backtest(workspace / "plan.yaml", date(2015, 6, 1), date(2015, 6, 8), study_area, tmp_path)
    ((day, rows),) = whole.groupby("origin")
    cut = _cut_workspace(tmp_path, _known(raw, day), workspace, day)
    _equal(rows, _predict(cut, "plan.yaml", day, study_area))
    assert rows.loc[rows["cell_x"].notna(), "expected_count"].sum() > 15  # it is data that stopped, not vehicles


def test_three_columns_are_enough_in_the_peers_mode(
    workspace: Path, raw: pd.DataFrame, study_area: Path, tmp_path: Path
) -> None:
    whole = _backtest(workspace / "plan_compare.yaml", FROM, FROM + timedelta(days=7), study_area, tmp_path)
    kept = raw[(raw["outcome"] != "duplicate") & (raw["address"] != "No location specified") & _on_the_map(raw)]
    three = kept[["occurred_at", "longitude", "latitude"]]
    ((day, rows),) = whole.groupby("origin")
    cut = _cut_workspace(tmp_path, three[three["occurred_at"] < _boston(day)], workspace, day)
    _equal(rows, _predict(cut, "plan_compare.yaml", day, study_area))


def _findings(report: Path) -> pd.DataFrame:
    found: pd.DataFrame = read_result(report.parent / "steps" / "quality").tables["findings"]
    return found


def _day(said: object) -> date:
    return pd.Timestamp(str(said)).date()


def _total(forecast: Result) -> float:
    return float(forecast.tables["cells"]["expected_count"].sum())


def _on_the_map(rows: pd.DataFrame) -> pd.Series:
    """Within one degree of the median place."""
    off = [(rows[c] - rows[c].median()).abs() for c in ("longitude", "latitude")]
    return pd.concat(off, axis=1).max(axis=1) <= 1


def _boston(day: pd.Timestamp) -> pd.Timestamp:
    return day.tz_localize("America/New_York")


def _known(raw: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """The file as it was at 00:00 of that day."""
    rows = raw[raw["occurred_at"] < _boston(day)].copy()
    later = rows["updated_at"] >= _boston(day)
    assert later.any()
    for name in ("status", "outcome", "duplicate_of", "updated_at"):
        rows[name] = rows[name].mask(later)
    return rows


def _cut_workspace(tmp_path: Path, rows: pd.DataFrame, workspace: Path, day: pd.Timestamp) -> Path:
    """The same workspace over another event file, its weather cut there (where it began later, to its first day)."""
    folder = tmp_path / f"cut{len(list(tmp_path.glob('cut*')))}"
    sources = folder / "sources"
    sources.mkdir(parents=True)
    rows.to_parquet(sources / "abandoned_vehicles.parquet", index=False)
    outlines = _sources(workspace) / "census_tracts.geojson"
    (sources / outlines.name).write_bytes(outlines.read_bytes())
    weather = pd.read_parquet(_sources(workspace) / "weather_daily_logan.parquet")
    before = pd.to_datetime(weather["date"]) < day
    (weather[before] if before.any() else weather.head(1)).to_parquet(
        sources / "weather_daily_logan.parquet", index=False
    )
    return copied_boston(folder / "ws", sources)


def _sources(workspace: Path) -> Path:
    from sigun.settings import open_workspace

    return open_workspace(workspace).sources


def _call(*words: object) -> None:
    done = CliRunner().invoke(app, [str(w) for w in words])
    assert done.exit_code == 0, done.output


def _backtest(plan: Path, start: date, end: date, study_area: Path, tmp_path: Path) -> pd.DataFrame:
    out = tmp_path / "backtest.parquet"
    _call("backtest", plan, "--from", start, "--to", end, "--every", "7d", "--study-area", study_area, "--out", out)
    return pd.read_parquet(out)


def _predict(workspace: Path, plan: str, day: pd.Timestamp, study_area: Path) -> pd.DataFrame:
    out = workspace / "predicted.parquet"
    _call("predict", workspace / plan, "--as-of", day.date(), "--study-area", study_area, "--out", out)
    return pd.read_parquet(out)


def _equal(one: pd.DataFrame, other: pd.DataFrame) -> None:
    one, other = (f.reset_index(drop=True) for f in (one, other))
    pd.testing.assert_frame_equal(one[KEYS], other[KEYS])
    np.testing.assert_allclose(one[FIGURES].to_numpy(float), other[FIGURES].to_numpy(float), rtol=0, atol=1e-9)
