"""The Korean births panel from files as published: national totals, reach of each column, known defects by name.

Published totals: Statistics Korea, vital statistics (births by 시군구, 2012–2021). Defects: SOURCE.md of the data.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from sigun.cli.regions import import_table
from sigun.panel.regional.build import build_region_panel
from sigun.panel.regional.model import RegionPanel
from sigun.run import collect, open_plan

ROOT = Path(__file__).resolve().parents[2]
NATION = (484_550, 436_455, 435_435, 438_420, 406_243, 357_771, 326_822, 302_676, 272_337, 260_562)
YEARS = range(2012, 2023)


@pytest.fixture(scope="module")
def workspace(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    korea = shared / "data" / "korea"
    if not korea.is_dir():
        pytest.skip("no Korean files here")
    folder = tmp_path_factory.mktemp("korea") / "births"
    shutil.copytree(ROOT / "examples" / "korea_births", folder, ignore=shutil.ignore_patterns("data", "runs", ".sigun"))
    (folder / "sigun.toml").write_text(f"[sources]\nfolder = {json.dumps(korea.as_posix())}\n", encoding="utf-8")
    return folder


def panel_of(plan_file: Path) -> RegionPanel:
    plan, catalog = open_plan(plan_file)
    return build_region_panel(plan, collect(plan, catalog))


@pytest.fixture(scope="module")
def panel(workspace: Path) -> RegionPanel:
    return panel_of(workspace / "plan.yaml")


def test_births_over_229_regions_are_the_nations_every_year(panel: RegionPanel) -> None:
    by_year = panel.frame.groupby(panel.frame["period"].dt.year)["births"].agg(["sum", "count"])
    assert by_year.loc[2012:2021, "sum"].tolist() == list(NATION)
    assert by_year.loc[2012:2021, "count"].tolist() == [229] * 10
    assert by_year.loc[2022, "count"] == 0
    totals = [c for c in panel.checks if c.kind == "total_equals"]
    assert [c.expected for c in totals] == list(NATION) and all(c.held for c in panel.checks)
    assert len(panel.checks) > 4_000


def test_every_region_has_its_fertility_and_the_last_year_is_provisional(panel: RegionPanel) -> None:
    assert panel.frame.groupby("region").size().eq(11).all() and len(panel.units) == 229
    assert panel.frame["tfr"].notna().all()
    assert panel.frame.groupby("period")["tfr__status"].unique().map(list).tolist() == [["observed"]] * 10 + [
        ["provisional"]
    ]


def told(panel: RegionPanel, name: str) -> dict[int, int]:
    counts = panel.frame.groupby(panel.frame["period"].dt.year)[name].count()
    return {int(year): int(n) for year, n in counts.items()}


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("women_15_49", dict.fromkeys(YEARS, 135)),
        ("share_25_34", dict.fromkeys(YEARS, 135)),
        ("cohort_net", {2012: 0, **dict.fromkeys(range(2013, 2023), 135)}),
        ("childcare_centres", {2012: 172, 2013: 172, **dict.fromkeys(range(2014, 2023), 173)}),
        ("fiscal_independence", {**dict.fromkeys(YEARS, 0), **dict.fromkeys(range(2017, 2022), 227)}),
        ("apartment_price", dict.fromkeys(YEARS, 229)),
        ("first_marriage_age_wife", dict.fromkeys(YEARS, 229)),
    ],
)
def test_reach_of_each_column(panel: RegionPanel, column: str, expected: dict[int, int]) -> None:
    assert told(panel, column) == expected


def test_every_absence_is_counted_and_none_is_filled(panel: RegionPanel) -> None:
    for name in panel.asked.ids():
        status = panel.frame[f"{name}__status"]
        assert (panel.frame[name].notna() == status.isin(["observed", "provisional"])).all()
        counted = panel.dictionary.set_index("variable").loc[name]
        assert counted["not_observed"] == (status == "not_observed").sum()
    lost = panel.losses.set_index("variable")
    assert lost.loc["women_15_49", "regions"] == 94
    assert "강원도 (18)" in lost.loc["women_15_49", "names"]


def test_a_merged_city_and_a_district_told_from_january_on(panel: RegionPanel) -> None:
    births = panel.frame.set_index(["region", panel.frame["period"].dt.year])["births"]
    assert births["43110", 2012] > births["43110", 2015] - 1000  # 청주 with 청원
    assert births["28177", 2018] == 248 + 214 + 225 + 232 + 216 + 224 + 210 + 211 + 193 + 226 + 238 + 200


def test_cohort_and_share_by_hand(panel: RegionPanel, shared: Path) -> None:
    raw = pd.read_csv(shared / "data/korea/raw/여성연앙인구_경기도반_20230425125738.csv", encoding="cp949")
    raw = raw[raw.iloc[:, 1] == "양주시"].set_index("시점")

    def women(first: int, last: int, year: int) -> float:
        return float(raw.loc[year, [f"{a}세" for a in range(first, last + 1)]].astype(float).sum())

    row = panel.frame[(panel.frame["region"] == "41630") & (panel.frame["period"].dt.year == 2015)].iloc[0]
    assert row["share_25_34"] == pytest.approx(100 * women(25, 34, 2015) / women(15, 49, 2015))
    assert row["cohort_net"] == pytest.approx(100 * (women(25, 34, 2015) / women(24, 33, 2014) - 1))


def test_every_column_leads_back_to_files_by_hash(panel: RegionPanel) -> None:
    women = panel.lineage[panel.lineage["variable"] == "cohort_net"]
    assert women["file"].nunique() == 5 and women["sha256"].str.len().eq(64).all()
    assert set(panel.lineage["variable"]) == set(panel.asked.ids())


def test_incomplete_births_by_dong_are_caught_and_named(workspace: Path, shared: Path) -> None:
    (table,) = (shared / "data" / "korea" / "codes").glob("KIKcd_H*.xlsx")
    import_table(table, workspace=workspace)
    panel = panel_of(workspace / "plan_dong.yaml")
    short = {c.period: c.found - c.expected for c in panel.checks if c.kind == "total_equals"}
    assert short == {"2017": -3_669, "2018": -4_489, "2019": -1_992, "2020": -14, "2021": -2_273}
    worst = sorted((c for c in panel.checks if c.kind == "adds_up_to"), key=lambda c: c.found - c.expected)[:4]
    assert {(c.place, c.period) for c in worst} >= {("경기도 부천시", "2019"), ("인천광역시 미추홀구", "2018")}
    assert panel.findings[0].kind == "check_failed"
