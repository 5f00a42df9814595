"""What a step found (분석결과): tables, how strongly they may be put into words, and what to bear in mind."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from sigun.text import Message, Scalar

Claim = Literal["description", "association", "effect", "forecast"]


@dataclass(frozen=True)
class Fact:
    """One named figure with its interval, in its own unit."""

    name: str
    value: Scalar
    unit: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Result:
    """What one step found. `claim` fixes how strongly the report may put it into words.

    Every figure a report may print is in `tables`; single figures are rows of the table `facts`.
    Tables carry English column names, no index, and values that JSON and Parquet can hold.
    """

    method: str
    claim: Claim
    tables: Mapping[str, pd.DataFrame]
    cautions: tuple[Message, ...] = field(default=())

    def fact(self, name: str) -> Fact:
        """The row of `facts` with that name.

        Raises
        ------
        KeyError
            There is no such fact.
        """
        table = self.tables["facts"]
        rows = table[table["name"] == name]
        if rows.empty:
            raise KeyError(f"{self.method}: {name}")
        row = rows.iloc[0]
        value: Any = row["number"] if pd.notna(row["number"]) else row["text"]
        if row["text"] == "int":
            value = int(value)
        low, high = (None if pd.isna(row[c]) else float(row[c]) for c in ("low", "high"))
        return Fact(name, value, row["unit"], low, high)

    def has_fact(self, name: str) -> bool:
        """Whether there is such a fact with a value."""
        table = self.tables.get("facts")
        return table is not None and bool((table["name"] == name).any())


def facts_table(facts: Iterable[Fact]) -> pd.DataFrame:
    """Facts as a table: name, number, text, unit, low, high. Whole numbers are marked in `text`; words stand there."""
    rows = [
        {
            "name": f.name,
            "number": math.nan if isinstance(f.value, str) or f.value is None else float(f.value),
            "text": f.value if isinstance(f.value, str) else "int" if isinstance(f.value, int) else "",
            "unit": f.unit,
            "low": math.nan if f.low is None else f.low,
            "high": math.nan if f.high is None else f.high,
        }
        for f in facts
    ]
    columns = {"name": "str", "number": "float64", "text": "str", "unit": "str", "low": "float64", "high": "float64"}
    return pd.DataFrame(rows, columns=list(columns)).astype(columns)


def _canonical(value: Any) -> str:
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float):
        return format(value + 0.0, ".9g")  # + 0.0: minus zero is zero
    return value.isoformat() if isinstance(value, datetime) else str(value)


def table_hash(table: pd.DataFrame) -> str:
    """SHA-256 of a table's rows, whatever their order: columns by name, floats to nine significant digits."""
    names = sorted(map(str, table.columns))
    columns = [table[n].astype(object).tolist() for n in names]
    rows = sorted("\x1f".join(map(_canonical, row)) for row in zip(*columns, strict=True))
    return hashlib.sha256("\x1e".join(["\x1f".join(names), *rows]).encode()).hexdigest()


def result_hash(results: Mapping[str, Result]) -> str:
    """SHA-256 over every table and caution of every result. Times, machine and language are not part of it."""
    whole = {
        name: {
            "claim": r.claim,
            "tables": {t: table_hash(frame) for t, frame in sorted(r.tables.items())},
            "cautions": [_message(c) for c in r.cautions],
        }
        for name, r in sorted(results.items())
    }
    return hashlib.sha256(json.dumps(whole, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _message(m: Message) -> dict[str, Any]:
    values = {k: float(format(v, ".9g")) if isinstance(v, float) else v for k, v in m.values.items()}
    return {"template": m.template, "values": values}


def write_atomically(path: Path, held: str | bytes) -> Path:
    """Write the file whole or not at all; text as UTF-8 with newline `\\n`. The file."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(held.encode("utf-8") if isinstance(held, str) else held)
        part.replace(path)
    except OSError as bad:
        bad.filename = str(path)  # a full disk does not say where
        raise
    finally:
        part.unlink(missing_ok=True)
    return path


def save_result(result: Result, folder: Path) -> None:
    """Write one result as a folder: a Parquet file a table, and `result.json` last."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in result.tables.items():
        table.to_parquet(folder / f"{name}.parquet", index=False)
    head = {
        "method": result.method,
        "claim": result.claim,
        "tables": list(result.tables),
        "cautions": [_message(c) for c in result.cautions],
    }
    write_atomically(folder / "result.json", json.dumps(head, ensure_ascii=False, indent=1))


def read_result(folder: Path) -> Result:
    """Read back what `save_result` wrote."""
    head = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    tables = {name: pd.read_parquet(folder / f"{name}.parquet") for name in head["tables"]}
    cautions = tuple(Message(c["template"], c["values"]) for c in head["cautions"])
    return Result(head["method"], head["claim"], tables, cautions)
