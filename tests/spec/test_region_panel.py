"""What a region panel means: cities and their districts, mergers, zeros of regions that were none, larger regions."""

from __future__ import annotations

from pathlib import Path

import pytest

from regional import card_of, region_panel_of, table_of, values

CHEONGJU = "충청북도 청주시"
BIRTHS = {"variables": [{"id": "births", "table": "births"}]}


def births_of(folder: Path, text: str, within: str = "충북", measure: str = "flow 명", **panel: object) -> dict:
    table = table_of(text)
    made = region_panel_of(
        folder, {**BIRTHS, "within": [within], **panel}, {"births": (card_of("births", {"births": measure}), table)}
    )
    return values(made, "births")


def test_counts_of_merged_regions_are_added_up(tmp_path: Path) -> None:
    found = births_of(
        tmp_path,
        """
        sido     | sigungu | period | births
        충청북도 | 청주시  | 2013   | 6000
        충청북도 | 청원군  | 2013   | 1900
        충청북도 | 청주시  | 2014   | 8500
        충청북도 | 청원군  | 2014   | 0
        충청북도 | 충주시  | 2013   | 1500
        """,
    )
    assert found[CHEONGJU, "2013"] == (7900, "observed")
    assert found[CHEONGJU, "2014"] == (8500, "observed")
    assert found["충청북도 충주시", "2014"] == (None, "not_observed")


def test_a_part_is_not_the_whole(tmp_path: Path) -> None:
    found = births_of(
        tmp_path,
        """
        sido     | sigungu | period | births
        충청북도 | 청주시  | 2013   | 6000
        충청북도 | 청원군  | 2013   | -
        충청북도 | 충주시  | 2013   | 1500
        """,
    )
    assert found[CHEONGJU, "2013"] == (None, "not_observed")


DISTRICTS = """
    sido   | sigungu       | period | births
    경기도 | 수원시        | 2020   | {city}
    경기도 | 수원시 장안구 | 2020   | 10
    경기도 | 수원시 권선구 | 2020   | 20
    경기도 | 수원시 팔달구 | 2020   | 30
    경기도 | 수원시 영통구 | 2020   | {last}
    경기도 | 여주시        | 2020   | 5
"""


@pytest.mark.parametrize(
    ("city", "last", "expected"),
    [
        ("100", "40", (100, "observed")),  # districts beside their city are not counted again
        ("-", "40", (100, "observed")),  # and make it up where it is not told
        ("-", "-", (None, "not_observed")),
    ],
)
def test_districts_and_their_city(tmp_path: Path, city: str, last: str, expected: tuple[float | None, str]) -> None:
    found = births_of(tmp_path, DISTRICTS.format(city=city, last=last), "경기")
    assert found["경기도 수원시", "2020"] == expected
    assert len(found) == 31


def test_districts_rates_do_not_make_the_citys(tmp_path: Path) -> None:
    assert (
        births_of(tmp_path, DISTRICTS.format(city="-", last="40"), "경기", "rate ‰")["경기도 수원시", "2020"][0] is None
    )


def test_sejong_told_as_a_province_alone_or_twice_is_one_region(tmp_path: Path) -> None:
    for rows in (
        "세종특별자치시 |  | 2020 | 7\n",
        "세종특별자치시 |  | 2020 | 7\n세종특별자치시 | 세종시 | 2020 | 7\n",
    ):
        found = births_of(tmp_path, "sido | sigungu | period | births\n" + rows, "세종")
        assert found == {("세종특별자치시 세종시", "2020"): (7, "observed")}


def test_the_zero_of_a_region_that_was_none_is_no_zero(tmp_path: Path) -> None:
    text = """
        sido       | sigungu  | period | births
        인천광역시 | 남구     | 2017   | 3600
        인천광역시 | 미추홀구 | 2017   | 0
        인천광역시 | 남구     | 2019   | 0
        인천광역시 | 미추홀구 | 2019   | 2600
    """
    for measure in ("flow 명", "stock 명"):
        found = births_of(tmp_path, text, "인천", measure)
        assert found["인천광역시 미추홀구", "2017"] == (3600, "observed")
        assert found["인천광역시 미추홀구", "2019"] == (2600, "observed")
        assert found["인천광역시 중구", "2017"] == (None, "not_observed")


def test_homonyms_stay_apart(tmp_path: Path) -> None:
    text = """
        sido       | sigungu | period | births
        부산광역시 | 중구    | 2020   | 1
        인천광역시 | 중구    | 2020   | 2
        강원도     | 고성군  | 2020   | 3
        경상남도   | 고성군  | 2020   | 4
        경기도     | 광주시  | 2020   | 5
        광주광역시 |         | 2020   | 6
    """
    cards = {"births": (card_of("births", {"births": "flow 명"}), table_of(text))}
    found = values(region_panel_of(tmp_path, BIRTHS, cards), "births")
    told = {place: value for (place, _year), (value, _status) in found.items() if value is not None}
    assert told == {
        "부산광역시 중구": 1,
        "인천광역시 중구": 2,
        "강원도 고성군": 3,
        "경상남도 고성군": 4,
        "경기도 광주시": 5,
    }


def test_a_rate_is_carried_by_its_denominator_or_by_its_numerator(tmp_path: Path) -> None:
    table = table_of(
        """
        sido     | sigungu | period | tfr  | women | births
        충청북도 | 청주시  | 2013   | 1.0  | 300   | 30
        충청북도 | 청원군  | 2013   | 2.0  | 100   | 20
        """
    )
    cards = {"t": (card_of("t", {"tfr": "rate 명", "women": "stock 명", "births": "flow 명"}), table)}
    others = [{"id": "women", "table": "t"}, {"id": "births", "table": "t"}]
    expected = {"weight": (1.25, "women"), "numerator": (50 / 40, "births")}
    for word, (value, name) in expected.items():
        panel = {"within": ["충북"], "variables": [{"id": "tfr", "table": "t", word: name}, *others]}
        assert values(region_panel_of(tmp_path, panel, cards), "tfr")[CHEONGJU, "2013"][0] == pytest.approx(value)
    panel = {"within": ["충북"], "variables": [{"id": "tfr", "table": "t"}]}
    made = region_panel_of(tmp_path, panel, cards)
    assert values(made, "tfr")[CHEONGJU, "2013"] == (None, "not_observed")
    assert made.losses["reason"].tolist()[0] == "refused"


def test_a_provinces_value_is_repeated_only_where_the_plan_says_so(tmp_path: Path) -> None:
    table = table_of("sido | sigungu | period | price\n충청북도 |  | 2020 | 101.5\n")
    cards = {"price": (card_of("price", {"price": "index 2017=100"}), table)}
    asked = {"id": "price", "table": "price"}
    silent = region_panel_of(
        tmp_path, {"within": ["충북"], "variables": [asked]}, cards, time={"start": "2020-01-01", "end": "2021-01-01"}
    )
    assert silent.frame["price"].isna().all()
    said = region_panel_of(tmp_path, {"within": ["충북"], "variables": [{**asked, "from": "sido"}]}, cards)
    assert said.frame["price"].tolist() == [101.5] * 11
    assert said.dictionary.loc[0, "level"] == "sido"


def test_a_table_without_periods_speaks_of_every_period(tmp_path: Path) -> None:
    area = table_of("sido | sigungu | period | area\n세종특별자치시 | 세종시 | 2020 | 465\n").drop(
        columns=["period", "span"]
    )
    births = table_of(
        "sido | sigungu | period | births\n세종특별자치시 | 세종시 | 2020 | 7\n세종특별자치시 | 세종시 | 2021 | 8\n"
    )
    cards = {
        "births": (card_of("births", {"births": "flow 명"}), births),
        "area": (card_of("area", {"area": "stock km2"}, kind="areas"), area),
    }
    panel = {"within": ["세종"], "variables": [{"id": "births", "table": "births"}, {"id": "area", "table": "area"}]}
    made = region_panel_of(tmp_path, panel, cards)
    assert made.frame["area"].tolist() == [465, 465]


def test_a_status_for_every_absence(tmp_path: Path) -> None:
    table = table_of(
        """
        sido           | sigungu | period | births
        세종특별자치시 | 세종시  | 2011   | -
        세종특별자치시 | 세종시  | 2012   | 7p
        세종특별자치시 | 세종시  | 2013   | x
        세종특별자치시 | 세종시  | 2014   | -
        세종특별자치시 | 세종시  | 2015   | 0
        """
    )
    cards = {"births": (card_of("births", {"births": "flow 명"}), table)}
    made = region_panel_of(
        tmp_path, {**BIRTHS, "within": ["세종"]}, cards, time={"start": "2010-01-01", "end": "2016-01-01"}
    )
    assert made.frame["births__status"].tolist() == [
        *("not_observed", "not_observed"),  # 연기군 stood there
        *("provisional", "suppressed", "not_observed", "observed"),
    ]
    assert made.frame["births"].dropna().tolist() == [7, 0]
    row = made.dictionary.iloc[0]
    assert row[["observed", "provisional", "suppressed", "not_observed", "not_existing"]].tolist() == [1, 1, 1, 3, 0]
    assert (row["first"], row["last"]) == ("2012", "2015")


def test_a_rate_is_carried_by_the_denominator_its_card_names(tmp_path: Path) -> None:
    table = table_of(
        """
        sido     | sigungu | period | tfr  | women
        충청북도 | 청주시  | 2013   | 1.0  | 300
        충청북도 | 청원군  | 2013   | 2.0  | 100
        """
    )
    card = card_of("t", {"tfr": "rate 명", "women": "stock 명"})
    card = card.model_copy(update={"fields": (card.fields[0].model_copy(update={"per": "women"}), card.fields[1])})
    panel = {"within": ["충북"], "variables": [{"id": "tfr", "table": "t"}]}
    assert values(region_panel_of(tmp_path, panel, {"t": (card, table)}), "tfr")[CHEONGJU, "2013"][0] == 1.25


def test_a_share_of_more_than_all_is_said(tmp_path: Path) -> None:
    table = table_of("""
        sido     | sigungu | period | young | women
        충청북도 | 청주시  | 2020   | 3     | 9
        충청북도 | 충주시  | 2020   | 4     | 4
        """)
    shares = [
        {"id": "right", "op": "share", "of": "young", "among": "women"},
        {"id": "wrong", "op": "share", "of": "women", "among": "young", "title": "거꾸로"},
    ]
    asked = {"variables": [{"id": n, "table": "t"} for n in ("young", "women")], "derived": shares, "within": ["충북"]}
    made = region_panel_of(tmp_path, asked, {"t": (card_of("t", {"young": "stock 명", "women": "stock 명"}), table)})
    (finding,) = [f for f in made.findings if f.kind == "above_all"]
    assert finding.rows == 1
    assert "거꾸로" in str(finding.said) and "1 values are above 100 %" in str(finding.said)
