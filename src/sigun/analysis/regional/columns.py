"""Columns a step names (분석 열): each must be in the panel, and all that are not are told at once."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from sigun.errors import MethodError, require
from sigun.panel.regional.model import RegionPanel
from sigun.text import N_, Message, say


def require_columns(names: Iterable[str], panel: RegionPanel, where: Message) -> None:
    """Nothing where the panel has every column.

    Raises
    ------
    MethodError
        Columns are not in the panel: the nearest names are offered.
    """
    known = panel.asked.ids()
    require(
        MethodError(
            say(N_("The panel has no column “{name}”."), name=name),
            where,
            say(N_("Columns of the panel: {names}"), names=", ".join(get_close_matches(name, known, 3, 0.4) or known)),
        )
        for name in names
        if name not in known
    )
