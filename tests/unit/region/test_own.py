"""A table of regions of the reader's own: what its rows mean, what is refused, and the regions it makes."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from sigun.errors import IngestError, Several
from sigun.region.codes import shipped, units_at
from sigun.region.history import explain
from sigun.region.identify import identify
from sigun.region.own import clashes, is_own, own_codes, read_own

SPLIT = """
    code  | name   | parent | since      | until      | became | share
    98    | 한결도 |        |            |            |        |
    98010 | 누리시 | 한결도 |            |            |        |
    98020 | 옛시   | 98     |            | 2017-01-01 | 98030  | 0.6
    98020 | 옛시   | 98     |            | 2017-01-01 | 98040  | 0.4
    98030 | 새시   | 98     | 2017-01-01 |            |        |
    98040 | 헌시   | 98     | 2017-01-01 |            |        |
"""


def table(text: str) -> pd.DataFrame:
    head, *lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return pd.DataFrame([line + [""] * (len(head) - len(line)) for line in lines], columns=head, dtype="str")


def refused(text: str) -> str:
    with pytest.raises((IngestError, Several)) as bad:
        read_own(table(text), "own.csv")
    return str(bad.value)


def test_korean_headings_mean_the_same() -> None:
    korean = table(SPLIT).set_axis(["코드", "이름", "상위", "시작일", "종료일", "바뀐코드", "몫"], axis=1)
    assert is_own(korean)
    pd.testing.assert_frame_equal(read_own(korean, "f"), read_own(table(SPLIT), "f"))


def test_the_mois_table_is_none_of_these() -> None:
    assert not is_own(pd.DataFrame(columns=["행정동코드", "시도명", "시군구명", "읍면동명", "생성일자", "말소일자"]))


@pytest.mark.parametrize("said", ["2017-01-01", "20170101", "2017.01.01", "2017.1.1", "2017"])
def test_dates_in_any_of_the_forms(said: str) -> None:
    rows = read_own(table(SPLIT.replace("2017-01-01", said.ljust(10))), "own.csv")
    assert set(rows["until"].dropna()) == {pd.Timestamp(2017, 1, 1)}


def test_it_stands_alone() -> None:
    codes = own_codes(read_own(table(SPLIT), "own.csv"))
    assert units_at(codes, date(2016, 12, 31), "sigungu")["name"].tolist() == ["누리시", "옛시"]
    assert units_at(codes, date(2024, 12, 31), "sigungu")["full"].tolist() == [
        "한결도 누리시",
        "한결도 새시",
        "한결도 헌시",
    ]
    assert codes.shares == {"98020": {"98030": 0.6, "98040": 0.4}}
    assert codes.version.startswith("own ")


def test_it_is_laid_over_the_shipped_one() -> None:
    codes = own_codes(read_own(table(SPLIT), "own.csv"), shipped())
    assert set(codes.units["unit"]) == set(shipped().units["unit"]) | {"98", "98010", "98020", "98030", "98040"}
    found = identify(pd.DataFrame({"sido": ["한결도", "경기"], "sigungu": ["누리시", "수원시"]}), codes)
    assert found.unit.tolist() == ["98010", "41110"]
    assert codes.version.startswith(f"{shipped().version} + own ")


def test_a_code_of_another_region_is_refused_unless_it_stands_alone() -> None:
    rows = read_own(table("code | name | parent\n41110 | 누리시 | 한결도"), "own.csv")
    (problem,) = clashes(rows, shipped(), "own.csv")
    assert "41110 수원시" in problem.what
    assert "--instead" in problem.remedy
    assert "41110" in own_codes(rows).own


def test_the_version_tells_what_the_table_says() -> None:
    halves = SPLIT.replace("0.6", "0.5").replace("0.4", "0.5")
    one, other = (own_codes(read_own(table(text), "f")).version for text in (SPLIT, halves))
    assert one != other


@pytest.mark.parametrize(
    ("rows", "kinds"),
    [
        ("11 | A | S | | 2015 | 12 |\n12 | B | S | 2015 | | |", ["rename"]),
        ("11 | A | S | | 2015 | 12 |\n12 | A | S | 2015 | | |", ["recode"]),
        ("11 | A | S | | 2015 | 12 |\n12 | A | T | 2015 | | |", ["transfer"]),
        ("11 | A | S | | 2015 | 13 |\n12 | B | S | | 2015 | 13 |\n13 | C | S | 2015 | | |", ["merge", "merge"]),
        ("11 | A | S | | 2015 | 12 |\n12 | B | S | | | |", ["merge", "merge"]),  # into one that was there, and stays
        ("11 | A | S | | 2015 | 12 |\n11 | A | S | | 2015 | 13 |\n12 | B | S | 2015 |||\n13 | C | S | 2015 |||",
         ["split", "split"]),
    ],
)  # fmt: skip
def test_what_a_change_was(rows: str, kinds: list[str]) -> None:
    codes = own_codes(read_own(table(f"code | name | parent | since | until | became | share\n{rows}"), "f"))
    assert codes.changes["kind"].tolist() == kinds


def test_merged_regions_are_carried_to_the_new_one_and_divided_ones_to_none() -> None:
    codes = own_codes(read_own(table(SPLIT), "own.csv"))
    assert explain(pd.Series(["98020", "98030"]), codes, date(2024, 12, 31))["base"].isna().tolist() == [True, False]
    back = explain(pd.Series(["98030", "98040"]), codes, date(2016, 12, 31))
    assert back["base"].tolist() == ["98020", "98020"]


def test_codes_of_any_form_are_known_as_they_stand() -> None:
    rows = read_own(table("code | name | parent\nDE212 | München | Bayern\n2A | Corse-du-Sud | Corse"), "f")
    places = pd.DataFrame({"region": ["DE212", "2A", "DE999"]})
    found = identify(places, own_codes(rows))
    assert found.unit.fillna("").tolist() == ["DE212", "2A", ""]
    assert not found.said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code | name\n1 | A", "no column parent"),
        ("code | name | parent\n11 | | S", "lack a code or a name"),
        ("code | name | parent\n11 | A | ", "No row names the region above"),
        ("code | name | parent | since\n11 | A | S | soon", "no date"),
        ("code | name | parent | since | until\n11 | A | S | 2016 | 2015", "end before they begin"),
        ("code | name | parent\n11 | A | S\n11 | B | S", "one code to different regions"),
        ("code | name | parent\n11 | A | S\n11 | A | S", "stand twice"),
        ("code | name | parent | until | became\n11 | A | S | 2015 | 99", "that the table does not have"),
        ("code | name | parent | became\n11 | A | S | 12\n12 | B | S |", "on no day"),
        ("code | name | parent | since | until | became\n11 | A | S | | 2015 | 12\n12 | B | S | 2016 | |",
         "none on that day"),
        (SPLIT.replace("0.6", "0.7"), "do not make up the region"),
        (SPLIT.replace("0.6", "   "), "do not make up the region"),
        (SPLIT.replace("0.6", "60%"), "shares are none"),
        ("code | name | parent\n1 | A | 2\n2 | B | 1", "lie in themselves"),
        ("code | name | parent\n1 | A | \n2 | B | 1\n3 | C | 2\n4 | D | 3", "too deep"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_rows(text: str, said: str) -> None:
    assert said in refused(text)


def test_everything_wrong_is_said_at_once() -> None:
    told = refused("code | name | parent | since | share\n11 | | S | soon | 7")
    assert all(word in told for word in ("lack a code", "no date", "shares are none"))
