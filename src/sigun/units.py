"""Units and measure types (단위·측정 유형): what may be added up, and what may not."""

from __future__ import annotations

from typing import Literal

from sigun.text import N_

Measure = Literal["stock", "flow", "rate", "index", "share"]

ADDITIVE_OVER_SPACE: frozenset[Measure] = frozenset({"stock", "flow"})
ADDITIVE_OVER_TIME: frozenset[Measure] = frozenset({"flow"})

WORDS = (
    *(N_("stock"), N_("flow"), N_("rate"), N_("index"), N_("share")),
    *(N_("day"), N_("month"), N_("quarter"), N_("year"), N_("number")),
    *(N_("nation"), N_("sido"), N_("sigungu"), N_("gu"), N_("dong"), N_("own")),
)
"""Measures, spans and levels, as they go into sentences."""
