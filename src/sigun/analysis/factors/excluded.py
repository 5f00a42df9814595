"""Who could not be looked at, and for lack of what (빠진 지역): told by province."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sigun.analysis.factors.sample import Sample
from sigun.analysis.factors.terms import Term
from sigun.analysis.factors.wide import OUTCOME, Wide

COLUMNS = {"sido": "str", "sido_name": "str", "regions": "int64", "names": "str", "variables": "str", "titles": "str"}
NAMES = 12  # written out


def looked_at(samples: Sequence[Sample]) -> frozenset[str]:
    """Regions that stand in every model."""
    return frozenset.intersection(*(frozenset(s.regions) for s in samples))


def excluded_table(
    wide: Wide, terms: Sequence[Term], samples: Sequence[Sample], outcome: tuple[str, str]
) -> pd.DataFrame:
    """One row a province and lack: the regions that stand in none of the models' rows, and what of theirs is missing.

    `outcome`: its column and title.
    """
    inside = looked_at(samples)
    out = wide.regions[~wide.regions["unit"].isin(inside)]
    columns = {OUTCOME: outcome, **{t.id: (t.variable, t.title) for t in terms}}
    lacks = wide.frame[wide.frame["region"].isin(out["unit"])]
    told = np.isfinite(lacks[list(columns)].astype(float)).groupby(lacks["region"].to_numpy()).any()
    rows = []
    for _, region in out.iterrows():
        here = told.loc[region["unit"]] if region["unit"] in told.index else pd.Series(False, index=list(columns))
        missing = [c for c in columns if not here[c]]
        rows.append({**region.to_dict(), "lack": tuple(dict.fromkeys(columns[c] for c in missing))})
    if not rows:
        return pd.DataFrame(columns=list(COLUMNS)).astype(COLUMNS)
    found = []
    for (sido, sido_name, lack), group in pd.DataFrame(rows).groupby(["sido", "sido_name", "lack"], sort=True):
        names = list(group["name"])
        found.append(
            {
                "sido": sido,
                "sido_name": sido_name,
                "regions": len(group),
                "names": ", ".join(names[:NAMES]) + (" …" if len(names) > NAMES else ""),
                "variables": ", ".join(name for name, _ in lack),
                "titles": ", ".join(title for _, title in lack),
            }
        )
    return pd.DataFrame(found, columns=list(COLUMNS)).astype(COLUMNS)
