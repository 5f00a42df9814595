"""The card (자료명세): one YAML a data set — its layout, its origin, who may use it, what a person overruled."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from sigun.ingest.layout import Layout
from sigun.plan.part import Part, Slug, Words


class Overrule(Part):
    """A person's word against a finding of the quality step."""

    finding: Literal["hole", "regime", "placeholder", "outside", "repeat", "duplicate"]
    decision: Literal["accept", "ignore"]  # accept: treat as found even if not detected; ignore: not so
    start: date | None = None  # hole, regime
    end: date | None = None
    longitude: float | None = None  # placeholder
    latitude: float | None = None
    reason: Words


class Card(Layout):
    """One data set."""

    schema_version: Literal[1] = 1
    id: Slug
    title: Words
    file: str = Field(min_length=1, max_length=400)  # relative to the workspace's sources folder
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    to_confirm: tuple[Words, ...] = ()  # what the program guessed and a person should look at
    overrule: tuple[Overrule, ...] = ()
    publisher: Words = ""
    licence: Words = ""
    source: Words = ""  # where it can be had
    grade: Literal["C", "S", "O"] = "O"  # 기밀 · 민감 · 공개
    owner: Words = ""
    approval: Words = ""  # 이용 승인: number, purpose, until
    made_up: bool = False
    notes: Words = ""
