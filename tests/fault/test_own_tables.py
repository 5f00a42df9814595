"""Own tables that cannot be taken in, or not as they first look: rows told twice, one region, years of two figures."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sigun.catalog.propose import propose
from sigun.catalog.propose_own import period_format
from sigun.errors import IngestError
from sigun.region.gal import read_gal

ROWS = pd.DataFrame(
    {"town": [f"Town {i // 8}" for i in range(96)], "year": [2001 + i % 8 for i in range(96)], "rent": range(96)}
)


def written(folder: Path, rows: pd.DataFrame) -> Path:
    file = folder / "towns.csv"
    rows.to_csv(file, index=False, encoding="utf-8")
    return file


def test_a_row_told_twice_is_named(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match="same region and period: Town 0, 2005"):
        propose(written(tmp_path, pd.concat([ROWS, ROWS.iloc[[4]]])))


def test_one_region_alone_is_said(tmp_path: Path) -> None:
    with pytest.raises(IngestError, match="“town” names one region alone"):
        propose(written(tmp_path, ROWS[ROWS["town"] == "Town 1"]))


@pytest.mark.parametrize(
    ("years", "form"),
    [
        (["63", "92"], "19%y"),
        (["95", "00", "05"], "%y"),
        (["81", "87"], "19%y"),
        (["01", "12"], "20%y"),
        (["52", "67"], "19%y"),
    ],
)
def test_years_of_two_figures_lie_together(years: list[str], form: str) -> None:
    assert period_format("year", pd.Series(years, dtype="str")) == form


def test_names_with_blanks_in_a_weights_file(tmp_path: Path) -> None:
    file = tmp_path / "states.gal"
    file.write_text('2\n"New Mexico" 1\nUtah\nUtah 1\n"New Mexico"\n', encoding="utf-8")
    assert read_gal(file).pairs == (("New Mexico", "Utah"), ("Utah", "New Mexico"))
