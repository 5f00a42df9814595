"""Personal data recognised, hashed and cut out. Every value is invented."""

from __future__ import annotations

import pandas as pd
import pytest

from sigun.ingest.personal import cut_out, keyed_hash, looks_keyed, personal_by_content, personal_by_name

VALUES = [
    ("12가3456", "plate"),
    ("123가 4567", "plate"),
    ("서울12가3456", "plate"),
    ("경기 의정부 가 1234", "plate"),
    ("010-1234-5678", "phone"),
    ("01012345678", "phone"),
    ("031-828-0000", "phone"),
    ("900101-1234567", "resident_number"),
    ("someone@example.org", "email"),
    ("License Plate number if available: AB1234 | Color: red", "plate"),
]
INNOCENT = [
    "101001722524",
    "2024-03-05 14:20",
    "의정부동 123-4",
    "중앙로 1234",
    "41150-10100",
    "37.738412",
    "승용차 3대",
]


@pytest.mark.parametrize(("value", "kind"), VALUES)
def test_a_personal_value_is_recognised_and_cut_out(value: str, kind: str) -> None:
    text = pd.Series([f"확인: {value}"], dtype="str")
    assert personal_by_content(text)[0] == kind
    kept, n = cut_out(text)
    assert n == 1
    assert "1234" not in str(kept[0])


@pytest.mark.parametrize("value", INNOCENT)
def test_other_numbers_are_left_alone(value: str) -> None:
    text = pd.Series([value], dtype="str")
    assert personal_by_content(text) == (None, 0.0)
    assert cut_out(text)[0][0] == value


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("차량번호", "plate"),
        ("소유자", "name"),
        ("신고자 성명", "name"),
        ("연락처", "phone"),
        ("차주 주소", "home_address"),
        ("생년월일", "birth"),
        ("license_plate", "plate"),
        ("says_no_plate", None),
        ("plate_state", None),
        ("신고경로", None),
        ("소재지 주소", None),
        ("출생아수", None),
    ],
)
def test_headers_that_tell(header: str, kind: str | None) -> None:
    assert personal_by_name(header) == kind


def test_the_same_plate_has_the_same_hash_under_one_key_only() -> None:
    plates = pd.Series(["12가3456", "12가 3456", None, "12가3457"], dtype="str")
    hashed = keyed_hash(plates, b"key")
    assert hashed[0] == hashed[1] != hashed[3]
    assert hashed.isna().tolist() == [False, False, True, False]
    assert len(hashed[0]) == 16
    assert keyed_hash(plates, b"other")[0] != hashed[0]
    assert looks_keyed(hashed)
    assert not looks_keyed(plates)
