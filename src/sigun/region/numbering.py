"""Which numbering region codes follow (코드 체계): MOIS (행안부) or KOSTAT (통계청), told by the codes themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from sigun.region.codes import Codes

Scheme = Literal["mois", "kostat"]
ENOUGH = 0.5  # more of the different codes than this must be known in a numbering for it to be the file's
LENGTHS: dict[Scheme, tuple[int, ...]] = {"mois": (2, 5, 8, 10), "kostat": (2, 5, 7, 8)}


class Coded(NamedTuple):
    """What a code says in one numbering."""

    above: str  # 2 or 5 digits of the region, or of the one a 읍면동 lies in
    dong: str  # the whole code of a 읍면동, "" for a region above


def digits(code: str) -> str:
    """The digits of a code as a file may hold it: blanks, a decimal part of zero, quotation marks taken off.

    >>> digits(" 11110.0"), digits("1111000000"), digits("종로구")
    ('11110', '1111000000', '')
    """
    found = re.fullmatch(r"\D?(\d+)(?:\.0+)?\D?", code.strip())
    return found[1] if found else ""


def read_code(code: str, scheme: Scheme) -> Coded | None:
    """A code taken apart; none where a numbering has no codes of that length.

    >>> read_code("1111000000", "mois"), read_code("1111051500", "mois"), read_code("1101072", "kostat")
    (Coded(above='11110', dong=''), Coded(above='11110', dong='1111051500'), Coded(above='11010', dong='1101072'))
    """
    if len(code) not in LENGTHS[scheme]:
        return None
    if len(code) > 2 and not code[2:].strip("0"):
        return Coded(code[:2], "")
    if len(code) > 5 and code[5:].strip("0"):
        return Coded(code[:5], code.ljust(10, "0") if scheme == "mois" else code)
    return Coded(code[:5], "")


def find_scheme(codes: Sequence[str], table: Codes, agrees: Callable[[int, Scheme], bool | None]) -> Scheme | None:
    """The numbering of these codes, each a different one; none where both or neither would do.

    Where names stand beside the codes they decide (`agrees(position, scheme)`; none: no name to compare).
    """
    told: dict[Scheme, float] = {}
    for scheme in LENGTHS:
        right = [_right(i, code, scheme, table, agrees) for i, code in enumerate(codes)]
        told[scheme] = sum(right) / len(right) if right else 0.0
    best, other = sorted(told, key=lambda s: (-told[s], s))
    return best if told[best] > ENOUGH and told[best] > told[other] else None


def _right(
    position: int, code: str, scheme: Scheme, table: Codes, agrees: Callable[[int, Scheme], bool | None]
) -> bool:
    read = read_code(code, scheme)
    known = table.years if scheme == "mois" else table.by_kostat
    if read is None or read.above not in known:
        return False
    return agrees(position, scheme) is not False
