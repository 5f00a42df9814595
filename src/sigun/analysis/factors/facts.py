"""Single figures of the study (주요 수치): sizes, counts of verdicts, rules, and who could not be looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from sigun.analysis.factors.excluded import nowhere
from sigun.analysis.factors.neighbours import Space
from sigun.analysis.factors.study import Study
from sigun.analysis.factors.verdicts import VERDICTS
from sigun.analysis.regression.errors import RULES
from sigun.panel.regional.model import STATUS, RegionPanel
from sigun.panel.regional.span import span_of, written
from sigun.result import Fact


def facts_of(study: Study, panel: RegionPanel, tables: Mapping[str, pd.DataFrame], space: Space) -> Iterator[Fact]:
    """Facts of the result; one that cannot be told is left out."""
    yield from _rows(study, panel)
    yield from _asked(study)
    verdicts = tables["answer"]["verdict"]
    yield from (Fact(name, int((verdicts == name).sum()), "factors") for name in VERDICTS)
    yield from _tests(study, tables)
    yield from _checks(tables["panel_checks"])
    yield from _space(space)
    yield Fact("seed", panel.plan.seed)
    yield Fact("conditions", study.condition if np.isfinite(study.condition) else None)
    finite = [v for v in study.vif.values() if np.isfinite(v)]
    if finite:
        yield Fact("vif_max", max(finite))


def _rows(study: Study, panel: RegionPanel) -> Iterator[Fact]:
    sample = study.first.sample
    yield Fact("n", len(sample.obs.y), "rows")
    yield Fact("regions", len(sample.regions), "areas")
    yield Fact("periods", sample.periods, "periods")
    yield Fact("asked_regions", len(panel.units), "areas")
    yield Fact("excluded_regions", len(nowhere(study.wide, study.models)), "areas")
    yield Fact("singletons", sample.singletons, "areas")
    when = study.wide.frame["when"].iloc[sample.rows]
    span = span_of(panel.asked, panel.cards)
    yield Fact("first", written(when.min(), span))
    yield Fact("last", written(when.max(), span))
    yield Fact("balanced", int(len(sample.obs.y) == len(sample.regions) * sample.periods))
    for state in ("suppressed", "provisional"):
        there = sum(int((panel.frame[name + STATUS] == state).sum()) for name in study.columns)
        yield Fact(state, there, "values")


def _asked(study: Study) -> Iterator[Fact]:
    main = study.first.main
    yield Fact("outcome", study.outcome[1])
    yield Fact("outcome_unit", study.outcome[2])
    yield Fact("transform", study.step.outcome.transform)
    yield Fact("together", study.step.together)
    yield Fact("main", main.estimator if main is not None else "")
    yield Fact("models", len(study.models))
    yield Fact("factors", len(study.factors), "factors")
    yield Fact("cross_section", int(not study.first.sample.panel))


def _tests(study: Study, tables: Mapping[str, pd.DataFrame]) -> Iterator[Fact]:
    told = [one for m in study.models if m.main is not None for one in study.told[m.name, m.main.estimator]]
    yield Fact("tried", len(study.tried.trials), "tests")
    yield Fact("q", study.tried.level)
    yield Fact("clusters", min((one.clusters for one in told), default=0), "clusters")
    yield Fact("draws", max((one.draws for one in told), default=0), "draws")
    yield Fact("exact", int(any(one.exact for one in told)))
    yield Fact("widening", max((one.widening for one in told), default=1.0))
    kinds = sorted({one.kind for one in told})
    yield Fact("errors", ", ".join(kinds))
    yield Fact("small_sample", ", ".join(dict.fromkeys(_rule(kind) for kind in kinds)))
    yield Fact("solver", "least squares, two-way effects solved directly")
    if study.step.robustness is not None:
        yield Fact("specs", len(tables["curve"]), "specifications")
        yield Fact("spec_draws", study.step.robustness.draws, "draws")
    summary = tables["curve_summary"]
    if len(summary) == 1:
        yield Fact("joint_p", float(summary["joint_p"].iloc[0]))


def _rule(kind: str) -> str:
    if kind == "wild_cluster":
        return "WCR, Rademacher"
    return f"{kind}: {RULES[kind][0]}" if kind in RULES else kind


def _space(space: Space) -> Iterator[Fact]:
    if space.neighbours is None:
        return
    yield Fact("weights_hash", space.neighbours.hash)
    yield Fact("weights_source", space.neighbours.source)
    yield Fact("weights_kind", space.neighbours.kind)
    yield Fact("links", len(space.neighbours.here), "links")
    yield Fact("spatial_left_out", space.left_out, "areas")
    tests = space.tests[(space.tests["test"] == "moran") & (space.tests["on"] != "outcome")]
    if len(tests):
        yield Fact("moran", float(tests["statistic"].iloc[0]))
        yield Fact("moran_p", float(tests["p"].iloc[0]))


def _checks(checks: pd.DataFrame) -> Iterator[Fact]:
    for name in ("hausman", "mundlak"):
        row = checks[checks["check"] == name]
        if len(row):
            yield Fact(name, float(row["statistic"].iloc[0]))
            yield Fact(f"{name}_p", float(row["p"].iloc[0]))
    cd = checks[checks["check"] == "cd"]
    if len(cd):
        yield Fact("cd", float(cd["statistic"].iloc[-1]))
        yield Fact("cd_p", float(cd["p"].iloc[-1]))
