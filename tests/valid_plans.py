"""Plans in order, many of them: those of the examples and the recipe, and variations of them with words beside."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from sigun.catalog.guard.extent import Extent
from sigun.catalog.store import Catalog, read_card, read_catalog
from sigun.settings import Workspace, open_workspace

ROOT = Path(__file__).resolve().parent.parent
RECIPE = ROOT / "src" / "sigun" / "recipes" / "births"
TODAY = date(2026, 11, 22)

FOLDERS = (
    ("boston", date(2011, 7, 1), date(2019, 1, 1)),
    ("korea_births", date(2000, 1, 1), date(2025, 1, 1)),
    ("korea_provinces", date(2000, 1, 1), date(2025, 1, 1)),
)


@dataclass(frozen=True)
class World:
    """A plan as YAML tells it, and the catalogue it is of."""

    name: str
    data: dict[str, Any]
    catalog: Catalog


@lru_cache(maxsize=1)
def worlds() -> tuple[World, ...]:
    """The plans that come with the program, with catalogues that say from when to when each table tells."""
    found = []
    for folder, first, end in FOLDERS:
        place = ROOT / "examples" / folder
        catalog = covering(read_catalog(open_workspace(place)), first, end)
        found += [World(f"{folder}/{file.stem}", read(file), catalog) for file in sorted(place.glob("plan*.yaml"))]
    cards = {card.id: card for card in map(read_card, sorted((RECIPE / "cards").glob("*.yaml")))}
    catalog = covering(
        Catalog(Workspace(ROOT / "examples", ROOT / "examples"), cards), date(2010, 1, 1), date(2025, 1, 1)
    )
    found += [World("births", one, catalog) for one in (read(RECIPE / "plan.yaml"), rich(read(RECIPE / "plan.yaml")))]
    return tuple(found)


def read(file: Path) -> dict[str, Any]:
    """The values of a YAML file."""
    said: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return said


def covering(catalog: Catalog, first: date, end: date) -> Catalog:
    """The catalogue with the stretch of its tables, as their cleaned files would tell it."""
    for card in catalog.cards.values():
        dated = card.kind in ("events", "area_periods", "weather", "cells")
        catalog.memo["extent", card.id] = Extent(first, end, "") if dated else None
    return catalog


def rich(plan: dict[str, Any]) -> dict[str, Any]:
    """The recipe's plan with derived columns of every kind, months of treatment, and a rule of disclosure."""
    plan["id"] = "births_rich"
    plan["panel"]["derived"] += [
        {
            "id": "births_per_woman",
            "op": "rate",
            "of": "births",
            "per": "women_15_49",
            "title": "여성 천 명당 출생아 수",
        },
        {"id": "both_women", "op": "sum", "of": ["women_15_49", "women_25_34"], "title": "여성 인구 합"},
        {"id": "tfr_before", "op": "lag", "of": "tfr", "periods": 1},
        {"id": "births_change", "op": "change", "of": "births", "periods": 2, "how": "percent"},
        {"id": "births_index", "op": "rebase", "of": "births", "at": date(2015, 7, 1)},
        {"id": "births_each", "op": "per_capita", "of": "births", "population": "women_25_34"},
        {"id": "births_log", "op": "log", "of": "births"},
    ]
    plan["privacy"] = {"min_cell": 5}
    plan["time"] = {"start": date(2011, 1, 1), "end": date(2024, 1, 1)}
    effect = next(step for step in plan["steps"] if step["method"] == "effect")
    effect["treatment"] = {"title": "출산지원금", "starts": {"가람군": 2016, "솔뫼군": 2018}}
    effect["window"] = {"before": 4, "after": 4}
    return plan


SENTENCES = (
    "방치 차량이 어디에 생길지 미리 알고 순찰하고 싶다",
    "우리 시 출생이 왜 줄어드는지 알고 싶다",
    "시군의 인구와 재정이 어떤지 한눈에 보고 싶다",
    "신고가 언제 어디에 많은지 살펴보고 싶다",
)
BACKGROUNDS = (
    "방치된 차량은 골목의 통행을 막습니다. 신고가 들어온 뒤에야 나가 보면 순찰 인력을 고르게 쓰기 어렵습니다.",
    "우리 시군은 2015년 이후 출생이 꾸준히 줄고 있습니다. 담당 부서마다 자료가 흩어져 있어 함께 본 적이 없습니다.",
    "주민 가까이의 문제를 자료로 살펴보고 정책의 순서를 정하려는 것입니다.",
    "2024년 7월 1일 협의체에서 시군이 함께 정한 과제입니다. 제17조에 따라 자료를 함께 씁니다.",
    "민원인이 되풀이해 같은 곳을 신고합니다. 공원 인접 도로와 주택가의 사정이 서로 다릅니다.",
)
PROBLEMS = (
    "어느 동네에 신고가 몰리는지, 그곳에 무엇이 함께 있는지 알지 못합니다.",
    "어떤 여건이 출생과 함께 움직이는지 지역 안의 변화로 살펴본 적이 없습니다.",
    "관련이 있다고 해서 원인은 아니므로, 함께 움직이는 것만 말합니다.",
    "노인 인구가 많은 동네의 순위와 시설의 위치를 나란히 봅니다.",
)
USES = (
    "순찰 시간을 줄이기 위해 먼저 살필 곳을 정하는 데 씁니다.",
    "내년 사업의 대상 지역을 정하고, 시행 뒤 다시 살펴봅니다.",
    "개인별 순위는 매기지 않습니다. 동네와 시기만 봅니다.",
    "읍면동장 회의에서 지도를 함께 보며 현장의 의견을 듣습니다.",
)
TITLES = ("저출생 요인 살펴보기", "방치 차량 예측과 순찰", "동네별 신고 특성", "시군 재정과 인구 한눈에 보기")


def variation(rng: Random, world: World) -> World:
    """Another plan in order: fewer steps, factors and months, other words."""
    data = deepcopy(world.data)
    data["title"] = rng.choice(TITLES)
    data["seed"] = rng.randrange(1, 10**8)
    if "panel" in data:
        _fewer_factors(rng, data)
        data["panel"]["loss_max"] = rng.choice([0.1, 0.2, 0.3])
    else:
        data["space"] = {**data.get("space", {}), "cell": rng.choice([250, 500, 1000])}
        data.setdefault("time", {})
    if len(data["steps"]) > 2:
        kept = sorted(rng.sample(range(len(data["steps"])), rng.randint(2, len(data["steps"]))))
        data["steps"] = [data["steps"][i] for i in kept]
    if rng.random() < 0.75:
        data["proposal"] = words(rng, data)
    return World(world.name, data, world.catalog)


def _fewer_factors(rng: Random, data: dict[str, Any]) -> None:
    for step in data["steps"]:
        if step["method"] == "factors" and len(step["factors"]) > 1:
            step["factors"] = rng.sample(step["factors"], rng.randint(1, len(step["factors"])))


def words(rng: Random, data: dict[str, Any]) -> dict[str, Any]:
    """A 기획안 beside a plan, as a careful team writes it."""
    named = [name for said in data["data"].values() for name in ([said] if isinstance(said, str) else said or [])]
    said: dict[str, Any] = {
        "sentence": rng.choice(SENTENCES),
        "org": "한빛시 데이터정책과",
        "background": rng.choice(BACKGROUNDS),
        "problem": rng.choice(PROBLEMS),
        "questions": ["어디에 많고 언제 많은가?", "무엇과 함께 움직이는가?"],
        "use": rng.choice(USES),
        "data": [{"id": name, "role": "cause", "purpose": "함께 봅니다"} for name in named[:3]],
        "risks": [{"what": "신고가 없는 곳이 깨끗한 곳은 아닐 수 있습니다.", "response": "현장 확인을 함께 합니다."}],
        "schedule": [{"what": "자료 확보", "when": "착수 후 2주"}, {"what": "분석", "until": date(2027, 3, 31)}],
        "by": {"background": {"by": "rule"}, "problem": {"by": "person", "confirmed": True}},
    }
    if len(named) > 1:
        said["joins"] = [{"left": named[0], "right": named[1], "keys": ["시군구", "연도"], "expected": 0.98}]
    if rng.random() < 0.4:
        said["background"] += " 작년 신고는 1,284건이었습니다."
        said["evidence"] = [
            {"sentence": "작년 신고는 1,284건이었습니다.", "source": "민원 처리 대장, https://www.data.go.kr"}
        ]
    return said


def valid_plans(n: int, seed: int = 1) -> list[World]:
    """So many plans in order: those that come with the program first, then variations of them in turn."""
    rng, base = Random(seed), worlds()
    plans = [World(w.name, deepcopy(w.data), w.catalog) for w in base[:n]]
    while len(plans) < n:
        plans.append(variation(rng, base[len(plans) % len(base)]))
    return plans
