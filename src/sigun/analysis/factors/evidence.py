"""What was tried and what counts as a find (시도와 발견): tests of one question put together, then counted together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sigun.analysis.factors.inference import Told
from sigun.analysis.factors.terms import Term
from sigun.analysis.factors.verdicts import ALPHA, Find
from sigun.analysis.statistics.arrays import FloatArray
from sigun.analysis.statistics.fdr import false_discovery

INSIDE = ("within_twoway", "first_difference")
"""Two looks at one question, what happens inside regions: in levels and in changes. Which of them sees more depends on
how long disturbances last, which nobody knows beforehand; so both are asked, and their p are combined into one."""


@dataclass(frozen=True)
class Trial:
    """One test that was made of a factor: at its main lag or another one, by one estimator."""

    term: Term  # at its main lag
    told: Told  # whose term has the lag that was tried
    estimator: str
    paired: bool = True  # whether levels and changes may answer together: not beside an earlier outcome, which changes
    # are correlated with by the way they are made

    @property
    def question(self) -> tuple[str, str]:
        """The question it belongs to: inside regions, or the estimator's own; and the lag that was tried."""
        return ("inside" if self.paired and self.estimator in INSIDE else self.estimator), self.told.term.id


@dataclass(frozen=True)
class Tried:
    """Every test of a factor, with the p and q of its question.

    Questions are counted by kind: many differences between regions shall not make it easier to be found inside them.
    """

    trials: tuple[Trial, ...]
    p: tuple[float, ...]  # of the question
    q: tuple[float, ...]
    level: float  # share of false finds borne with

    def find(self, term: Term, estimator: str) -> Find | None:
        """The answer to the question that the estimator belongs to, for a factor at its main lag; or none.

        Where levels and changes both look at it, levels tell how much, unless only changes see it.
        """
        kinds = {t.question for t in self.trials if t.term == term and t.estimator == estimator}
        asked = [i for i, t in enumerate(self.trials) if t.term == term == t.told.term and t.question in kinds]
        if not asked:
            return None
        signs = {np.sign(self.trials[i].told.estimate) for i in asked}
        p, q = self.p[asked[0]], self.q[asked[0]]
        found = bool(q <= self.level and p < ALPHA)
        seen = [i for i in asked if self.trials[i].told.p < ALPHA] if found else []
        best = self.trials[(seen or asked)[0]]  # the main estimator is the first
        faintest = max(self.trials[i].told.p for i in asked)
        return Find(best.told, best.estimator, p, q, found, len(signs) == 1, faintest)

    def by(self, term: Term, estimator: str) -> Told | None:
        """The test of a factor at its main lag by one estimator alone, or none."""
        own = (t.told for t in self.trials if t.term == term and t.told.term == term and t.estimator == estimator)
        return next(own, None)

    def rows(self) -> Iterator[Mapping[str, object]]:
        """Rows of `tried`, the smallest p first."""
        order = sorted(range(len(self.trials)), key=lambda i: (self.trials[i].told.p, self.trials[i].term.id))
        for i in order:
            trial = self.trials[i]
            yield {
                "term": trial.term.id,
                "title": trial.term.title,
                "lag": trial.told.term.lag,
                "estimator": trial.estimator,
                "question": trial.question[0],
                "p": trial.told.p,
                "p_combined": self.p[i],
                "q": self.q[i],
            }


def counted(trials: Sequence[Trial], level: float) -> Tried:
    """Benjamini–Hochberg over all questions of a kind, other lags among them."""
    p, q = np.full(len(trials), np.nan), np.full(len(trials), np.nan)
    for kind in dict.fromkeys(t.question[0] for t in trials):
        asked = dict.fromkeys(t.question for t in trials if t.question[0] == kind)
        places = [[i for i, t in enumerate(trials) if t.question == one] for one in asked]
        each = np.array([combined(np.array([trials[i].told.p for i in some])) for some in places])
        for some, own, among in zip(places, each, false_discovery(each), strict=True):
            p[some], q[some] = own, among
    return Tried(tuple(trials), tuple(map(float, p)), tuple(map(float, q)), level)


def combined(p: FloatArray) -> float:
    """One p of several tests of one hypothesis that depend on each other (Cauchy combination).

    References
    ----------
    Liu & Xie (2020), J. Am. Stat. Assoc. 115:393–402.

    Examples
    --------
    >>> round(combined(np.array([0.01, 0.5])), 4), combined(np.array([0.3]))
    (0.02, 0.3)
    """
    known = p[np.isfinite(p)]
    if len(known) < 2:
        return float(known[0]) if len(known) else float("nan")
    safe = np.clip(known, 1e-15, 1 - 1e-15)
    return float(0.5 - np.arctan(np.mean(np.tan((0.5 - safe) * np.pi))) / np.pi)
