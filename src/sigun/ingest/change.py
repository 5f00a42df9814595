"""What a later file changed of a table (새 파일로 달라진 것): counted, and the first of the values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

CELLS = 200  # changed values kept one by one; all of them are counted


@dataclass(frozen=True)
class Cell:
    """One value a later file tells otherwise."""

    place: str
    period: str  # as a person reads it; empty where the table has none
    column: str
    before: float
    after: float


@dataclass(frozen=True)
class Change:
    """What a later file changed of a table."""

    new_periods: tuple[str, ...]
    new_regions: tuple[str, ...]
    gone_regions: tuple[str, ...]  # told before and not by this file, where it is a file of mostly the same regions
    compared: int  # values told by both
    revised: int  # of these, told otherwise
    final: int  # rows provisional before, and not any more
    rows: int
    cells: tuple[Cell, ...] = ()  # the first `CELLS` of those revised
    file: str = field(default="", kw_only=True)

    def stored(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> Change:
        """From JSON."""
        lists = {name: tuple(said[name]) for name in ("new_periods", "new_regions", "gone_regions")}
        return cls(**{**said, **lists, "cells": tuple(Cell(**cell) for cell in said["cells"])})
