"""What a divided region told, shared out as declared (나뉜 지역의 몫): counts by the shares, rates as they were."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sigun.region.codes import Codes
from sigun.units import Measure

KEY = ["unit", "period"]


def share_out(
    rows: pd.DataFrame, codes: Codes, base: pd.Timestamp, measure: Measure, additive: bool
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows of regions that were divided by the base date as rows of those they became.

    Parameters
    ----------
    rows : `wholes.ROW` and more columns, one row a unit and period.
    additive : counts are multiplied by the share; anything else is taken over, for want of better.

    Returns
    -------
    rows, and what was shared out: unit, period. An index is not handed on: it stays with the region that told it. What
    a new region tells itself counts before its share; flows of the year of the division are added up.
    """
    gone = shared_units(codes, base)
    nothing = rows.loc[rows.index[:0], KEY]
    if measure == "index" or not gone:
        return rows, nothing
    told = rows["value"].notna() & ~(additive & (rows["value"] == 0))  # a count of 0 may mean "no such region"
    old = rows[rows["unit"].isin(gone) & told]
    if old.empty:
        return rows, nothing
    given = pd.concat([_given(old, codes.shares[unit], unit, additive) for unit in sorted(gone)], ignore_index=True)
    kept, adds = rows.drop(old.index), measure == "flow" and additive
    own = kept[told.drop(old.index)].set_index(KEY)["value"]
    beside = own.reindex(pd.MultiIndex.from_frame(given[KEY])).to_numpy()
    given = given.assign(value=given["value"] + np.nan_to_num(beside)) if adds else given[np.isnan(beside)]
    replaced = pd.MultiIndex.from_frame(kept[KEY]).isin(pd.MultiIndex.from_frame(given[KEY]))
    mine = given.loc[~given["unit"].isin(gone), KEY]
    whole, again = share_out(pd.concat([kept[~replaced], given], ignore_index=True), codes, base, measure, additive)
    return whole, pd.concat([mine, again], ignore_index=True)


def shared_units(codes: Codes, base: pd.Timestamp) -> set[str]:
    """Units that were divided by the base date, and whose shares are declared."""
    days = codes.changes.loc[(codes.changes["kind"] == "split") & (codes.changes["date"] <= base), "old"]
    return set(days) & set(codes.shares)


def _given(old: pd.DataFrame, shares: dict[str, float], unit: str, additive: bool) -> pd.DataFrame:
    rows = old[old["unit"] == unit]
    parts = [
        rows.assign(unit=new, value=rows["value"] * share, weight=rows["weight"] * share)
        if additive
        else rows.assign(unit=new, weight=rows["weight"] * share)
        for new, share in sorted(shares.items())
    ]
    return pd.concat(parts)


def standing_heirs(parts: pd.DataFrame, codes: Codes, base: pd.Timestamp) -> pd.DataFrame:
    """As `standing` tells them, the regions a divided one became, standing in its place while it stood.

    Parameters
    ----------
    parts : part, year, since, until.
    """
    here = parts[parts["part"].isin(shared_units(codes, base))]
    heirs = [
        here[here["part"] == unit].assign(part=new) for unit in here["part"].unique() for new in codes.shares[unit]
    ]
    if not heirs:
        return parts.iloc[:0]
    found = pd.concat(heirs, ignore_index=True)
    return pd.concat([found, standing_heirs(found, codes, base)], ignore_index=True)
