"""A draft of statistical tables (통계표 초안): which of the families of regions and periods makes it."""

from __future__ import annotations

from sigun.plan.families import Family
from sigun.proposal.draft.asked import Asked
from sigun.proposal.draft.factors import of_factors
from sigun.proposal.draft.shelf import Shelf
from sigun.proposal.draft.sketch import Nothing, Sketch
from sigun.text import N_, say


def of_tables(asked: Asked, shelf: Shelf, family: Family) -> Sketch | Nothing:
    """The sketch of that family."""
    if family == "factors":
        return of_factors(asked, shelf)
    return Nothing(say(N_("No draft of this kind can be made.")))
