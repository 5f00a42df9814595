"""The panel as a file: the same figures in each format, words never formulas, what an encoding lacks is listed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from regional import card_of, region_panel_of, table_of
from sigun.errors import RunError
from sigun.panel.regional.export import inert, write_panel
from sigun.panel.regional.model import RegionPanel

TEXT = """
    sido           | sigungu | period | births
    세종특별자치시 | 세종시  | 2020   | 7
    세종특별자치시 | 세종시  | 2021   | -
"""


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> RegionPanel:
    card = card_of("births", {"births": "flow 명"})
    field = card.fields[0].model_copy(update={"title": "=출생아 “수”"})
    card = card.model_copy(update={"fields": (field,)})
    asked = {"within": ["세종"], "variables": [{"id": "births", "table": "births"}]}
    return region_panel_of(
        tmp_path_factory.mktemp("panel"), asked, {"births": (card, table_of(TEXT))}, time={"end": "2022-01-01"}
    )


def test_parquet(panel: RegionPanel, tmp_path: Path) -> None:
    written = write_panel(panel, tmp_path / "p.parquet")
    frame = pd.read_parquet(tmp_path / "p.parquet")
    assert frame.columns.tolist() == ["region", "region_name", "sido", "period", "births", "births__status"]
    assert frame["period"].tolist() == ["2020", "2021"]
    assert frame["births__status"].tolist() == ["observed", "not_observed"]
    assert [f.name for f in written.files] == [
        *("p.parquet", "p.dictionary.csv", "p.losses.csv", "p.lineage.csv", "p.checks.csv")
    ]


def test_csv_for_excel(panel: RegionPanel, tmp_path: Path) -> None:
    write_panel(panel, tmp_path / "p.csv")
    assert (tmp_path / "p.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    frame = pd.read_csv(tmp_path / "p.csv", dtype={"region": "str"})
    assert frame["region"].tolist() == ["36110", "36110"] and frame["births"].isna().tolist() == [False, True]
    dictionary = pd.read_csv(tmp_path / "p.dictionary.csv")
    assert dictionary.loc[0, "title"] == "'=출생아 “수”"
    assert dictionary.loc[0, ["observed", "not_observed"]].tolist() == [1, 1]


def test_what_cp949_lacks_is_listed(panel: RegionPanel, tmp_path: Path) -> None:
    odd = panel.units.assign(full="세종 \U00020bb7")
    from dataclasses import replace

    written = write_panel(replace(panel, units=odd), tmp_path / "p.csv", "cp949")
    assert written.lacking == {"\U00020bb7": 2}
    assert "세종 ?" in (tmp_path / "p.csv").read_text(encoding="cp949")
    assert write_panel(panel, tmp_path / "q.csv", "cp949").lacking == {}


def test_a_workbook_of_numbers_and_words(panel: RegionPanel, tmp_path: Path) -> None:
    from python_calamine import CalamineWorkbook

    write_panel(panel, tmp_path / "p.xlsx")
    book = CalamineWorkbook.from_path(tmp_path / "p.xlsx")
    assert book.sheet_names == ["data", "dictionary", "losses", "lineage", "checks"]
    rows = book.get_sheet_by_name("data").to_python()
    assert rows[1] == ["36110", "세종특별자치시 세종시", "세종특별자치시", "2020", 7.0, "observed"]
    assert rows[2][4] == ""
    titles = [row[1] for row in book.get_sheet_by_name("dictionary").to_python()]
    assert titles == ["title", "=출생아 “수”"]  # a word in its cell, no formula


@pytest.mark.parametrize(
    ("word", "written"), [("=1+1", "'=1+1"), ("@x", "'@x"), ("-", "'-"), ("서울", "서울"), (3.5, 3.5)]
)
def test_words_that_look_like_formulas(word: object, written: object) -> None:
    assert inert(word) == written


def test_other_endings_and_encodings_are_refused(panel: RegionPanel, tmp_path: Path) -> None:
    with pytest.raises(RunError, match="hwp"):
        write_panel(panel, tmp_path / "p.hwp")
    with pytest.raises(RunError, match="latin1"):
        write_panel(panel, tmp_path / "p.csv", "latin1")
    assert list(tmp_path.iterdir()) == []


def test_every_column_leads_back_to_its_file(panel: RegionPanel) -> None:
    assert panel.lineage.values.tolist() == [
        ["births", "births", "births", "births.csv", "0" * 64, "", "births 열", ""],
    ]
