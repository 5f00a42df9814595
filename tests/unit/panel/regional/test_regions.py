"""Which regions a panel has: one level of the base date, but for those the plan leaves out by a name only one has."""

from __future__ import annotations

import pytest

from sigun.errors import SigunError
from sigun.panel.regional.regions import regions
from sigun.plan.variables import Regional
from sigun.region.codes import shipped


def names(*left_out: str | int, **said: object) -> list[str]:
    panel = {"base": "2022-12-31", "variables": [{"id": "x", "table": "t"}], "except": list(left_out), **said}
    return regions(Regional.model_validate(panel), shipped())["full"].tolist()


@pytest.mark.parametrize(
    "said", ["세종특별자치시", "세종특별자치시 세종시", "세종시", "36110", 36110, " 세종시 "]
)  # a 시도 with one region only may stand for it
def test_a_region_is_left_out_by_any_of_its_names(said: str | int) -> None:
    found = names(said)
    assert len(found) == 228 and not any("세종" in name for name in found)


def test_beside_within() -> None:
    assert len(names("가평군", "연천군", within=["경기"])) == 29


@pytest.mark.parametrize(
    ("said", "what", "near"),
    [
        ("가평근", "No region", "가평군"),
        ("중구", "6 regions", "부산광역시 중구"),
        ("경기도", "No region", ""),  # many regions: `within` says which 시도
        ("서귀포시", "No region", ""),  # not within
    ],
)
def test_a_name_of_none_or_of_several_is_an_error(said: str, what: str, near: str) -> None:
    within = {"within": ["경기"]} if said in ("가평근", "서귀포시") else {}
    with pytest.raises(SigunError) as bad:
        names(said, **within)
    assert what in str(bad.value) and near in bad.value.remedy and "panel.except" in bad.value.where


def test_all_names_that_are_wrong_are_said_at_once() -> None:
    with pytest.raises(SigunError) as bad:
        names("없는시", "모를군")
    assert "없는시" in str(bad.value) and "모를군" in str(bad.value)


def test_nothing_is_left_where_all_are_left_out() -> None:
    with pytest.raises(SigunError, match="no region"):
        names("제주시", "서귀포시", within=["제주"])
