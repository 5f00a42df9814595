"""Was a dirty table read right? It is taken in as a user would, every proposal accepted, and held against its truth."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal
from unittest.mock import patch

import numpy as np
import pandas as pd

from dirty_tables import Dirty
from dirty_world import SHORT
from sigun.catalog.add import add_files
from sigun.catalog.card import Card
from sigun.catalog.snapshot import snapshot
from sigun.errors import SigunError
from sigun.ingest.child.__main__ import work
from sigun.ingest.child.refuse import Refused
from sigun.ingest.layout import Column
from sigun.ingest.refusals import refusal
from sigun.ingest.tabular import Limits
from sigun.recipes.fill import lay
from sigun.settings import open_workspace
from sigun.units import ADDITIVE_OVER_SPACE

LONG = {short: name for name, short in SHORT.items()}
NOT_ADDITIVE = ("재정자립도", "월평균소득", "합계출산율")


@dataclass(frozen=True)
class Verdict:
    """What became of one file."""

    word: Literal["right", "refused", "wrong"]
    why: str


@contextmanager
def parsed_here() -> Iterator[None]:
    """Parse in this process, by the same code, without the child and its limits: that is most of the time of a file."""
    with patch("sigun.ingest.tabular.ask", _work), patch("sigun.ingest.sniff.ask", _work):
        yield


def _work(path: Path, limits: Limits, **spec: Any) -> Mapping[str, Any]:
    asked = json.dumps({**asdict(limits), "path": str(path.absolute()), **spec})
    try:
        answer: Mapping[str, Any] = json.loads(json.dumps(work(json.loads(asked))))
    except Refused as refused:
        raise refusal(refused.problem, json.loads(json.dumps(refused.values)), path) from refused
    return answer


def judge(dirty: Dirty, folder: Path) -> Verdict:
    """Take the file in, in a workspace of its own."""
    lay(folder, "vehicles")
    ws = open_workspace(folder)
    try:
        added = add_files(ws, [dirty.path])
        card = added[0].card
        frame = pd.read_parquet(snapshot(card, ws).path)
    except SigunError as problem:
        return Verdict("refused", " ".join(str(problem).split())[:200])
    wrong = differences(frame, card, dirty)
    return Verdict("wrong", wrong[0]) if wrong else Verdict("right", "")


def differences(frame: pd.DataFrame, card: Card, dirty: Dirty) -> list[str]:
    """What was read otherwise than the truth; empty where nothing was."""
    if dirty.fault is not None:
        return [f"the fault {dirty.fault} went unnoticed"]
    if "period" not in frame:
        return ["the period is lost"]
    read = _by_place(frame, dirty)
    twice = read.index[read.index.duplicated()]
    if len(twice):
        return [f"{twice[0]} stands twice"]
    said = [f"{c.name} taken for a value" for c in card.values()[dirty.truth["item"].nunique() :]]
    if "excel_dates" not in dirty.messes and "span" in frame and set(frame["span"]) != {dirty.span}:
        said.append(f"{dirty.span}s read as {sorted(set(frame['span']))}")
    keys = set()
    for item, truth in dirty.truth.groupby("item", sort=False):
        column = _column(str(item), card, dirty)
        if column is None:
            said.append(f"no column for {item}")
            continue
        asked = pd.MultiIndex.from_frame(truth[["sido", "sigungu", "period"]])
        keys |= set(asked)
        got = read[str(column.id)].reindex(asked).to_numpy(float)
        want = truth["value"].to_numpy(float)
        off = ~np.isclose(got, want, rtol=1e-9, atol=1e-12, equal_nan=True)
        said += [f"{item} {asked[i]}: {got[i]} for {want[i]}" for i in np.flatnonzero(off)]
        said += _states(read, column, asked, truth)
    said += [f"nobody told of {key}" for key in read.index if key not in keys]
    return said


def _by_place(frame: pd.DataFrame, dirty: Dirty) -> pd.DataFrame:
    """The rows of 시군구, by place and period, 시도 by their long names."""
    rows = frame[frame["sigungu"].notna()].copy()
    sido = rows["sido"].astype(object).map(lambda name: LONG.get(name, name))
    once = dirty.truth[["sido", "sigungu"]].drop_duplicates().drop_duplicates("sigungu", keep=False)
    only = dict(zip(once["sigungu"], once["sido"], strict=True))
    rows["sido"] = sido.where(sido.notna(), rows["sigungu"].astype(object).map(only))
    return rows.set_index(["sido", "sigungu", "period"])


def _column(item: str, card: Card, dirty: Dirty) -> Column | None:
    """The value column that holds an item."""
    squeezed, _, part = item.replace(" ", "").partition("|")
    values = [c for c in card.values() if not part or part in (*c.where.values(), *re.split(r"[ /()]+", c.name))]
    named = [c for c in values if squeezed in f"{c.name} {c.title} {' '.join(c.where.values())}".replace(" ", "")]
    if len(named) == 1:
        return named[0]
    items = {item.partition("|")[0] for item in dirty.truth["item"]}
    return values[0] if len(values) == 1 and len(items) == 1 else None


def _states(read: pd.DataFrame, column: Column, asked: pd.MultiIndex, truth: pd.DataFrame) -> list[str]:
    """Provisional and suppressed cells that are not marked so, and a rate that would be added up."""
    said = []
    if column.measure in ADDITIVE_OVER_SPACE and _is_rate(truth):
        said.append(f"{column.name} taken for a {column.measure}")
    marks = read.get(f"{column.id}__mark", pd.Series(None, index=read.index, dtype=object)).reindex(asked)
    if (hidden := truth["suppressed"].to_numpy()).any() and not (marks[hidden] == "suppressed").all():
        said.append(f"suppressed cells of {column.name} are not marked")
    told = read["provisional"].reindex(asked)
    if (told == ~truth["provisional"].to_numpy()).any():
        said.append("provisional marks differ")
    return said


def _is_rate(truth: pd.DataFrame) -> bool:
    return str(truth["item"].iloc[0]).replace(" ", "").partition("|")[0] in NOT_ADDITIVE
