"""A first look at a file (둘러보기): its table, and what each column seems to be. Proposals are made from it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from sigun.catalog import words
from sigun.catalog.card import AddsUp
from sigun.catalog.columns import Columns, columns_of
from sigun.catalog.questions import Question
from sigun.ingest.clean import Cleaned, clean, clean_table
from sigun.ingest.dates import Times, read_clock, read_times
from sigun.ingest.large import can_stream, clean_spool
from sigun.ingest.layout import Column, Layout, Outcome, Personal, Reading, Role
from sigun.ingest.personal import LABELS
from sigun.ingest.scan import Found, scan
from sigun.ingest.sniff import survey
from sigun.ingest.source import stripped
from sigun.ingest.spool import Spool, is_large, spooled
from sigun.ingest.tabular import read_table
from sigun.text import _

SAMPLE = 20_000  # rows looked at for the type of a column
FIRST_ROWS = 20  # of a large file; a sample begins with many more
MOSTLY = 0.9
NAMELESS = re.compile(r"(sheet|시트)\s*\d*|데이터|data", re.IGNORECASE)  # sheets whose name tells nothing


@dataclass
class Proposal:
    """What a card will hold, as it is gathered."""

    fields: list[Column] = field(default_factory=list)
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    no_place: tuple[str, ...] = ()
    crs: str | None = None
    timezone: str | None = None
    to_confirm: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    checks: tuple[AddsUp, ...] = ()
    scheme: Literal["mois", "kostat"] | None = None
    within: str = ""

    @property
    def values(self) -> list[Column]:
        """The fields with role `value`."""
        return [column for column in self.fields if column.role == "value"]


@dataclass(frozen=True)
class Look:
    """One file and what is seen in it."""

    path: Path
    reading: Reading
    table: pa.Table
    provenance: Mapping[str, str] = field(default_factory=dict)  # as the workbook's metadata sheet says
    guesses: tuple[str, ...] = ()  # of the reader, about how the table lies in its sheet
    spool: Spool | None = None  # of a large file; `table` is then a sample of it

    def cleaned(self, layout: Layout, key: bytes) -> Cleaned:
        """All rows of the table cleaned; errors as of `clean`."""
        if self.spool is None:
            return clean_table(self.path, self.table, layout, key)
        if can_stream(layout):
            return clean_spool(self.spool, layout, key)
        return clean(self.path, layout, key)

    @property
    def headers(self) -> list[str]:
        """Column names in file order."""
        return list(self.table.column_names)

    @cached_property
    def columns(self) -> Columns:
        """What the columns are, were it a table of regions."""
        return columns_of({h: self.text(h) for h in self.headers if h != "geometry"})

    @property
    def title(self) -> str:
        """What the file calls itself: its metadata sheet, a line above the table, else the name of sheet and file."""
        above = [line for line in self._said("titles") if not re.match(r"[(\[]?\s*단위|^[※*]", line)]
        named = self.reading.sheet or ""
        inside = self.provenance.get("table_name") or next(iter(above), "")
        return inside or (self.path.stem if not named or NAMELESS.fullmatch(named) else f"{self.path.stem} – {named}")

    @property
    def is_named_inside(self) -> bool:
        """Whether the file itself says what it is about, not its name alone."""
        return "table_name" in self.provenance or self.title != self.path.stem

    @property
    def unit(self) -> str:
        """The unit of all values, where a line above the table or the metadata sheet tells one."""
        said = self._said("unit") or [self.provenance.get("unit", "")]
        return said[0] if len(said) == 1 and "," not in said[0] else ""

    def _said(self, key: str) -> list[str]:
        """What stood around the table, as the reader kept it."""
        told = json.loads((self.table.schema.metadata or {}).get(key.encode(), b"[]"))
        return [str(line) for line in told] if isinstance(told, list) else [str(told)] if told else []

    @property
    def has_outlines(self) -> bool:
        """Whether there are areas drawn, not only points."""
        if "geometry" not in self.headers:
            return False
        if self.reading.format == "geojson":
            shapes = self.text("geometry").dropna().head(200)
            return bool(shapes.str.contains("Polygon", regex=False).any())
        return bool(pa.types.is_binary(self.table["geometry"].type))

    def text(self, header: str) -> pd.Series:
        """A column as text."""
        return self._strings(header).to_pandas().astype("str")

    def role(self, role: Role) -> str | None:
        """The column whose header is one of the role's words and whose values could be it."""
        found = words.find(words.EVENT_WORDS[role], self.headers)
        return found if found is not None and self._could_be(found, role) else None

    def region(self) -> str | None:
        """The column of an area's name or code."""
        return words.find(words.AREA_NAMES, self.headers) or words.find(words.AREA_CODES, self.headers)

    def period(self) -> str | None:
        """The column of a month, day or year."""
        found = words.find(words.PERIODS, self.headers)
        return found if found is not None and self.is_time(found) else None

    def time_column(self) -> str | None:
        """The column that says when a report was made."""
        return self.role("occurred_at")

    def is_time(self, header: str) -> bool:
        """Whether most told values are dates."""
        kind = self.table[header].type
        if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
            return True
        if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_integer(kind)):
            return False
        both = [self.times(header, day_first) for day_first in (False, True)]
        good = max(int(times.values.notna().sum()) for times in both)
        told = int(both[0].values.notna().sum() + both[0].bad.sum())
        return told > 0 and good >= 0.5 * told

    def is_clock(self, header: str) -> bool:
        """Whether most told values are times of day."""
        values, bad = read_clock(self._strings(header).slice(0, SAMPLE))
        good = int((~np.isnat(values)).sum())
        return good > MOSTLY * (good + int(bad.sum()))

    def times(self, header: str, day_first: bool = False) -> Times:
        """A column read as dates."""
        return read_times(self._strings(header).slice(0, SAMPLE), day_first)

    def numeric(self) -> list[str]:
        """Columns most of whose told values are numbers."""
        return [h for h in self.headers if h != "geometry" and self.is_numeric(h)]

    def is_numeric(self, header: str) -> bool:
        """Whether most told values are numbers."""
        return header in self._numeric

    def numbers(self, header: str) -> np.ndarray:
        """A column as numbers, NaN where it holds none."""
        text = pc.replace_substring_regex(self._strings(header), r"[,\s]", "")
        return np.asarray(pd.to_numeric(text.to_pandas().astype("str"), errors="coerce"), float)

    def personal(self, header: str) -> Personal | None:
        """The class of personal data in a column, by its name, or by what stands in it."""
        found = self.scanned.get(header)
        return None if found is None else found.kind

    def is_home(self, header: str) -> bool:
        """Whether a column of addresses tells where the persons of the file live."""
        return header in self.scanned and bool(self.scanned[header].beside)

    @cached_property
    def scanned(self) -> Mapping[str, Found]:
        """What every column holds of personal data, counted."""
        kinds = {field.name: field.type for field in self.table.schema if field.name != "geometry"}
        text = {h: self.text(h) for h, kind in kinds.items() if _could_be_personal(kind)}
        return scan(text, self._numeric)

    def tell_personal(self, header: str) -> str:
        """The sentence that tells of a column's personal data and what becomes of it."""
        found = self.scanned[header]
        if found.beside:
            said = _(
                "Column “{column}” stands beside “{person}” and is taken for home addresses ({told} cells): it is "
                "dropped. Where it tells the places of events, write `role: address` and `action: keep` for it."
            )
            return said.format(column=header, person=found.beside, told=found.told)
        said = _("Column “{column}” seems to hold personal data ({kind}, {cells} of {told} cells) and is dropped.")
        return said.format(column=header, kind=_(LABELS[found.kind]), cells=found.cells, told=found.told)

    def _could_be(self, header: str, role: Role) -> bool:
        if role in ("occurred_at", "updated_at", "closed_at"):
            return self.is_time(header)
        if role == "occurred_time":
            return self.is_clock(header)
        if role in ("longitude", "latitude", "x", "y"):
            return self.is_numeric(header)
        return True

    @cached_property
    def _numeric(self) -> frozenset[str]:
        return frozenset(h for h in self.headers if self._numbers_mostly(h))

    def _numbers_mostly(self, header: str) -> bool:
        kind = self.table[header].type
        if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
            return True
        if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
            return False
        text = self.text(header).head(SAMPLE).dropna().str.replace(r"[,\s]", "", regex=True)
        return len(text) > 0 and bool(pd.to_numeric(text, errors="coerce").notna().mean() >= MOSTLY)

    def _strings(self, header: str) -> pa.Array:
        return stripped(self.table[header], self.reading.missing)


def _could_be_personal(kind: pa.DataType) -> bool:
    """Columns of truths, times and shapes hold no personal data."""
    return not (pa.types.is_boolean(kind) or pa.types.is_temporal(kind) or pa.types.is_binary(kind))


def look_at(path: Path) -> Look:
    """Open a file for a first look: its first table."""
    return looks_at(path)[0]


def looks_at(path: Path) -> tuple[Look, ...]:
    """Open a file for a first look: one a table, as a workbook may hold several."""
    found = survey(path)
    beside = tuple(f"{_('Left out')}: {error.what} ({Path(error.where).name})" for error in found.refused)
    return tuple(
        _opened(path, sheet.reading, found.provenance, (*map(str, sheet.guesses), *more))
        for sheet, more in zip(found.sheets, (beside, *[()] * len(found.sheets)), strict=False)
    )


def _opened(path: Path, reading: Reading, provenance: Mapping[str, str], guesses: tuple[str, ...]) -> Look:
    """A look at one table; at a large one, at a sample of it that has all its categories."""
    if not is_large(path, reading):
        return Look(path, reading, read_table(path, reading), provenance, guesses)
    spool = spooled(path, reading)
    sample = _counting_on(spool.sample())
    said = _("The file is large: what its columns are was told from {n} of its {rows} rows; all rows were cleaned.")
    guess = said.format(n=f"{sample.num_rows:,}", rows=f"{spool.rows:,}")
    look = Look(path, reading, sample, provenance, (*guesses, guess), spool)
    return replace(look, table=spool.with_all_of(sample, look.columns.parts)) if look.columns.parts else look


def _counting_on(sample: pa.Table) -> pa.Table:
    """A column that numbers the first rows goes on doing so in a sample of the later ones."""
    for at, name in enumerate(sample.column_names):
        head = pd.to_numeric(sample[name].slice(0, FIRST_ROWS).to_pandas(), errors="coerce")
        if len(head) == FIRST_ROWS and (head.diff().iloc[1:] == 1).all():
            first = int(head.iloc[0])
            count = pa.array([str(first + i) for i in range(sample.num_rows)])
            sample = sample.set_column(at, name, count)
    return sample


def personal_columns(look: Look, proposal: Proposal, taken: set[str]) -> None:
    """Columns with personal data that play no role: listed to be dropped."""
    for header in look.headers:
        if header in taken or header == "geometry":
            continue
        kind = look.personal(header)
        if kind is not None:
            proposal.fields.append(Column(name=header, personal=kind, action="drop"))
            proposal.to_confirm.append(look.tell_personal(header))


def time_column(look: Look, proposal: Proposal, header: str, role: Role) -> Column:
    """A column of dates with the form it is written in; which number is the month is confirmed where both could be."""
    kind = look.table[header].type
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        return Column(name=header, role=role, type="datetime")
    times = look.times(header)
    forms = list(times.forms)
    slashed = next((f for f in forms if f.startswith("%m/%d") or f.startswith("%m-%d") or f.startswith("%m.%d")), None)
    if slashed is not None:
        forms = _month_or_day(look, proposal, header, slashed, times)
    one = forms[0] if len(forms) == 1 else None
    return Column(name=header, role=role, type="datetime", format=one)


def _month_or_day(look: Look, proposal: Proposal, header: str, form: str, times: Times) -> list[str]:
    day_first = look.times(header, day_first=True)
    if times.bad.sum() > day_first.bad.sum():
        return list(day_first.forms)
    if day_first.bad.sum() == times.bad.sum():
        proposal.to_confirm.append(
            _(
                "Dates of “{column}” are read month first ({form}); days and months cannot be told apart by the data."
            ).format(column=header, form=form)
        )
    return list(times.forms)
