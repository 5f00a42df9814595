"""The page on the made-up city gives the figures that are planted."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sigun.recipes.vehicles.made_up import rhythms
from sigun.recipes.vehicles.occurrence import build_days
from sigun.recipes.vehicles.truth import CITIZEN_OUTCOMES, Planted

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "made-up-city.md"
P = Planted()
DAYS = build_days(P)
DRY_MONTH = rhythms(DAYS, np.zeros(len(DAYS)), P)[0]


@pytest.mark.parametrize(
    "said",
    [
        f"two-wheelers | {P.two_wheelers:.0%} of reports".replace("%", " %"),
        f"February ({DRY_MONTH[1]:.2f} of an average month) and August ({DRY_MONTH[7]:.2f})",
        f"patrol finds × {P.campaign_ratio} in April, May, October, November",
        f"(elasticity {P.elasticities['1인가구비율']}) and old housing ({P.elasticities['노후주택비율']})",
        f"log noise {P.area_noise:.2f}; four hotspots (bell of {P.hotspot_metres:.0f} m)",
        f"ten more millimetres on the day: × {P.rain_ratio}",
        f"reports × {P.regime_ratio} from {P.regime}",
        f"no row from {P.hole[0]} to 2023-07-19 ({(P.hole[1] - P.hole[0]).days} days)",
        f"1 to {P.burst_limit} days after the first (exponential, mean {P.burst_mean:.0f} days)",
        f"{P.repeat_closed_as_duplicate:.0%} of second reports".replace("%", " %"),
        f"| {P.nearby} a vehicle within three weeks",
        f"base growing from {P.delay_days[0]:.0f} to {P.delay_days[1]}",
        f"{P.city_hall} rows at the city hall, {P.at_zero} at 0, 0 and {P.at_sea} in the sea",
        f"{P.chronic} reports of different vehicles from one door",
        f"| {P.exact_repeats} rows |",
        f"not found {CITIZEN_OUTCOMES['현장확인불가(차량없음)']:.0%}, ".replace("%", " %"),
        f"for {P.addresses_known:.0%} of the addresses".replace("%", " %"),
    ],
)
def test_the_page_says_what_is_planted(said: str) -> None:
    assert said in PAGE.read_text(encoding="utf-8")
