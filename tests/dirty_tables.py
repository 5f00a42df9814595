"""Statistical tables as offices hand them out, made up, with every kind of mess and the truth known.

A table is regions × periods × items of numbers. It is laid out one way of `LAYOUTS`, then spoilt by some of `MESSES`,
and written as CSV or XLSX. What a reader must get back is in `Dirty.truth`; a file with one of `FAULTS` is refused.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

REGIONS: Mapping[str, tuple[str, ...]] = {
    "서울특별시": ("종로구", "중구", "용산구", "성동구", "강남구"),
    "부산광역시": ("중구", "서구", "동구", "해운대구", "기장군"),
    "대구광역시": ("중구", "동구", "수성구", "달성군"),
    "경기도": ("수원시", "성남시", "광주시", "여주시", "양평군", "가평군"),
    "강원도": ("춘천시", "원주시", "고성군", "양양군"),
    "충청북도": ("충주시", "제천시", "보은군"),
    "전라남도": ("목포시", "여수시", "신안군", "고흥군"),
    "경상남도": ("진주시", "통영시", "고성군", "남해군"),
    "제주특별자치도": ("제주시", "서귀포시"),
}
SHORT = {
    "서울특별시": "서울", "부산광역시": "부산", "대구광역시": "대구", "경기도": "경기", "강원도": "강원",
    "충청북도": "충북", "전라남도": "전남", "경상남도": "경남", "제주특별자치도": "제주",
}  # fmt: skip
CODES = {"서울특별시": 11, "부산광역시": 26, "대구광역시": 27, "경기도": 41}
ITEMS: tuple[tuple[str, str, float], ...] = (  # name, unit, usual size
    ("출생아수", "명", 900.0),
    ("세대수", "세대", 40_000.0),
    ("혼인건수", "건", 700.0),
    ("재정자립도", "%", 30.0),
    ("월평균 소득", "만원", 280.0),
    ("합계출산율", "명", 1.0),
)
NATION = "전국"


@dataclass
class Sheet:
    """A table on its way to a file: header rows, body rows, and what stands above and below."""

    above: list[list[str]]
    header: list[list[str]]
    body: list[list[str]]
    below: list[list[str]]
    keys: int


@dataclass(frozen=True)
class Dirty:
    """One file."""

    path: Path
    truth: pd.DataFrame  # sido, sigungu, period (first day), item, value (NaN: told to be missing), suppressed
    layout: str
    messes: tuple[str, ...]
    fault: str | None  # why it must be refused; none: it must be read


@dataclass(frozen=True)
class Table:
    """Regions × periods × items of numbers."""

    places: list[tuple[str, str]]  # 시도, 시군구
    span: str  # year | quarter | month
    periods: list[pd.Timestamp]
    items: list[tuple[str, str, float]]
    values: np.ndarray  # (places, periods, items)


def make(folder: Path, seed: int) -> Dirty:
    """One dirty file, all of its chance from the seed."""
    rng = np.random.default_rng([20261122, seed])
    layout = str(rng.choice(list(LAYOUTS)))
    table = _table(rng, layout)
    wanted = list(rng.permutation([m for m in MESSES if _suits(m, layout, table)]))[: int(rng.integers(0, 7))]
    fault = str(rng.choice(list(FAULTS))) if rng.random() < 0.08 else None
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
    return Dirty(path, _truth(table, texts), layout, tuple(messes), fault)


def _table(rng: np.random.Generator, layout: str) -> Table:
    sidos = list(rng.choice(list(REGIONS), int(rng.integers(2, 5)), replace=False))
    if layout == "regions_across":
        sidos = ["서울특별시"]
    places = [(s, g) for s in sidos for g in REGIONS[s]]
    span = str(rng.choice(["year", "year", "year", "quarter", "month"]))
    many = {"year": int(rng.integers(2, 9)), "quarter": int(rng.integers(4, 9)), "month": int(rng.integers(6, 15))}[
        span
    ]
    step = {"year": "YS", "quarter": "QS", "month": "MS"}[span]
    periods = list(pd.date_range(f"{int(rng.integers(2009, 2018))}-01-01", periods=many, freq=step))
    count = 1 if layout in ("wide", "regions_across") else int(rng.integers(1, 4))
    if layout in ("wide_items", "item_rows"):
        count = max(2, count)
    items = [ITEMS[i] for i in sorted(rng.choice(len(ITEMS), count, replace=False))]
    sizes = np.array([size for _, _, size in items])
    values = rng.gamma(4.0, 0.25, (len(places), many, count)) * sizes
    values = np.where(sizes >= 100, np.round(values), np.where(sizes >= 10, np.round(values, 1), np.round(values, 3)))
    return Table(places, span, periods, items, values)


# -- cells ------------------------------------------------------------------------------------------------------------


def _texts(table: Table, messes: Sequence[str], rng: np.random.Generator) -> np.ndarray:
    """The values as the office writes them; missing ones as its mark."""
    texts = np.empty(table.values.shape, object)
    for at in np.ndindex(*table.values.shape):
        value = table.values[at]
        text = f"{value:.0f}" if table.items[at[2]][2] >= 100 else f"{value:g}"
        texts[at] = f"{float(text):,.0f}" if "thousands" in messes and "." not in text else text
        if "percent_sign" in messes and table.items[at[2]][1] == "%":
            texts[at] = f"{text}%"
    for mess, mark in (("dash", "-"), ("empty", ""), ("suppressed", "X"), ("dots", "…")):
        if mess in messes:
            texts[rng.random(texts.shape) < 0.03] = mark
    return texts


def _told(text: str) -> float:
    return np.nan if text in ("-", "", "X", "…") else float(text.replace(",", "").rstrip("%"))


def _truth(table: Table, texts: np.ndarray) -> pd.DataFrame:
    rows = [
        (*table.places[i], table.periods[t], table.items[k][0], _told(texts[i, t, k]), texts[i, t, k] == "X")
        for i, t, k in np.ndindex(*texts.shape)
    ]
    return pd.DataFrame(rows, columns=["sido", "sigungu", "period", "item", "value", "suppressed"])


def period_text(table: Table, at: int, messes: Sequence[str]) -> str:
    """A period as the office writes it."""
    day = table.periods[at]
    last = at == len(table.periods) - 1
    quarter = (day.month + 2) // 3
    plain = {"year": f"{day.year}", "quarter": f"{day.year}.{quarter}/4", "month": f"{day.year}.{day.month:02d}"}
    words = {"year": f"{day.year}년", "quarter": f"{day.year}년 {quarter}분기", "month": f"{day.year}년 {day.month}월"}
    text = (words if "period_words" in messes else plain)[table.span]
    if "month_word" in messes and table.span == "month":
        text = f"{day.year}.{day.month:02d} 월"
    if "census_letter" in messes and table.span == "year":
        text = f"{day.year}년{'R' if last else 'T'}"
    if "period_code" in messes and table.span == "year":
        text = f"Y{day.year} {day.year}"
    return f"{text} p)" if "provisional" in messes and last else text


def _item_text(item: tuple[str, str, float], messes: Sequence[str]) -> str:
    name, unit, _ = item
    return f"{name} ({unit})" if "unit_in_header" in messes else name


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


def _wide(table: Table, texts: np.ndarray, messes: Sequence[str]) -> Sheet:
    header = [*_key_names(messes), *(period_text(table, t, messes) for t in range(len(table.periods)))]
    body = [[*place, *texts[i, :, 0]] for i, place in enumerate(table.places)]
    sheet = Sheet([], [header], body, [], 2)
    if "unit_row" not in messes and "title" not in messes:  # something has to say what the numbers are
        sheet.header.append([*_key_names(messes), *[_item_text(table.items[0], messes)] * len(table.periods)])
    return sheet


def _wide_items(table: Table, texts: np.ndarray, messes: Sequence[str]) -> Sheet:
    keys, many = _key_names(messes), len(table.items)
    shown = [
        (t, k) for t in range(len(table.periods)) for k in range(many) if not ("fewer_items" in messes and t == 0 and k)
    ]
    header = [
        [*keys, *(period_text(table, t, messes) for t, _ in shown)],
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
    "wide": _wide,
    "wide_items": _wide_items,
    "item_rows": _item_rows,
    "regions_across": _regions_across,
}

# -- messes -----------------------------------------------------------------------------------------------------------


def _nothing(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    """Done while the cells were written, or while the file is."""


def _title(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    sheet.above.insert(0, [f"시군구별 {table.items[0][0]}"])


def _unit_row(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    sheet.above.append([""] * (len(sheet.header[0]) - 1) + [f"(단위 : {table.items[0][1]})"])


def _note_above(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    sheet.above.insert(0, ["※ 매월 말일자 통계 현황"])


def _blank_above(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    sheet.above.append([])


def _footnotes(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    sheet.below += [["자료: 가온통계원, 「가온조사」"], ["주: 2015년 이전은 추정값임"]]


def _trailing_columns(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    for row in (*sheet.header, *sheet.body):
        row += ["", ""]


def _index_column(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    for row in sheet.header:
        row.insert(0, "")
    for at, row in enumerate(sheet.body):
        row.insert(0, str(at))
    sheet.keys += 1


def _labels(sheet: Sheet, change: Callable[[str], str]) -> None:
    """Change every region label of the body."""
    known = {name for sido, all_of in REGIONS.items() for name in (sido, *all_of)}
    for row in sheet.body:
        row[:] = [change(c) if at < sheet.keys and c in known else c for at, c in enumerate(row)]


def _trailing_blanks(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    _labels(sheet, lambda name: f"{name}  ")


def _wide_blanks(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    _labels(sheet, lambda name: f"\u3000\u3000{name}")


def _short_names(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    _labels(sheet, lambda name: SHORT.get(name, name))


def _totals_of(sheet: Sheet, rows: list[list[str]], labels: list[str]) -> list[str]:
    """A row of totals over the body rows, where they can be added."""
    columns = range(len(labels), len(sheet.body[0]))
    told = [[_plain(row[c]) for row in rows] for c in columns]
    return [*labels, *(f"{np.nansum(t):g}" for t in told)]


def _plain(text: str) -> float:
    try:
        return float(text.replace(",", "").rstrip("%"))
    except ValueError:
        return np.nan


def _blocks(sheet: Sheet) -> dict[str, list[list[str]]]:
    blocks: dict[str, list[list[str]]] = {}
    for row in sheet.body:
        blocks.setdefault(row[0], []).append(row)
    return blocks


def _subtotals(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    """소계 before each 시도, 전국 before all."""
    made: list[list[str]] = []
    for sido, rows in _blocks(sheet).items():
        for key in _keys_within(sheet, rows):
            made.append(_totals_of(sheet, [r for r in rows if r[2 : sheet.keys] == key], [sido, "소계", *key]))
        made += rows
    for key in reversed(_keys_within(sheet, sheet.body)):
        made.insert(0, _totals_of(sheet, [r for r in sheet.body if r[2 : sheet.keys] == key], [NATION, "소계", *key]))
    sheet.body[:] = made


def _keys_within(sheet: Sheet, rows: list[list[str]]) -> list[list[str]]:
    """Distinct keys beyond the two of the region, in order."""
    seen: dict[tuple[str, ...], None] = {}
    for row in rows:
        seen.setdefault(tuple(row[2 : sheet.keys]), None)
    return [list(key) for key in seen]


def _aggregates(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    """수도권 and 지방 at the end, as if they were 시도."""
    for name in ("수도권", "지방"):
        for key in _keys_within(sheet, sheet.body):
            sheet.body.append(_totals_of(sheet, sheet.body[:3], [name, "소계", *key]))


def _blocks_told_once(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    """The 시도 stands in the first row of its block only."""
    last = None
    for row in sheet.body:
        row[0], last = ("" if row[0] == last else row[0]), row[0]


def _shuffled(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    sheet.body[:] = [sheet.body[i] for i in rng.permutation(len(sheet.body))]


def _glued_codes(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    """KOSTAT-like codes before the 시군구: `11010 종로구`."""
    order = {place: f"{CODES[place[0]]}{10 * (at + 1):03d}" for sido in CODES for at, place in enumerate(
        (sido, g) for g in REGIONS[sido])}  # fmt: skip
    for row in sheet.body:
        if (row[0], row[1]) in order:
            row[1] = f"\u3000{order[row[0], row[1]]} {row[1]}"


def _header_again(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    """A page break: the header stands again in the middle."""
    at = len(sheet.body) // 2
    sheet.body[at:at] = [list(row) for row in sheet.header]


def _blank_rows(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    at = len(sheet.body) // 2
    sheet.body.insert(at, [""] * len(sheet.body[0]))


def _row_twice(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    """The very same row twice."""
    sheet.body.append(list(sheet.body[int(rng.integers(len(sheet.body)))]))


def _complementary(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    """A unit of the same name that is gone: its rows tell nothing."""
    name = sheet.body[-1][:2]
    for key in _keys_within(sheet, [r for r in sheet.body if r[:2] == name]):
        sheet.body.append([*name, *key, *["-"] * (len(sheet.body[0]) - 2 - len(key))])


MESSES: dict[str, Callable[[Sheet, Table, np.random.Generator], None]] = {
    # in the cells
    **dict.fromkeys(("thousands", "percent_sign", "dash", "empty", "suppressed", "dots"), _nothing),
    # in the periods and headers
    **dict.fromkeys(("period_words", "month_word", "census_letter", "period_code", "provisional"), _nothing),
    **dict.fromkeys(("unit_in_header", "plain_keys", "fewer_items"), _nothing),
    # rows and columns, in the order they are done
    "glued_codes": _glued_codes,
    "complementary": _complementary,
    "subtotals": _subtotals,
    "aggregates": _aggregates,
    "row_twice": _row_twice,
    "shuffled": _shuffled,
    "short_names": _short_names,
    "blocks_told_once": _blocks_told_once,
    "trailing_blanks": _trailing_blanks,
    "wide_blanks": _wide_blanks,
    "header_again": _header_again,
    "blank_rows": _blank_rows,
    "index_column": _index_column,
    "trailing_columns": _trailing_columns,
    "unit_row": _unit_row,
    "title": _title,
    "note_above": _note_above,
    "blank_above": _blank_above,
    "footnotes": _footnotes,
    # the file
    **dict.fromkeys(("cp949", "bom", "utf16", "tabs", "semicolons", "quoted", "crlf"), _nothing),
    **dict.fromkeys(("workbook", "numbers_as_numbers", "metadata_sheet", "lying_name", "odd_name"), _nothing),
}

REGIONAL = ("glued_codes", "complementary", "subtotals", "aggregates", "blocks_told_once")
ONLY_FOR: Mapping[str, tuple[str, ...]] = {
    "fewer_items": ("wide_items",),
    "plain_keys": ("long", "wide", "wide_items", "item_rows"),
    **dict.fromkeys(REGIONAL, ("long", "wide", "wide_items", "item_rows")),
}


def _suits(mess: str, layout: str, table: Table) -> bool:
    """Whether a mess can be made of this table: a percent sign needs a percentage, glued codes known 시도."""
    if layout not in ONLY_FOR.get(mess, tuple(LAYOUTS)):
        return False
    needs = {
        "month_word": table.span == "month",
        "census_letter": table.span == "year",
        "period_code": table.span == "year",
        "percent_sign": any(unit == "%" for _, unit, _ in table.items),
        "glued_codes": all(sido in CODES for sido, _ in table.places),
        "unit_row": len(table.items) == 1,
    }
    return needs.get(mess, True)


# -- faults -----------------------------------------------------------------------------------------------------------


def _two_values(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    """One region and period told twice, differently."""
    row = list(next(r for r in reversed(sheet.body) if any(np.isfinite(_plain(c)) for c in r[sheet.keys :])))
    row[sheet.keys :] = [f"{_plain(c) + 7:g}" if np.isfinite(_plain(c)) else c for c in row[sheet.keys :]]
    sheet.body.append(row)


def _word_for_number(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    """A word where a number belongs."""
    row = sheet.body[len(sheet.body) // 2]
    row[sheet.keys] = "확인요망"


def _ragged(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    """A row has lost a cell in its middle: what follows stands under the wrong header."""
    del sheet.body[len(sheet.body) // 3][sheet.keys - 1]


FAULTS: Mapping[str, Callable[[Sheet, Table, np.random.Generator], None]] = {
    "two_values": _two_values,
    "word_for_number": _word_for_number,
    "ragged": _ragged,
}

# -- files ------------------------------------------------------------------------------------------------------------


def _write(folder: Path, name: str, sheet: Sheet, messes: Sequence[str], rng: np.random.Generator) -> Path:
    stem = "서울특별시_출생아수_전체" if "lying_name" in messes else f"표_{name}"
    stem = f"{stem} [최종+수정] ({name})" if "odd_name" in messes else f"{stem}_{name}"
    if "workbook" in messes or "metadata_sheet" in messes or "numbers_as_numbers" in messes:
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
    start = len(sheet.above) + len(sheet.header)
    for r, row in enumerate([*sheet.above, *sheet.header, *sheet.body, *sheet.below]):
        for c, cell in enumerate(row):
            number = _plain(cell) if "numbers_as_numbers" in messes and r >= start and c >= sheet.keys else np.nan
            if np.isfinite(number) and "%" not in cell:
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


def _merge_blocks(page: Any, sheet: Sheet, start: int, column: int) -> None:
    """Cells of the 시도 merged down their blocks."""
    names = [row[column] for row in sheet.body]
    told = [*(at for at, name in enumerate(names) if name), len(names)]
    for first, after in itertools.pairwise(told):
        if after - first > 1:
            page.merge_range(start + first, column, start + after - 1, column, names[first])
