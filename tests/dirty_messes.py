"""Kinds of mess a statistical table comes with; each spoils a sheet and leaves what it means alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from dirty_world import KOSTAT, MOIS, NATION, REGIONS, SHORT, Sheet, Table, plain


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
    cells = [[row[c] for row in rows] for c in columns]
    signs = ["%" if any("%" in cell for cell in told) else "" for told in cells]
    sums = [np.nansum([plain(cell) for cell in told]) for told in cells]
    return [*labels, *(f"{total:g}{sign}" for total, sign in zip(sums, signs, strict=True))]


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
    order = {place: f"{KOSTAT[place[0]]}{10 * (at + 1):03d}" for sido in KOSTAT for at, place in enumerate(
        (sido, g) for g in REGIONS[sido])}  # fmt: skip
    for row in sheet.body:
        if (row[0], row[1]) in order:
            row[1] = f"\u3000{order[row[0], row[1]]} {row[1]}"


def _header_again(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    """A page break: the header stands again in the middle, where all keys are told."""
    middle = len(sheet.body) // 2
    at = next((i for i, row in enumerate(sheet.body) if i >= middle and all(row[: sheet.keys])), middle)
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


def _total_row(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    """합계 under all."""
    label = str(rng.choice(["합계", "", "소계"]))
    for key in _keys_within(sheet, sheet.body):
        sheet.body.append(_totals_of(sheet, sheet.body[:3], ["합계", label, *key]))


def _mois_codes(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    """A column of 행정구역코드, of five or ten figures, beside the names."""
    rest = str(rng.choice(["", "00000"]))
    for row in sheet.header:
        row.insert(2, "행정구역코드")
    for row in sheet.body:
        code = MOIS.get(row[0], {}).get(row[1], "")
        row.insert(2, code and code + rest)
    sheet.keys += 1


def _footnote_labels(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    """Marks of footnotes at some names: `종로구1)`."""
    names = [name for sido, all_of in REGIONS.items() for name in (sido, *all_of)]
    marked = {str(name) for name in rng.choice(names, len(names) // 4)}
    _labels(sheet, lambda name: f"{name}1)" if name in marked else name)


def _letters_apart(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    _labels(sheet, lambda name: " ".join(name) if len(name) <= 3 else name)


def _blank_columns(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    """An empty column between keys and values, and one between values."""
    width = len(sheet.header[0])
    for at in sorted({sheet.keys, (sheet.keys + width + 1) // 2}, reverse=True):
        for row in (*sheet.header, *sheet.body):
            row.insert(at, "")


def _growth_column(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    """A last column that belongs to no period."""
    for row in sheet.header:
        row.append("증감률")
    for row in sheet.body:
        row.append("3.1")


def _numbered(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    """The rows counted in a first column with a name."""
    name = str(rng.choice(["연번", "번호", "순번", "No"]))
    for row in sheet.header:
        row.insert(0, name)
    for at, row in enumerate(sheet.body):
        row.insert(0, str(at + 1))
    sheet.keys += 1


def _blank_left(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    """Nothing in the first column."""
    for row in (*sheet.above, *sheet.header, *sheet.body, *sheet.below):
        row.insert(0, "")
    sheet.keys += 1


def _remarks_column(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    """비고 behind the values: a few words, mostly nothing."""
    for row in sheet.header:
        row.append("비고")
    for row in sheet.body:
        row.append("경계 조정" if rng.random() < 0.1 else "")


def _unit_column(sheet: Sheet, table: Table, rng: np.random.Generator) -> None:
    """The unit of each row in a column of its own."""
    units = {item[0]: item[1] for item in table.items}
    for row in sheet.header:
        row.insert(3, "단위")
    for row in sheet.body:
        row.insert(3, next((unit for name, unit in units.items() if row[2].replace("\n", "").startswith(name)), ""))
    sheet.keys += 1


MESSES: dict[str, Callable[[Sheet, Table, np.random.Generator], None]] = {
    # in the cells
    **dict.fromkeys(("thousands", "percent_sign", "dash", "empty", "suppressed", "dots"), _nothing),
    **dict.fromkeys(("thousands_blank", "negatives", "wide_figures", "provisional_cells", "hard_blanks"), _nothing),
    # in the periods and headers
    **dict.fromkeys(("period_words", "month_word", "census_letter", "period_code", "provisional"), _nothing),
    **dict.fromkeys(("period_dash", "period_figures", "years_as_numbers"), _nothing),
    **dict.fromkeys(("unit_in_header", "plain_keys", "fewer_items", "split_period", "broken_header"), _nothing),
    # rows and columns, in the order they are done
    "glued_codes": _glued_codes,
    "complementary": _complementary,
    "subtotals": _subtotals,
    "aggregates": _aggregates,
    "total_row": _total_row,
    "row_twice": _row_twice,
    "shuffled": _shuffled,
    "mois_codes": _mois_codes,
    "unit_column": _unit_column,
    "short_names": _short_names,
    "letters_apart": _letters_apart,
    "footnote_labels": _footnote_labels,
    "blocks_told_once": _blocks_told_once,
    "trailing_blanks": _trailing_blanks,
    "wide_blanks": _wide_blanks,
    "numbered": _numbered,
    "growth_column": _growth_column,
    "remarks_column": _remarks_column,
    "blank_columns": _blank_columns,
    "header_again": _header_again,
    "blank_rows": _blank_rows,
    "index_column": _index_column,
    "trailing_columns": _trailing_columns,
    "unit_row": _unit_row,
    "title": _title,
    "note_above": _note_above,
    "blank_above": _blank_above,
    "footnotes": _footnotes,
    "blank_left": _blank_left,
    # the file
    **dict.fromkeys(("cp949", "bom", "utf16", "tabs", "semicolons", "quoted", "crlf"), _nothing),
    **dict.fromkeys(("workbook", "numbers_as_numbers", "metadata_sheet", "lying_name", "odd_name"), _nothing),
    "excel_dates": _nothing,
}

BY_REGION = (
    "long",
    "long_parts",
    "wide",
    "wide_items",
    "wide_parts",
    "item_rows",
    "one_period",
)
REGIONAL = (
    *("glued_codes", "complementary", "subtotals", "aggregates", "blocks_told_once"),
    *("plain_keys", "total_row", "mois_codes", "footnote_labels", "letters_apart"),
)
ONLY_FOR: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(REGIONAL, BY_REGION),
    "fewer_items": ("wide_items",),
    "unit_column": ("item_rows",),
    "split_period": ("wide", "wide_items", "wide_parts"),
    "growth_column": ("wide",),
    "blank_left": ("wide", "wide_items", "wide_parts", "item_rows", "one_period", "regions_across"),
    "excel_dates": ("long", "long_parts"),
}
NOT_WITH: Mapping[str, tuple[str, ...]] = {  # two that cannot be made of one table
    "mois_codes": ("glued_codes", "unit_column"),
    "numbered": ("index_column",),
    "hard_blanks": ("cp949",),
    "years_as_numbers": ("provisional", "period_words", "month_word", "census_letter", "period_code", "period_dash"),
    "period_figures": ("period_words", "month_word", "period_dash", "excel_dates", "split_period"),
    "period_dash": ("excel_dates", "split_period", "census_letter", "period_code", "period_words", "month_word"),
    "thousands": ("thousands_blank",),
    "split_period": ("provisional", "period_words", "month_word"),
    "excel_dates": ("provisional", "period_words", "month_word"),
}


def suits(mess: str, layout: str, table: Table) -> bool:
    """Whether a mess can be made of this table: a percent sign needs a percentage, glued codes known 시도."""
    if layout not in ONLY_FOR.get(mess, (*BY_REGION, "regions_across", "full_names", "one_column")):
        return False
    needs = {
        "month_word": table.span == "month",
        "census_letter": table.span == "year",
        "period_code": table.span == "year",
        "percent_sign": any(unit == "%" for _, unit, _ in table.items),
        "glued_codes": all(sido in KOSTAT for sido, _ in table.places),
        "mois_codes": all(sido in MOIS for sido, _ in table.places),
        "unit_row": len({unit for _, unit, _ in table.items}) == 1,
        "years_as_numbers": table.span == "year",
        "period_figures": table.span == "month",
        "split_period": table.span != "year",
        "excel_dates": table.span == "month",
        "provisional": layout != "one_period",
    }
    return needs.get(mess, True)


def together(messes: list[str]) -> list[str]:
    """The messes without those that an earlier one rules out."""
    kept: list[str] = []
    for mess in messes:
        if not any(mess in NOT_WITH.get(k, ()) or k in NOT_WITH.get(mess, ()) for k in kept):
            kept.append(mess)
    return kept
