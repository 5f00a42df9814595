"""What a panel of the tables' own regions means: firms, counties; counted periods; one cross-section."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from regional import card_of, region_panel_of
from sigun.errors import SigunError
from sigun.panel.regional.model import RegionPanel
from sigun.panel.regional.released import released
from sigun.panel.regional.span import written

VALUES = {"variables": [{"id": "x", "table": "t"}], "unit": "own", "base": None}


def own_table(text: str, span: str = "year") -> pd.DataFrame:
    """firm | period | x, a line a row, as cleaning leaves them; without a period column a cross-section."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    said = pd.DataFrame(lines[1:], columns=lines[0], dtype="str")
    blank = dict.fromkeys(("sido", "sigungu", "dong"))
    table = pd.DataFrame({"region": said["firm"].replace("", None), "region_name": said.get("name")}).assign(**blank)
    if "period" in said:
        first = said["period"].astype(int) + (2000 if span == "number" else 0)
        table["period"] = pd.to_datetime(first.astype(str), format="%Y").astype("datetime64[us]")
        table = table.assign(span=span, provisional=False)
    return table.assign(x=pd.to_numeric(said["x"].replace("-", None)), source=np.int16(0))


def made(folder: Path, tables: dict[str, pd.DataFrame], **panel: Any) -> RegionPanel:
    cards = {
        name: (card_of(name, {"x": "rate"}, kind="area_periods" if "period" in table else "areas"), table)
        for name, table in tables.items()
    }
    return region_panel_of(folder, {**VALUES, **panel}, cards)


FIRMS = """
    firm       | period | x
    Union Oil  | 1935   | 1
    Union Oil  | 1936   | 2
    Total      | 1936   | 4
"""


def test_regions_are_those_the_table_names_and_no_total_is_taken_for_one(tmp_path: Path) -> None:
    panel = made(tmp_path, {"t": own_table(FIRMS)})
    assert panel.units[["unit", "full", "sido", "sido_name"]].values.tolist() == [
        ["Total", "Total", "", ""],
        ["Union Oil", "Union Oil", "", ""],
    ]
    found = {(r, str(p.year)): x for r, p, x in panel.frame[["region", "period", "x"]].itertuples(index=False)}
    assert found["Union Oil", "1936"] == 2 and found["Total", "1936"] == 4
    assert np.isnan(found["Total", "1935"])
    assert panel.codes == "own" and panel.manifest()["panel"]["base"] is None
    assert panel.checks == () and panel.unmatched.empty


def test_a_code_is_the_region_and_a_name_beside_it_its_name(tmp_path: Path) -> None:
    coded = own_table("firm | name | period | x\n7 | Durham | 1981 | 1\n9 | Wake | 1981 | 2")
    named = own_table("firm | period | x\nDurham | 1981 | 5\nWake | 1981 | 6")
    more = [{"id": "x", "table": "t"}, {"id": "y", "table": "u", "column": "x"}]
    panel = made(tmp_path, {"t": coded, "u": named}, variables=more)
    assert panel.units[["unit", "full"]].values.tolist() == [["7", "Durham"], ["9", "Wake"]]
    assert panel.frame[["x", "y"]].to_numpy().tolist() == [[1, 5], [2, 6]]
    assert not any(f.kind == "names_apart" for f in panel.findings)


def test_names_of_one_table_only_are_counted_and_shown_with_the_nearest(tmp_path: Path) -> None:
    other = own_table("firm | period | x\nUnion Oils | 1935 | 3\nTotal | 1935 | 1")
    more = [{"id": "x", "table": "t"}, {"id": "y", "table": "u", "column": "x"}]
    panel = made(tmp_path, {"t": own_table(FIRMS), "u": other}, variables=more)
    assert len(panel.units) == 3
    (first, _second) = [f for f in panel.findings if f.kind == "names_apart"]
    assert first.rows == 1 and "Union Oil" in str(first.said) and "Union Oil → Union Oils" in str(first.done)
    assert panel.losses.set_index("variable").loc["x", "names"] == "Union Oils"


def test_counted_periods_are_written_as_their_numbers_and_lags_go_by_them(tmp_path: Path) -> None:
    rows = "firm | period | x\n" + "\n".join(f"a | {n} | {n * n}" for n in (1, 2, 9, 10))
    derived = [{"id": "before", "op": "lag", "of": "x"}]
    panel = made(tmp_path, {"t": own_table(rows, "number")}, span="number", derived=derived)
    assert [written(p, panel.span) for p in panel.frame["period"]] == [str(n) for n in range(1, 11)]
    assert panel.frame["before"].dropna().tolist() == [1, 4, 81]
    assert panel.dictionary[["first", "last"]].values.tolist() == [["1", "10"], ["2", "10"]]
    said = panel.manifest()["panel"]
    assert (said["first"], said["last"], said["start"], said["span"]) == ("1", "10", None, "number")


def test_a_table_without_periods_is_one_cross_section(tmp_path: Path) -> None:
    panel = made(tmp_path, {"t": own_table("firm | x\n1 | 3.5\n2 | 4.5")})
    assert panel.span == "once" and panel.frame["x"].tolist() == [3.5, 4.5]
    assert panel.frame["period"].nunique() == 1
    assert {written(p, panel.span) for p in panel.frame["period"]} == {""}
    assert panel.manifest()["panel"]["first"] is None


def test_what_never_changes_stands_beside_every_period(tmp_path: Path) -> None:
    still = own_table("firm | x\nUnion Oil | 7\nTotal | 8")
    more = [{"id": "x", "table": "t"}, {"id": "y", "table": "u", "column": "x"}]
    panel = made(tmp_path, {"t": own_table(FIRMS), "u": still}, variables=more)
    assert panel.frame["y"].tolist() == [8, 8, 7, 7]
    assert panel.span == "year"


@pytest.mark.parametrize(("span", "asked"), [("number", "year"), ("year", "number")])
def test_numbers_are_no_years_and_years_no_numbers(tmp_path: Path, span: str, asked: str) -> None:
    with pytest.raises(SigunError, match="panel asks for") as bad:
        made(tmp_path, {"t": own_table("firm | period | x\na | 1990 | 1\nb | 1990 | 2", span)}, span=asked)
    assert "span: number" in bad.value.remedy


def test_two_values_of_one_firm_and_year_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SigunError, match="told twice"):
        made(tmp_path, {"t": own_table(FIRMS + "    Total | 1936 | 5\n")})


def test_regions_can_be_left_out_by_name(tmp_path: Path) -> None:
    panel = made(tmp_path, {"t": own_table(FIRMS)}, **{"except": ["Total"]})
    assert panel.units["unit"].tolist() == ["Union Oil"]
    with pytest.raises(SigunError) as bad:
        made(tmp_path, {"t": own_table(FIRMS)}, **{"except": ["Union Oel"]})
    assert "Union Oel" in bad.value.what and "Union Oil" in bad.value.remedy


def test_a_panel_with_neighbours_is_handed_to_workers_and_let_out_whole(tmp_path: Path) -> None:
    panel = made(tmp_path, {"t": own_table(FIRMS)})
    again = pickle.loads(pickle.dumps(panel))
    assert again.neighbours is None and again.units["x"].isna().all()
    shown, said = released(again, b"key")
    assert shown.frame.equals(panel.frame) and said == ()


def test_regions_never_told_are_named_one_by_one(tmp_path: Path) -> None:
    other = own_table("firm | period | x\nUnion Oil | 1935 | 3\nGulf | 1935 | 1\nShell | 1935 | 1")
    more = [{"id": "x", "table": "t"}, {"id": "y", "table": "u", "column": "x"}]
    panel = made(tmp_path, {"t": own_table(FIRMS), "u": other}, variables=more)
    assert panel.losses.set_index("variable").loc["x", "names"] == "Gulf, Shell"
    blank = own_table("firm | period | x\nUnion Oil | 1935 | -\nTotal | 1935 | -")
    panel = made(tmp_path, {"t": own_table(FIRMS), "u": blank}, variables=more)
    assert panel.losses.set_index("variable").loc["y", "names"] == "Total, Union Oil"
