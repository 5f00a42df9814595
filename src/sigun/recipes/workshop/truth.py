"""What is planted in the workshop's own files (심어 둔 사실): which dongs lack places, what a development changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Planted:
    """Settings of the simulation. Shares are of people or of what is needed."""

    # day care: public places for each child of the city, and the dongs that have a fraction of it
    public_places: float = 0.22
    all_places: float = 0.62
    short_of_care: tuple[str, ...] = ("늘솔1동", "단미동", "별하동")
    # homes for the elderly: places for each person entitled to long-term care
    home_places: float = 0.34
    short_of_homes: tuple[str, ...] = ("꽃가람동", "온새미동", "윤슬동")
    # public parking: places for each registered car
    parking_places: float = 0.11
    short_of_parking: tuple[str, ...] = ("라온1동", "도래샘동")
    left_over: float = 0.15  # of the usual places, in a dong that is short of them
    # flooding: reports of a dong and month, and what the development made of them
    developed: tuple[str, ...] = ("해늘동", "온새미동")
    completed: str = "2022-07"
    times: float = 1.7  # as many reports as there would have been
    flood_spread: float = 0.25  # standard deviation of a dong's log level
    month_spread: float = 0.18  # of a month's log, shared by all dongs


@dataclass(frozen=True)
class Truth:
    """What this seed made of it."""

    seed: int
    planted: Planted
    places: Mapping[str, Mapping[str, int]] = field(default_factory=dict)  # file -> dong -> places inside it

    def write(self, folder: Path) -> None:
        """As `workshop_truth.json` in `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (folder / "workshop_truth.json").write_text(text + "\n", encoding="utf-8", newline="\n")
