"""The rows a model is asked on (표본): complete rows, the same for every main estimator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from sigun.analysis.factors.terms import Term
from sigun.analysis.factors.wide import OUTCOME, Wide
from sigun.analysis.regression.observations import Observations, rows_of
from sigun.analysis.statistics.arrays import BoolArray, IntArray


@dataclass(frozen=True)
class Sample:
    """Complete rows of one model, sorted by region and period."""

    terms: tuple[Term, ...]  # the columns of obs.x
    rows: pd.DataFrame  # of Wide.frame
    obs: Observations  # clustered by region
    regions: tuple[str, ...]  # region of each number in obs.region
    larger: IntArray  # (n,) number of the larger region (시도) each row lies in
    singletons: int  # regions left out, being observed in one period alone

    @property
    def periods(self) -> int:
        """How many periods have a row."""
        return len(np.unique(self.obs.period))

    @property
    def panel(self) -> bool:
        """Whether there is change over time to look at; else it is a cross-section."""
        return self.periods > 1

    def clustered(self, term: Term, by: str) -> Observations:
        """Observations clustered as that term needs: by larger regions where its values are repeated over these."""
        if (term.repeated or by == "sido") and len(np.unique(self.larger)) > 1:
            return replace(self.obs, cluster=self.larger)
        return self.obs

    def some(self, rows: BoolArray) -> Sample:
        """Some of the rows, regions numbered anew; regions left with one row go out, where others have several."""
        seen = np.bincount(self.obs.region[rows], minlength=len(self.regions))
        often = seen > 1 if len(np.unique(self.obs.period[rows])) > 1 else seen > 0
        kept = rows & often[self.obs.region]
        regions = tuple(name for name, n, o in zip(self.regions, seen, often, strict=True) if n and o)
        return replace(
            self,
            rows=self.rows[kept].reset_index(drop=True),
            obs=rows_of(self.obs, kept),
            regions=regions,
            larger=self.larger[kept],
        )

    def only(self, terms: Sequence[Term]) -> Sample:
        """The same rows with these columns alone."""
        places = [self.terms.index(t) for t in terms]
        return replace(self, terms=tuple(terms), obs=replace(self.obs, x=self.obs.x[:, places]))


def sample_of(wide: Wide, terms: Sequence[Term], outcome: str = OUTCOME, also: Sequence[str] = ()) -> Sample:
    """Rows on which the outcome, all these terms and the columns `also` are observed; regions of one row left out.

    A region observed once says nothing of change; where the whole panel has one period, all are kept.
    """
    names = [outcome, *(t.id for t in terms), *also]
    values = wide.frame[names].to_numpy(float)
    rows = wide.frame[np.isfinite(values).all(axis=1)]
    singletons = 0
    if rows["at"].nunique() > 1:
        often = rows.groupby("region")["at"].transform("size") > 1
        singletons = int(rows.loc[~often, "region"].nunique())
        rows = rows[often]
    rows = rows.reset_index(drop=True)
    regions, region = np.unique(rows["region"].to_numpy(str), return_inverse=True)
    sido = wide.regions.set_index("unit")["sido"].fillna("")
    numbers = {
        name: i for i, name in enumerate(np.unique(sido.to_numpy(str)))
    }  # of the whole panel: alike in all samples
    larger = rows["region"].map(sido).map(numbers).to_numpy(np.int64)
    obs = Observations(
        rows[outcome].to_numpy(float),
        rows[[t.id for t in terms]].to_numpy(float).reshape(len(rows), len(terms)),
        region.astype(np.int64),
        rows["at"].to_numpy(np.int64),
    )
    return Sample(tuple(terms), rows, obs, tuple(map(str, regions)), larger, singletons)
