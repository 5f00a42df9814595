"""What can be wrong with a plan (오류 심기): one fault put into a plan in order, and where it must be found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from random import Random
from typing import Any

from sigun.catalog.store import Catalog
from valid_plans import World

Data = dict[str, Any]
Paths = tuple[str, ...]


@dataclass(frozen=True)
class Mutant:
    """A plan with one fault: a finding at one of `paths` must say so."""

    operator: str
    data: Data
    catalog: Catalog
    paths: Paths
    seed: World


Operator = Callable[[Random, Data, Catalog], "Paths | tuple[Paths, Catalog] | None"]
OPERATORS: dict[str, Operator] = {}


def operator(make: Operator) -> Operator:
    """Keep an operator by its name."""
    OPERATORS[make.__name__] = make
    return make


def mutant(name: str, rng: Random, world: World) -> Mutant | None:
    """The plan with that fault in it; none where it has nowhere to go."""
    data = deepcopy(world.data)
    made = OPERATORS[name](rng, data, world.catalog)
    if made is None:
        return None
    if len(made) == 2 and isinstance(made[1], Catalog):
        return Mutant(name, data, made[1], made[0], world)
    return Mutant(name, data, world.catalog, made, world)  # type: ignore[arg-type]


def each(data: Data, part: str) -> list[tuple[str, Data]]:
    return [(f"panel.{part}.{i}", one) for i, one in enumerate(data.get("panel", {}).get(part) or [])]


def steps_of(data: Data, *methods: str) -> list[tuple[str, Data]]:
    return [(f"steps.{i}", step) for i, step in enumerate(data["steps"]) if step["method"] in methods]


def pick(rng: Random, places: list[tuple[str, Data]]) -> tuple[str, Data] | None:
    return rng.choice(places) if places else None


def slip(rng: Random, name: str) -> str:
    """A name with one letter wrong, missing, twice, or two changed about."""
    at = rng.randrange(1, len(name) - 1)
    wrong = rng.choice(
        [
            name[:at] + name[at + 1 :],
            name[:at] + name[at] + name[at:],
            name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :],
            name[:at] + ("x" if name[at] != "x" else "y") + name[at + 1 :],
        ]
    )
    return wrong if wrong != name else name + name[-1]


def columns_of(data: Data, catalog: Catalog, *measures: str) -> list[tuple[str, Data]]:
    """Variables of the panel of one column with such a measure."""
    found = []
    for path, one in each(data, "variables"):
        card = catalog.cards[one["table"]]
        taken = one.get("column") or one["id"]
        column = next((c for c in card.values() if c.id == taken), None)
        if not one.get("columns") and column is not None and column.measure in measures:
            found.append((path, one))
    return found


def derive(data: Data, one: Data) -> str:
    derived = data["panel"].setdefault("derived", [])
    derived.append(one)
    return f"panel.derived.{len(derived) - 1}"


def prose(rng: Random, data: Data, *keys: str) -> tuple[str, str]:
    """A text of the words, made where there is none; its key and path."""
    key = rng.choice(keys)
    data.setdefault("proposal", {}).setdefault(key, "주민 가까이의 문제를 자료로 살펴봅니다.")
    return key, f"proposal.{key}"


def put_in(rng: Random, data: Data, sentences: tuple[str, ...], *keys: str) -> Paths:
    key, path = prose(rng, data, *(keys or ("background", "problem", "use", "method", "decision")))
    before, said = data["proposal"][key], rng.choice(sentences)
    data["proposal"][key] = rng.choice([f"{before} {said}", f"{said} {before}"])
    return (path,)


def used(data: Data) -> list[str]:
    return [name for said in data["data"].values() for name in ([said] if isinstance(said, str) else said or [])]


def changed(catalog: Catalog, name: str, **changes: Any) -> Catalog:
    """The catalogue with one card changed; what was found out of the others is forgotten but their stretches."""
    cards = {**catalog.cards, name: catalog.cards[name].model_copy(update=changes)}
    memo = {key: value for key, value in catalog.memo.items() if key[0] == "extent"}
    return Catalog(catalog.workspace, cards, memo)


def mutants(n: int, plans: list[World], seed: int = 2) -> Iterator[Mutant]:
    """So many, every operator in turn, each on a plan it fits."""
    rng, names, made = Random(seed), [*OPERATORS], 0
    while made < n:
        name = names[made % len(names)]
        one = next((m for m in (mutant(name, rng, rng.choice(plans)) for _try in range(1000)) if m is not None), None)
        if one is None:
            raise LookupError(f"{name} fits no plan")
        made += 1
        yield one
