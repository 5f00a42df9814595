"""Files taken in, sealed, found again and forgotten. The rows are made up."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest

from sigun.catalog.add import add_files
from sigun.catalog.snapshot import snapshot
from sigun.catalog.store import forget, read_card, read_catalog
from sigun.catalog.write import card_text, write_card
from sigun.errors import CardError, Several
from sigun.settings import Workspace, lay_workspace

OPEN = "접수번호,접수일시,위도,경도\n" + "".join(f"{i},2024-03-05 14:2{i % 10},37.7{i},127.0{i}\n" for i in range(20))
PERSONAL = "접수번호,접수일시,위도,경도,차량번호\n" + "".join(
    f"{i},2024-03-05 14:2{i % 10},37.7{i},127.0{i},12가{3400 + i}\n" for i in range(20)
)


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return lay_workspace(tmp_path / "ws")


def written(ws: Workspace) -> set[str]:
    return {p.name for p in ws.root.rglob("*") if p.is_file()} - {"sigun.toml", "key"}


def put(folder: Path, text: str, name: str = "reports.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_a_file_is_kept_as_received_and_found_again(ws: Workspace, tmp_path: Path) -> None:
    file = put(tmp_path, OPEN)
    [added] = add_files(ws, [file])
    assert (ws.received / "reports.csv").read_bytes() == file.read_bytes()
    card = read_catalog(ws).card("reports")
    assert card == added.card
    shot = snapshot(card, ws)
    assert (shot.rows_read, shot.rows, shot.sha256) == (20, 20, card.sha256)
    assert len(pd.read_parquet(shot.path)) == 20


def test_a_snapshot_is_built_once_and_remembers_its_changes(ws: Workspace, tmp_path: Path) -> None:
    [added] = add_files(ws, [put(tmp_path, OPEN + "99,,37.7,127.0\n")])
    first = snapshot(added.card, ws)
    made = first.path.stat().st_mtime_ns
    again = snapshot(added.card, ws)
    assert again.path.stat().st_mtime_ns == made
    assert [str(c) for c in again.changes] == [str(c) for c in added.changes] != []
    other = snapshot(added.card.model_copy(update={"no_place": ("없음",)}), ws)
    assert other.path != first.path


def test_the_same_file_twice_is_noticed(ws: Workspace, tmp_path: Path) -> None:
    file = put(tmp_path, OPEN)
    add_files(ws, [file])
    before = written(ws)
    [again] = add_files(ws, [put(tmp_path, OPEN, "copy.csv")])
    assert again.known
    assert written(ws) == before


def test_another_file_of_the_same_name_takes_another_place(ws: Workspace, tmp_path: Path) -> None:
    add_files(ws, [put(tmp_path, OPEN)])
    [second] = add_files(ws, [put(tmp_path, OPEN + "99,2024-03-06 10:00,37.7,127.0\n")])
    assert (second.card.id, second.card.file) == ("reports_2", "data/received/reports_2.csv")


def test_personal_files_are_sealed_and_can_be_forgotten(ws: Workspace, tmp_path: Path) -> None:
    [added] = add_files(ws, [put(tmp_path, PERSONAL)])
    original = ws.sealed / "reports.csv"
    assert added.sealed
    assert not any(ws.received.iterdir())
    if os.name == "posix":
        assert original.stat().st_mode & 0o077 == 0
        assert ws.sealed.stat().st_mode & 0o077 == 0
    shot = snapshot(added.card, ws)
    assert b"12\xea\xb0\x803" not in shot.path.read_bytes()
    forget(ws, "reports")
    assert not original.exists()
    kept = (ws.sealed / "reports.csv.forgotten.json").read_text(encoding="utf-8")
    assert str(added.card.sha256) in kept
    assert '"rows_read": 20' in kept
    assert snapshot(read_catalog(ws).card("reports"), ws).rows == 20
    with pytest.raises(CardError, match="deleted already"):
        forget(ws, "reports")


def test_an_open_file_is_not_forgotten_by_mistake(ws: Workspace, tmp_path: Path) -> None:
    add_files(ws, [put(tmp_path, OPEN)])
    with pytest.raises(CardError, match="not sealed"):
        forget(ws, "reports")


def test_one_bad_file_keeps_all_out(ws: Workspace, tmp_path: Path) -> None:
    before = written(ws)
    files = [put(tmp_path, OPEN), put(tmp_path, "", "a.csv"), put(tmp_path, "색,맛\nx,y\n", "b.csv")]
    with pytest.raises(Several) as caught:
        add_files(ws, files)
    assert len(caught.value.problems) == 2
    assert written(ws) == before


def test_a_card_survives_being_written_and_read(ws: Workspace, tmp_path: Path) -> None:
    [added] = add_files(ws, [put(tmp_path, PERSONAL)])
    text = card_text(added.card)
    assert text.startswith("# To confirm")
    assert "  - {name: 접수번호, role: id}" in text.splitlines()
    assert read_card(write_card(ws, added.card)) == added.card


def test_a_card_of_ones_own(ws: Workspace, tmp_path: Path) -> None:
    file = put(tmp_path, "a,b,c\n2024-03-05 10:00,37.7,127.0\n")
    card = put(
        tmp_path,
        "id: mine\ntitle: 내 자료\nkind: events\nfile: x.csv\nreading: {format: csv, encoding: utf-8, delimiter: ','}\n"
        "fields:\n  - {name: a, role: occurred_at, type: datetime}\n  - {name: b, role: latitude}\n"
        "  - {name: c, role: longitude}\n",
        "card.yaml",
    )
    [added] = add_files(ws, [file], read_card(card))
    assert (added.card.id, added.card.file, added.rows) == ("mine", "data/received/reports.csv", 1)


def test_what_a_card_may_not_point_at(ws: Workspace, tmp_path: Path) -> None:
    [added] = add_files(ws, [put(tmp_path, OPEN)])
    put(tmp_path, OPEN, "outside.csv")
    for file in ("../outside.csv", str(tmp_path / "outside.csv"), "data/../../outside.csv"):
        with pytest.raises(CardError, match="outside"):
            snapshot(added.card.model_copy(update={"file": file}), ws)


def test_a_file_that_changed_under_its_card(ws: Workspace, tmp_path: Path) -> None:
    [added] = add_files(ws, [put(tmp_path, OPEN)])
    put(ws.received, OPEN + "99,2024-03-06 10:00,37.7,127.0\n")
    with pytest.raises(CardError, match="checksum"):
        snapshot(added.card, ws)
    (ws.received / "reports.csv").unlink()
    assert snapshot(added.card, ws).rows == 20
    with pytest.raises(CardError, match="not there"):
        snapshot(added.card.model_copy(update={"sha256": "0" * 64}), ws)


def test_every_problem_of_every_card_at_once(ws: Workspace) -> None:
    put(ws.catalog, "id: A\n", "a.yaml")
    put(ws.catalog, "id: b\nkindd: events\n", "b.yaml")
    with pytest.raises(Several) as caught:
        read_catalog(ws)
    said = str(caught.value)
    assert "a.yaml" in said
    assert "b.yaml" in said
    assert "kindd" in said


def test_a_name_that_is_not_there_offers_the_nearest(ws: Workspace, tmp_path: Path) -> None:
    add_files(ws, [put(tmp_path, OPEN)])
    with pytest.raises(CardError) as caught:
        read_catalog(ws).card("report")
    assert "reports" in caught.value.remedy
