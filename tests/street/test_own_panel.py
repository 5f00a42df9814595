"""A panel of firms down the whole way: from the CSV and the weights file to the panel, and to the report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sigun.catalog.add import add_files
from sigun.errors import SigunError
from sigun.panel.regional.model import RegionPanel
from sigun.panel.regional.span import written
from sigun.run import region_panel, run
from sigun.settings import Workspace, lay_workspace

FIRMS = ("Total", "Alpha", "1.0", "Beta  Works")
PLAN = """id: firms
title: t
question: q
data: {{tables: [{table}]}}
panel:
  unit: own
  variables:
    - {{id: invest, table: {table}}}
    - {{id: value, table: {table}}}
{more}
steps:
  - {{method: coverage}}
"""


def csv(ws: Workspace, periods: tuple[str, ...], header: str = "year") -> Path:
    """A row a firm and period; a firm that is called like a total, one like a number, one with blanks."""
    rows = [
        f"{i + 1}.{j}5,{firm},{period},{10 * i + j}" for i, firm in enumerate(FIRMS) for j, period in enumerate(periods)
    ]
    path = ws.root / "firms.csv"
    path.write_text("\n".join([f"invest,firm,{header},value", *rows]) + "\n", encoding="utf-8")
    return path


def panel(ws: Workspace, more: str = "", table: str = "firms") -> RegionPanel:
    plan = ws.plans / "firms.yaml"
    plan.write_text(PLAN.format(table=table, more=more), encoding="utf-8")
    return region_panel(plan)[0]


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return lay_workspace(tmp_path / "ws")


def told(made: RegionPanel) -> list[str]:
    return sorted({written(p, made.span) for p in made.frame["period"]})


def test_every_firm_is_a_region_whatever_it_is_called(ws: Workspace) -> None:
    (added,) = add_files(ws, [csv(ws, ("1935", "1936"))])
    assert added.card.own_regions and added.rows == 8
    made = panel(ws)
    assert made.units["unit"].tolist() == ["1", "Alpha", "Beta Works", "Total"]
    assert told(made) == ["1935", "1936"]
    assert made.frame["value"].tolist() == [20, 21, 10, 11, 30, 31, 0, 1]


def test_years_of_two_figures_and_numbers_of_periods(ws: Workspace) -> None:
    add_files(ws, [csv(ws, ("81", "82", "83"))])
    assert told(panel(ws)) == ["1981", "1982", "1983"]
    other = lay_workspace(ws.root.parent / "other")
    add_files(other, [csv(other, ("1", "2", "3"))])
    assert told(panel(other, "  span: number")) == ["1", "2", "3"]
    with pytest.raises(SigunError, match="panel asks for"):
        panel(other)


def test_a_short_card_written_by_hand_is_enough(ws: Workspace) -> None:
    csv(ws, ("1935", "1936")).rename(ws.root / "mine.csv")
    (ws.catalog / "mine.yaml").write_text(
        "id: mine\ntitle: t\nkind: area_periods\nfile: mine.csv\nreading: {format: csv}\nfields:\n"
        "  - {name: firm, role: region}\n  - {name: year, role: period}\n"
        "  - {name: invest, id: invest, role: value, type: number}\n"
        "  - {name: value, id: value, role: value, type: number}\n",
        encoding="utf-8",
    )
    made = panel(ws, table="mine")
    assert "Alpha" in made.units["unit"].tolist() and made.frame["invest"].notna().all()


def test_a_weights_file_decides_the_run_and_another_is_another_run(ws: Workspace) -> None:
    add_files(ws, [csv(ws, ("1935", "1936"))])
    gal = ws.root / "w.gal"
    gal.write_text("4\nTotal 1\nAlpha\nAlpha 1\nTotal\n1 0\n\nBeta 0\n", encoding="utf-8")
    with pytest.raises(SigunError, match="not in the weights file") as bad:
        panel(ws, "  neighbours: {file: w.gal}")
    assert "Beta" in str(bad.value)
    asked = "  neighbours: {file: w.gal}\n  except: [Beta Works]"
    made = panel(ws, asked)
    assert made.neighbours is not None and made.neighbours.islands == ("1",)
    first = run(ws.plans / "firms.yaml")
    gal.write_text("3\nTotal 1\nAlpha\nAlpha 1\n1\n1 0\n", encoding="utf-8")
    second = run(ws.plans / "firms.yaml")
    said = [json.loads((r.parent / "manifest.json").read_text(encoding="utf-8")) for r in (first, second)]
    assert said[0]["key"] != said[1]["key"]
    assert said[0]["panel"]["neighbours"] == made.neighbours.hash != said[1]["panel"]["neighbours"]
    assert "1935" in first.read_text(encoding="utf-8")
