"""What the child refused (거절 사유), as messages: what, where, and what to do."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sigun.errors import IngestError
from sigun.ingest.tidy.unreadable import Trouble
from sigun.text import N_, Message, _, say

log = logging.getLogger(__name__)

SAYINGS: Mapping[str, tuple[str, str]] = {
    "too_large": (
        N_("The file is larger than {limit} MB."),
        N_("Split it by year, or save it as Parquet with fewer columns."),
    ),
    "time": (N_("Reading the file took longer than {limit} seconds."), N_("Split it, or save it as CSV.")),
    "memory": (N_("Reading the file needs more memory than is allowed."), N_("Split it, or save it as CSV.")),
    "crash": (
        N_("The file broke the program that reads it (code {code})."),
        N_("It may be damaged or made to do harm. Open it in its own program and save it again as CSV."),
    ),
    "damaged": (N_("The file is damaged or cut off: {reason}"), N_("Get it again from where it came from.")),
    "no_header": (N_("There is no row {row} for the header."), N_("Mend `header_row` in the card.")),
    "unclosed_quote": (
        N_("A quotation mark is opened and never closed: the file seems cut off in the middle of a row."),
        N_("Get the file again; the row it names is the last that begins."),
    ),
    "cut": (
        N_("The last row has {actual} cells, the header {expected}: the file is cut off in mid-row."),
        N_("Get the file again, or delete the last row if the rest is whole."),
    ),
    "ragged": (
        N_("{count} rows do not have the header's number of cells ({expected}); the first has {actual}."),
        N_("Commas inside a cell need quotation marks. Mend these rows, or export the file again."),
    ),
    "bomb": (
        N_("The workbook is {packed} kB and would unpack to {unpacked} MB."),
        N_("Open it in Excel, keep the sheet with the data, and save it as CSV."),
    ),
    "sparse": (
        N_("The last cell stands in row {row}, but only {filled} cells are filled."),
        N_("Delete the empty rows below the table in Excel and save it again."),
    ),
    "formulas": (
        N_("{count} cells hold formulas that were never calculated; their values are not in the file."),
        N_("Open the workbook in Excel, let it calculate, and save it again."),
    ),
    "too_many_cells": (
        N_("The sheet spans {cells} cells; at most {limit} are read."),
        N_("Delete empty rows and columns beyond the table, or save it as CSV."),
    ),
    "too_many_merges": (
        N_("The sheet has {merges} merged cells; at most {limit} are read."),
        N_("Undo the merges in Excel, or save the sheet as CSV."),
    ),
    "too_many_rows": (N_("The file has {rows} rows; at most {limit} are read."), N_("Split it by year.")),
    "too_many_sheets": (
        N_("The workbook has {sheets} sheets; at most {limit} are looked at."),
        N_("Save the sheet with the data as a workbook of its own."),
    ),
    "too_many_columns": (
        N_("The table has {columns} columns; at most {limit} are read."),
        N_("Keep the columns you need, or turn the table so that the others become rows."),
    ),
    "no_sheet": (N_("There is no sheet “{sheet}”."), N_("Sheets: {sheets}. Mend `sheet` in the card.")),
    "password": (
        N_("The workbook is locked with a password."),
        N_("Open it, take the password off, and save it again."),
    ),
    "no_records": (
        N_("The JSON holds no list of records."),
        N_("Expected: [{{…}}, {{…}}], or such a list inside an object."),
    ),
    "json": (
        N_("The JSON breaks off or is wrong at column {column}: {reason}"),
        N_("Get the file again; it may be cut off."),
    ),
    "json_encoding": (N_("The JSON is not UTF-8 text."), N_("Save it again as UTF-8.")),
}


def refusal(problem: str, values: Mapping[str, Any], path: Path) -> IngestError:
    """The error for a child's word."""
    if problem == "crash":
        log.debug("child failed on %s: %s", path, values.get("reason"))
        if "MemoryError" in str(values.get("reason")) or "bad_alloc" in str(values.get("reason")):
            problem = "memory"
    if problem == "changed":
        return changed([say(template, **said) for template, said in values["differences"]], path)
    if problem == "unreadable":
        (what, said), (remedy, more) = values["what"], values["remedy"]
        return unreadable(Trouble(say(what, **said), values["cell"], say(remedy, **more)), str(path))
    what, remedy = SAYINGS[problem]
    rows = values.get("row", values.get("rows") if problem == "ragged" else None)
    where = _("{file}, row {row}").format(file=path, row=rows) if rows is not None else str(path)
    return IngestError(_(what).format(**values), where, _(remedy).format(**values))


def unreadable(trouble: Trouble, where: str) -> IngestError:
    """The error for a table that cannot be read right."""
    place = _("{file}, cell {cell}").format(file=where, cell=trouble.cell) if trouble.cell else where
    return IngestError(trouble.what, place, trouble.remedy)


def changed(differences: Sequence[Message], path: Path) -> IngestError:
    """The error for a file that is not laid out as its card says."""
    said = "; ".join(str(d) for d in differences)
    return IngestError(
        _("The table is laid out differently from what the card says: {differences}.").format(differences=said),
        str(path),
        _("If the new layout is right, add the file as a new card; else get it again in the old layout."),
    )
