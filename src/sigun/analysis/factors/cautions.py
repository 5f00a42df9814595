"""What a reader must bear in mind (유의사항): of the kind of study, of the design, of these rows. Never withheld."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from sigun.analysis.factors.estimates import estimators_of
from sigun.analysis.factors.models import why_untold
from sigun.analysis.factors.study import Study
from sigun.analysis.factors.terms import Term
from sigun.panel.regional.model import STATUS, RegionPanel
from sigun.text import N_, Message, say

FEW_PERIODS = 3
SHORT = 30  # periods under which a lagged outcome is biased to speak of
LONG = 30  # periods under which Driscoll–Kraay is too small


def cautions(study: Study, panel: RegionPanel, tables: Mapping[str, pd.DataFrame]) -> Iterator[Message]:
    """In the order of their weight."""
    yield say(N_("Regions were compared, not persons: what holds for regions need not hold for the people in them."))
    yield say(N_("These are associations. What else changed in the same regions at the same time is not ruled out."))
    yield from _who(study, panel, tables)
    yield from _design(study)
    yield from _untold(study, tables)
    yield from _roles(study)
    yield from _dependence(study, tables)
    yield from _errors(study)


def _who(study: Study, panel: RegionPanel, tables: Mapping[str, pd.DataFrame]) -> Iterator[Message]:
    if panel.asked.left_out:
        yield say(N_("Left out because the plan says so: {names}."), names=", ".join(panel.asked.left_out))
    excluded = tables["excluded"]
    out = int(excluded["regions"].sum()) if len(excluded) else 0
    if out:
        said = N_("{out} of {all} regions cannot be tested with these data: outcome or factors are not told of them.")
        yield say(said, out=out, all=len(panel.units))
    hidden = sum(int((panel.frame[name + STATUS] == "suppressed").sum()) for name in study.columns)
    if hidden:
        yield say(N_("{n} values are withheld by their publisher: they are not zero, and are left out."), n=hidden)
    partly = tables["partly"]
    if len(partly):
        said = N_("{n} groups of factors are told of fewer regions than others: each is asked on its own rows.")
        yield say(said, n=int(partly["model"].nunique()))
    singletons = study.first.sample.singletons
    if singletons:
        said = N_("{n} regions are observed in one period only: they say nothing of change and are left out.")
        yield say(said, n=singletons)
    if study.wide.below_zero:
        said = N_("{n} outcomes of zero or less have no logarithm and are left out; `transform: level` keeps them.")
        yield say(said, n=study.wide.below_zero)


def _design(study: Study) -> Iterator[Message]:
    sample = study.first.sample
    if not sample.panel:
        said = N_(
            "There is one period only: regions are compared with each other. Nothing can be said of what happens "
            "inside a region; that would need the same data of several periods."
        )
        yield say(said)
        return
    if sample.periods < FEW_PERIODS:
        said = N_("There are two periods only: no lag, no test of persistence, and one change a region. Add periods.")
        yield say(said)
    started = [t.title for t in study.factors if _starts_and_stays(study, t)]
    if started:
        said = N_(
            "{names}: begins in a region and stays. Where starts differ, effects of regions and periods mix early and "
            "late ones; ask for it with `method: effect`, which compares with regions that never had it."
        )
        yield say(said, names=", ".join(started))
    larger = [t.title for t in study.terms if t.repeated]
    if larger:
        said = N_("{names}: told of larger regions only, so that errors go by these; a few of them carry the answer.")
        yield say(said, names=", ".join(larger))


def _untold(study: Study, tables: Mapping[str, pd.DataFrame]) -> Iterator[Message]:
    """What the plan asks for and of which no figure stands in the report."""
    asked = estimators_of(study.step.estimators, study.first.sample)
    untold = [name for name in asked if all(model.by(name) is None for model in study.models)]
    if "first_difference" in untold:
        said = N_(
            "There are no changes from one period to the next: no region has enough periods that follow on each other. "
            "Where they are years apart, count them (1, 2, 3 …; `span: number`)."
        )
        yield say(said)
    estimators = [name for name in untold if name != "first_difference"]
    errors = [kind for kind in study.step.inference.errors if kind not in {*tables["errors"]["kind"]}]
    learns = study.step.explain.model != "none" and study.first.sample.panel
    learning = ["boosting"] if learns and tables["explain_scores"].empty else []
    if names := [*estimators, *errors, *learning]:
        said = N_("Asked for, but not told by these rows, so that no figure of it stands here: {names}.")
        yield say(said, names=", ".join(f"`{name}`" for name in names))
    yield from {str(one): one for name in estimators for one in why_untold(name, study.first.sample)}.values()
    without = [t.title for t in study.factors if t not in study.refused and study.lead(t) is None]
    if without and study.step.checks.lead_placebo and study.first.sample.panel:
        said = N_("{names}: its later value could not be tried as a placebo, for too few rows have one.")
        yield say(said, names=", ".join(without))


def _starts_and_stays(study: Study, term: Term) -> bool:
    """Whether a factor is 0, then 1 for good: a policy."""
    values, region = study.wide.columns[term.id], study.wide.region
    known = np.isfinite(values)
    if {*np.unique(values[known])} != {0.0, 1.0}:
        return False
    back = (np.diff(values[known]) < 0) & (np.diff(region[known]) == 0)
    return not back.any()


def _roles(study: Study) -> Iterator[Message]:
    controls = [t for t in study.terms if t.kind == "control"]
    moved = [t.title for t in controls if t.moved]
    if moved:
        said = N_(
            "{names}: the outcome itself moves it, so its card says. Held equal, it takes away part of what is asked "
            "for (a bad control): look at the specifications without controls."
        )
        yield say(said, names=", ".join(moved))
    shared = [t.title for t in controls if t.shared or t.contains]
    if shared:
        said = N_("{names}: a control that shares a part with the outcome takes away some of it by arithmetic.")
        yield say(said, names=", ".join(shared))
    earlier = [t.title for t in study.terms if t.earlier]
    periods = study.first.sample.periods
    if earlier and study.first.sample.panel and periods < SHORT:
        said = N_(
            "{names}: the outcome of an earlier period is held equal. With effects of regions and {periods} periods "
            "its coefficient is too small by about (1 + coefficient) / periods, and the others lean with it (Nickell "
            "bias)."
        )
        yield say(said, names=", ".join(earlier), periods=periods)


def _dependence(study: Study, tables: Mapping[str, pd.DataFrame]) -> Iterator[Message]:
    roots = tables["unit_roots"]
    if len(roots):
        own = roots[(roots["variable"] == study.outcome[0]) & (roots["form"] == "level")]
        if len(own) and not own["rejected"].any():
            said = N_(
                "The outcome drifts (a unit root is not rejected): levels that drift together look related. The answer "
                "in differences stands beside."
            )
            yield say(said)
    checks = tables["panel_checks"]
    main = study.first.main
    cd = checks[(checks["check"] == "cd") & (checks["p"] < 0.05)]
    if main is not None and len(cd) and (cd["on"] == main.estimator).any():
        said = N_("What is left over moves together across regions: neighbours or common shocks are not all taken out.")
        yield say(said)


def _errors(study: Study) -> Iterator[Message]:
    if study.step.inference.purpose != "replication":
        return
    said = N_("Errors marked with a caution are printed for comparison with other studies; no sentence rests on them.")
    yield say(said)
    if "driscoll_kraay" in study.step.inference.errors and study.first.sample.periods < LONG:
        said = N_(
            "Driscoll–Kraay errors are far too small with {periods} periods (they want 30 and more), and three tools "
            "give three values: kernel, lag and small-sample rule stand beside each."
        )
        yield say(said, periods=study.first.sample.periods)
