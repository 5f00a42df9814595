"""Sheets that describe the table (메타정보 시트): table id, name, period, source, downloaded, notes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sigun.ingest.tidy.grid import squeezed

NAMES = re.compile(r"^\s*(메타\s*(정보|데이터|자료)|meta\s*(data|info)?|통계\s*설명(자료)?)\s*\d*\s*$", re.I)
LABELS = (
    ("통계표id", "table_id"),
    ("통계표명", "table_name"),
    ("조회기간", "period"),
    ("수록기간", "period"),
    ("출처", "source"),
    ("작성기관", "source"),
    ("자료다운일자", "downloaded"),
    ("다운로드", "downloaded"),
    ("통계표url", "url"),
    ("단위", "unit"),
)
LEAD = "○●◎□■◇◆▶·*-"


def is_metadata(name: str, rows: Sequence[Sequence[str]]) -> bool:
    """Whether a sheet describes a table rather than holding one: by its name, or by what its rows begin with."""
    if NAMES.match(name):
        return True
    labels = {_label(row[0]) for row in rows[:12] if row}
    return len(labels & {"table_id", "table_name", "period", "downloaded", "url"}) >= 2


def harvest_rows(rows: Sequence[Sequence[str]]) -> dict[str, str]:
    """What a metadata sheet says: a label's text in the cell beside it, everything unlabelled under `notes`.

    >>> harvest_rows([["○ 통계표ID", "DT_1B040M5"], ["○ 단위", "명"], ["", "1. 연앙인구는"]])
    {'table_id': 'DT_1B040M5', 'unit': '명', 'notes': '1. 연앙인구는'}
    """
    said: dict[str, str] = {}
    notes: list[str] = []
    for row in rows:
        cells = [squeezed(c) for c in row]
        label = _label(cells[0]) if cells else None
        rest = " ".join(c for c in cells[1:] if c)
        if label is not None and rest and label not in said:
            said[label] = rest
        elif label is None and any(cells):
            lead = cells[0].lstrip(LEAD).strip()
            notes += [": ".join(t for t in (lead if lead != "주석" else "", rest) if t)]
    text = "\n".join(n for n in notes if n)
    return said | ({"notes": text} if text else {})


def _label(cell: str) -> str | None:
    word = re.sub(r"\s+", "", cell.lstrip(LEAD + " ")).casefold().rstrip(":：")
    return next((label for name, label in LABELS if word == name), None)
