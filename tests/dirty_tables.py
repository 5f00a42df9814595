"""Statistical tables as offices hand them out, made up, with every kind of mess and the truth known.

A table is regions × periods × items of numbers. It is laid out one way of `LAYOUTS`, then spoilt by some of `MESSES`,
and written as CSV or XLSX. What a reader must get back is in `Dirty.truth`; a file with one of `FAULTS` is refused.
Faults are put into rows of single regions: what is wrong in a row of 수도권 is left out with it.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from dirty_faults import FAULTS
from dirty_messes import MESSES, suits, together
from dirty_world import ITEMS, REGIONS, Sheet, Table, plain, told

ONE_ITEM = ("wide", "regions_across", "one_column", "long_parts", "wide_parts")  # layouts
WIDE_FIGURES = str.maketrans("0123456789,", "０１２３４５６７８９，")


@dataclass(frozen=True)
class Dirty:
    """One file."""

    path: Path
    truth: pd.DataFrame  # sido, sigungu, period (first day), item, value (NaN: missing), suppressed, provisional
    layout: str
    span: str
    messes: tuple[str, ...]
    fault: str | None  # why it must be refused; none: it must be read


def make(folder: Path, seed: int) -> Dirty:
    """One dirty file, all of its chance from the seed."""
    rng = np.random.default_rng([20261122, seed])
    layout = str(rng.choice(list(LAYOUTS)))
    table = _table(rng, layout)
    able = [str(m) for m in rng.permutation([m for m in MESSES if suits(m, layout, table)])]
    wanted = together(able[: int(rng.integers(0, 8))])
    fault = str(rng.choice(list(FAULTS))) if rng.random() < 0.12 else None
    return spoil(folder, f"{seed:04d}", table, layout, wanted, fault, rng)


def spoil(
    folder: Path, name: str, table: Table, layout: str, messes: Sequence[str], fault: str | None,
    rng: np.random.Generator,
) -> Dirty:  # fmt: skip
    """Lay the table out, spoil it and write it."""
    texts = _texts(table, messes, rng)
    sheet = LAYOUTS[layout](table, texts, messes)
    for mess in sorted(messes, key=list(MESSES).index):
        MESSES[mess](sheet, table, rng)
    if fault is not None:
        FAULTS[fault](sheet, table, rng)
    path = _write(folder, name, sheet, messes, rng)
    return Dirty(path, _truth(table, texts, messes), layout, table.span, tuple(messes), fault)


def _table(rng: np.random.Generator, layout: str) -> Table:
    sidos = list(rng.choice(list(REGIONS), int(rng.integers(2, 5)), replace=False))
    if layout == "regions_across":
        sidos = ["서울특별시"]
    places = [(s, g) for s in sidos for g in REGIONS[s]]
    span = str(rng.choice(["year", "year", "year", "quarter", "month"]))
    many = {"year": int(rng.integers(2, 9)), "quarter": int(rng.integers(4, 9)), "month": int(rng.integers(6, 15))}[
        span
    ]
    if layout == "one_period":
        span, many = "year", 1
    step = {"year": "YS", "quarter": "QS", "month": "MS"}[span]
    periods = list(pd.date_range(f"{int(rng.integers(2009, 2018))}-01-01", periods=many, freq=step))
    count = 1 if layout in ONE_ITEM else int(rng.integers(1, 4))
    if layout in ("wide_items", "item_rows"):
        count = max(2, count)
    items = [ITEMS[i] for i in sorted(rng.choice(len(ITEMS), count, replace=False))]
    if layout in ("long_parts", "wide_parts"):
        items = [(f"{items[0][0]}|{part}", *items[0][1:]) for part in ("계", "남", "여")]
    sizes = np.array([size for _, _, size in items])
    values = rng.gamma(4.0, 0.25, (len(places), many, len(items))) * sizes
    values = np.where(sizes >= 100, np.round(values), np.where(sizes >= 10, np.round(values, 1), np.round(values, 3)))
    return Table(places, span, periods, items, values)


# -- cells ------------------------------------------------------------------------------------------------------------


def _texts(table: Table, messes: Sequence[str], rng: np.random.Generator) -> np.ndarray:
    """The values as the office writes them; missing ones as its mark."""
    texts = np.empty(table.values.shape, object)
    for at in np.ndindex(*table.values.shape):
        texts[at] = _number(table.values[at], table.items[at[2]], messes)
        if "negatives" in messes and rng.random() < 0.1:
            texts[at] = f"△{texts[at]}"
        if "wide_figures" in messes and rng.random() < 0.2:
            texts[at] = texts[at].translate(WIDE_FIGURES)
        if "hard_blanks" in messes and rng.random() < 0.2:
            texts[at] += "\xa0"
        if "provisional_cells" in messes and at[1] == len(table.periods) - 1:
            texts[at] += " p)"
    for mess, mark in (("dash", "-"), ("empty", ""), ("suppressed", "X"), ("dots", "…")):
        if mess in messes:
            texts[rng.random(texts.shape) < 0.03] = mark
    return texts


def _truth(table: Table, texts: np.ndarray, messes: Sequence[str]) -> pd.DataFrame:
    last = len(table.periods) - 1
    rows = [
        (
            *table.places[i],
            table.periods[t],
            table.items[k][0],
            told(texts[i, t, k]),
            texts[i, t, k] == "X",
            ("provisional" in messes and t == last) or any(text.endswith(" p)") for text in texts[i, t]),
        )
        for i, t, k in np.ndindex(*texts.shape)
    ]
    return pd.DataFrame(rows, columns=["sido", "sigungu", "period", "item", "value", "suppressed", "provisional"])


def period_text(table: Table, at: int, messes: Sequence[str]) -> str:
    """A period as the office writes it."""
    day = table.periods[at]
    last = at == len(table.periods) - 1
    quarter = (day.month + 2) // 3
    plain = {"year": f"{day.year}", "quarter": f"{day.year}.{quarter}/4", "month": f"{day.year}.{day.month:02d}"}
    words = {"year": f"{day.year}년", "quarter": f"{day.year}년 {quarter}분기", "month": f"{day.year}년 {day.month}월"}
    text = (words if "period_words" in messes else plain)[table.span]
    if "period_dash" in messes:
        dashed = {"quarter": f"{day.year} {quarter}/4", "month": f"{day.year}-{day.month:02d}"}
        text = dashed.get(table.span, f"{day.year}년도")
    if "period_figures" in messes and table.span == "month":
        text = f"{day.year}{day.month:02d}"
    if "month_word" in messes and table.span == "month":
        text = f"{day.year}.{day.month:02d} 월"
    if "census_letter" in messes and table.span == "year":
        text = f"{day.year}년{'R' if last else 'T'}"
    if "period_code" in messes and table.span == "year":
        text = f"Y{day.year} {day.year}"
    return f"{text} p)" if "provisional" in messes and last else text


def _item_text(item: tuple[str, str, float], messes: Sequence[str]) -> str:
    name, unit = item[0].split("|")[0], item[1]
    if "broken_header" in messes:
        name = f"{name[:2]}\n{name[2:]}"
    return f"{name} ({unit})" if "unit_in_header" in messes else name


def _number(value: float, item: tuple[str, str, float], messes: Sequence[str]) -> str:
    text = f"{value:.0f}" if item[2] >= 100 else f"{value:g}"
    if "." not in text and ("thousands" in messes or "thousands_blank" in messes):
        text = f"{value:,.0f}".replace(",", "," if "thousands" in messes else " ")
    return f"{text}%" if "percent_sign" in messes and item[1] == "%" else text


# -- layouts ----------------------------------------------------------------------------------------------------------


def _key_names(messes: Sequence[str]) -> list[str]:
    return ["시도", "시군구"] if "plain_keys" in messes else ["행정구역별(1)", "행정구역별(2)"]


def _long(table: Table, texts: np.ndarray, messes: Sequence[str]) -> Sheet:
    header = [*_key_names(messes), "시점", *(_item_text(i, messes) for i in table.items)]
    body = [
        [sido, sigungu, period_text(table, t, messes), *texts[i, t]]
        for i, (sido, sigungu) in enumerate(table.places)
        for t in range(len(table.periods))
    ]
    return Sheet([], [header], body, [], 3)


def _long_parts(table: Table, texts: np.ndarray, messes: Sequence[str]) -> Sheet:
    """One item by sex; its rows of 계, 남 and 여 under each other."""
    header = [*_key_names(messes), "성별", "시점", _item_text(table.items[0], messes)]
    body = [
        [*place, item[0].split("|")[1], period_text(table, t, messes), texts[i, t, k]]
        for i, place in enumerate(table.places)
        for k, item in enumerate(table.items)
        for t in range(len(table.periods))
    ]
    return Sheet([], [header], body, [], 4)


def _one_period(table: Table, texts: np.ndarray, messes: Sequence[str]) -> Sheet:
    """One year, told by the title alone."""
    header = [*_key_names(messes), *(_item_text(i, messes) for i in table.items)]
    body = [[*place, *texts[i, 0]] for i, place in enumerate(table.places)]
    return Sheet([[f"{table.periods[0].year}년 시군구별 주요 통계"]], [header], body, [], 2)


def _full_names(table: Table, texts: np.ndarray, messes: Sequence[str]) -> Sheet:
    """시도 and 시군구 in one cell."""
    header = ["행정구역", "시점", *(_item_text(i, messes) for i in table.items)]
    body = [
        [" ".join(place), period_text(table, t, messes), *texts[i, t]]
        for i, place in enumerate(table.places)
        for t in range(len(table.periods))
    ]
    return Sheet([], [header], body, [], 2)


def _one_column(table: Table, texts: np.ndarray, messes: Sequence[str]) -> Sheet:
    """Each 시도 above its 시군구, in one column; a name of two regions cannot be told by it."""
    header = ["행정구역", *(period_text(table, t, messes) for t in range(len(table.periods)))]
    body: list[list[str]] = []
    for i, (sido, sigungu) in enumerate(table.places):
        if not i or table.places[i - 1][0] != sido:
            body.append([sido, *["-"] * len(table.periods)])
        body.append([f"\u3000{sigungu}", *texts[i, :, 0]])
    return Sheet([[f"시군구별 {table.items[0][0]}"]], [header], body, [], 1)


def _wide_parts(table: Table, texts: np.ndarray, messes: Sequence[str]) -> Sheet:
    """계, 남 and 여 under each period."""
    keys, shown = _key_names(messes), [(t, k) for t in range(len(table.periods)) for k in range(len(table.items))]
    header = [
        *_period_rows(table, keys, [t for t, _ in shown], messes),
        [*keys, *(table.items[k][0].split("|")[1] for _, k in shown)],
    ]
    body = [[*place, *(texts[i, t, k] for t, k in shown)] for i, place in enumerate(table.places)]
    return Sheet([[f"시군구별 {table.items[0][0].split('|')[0]}"]], header, body, [], 2)


def _period_rows(table: Table, keys: list[str], shown: Sequence[int], messes: Sequence[str]) -> list[list[str]]:
    """The header rows that tell the periods: one, or years over months."""
    if "split_period" not in messes:
        return [[*keys, *(period_text(table, t, messes) for t in shown)]]
    days = [table.periods[t] for t in shown]
    within = [f"{d.month}월" if table.span == "month" else f"{(d.month + 2) // 3}/4" for d in days]
    return [[*keys, *(f"{d.year}년" for d in days)], [*keys, *within]]


def _wide(table: Table, texts: np.ndarray, messes: Sequence[str]) -> Sheet:
    header = _period_rows(table, _key_names(messes), range(len(table.periods)), messes)
    body = [[*place, *texts[i, :, 0]] for i, place in enumerate(table.places)]
    sheet = Sheet([], header, body, [], 2)
    if "unit_row" not in messes and "title" not in messes:  # something has to say what the numbers are
        sheet.header.append([*_key_names(messes), *[_item_text(table.items[0], messes)] * len(table.periods)])
    return sheet


def _wide_items(table: Table, texts: np.ndarray, messes: Sequence[str]) -> Sheet:
    keys, many = _key_names(messes), len(table.items)
    shown = [
        (t, k) for t in range(len(table.periods)) for k in range(many) if not ("fewer_items" in messes and t == 0 and k)
    ]
    header = [
        *_period_rows(table, keys, [t for t, _ in shown], messes),
        [*keys, *(_item_text(table.items[k], messes) for _, k in shown)],
    ]
    body = [[*place, *(texts[i, t, k] for t, k in shown)] for i, place in enumerate(table.places)]
    if "fewer_items" in messes:
        texts[:, 0, 1:] = ""
    return Sheet([], header, body, [], 2)


def _item_rows(table: Table, texts: np.ndarray, messes: Sequence[str]) -> Sheet:
    header = [*_key_names(messes), "항목", *(period_text(table, t, messes) for t in range(len(table.periods)))]
    body = [
        [*place, _item_text(item, messes), *texts[i, :, k]]
        for i, place in enumerate(table.places)
        for k, item in enumerate(table.items)
    ]
    return Sheet([], [header], body, [], 3)


def _regions_across(table: Table, texts: np.ndarray, messes: Sequence[str]) -> Sheet:
    header = ["시점", *(sigungu for _, sigungu in table.places)]
    body = [[period_text(table, t, messes), *texts[:, t, 0]] for t in range(len(table.periods))]
    return Sheet([], [header], body, [], 1)


LAYOUTS: Mapping[str, Callable[[Table, np.ndarray, Sequence[str]], Sheet]] = {
    "long": _long,
    "long_parts": _long_parts,
    "one_period": _one_period,
    "full_names": _full_names,
    "one_column": _one_column,
    "wide_parts": _wide_parts,
    "wide": _wide,
    "wide_items": _wide_items,
    "item_rows": _item_rows,
    "regions_across": _regions_across,
}

# -- files ------------------------------------------------------------------------------------------------------------


def _write(folder: Path, name: str, sheet: Sheet, messes: Sequence[str], rng: np.random.Generator) -> Path:
    stem = "서울특별시_출생아수_전체" if "lying_name" in messes else f"표_{name}"
    stem = f"{stem} [최종+수정] ({name})" if "odd_name" in messes else f"{stem}_{name}"
    if {"workbook", "metadata_sheet", "numbers_as_numbers", "excel_dates", "years_as_numbers"} & set(messes):
        return _workbook(folder / f"{stem}.xlsx", sheet, messes)
    rows = [*sheet.above, *sheet.header, *sheet.body, *sheet.below]
    delimiter = "\t" if "tabs" in messes else ";" if "semicolons" in messes else ","
    out = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if "quoted" in messes else csv.QUOTE_MINIMAL
    end = "\r\n" if "crlf" in messes else "\n"
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(rows)
    named = {"cp949": "cp949", "utf16": "utf-16", "bom": "utf-8-sig"}
    encoding = next((named[m] for m in named if m in messes), "utf-8")
    path = folder / f"{stem}.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def _workbook(path: Path, sheet: Sheet, messes: Sequence[str]) -> Path:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("데이터" if "metadata_sheet" in messes else "Sheet1")
    dates = book.add_format({"num_format": "yyyy-mm-dd"})
    start = len(sheet.above) + len(sheet.header)
    for r, row in enumerate([*sheet.above, *sheet.header, *sheet.body, *sheet.below]):
        for c, cell in enumerate(row):
            number = plain(cell) if "numbers_as_numbers" in messes and r >= start and c >= sheet.keys else np.nan
            if "excel_dates" in messes and r >= start and c == sheet.keys - 1 and (day := _first_day(cell)):
                page.write_datetime(r, c, day, dates)
            elif "years_as_numbers" in messes and r >= len(sheet.above) and cell.isdecimal() and len(cell) == 4:
                page.write_number(r, c, int(cell))
            elif np.isfinite(number) and "%" not in cell:
                page.write_number(r, c, number)
            elif cell:
                page.write_string(r, c, cell)
    if "blocks_told_once" in messes:
        _merge_blocks(page, sheet, start, int("index_column" in messes))
    if "metadata_sheet" in messes:
        about = book.add_worksheet("메타정보")
        for r, pair in enumerate((("○ 통계표ID", "DT_가온01"), ("○ 통계표명", "가온표"), ("○ 출처", "가온통계원"))):
            about.write_row(r, 0, pair)
    book.close()
    return path


def _first_day(cell: str) -> datetime | None:
    try:
        return datetime.strptime(cell, "%Y.%m")
    except ValueError:
        return None


def _merge_blocks(page: Any, sheet: Sheet, start: int, column: int) -> None:
    """Cells of the 시도 merged down their blocks."""
    names = [row[column] for row in sheet.body]
    told = [*(at for at, name in enumerate(names) if name), len(names)]
    for first, after in itertools.pairwise(told):
        if after - first > 1:
            page.merge_range(start + first, column, start + after - 1, column, names[first])
