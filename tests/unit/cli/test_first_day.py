"""The first day: init, data add, run, without a line of YAML; then more files, the plan edited in between."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from sigun.cli.app import app
from sigun.plan import read_plan
from workspaces import edited

ROWS, WEST, SOUTH, SIDE = 900, 127.0, 37.5, 0.02
ALWAYS = ["quality", "trend", "rhythm", "kinds", "concentration", "hotspot", "same_vehicle", "duration"]
AHEAD = ["backtest", "forecast", "patrol"]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register in cp949, outlines and daily weather of an invented town of four quarters."""
    folder = tmp_path_factory.mktemp("files")
    rng = np.random.default_rng(11)
    when = pd.Timestamp("2023-01-01") + pd.to_timedelta(np.sort(rng.uniform(0, 730, ROWS)), unit="D")
    near = rng.integers(0, 6, ROWS)
    register = pd.DataFrame(
        {
            "접수일시": when.strftime("%Y-%m-%d %H:%M"),
            "경도": np.round(WEST + 0.005 + near * 0.005 + rng.normal(0, 0.001, ROWS), 6),
            "위도": np.round(SOUTH + 0.02 + (near % 2) * 0.005 + rng.normal(0, 0.001, ROWS), 6),
            "차종": rng.choice(["승용", "화물", "이륜차"], ROWS),
            "처리결과": rng.choice(["현장에 없음", "견인", "자진이동"], ROWS),
            "처리일시": (when + pd.Timedelta(days=3)).strftime("%Y-%m-%d %H:%M"),
        }
    )
    register.to_csv(folder / "신고대장.csv", index=False, encoding="cp949")
    days = pd.date_range("2023-01-01", "2024-12-31")
    weather = pd.DataFrame({"일자": days.strftime("%Y-%m-%d"), "평균기온(℃)": rng.normal(12, 9, len(days)).round(1)})
    weather.assign(**{"강수량(mm)": rng.gamma(0.3, 9, len(days)).round(1)}).to_csv(
        folder / "날씨.csv", index=False, encoding="utf-8-sig"
    )
    (folder / "경계.geojson").write_text(json.dumps(_quarters(), ensure_ascii=False), encoding="utf-8")
    return folder


def _quarters() -> dict[str, object]:
    features = []
    for i in range(4):
        west, south = WEST + i % 2 * SIDE, SOUTH + i // 2 * SIDE
        ring = [[west, south], [west + SIDE, south], [west + SIDE, south + SIDE], [west, south + SIDE], [west, south]]
        properties = {"행정동코드": f"4100{i}", "행정동": f"{'가나다라'[i]}람동"}
        geometry = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": properties, "geometry": geometry})
    return {"type": "FeatureCollection", "features": features}


def call(*words: object) -> str:
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done.output


def test_from_a_register_alone_to_a_report_and_on_from_there(files: Path, tmp_path: Path) -> None:
    ws = tmp_path / "ws"
    plan = ws / "plans" / "vehicles.yaml"
    call("init", ws)

    said = call("data", "add", files / "신고대장.csv", "--workspace", ws)
    assert "No outlines" in said
    assert "No weather file" in said
    assert "No event file" not in said
    asked = read_plan(plan)
    assert [step.method for step in asked.steps] == [*ALWAYS, *AHEAD]
    assert (asked.data.outlines, asked.data.weather, asked.data.areas) == (None, None, ())

    edited(plan, "months: 12", "months: 2")
    edited(plan, "draws: 999", "draws: 99")
    edited(plan, "capacity: 10", "capacity: 4")
    edited(plan, "^seed: .*", "seed: 7 # 우리 시가 정한 값")
    report = next(Path(line.removeprefix("Report: ")) for line in call("run", plan).splitlines() if "Report: " in line)
    assert report.is_file()
    assert len(pd.read_csv(report.parent / "patrol.csv", encoding="utf-8-sig")) == 4 * 7

    said = call("data", "add", files / "경계.geojson", files / "날씨.csv", "--workspace", ws)
    assert "No weather file" not in said
    assert "No area table" in said
    now, text = read_plan(plan), plan.read_text(encoding="utf-8")
    assert now.data.events == asked.data.events
    assert now.data.outlines is not None
    assert [step.method for step in now.steps] == [*ALWAYS, "weather", *AHEAD]
    assert "capacity: 4" in text
    assert "seed: 7 # 우리 시가 정한 값" in text
    assert "# 함께 움직이는 것" in text
    assert "order" in call("check", plan)

    again = next(line for line in call("run", plan).splitlines() if "Report: " in line)
    assert str(report) not in again
    assert "람동" in Path(again.removeprefix("Report: ")).read_text(encoding="utf-8")


def test_a_register_with_area_names_only_still_ends_in_a_report(files: Path, tmp_path: Path) -> None:
    raw = pd.read_csv(files / "신고대장.csv", encoding="cp949").drop(columns=["경도", "위도"])
    named = raw.assign(읍면동=np.resize(["가람동", "나람동", "다람동"], len(raw)))
    named.to_csv(tmp_path / "이름만.csv", index=False, encoding="utf-8-sig")
    ws = tmp_path / "ws"
    plan = ws / "plans" / "vehicles.yaml"
    call("init", ws)
    call("data", "add", tmp_path / "이름만.csv", "--workspace", ws)
    said = call("run", plan)
    assert "patrol: left out" in said
    assert "Report: " in said
