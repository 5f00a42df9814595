"""The panel as it may leave the machine (내보낼 패널): columns of private tables go through the disclosure door."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from sigun.panel.disclosure.door import Made, Outgoing, let_out, private_columns
from sigun.panel.regional.model import RegionPanel
from sigun.panel.regional.wholes import FREQUENCY
from sigun.plan.privacy import Privacy
from sigun.plan.variables import Change, CohortNet, Deflate, Derived, Lag, Rebase, inputs
from sigun.text import Message


def released(panel: RegionPanel, key: bytes) -> tuple[RegionPanel, tuple[Message, ...]]:
    """The panel without what would tell of too few persons, and what was hidden; open tables stay as they are.

    Parameters
    ----------
    key : the workspace's secret, for random rounding.
    """
    asked = panel.asked
    columns = {
        v.id: (panel.cards[v.table], next(c for c in panel.cards[v.table].values() if c.id == v.taken()[0]))
        for v in asked.variables
    }
    private = private_columns(columns)
    if not private:
        return panel, ()
    made = {d.id: _made(d, FREQUENCY[asked.span]) for d in asked.derived}
    groups = dict(zip(panel.units["unit"], panel.units["sido"], strict=True))
    out = let_out(Outgoing(panel.frame, private, made, groups), panel.plan.privacy or Privacy(), key)
    return replace(panel, frame=out.frame), out.said


def _made(derived: Derived, frequency: str) -> Made:
    back = derived.periods if isinstance(derived, Lag | Change) else int(isinstance(derived, CohortNet))
    if isinstance(derived, Rebase | Deflate):
        first = pd.Timestamp(derived.at).to_period(frequency).to_timestamp()
        return Made(inputs(derived), back, first)
    return Made(inputs(derived), back)
