"""The step `effect` (정책효과): every design asked for, the checks it passed or failed, and what may be said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from sigun.analysis.effect.answer import FEW, Answer, Check, Row
from sigun.analysis.effect.counterfactual import did_synthetic, synthetic
from sigun.analysis.effect.difference import difference
from sigun.analysis.effect.setting import Setting, setting_of
from sigun.analysis.effect.told import COLUMNS, Told, table
from sigun.analysis.statistics.threads import one_thread
from sigun.panel.regional.model import RegionPanel
from sigun.plan.steps.effect import Design, Effect
from sigun.result import Claim, Result, facts_table
from sigun.text import N_, say


def effect(step: Effect, panel: RegionPanel, rng: np.random.Generator) -> Result:
    """Run the `effect` step of a plan.

    Raises
    ------
    MethodError
        The plan names what the panel does not have, or the outcome says nothing.
    """
    setting = setting_of(step, panel)
    with one_thread():
        answers = agreeing([_run(design, step, setting, rng) for design in designs_of(step, setting)])
    told = Told(step, panel, setting, answers)
    claim: Claim = "effect" if told.main is not None else "description"
    asked = ("designs", "checks", "treated")
    tables = {
        "designs": table("designs", told.designs()),
        "checks": table("checks", told.checks()),
        "treated": table("treated", told.treated()),
        **{name: table(name, _rows(answers, name)) for name in COLUMNS if name not in asked},
        "facts": facts_table(told.facts()),
    }
    return Result("effect", claim, tables, tuple(told.cautions()))


def designs_of(step: Effect, setting: Setting) -> tuple[Design, ...]:
    """The designs asked for; unsaid, by how many regions were treated, never by what they find."""
    if step.design != "auto":
        return step.design
    few = int(setting.policy.treated.sum()) < FEW
    return ("synthetic_control", "sdid") if few else ("group_time", "sdid")


def _run(design: Design, step: Effect, setting: Setting, rng: np.random.Generator) -> Answer:
    if design == "synthetic_control":
        return synthetic(step, setting, rng)
    if design == "sdid":
        return did_synthetic(step, setting, rng)
    return difference(design, step, setting, rng)


def agreeing(answers: Sequence[Answer]) -> list[Answer]:
    """Designs that passed and say opposite things: none of them may be believed."""
    if not {"raised", "lowered"} <= {a.verdict for a in answers}:
        return list(answers)
    said = say(N_("Another design that passed its checks found the opposite."))
    need = say(N_("A longer time before the start, and more regions to compare with, until the designs agree."))
    return [a.checked(Check("agreement", "fail", said, would_need=need)) for a in answers]


def _rows(answers: Iterable[Answer], name: str) -> list[Row]:
    return [row for a in answers for row in a.tables.get(name, ())]
