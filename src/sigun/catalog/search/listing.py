"""A list of metadata (자료 목록 파일): JSON or CSV from elsewhere; hostile until every row is looked at."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from sigun.catalog.search.entry import Entry
from sigun.catalog.search.sentence import shown
from sigun.errors import CardError, SigunError, require
from sigun.text import _

BIGGEST = 200_000_000  # bytes
MOST = 200_000  # entries
TOLD = 50  # wrong rows told one by one
LONGEST = {"id": 200, "title": 400, "description": 20_000}
OTHERS = 400  # characters of every other field

HEADS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "번호", "목록키", "식별자"),
    "title": ("title", "name", "제목", "자료명", "데이터명", "목록명", "데이터셋명"),
    "description": ("description", "설명", "내용", "요약"),
    "provider": ("provider", "publisher", "제공기관", "기관명", "출처"),
    "space": ("space", "공간단위", "공간범위", "지역단위"),
    "time": ("time", "시간단위", "주기", "업데이트주기", "갱신주기"),
    "period": ("period", "기간", "수록기간"),
    "access": ("access", "제공형태", "공개구분", "접근"),
    "personal": ("personal", "개인정보"),
    "keywords": ("keywords", "키워드", "검색어"),
    "columns": ("columns", "항목", "컬럼", "열", "항목명"),
}
MANY = ("keywords", "columns")


def file_mark(file: Path) -> str:
    """A mark of the file's bytes."""
    import hashlib

    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()[:16]
    except OSError as error:
        raise _unreadable(file, error) from error


def read_entries(path: Path) -> tuple[Entry, ...]:
    """The entries of a list of metadata: a JSON list of objects, or a CSV with one row a data set.

    Raises
    ------
    CardError, Several
        The file is no such list; or everything that is wrong with its rows, each with its number.
    """
    rows = _rows_of(path)
    problems: list[SigunError] = []
    entries: dict[str, Entry] = {}
    wrong = 0
    for number, row in rows:
        reason, entry = _entry(row, number)
        if entry is not None and entry.id in entries:
            reason = _("the id “{id}” stands in another row too").format(id=entry.id)
        if reason:
            wrong += 1
            if wrong <= TOLD:
                problems.append(_wrong(path, number, reason))
        elif entry is not None:
            entries[entry.id] = entry
    if wrong > TOLD:
        problems.append(_wrong(path, 0, _("{n} more rows").format(n=wrong - TOLD)))
    require(problems)
    return tuple(entries.values())


def _rows_of(path: Path) -> list[tuple[int, Any]]:
    """Rows with their numbers: the place in the list, or the line of the file."""
    try:
        if path.stat().st_size > BIGGEST:
            raise CardError(
                _("The list is larger than {n} MB.").format(n=BIGGEST // 1_000_000), str(path), _("Split it.")
            )
        rows = _json_rows(path) if path.suffix.lower() == ".json" else _csv_rows(path)
    except (OSError, UnicodeDecodeError, ValueError, RecursionError, csv.Error) as error:
        raise _unreadable(path, error) from error
    if len(rows) > MOST:
        raise CardError(_("The list has more than {n} entries.").format(n=MOST), str(path), _("Split it."))
    return rows


def _json_rows(path: Path) -> list[tuple[int, Any]]:
    said = json.loads(path.read_text(encoding="utf-8-sig"))
    if not isinstance(said, list):
        raise ValueError(_("a JSON list of data sets is expected"))
    return list(enumerate(said, 1))


def _csv_rows(path: Path) -> list[tuple[int, Any]]:
    from sigun.ingest.encoding import find_encoding

    with path.open(encoding=find_encoding(path), newline="") as file:
        reader = csv.DictReader(file)
        names = {_field(head): head for head in reader.fieldnames or ()}
        if "title" not in names:
            raise ValueError(_("no column “title” (제목, 자료명, 목록명)"))
        return [
            (reader.line_num, {f: row[h] for f, h in names.items() if f and row.get(h) is not None}) for row in reader
        ]


def _field(head: str | None) -> str:
    plain = shown(head or "").replace(" ", "").casefold()
    return next((field for field, heads in HEADS.items() if plain in heads), "")


def _entry(row: Any, number: int) -> tuple[str, Entry | None]:
    """The entry of a row, or the reason why it is none."""
    if not isinstance(row, dict):
        return _("not a data set with named fields"), None
    texts: dict[str, str] = {}
    for field in HEADS:
        if field not in MANY:
            said = row.get(field)
            if not (said is None or isinstance(said, str | int | float)):
                return _("“{field}” is not a text").format(field=field), None
            texts[field] = "" if said is None else shown(str(said))
            if len(texts[field]) > LONGEST.get(field, OTHERS):
                return _("“{field}” is too long").format(field=field), None
    if not texts["title"]:
        return _("the title is empty"), None
    many = {field: _many(row.get(field)) for field in MANY}
    bad = next((field for field, said in many.items() if said is None), None)
    if bad:
        return _("“{field}” is not a list of texts").format(field=bad), None
    texts["id"] = texts["id"] or f"row-{number}"
    entry = Entry(**texts)  # type: ignore[arg-type]  # all of HEADS but those of many
    return "", replace(entry, keywords=many["keywords"] or (), columns=many["columns"] or ())


def _many(said: Any) -> tuple[str, ...] | None:
    """Keywords or labels of columns: a list of texts or of objects with a label, or one text with commas."""
    if said is None:
        return ()
    pieces: Iterable[Any] = said.replace("|", ",").replace(";", ",").split(",") if isinstance(said, str) else said
    if not isinstance(pieces, list):
        return None
    named = [p.get("label") or p.get("name") if isinstance(p, dict) else p for p in pieces]
    texts = [shown(p) for p in named if isinstance(p, str) and len(p) <= OTHERS]
    return tuple(t for t in texts if t) if len(texts) == len(named) else None


def _wrong(path: Path, number: int, reason: str) -> CardError:
    where = _("{file}, row {row}").format(file=path, row=number) if number else str(path)
    return CardError(
        _("An entry of the list cannot be read: {reason}").format(reason=reason), where, _("Mend or delete the row.")
    )


def _unreadable(path: Path, error: Exception) -> CardError:
    return CardError(
        _("The list of data sets cannot be read: {reason}").format(reason=error),
        str(path),
        _("Give a JSON list, or a CSV with one row a data set (columns title, description, keywords …)."),
    )
