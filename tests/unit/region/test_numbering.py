"""Which numbering codes follow."""

import pytest

from sigun.region.codes import shipped
from sigun.region.numbering import Scheme, digits, find_scheme, read_code


@pytest.mark.parametrize(
    ("code", "scheme", "above", "dong"),
    [
        ("11", "mois", "11", ""),
        ("1100000000", "mois", "11", ""),
        ("11110", "mois", "11110", ""),
        ("11110515", "mois", "11110", "1111051500"),
        ("1111051500", "mois", "11110", "1111051500"),
        ("1101000", "kostat", "11010", ""),
        ("1101072", "kostat", "11010", "1101072"),
        ("11010720", "kostat", "11010", "11010720"),
    ],
)
def test_a_code_taken_apart(code: str, scheme: Scheme, above: str, dong: str) -> None:
    assert read_code(code, scheme) == (above, dong)


@pytest.mark.parametrize(("code", "scheme"), [("1111051500", "kostat"), ("1101072", "mois"), ("111", "mois")])
def test_lengths_a_numbering_does_not_have(code: str, scheme: Scheme) -> None:
    assert read_code(code, scheme) is None


@pytest.mark.parametrize("text", ["", "종로구", "11010 종로구", "1.5", "11-10"])
def test_what_is_no_code(text: str) -> None:
    assert digits(text) == ""


def test_names_beside_the_codes_decide() -> None:
    both = ["11110", "11140"]
    assert find_scheme(both, shipped(), lambda _i, _s: None) is None
    assert find_scheme(both, shipped(), lambda _i, s: s == "mois") == "mois"
    assert find_scheme([], shipped(), lambda _i, _s: None) is None
