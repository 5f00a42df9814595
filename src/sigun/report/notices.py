"""What a reader must know first (알림): data that were made up, words of a model nobody has confirmed."""

from __future__ import annotations

from collections.abc import Mapping

from sigun.text import N_

ALL_MADE_UP: Mapping[str, str] = {
    "report": N_("All data in this report were made up; it describes no real place."),
    "proposal": N_("This proposal is built on made-up data; it describes no real place."),
}
"""By the kind of the outline."""
SOME_AI = N_("A language model wrote some of this, and nobody has confirmed it yet: see the marks beside the headings.")
