"""What is planted in the made-up province (심어 둔 참값): every number the simulator follows, and what came of it.

`Planted` holds the settings, `FACTORS` what each factor is and does; `docs/reference/made-up-province.md` says it in
words. `Truth` is what one seed made of them, so that an analysis can be checked against the answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

TRUTH_FILE = "truth.json"

Part = Literal["true", "false", "between", "moved", "untold"]
"""Has an effect inside regions · has none · has none, but goes with the level of regions · is itself moved by births
· cannot be tested: it does not differ inside the province, or never changes."""


class Factor(NamedTuple):
    """One factor: how it varies, and what it does to the total fertility rate."""

    id: str  # as the recipe's plan calls it
    part: Part
    mean: float
    between: float  # standard deviation of the regions' levels
    urban: float  # correlation of these levels with how urban a region is
    trend: float  # change over the fifteen years, the same in all regions
    within: float  # standard deviation inside regions, the trend taken out
    memory: float  # of last year in this one
    effect: float = 0.0  # on the rate, children a woman, for one unit more
    lag: int = 0  # years until it works


FACTORS = (
    Factor("marriage_rate", "true", 6.0, 0.6, 0.1, -2.4, 0.35, 0.6, 0.08, 1),
    Factor("jeonse_index", "true", 88.0, 4.0, 0.1, 24.0, 5.0, 0.7, -0.006, 1),
    Factor("public_childcare", "true", 22.0, 5.0, -0.1, 14.0, 3.5, 0.6, 0.008, 2),
    Factor("regular_workers", "true", 60.0, 5.0, 0.1, 6.0, 2.5, 0.5, 0.011, 1),
    Factor("fiscal_independence", "between", 32.0, 14.0, 0.95, 0.0, 1.6, 0.6),
    Factor("academies", "false", 1.9, 0.45, 0.2, 0.3, 0.12, 0.6),
    Factor("employment_rate_female", "false", 51.0, 3.5, 0.1, 5.0, 1.8, 0.6),
    Factor("elderly_share", "false", 19.0, 5.0, -0.2, 8.0, 0.7, 0.7),
    Factor("culture_places", "false", 6.0, 1.8, -0.1, 1.5, 0.7, 0.5),
    Factor("obstetrics", "false", 2.6, 0.7, 0.1, -0.4, 0.25, 0.5),
    Factor("household_size", "moved", 2.55, 0.12, 0.0, -0.35, 0.02, 0.5),
    Factor("graduates_share", "untold", 38.0, 8.0, 0.2, 0.0, 0.0, 0.0),
)
"""Effects are those inside regions. What goes with the level of regions does so through how urban they are."""


@dataclass(frozen=True)
class Planted:
    """The settings of the simulator; rates in children a woman."""

    first: int = 2010
    last: int = 2024  # provisional
    level: float = 1.12  # of the total fertility rate, over regions and years
    urban: float = -0.17  # lower for one standard deviation more urban
    level_noise: float = 0.05  # standard deviation of the regions' levels left unexplained
    fall: float = -0.42  # over the fifteen years, everywhere alike
    noise: float = 0.022  # standard deviation inside regions
    memory: float = 0.5  # of last year's noise in this one's
    spatial: float = 0.3  # of the neighbours' mean in a region's own
    young_women: float = 0.005  # more for one per cent more of women 25 to 34 among those 15 to 49
    grant: tuple[float, ...] = (0.04, 0.09)  # in the year a grant starts, and in every year after
    grant_years: Mapping[int, int] = field(default_factory=lambda: {2014: 5, 2016: 4, 2018: 5, 2020: 5})
    moved: float = 0.30  # persons a household for one child a woman more
    split: int = 2017  # on the first of January of it one city became two
    shares: tuple[float, float] = (0.54, 0.46)  # of its counts, as the table of regions declares them
    lacking: int = 3  # counties of which the survey of employment tells nothing


@dataclass(frozen=True)
class Truth:
    """What one seed made of the settings."""

    seed: int
    planted: Planted
    factors: Mapping[str, Mapping[str, float | str]]  # id -> part, effect, lag, in the plan's units
    grants: Mapping[str, int]  # name -> year in which its grant starts; those never told never do
    effect: Mapping[int, float]  # years since the start -> on the rate
    level: Mapping[str, float]  # name -> the region's own level
    expected: Mapping[str, tuple[float, ...]]  # name -> expected total fertility rate, year by year
    births: Mapping[int, int]  # year -> in the province
    split: Mapping[str, tuple[float, ...]]  # new city -> its share of the old one's births, year by year, as it was
    lacking: tuple[str, ...]  # counties the survey of employment does not tell

    def write(self, folder: Path) -> Path:
        """Write `truth.json` into a folder (never the one with the raw files) and return its path."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / TRUTH_FILE
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)
        path.write_text(text + "\n", encoding="utf-8", newline="\n")
        return path
