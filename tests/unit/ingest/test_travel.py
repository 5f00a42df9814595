"""Tables of ways between points: recognised, units asked for, and what nobody could travel refused. All made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from sigun.catalog.propose import propose
from sigun.errors import SigunError
from sigun.ingest.clean import Cleaned, clean

HERE, NEAR, FAR = "127.00,37.50", "127.01,37.50", "127.05,37.50"  # 0.9 and 4.4 km to the east


def cleaned(
    folder: Path, *rows: str, head: str = "소요시간(분)", ends: str = "출발경도,출발위도,도착경도,도착위도"
) -> Cleaned:
    path = folder / "ways.csv"
    path.write_text("\n".join([f"{ends},{head}", *rows]), encoding="utf-8")
    card = propose(path)
    assert card.kind == "travel"
    return clean(path, card, b"key")


def said(found: Cleaned) -> str:
    return " ".join(str(change) for change in found.changes)


@pytest.mark.parametrize(
    ("head", "value", "minutes", "km"),
    [
        ("소요시간(분)", "3", 3.0, None),
        ("duration_s", "180", 3.0, None),
        ("소요시간(시간)", "0.05", 3.0, None),
        ("거리(km)", "1.2", None, 1.2),
        ("distance_m", '"1,200"', None, 1.2),
    ],
)
def test_units_behind_the_name_are_read(
    head: str, value: str, minutes: float | None, km: float | None, tmp_path: Path
) -> None:
    way = cleaned(tmp_path, f"{HERE},{NEAR},{value}", head=head).frame.iloc[0]
    assert way["minutes"] == pytest.approx(minutes, nan_ok=True) if minutes else way.isna()["minutes"]
    assert way["km"] == pytest.approx(km) if km else way.isna()["km"]


def test_time_and_distance_may_stand_side_by_side(tmp_path: Path) -> None:
    way = cleaned(
        tmp_path, f"{HERE},{NEAR},3,1.2", head="minutes,distance_km", ends="from_x,from_y,to_x,to_y"
    ).frame.iloc[0]
    assert way[["minutes", "km"]].tolist() == [3.0, 1.2]


def test_directions_may_differ_and_a_missing_one_is_filled_and_counted(tmp_path: Path) -> None:
    found = cleaned(tmp_path, f"{HERE},{NEAR},3", f"{NEAR},{HERE},5", f"{HERE},{FAR},9")
    ways = found.frame.set_index(["from_longitude", "to_longitude"])["minutes"]
    assert ways[127.00, 127.01] == 3 and ways[127.01, 127.00] == 5
    assert ways[127.00, 127.05] == ways[127.05, 127.00] == 9
    assert "1 ways are told in one direction only" in said(found)


def test_what_is_no_way_is_left_out_and_counted(tmp_path: Path) -> None:
    found = cleaned(tmp_path, f"{HERE},{NEAR},3", f"{HERE},{HERE},0", f"{HERE},{FAR},-", f"{HERE},{NEAR},3")
    assert len(found.frame) == 2
    assert "1 ways from a point to itself" in said(found)
    assert "1 ways without both ends" in said(found)
    assert "1 ways that stand twice" in said(found)


@pytest.mark.parametrize(
    ("head", "rows", "what"),
    [
        pytest.param("duration", ["3"], "unit of column “duration” is not told", id="no unit"),
        pytest.param("소요시간(일)", ["3"], "unit “일”", id="days"),
        pytest.param("소요시간(분)", ["-3"], "below zero", id="negative"),
        pytest.param("소요시간(분)", ["180"], "does not look like 분", id="seconds called minutes"),
        pytest.param("duration_s", ["3"], "does not look like s", id="minutes called seconds"),
        pytest.param("거리(km)", ["1200"], "does not look like km", id="metres called kilometres"),
        pytest.param("거리(m)", ["1.2"], "does not look like m", id="kilometres called metres"),
        pytest.param("소요시간(분)", ["3", "4"], "tell the same way with different values", id="told twice"),
        pytest.param("소요시간(분)", ["three"] + ["3"] * 20, "are no numbers", id="words"),
    ],
)
def test_what_cannot_be_is_refused(head: str, rows: list[str], what: str, tmp_path: Path) -> None:
    with pytest.raises(SigunError, match=what):
        cleaned(tmp_path, *(f"{HERE},{NEAR},{row}" for row in rows), head=head)


def test_metres_are_read_in_their_system(tmp_path: Path) -> None:
    found = cleaned(tmp_path, "955000,1950000,956000,1950000,3", ends="출발X좌표,출발Y좌표,도착X좌표,도착Y좌표")
    assert 126 < found.frame["from_longitude"].iloc[0] < 128
