"""Made-up panels whose truth is known (말을 재는 세계): a table, the steps that ask of it, what would be true to say.

An outcome of region i in year t is, unless a world says otherwise, ``level + a·u + course + x'b + noise``: `u` is
what regions differ by for good and may stand in the factors too, the course is shared by all regions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

Array = Any  # of floats
OUTCOME = "tfr"
TITLES = {
    OUTCOME: "합계출산율",
    "price": "주택가격",
    "jobs": "고용률",
    "care": "보육시설",
    "grant": "장려금",
    "size": "가구원수",
}
REGIONS, YEARS, FIRST, BEFORE, MEMORY = 31, 15, 2008, 40, 0.5
ALL = ("pooled", "between", "within_region", "within_twoway", "first_difference")


@dataclass(frozen=True)
class Truth:
    """What is true of a factor: signs, and the figures behind them where they are known exactly."""

    within: int = 0  # once regions and years are taken out
    between: int = 0
    course: int = 0  # with regions alone taken out: the courses as they were drawn count
    testable: bool = True  # False: no direction may be told at all
    directed: bool = True  # False: the outcome moves it, so no direction may be read from an association
    exact: Mapping[str, float] = field(default_factory=dict)  # estimator -> coefficient


@dataclass(frozen=True)
class World:
    """One made-up panel: its table, the plan's steps, and the truth."""

    table: pd.DataFrame
    steps: Sequence[Mapping[str, Any]]
    factors: Mapping[str, Truth] = field(default_factory=dict)
    effect: int | None = None  # of the policy, where one is asked for: its sign, 0 for none
    moved: Sequence[str] = ()  # columns whose card says that the outcome moves them
    neighbours: str = ""  # a weights file


def lasting(rng: np.random.Generator, regions: int, years: int, memory: float = MEMORY) -> Array:
    """(regions, years) of an autoregression with one standard deviation."""
    shocks = rng.normal(size=(regions, BEFORE + years)) * np.sqrt(1 - memory**2)
    values = np.zeros_like(shocks)
    for t in range(1, shocks.shape[1]):
        values[:, t] = memory * values[:, t - 1] + shocks[:, t]
    return values[:, BEFORE:]


def of_means(years: int, memory: float = MEMORY) -> float:
    """Variance of the mean of so many years of `lasting`."""
    apart = np.abs(np.subtract.outer(np.arange(years), np.arange(years)))
    return float((memory**apart).mean())


def linear(
    rng: np.random.Generator,
    effects: Mapping[str, float],
    loads: Mapping[str, float] | None = None,
    on_outcome: float = 0.0,
    shape: tuple[int, int] = (REGIONS, YEARS),
) -> World:
    """Factors with effects inside regions, and what regions differ by for good in factors and outcome."""
    regions, years = shape
    b, c = np.array(list(effects.values())), np.array([(loads or {}).get(name, 0.0) for name in effects])
    u = rng.normal(size=(regions, 1))
    courses = 0.4 * rng.normal(size=(len(c) + 1, years)).cumsum(axis=1)
    x = np.array([_factor(rng, load * u, course) for load, course in zip(c, courses, strict=False)])
    own = rng.normal(size=(regions, 1)) + on_outcome * u + courses[-1]
    y = own + np.tensordot(b, x, 1) + lasting(rng, regions, years)
    alone = np.eye(len(c))
    between = b + np.linalg.solve(np.outer(c, c) + alone * (1 + of_means(years)), c * on_outcome)
    shared = np.cov(courses, bias=True)
    course = b + np.linalg.solve(shared[:-1, :-1] + alone * (1 - of_means(years)), shared[:-1, -1])
    known = {"within_twoway": b, "between": between, "within_region": course}
    truth = {
        name: Truth(
            within=_sign(b[k]),
            between=_sign(between[k]),
            course=_sign(course[k]),
            exact={estimator: float(values[k]) for estimator, values in known.items()},
        )
        for k, name in enumerate(effects)
    }
    return World(_table(y, dict(zip(effects, x, strict=True))), [asked(list(effects))], truth)


def _factor(rng: np.random.Generator, lasts: Array, course: Array) -> Array:
    """(regions, years): what lasts in a region, what all share in a year, and its own ups and downs."""
    return rng.normal(size=lasts.shape) + lasts + course + lasting(rng, len(lasts), len(course))


def inside(rng: np.random.Generator) -> World:
    """Two factors move the outcome inside regions, a third does not."""
    up, down = _signs(rng, 2)
    return linear(rng, {"price": 0.4 * up, "jobs": 0.4 * down, "care": 0.0})


def confounder(rng: np.random.Generator) -> World:
    """What regions differ by for good stands in two factors without effect and in the outcome; a third has one."""
    one, other = _signs(rng, 2)
    return linear(
        rng, {"price": 0.0, "jobs": 0.0, "care": 0.4}, {"price": 2.0 * one, "jobs": 1.5 * other}, on_outcome=3
    )


def opposite(rng: np.random.Generator) -> World:
    """Inside regions one way, between them the other."""
    way = _signs(rng, 1)[0]
    return linear(rng, {"price": 0.5 * way, "care": 0.0}, {"price": -1.5 * way}, on_outcome=3)


def common_trend(rng: np.random.Generator) -> World:
    """Factor and outcome drift alike everywhere, and that is all they share."""
    ways, years = _signs(rng, 2), np.arange(YEARS)
    drift = 0.25 * np.outer(ways, years)
    x = rng.normal(size=(REGIONS, 1)) + drift[0] + lasting(rng, REGIONS, YEARS)
    y = rng.normal(size=(REGIONS, 1)) + drift[1] + lasting(rng, REGIONS, YEARS)
    truth = {"price": Truth(course=ways[0] * ways[1], exact={"within_twoway": 0.0, "between": 0.0})}
    return World(_table(y, {"price": x}), [asked(["price"])], truth)


def reverse(rng: np.random.Generator) -> World:
    """The outcome moves the factor a year later; the factor moves nothing."""
    way = _signs(rng, 1)[0]
    y = rng.normal(size=(REGIONS, 1)) + lasting(rng, REGIONS, YEARS + 1, 0.7)
    x = 0.8 * way * y[:, :-1] + rng.normal(size=(REGIONS, 1)) + 0.6 * lasting(rng, REGIONS, YEARS)
    return World(_table(y[:, 1:], {"price": x}), [asked(["price"])], {"price": Truth(way, way, directed=False)})


def bad_control(rng: np.random.Generator) -> World:
    """A factor with an effect, and one that the outcome itself moves: its card says so."""
    way = _signs(rng, 1)[0]
    made = linear(rng, {"price": 0.4 * way})
    y = made.table[OUTCOME].to_numpy()
    table = made.table.assign(size=0.8 * y + 0.6 * rng.normal(size=len(y)))
    truth = {**made.factors, "size": Truth(testable=False, directed=False)}
    return World(table, [asked(["price", "size"])], truth, moved=("size",))


def walks(rng: np.random.Generator) -> World:
    """Outcome and factors wander, each on its own."""
    y, *x = (rng.normal(size=(REGIONS, YEARS)).cumsum(axis=1) for _ in range(3))
    truth = Truth(exact={"within_twoway": 0.0, "between": 0.0})
    names = ("price", "jobs")
    return World(_table(y, dict(zip(names, x, strict=True))), [asked(names)], dict.fromkeys(names, truth))


def few_exposed(rng: np.random.Generator) -> World:
    """A factor that ever moved in two to four regions, with an effect in half of the panels; another with one."""
    made = linear(rng, {"price": 0.4})
    exposed, start = int(rng.integers(2, 5)), int(rng.integers(4, 11))
    grant = np.zeros((REGIONS, YEARS))
    grant[:exposed, start:] = 1
    effect = 0.8 * rng.integers(0, 2)
    table = made.table.assign(grant=grant.ravel(), tfr=made.table[OUTCOME] + effect * grant.ravel())
    return World(table, [asked(["price", "grant"])], {**made.factors, "grant": Truth(testable=False)})


def cross_section(rng: np.random.Generator) -> World:
    """One year alone: only differences between regions can be told."""
    up, down = _signs(rng, 2)
    effects = {"price": 0.6 * up, "jobs": 0.6 * down, "care": 0.0}
    x = {name: rng.normal(size=60) for name in effects}
    y = sum(effects[name] * x[name] for name in effects) + rng.normal(size=60)
    table = pd.DataFrame({"region": _names(60), OUTCOME: np.round(y, 6), **x})
    truth = {n: Truth(0, _sign(b), exact={"pooled": b}) for n, b in effects.items()}
    return World(table, [asked(list(effects), ["pooled"])], truth)


def spatial(rng: np.random.Generator) -> World:
    """Neighbours share the ups and downs of outcome and factors alike; one factor has an effect."""
    side, years = 6, 12
    links = _lattice(side)
    smooth = np.linalg.inv(np.eye(side**2) - 0.5 * links / links.sum(axis=1, keepdims=True))
    draw = [smooth @ lasting(rng, side**2, years, 0.6) for _ in range(3)]
    way = _signs(rng, 1)[0]
    levels = rng.normal(size=(3, side**2, 1))
    x, z, noise = (a + level for a, level in zip(draw, levels, strict=True))
    truth = {
        "price": Truth(way, way, exact={"within_twoway": 0.5 * way}),
        "jobs": Truth(exact={"within_twoway": 0.0}),
    }
    y = 0.5 * way * x + noise
    return World(_table(y, {"price": x, "jobs": z}), [asked(["price", "jobs"])], truth, neighbours=_gal(links))


def policy(rng: np.random.Generator, effect: float) -> World:
    """Ten regions begin at different times."""
    start = np.r_[rng.integers(5, 11, 10), np.full(REGIONS - 10, YEARS)]
    way = _signs(rng, 1)[0]
    return _with_policy(rng, start, effect * way, step=_effect())


def policy_with_factor(rng: np.random.Generator, effect: float) -> World:
    """The same, and a factor is asked about beside."""
    made, way = policy(rng, effect), _signs(rng, 1)[0]
    x = _factor(rng, np.zeros((REGIONS, 1)), np.zeros(YEARS)).ravel()
    table = made.table.assign(price=x, tfr=made.table[OUTCOME] + 0.3 * way * x)
    truth = {"price": Truth(way, way, exact={"within_twoway": 0.3 * way})}
    return World(table, [asked(["price"]), _effect(controls=["price"])], truth, effect=made.effect)


def before_already(rng: np.random.Generator) -> World:
    """No effect, but the regions of the policy were on another way before it."""
    start = np.r_[np.full(10, 9), np.full(REGIONS - 10, YEARS)]
    way = _signs(rng, 1)[0]
    return _with_policy(rng, start, 0.0, drift=0.25 * way, step=_effect())


def one_treated(rng: np.random.Generator) -> World:
    """One region alone, with an effect in half of the panels."""
    start = np.r_[9, np.full(REGIONS - 1, YEARS)]
    return _with_policy(rng, start, 3.0 * _signs(rng, 1)[0] * rng.integers(0, 2), step=_effect())


def _with_policy(
    rng: np.random.Generator, start: Array, effect: float, step: Mapping[str, Any], drift: float = 0.0
) -> World:
    years = np.arange(YEARS)
    on = years >= start[:, None]
    ever = (start < YEARS)[:, None]
    y = rng.normal(size=(REGIONS, 1)) + 0.4 * rng.normal(size=YEARS).cumsum() + 0.5 * lasting(rng, REGIONS, YEARS)
    y = y + effect * on + drift * years * ever
    return World(_table(y, {"grant": on.astype(float)}), [step], effect=_sign(effect))


def asked(names: Sequence[str], estimators: Sequence[str] = ALL) -> Mapping[str, Any]:
    """The step `factors`, with few draws."""
    return {
        "method": "factors",
        "outcome": {"variable": OUTCOME},
        "factors": [{"group": "요인", "variables": list(names)}],
        "estimators": list(estimators),
        "inference": {"draws": 499},
        "robustness": {"max_specs": 200, "draws": 199},
        "explain": {"model": "none"},
    }


def _effect(**more: Any) -> Mapping[str, Any]:
    treatment = {"title": "장려금", "variable": "grant"}
    said = {"method": "effect", "outcome": {"variable": OUTCOME}, "treatment": treatment}
    return {**said, "draws": 199, "placebos": 199, **more}


def _table(y: Array, x: Mapping[str, Array]) -> pd.DataFrame:
    regions, years = y.shape
    columns = {name: np.round(values.ravel(), 6) for name, values in {OUTCOME: y, **x}.items()}
    return pd.DataFrame(
        {"region": np.repeat(_names(regions), years), "year": np.tile(FIRST + np.arange(years), regions), **columns}
    )


def _names(regions: int) -> list[str]:
    return [f"R{i:02}" for i in range(regions)]


def _lattice(side: int) -> Array:
    """Who is beside whom on a square, (side², side²)."""
    row, column = np.divmod(np.arange(side**2), side)
    far = np.abs(np.subtract.outer(row, row)) + np.abs(np.subtract.outer(column, column))
    return (far == 1).astype(float)


def _gal(links: Array) -> str:
    """The links as a weights file."""
    names = _names(len(links))
    lines = [f"0 {len(names)} made region"]
    for name, row in zip(names, links, strict=True):
        beside = [names[j] for j in np.flatnonzero(row)]
        lines += [f"{name} {len(beside)}", " ".join(beside)]
    return "\n".join(lines) + "\n"


def _signs(rng: np.random.Generator, n: int) -> list[int]:
    return [int(way) for way in rng.choice([-1, 1], n)]


def _sign(value: float) -> int:
    return int(np.sign(np.round(value, 9)))


WORLDS: Mapping[str, tuple[int, Callable[[np.random.Generator], World]]] = {
    "effect inside regions": (18, inside),
    "confounder between regions": (18, confounder),
    "opposite between and within": (18, opposite),
    "common course only": (14, common_trend),
    "outcome moves factor": (14, reverse),
    "bad control, declared": (14, bad_control),
    "random walks": (14, walks),
    "two to four regions exposed": (12, few_exposed),
    "one year alone": (14, cross_section),
    "neighbours alike": (14, spatial),
    "policy with effect": (12, lambda rng: policy(rng, 1.2)),
    "policy without": (10, lambda rng: policy(rng, 0.0)),
    "policy and a factor": (8, lambda rng: policy_with_factor(rng, 1.2)),
    "another way before": (10, before_already),
    "one region treated": (10, one_treated),
}
"""How many panels of each, and how one is made: 200 in all."""
