"""Periods as headers write them (시점 표기): a year, quarter, month or day told from any other words."""

from __future__ import annotations

import re
from dataclasses import dataclass

YEAR = r"(?P<year>(?:19|20)\d\d)"
MARK = r"\s*(?:\(?[perPER]\)|\(?(?:잠정|추정)치?\)?)?\s*"
CODE = r"(?:\d?[YMQHD]\d{4,8}\s+)?"
BETWEEN = r"(?:\s*년\s*|\s*[.\-/]\s*)"
MONTH = r"(?P<month>0?[1-9]|1[0-2])"
FORMS = tuple(
    re.compile(rf"{CODE}{form}{MARK}")
    for form in (
        rf"{YEAR}\s*(?:년도?)?\s*[TR]?",  # T, R: how the census was taken
        rf"{YEAR}{BETWEEN}(?P<quarter>[1-4])\s*/\s*4\s*(?:분기)?",
        rf"{YEAR}(?:{BETWEEN}|\s+)?(?P<quarter>[1-4])\s*(?:/\s*4\s*)?분기",
        rf"{YEAR}\s*[.\-]?\s*Q(?P<quarter>[1-4])",
        rf"{YEAR}\s+(?P<quarter>[1-4])\s*/\s*4",
        rf"{YEAR}(?:{BETWEEN}|\s+)(?P<half>[12])\s*/\s*2",
        rf"{YEAR}(?:{BETWEEN}|\s*)(?P<half>[상하])반기",
        rf"{YEAR}{BETWEEN}{MONTH}\s*월?\.?",
        rf"{YEAR}\s+{MONTH}\s*월",
        rf"{YEAR}(?P<month>0[1-9]|1[0-2])",
        rf"{YEAR}{BETWEEN}{MONTH}(?:\s*월\s*|\s*[.\-/]\s*)(?P<day>[0-3]?\d)\s*일?\.?(?: 00:00:00)?",
    )
)
PARTS = tuple(
    re.compile(form)
    for form in (
        r"(?P<month>0?[1-9]|1[0-2])\s*월",
        r"(?P<quarter>[1-4])\s*/\s*4\s*(?:분기)?",
        r"(?P<quarter>[1-4])\s*분기",
        r"(?P<half>[상하])반기",
    )
)
INSIDE = re.compile(r"(?<![\d.,~-])(?:19|20)\d\d(?:\s*년)?(?:\s*\d{1,2}\s*월|\.\s?\d{1,2}(?!\d))?(?!\d|,\d|\s*[~-])")
OCTOBER = re.compile(rf"{CODE}{YEAR}\.1{MARK}")


@dataclass(frozen=True, order=True)
class When:
    """A period, whatever way it is written."""

    year: int
    within: str = ""  # "M08", "Q1", "H2", "M08D15"; none: the whole year


def when(text: str) -> When | None:
    """The period that is all the text says, or none.

    >>> [(w.year, w.within) for t in ("2022 p)", "2017.1/4", "2022년08월", "Y2015 2015") if (w := when(t))]
    [(2022, ''), (2017, 'Q1'), (2022, 'M08'), (2015, '')]
    >>> when("2015년 이전"), when("15-19세")
    (None, None)
    """
    for form in FORMS:
        if found := form.fullmatch(text.strip()):
            return When(int(found["year"]), _within(found.groupdict()))
    return None


def part_of_year(text: str) -> str | None:
    """The month, quarter or half that is all the text says, without a year.

    >>> part_of_year("8월"), part_of_year("2/4"), part_of_year("하반기"), part_of_year("계")
    ('M08', 'Q2', 'H2', None)
    """
    found = next((f for form in PARTS if (f := form.fullmatch(text.strip()))), None)
    return _within(found.groupdict()) if found else None


def written(year: str, part: str) -> str:
    """A year and a part of it, told in two rows, as one text.

    >>> written("2022년", "8월"), written("2021 p)", "1/4")
    ('2022.08', '2021.1/4 p)')
    """
    moment, within = when(year), part_of_year(part)
    if moment is None or within is None:
        return f"{year} {part}".strip()
    number = int(within[1:])
    text = {"M": f"{number:02d}", "Q": f"{number}/4", "H": f"{number}/2"}[within[0]]
    mark = " p)" if re.search(r"[pP]\)|잠정", f"{year} {part}") else ""
    return f"{moment.year}.{text}{mark}"


def periods_inside(text: str) -> list[str]:
    """The periods a title names.

    >>> periods_inside("수도권 1인 가구 수, 2010년, 2020년")
    ['2010년', '2020년']
    >>> periods_inside("순이동 상위 10위, 2001-2019")
    []
    """
    return list(dict.fromkeys(found.strip() for found in INSIDE.findall(text)))


def may_be_october(text: str) -> bool:
    """Whether a month lost its last nought: `2012.1` is January, or October as Excel writes 2012.10."""
    return bool(OCTOBER.fullmatch(text.strip()))


def _within(found: dict[str, str | None]) -> str:
    if found.get("quarter"):
        return f"Q{found['quarter']}"
    if half := found.get("half"):
        return f"H{ {'상': '1', '하': '2'}.get(half, half) }"
    if not found.get("month"):
        return ""
    month = f"M{int(found['month'] or 0):02d}"
    return f"{month}D{int(found['day'] or 0):02d}" if found.get("day") else month
