"""Which cells tell too much by themselves (1차 가림 대상): small counts, amounts few persons make up, dominance."""

from __future__ import annotations

import numpy as np

from sigun.panel.disclosure.model import BoolArray, Cells, FloatArray
from sigun.plan.privacy import Privacy


def sensitive(cells: Cells, rule: Privacy) -> BoolArray:
    """(n,) whether a cell may not be shown: a count under the threshold, an amount of too few or of one above all.

    A zero is sensitive only where the rule hides zeros. What was not observed is not sensitive.
    """
    none = 0.0 if rule.zeros == "hidden" else 1.0
    heads = np.where(cells.whole, cells.values, cells.persons)
    few = (heads >= none) & (heads < rule.min_cell)
    if rule.dominance is not None:
        few |= cells.largest > rule.dominance / 100 * cells.values
    return np.asarray(few & ~np.isnan(cells.values))


def needed(cells: Cells, rule: Privacy) -> FloatArray:
    """(n,) how far apart the least and the most must be that a reader can think of; 0 where the cell may be shown.

    A hidden count must leave room up to the threshold, so that nobody can even tell that it is small; an amount must
    stay unsure by the rule's margin (a hidden nothing, by that of the smallest amount).
    """
    some = ~cells.whole & (cells.values > 0)
    amount = np.fmax(cells.values, cells.values[some].min(initial=np.inf) if some.any() else 1.0)
    room = np.where(cells.whole, rule.min_cell - 1.0, rule.margin * amount)
    return np.where(sensitive(cells, rule), room, 0.0)
