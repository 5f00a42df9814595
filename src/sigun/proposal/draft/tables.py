"""A draft of statistical tables (통계표 초안): which family of regions and periods makes it."""

from __future__ import annotations

from sigun.plan.families import Family
from sigun.proposal.draft.asked import Asked
from sigun.proposal.draft.effects import of_effects
from sigun.proposal.draft.factors import of_factors
from sigun.proposal.draft.shelf import Shelf
from sigun.proposal.draft.sketch import Nothing, Sketch
from sigun.proposal.draft.summaries import of_summary
from sigun.proposal.draft.supply import of_supply


def of_tables(asked: Asked, shelf: Shelf, family: Family) -> Sketch | Nothing:
    """The sketch of a family that looks at tables."""
    if family in ("effect", "before_after"):
        return of_effects(asked, shelf, "effect" if family == "effect" else "before_after")
    if family == "supply_demand":
        return of_supply(asked, shelf)
    return of_factors(asked, shelf) if family == "factors" else of_summary(asked, shelf)
