"""Whatever YAML can hold: a check of it ends in findings, never in an exception."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from sigun.catalog.guard import VERDICTS, checked, findings, mended
from sigun.errors import PlanError, SigunError
from sigun.plan.read import load
from valid_plans import TODAY, worlds

FILE = Path("plan.yaml")
ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 10**30, 16**6000, 1e308, float("inf"), float("nan"), -0.0),
    *(
        "",
        " ",
        "a" * 5000,
        "\ud800",
        "\u202e거꾸로",
        "\x00",
        "=1+1",
        "{{x}}",
        "null",
        "2020-13-45",
        "나" * 3000,
        "\u200b",
    ),
    *([], {}, [[]], [None], {"": ""}, {1: 2}, {None: None}, {True: []}, {date(2020, 1, 1): 1}, {"a": {"a": {"a": 1}}}),
    *(date(1, 1, 1), date(9999, 12, 31), datetime(2020, 1, 1, 12), b"\xff\x00", {"x", "y"}, (1, 2)),
)


def places_of(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of a document."""
    found = [at]
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in items:
        found += places_of(one, (*at, key))
    return found


def put(data: Any, place: tuple[Any, ...], value: Any) -> Any:
    """The document with another value at a place."""
    if not place:
        return value
    here = data
    for key in place[:-1]:
        here = here[key]
    here[place[-1]] = value
    return data


@pytest.mark.parametrize("seed", range(4))
def test_odd_values_anywhere(seed: int) -> None:
    rng = Random(seed)
    for _ in range(120):
        world = rng.choice(worlds())
        data = deepcopy(world.data)
        for _times in range(rng.randint(1, 3)):
            places = places_of(data)
            data = put(data, rng.choice(places), deepcopy(rng.choice(ODD)))
        found = findings(data, world.catalog, FILE, TODAY)
        assert all(one.verdict in VERDICTS and one.rule and one.path for one in found)
        for one in found:
            assert str(one.said)
            assert str(one.remedy) is not None
        findings(mended(data, found, asked=True), world.catalog, FILE, TODAY)


@pytest.mark.parametrize(
    "odd", ODD, ids=lambda one: repr(one)[:20] if not isinstance(one, int) or one < 10**40 else "huge"
)
def test_odd_documents(odd: Any) -> None:
    catalog = worlds()[0].catalog
    found = checked(odd, catalog, FILE, TODAY)
    assert found.rejected  # none of them is a plan
    for proposal in (odd, {"background": odd}, {"data": odd}, {"evidence": [odd]}, {"by": odd}):
        findings({**worlds()[0].data, "proposal": proposal}, catalog, FILE, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "? [a, b]\n: c\n",
        "? {a: b}\n: c\n",
        "{[a]: b}",
        "a: !!python/object:os.system x",
        "a: !!binary abc",
        "a: !!set {x, y}",
        "a: !!timestamp nonsense",
        "a: !!bool maybe",
        "a: !!int many",
        "a: !!omap [x]",
        "a: 0x" + "f" * 9000,
        "seed: 0x" + "f" * 9000,
        "<<: {a: 1}\nb: 2",
        "--- a\n--- b\n",
        "a: &x 1\nb: *x",
        "1: 2\n3.5: x\nnull: y\n2020-01-01: z\ntrue: w",
        "%TAG ! tag:x,2000:\n--- !y z",
        '"\\ud800": "\\udfff"',
        "a: 99999-99-99",
        "- " * 2000,
    ],
)
def test_odd_files(text: str, tmp_path: Path) -> None:
    file = tmp_path / "plan.yaml"
    file.write_text(text, encoding="utf-8")
    try:
        document = load(file, PlanError)
    except SigunError:
        return  # told as a file that cannot be read
    assert checked(document, worlds()[0].catalog, file, TODAY).rejected
