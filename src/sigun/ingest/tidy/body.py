"""The first rows of a table's body (표 본문): where it begins, and which columns are keys."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sigun.ingest.labels import SIDO, TOTALS, clean_label
from sigun.ingest.tidy.grid import Grid, is_mark, is_number, is_remark, squeezed, unit_of
from sigun.ingest.tidy.moments import part_of_year, when

MOSTLY = 0.8
CODE_NAMES = re.compile(r"코드|번호|순번|연번|순위|연령|나이|학년|code|^no\.?$|^id$|unnamed", re.I)
PERIOD_NAMES = re.compile(r"시점|년|연도|월|분기|기간|기준일|날짜|일자|^time|year|month|quarter|date|period", re.I)
REGION = re.compile(r"^\S{1,12}?(특별시|광역시|특별자치시|특별자치도|시|군|구|읍|면|동|\d가)(\(\S+\))?$")
ALL_OF_IT = TOTALS | {"수도권", "비수도권", "지방", "기타", "국외", "평균", "시계", "도계", "군계", "구계"}
"""Words among names of regions that are none."""

NO_REGION = re.compile(
    r"(인구|가구|기구|도구|연구|요구|욕구|복구|출구|입구|이동|활동|아동|노동|변동|운동|행동|작동|공동|자동|냉동|"
    r"임시|일시|수시|상시|즉시|표시|실시|감시|도시|표면|측면|전면)$|^(시도|시군구|읍면동|행정동|법정동|자치구|행정구|동시|수면|수동)$"
)
LIKE_OTHER_WORDS = frozenset(("처인구", "여수시", "영도구"))


def told(row: Sequence[str]) -> list[int]:
    """The columns in which the row holds something."""
    return [c for c, text in enumerate(row) if text.strip()]


def is_blank(row: Sequence[str]) -> bool:
    """Whether nothing stands in the row."""
    return not any(text.strip() for text in row)


def is_aside(row: Sequence[str], width: int) -> bool:
    """Whether a row above the table is a title, a unit or a remark: little in it, beginning at the left or a unit."""
    cells = told(row)
    if not cells:
        return True
    rest = [c for c in cells if unit_of(row[c]) is None]
    if not rest or is_remark(row[rest[0]]):
        return len(rest) <= 2
    return len(rest) == 1 and ((width > 1 and rest[0] == 0) or len(rest) < len(cells))


def is_data(row: Sequence[str], widest: int) -> bool:
    """Whether the row holds numbers, behind its first cell, that are no periods, or nothing but marks for none."""
    cells = told(row)
    if len(cells) < max(2, 0.4 * widest):
        return False
    if 2 * sum(is_mark(row[c]) for c in cells[1:]) >= len(cells[1:]):
        return True
    return any(is_number(row[c]) and when(row[c]) is None and part_of_year(row[c]) is None for c in cells[1:])


def kind_of(texts: Sequence[str]) -> str:
    """`text`, `number`, `period` or `blank`: what most told cells of a column are."""
    some = [t for t in texts if t.strip() and not is_mark(t)]
    if not some:
        return "blank"
    if sum(when(t) is not None for t in some) >= MOSTLY * len(some):
        return "period"
    return "number" if sum(is_number(t) for t in some) >= MOSTLY * len(some) else "text"


def is_key(name: str, kind: str, at: int) -> bool:
    """Whether a column so named, with such cells, tells which row it is rather than a value."""
    if kind == "text":
        return True
    if kind == "period":
        return bool(PERIOD_NAMES.search(name)) or (at == 0 and not name)
    return kind == "number" and bool(CODE_NAMES.search(name) or (at == 0 and not name))


def are_regions(texts: Sequence[str]) -> bool:
    """Whether the words are names of 시도, 시군구 or 읍면동, totals among them allowed.

    >>> are_regions(["종로구", "중구", "계"]), are_regions(["인구", "가구", "면적"])
    (True, False)
    """
    words = [squeezed(t) for t in texts if squeezed(t) not in ALL_OF_IT]
    return len(words) >= 2 and all(is_region(w) for w in words) and len(set(words)) >= 2


def is_region(text: str) -> bool:
    """Whether the words end in the name of a region, or say "all of it".

    >>> [is_region(t) for t in ("서울", "부산 중구", "11010 종로구", "전국", "시도", "인구")]
    [True, True, True, True, False, False]
    >>> is_region("종 로 구"), is_region("여수시1)")
    (True, True)
    """
    word = clean_label(text).rsplit(" ", 1)[-1]
    named = REGION.match(word) and (word in LIKE_OTHER_WORDS or not NO_REGION.search(word))
    return word in SIDO or word in ALL_OF_IT or bool(named)


def sample(grid: Grid, rows: Sequence[int], column: int) -> list[str]:
    """The cells of a column in these rows (from 0)."""
    return [grid.rows[row][column] for row in rows]
