"""What was tried and what counts as a find (시도와 발견): the tests by each estimator, counted together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sigun.analysis.factors.inference import Told
from sigun.analysis.factors.terms import Term
from sigun.analysis.factors.verdicts import ALPHA, Find
from sigun.analysis.statistics.fdr import false_discovery


@dataclass(frozen=True)
class Trial:
    """One test that was made of a factor: at its main lag or another one, by one estimator."""

    term: Term  # at its main lag
    told: Told  # whose term has the lag that was tried
    estimator: str


@dataclass(frozen=True)
class Tried:
    """Every test of a factor, and its q among all tests by the same estimator, other lags among them.

    Each estimator answers a question of its own (inside regions, between them), so finds are counted by estimator:
    many differences between regions shall not make it easier to be found inside them.
    """

    trials: tuple[Trial, ...]
    q: tuple[float, ...]
    level: float  # share of false finds borne with

    def find(self, term: Term, estimator: str) -> Find | None:
        """The test of a factor at its main lag by one estimator, or none."""
        for trial, q in zip(self.trials, self.q, strict=True):
            if trial.term == term and trial.told.term == term and trial.estimator == estimator:
                return Find(trial.told, q, bool(q <= self.level and trial.told.p < ALPHA))
        return None

    def rows(self) -> Iterator[Mapping[str, object]]:
        """Rows of `tried`, the smallest p first."""
        order = sorted(zip(self.trials, self.q, strict=True), key=lambda one: (one[0].told.p, one[0].term.id))
        for trial, q in order:
            yield {
                "term": trial.term.id,
                "title": trial.term.title,
                "lag": trial.told.term.lag,
                "estimator": trial.estimator,
                "p": trial.told.p,
                "q": q,
            }


def counted(trials: Sequence[Trial], level: float) -> Tried:
    """Benjamini–Hochberg over all tests by each estimator."""
    q = np.full(len(trials), np.nan)
    for estimator in dict.fromkeys(t.estimator for t in trials):
        places = [i for i, t in enumerate(trials) if t.estimator == estimator]
        q[places] = false_discovery(np.array([trials[i].told.p for i in places]))
    return Tried(tuple(trials), tuple(map(float, q)), level)
