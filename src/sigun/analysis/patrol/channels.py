"""Where reports come from (신고경로 구분): citizens' reports, and what patrols and staff find themselves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from sigun.analysis.statistics.arrays import BoolArray
from sigun.errors import MethodError
from sigun.panel.count import count_cells
from sigun.panel.model import Panel
from sigun.text import N_, say

Follow = Literal["all", "citizen"]

FINDS = ("순찰", "점검", "단속", "직원", "patrol", "inspect", "employee", "city worker")
"""Words in the name of a channel by which those report who are sent to look."""

NOTABLE = 0.05  # share of finds from which on a list follows citizens alone, unless the plan says otherwise
FEWEST = 30  # citizens' reports below which there is nothing to follow


@dataclass(frozen=True)
class Heard:
    """The reports a list follows."""

    panel: Panel
    follows: Follow
    told: int  # reports that say by which channel they came
    finds: int  # of those, found by patrols or staff


def found_by_patrol(channel: pd.Series) -> BoolArray:
    """(n,) whether a channel is that of patrols or staff; one that is not told is taken for a citizen's.

    >>> found_by_patrol(pd.Series(["현장순찰", "안전신문고", None, "Employee Generated"])).tolist()
    [True, False, False, True]
    """
    words = channel.fillna("").astype("str").str.casefold()
    return np.asarray(words.str.contains("|".join(FINDS)), dtype=bool)


def heard_in(panel: Panel, asked: Follow | None) -> Heard:
    """The panel with the reports asked for: all, or citizens' alone; unless said, citizens' where finds are notable.

    A forecast that learns from finds learns where patrols went.

    Raises
    ------
    MethodError
        Citizens' reports are asked for, and no channel is told or hardly any came from citizens.

    References
    ----------
    Ensign et al. (2018), Runaway feedback loops in predictive policing, PMLR 81.
    """
    reports = panel.reports()
    told, finds = int(reports["channel"].notna().sum()), int(found_by_patrol(reports["channel"]).sum())
    enough = told > 0 and len(reports) - finds >= FEWEST
    if asked == "citizen" and not enough:
        raise MethodError(
            say(N_("Citizens' reports cannot be told apart, or there are hardly any: {n}."), n=len(reports) - finds),
            say(N_("patrol list: train_on")),
            say(N_("Give the column of the channel in the card of the events, or take train_on: all.")),
        )
    if asked == "all" or not enough or (asked is None and finds < NOTABLE * told):
        return Heard(panel, "all", told, finds)
    return Heard(_without_finds(panel), "citizen", told, finds)


def _without_finds(panel: Panel) -> Panel:
    events = panel.events[~found_by_patrol(panel.events["channel"])].reset_index(drop=True)
    return replace(panel, events=events, counts=count_cells(events, panel.cell))
