"""The rows a model is asked on (표본): complete rows, the same for every main estimator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from sigun.analysis.factors.terms import Term
from sigun.analysis.factors.wide import EXPOSURE, OUTCOME, Wide
from sigun.analysis.regression.observations import Observations
from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True)
class Sample:
    """Complete rows of one model, sorted by region and period."""

    terms: tuple[Term, ...]  # the columns of obs.x
    obs: Observations  # clustered by region
    regions: tuple[str, ...]  # region of each number in obs.region
    wide: Wide
    rows: IntArray  # (n,) their places in wide.frame
    outcome: str  # column of wide.frame
    singletons: int  # regions left out, being observed in one period alone

    @property
    def periods(self) -> int:
        """How many periods have a row."""
        return len(np.unique(self.obs.period))

    @property
    def panel(self) -> bool:
        """Whether there is change over time to look at; else it is a cross-section."""
        return self.periods > 1

    @property
    def larger(self) -> IntArray:
        """(n,) number of the larger region (시도) each row lies in, alike in all samples."""
        return self.wide.larger[self.rows]

    @property
    def place(self) -> IntArray:
        """(n,) number of each row's region among all of the panel, alike in all samples."""
        return self.wide.region[self.rows]

    def column(self, name: str) -> FloatArray:
        """(n,) values of any column."""
        return self.wide.columns[name][self.rows]

    def clustered(self, term: Term, by: str) -> Observations:
        """Observations clustered as that term needs: by larger regions where its values are repeated over these."""
        if (term.repeated or by == "sido") and len(np.unique(self.larger)) > 1:
            return replace(self.obs, cluster=self.larger)
        return self.obs

    def some(self, kept: BoolArray) -> Sample:
        """Some of the rows, regions numbered anew; regions left with one row go out, where others have several."""
        return _of(self.wide, self.terms, self.outcome, self.rows[kept])

    def only(self, terms: Sequence[Term]) -> Sample:
        """The same rows with these columns alone."""
        places = [self.terms.index(t) for t in terms]
        return replace(self, terms=tuple(terms), obs=replace(self.obs, x=self.obs.x[:, places]))


def sample_of(wide: Wide, terms: Sequence[Term], outcome: str = OUTCOME, also: Sequence[str] = ()) -> Sample:
    """Rows on which the outcome, all these terms and the columns `also` are observed; regions of one row left out.

    A region observed once says nothing of change; where the whole panel has one period, all are kept.
    """
    known = np.isfinite(wide.columns[outcome]) & (wide.columns[EXPOSURE] > 0)
    for name in (*(t.id for t in terms), *also):
        known &= np.isfinite(wide.columns[name])
    return _of(wide, terms, outcome, np.flatnonzero(known))


def _of(wide: Wide, terms: Sequence[Term], outcome: str, rows: IntArray) -> Sample:
    at = wide.columns["at"][rows].astype(np.int64)
    singletons = 0
    if len(np.unique(at)) > 1:
        often = np.bincount(wide.region[rows], minlength=len(wide.names))[wide.region[rows]] > 1
        singletons = len(np.unique(wide.region[rows[~often]]))
        rows, at = rows[often], at[often]
    numbers, region = np.unique(wide.region[rows], return_inverse=True)
    x = np.column_stack([np.empty((len(rows), 0)), *(wide.columns[t.id][rows] for t in terms)])
    obs = Observations(wide.columns[outcome][rows], x, region.astype(np.int64), at)
    return Sample(tuple(terms), obs, tuple(wide.names[i] for i in numbers), wide, rows, outcome, singletons)
