"""Cases (처리 건): how long each report was open, whether it was closed, and how it ended."""

from __future__ import annotations

import pandas as pd

from sigun.panel.model import Panel

DAY = pd.Timedelta(days=1)
WEEK = 7  # days
ENDINGS = ("confirmed", "not_found", "moved_by_owner", "duplicate", "other")
"""How a case can end, each excluding the others."""


def cases_of(events: pd.DataFrame, panel: Panel) -> pd.DataFrame:
    """The events whose state is told: id, region, kind, year, week, days, closed, ending, since_end.

    `days` run to the closing or, for what is open or closes later, to the end of the panel. Without a closing time the
    last change of a settled status stands in for it. `ending` is missing where a case is open; a closing that tells no
    outcome is "other". `week` numbers the week of the report; `since_end` is days from the report to the panel's end.
    """
    outcome = events["outcome"]
    settled = outcome.notna() & (outcome != "open")
    closed_at = events["closed_at"].fillna(events["known_at"].where(settled))
    silent = events["closed_at"].notna().any() and not outcome.notna().any()
    told = closed_at.notna() | (outcome == "open") | silent  # without outcomes, no closing time means open
    end = pd.Timestamp(panel.end)
    closed = closed_at.notna() & (closed_at < end)
    days = (closed_at.where(closed, end) - events["occurred_at"]) / DAY
    cases = events[["id", "region", "kind"]].assign(
        year=events["occurred_at"].dt.year,
        week=(events["occurred_at"] - pd.Timestamp(panel.start)) // (WEEK * DAY),
        days=days,
        closed=closed,
        since_end=(end - events["occurred_at"]) / DAY,
        ending=outcome.where(outcome.isin(ENDINGS), "other").where(closed),
    )
    return cases[told & (days >= 0)]
