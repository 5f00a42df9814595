"""Checks that every design must pass before its figures count (설계 점검)."""

from __future__ import annotations

import math

import numpy as np

from sigun.analysis.effect.answer import ALPHA, FEW, Check
from sigun.analysis.effect.setting import Setting
from sigun.plan.steps.effect import Design, Effect
from sigun.text import N_, say

PRE = {"group_time": 3, "event_study": 3, "synthetic_control": 5, "sdid": 5}
"""Periods before the start: fewer leave a path nothing to be tested by, or weights nothing to be fitted to."""
DONORS = math.ceil(1 / ALPHA) - 1  # 19: with fewer, the placebo test of one region cannot reach 5 %
SETS_DONORS = 10  # and with several treated regions, sets of fewer donors overlap too much
POOR = 0.5  # distance before the start, in standard deviations of the outcome between regions
POOR_BESIDE = 2.0  # and against the median donor's own distance
DRIFTED = 2 / 3  # of what was found: a difference before the start that would come to so much explains it as well
HINT = 0.25  # and is no everyday difference among the placebos of that earlier start
CLOSE = 0.1  # a distance below so many standard deviations is no poor fit, whatever the donors'


def common(step: Effect, setting: Setting, design: Design) -> tuple[Check, ...]:
    """Who is treated, who can be compared, and how long before and after."""
    return tuple(
        c
        for c in (
            _left_out(setting),
            _comparison(step, setting, design),
            _before(setting, design),
            _after(setting),
            _donors(setting, design),
        )
        if c is not None
    )


def _left_out(setting: Setting) -> Check | None:
    lost = [t for t in setting.treated if t.reason is not None]
    if not setting.treated:
        return Check(
            "treated",
            "fail",
            say(N_("No region was treated in these periods.")),
            0,
            1,
            say(N_("Periods and regions in which the policy begins.")),
        )
    names = ", ".join(t.name for t in lost[:8])
    if len(lost) == len(setting.treated):
        reasons = [t.reason for t in lost if t.reason is not None]
        return Check(
            "treated",
            "fail",
            say(N_("No treated region can be looked at: {reason}"), reason=reasons[0].template),
            0,
            1,
            say(N_("Periods of the treated regions from before the start, with the outcome.")),
        )
    if lost:
        said = say(N_("{n} treated regions could not be looked at: {names}."), n=len(lost), names=names)
        return Check("treated", "caution", said, len(lost), 0)
    said = say(N_("All {n} treated regions can be looked at."), n=len(setting.treated))
    return Check("treated", "pass", said, len(setting.treated))


def _comparison(step: Effect, setting: Setting, design: Design) -> Check | None:
    policy = setting.policy
    treated, never = int(policy.treated.sum()), int((~policy.treated).sum())
    cohorts = len(np.unique(policy.start[policy.treated]))
    if treated == 0:
        return None
    later = design in ("group_time", "event_study") and step.comparison == "not_yet_treated" and cohorts > 1
    if never == 0 and cohorts == 1:
        return Check(
            "comparison",
            "fail",
            say(N_("Every region got it at once: nothing is left to compare with.")),
            0,
            FEW,
            say(N_("Regions without it, of another province for instance, or regions that begin later.")),
        )
    if never < FEW and not later:
        said = say(N_("Only {n} regions never had it: too few to compare with."), n=never)
        need = N_("At least {limit} regions that never had it; with staggered starts `comparison: not_yet_treated`.")
        return Check("comparison", "fail", said, never, FEW, say(need, limit=FEW))
    said = say(N_("{n} regions never had it."), n=never)
    return Check("comparison", "pass", said, never, FEW)


def _before(setting: Setting, design: Design) -> Check | None:
    used = [t.pre for t in setting.treated if t.reason is None]
    if not used:
        return None
    least, limit = int(np.median(used)), PRE[design]
    if least >= limit:
        return Check("pre_periods", "pass", say(N_("{n} periods before the start."), n=least), least, limit)
    return Check(
        "pre_periods",
        "fail",
        say(N_("{n} periods before the start are too few; the design needs {limit}."), n=least, limit=limit),
        least,
        limit,
        say(N_("Earlier years of the outcome: at least {limit} periods before the start."), limit=limit),
    )


def _after(setting: Setting) -> Check | None:
    used = [t.post for t in setting.treated if t.reason is None]
    if not used:
        return None
    most = max(used)
    if most == 1:
        return Check("post_periods", "caution", say(N_("Only one period since the start.")), 1, 2)
    return Check("post_periods", "pass", say(N_("{n} periods since the start."), n=most), most, 2)


def _donors(setting: Setting, design: Design) -> Check | None:
    """Whether the placebo test, where it decides, can reach 5 % at all."""
    policy = setting.policy
    treated, never = int(policy.treated.sum()), int((~policy.treated).sum())
    if treated == 0 or (treated >= FEW and design in ("group_time", "event_study")):
        return None
    limit = DONORS if treated == 1 else max(SETS_DONORS, treated + FEW)
    if never >= limit:
        said = say(N_("{n} regions can stand in for the treated one in the placebo test."), n=never)
        return Check("donors", "pass", said, never, limit)
    said = say(
        N_("{n} regions for the placebo test: even the largest difference would be no rarer than {p}."),
        n=never,
        p=round(1 / (1 + never), 3),
    )
    if treated > 1:
        said = say(N_("{n} regions for the placebo test are too few; it needs {limit}."), n=never, limit=limit)
    need = say(N_("At least {limit} regions that never had it, over the same periods."), limit=limit)
    return Check("donors", "fail", said, never, limit, need)


def rejected(check: str, p: float, words: tuple[str, str]) -> Check:
    """A test of what was before the start: a small p is bad. `words`: what is said then, and what else."""
    wrong, right = words
    need = say(N_("Regions that went along with the treated ones before, or what made them part as a control."))
    if p <= ALPHA:
        return Check(check, "fail", say(wrong, p=round(p, 3)), p, ALPHA, need)
    return Check(check, "pass", say(right, p=round(p, 3)), p, ALPHA)


def pre_trend(p: float) -> Check:
    """All periods before the start together."""
    return rejected(
        "pre_trend",
        p,
        (
            N_("The treated regions already went another way before the start (p = {p})."),
            N_("Before the start no other way can be seen (p = {p}); a small one could stay unseen."),
        ),
    )


def pre_slope(p: float) -> Check:
    """A steady drift before the start: the joint test would hardly see it."""
    return rejected(
        "pre_slope",
        p,
        (
            N_("The treated regions drifted away steadily before the start (p = {p})."),
            N_("No steady drift before the start can be seen (p = {p})."),
        ),
    )


def line(p: float) -> Check:
    """Whether what was found stays when the path before the start is drawn on as a line; p is one-sided."""
    if p <= ALPHA:
        said = say(N_("What was found stays when the path before is drawn on as a line (p = {p})."), p=round(p, 3))
        return Check("line", "pass", said, p, ALPHA)
    said = say(N_("What was found could as well be a drift from before that went on (p = {p})."), p=round(p, 3))
    need = say(N_("A longer and calmer time before the start, or regions that went along with the treated ones."))
    return Check("line", "fail", said, p, ALPHA, need)


def in_time(p: float, share: float) -> Check:
    """The same design with a start put earlier, when nothing had happened.

    Parameters
    ----------
    p : of the placebo test of that start.
    share : of what was found, that the difference then would come to if it had gone on; 0 where nothing was found.
    """
    if share > DRIFTED and p <= HINT:
        said = N_("With the start put earlier there is a difference, too: going on, {share} times what was found.")
        need = say(N_("A longer and calmer time before the start, or regions that went along with the treated ones."))
        return Check("placebo_in_time", "fail", say(said, share=round(share, 2)), share, DRIFTED, need)
    return rejected(
        "placebo_in_time",
        p,
        (
            N_("With the start put earlier the design finds a difference, too (p = {p})."),
            N_("With the start put earlier the design finds nothing (p = {p})."),
        ),
    )


def fit(rmspe: float, between: float, beside: float) -> Check:
    """How near the synthetic path was before the start: against the outcome's scatter, and the donors' own paths."""
    far = rmspe / between if between > 0 else math.inf
    against = rmspe / beside if beside > 0 else 1.0
    if far > POOR or (against > POOR_BESIDE and far > CLOSE):
        return Check(
            "fit",
            "fail",
            say(
                N_("No mix of the others follows the treated one before the start: {share} standard deviations away."),
                share=round(far, 2),
            ),
            far,
            POOR,
            say(N_("Regions more like the treated one, or an outcome in which it is not the extreme.")),
        )
    said = say(
        N_("Before the start the synthetic path was {share} standard deviations away on average."), share=round(far, 2)
    )
    return Check("fit", "pass", said, far, POOR)


def one_donor(found: bool, estimate: float, low: float, high: float) -> Check:
    """Whether what was found hangs on one region of the comparison."""
    turned = low < 0 < high
    value = low if estimate > 0 else high
    if found and turned:
        need = say(N_("More regions that resemble the treated one."))
        said = say(N_("Without one single region of the comparison the sign turns."))
        return Check("leave_one_out", "fail", said, value, 0.0, need)
    said = say(N_("The sign stays whichever region of the comparison is left out."))
    if turned:
        said = say(N_("The sign depends on which region of the comparison is left out."))
    return Check("leave_one_out", "caution" if turned else "pass", said, value, 0.0)


def spillover(found: bool, estimate: float, without: float | None, se: float, known: bool) -> Check:
    """The same without neighbours of treated regions: these may have been moved, too."""
    if without is None:
        said = N_("Neighbours are not known: whether it spilled over to them was not looked at.")
        if known:
            said = N_("Without the neighbours too few regions are left to compare with.")
        return Check("spillover", "not_done", say(said))
    if found and without * estimate <= 0:
        said_so = say(N_("Without the treated regions' neighbours the sign turns."))
        need = say(N_("Regions without it that lie farther away."))
        return Check("spillover", "fail", said_so, without, estimate, need)
    if abs(without - estimate) > se:
        said = N_("Without the treated regions' neighbours the estimate moves by more than its error.")
        return Check("spillover", "caution", say(said), without, estimate)
    said = N_("Without the treated regions' neighbours the estimate hardly moves.")
    return Check("spillover", "pass", say(said), without, estimate)


def gaps(treated: int, donors: int, left: int, left_donors: int) -> Check | None:
    """A synthetic path needs regions that were observed throughout."""
    if treated == 0 and donors == 0:
        return None
    said = say(
        N_("Not observed throughout, and left out: {treated} treated regions, {donors} others."),
        treated=treated,
        donors=donors,
    )
    if left and left_donors >= FEW:
        return Check("gaps", "caution", said, treated + donors, 0)
    need = say(N_("The outcome without gaps, of the treated regions and of those to compare with."))
    return Check("gaps", "fail", said, treated + donors, 0, need)
