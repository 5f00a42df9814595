"""법정동 and 행정동, joined by the MOIS file."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from sigun.errors import IngestError, Several
from sigun.region.carry import INCOMPLETE
from sigun.region.kikmix import (
    NO_PARTNER,
    NO_WEIGHT,
    looks_legal,
    read_kikmix,
    to_dongs,
    weights_of,
    without_kikmix,
)

HEAD = ["행정동코드", "시도명", "시군구명", "읍면동명", "법정동코드", "동리명", "생성일자", "말소일자"]
DAY = date(2022, 7, 1)


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


def test_only_dongs_are_joined() -> None:
    assert len(pairs()) == 4


def test_equal_parts_are_an_assumption_and_said() -> None:
    shares = weights_of(pairs(), DAY, "equal")
    found = to_dongs(counts(c1111010100=10.0, c1111010200=4.0), shares, "equal")
    assert found.frame["value"].tolist() == [12.0, 2.0]
    assert [str(m) for m in found.said] == [
        "Figures of 1 법정동 were shared out among several 행정동 by equal parts.",
        "That a 법정동 is spread evenly over its 행정동 is an assumption; state weights by area or population.",
    ]


def test_weights_by_area() -> None:
    sizes = pd.DataFrame({"legal": ["1111010200"] * 2, "dong": ["1111051500", "1111053000"], "size": [3.0, 1.0]})
    shares = weights_of(pairs(), DAY, "area", sizes)
    found = to_dongs(counts(c1111010100=10.0, c1111010200=4.0), shares, "area")
    assert found.frame["value"].tolist() == [13.0, 1.0]
    assert len(found.said) == 1


def test_a_missing_weight_is_not_guessed() -> None:
    sizes = pd.DataFrame({"legal": ["1111010200"], "dong": ["1111051500"], "size": [3.0]})
    found = to_dongs(counts(c1111010100=10.0, c1111010200=4.0), weights_of(pairs(), DAY, "area", sizes), "area")
    assert found.lost[["unit", "reason", "rows"]].values.tolist() == [["1111010200", NO_WEIGHT, 1]]
    assert np.isnan(found.frame["value"]).all()


def test_a_dong_without_all_its_parts_is_not_told() -> None:
    found = to_dongs(counts(c1111010100=10.0), weights_of(pairs(), DAY, "equal"), "equal")
    assert np.isnan(found.frame["value"]).tolist() == [True]
    assert INCOMPLETE in [m.template for m in found.said]


def test_a_legal_dong_without_partner_is_named() -> None:
    shares = weights_of(pairs(), DAY, "equal")
    found = to_dongs(counts(c1111010100=10.0, c1111010200=4.0, c1111019900=1.0), shares, "equal")
    assert found.lost[["unit", "reason", "rows"]].values.tolist() == [["1111019900", NO_PARTNER, 1]]
    assert found.frame["value"].sum() == 14.0


def test_what_ended_before_the_day_takes_no_part() -> None:
    assert "1111010300" not in set(weights_of(pairs(), DAY, "equal")["legal"])
    assert "1111010300" in set(weights_of(pairs(), date(2019, 1, 1), "equal")["legal"])


def test_villages_count_as_their_town() -> None:
    rural = pairs([row("1111025000", "1111025021"), row("1111025000", "1111025022")])
    assert rural[["legal", "dong"]].values.tolist() == [["1111025000", "1111025000"]]
    found = to_dongs(counts(c1111025021=1.0, c1111025022=2.0), weights_of(rural, DAY, "equal"), "equal")
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


def test_without_the_file_the_report_says_so() -> None:
    legal = pd.Series(["1111010100", "1111010200", None])
    assert "stay at 법정동" in str(without_kikmix(legal))
    assert without_kikmix(pd.Series(["1111051500", "4136025000"])) is None
    assert not looks_legal(pd.Series(["1111000000"]))
