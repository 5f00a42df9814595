"""Faults in the frame of a plan (G4, G5): its periods and its regions."""

from __future__ import annotations

from datetime import date
from random import Random

from mutating import Data, Paths, columns_of, derive, each, operator, pick, put_in, steps_of
from sigun.catalog.store import Catalog

# G4: time


@operator
def reversed_dates(rng: Random, data: Data, catalog: Catalog) -> Paths:
    data["time"] = {"start": date(2018, 1, 1), "end": date(2014, 1, 1)}
    return ("time.end",)


@operator
def dead_period(rng: Random, data: Data, catalog: Catalog) -> Paths | None:
    if (data.get("panel") or {}).get("unit") == "own":
        return None
    if rng.random() < 0.5:
        data["time"] = {"start": date(2026, 1, 1)}
        return ("time.start",)
    data["time"] = {"end": date(1995, 1, 1)}
    return ("time.end",)


@operator
def period_to_come(rng: Random, data: Data, catalog: Catalog) -> Paths:
    data["time"] = {"start": date(2031, 1, 1)}
    return ("time.start",)


@operator
def end_beyond_the_data(rng: Random, data: Data, catalog: Catalog) -> Paths:
    data["time"] = {**(data.get("time") or {}), "end": date(2026, rng.randint(1, 10), 1)}
    return ("time.end",)


@operator
def look_ahead_lag(rng: Random, data: Data, catalog: Catalog) -> Paths | None:
    if "panel" not in data:
        return None
    found = pick(rng, steps_of(data, "factors"))
    if found is not None and rng.random() < 0.5:
        found[1]["factors"][0]["lag"] = [-1]
        return (f"{found[0]}.factors.0.lag.0",)
    of = data["panel"]["variables"][0]["id"]
    return (f"{derive(data, {'id': 'made', 'op': 'lag', 'of': of, 'periods': -rng.randint(1, 3)})}.periods",)


@operator
def weather_to_come(rng: Random, data: Data, catalog: Catalog) -> Paths | None:
    if "panel" in data:
        return None
    data["conditions"] = {"weather": "forecast"}
    return ("conditions.weather",)


@operator
def final_status_known_before(rng: Random, data: Data, catalog: Catalog) -> Paths | None:
    if not steps_of(data, "forecast", "backtest", "patrol"):
        return None
    if data.get("target") == "final_status":
        return None
    data["target"] = "final_status"
    return ("target",)


@operator
def lag_longer_than_the_panel(rng: Random, data: Data, catalog: Catalog) -> Paths | None:
    if "panel" not in data:
        return None
    of = data["panel"]["variables"][0]["id"]
    return (f"{derive(data, {'id': 'made', 'op': 'lag', 'of': of, 'periods': 60})}.periods",)


@operator
def effect_without_a_time_before(rng: Random, data: Data, catalog: Catalog) -> Paths | None:
    found = pick(rng, [s for s in steps_of(data, "effect") if "starts" in s[1]["treatment"]])
    if found is None:
        return None
    name = rng.choice([*found[1]["treatment"]["starts"]])
    found[1]["treatment"]["starts"][name] = rng.choice([2011, 2012, "2011"])
    return (f"{found[0]}.treatment.starts.{name}",)


@operator
def window_longer_than_the_data(rng: Random, data: Data, catalog: Catalog) -> Paths | None:
    found = pick(rng, steps_of(data, "effect", "before_after"))
    if found is None:
        return None
    side = rng.choice(["before", "after"])
    found[1]["window"] = {side: 40}
    return (f"{found[0]}.window.{side}",)


@operator
def base_day_outside(rng: Random, data: Data, catalog: Catalog) -> Paths | None:
    if "panel" not in data:
        return None
    of = data["panel"]["variables"]
    name = next((v["id"] for p, v in columns_of(data, catalog, "flow", "stock")), None)
    if name is None or not of:
        return None
    data["time"] = {"start": date(2012, 1, 1), "end": date(2020, 1, 1)}
    return (f"{derive(data, {'id': 'made', 'op': 'rebase', 'of': name, 'at': date(2024, 5, 5)})}.at",)


@operator
def random_split_asked(rng: Random, data: Data, catalog: Catalog) -> Paths:
    return put_in(
        rng,
        data,
        (
            "자료를 무작위로 나누어 검증합니다.",
            "랜덤하게 나눈 뒤 시험합니다.",
            "We use a random split of rows.",
        ),
        "method",
        "problem",
    )


# G5: space


@operator
def downscaling(rng: Random, data: Data, catalog: Catalog) -> Paths | None:
    found = pick(rng, [(p, v) for p, v in each(data, "variables") if v.get("from") and _level_of(catalog, v) == "sido"])
    if found is None:
        return None
    del found[1]["from"]
    return (f"{found[0]}.from",)


def _level_of(catalog: Catalog, variable: Data) -> str:
    roles = {c.role for c in catalog.cards[variable["table"]].fields}
    if roles & {"region", "region_name", "dong", "sigungu"}:
        return ""
    return "sido" if "sido" in roles else ""


@operator
def finer_than_the_table(rng: Random, data: Data, catalog: Catalog) -> Paths | None:
    panel = data.get("panel") or {}
    if panel.get("unit") != "sigungu":
        return None
    panel["unit"] = "dong"
    return tuple(f"{path}.from" for path, one in each(data, "variables"))


@operator
def outcome_of_a_larger_region(rng: Random, data: Data, catalog: Catalog) -> Paths | None:
    found = pick(rng, steps_of(data, "factors"))
    above = [v["id"] for _p, v in each(data, "variables") if v.get("from") and (data["panel"]["unit"]) == "sigungu"]
    if found is None or not above:
        return None
    name = rng.choice(above)
    step = found[1]
    step["outcome"] = {"variable": name}
    step["controls"] = []
    groups = [{**group, "variables": [v for v in group["variables"] if v != name]} for group in step["factors"]]
    step["factors"] = [group for group in groups if group["variables"]]
    return (f"{found[0]}.outcome.variable",) if step["factors"] else None


@operator
def base_to_come(rng: Random, data: Data, catalog: Catalog) -> Paths | None:
    if not (data.get("panel") or {}).get("base"):
        return None
    data["panel"]["base"] = rng.choice([date(2030, 12, 31), date(1975, 1, 1)])
    return ("panel.base",)


@operator
def not_in_metres(rng: Random, data: Data, catalog: Catalog) -> Paths | None:
    if "panel" in data:
        return None
    data.setdefault("space", {})["crs"] = "EPSG:4326"
    return ("space.crs",)
