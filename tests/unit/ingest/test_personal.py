"""Personal data recognised, hashed and cut out. Every value is invented."""

from __future__ import annotations

import pandas as pd
import pytest

from sigun.ingest.personal import (
    cut_out,
    keyed_hash,
    looks_keyed,
    personal_by_content,
    personal_by_name,
    without_flats,
)
from sigun.ingest.scan import scan

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
        ("births", None),
        ("birth_rate", None),
        ("birth date", "birth"),
        ("date_of_birth", "birth"),
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


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("중앙로 1 101동 1호", "중앙로 1"),
        ("중앙로 1, 3층 302호 (가람동)", "중앙로 1 (가람동)"),
        ("한빛빌라 302호", "한빛빌라"),
        ("국도 3호선 12km", None),
        ("어린이공원 3호", None),
        ("상계1동 12-3", None),
    ],
)
def test_flats_are_cut_out_of_addresses_and_counted(address: str, kept: str | None) -> None:
    cut, n = without_flats(pd.Series([address, None], dtype="str"))
    assert (cut[0], n) == ((kept, 1) if kept else (address, 0))


def homes(**columns: str) -> dict[str, str]:
    text = {header: pd.Series([cell] * 4, dtype="str") for header, cell in columns.items()}
    return {header: one.beside for header, one in scan(text).items() if one.beside}


def test_an_address_beside_a_person_is_a_home() -> None:
    assert homes(성명="홍길동", 주소="새봄시 중앙로 1") == {"주소": "성명"}
    assert homes(휴대전화="010-1234-5678", 주소="새봄시 중앙로 1 101동 1호") == {"주소": "휴대전화"}


def test_the_place_of_an_event_or_of_a_business_is_no_home() -> None:
    assert homes(신고자="홍길동", 소재지="새봄시 중앙로 1") == {}
    assert homes(성명="홍길동", 발견장소="새봄시 중앙로 1", 주소="새봄시 한빛로 2") == {"주소": "성명"}
    assert homes(담당자="홍길동", 주소="새봄시 중앙로 1") == {}
    assert homes(전화번호="031-828-0000", 주소="새봄시 중앙로 1") == {}
