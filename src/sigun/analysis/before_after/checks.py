"""What is looked at before a comparison is believed (비교 점검)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from sigun.analysis.before_after.comparison import Comparison
from sigun.analysis.before_after.difference import ALPHA
from sigun.analysis.before_after.setting import Setting
from sigun.analysis.effect.answer import Check
from sigun.text import N_, say

FEW = 5  # regions to compare with
FEW_COUNTS = 20  # of the treated on a side: below, a few more or less make the ratio
NAMES = 8


def checks_of(
    setting: Setting, found: Comparison | None, before: Comparison | None, without: Sequence[tuple[int, float]]
) -> Iterator[Check]:
    """Every check, in the order they are told."""
    yield _treated(setting)
    yield _beside(setting)
    if found is None:
        return
    yield _same_before(before)
    yield _level(found)
    yield from _few_counts(found)
    yield from _one_region(found, without)


def _treated(setting: Setting) -> Check:
    lost = np.flatnonzero(setting.treated & ~setting.used)
    n, names = int(setting.used.sum()), ", ".join(setting.units["name"].iloc[lost[:NAMES]])
    if not n:
        reason = next(r for r in (setting.reasons[i] for i in lost.tolist()) if r is not None)
        said = say(N_("No region with a start can be looked at: {reason}"), reason=reason.template)
        return Check("treated", "fail", said, 0, 1)
    if len(lost):
        said = say(N_("{n} regions with a start could not be looked at: {names}."), n=len(lost), names=names)
        return Check("treated", "caution", said, len(lost), 0)
    return Check("treated", "pass", say(N_("All {n} regions with a start can be looked at."), n=n), n)


def _beside(setting: Setting) -> Check:
    n = int(setting.beside.sum())
    if not n:
        return Check("comparison", "fail", say(N_("No region is left to compare with.")), 0, 1)
    if n < FEW:
        said = say(N_("Only {n} regions to compare with: what they have in common by chance cannot be told."), n=n)
        return Check("comparison", "caution", said, n, FEW)
    return Check("comparison", "pass", say(N_("{n} regions to compare with."), n=n), n, FEW)


def _same_before(before: Comparison | None) -> Check:
    """Whether both groups moved alike before anything began."""
    if before is None or not math.isfinite(before.apart.p):
        said = say(N_("The time before is too short to see whether both moved alike."))
        return Check("same_before", "not_done", said, math.nan, ALPHA)
    if before.apart.p <= ALPHA:
        said = say(N_("Already before the start both moved apart: the difference after may be the same going on."))
        return Check("same_before", "caution", said, before.apart.p, ALPHA)
    said = say(N_("Between the two halves of the time before, both moved alike as far as can be seen."))
    return Check("same_before", "pass", said, before.apart.p, ALPHA)


def _level(found: Comparison) -> Check:
    """Whether the treated lie among those compared before the start."""
    levels = [c.changes.before / c.changes.per_before for c in found.cohorts]
    mine = np.concatenate([v[c.changes.treated] for v, c in zip(levels, found.cohorts, strict=True)])
    theirs = np.concatenate([v[~c.changes.treated] for v, c in zip(levels, found.cohorts, strict=True)])
    outside = int(((mine < theirs.min()) | (mine > theirs.max())).sum())
    if outside:
        said = say(N_("Before the start {n} of them lay above or below every region compared."), n=outside)
        return Check("level_before", "caution", said, outside, 0)
    said = say(N_("Before the start they lay between the lowest and the highest region compared."))
    return Check("level_before", "pass", said, 0, 0)


def _few_counts(found: Comparison) -> Iterator[Check]:
    """How much was counted in the treated on each side."""
    if not found.setting.ratio:
        return
    least = math.inf
    for cohort in found.cohorts:
        mine = found.setting.y[cohort.places[cohort.changes.treated]]
        least = min(least, *(float(np.nansum(mine[:, side])) for side in found.setting.windows(cohort.start)))
    if least < FEW_COUNTS:
        said = say(N_("Only {n} were counted in them on one side: a few more or less make the change."), n=round(least))
        yield Check("counts", "caution", said, least, FEW_COUNTS)


def _one_region(found: Comparison, without: Sequence[tuple[int, float]]) -> Iterator[Check]:
    """Whether the direction hangs on one region."""
    if not without or not math.isfinite(found.apart.estimate):
        return
    turned = [place for place, value in without if value * found.apart.estimate <= 0]
    if turned:
        names = ", ".join(found.setting.units["name"].iloc[turned[:NAMES]])
        said = say(N_("Without one of these regions the direction turns: {names}."), names=names)
        yield Check("one_region", "caution", said, len(turned), 0)
    else:
        yield Check("one_region", "pass", say(N_("The direction hangs on no single region.")), 0, 0)
