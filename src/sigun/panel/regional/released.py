"""The panel as it may leave the machine (내보낼 패널): columns of private tables go through the disclosure door."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from sigun.panel.disclosure.door import LetOut, Made, Outgoing, let_out, private_columns
from sigun.panel.model import Finding
from sigun.panel.regional.losses import states_of
from sigun.panel.regional.model import STATES, RegionPanel
from sigun.panel.regional.span import calendar, written
from sigun.panel.regional.wholes import FREQUENCY
from sigun.plan.privacy import Privacy
from sigun.plan.variables import Change, CohortNet, Deflate, Derived, Lag, Rebase, inputs
from sigun.text import N_, Message, say

METHODS = (N_("suppress"), N_("round"))  # as they go into sentences
HIDDEN = N_("Privacy method `{method}`: they stand as hidden in the tables of this report and in the panel handed on.")
ROUNDED = N_(
    "Privacy method `{method}`: the tables of this report and the panel handed on are made of the rounded counts."
)


def released(panel: RegionPanel, key: bytes) -> tuple[RegionPanel, tuple[Message, ...]]:
    """The panel without what would tell of too few persons, and what cannot be guarded; open tables stay as they are.

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
    made = {d.id: _made(d, FREQUENCY[calendar(asked.span)]) for d in asked.derived}
    groups = dict(zip(panel.units["unit"], panel.units["sido"], strict=True))
    rule = panel.plan.privacy or Privacy()
    out = let_out(Outgoing(panel.frame, private, made, groups), rule, key)
    found = tuple(_guarded(panel, out, rule))
    failed = tuple(f for f in panel.findings if f.kind == "check_failed")
    others = tuple(f for f in panel.findings if f.kind != "check_failed")
    counted = _counted(panel.dictionary, out.frame, panel.span)
    shown = replace(panel, frame=out.frame, dictionary=counted, findings=(*failed, *found, *others))
    return shown, out.said


def _guarded(panel: RegionPanel, out: LetOut, rule: Privacy) -> Iterator[Finding]:
    """A finding for each column of which anything was hidden or rounded."""
    titles = dict(zip(panel.dictionary["variable"], panel.dictionary["title"], strict=True))
    for name in panel.asked.ids():
        before, after = panel.frame[name], out.frame[name]
        said = {"variable": titles[name], "all": int(before.notna().sum()), "min_cell": rule.min_cell}
        hidden = int((before.notna() & after.isna()).sum())
        rounded = int((after.notna() & before.ne(after)).sum())
        if hidden:
            words = N_("“{variable}”: {n} of {all} values are hidden, to tell nothing of fewer than {min_cell}.")
            yield Finding("protected", hidden, say(words, n=hidden, **said), say(HIDDEN, method=rule.method))
        if rounded:
            words = N_(
                "“{variable}”: {n} of {all} values are counts below {min_cell}, told as 0 or {min_cell} by chance."
            )
            yield Finding("protected", rounded, say(words, n=rounded, **said), say(ROUNDED, method=rule.method))


def _counted(dictionary: pd.DataFrame, frame: pd.DataFrame, span: str) -> pd.DataFrame:
    """The dictionary with the states and the stretch of what is shown."""
    rows = []
    for row in dictionary.to_dict("records"):
        states = states_of(frame, str(row["variable"]))
        known = frame.loc[frame[str(row["variable"])].notna(), "period"]
        ends = (written(known.min(), span), written(known.max(), span)) if len(known) else ("", "")
        counts = {state: states.get(state, 0) for state in STATES}
        rows.append({**row, **counts, "first": ends[0], "last": ends[1]})
    return pd.DataFrame(rows).astype(dictionary.dtypes.to_dict())


def _made(derived: Derived, frequency: str) -> Made:
    back = derived.periods if isinstance(derived, Lag | Change) else int(isinstance(derived, CohortNet))
    if isinstance(derived, Rebase | Deflate):
        first = pd.Timestamp(derived.at).to_period(frequency).to_timestamp()
        return Made(inputs(derived), back, first)
    return Made(inputs(derived), back)
