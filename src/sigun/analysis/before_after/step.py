"""The step `before_after` (전후비교): change where something began beside change elsewhere; no proof."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from sigun.analysis.before_after.checks import checks_of
from sigun.analysis.before_after.comparison import compare, earlier, without_one
from sigun.analysis.before_after.setting import setting_of
from sigun.analysis.before_after.told import COLUMNS, Told
from sigun.analysis.effect.answer import Row
from sigun.analysis.statistics.threads import one_thread
from sigun.panel.regional.model import RegionPanel
from sigun.plan.steps import BeforeAfter
from sigun.result import Claim, Result, facts_table


def before_after(step: BeforeAfter, panel: RegionPanel, rng: np.random.Generator) -> Result:
    """Run the `before_after` step of a plan.

    Raises
    ------
    MethodError
        The plan names what the panel does not have, or nothing begins in its periods.
    """
    setting = setting_of(step, panel)
    with one_thread():
        found = compare(setting, rng)
        before = None if found is None else earlier(found.setting, rng)
    without = [] if found is None else without_one(found)
    checks = tuple(checks_of(setting, found, before, without))
    told = Told(step, panel, setting, found, before, without, checks)
    tables = {
        "groups": _table("groups", told.groups()),
        "areas": _table("areas", told.areas()),
        "path": _table("path", told.path()),
        "checks": _table("checks", told.rows_of_checks()),
        "sensitivity": _table("sensitivity", told.sensitivity()),
        "facts": facts_table(told.facts()),
    }
    return Result("before_after", claim_of(told), tables, tuple(told.cautions()))


def claim_of(told: Told) -> Claim:
    """An association where the groups moved apart, and had not before; never an effect."""
    alike = all(c.outcome == "pass" for c in told.checks if c.check == "same_before")
    return "association" if told.verdict in ("more", "less") and alike else "description"


def _table(name: str, rows: Iterable[Row]) -> pd.DataFrame:
    columns = COLUMNS[name]
    return pd.DataFrame(list(rows), columns=list(columns)).astype(columns)
