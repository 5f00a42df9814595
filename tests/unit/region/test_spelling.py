"""How places are written."""

import pytest

from sigun.region.spelling import ALIASES, Place, plain, read_place


@pytest.mark.parametrize("name", ["서울", "서울시", "서울특별시"])
def test_a_province_under_any_of_its_names(name: str) -> None:
    assert ALIASES[name] == "서울"


@pytest.mark.parametrize(
    ("written", "place"),
    [
        (("경기", "계", ""), Place("경기", "", "")),
        (("경기", "수원시", "소계"), Place("경기", "수원시", "")),
        (("", "서울특별시 종로구 청운효자동", ""), Place("서울", "종로구", "청운효자동")),
        (("경상남도", "창원시(구)", ""), Place("경남", "창원시", "", "old")),
        (("경상남도", "통합창원시", ""), Place("경남", "창원시", "", "new")),
        (("경상북도", "통합동", ""), Place("경북", "통합동", "")),
        (("함경도", "어디군", ""), Place("함경도", "어디군", "")),
    ],
)
def test_three_columns_to_a_place(written: tuple[str, str, str], place: Place) -> None:
    assert read_place(*written) == place


def test_composed_and_decomposed_hangul_are_one() -> None:
    assert plain("\u1112\u1161\u11ab") == "한"
