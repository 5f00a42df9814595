"""Real files as received, taken in unseen: each row of the page's table, and published figures out of them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from sigun.catalog.add import add_files
from sigun.catalog.look import Look, looks_at
from sigun.catalog.propose import draft_from
from sigun.catalog.snapshot import snapshot
from sigun.errors import IngestError, SigunError
from sigun.ingest.clean import clean_table
from sigun.ingest.place_names import PLACES
from sigun.ingest.together import written
from sigun.settings import lay_workspace

pytestmark = pytest.mark.shared

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reference" / "korean-files.md"
RAW = "data/korea/raw"
PUBLISHED = (484_550, 436_455, 435_435, 438_420, 406_243, 357_771, 326_822, 302_676, 272_337, 260_562)
"""Births of the nation 2012–2021, 인구동향조사 (Statistics Korea)."""


def rows_of(page: Path) -> list[list[str]]:
    return [
        [c.strip() for c in line.split("|")[1:-1]] for line in page.read_text("utf-8").splitlines() if "| `" in line
    ]


TOLD = [(row[0].strip("`"), row[1:]) for row in rows_of(PAGE)]


@cache
def opened(path: Path) -> tuple[Look, ...] | IngestError:
    try:
        return looks_at(path)
    except IngestError as refused:
        return refused


def outcome(look: Look) -> list[str]:
    """Kind, rows, regions, periods, values of one table, as the page tells them; or why it is refused."""
    try:
        card = draft_from(look).card
        frame = clean_table(look.path, look.table, card, b"key").frame
    except SigunError as refused:
        return ["refused", "", "", "", refused.what]
    places = [name for name in PLACES if name in frame]
    ids = [str(c.id) for c in card.values()]
    named = ", ".join(ids[:3]) + (" …" if len(ids) > 3 else "")
    regions = str(len(frame[places].drop_duplicates())) if "sido" in frame else ""
    return [card.kind, str(len(frame)), regions, _periods(frame), named]


def _periods(frame: pd.DataFrame) -> str:
    if "span" not in frame:
        return ""
    days = frame.sort_values("period")[["period", "span"]].drop_duplicates()
    ends = dict.fromkeys(written(*days.iloc[at]) for at in (0, -1))
    return f"{' – '.join(ends)} ({len(days)})"


@pytest.mark.parametrize(("file", "told"), TOLD, ids=[f"{file} {told[0]}" for file, told in TOLD])
def test_every_file_becomes_what_the_page_says(shared: Path, file: str, told: list[str]) -> None:
    looks = opened(shared / "data" / file)
    if isinstance(looks, IngestError):
        assert told == ["", "refused", "", "", "", looks.what]
        return
    look = next(one for one in looks if (one.reading.sheet or "") == told[0])
    assert [look.reading.sheet or "", *outcome(look)] == told


def test_no_file_is_left_out(shared: Path) -> None:
    there = {p.relative_to(shared / "data").as_posix() for p in (shared / RAW).rglob("*") if p.is_file()}
    assert there <= {file for file, _told in TOLD}
    assert len(there) == 45
    for file, looks in ((file, opened(shared / "data" / file)) for file in {file for file, _told in TOLD}):
        sheets = {told[0] for other, told in TOLD if other == file}
        assert isinstance(looks, IngestError) or {look.reading.sheet or "" for look in looks} == sheets


def test_both_pages_tell_the_same() -> None:
    korean = rows_of(PAGE.with_suffix(".ko.md"))
    assert [[row[0], row[1], *row[3:6]] for row in korean] == [[f"`{f}`", told[0], *told[2:5]] for f, told in TOLD]


def test_births_of_both_files_add_to_the_published_totals(shared: Path, tmp_path: Path) -> None:
    """By the rows of the 시도, and by their 시군구 but for the districts of cities, which stand beside them."""
    ws = lay_workspace(tmp_path / "ws")
    [added] = add_files(ws, sorted((shared / RAW).glob("출생아수*.csv")))
    assert (added.card.id, len(added.card.parts)) == ("births", 1)
    frame = pd.read_parquet(snapshot(added.card, ws).path)
    own = frame[frame["sigungu"].isna()]
    assert own.groupby(own["period"].dt.year)["births"].sum().tolist() == list(PUBLISHED)
    sejong = frame[frame["sido"].str.startswith("세종") & frame["sigungu"].notna()]
    assert sejong.loc[sejong["period"].dt.year == 2019, "births"].sum() == 3_819


def test_the_name_of_a_file_lies_and_its_rows_count(shared: Path, tmp_path: Path) -> None:
    ws = lay_workspace(tmp_path / "ws")
    [added] = add_files(ws, list((shared / RAW).glob("여성연앙인구_서울시*.csv")))
    said = " ".join(map(str, (*added.coverage, *added.changes)))
    assert "시도: 서울, 부산" in said
    assert re.search("name tells of 서울; its rows are of 부산, 서울", said)


def test_a_provisional_year_and_what_did_not_exist(shared: Path) -> None:
    [look] = opened(next((shared / RAW).glob("시군구_출생아수*.csv")))  # type: ignore[misc]
    frame = clean_table(look.path, look.table, draft_from(look).card, b"key").frame
    assert set(frame.loc[frame["provisional"], "period"].dt.year) == {2022}
    yeoju = frame[frame["sigungu"].isin(["여주군", "여주시"]) & (frame["period"].dt.year == 2020)].set_index("sigungu")
    assert yeoju["tfr__mark"].fillna("").to_dict() == {"여주군": "absent", "여주시": ""}


def test_an_index_and_its_provisional_change_are_two_things(shared: Path) -> None:
    [look] = opened(next((shared / RAW).glob("아파트_매매*.csv")))  # type: ignore[misc]
    card = draft_from(look).card
    assert [(c.unit, c.measure) for c in card.values()] == [("2017.11=100", "index"), ("%", "rate")]
    frame = clean_table(look.path, look.table, card, b"key").frame
    last = frame[frame["period"] == "2026-03-01"]
    assert last["provisional"].all()
    assert (last["price_index__mark"] == "absent").all()
    assert set(frame["region_name"]) == {
        "전국",
        *[
            "서울",
            "부산",
            "대구",
            "인천",
            "광주",
            "대전",
            "울산",
            "세종",
            "경기",
            "강원",
            "충북",
            "충남",
            "전북",
            "전남",
            "경북",
            "경남",
            "제주",
        ],
    }
