"""Which region a row means: spellings, homonyms, codes, and the period."""

from __future__ import annotations

import pandas as pd
import pytest

from sigun.region.codes import shipped
from sigun.region.identify import CONFLICT, GROUP, HOMONYM, NO_DONGS, NUMBERING, UNKNOWN, Identified, identify


def found(rows: list[tuple[str, str]], year: str = "2016", **more: str) -> Identified:
    frame = pd.DataFrame(rows, columns=["sido", "sigungu"]).replace("", None)
    return identify(frame.assign(period=pd.Timestamp(year)), shipped(), **more)


@pytest.mark.parametrize(
    ("sido", "sigungu", "year", "unit"),
    [
        ("서울", "종로구", "2016", "11110"),
        ("서울특별시", "소계", "2016", "11"),
        ("전국", "", "2016", "00"),
        ("계", "", "2016", "00"),
        ("경기도", "수원시 장안구", "2016", "41111"),
        ("경기", "수원시장안구", "2016", "41111"),
        ("경기", "장안구", "2016", "41111"),
        ("경상북도", "남구", "2016", "47111"),
        ("경북", "포항시 남구", "2016", "47111"),
        ("", "경기 용인시", "2016", "41460"),
        ("", "광주 북구", "2016", "29170"),
        ("경기", "광주시", "2016", "41610"),
        ("광주광역시", "광주광역시", "2016", "29"),
        ("강원", "고성군", "2016", "42820"),
        ("경남", "고성군", "2016", "48820"),
        ("제주도", "제주시", "2016", "50110"),
        ("제주도", "", "2016", "50"),
        ("제주특별자치도", "제주특별자치도", "2016", "50"),
        ("세종특별자치시", "소계", "2016", "36"),
        ("세종", "세종시", "2016", "36110"),
        ("세종특별자치시", "세종특별자치시", "2016", "36110"),
        ("경상남도", "통합창원시", "2016", "48120"),
        ("경상남도", "창원시(통합)", "2012", "48120"),
        ("경상남도", "창원시(구)", "2008", "48110"),
        ("경상남도", "창원시", "2008", "48110"),
        ("경상남도", "창원시", "2010", "48120"),
        ("인천", "미추홀구(남구)", "2020", "28177"),
        ("경기", "여주시(군)", "2010", "41730"),
        ("서울특별시 (1100000000)", "", "2020", "11"),
        ("강원특별자치도", "", "1999", "42"),
        ("서울특별시", "", "1985", "11"),
        ("강원도", "춘천시", "2025", "51110"),
        ("전북특별자치도", "전주시 덕진구", "2020", "45113"),
        ("경북", "군위군", "2024", "27720"),
        ("대구", "군위군", "2020", "47720"),
        ("경상남도", "김해시장유출장소", "2010", "48252"),
        ("경기도", "화성시동부출장소", "2010", "41592"),
        ("인천광역시", "검단출장소", "2010", "28265"),
    ],
)
def test_every_spelling(sido: str, sigungu: str, year: str, unit: str) -> None:
    answer = found([(sido, sigungu)], year)
    assert answer.unit.tolist() == [unit]
    assert answer.unmatched.empty


@pytest.mark.parametrize(
    ("sido", "sigungu", "reason", "near"),
    [
        ("", "중구", HOMONYM, "대구광역시 중구"),
        ("", "고성군", HOMONYM, "경상남도 고성군"),
        ("", "광주시", HOMONYM, "경기도 광주시"),
        ("수도권", "", GROUP, ""),
        ("서울", "도심권", GROUP, ""),
        ("국외", "", GROUP, ""),
        ("서울", "종로동구", UNKNOWN, "서울특별시 종로구"),
        ("경기도", "중구", UNKNOWN, ""),
        ("평양", "중구", UNKNOWN, ""),
    ],
)
def test_what_is_not_found_says_why(sido: str, sigungu: str, reason: str, near: str) -> None:
    answer = found([(sido, sigungu)])
    assert answer.unit.isna().all()
    assert answer.how.tolist() == ["unmatched"]
    assert answer.unmatched["reason"].tolist() == [reason]
    assert near in answer.unmatched["near"].iloc[0]


def test_a_homonym_is_guessed_only_where_all_others_lie_in_one_province_and_then_said() -> None:
    answer = found([("", "종로구"), ("", "강남구"), ("", "중구")])
    assert answer.unit.tolist() == ["11110", "11680", "11140"]
    assert answer.how.tolist() == ["name", "name", "guess"]
    assert "서울특별시 중구" in str(answer.said[0])
    assert found([("", "종로구"), ("", "영도구"), ("", "중구")]).how.tolist() == ["name", "name", "unmatched"]
    assert found([("", "종로구"), ("", "중구")]).how.tolist()[1] == "unmatched", "one name is too few to go by"
    assert found([("전국", ""), ("", "종로구"), ("", "중구")]).how.tolist()[2] == "unmatched"


def test_within_settles_homonyms() -> None:
    assert found([("", "중구"), ("", "동구")], within="대전광역시").unit.tolist() == ["30140", "30110"]


def test_old_and_new_beside_each_other_are_told_apart_by_the_period() -> None:
    rows = [("인천", "남구"), ("인천", "미추홀구")]
    then, change, now = found(rows, "2016"), found(rows, "2018"), found(rows, "2019")
    assert then.how.tolist() == ["name", "not_existing"]
    assert change.how.tolist() == ["name", "name"]
    assert now.how.tolist() == ["not_existing", "name"]
    for answer in (then, change, now):
        assert answer.unit.tolist() == ["28170", "28177"]


def test_a_name_of_another_time_means_the_same_place_where_its_own_name_is_not_told() -> None:
    assert found([("인천", "미추홀구")], "2016").unit.tolist() == ["28170"]
    assert found([("인천", "미추홀구")], "2016").how.tolist() == ["renamed"]
    assert found([("경기", "여주군")], "2019").unit.tolist() == ["41670"]


def test_a_merged_city_told_for_earlier_years_is_not_taken_for_the_whole() -> None:
    assert found([("경남", "마산시")], "2015").how.tolist() == ["not_existing"]


def codes(region: list[str], **more: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"region": region, **more, "period": pd.Timestamp("2018")})


def test_the_numbering_is_told_by_the_codes_together() -> None:
    kostat = identify(codes(["11010", "11110", "31011", "38110"]), shipped())
    assert (kostat.scheme, kostat.unit.tolist()) == ("kostat", ["11110", "11350", "41111", "48120"])
    mois = identify(codes(["1111000000", "11350", "41111", "48120"]), shipped())
    assert (mois.scheme, mois.unit.tolist()) == ("mois", ["11110", "11350", "41111", "48120"])


def test_a_code_of_both_numberings_is_asked_about_and_settled_by_the_name_or_the_card() -> None:
    both = codes(["11110"])
    answer = identify(both, shipped())
    assert answer.unit.isna().all()
    assert answer.unmatched["reason"].tolist() == [NUMBERING]
    named = identify(codes(["11110"], sido=["서울"], sigungu=["노원구"]), shipped())
    assert (named.scheme, named.unit.tolist()) == ("kostat", ["11350"])
    assert identify(both, shipped(), scheme="mois").unit.tolist() == ["11110"]


def test_the_nation_has_a_code_of_zeros() -> None:
    rows = codes(["0000000000", "1100000000"], sido=["전국", "서울특별시"])
    assert identify(rows, shipped()).unit.tolist() == ["00", "11"]


def test_a_code_that_went_through_a_number() -> None:
    assert identify(codes(["11010.0", "31011.0"]), shipped()).unit.tolist() == ["11110", "41111"]


def test_code_and_name_must_not_contradict_each_other() -> None:
    rows = codes(["11110", "11140", "11170"], sido=["서울"] * 3, sigungu=["종로구", "중구", "성동구"])
    answer = identify(rows, shipped())
    assert answer.unit.fillna("").tolist() == ["11110", "11140", ""]
    assert answer.unmatched["reason"].tolist() == [CONFLICT]


def test_a_code_of_before_and_a_name_of_after_a_renaming_do_not_contradict() -> None:
    rows = codes(["23030", "23010"], sido=["인천", "인천"], sigungu=["미추홀구", "중구"]).assign(
        period=pd.Timestamp("2015")
    )
    answer = identify(rows, shipped())
    assert answer.unit.tolist() == ["28170", "28110"]
    assert answer.unmatched.empty


def test_kostat_codes_changed_with_the_region() -> None:
    rows = pd.DataFrame({"region": ["33010", "33040", "31280"], "period": pd.to_datetime(["2013", "2015", "2015"])})
    assert identify(rows, shipped(), scheme="kostat").unit.tolist() == ["43110", "43110", "41670"]


def test_dongs_without_a_table_are_known_by_their_code_alone() -> None:
    rows = codes(["1111051500"], sido=["서울"], sigungu=["종로구"], dong=["청운효자동"])
    answer = identify(rows, shipped())
    assert (answer.unit.tolist(), answer.level.tolist(), answer.how.tolist()) == (
        ["1111051500"],
        ["dong"],
        ["unlisted"],
    )
    assert "1 읍면동 codes" in str(answer.said[0])
    wrong = identify(
        codes(["1111051500"], sido=["서울"], sigungu=["중구"], dong=["청운효자동"]), shipped(), scheme="mois"
    )
    assert wrong.unmatched["reason"].tolist() == [CONFLICT]
    nameless = identify(rows.drop(columns="region"), shipped())
    assert nameless.unmatched["reason"].tolist() == [NO_DONGS]


def test_a_name_may_stand_where_a_code_should() -> None:
    rows = pd.DataFrame({"region": ["서울특별시", "전북"], "period": pd.Timestamp("2020")})
    assert identify(rows, shipped()).unit.tolist() == ["11", "45"]


def test_the_index_of_the_rows_is_kept() -> None:
    rows = pd.DataFrame({"sido": ["서울", "부산"], "period": pd.Timestamp("2020")}, index=[7, 3])
    answer = identify(rows, shipped())
    assert answer.unit.index.tolist() == [7, 3]
    assert answer.how.index.tolist() == [7, 3]


def test_codes_not_verified_are_said() -> None:
    answer = found([("경기", "부천시 원미구")], "2025")
    assert answer.unit.tolist() == ["41192"]
    assert "부천시 원미구" in str(answer.said[0])
    assert found([("경기", "부천시 원미구")], "2015").said == ()


def test_no_rows() -> None:
    answer = identify(pd.DataFrame({"sido": [], "period": pd.to_datetime([])}), shipped())
    assert len(answer.unit) == 0
    assert answer.unmatched.empty


def test_codes_of_no_numbering_are_left_aside_and_that_is_said() -> None:
    rows = codes(["1", "2", "3"], sido=["서울"] * 3, sigungu=["종로구", "중구", "성동구"])
    answer = identify(rows, shipped())
    assert answer.unit.tolist() == ["11110", "11140", "11200"]
    assert "numbering" in str(answer.said[0])
