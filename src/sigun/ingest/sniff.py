"""What a file is (파일 알아보기): by its content, never by its name."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from sigun.errors import IngestError
from sigun.ingest.encoding import find_encoding
from sigun.ingest.header import LOOK_AT, find_header, has_more_rows
from sigun.ingest.kma import looks_like_strip
from sigun.ingest.layout import Reading
from sigun.ingest.refusals import unreadable
from sigun.ingest.tabular import Limits, ask
from sigun.ingest.tidy.grid import Grid, grid_of
from sigun.ingest.tidy.metadata import harvest_rows, is_metadata
from sigun.ingest.tidy.recognise import Found, recognise
from sigun.ingest.tidy.unreadable import Unreadable
from sigun.text import N_, Message, _

LONGEST_LINE = 100_000  # characters; less than the csv module takes for one cell

HEAD = 65_536  # bytes looked at for the format
ALIKE = 0.3  # share of the first lines that have one and the same number of cells
Delimiter = Literal[",", "\t", ";", "|"]
DELIMITERS: tuple[Delimiter, ...] = (",", "\t", ";", "|")

NOT_A_TABLE: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", N_("The file is a PDF.")),
    (b"\x89PNG", N_("The file is a picture.")),
    (b"\xff\xd8\xff", N_("The file is a picture.")),
    (b"\x1f\x8b", N_("The file is packed (gzip).")),
    (b"HWP Document", N_("The file is a Hangul (HWP) document.")),
    (b"<", N_("The file is a web page or XML, whatever its name says.")),
    (b"SCDSA", N_("The file is locked by document security (DRM).")),
    (b"<DOCUMENT SAFER", N_("The file is locked by document security (DRM).")),
    (b"\x9b DRMONE", N_("The file is locked by document security (DRM).")),
)


@dataclass(frozen=True)
class Sheet:
    """One table of a file: how it is read, and what was guessed on the way."""

    reading: Reading
    guesses: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Survey:
    """Everything a file holds: its tables, the sheets that cannot be read right, and what it says of itself."""

    sheets: tuple[Sheet, ...]
    refused: tuple[IngestError, ...] = ()
    provenance: Mapping[str, str] = field(default_factory=dict)


def sniff(path: Path, limits: Limits | None = None) -> Reading:
    """How the file is to be opened: its first table.

    Raises
    ------
    IngestError
        It is empty, not a table, in no known encoding, or has no header row to be found.
    """
    return sniff_all(path, limits)[0]


def sniff_all(path: Path, limits: Limits | None = None) -> tuple[Reading, ...]:
    """How each table of the file is to be opened: one a sheet; errors as of `sniff`."""
    return tuple(sheet.reading for sheet in survey(path, limits).sheets)


def harvest(path: Path, limits: Limits | None = None) -> dict[str, str]:
    """What a metadata sheet (메타정보) says: table_id, table_name, period, source, unit, url, downloaded, notes."""
    return dict(survey(path, limits).provenance)


def survey(path: Path, limits: Limits | None = None) -> Survey:
    """All tables of a file, with what was guessed; errors as of `sniff` where it holds none that can be read."""
    limits = limits or Limits()
    head = _head(path)
    _require_table(head, path)
    if head.startswith(b"PAR1"):
        return _one(Reading(format="parquet"))
    if head.startswith(b"PK\x03\x04"):
        _require_workbook(path)
        return _workbook(path, "xlsx", limits)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        _require_old_workbook(path)
        return _workbook(path, "xls", limits)
    if path.stat().st_size > limits.file:
        ask(path, limits)  # says that it is too large
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return _one(Reading(format=_json_kind(head)))
    return _delimited(path)


def _one(reading: Reading, guesses: tuple[Message, ...] = ()) -> Survey:
    return Survey((Sheet(reading, guesses),))


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        raise IngestError(
            _("The file cannot be opened: {reason}.").format(reason=error.strerror), str(path), _("Check the path.")
        ) from error
    if not head.lstrip(b"\xef\xbb\xbf").strip():
        raise IngestError(_("The file is empty."), str(path), _("Export it again; nothing was written into it."))
    return head


def _require_table(head: bytes, path: Path) -> None:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    for mark, what in reversed(NOT_A_TABLE):
        if start.startswith(mark):
            raise _not_a_table(what, path)
    utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    known = head.startswith((b"PAR1", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))
    if b"\0" in head and not utf16 and not known:
        raise _not_a_table(N_("The file is neither text nor a workbook."), path)


def _not_a_table(what: str, path: Path) -> IngestError:
    remedy = _("Open it in its own program and save the table as XLSX or “CSV UTF-8”.")
    return IngestError(_(what), str(path), remedy)


def _require_workbook(path: Path) -> None:
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise IngestError(
            _("The file is damaged or cut off: {reason}").format(reason=error),
            str(path),
            _("Get it again from where it came from."),
        ) from error
    if not any(name.startswith("xl/workbook.") for name in names):
        raise IngestError(
            _("The file is a packed folder (ZIP) or a document, not a workbook."),
            str(path),
            _("Unpack it and add the files inside."),
        )


def _require_old_workbook(path: Path) -> None:
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise _not_a_table(N_("The workbook is locked with a password."), path)
    if "Workbook".encode("utf-16-le") not in data and "Book".encode("utf-16-le") not in data:
        raise _not_a_table(N_("The file is a document (HWP, DOC …), not a workbook."), path)


def _json_kind(head: bytes) -> Literal["json", "geojson"]:
    squeezed = head[:4096].replace(b" ", b"").replace(b"\n", b"").replace(b"\r", b"")
    outlines = (b'"FeatureCollection"', b'"type":"Feature"', b'"type":"Topology"')
    return "geojson" if any(mark in squeezed for mark in outlines) else "json"


def _workbook(path: Path, kind: Literal["xlsx", "xls"], limits: Limits) -> Survey:
    """Every sheet with a header and rows under it; one that describes the others is no table."""
    seen = ask(path, limits, task="peek")["sheets"]
    filled = [s for s in seen if any(cell for row in s["rows"] for cell in row)]
    if not filled:
        raise IngestError(_("The workbook is empty."), str(path), _("Export it again; nothing was written into it."))
    sheets: list[Sheet] = []
    refused: list[IngestError] = []
    provenance: dict[str, str] = {}
    for one in filled:
        if is_metadata(one["name"], one["rows"]):
            provenance |= harvest_rows(one["rows"])
            continue
        try:
            sheets.append(_sheet(path, kind, one, alone=len(seen) == 1))
        except IngestError as error:
            refused.append(error)
    if not sheets:
        raise refused[0] if refused else _no_table(path)
    return Survey(tuple(sheets), tuple(refused), provenance)


def _sheet(path: Path, kind: Literal["xlsx", "xls"], one: Mapping[str, Any], alone: bool) -> Sheet:
    where = str(path) if alone else _("{file}, sheet “{sheet}”").format(file=path, sheet=one["name"])
    reading = Reading(format=kind, sheet=None if alone else one["name"])
    rows = one["rows"]
    if max(sum(bool(cell) for cell in row) for row in rows) < 2:
        raise _no_table(where)
    found = _shape(grid_of(rows, [tuple(m) for m in one["merges"]]), where)
    if found is not None:
        return Sheet(reading.model_copy(update=_shaped(found)), found.guesses)
    at = _header_of(rows, where)
    if at >= len(rows) - 1:
        raise IngestError(
            _("The file has a header and no rows."), where, _("Export it again with its rows, or leave it out.")
        )
    return Sheet(reading.model_copy(update={"header_row": at + 1}))


def _shape(grid: Grid, where: str) -> Found | None:
    try:
        return recognise(grid)
    except Unreadable as problem:
        raise unreadable(problem.trouble, where) from problem


def _shaped(found: Found) -> dict[str, Any]:
    return {"shape": found.shape, "header_row": found.shape.header[-1]}


def _delimited(path: Path) -> Survey:
    encoding = find_encoding(path)
    with path.open(encoding=encoding, newline="") as file:
        head = "".join(file.read(LOOK_AT * LONGEST_LINE).splitlines(keepends=True)[:LOOK_AT])
    if looks_like_strip(head):
        return _one(Reading(format="kma_strip", encoding=encoding))
    longest = max((len(line) for line in head.splitlines()), default=0)
    if longest > LONGEST_LINE:
        raise IngestError(
            _("A line of the first {n} is too long to be a row: {longest} characters.").format(
                n=LOOK_AT, longest=f"{longest:,}"
            ),
            str(path),
            _("Open the file and look for a quotation mark that is never closed, or export it again."),
        )
    delimiter = max(DELIMITERS, key=lambda d: _evenness(_rows(head, d)))
    rows = _rows(head, delimiter)
    _require_columns(rows, path)
    reading = Reading(format="csv", encoding=encoding, delimiter=delimiter)
    found = _shape(grid_of([[cell.strip() for cell in row] for row in rows]), str(path))
    if found is not None:
        return _one(reading.model_copy(update=_shaped(found)), found.guesses)
    return _one(reading.model_copy(update={"header_row": _header_of(rows, str(path)) + 1}))


def _rows(text: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _evenness(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """How many rows share the most usual width above one, and that width."""
    widths = [len(row) for row in rows if len(row) > 1]
    if not widths:
        return (0, 0)
    usual = max(set(widths), key=lambda w: (widths.count(w), w))
    return (widths.count(usual), usual)


def _require_columns(rows: Sequence[Sequence[str]], path: Path) -> None:
    """A readme is text, not a table: its lines share no columns."""
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    alike = _evenness(filled)[0]
    if len(filled) > 2 and alike < max(2, ALIKE * len(filled)):
        raise _no_table(path)


def _no_table(where: str | Path) -> IngestError:
    return IngestError(
        _("The file holds no table: its lines are text without common columns."),
        str(where),
        _("If it describes a table, keep it beside the data; only the table itself is added."),
    )


def _header_of(rows: Sequence[Sequence[str]], where: str) -> int:
    at = find_header(rows)
    if at < 0:
        raise _no_header(where)
    if has_more_rows(rows, at):
        raise IngestError(
            _("The header spans several rows (years or groups in one row, names in the next)."),
            _("{file}, row {row}").format(file=where, row=at + 1),
            _("Make it one header row with a name of its own for every column, then add the file."),
        )
    return at


def _no_header(where: str | Path) -> IngestError:
    return IngestError(
        _("There is no header row: none of the first rows holds names."),
        _("{file}, row {row}").format(file=where, row=1),
        _("Put the names of the columns into the first row."),
    )
