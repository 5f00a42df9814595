"""Evidence (근거): looks values up in a finished run and hands them on with the reference they came by."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sigun.report.finished import Finished
from sigun.report.numbers import (
    FIXED,
    SHARES,
    absent,
    as_date,
    percent_places,
    percent_sign,
    places,
    write_date,
    write_number,
    write_value,
)
from sigun.report.refs import CONTRACT, Ref, interval_level, key_columns, key_text, resolve
from sigun.report.wording import Sentence, Shown, from_stored, sentence
from sigun.result import Result
from sigun.text import _

_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}(T[\d:.]+)?$")
_DAYS = ("date", "last_day", "month")
_WORDLIKE = ("word", "translated", "label", "capitals", "budget")


@dataclass(frozen=True)
class Row:
    """One row of a result's table."""

    method: str
    table: str
    key: str
    values: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    def get(self, column: str) -> Any:
        """The bare value; none where there is no such column or nothing in it."""
        value = self.values.get(column)
        return None if absent(value) else value

    def ref(self, column: str) -> Ref:
        """Where the value stands."""
        return Ref(self.method, self.table, self.key, column)

    def show(self, column: str, form: str, decimals: int | None = None) -> Shown:
        """The value as the reader sees it."""
        return shown(self[column], self.ref(column), form, decimals)

    def ranged(self, column: str, form: str, low: str = "low", high: str = "high") -> Sentence:
        """The value with its interval beside it."""
        if self.get(low) is None or self.get(high) is None:
            return Sentence((self.show(column, form),))
        return with_interval(self, column, form, low, high)

    def message(self, column: str) -> Shown:
        """A stored message with its values, in the reader's language."""
        values = json.loads(self.values.get(f"{column}_values") or "{}")
        return from_stored(str(self[column]), values, self.ref(column), write_stored)

    def messages(self, column: str) -> tuple[Shown, ...]:
        """Every message of a cell that holds a list of them."""
        said = json.loads(self.values.get(column) or "[]")
        return tuple(from_stored(m["template"], m["values"], self.ref(column), write_stored) for m in said)


def shown(value: Any, ref: Ref, form: str, decimals: int | None = None) -> Shown:
    """A value in a form, with its reference; words carry no machine value."""
    machine = None if form in _WORDLIKE or absent(value) else _machine(value, form)
    return Shown(write_value(value, form, decimals), ref, machine)


def _machine(value: Any, form: str = "number") -> str:
    if form in _DAYS:
        return as_date(value).isoformat()
    return repr(int(value)) if float(value).is_integer() else format(float(value), ".9g")


def with_interval(row: Row, column: str, form: str, low: str, high: str) -> Sentence:
    """`12.4건 (90 % 구간 8–18)`: the bounds with as many places as the estimate, or none where they are whole."""
    share = form in SHARES
    decimals = _places(row, column, low, high, share) if form not in FIXED else FIXED[form]
    whole = not share and form not in FIXED and _whole(row, low, high)
    bounds = [_bound(row, c, form, 0 if whole else decimals) for c in (low, high)]
    exact = not share and form not in FIXED and float(row[column]).is_integer()
    estimate = row.show(column, form, None if exact else decimals)
    template = (
        _("{estimate} ({level} interval {low}–{high})")
        if row[low] >= 0
        else _("{estimate} ({level} interval {low} to {high})")
    )
    return sentence(template, estimate=estimate, level=level_of(row.method), low=bounds[0], high=bounds[1])


def level_of(method: str) -> Shown:
    """How often a method's intervals hold what they are of: 90 %, of some methods 95 %."""
    ref = interval_level(method)
    said: Any = CONTRACT
    for name in ref.key.split("."):
        said = said[name]
    return shown(said, ref, "level")


def _places(row: Row, column: str, low: str, high: str, share: bool) -> int:
    """Enough places that the two ends of a narrow interval can be told apart."""
    if share:
        return max(percent_places(row[column]), 2 if abs(row[high] - row[low]) < 0.001 else 0)
    return places(float(row[column]))


def _whole(row: Row, low: str, high: str) -> bool:
    return float(row[low]).is_integer() and float(row[high]).is_integer()


def _bound(row: Row, column: str, form: str, decimals: int) -> Shown:
    """One end; the sign of a percentage stands behind the upper end, and behind both where one is below zero."""
    value = float(row[column])
    if form not in SHARES:
        return Shown(write_number(value, decimals), row.ref(column), _machine(value))
    sign = percent_sign(form) if column == "high" or value < 0 else ""
    return Shown(write_number(value * 100, decimals) + sign, row.ref(column), _machine(value))


def write_stored(name: str, value: Any) -> str:
    """A value inside a stored message: days as dates, numbers with separators, words translated where known."""
    if isinstance(value, bool) or value is None:
        return str(value)
    if name.endswith("year"):
        return write_value(value, "year")
    if isinstance(value, int | float):
        return write_value(value, "plain")
    if _DAY.match(value):
        return write_date(value)
    return _(value) if value else ""


class Evidence:
    """What a section may say: everything of one finished run, by reference."""

    def __init__(self, finished: Finished) -> None:
        self.finished = finished
        self._rows: dict[tuple[str, str], tuple[Row, ...]] = {}  # asked for again and again
        self._keyed: dict[tuple[str, str], dict[str, Row]] = {}

    @property
    def by_area(self) -> bool:
        """Whether areas, not cells, are forecast, ranked and visited."""
        return self.finished.plan.space.unit == "area"

    @property
    def of_tables(self) -> bool:
        """Whether the plan is one of statistical tables, not of reports."""
        return self.finished.plan.panel is not None

    def has(self, method: str, table: str | None = None) -> bool:
        """Whether that step ran and had an answer (and left rows in that table)."""
        result = self.finished.results.get(method)
        if result is None or table is None:
            return result is not None and bool(result.tables)
        return table in result.tables and not result.tables[table].empty

    def unanswered(self, method: str) -> bool:
        """Whether that step ran and had no answer; its cautions say why."""
        return method in self.finished.results and not self.has(method)

    def result(self, method: str) -> Result:
        """The result of a step that ran."""
        return self.finished.results[method]

    def rows(self, method: str, table: str) -> tuple[Row, ...]:
        """Every row of a table, in its order; none where there is no such table."""
        if (method, table) not in self._rows:
            self._rows[method, table] = tuple(self._read(method, table))
        return self._rows[method, table]

    def row(self, method: str, table: str, *key: Any) -> Row | None:
        """The row with that key, or none."""
        return self._by_key(method, table).get(key_text(key))

    def number(self, method: str, name: str) -> float | None:
        """The bare figure of a fact, to decide by; none where it was not found."""
        row = self._fact(method, name)
        return None if row is None or row.get("number") is None else float(row["number"])

    def bounds(self, method: str, name: str) -> tuple[float, float] | None:
        """The interval of a fact, to decide by."""
        row = self._fact(method, name)
        if row is None or row.get("low") is None or row.get("high") is None:
            return None
        return float(row["low"]), float(row["high"])

    def fact(self, method: str, name: str, form: str) -> Shown:
        """A fact without its interval."""
        return self._known(method, name).show("number", form)

    def text(self, method: str, name: str) -> str:
        """The bare word of a fact, to decide by; empty where there is none."""
        row = self._fact(method, name)
        return "" if row is None or row.get("text") is None else str(row["text"])

    def word(self, method: str, name: str) -> Shown:
        """A fact that is a word."""
        return self._known(method, name).show("text", "word")

    def ranged(self, method: str, name: str, form: str) -> Sentence:
        """A fact with its interval."""
        return self._known(method, name).ranged("number", form)

    def named(self, method: str, name: str) -> Shown:
        """The share that is in a fact's name: `top5` is five per cent."""
        return self._known(method, name).show("name", "budget")

    def plan(self, path: str, form: str) -> Shown:
        """A value of the plan."""
        return self._path("plan", path, form)

    def manifest(self, path: str, form: str) -> Shown:
        """A value of the manifest."""
        return self._path("manifest", path, form)

    def contract(self, path: str, form: str) -> Shown:
        """What is promised for every table."""
        return self._path("contract", path, form)

    def has_manifest(self, path: str) -> bool:
        """Whether the manifest says so."""
        return self._has("manifest", path)

    def has_plan(self, path: str) -> bool:
        """Whether the plan says so."""
        return self._has("plan", path)

    def _has(self, kind: str, path: str) -> bool:
        try:
            return not absent(resolve(self.finished, Ref(kind, "", path)))
        except KeyError:
            return False

    def cautions(self, method: str) -> list[Shown]:
        """What the step asks to bear in mind."""
        return [
            from_stored(c.template, c.values, Ref(method, "cautions", str(i), "said"), write_stored)
            for i, c in enumerate(self.result(method).cautions)
        ]

    def _read(self, method: str, table: str) -> Iterator[Row]:
        if not self.has(method, table):
            return
        frame = self.result(method).tables[table]
        columns = [c for c in key_columns(method, table) if c in frame.columns]
        for position, values in enumerate(frame.to_dict("records")):
            key = key_text(values[c] for c in columns) if columns else str(position)
            yield Row(method, table, key, values)

    def _by_key(self, method: str, table: str) -> Mapping[str, Row]:
        if (method, table) not in self._keyed:
            self._keyed[method, table] = {row.key: row for row in reversed(self.rows(method, table))}
        return self._keyed[method, table]

    def _fact(self, method: str, name: str) -> Row | None:
        return self.row(method, "facts", name)

    def _known(self, method: str, name: str) -> Row:
        row = self._fact(method, name)
        if row is None:
            raise KeyError(f"{method}:facts[{name}]")
        return row

    def _path(self, source: str, path: str, form: str) -> Shown:
        ref = Ref(source, "", path)
        return shown(resolve(self.finished, ref), ref, form)
