"""Names of sheets (시트 이름): short enough, without what Excel forbids, no two alike."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST = 31  # UTF-16 units
RESERVED = ("history",)
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def sheet_names(wishes: Iterable[str]) -> list[str]:
    """A name for every wish, in order.

    >>> sheet_names(["표 1 a/b", "표 1 A:B", ""])
    ['표 1 a b', '표 1 A B (2)', '(3)']
    """
    taken: set[str] = set(RESERVED)
    names = []
    for place, wish in enumerate(wishes, 1):
        plain = " ".join(_FORBIDDEN.sub(" ", wish).split()).strip("'")
        name, end, count = _cut(plain, LONGEST), "", place
        while not name or name.casefold() in taken:
            end = f"({count})" if not plain else f" ({count})"
            name, count = _cut(plain, LONGEST - len(end)) + end, count + 1
        taken.add(name.casefold())
        names.append(name)
    return names


def _cut(text: str, units: int) -> str:
    """As much of the text as fits, whole letters only, with nothing at its end that Excel forbids there."""
    while len(text.encode("utf-16-le", "ignore")) // 2 > units:
        text = text[:-1]
    return text.rstrip(" '")
