"""Known figures of the Korean panels through the example plans: the nation, Gyeonggi, its density, the provinces.

Provinces: the signs of Choi, Lee & Park (2024), which a model without year effects repeats and one with them does not;
the definition of its columns, and the figures of both, stand beside the reference data.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sigun.analysis.factors.step import factors
from sigun.cli.regions import import_table
from sigun.panel.regional.build import build_region_panel
from sigun.plan.steps.factors import FactorAnalysis
from sigun.result import Result
from sigun.run import collect, open_plan

ROOT = Path(__file__).resolve().parents[2]
DENSITY = "plan_density.yaml"
QUICK = {"explain": {"model": "none"}, "robustness": None}
Answered = Callable[[str, str], Result]


@pytest.fixture(scope="module")
def answered(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Answered:
    korea = shared / "data" / "korea"
    if not korea.is_dir():
        pytest.skip("no Korean files here")

    def run(example: str, plan: str) -> Result:
        folder = tmp_path_factory.mktemp("korea") / example
        leave = shutil.ignore_patterns("data", "runs", ".sigun")
        shutil.copytree(ROOT / "examples" / example, folder, ignore=leave)
        (folder / "sigun.toml").write_text(f"[sources]\nfolder = {json.dumps(korea.as_posix())}\n", encoding="utf-8")
        if plan == DENSITY:  # of 읍면동: their official table is imported first, as its first line says
            (table,) = (korea / "codes").glob("KIKcd_H*.xlsx")
            import_table(table, workspace=folder)
        asked, catalog = open_plan(folder / plan)
        step = asked.step("factors")
        assert isinstance(step, FactorAnalysis)
        panel = build_region_panel(asked, collect(asked, catalog))
        return factors(step.model_copy(update=_quick(step)), panel, np.random.default_rng(1))

    return run


def _quick(step: FactorAnalysis) -> dict[str, object]:
    """Without the curve and the boosting, which move none of these figures."""
    lean = FactorAnalysis.model_validate({**step.model_dump(), **QUICK})
    return {"explain": lean.explain, "robustness": lean.robustness}


def coefficient(result: Result, estimator: str, term: str, column: str = "estimate") -> float:
    rows = result.tables["estimates"]
    return float(rows[(rows["estimator"] == estimator) & (rows["term"] == term)][column].iloc[0])


def test_the_nation_as_far_as_its_files_reach(answered: Answered) -> None:
    result = answered("korea_births", "plan.yaml")
    assert [result.fact(name).value for name in ("n", "regions", "periods")] == [1350, 135, 10]
    assert [result.fact(name).value for name in ("excluded_regions", "asked_regions")] == [94, 229]
    assert result.tables["excluded"]["regions"].sum() == 94
    young, moving = "share_25_34", "cohort_net"
    assert coefficient(result, "within_twoway", young) == pytest.approx(0.020, abs=0.0005)
    assert coefficient(result, "within_twoway", young, "se") == pytest.approx(0.005, abs=0.0005)
    assert coefficient(result, "within_twoway", moving) == pytest.approx(0.006, abs=0.0005)
    assert coefficient(result, "within_twoway", moving, "se") == pytest.approx(0.002, abs=0.0005)


def test_gyeonggi(answered: Answered) -> None:
    result = answered("korea_births", "plan_gyeonggi.yaml")
    assert result.fact("n").value == 310
    assert coefficient(result, "within_twoway", "share_25_34") == pytest.approx(0.025, abs=0.0005)
    assert coefficient(result, "within_twoway", "share_25_34", "se") == pytest.approx(0.006, abs=0.0005)
    assert coefficient(result, "within_twoway", "cohort_net") == pytest.approx(0.008, abs=0.0005)
    assert coefficient(result, "within_twoway", "cohort_net", "se") == pytest.approx(0.003, abs=0.0005)


def test_density_differs_between_and_nothing_is_seen_within(answered: Answered) -> None:
    result = answered("korea_births", DENSITY)
    assert result.fact("n").value == 154
    p = {
        (e, t): coefficient(result, e, t, "p")
        for e in ("pooled", "between", "within_twoway")
        for t in ("ln_density", "share_65")
    }
    assert max(p["pooled", "ln_density"], p["between", "ln_density"], p["pooled", "share_65"]) < 0.05
    assert min(p["between", "share_65"], p["within_twoway", "ln_density"], p["within_twoway", "share_65"]) > 0.05
    verdicts = result.tables["answer"].set_index("term")["verdict"].to_dict()
    assert verdicts == {"ln_density": "between_only", "share_65": "unstable"}


def test_the_provinces_published_signs_vanish_with_year_effects(answered: Answered) -> None:
    result = answered("korea_provinces", "plan.yaml")
    assert result.fact("n").value == 192
    without = [coefficient(result, "within_region", t) for t in ("tfr_before", "ln_price.1", "ln_education.1")]
    both = [coefficient(result, "within_twoway", t) for t in ("tfr_before", "ln_price.1", "ln_education.1")]
    assert without == pytest.approx([0.847, -0.164, -0.301], abs=0.0005)
    assert both == pytest.approx([0.711, 0.043, 0.018], abs=0.0005)
    answer = result.tables["answer"]
    assert set(answer["verdict"]) == {"unstable"}
    assert answer["reason"].str.contains("Without effects of periods").all()
    assert any("Nickell" in c.template for c in result.cautions)
