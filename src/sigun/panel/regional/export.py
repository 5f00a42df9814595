"""The panel as a file (패널 내보내기): Parquet, Excel or CSV, with its data dictionary and what was lost on the way."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sigun.errors import RunError
from sigun.panel.regional.model import STATUS, RegionPanel
from sigun.panel.regional.span import written
from sigun.text import Message, _

CODEC = {"utf-8": "utf-8-sig", "cp949": "cp949"}
"""Excel takes UTF-8 for what it is only behind a byte order mark."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
SHOWN = 20  # letters that an encoding lacks


@dataclass(frozen=True)
class Written:
    """What was written, and which letters an older encoding could not hold."""

    files: tuple[Path, ...]
    rows: int
    lacking: Mapping[str, int]  # letter -> how often it became ?


def write_panel(panel: RegionPanel, to: Path, encoding: str = "utf-8") -> Written:
    """Write the panel; the ending says how: .parquet, .xlsx (sheets data, dictionary, losses …) or .csv.

    Beside Parquet and CSV lie `NAME.dictionary.csv` and `NAME.losses.csv`.

    Raises
    ------
    RunError
        Another ending, or another encoding than utf-8 and cp949.
    """
    writers: Mapping[str, Callable[[dict[str, pd.DataFrame], Path, str], Written]] = {
        ".parquet": _parquet,
        ".xlsx": _workbook,
        ".csv": _texts,
    }
    if to.suffix.lower() not in writers:
        raise RunError(
            _("A panel is not written as “{ending}”.").format(ending=to.suffix or to.name),
            str(to),
            _("End the name in .parquet, .xlsx or .csv."),
        )
    if encoding not in CODEC:
        raise RunError(
            _("There is no encoding “{encoding}” here.").format(encoding=encoding),
            "--encoding",
            _("Write utf-8 (for Excel with a byte order mark) or cp949."),
        )
    to.parent.mkdir(parents=True, exist_ok=True)
    return writers[to.suffix.lower()](sheets(panel), to, encoding)


def sheets(panel: RegionPanel) -> dict[str, pd.DataFrame]:
    """The tables of a panel as they are read: data, dictionary, losses, lineage, checks."""
    names = panel.units.set_index("unit")[["full", "sido_name"]]
    frame = panel.frame.join(names, on="region").rename(columns={"full": "region_name", "sido_name": "sido"})
    frame["period"] = [written(p, panel.span) for p in frame["period"]]
    columns = [c for name in panel.asked.ids() for c in (name, name + STATUS)]
    dictionary = panel.dictionary.assign(
        made=[_said(t, v) for t, v in panel.dictionary[["made", "made_values"]].itertuples(index=False)]
    ).drop(columns="made_values")
    checks = pd.DataFrame([vars(c) for c in panel.checks]) if panel.checks else pd.DataFrame(columns=["card"])
    return {
        "data": frame[["region", "region_name", "sido", "period", *columns]],
        "dictionary": dictionary,
        "losses": panel.losses,
        "lineage": panel.lineage,
        "checks": checks,
    }


def _said(template: str, values: str) -> str:
    return str(Message(template, json.loads(values)))


def _parquet(tables: dict[str, pd.DataFrame], to: Path, _encoding: str) -> Written:
    half = to.with_name(f".{to.name}.part")
    try:
        tables["data"].to_parquet(half, index=False)
        half.replace(to)
    finally:
        half.unlink(missing_ok=True)
    beside = _texts({n: t for n, t in tables.items() if n != "data"}, to, "utf-8")
    return Written((to, *beside.files), len(tables["data"]), {})


def _texts(tables: dict[str, pd.DataFrame], to: Path, encoding: str) -> Written:
    """CSV: the data under the name itself, the rest beside it."""
    files: list[Path] = []
    lacking: dict[str, int] = {}
    for name, table in tables.items():
        path = to if name == "data" else to.with_name(f"{to.stem}.{name}.csv")
        text = _inert(table).to_csv(index=False, lineterminator="\r\n")
        for letter in (c for c in text if not _holds(c, encoding)):
            lacking[letter] = lacking.get(letter, 0) + 1
        _write_whole(path, text.encode(CODEC[encoding], "replace"))
        files.append(path)
    rows = len(tables["data"]) if "data" in tables else 0
    return Written(tuple(files), rows, dict(sorted(lacking.items())))


def _holds(letter: str, encoding: str) -> bool:
    if letter.isascii() or encoding == "utf-8":
        return True
    try:
        letter.encode(CODEC[encoding])
    except UnicodeEncodeError:
        return False
    return True


def _write_whole(path: Path, content: bytes) -> None:
    half = path.with_name(f".{path.name}.part")
    try:
        half.write_bytes(content)
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)


def _inert(table: pd.DataFrame) -> pd.DataFrame:
    """Words that a spreadsheet would take for a formula stay words; numbers are left as they are."""
    words = [c for c in table.columns if table[c].dtype == "object" or pd.api.types.is_string_dtype(table[c])]
    return table.assign(**{c: table[c].map(inert, na_action="ignore") for c in words})


def inert(value: Any) -> Any:
    """A word that begins like a formula, behind an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _workbook(tables: dict[str, pd.DataFrame], to: Path, _encoding: str) -> Written:
    import xlsxwriter

    half = to.with_name(f".{to.name}.part")
    try:
        with xlsxwriter.Workbook(str(half)) as book:
            bold = book.add_format({"bold": True})
            for name, table in tables.items():
                _sheet(book.add_worksheet(name), table, bold)
        half.replace(to)
    finally:
        half.unlink(missing_ok=True)
    return Written((to,), len(tables["data"]), {})


def _sheet(sheet: Any, table: pd.DataFrame, bold: Any) -> None:
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, list(table.columns), bold)
    for column, name in enumerate(table.columns):
        _column(sheet, column, table[name].tolist())
    sheet.autofilter(0, 0, max(len(table), 1), max(len(table.columns) - 1, 0))


def _column(sheet: Any, column: int, values: Sequence[Any]) -> None:
    """Numbers as numbers, words as words (never as formulas), nothing where there is nothing."""
    for row, value in enumerate(values, 1):
        if isinstance(value, str):
            sheet.write_string(row, column, value)
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value)
        elif value is not None and value == value:  # noqa: PLR0124 - NaN is not itself
            sheet.write_number(row, column, value)
