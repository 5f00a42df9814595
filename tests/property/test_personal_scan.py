"""Generated personal values are found wherever they stand; other long numbers are left alone. Nobody here is real."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from sigun.ingest.personal import LABELS
from sigun.ingest.residents import WEIGHTS, is_resident_number, passes_check
from sigun.ingest.scan import by_content, scan

DRAWS = 400
RNG = np.random.default_rng(20201001)


def invented(foreign: bool, checked: bool, dash: str) -> str:
    """A number of nobody: a day, a sex digit that fits its century, and a right or a random last digit."""
    born = date(1930, 1, 1) + timedelta(days=int(RNG.integers(0, 33_000)))
    sex = int(RNG.integers(1, 3)) + 2 * (born.year >= 2000) + 4 * foreign
    figures = [int(c) for c in f"{born:%y%m%d}{sex}"] + [int(c) for c in RNG.integers(0, 10, 5)]
    left = (11 - sum(w * f for w, f in zip(WEIGHTS, figures, strict=True)) % 11) % 10
    last = (left + 2 * foreign) % 10
    last = last if checked else (last + int(RNG.integers(1, 10))) % 10
    text = "".join(map(str, [*figures, last]))
    return text[:6] + dash + text[6:]


@pytest.mark.parametrize("foreign", [False, True])
@pytest.mark.parametrize("checked", [False, True])
@pytest.mark.parametrize("dash", ["-", " - ", ""])
def test_numbers_are_known_by_form_with_and_without_a_check_digit(foreign: bool, checked: bool, dash: str) -> None:
    numbers = [invented(foreign, checked, dash) for _ in range(DRAWS)]
    assert all(is_resident_number(n) for n in numbers)
    assert all(passes_check(n) == checked for n in numbers)
    found = by_content(pd.Series([f"민원인 {n} 문의" for n in numbers], dtype="str"))
    assert found is not None
    assert found.kind == "resident_number"
    if dash:
        assert (found.cells, found.sure) == (DRAWS, DRAWS * checked)


def test_a_few_among_many_cells_are_enough() -> None:
    text = pd.Series(["특이사항 없음"] * 300 + [invented(False, True, "-")] * 3, dtype="str")
    assert scan({"비고": text})["비고"].cells == 3


@pytest.mark.parametrize("text", ["900230-1234567", "901301-1234567", "1234567890123", "2012.01", "11010-1"])
def test_what_is_no_day_is_no_number(text: str) -> None:
    assert not is_resident_number(text)


def test_running_numbers_and_figures_are_left_alone() -> None:
    day = [date(2010, 1, 1) + timedelta(days=int(d)) for d in RNG.integers(0, 5000, DRAWS)]
    running = pd.Series([f"{d:%Y%m%d}{i:05d}" for i, d in enumerate(day)], dtype="str")
    amounts = pd.Series(RNG.integers(10**10, 10**13, DRAWS).astype(str), dtype="str")
    people = pd.Series([f"{n:,}" for n in RNG.integers(0, 10**7, DRAWS)], dtype="str")
    assert scan({"접수번호": running, "지급액": amounts, "인구": people}, frozenset({"지급액", "인구"})) == {}


def test_hidden_figures_still_tell_a_birthday() -> None:
    assert is_resident_number("900101-1******")


def test_phones_plates_and_mail_are_counted_by_column() -> None:
    n = RNG.integers(1000, 9999, 50)
    found = scan(
        {
            "메모": pd.Series([f"연락 010-{a}-{a}" for a in n], dtype="str"),
            "비고": pd.Series([f"{a % 90 + 10}가{a}" for a in n], dtype="str"),
            "문의": pd.Series([f"a{a}@example.org" for a in n], dtype="str"),
            "상세": pd.Series([f"가람아파트 {a % 20 + 101}동 {a % 1500 + 101}호" for a in n], dtype="str"),
        }
    )
    assert {h: (f.kind, f.cells) for h, f in found.items()} == {
        "메모": ("phone", 50), "비고": ("plate", 50), "문의": ("email", 50), "상세": ("home_address", 50),
    }  # fmt: skip
    assert {f.kind for f in found.values()} <= set(LABELS)


def test_names_are_seen_beside_addresses_only() -> None:
    given = [f"{a}{b}" for a in "가나다라마바" for b in "온솔별달"]
    people = pd.Series(["김이박최"[i % 4] + g for i, g in enumerate(given)], dtype="str")
    streets = pd.Series([f"새봄시 중앙로 {i}" for i in range(len(people))], dtype="str")
    places = pd.Series([f"{g}동" for g in given], dtype="str")
    assert {h: f.kind for h, f in scan({"대표": people, "위치": streets, "동": places}).items()} == {"대표": "name"}
    assert scan({"대표": people, "동": places}) == {}
