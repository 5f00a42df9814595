"""The one name that must have been meant (비슷한 이름): offered, and never put in silently."""

from __future__ import annotations

from collections.abc import Iterable

SHORTEST = 4  # letters; of shorter names a slip makes another name
MOST = 2  # slips: letters wrong, missing, too many, or changed about


def slips(one: str, other: str) -> int:
    """Letters wrong, missing, too many or two changed about, between two names (optimal string alignment).

    >>> slips("marriage", "mariage"), slips("births", "brith"), slips("tfr", "tfr")
    (1, 2, 0)
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        two_back, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            steps = [before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b)]
            if i > 1 and j > 1 and (a, one[i - 2]) == (other[j - 2], b):
                steps.append(two_back[j - 2] + 1)
            row.append(min(steps))
    return row[-1]


def only_near(wrong: object, known: Iterable[str]) -> str | None:
    """The nearest known name, at most two slips away, where there is just one; none for a short name or in doubt.

    >>> only_near("mariage", ["marriage", "births"]), only_near("age_15", ["age_14", "age_16"])
    ('marriage', None)
    """
    if not isinstance(wrong, str) or not SHORTEST <= len(wrong) <= 60:
        return None
    alike = {name for name in known if len(name) >= SHORTEST and abs(len(name) - len(wrong)) <= MOST}
    away = {name: slips(wrong, name) for name in alike}
    nearest = [name for name, n in away.items() if n == min(away.values())]
    return nearest[0] if len(nearest) == 1 and away[nearest[0]] <= MOST else None
