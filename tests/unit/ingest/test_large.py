"""A large file is cleaned block by block to the very same as a small one at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sigun.catalog.add import add_files
from sigun.catalog.look import looks_at
from sigun.catalog.propose import propose, propose_from
from sigun.catalog.snapshot import snapshot
from sigun.errors import SigunError
from sigun.ingest import spool
from sigun.ingest.clean import Cleaned, clean
from sigun.ingest.large import clean_file
from sigun.ingest.layout import Layout
from sigun.ingest.stored import Stored
from sigun.settings import open_workspace

KEY = b"0" * 32
TOP = "시도,시군구,행정동,기준연월,업종,이용건수,이용금액(천원)"


@pytest.fixture
def streamed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every CSV is a large one, and its blocks are small."""
    monkeypatch.setattr(spool, "LARGE", 0)
    monkeypatch.setattr(spool, "BLOCK", 3_000)


def areas(path: Path, change: dict[int, str] | None = None, encoding: str = "cp949") -> Path:
    """Regions × months × kinds; some lines are others."""
    rng = np.random.default_rng(5)
    lines = [TOP] + [
        f"{sido},{sigungu},가온{dong}동,{2020 + month // 12}{month % 12 + 1:02d},{kind},"
        f"{rng.integers(3, 9999)},{rng.integers(99)}"
        for month in range(14)
        for sido, sigungu in (("서울특별시", "종로구"), ("경기도", "성남시"))
        for dong in range(1, 9)
        for kind in ("한식", "중식", "숙박")
    ]
    for at, line in (change or {}).items():
        lines[at] = line
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def events(path: Path, change: dict[int, str] | None = None) -> Path:
    """A register of reports; some lines are others."""
    lines = ["접수번호,접수일시,주소,경도,위도,민원유형,처리결과,비고"] + [
        f"R{i},2024-03-{i % 28 + 1:02d} 10:{i % 60:02d},서울특별시 종로구 새길{i % 40}로 {i},"
        f"{126.9 + i / 10_000:.4f},37.5,{('방치차량', '소음')[i % 2]},"
        f"{('처리완료', '현장없음', '보류')[i % 3]},메모 {i % 7}"
        for i in range(600)
    ]
    for at, line in (change or {}).items():
        lines[at] = line
    path.write_bytes("\r\n".join(lines).encode("cp949"))
    return path


def both(path: Path, layout: Layout, monkeypatch: pytest.MonkeyPatch) -> tuple[Cleaned, Cleaned]:
    """The file cleaned at once and block by block."""
    small = clean(path, layout, KEY)
    monkeypatch.setattr(spool, "LARGE", 0)
    monkeypatch.setattr(spool, "BLOCK", 3_000)
    large = clean_file(path, layout, KEY)
    assert isinstance(large, Stored)
    return small, large


def same(small: Cleaned, large: Cleaned, folder: Path) -> None:
    """Frame as it comes back from Parquet, rows and messages."""
    small.frame.to_parquet(folder / "small.parquet", index=False)
    pd.testing.assert_frame_equal(large.frame, pd.read_parquet(folder / "small.parquet"))
    assert (large.rows_read, large.rows) == (small.rows_read, small.rows)
    assert sorted(map(str, large.changes)) == sorted(map(str, small.changes))


CHANGES: dict[str, dict[int, str]] = {
    "as it is": {},
    "marks and commas": {
        9: '서울특별시,종로구,가온3동,202001,숙박,"1,234",X',
        200: "서울특별시,종로구,가온1동,202005,한식,-,",
        313: "경기도,성남시,가온1동,202007,한식,12 p),△5",
    },
    "totals, groups and blank rows": {
        5: "소계,,,202001,한식,1,1",
        77: ",,,,,,",
        78: "수도권,,,202002,한식,4,4",
        400: "서울특별시,소계,,202009,한식,7,7",
        401: TOP,
        402: "국외,,,202009,한식,7,7",
    },
    "no period": {60: "서울특별시,종로구,가온3동,,한식,5,5", 61: "서울특별시,종로구,가온3동,,중식,5,5"},
    "told twice, once as zero": {500: "서울특별시,종로구,가온1동,202001,한식,0,0"},
    "a kind the card has not": {501: "서울특별시,종로구,가온1동,202002,기타,3,3"},
    "footnotes": {672: "※ 자료: 새봄시"},
}


@pytest.mark.parametrize("what", CHANGES)
def test_area_tables_become_the_same(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    card = propose(areas(tmp_path / "a.csv"))
    same(*both(areas(tmp_path / "a.csv", CHANGES[what]), card, monkeypatch), tmp_path)


PROBLEMS: dict[str, dict[int, str]] = {
    "told twice": {600: "서울특별시,종로구,가온1동,202001,한식,3,3", 601: "서울특별시,종로구,가온1동,202001,중식,3,3"},
    "no numbers": {i: f"서울특별시,종로구,가온{i}동,202101,한식,많음,3" for i in range(20, 660, 20)},
    "no periods": {20: "서울특별시,종로구,가온1동,어제,한식,3,3", 550: "서울특별시,종로구,가온1동,어제,중식,3,3"},
    "two spans": {650: "서울특별시,종로구,가온1동,2021,한식,3,3"},
    "a region without the one above": {640: ",종로구,가온1동,202101,한식,3,3", 641: ",종로구,가온1동,202102,한식,3,3"},
    "ragged": {300: "서울특별시,종로구,가온1동,202101,한식,3,3,9"},
    "cut": {672: "서울특별시,종로구,가온1"},
    "unclosed quote": {670: '서울특별시,종로구,"가온1동,202101,한식,3,3'},
}


@pytest.mark.parametrize("what", PROBLEMS)
def test_problems_are_said_alike(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    card = propose(areas(tmp_path / "a.csv"))
    path = areas(tmp_path / "a.csv", PROBLEMS[what])
    with pytest.raises(SigunError) as small:
        clean(path, card, KEY)
    monkeypatch.setattr(spool, "LARGE", 0)
    monkeypatch.setattr(spool, "BLOCK", 3_000)
    with pytest.raises(SigunError) as large:
        clean_file(path, card, KEY)
    assert set(map(str, parts(large.value))) == set(map(str, parts(small.value)))


def parts(error: SigunError) -> list[SigunError]:
    return list(getattr(error, "problems", (error,)))


EVENTS: dict[str, dict[int, str]] = {
    "as it is": {},
    "no date, other outcome, a phone number": {
        30: "R30,,서울특별시 종로구 새길1로 3,126.9,37.5,소음,보류,메모",
        300: "R300,2024-03-05 10:00,서울특별시 종로구 새길1로 3,126.9,37.5,소음 010-1234-5678,불명,메모",
    },
    "one point for a whole block": {i: f"R{i},2024-03-05 10:00,,126.9,37.5,소음,보류,메모" for i in range(100, 200)},
    "text that holds plates": {
        i: f"R{i},2024-03-05 10:00,,126.9,37.5,소음,보류,12가3456 견인" for i in range(100, 200)
    },
}


@pytest.mark.parametrize("what", EVENTS)
def test_registers_become_the_same(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    card = propose(events(tmp_path / "e.csv"))
    same(*both(events(tmp_path / "e.csv", EVENTS[what]), card, monkeypatch), tmp_path)


def test_dates_in_two_forms_are_found_across_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    card = propose(events(tmp_path / "e.csv"))
    path = events(
        tmp_path / "e.csv", {590: "R590,2024.03.05 10:00,서울특별시 종로구 새길1로 3,126.9,37.5,소음,보류,메모"}
    )
    with pytest.raises(SigunError) as small:
        clean(path, card, KEY)
    monkeypatch.setattr(spool, "LARGE", 0)
    monkeypatch.setattr(spool, "BLOCK", 3_000)
    with pytest.raises(SigunError) as large:
        clean_file(path, card, KEY)
    assert str(large.value) == str(small.value)


@pytest.mark.parametrize("write", [areas, events])
def test_the_proposal_is_the_same_and_says_that_it_saw_a_sample(
    write: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "a.csv")  # type: ignore[operator]
    small = propose(path)
    monkeypatch.setattr(spool, "LARGE", 0)
    monkeypatch.setattr(spool, "BLOCK", 3_000)
    monkeypatch.setattr(spool, "HEAD", 40)
    monkeypatch.setattr(spool, "SPREAD", 2)
    look = looks_at(path)[0]
    large = propose_from(look)
    assert large.layout() == small.layout()
    assert look.table.num_rows < 400
    assert len(large.to_confirm) == len(small.to_confirm) + 1


def test_nothing_stays_behind_when_a_large_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, streamed: None
) -> None:
    import gc
    import tempfile

    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    card = propose(areas(tmp_path / "a.csv"))
    path = areas(tmp_path / "a.csv", PROBLEMS["told twice"])
    with pytest.raises(SigunError, match="repeat an area"):
        clean_file(path, card, KEY)
    gc.collect()
    assert not list(scratch.iterdir())


def test_adding_a_large_file_keeps_a_whole_snapshot(tmp_path: Path, streamed: None) -> None:
    (tmp_path / "sigun.toml").touch()
    ws = open_workspace(tmp_path)
    added = add_files(ws, [areas(tmp_path / "a.csv")])[0]
    assert (added.rows_read, added.rows) == (672, 224)
    assert "224 rows: 16 regions." in map(str, added.coverage)
    shot = snapshot(added.card, ws)
    assert len(pd.read_parquet(shot.path)) == shot.rows == 224
    shot.path.unlink()
    assert snapshot(added.card, ws).rows == 224  # built again from the file


def test_a_column_that_counts_the_rows_is_no_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = areas(tmp_path / "a.csv")
    top, *rows = path.read_bytes().decode("cp949").split("\r\n")
    counted = [f"연번,{top}", *(f"{i},{row}" for i, row in enumerate(rows, 1))]
    path.write_bytes("\r\n".join(counted).encode("cp949"))
    small = propose(path)
    monkeypatch.setattr(spool, "LARGE", 0)
    monkeypatch.setattr(spool, "BLOCK", 3_000)
    monkeypatch.setattr(spool, "HEAD", 40)
    assert propose(path).layout() == small.layout()
    assert all(c.name != "연번" for c in small.values())
