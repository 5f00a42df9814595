"""The private tables of the made-up city: terms in their cards, small counts untold, the truth known."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from sigun.catalog.propose import propose
from sigun.catalog.store import read_card
from sigun.ingest.clean import clean
from sigun.panel.cells import cells_to_regions
from sigun.recipes.vehicles.made_up import write_city
from sigun.recipes.vehicles.private import CARD_FILE, FOLDER, GRID_FILE, TRUTH_FILE, UNTOLD


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("city")
    write_city(folder, truth_folder=folder / "truth")
    return folder


@pytest.mark.parametrize("file", [CARD_FILE, GRID_FILE])
def test_the_card_says_on_what_terms(city: Path, file: str) -> None:
    card = read_card((city / FOLDER / file).with_suffix(".yaml"))
    assert card.grade == "S" and card.made_up and card.owner and card.licence
    assert card.approval is not None and card.approval.number and card.approval.purpose and card.approval.until


@pytest.mark.parametrize("file", [CARD_FILE, GRID_FILE])
def test_the_program_reads_the_file_as_the_card_does(city: Path, file: str) -> None:
    card, proposed = read_card((city / FOLDER / file).with_suffix(".yaml")), propose(city / FOLDER / file)
    assert proposed.kind == card.kind and proposed.crs == card.crs
    assert {c.name for c in proposed.fields} == {c.name for c in card.fields}


def test_payments_are_those_of_the_truth(city: Path) -> None:
    card = read_card((city / FOLDER / CARD_FILE).with_suffix(".yaml"))
    frame = clean(city / FOLDER / CARD_FILE, card, b"key").frame
    truth = json.loads((city / "truth" / TRUTH_FILE).read_text(encoding="utf-8"))
    for dong, payments in truth["payments"].items():
        assert frame.loc[frame["region_name"] == dong, "payments"].tolist() == payments


def test_small_counts_of_the_grid_are_untold_and_the_rest_is_whole(city: Path) -> None:
    told = pd.read_csv(city / FOLDER / GRID_FILE, dtype=str)["생활인구(명)"]
    assert (told == "*").sum() > 100
    assert told[told != "*"].astype(int).min() >= UNTOLD


def test_cells_carried_to_dongs_lose_only_what_is_untold(city: Path) -> None:
    """By area nearly every dong is within a tenth of its truth; the city as a whole lacks the untold only."""
    card = read_card((city / FOLDER / GRID_FILE).with_suffix(".yaml"))
    frame = clean(city / FOLDER / GRID_FILE, card, b"key").frame
    outlines = gpd.read_file(city / "행정동_경계.geojson").to_crs(5179).rename(columns={"행정동": "region"})
    sums, said = cells_to_regions(frame, ["people"], outlines)
    truth = json.loads((city / "truth" / TRUTH_FILE).read_text(encoding="utf-8"))
    whole = sum(map(sum, truth["people"].values()))
    assert frame["people"].sum() == whole - truth["untold_people"]
    assert sums["people"].sum() == pytest.approx(whole, rel=0.02)
    found = sums.groupby("region")["people"].sum()
    off = {dong: abs(found[dong] / sum(people) - 1) for dong, people in truth["people"].items()}
    assert sorted(off.values())[len(off) // 2] < 0.1, off
    assert said[0].values["n"] == truth["cells"] and said[1].values["n"] == truth["untold"]


def test_the_same_seed_gives_the_same_bytes(city: Path, tmp_path: Path) -> None:
    write_city(tmp_path)
    for file in (CARD_FILE, GRID_FILE):
        assert (tmp_path / FOLDER / file).read_bytes() == (city / FOLDER / file).read_bytes()
