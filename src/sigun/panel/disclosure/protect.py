"""Make tables fit to be shown (가림 처리): hide or round, and say what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sigun.panel.disclosure.complementary import hide
from sigun.panel.disclosure.model import BoolArray, Cells, FloatArray, IntArray, Table, link
from sigun.panel.disclosure.primary import sensitive
from sigun.panel.disclosure.rounding import round_small
from sigun.plan.privacy import Privacy
from sigun.text import N_, Message, say


@dataclass(frozen=True)
class Protected:
    """One table as it may be shown."""

    shown: FloatArray  # NaN where hidden (and where nothing was observed)
    hidden: BoolArray
    rounded: BoolArray  # cells that tell another figure than the true one
    said: tuple[Message, ...]


def protect(table: Table, rule: Privacy, key: bytes = b"") -> Protected:
    """One table as it may be shown; see `protect_linked`."""
    return protect_linked((table,), rule, key)[0]


def protect_linked(tables: Sequence[Table], rule: Privacy, key: bytes = b"") -> tuple[Protected, ...]:
    """Tables that are shown together, made fit for it together: what one tells cannot undo what another hides.

    Parameters
    ----------
    key : the secret that random rounding draws its chance from (the workspace's); hiding needs none.

    Raises
    ------
    RunError
        Two tables contradict each other, or cannot be rounded.
    """
    cells = link(tables)
    if rule.method == "round":
        return _rounded(cells, rule, key)
    small, hidden = sensitive(cells, rule), hide(cells, rule)
    return tuple(_hidden(cells, place, small, hidden, rule) for place in cells.places)


def _hidden(cells: Cells, place: IntArray, small: BoolArray, hidden: BoolArray, rule: Privacy) -> Protected:
    first, all_ = int(small[place].sum()), int(hidden[place].sum())
    said = []
    if all_:
        said.append(
            say(
                N_(
                    "{hidden} of {cells} cells are hidden: {small} tell of fewer than {min_cell}; {others} guard these."
                ),
                hidden=all_,
                cells=int((~np.isnan(cells.values[place])).sum()),
                small=first,
                min_cell=rule.min_cell,
                others=all_ - first,
            )
        )
    mask = hidden[place]
    return Protected(np.where(mask, np.nan, cells.values[place]), mask, np.zeros_like(mask), tuple(said))


def _rounded(cells: Cells, rule: Privacy, key: bytes) -> tuple[Protected, ...]:
    values = round_small(cells, rule.min_cell, key)
    off = np.abs(np.nan_to_num(values - cells.values))
    told = []
    for place in cells.places:
        changed, said = off[place] > 0, []
        if changed.any():
            said.append(
                say(
                    N_(
                        "Counts below {min_cell} are rounded to 0 or {min_cell} by chance; totals are the sums of the "
                        "rounded counts. {changed} cells differ from the truth, by {most} at most."
                    ),
                    min_cell=rule.min_cell,
                    changed=int(changed.sum()),
                    most=int(off[place].max()),
                )
            )
        told.append(Protected(values[place], np.zeros_like(changed), changed, tuple(said)))
    return tuple(told)
