"""법정동 and 행정동, joined by the MOIS file."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sigun.errors import IngestError, Several
from sigun.region.kikmix import (
    INCOMPLETE,
    NO_PARTNER,
    NO_WEIGHT,
    Mix,
    Shared,
    Weighting,
    is_kikmix,
    looks_legal,
    read_kikmix,
    to_dongs,
    weights_of,
)

HEAD = ["행정동코드", "시도명", "시군구명", "읍면동명", "법정동코드", "동리명", "생성일자", "말소일자"]


def row(dong: str, legal: str, until: str = "") -> list[str]:
    return [dong, "서울특별시", "종로구", "어느동", legal, "어느동", "20081101", until]


PAIRS = [
    row("1111000000", "1111000000"),
    row("1111051500", "1111010100"),
    row("1111051500", "1111010200"),
    row("1111053000", "1111010200"),
    row("1111053000", "1111010300", "20200101"),
]


def pairs(rows: list[list[str]] = PAIRS) -> pd.DataFrame:
    return read_kikmix(pd.DataFrame(rows, columns=HEAD), "KIKmix.xlsx")


def counts(**told: float) -> pd.DataFrame:
    units = [name.removeprefix("c") for name in told]
    return pd.DataFrame({"unit": units, "period": pd.Timestamp("2022-01-01"), "value": list(told.values())})


def shared(frame: pd.DataFrame, told: pd.DataFrame | None = None, weighting: Weighting = "equal") -> Shared:
    return to_dongs(frame, weights_of(pairs() if told is None else told, [2022], weighting), weighting)


def with_sizes(column: str, sizes: list[str]) -> pd.DataFrame:
    return read_kikmix(pd.DataFrame(PAIRS, columns=HEAD).assign(**{column: sizes}), "KIKmix.xlsx")


def test_only_dongs_are_joined() -> None:
    assert len(pairs()) == 4


def test_equal_parts_are_an_assumption_and_said() -> None:
    found = shared(counts(c1111010100=10.0, c1111010200=4.0))
    assert found.frame["value"].tolist() == [12.0, 2.0]
    assert [str(m) for m in found.said] == [
        "Figures of 1 법정동 were shared out among several 행정동 by equal parts.",
        "That a 법정동 is spread evenly over its 행정동 is an assumption; state weights by area or population.",
    ]


@pytest.mark.parametrize(("column", "weighting"), [("면적", "area"), ("인구", "population")])
def test_weights_by_sizes_written_into_the_file(column: str, weighting: Weighting) -> None:
    told = with_sizes(column, ["", "", "3,000", "1000", ""])
    found = shared(counts(c1111010100=10.0, c1111010200=4.0), told, weighting)
    assert found.frame["value"].tolist() == [13.0, 1.0]
    assert len(found.said) == 1


def test_a_missing_weight_is_not_guessed() -> None:
    told = with_sizes("면적", ["", "", "3", "", ""])
    found = shared(counts(c1111010100=10.0, c1111010200=4.0), told, "area")
    assert found.lost[["unit", "reason", "rows"]].values.tolist() == [["1111010200", NO_WEIGHT, 1]]
    assert np.isnan(found.frame["value"]).all()


def test_a_dong_without_all_its_parts_is_not_told() -> None:
    found = shared(counts(c1111010100=10.0))
    assert np.isnan(found.frame["value"]).tolist() == [True]
    assert INCOMPLETE in [m.template for m in found.said]


def test_a_legal_dong_without_partner_is_named() -> None:
    found = shared(counts(c1111010100=10.0, c1111010200=4.0, c1111019900=1.0))
    assert found.lost[["unit", "reason", "rows"]].values.tolist() == [["1111019900", NO_PARTNER, 1]]
    assert found.frame["value"].sum() == 14.0


def test_what_ended_before_the_day_takes_no_part() -> None:
    assert "1111010300" not in set(weights_of(pairs(), [2022], "equal")["legal"])
    both = weights_of(pairs(), [2022, 2019], "equal")
    assert both.loc[both["legal"] == "1111010300", "year"].tolist() == [2019]


def test_each_year_is_shared_out_by_its_own_pairs() -> None:
    told = pairs([*PAIRS, row("1111051500", "1111010300", "20200101")])
    frame = pd.DataFrame({"unit": "1111010300", "period": pd.to_datetime(["2019", "2022"]), "value": [8.0, 8.0]})
    found = to_dongs(frame, weights_of(told, [2019, 2022], "equal"), "equal")
    assert found.lost[["unit", "rows"]].values.tolist() == [["1111010300", 1]]
    assert set(found.frame["period"].dt.year) == {2019}


def test_villages_count_as_their_town() -> None:
    rural = pairs([row("1111025000", "1111025021"), row("1111025000", "1111025022")])
    assert rural[["legal", "dong"]].values.tolist() == [["1111025000", "1111025000"]]
    found = shared(counts(c1111025021=1.0, c1111025022=2.0), rural)
    assert found.frame[["unit", "value"]].values.tolist() == [["1111025000", 3.0]]
    assert found.said == ()


def test_a_damaged_table_is_refused_whole() -> None:
    with pytest.raises(IngestError, match="동리명"):
        read_kikmix(pd.DataFrame(PAIRS, columns=HEAD).drop(columns="동리명"), "KIKmix.xlsx")
    broken = [row("11110515", "1111010100"), row("1111051500", "2611010100"), row("1111051500", "1111010100")]
    broken[2][6] = "x"
    with pytest.raises(Several) as failure:
        pairs(broken)
    assert len(failure.value.problems) == 3


@pytest.mark.parametrize("size", ["넓음", "-3"])
def test_a_size_that_is_none_is_refused(size: str) -> None:
    with pytest.raises(IngestError, match="less than nought") as bad:
        with_sizes("인구", ["", "1", "1", size, ""])
    assert "row 5" in bad.value.where


def test_villages_sizes_are_added_up_to_their_towns() -> None:
    rows = [row("1111025000", f"11110250{n}") for n in (21, 22, 22)]
    frame = pd.DataFrame(rows, columns=HEAD).assign(면적=["2", "3", "3"])
    assert read_kikmix(frame, "KIKmix.xlsx")["area"].tolist() == [5.0]


def test_the_file_is_known_by_its_two_codes() -> None:
    assert is_kikmix(pd.DataFrame(columns=HEAD))
    assert not is_kikmix(pd.DataFrame(columns=HEAD).drop(columns="법정동코드"))


def test_the_hash_is_of_what_the_file_says() -> None:
    assert Mix(pairs()).sha256 == Mix(pairs(PAIRS[::-1])).sha256
    assert Mix(pairs()).sha256 != Mix(pairs(PAIRS[:4])).sha256


@pytest.mark.parametrize(
    ("codes", "legal"),
    [
        (["1111010100", "1111010200", None], True),
        (["1111051500", "4136025000"], False),
        (["1111000000"], False),
        (["4182025000", "4182031000"], False),  # 읍 and 면 alone: the same in both
        (["4182025021", "4182025022"], True),  # 리 are of 법정동 only
        (["11110", "11140"], False),
    ],
)
def test_codes_that_look_like_legal_ones(codes: list[str | None], legal: bool) -> None:
    assert looks_legal(pd.Series(codes)) is legal
