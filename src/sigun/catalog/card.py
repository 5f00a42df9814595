"""The card (자료명세): one YAML a data set — its layout, its origin, who may use it, what a person overruled."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from sigun.ingest.layout import Layout, Reading
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


class AddsUp(Part):
    """A golden check (검산): the children of a region add to the region's own row."""

    check: Literal["children_add_up"]
    columns: tuple[Slug, ...] = Field(min_length=1)
    tolerance: float = Field(default=0, ge=0)  # in the column's unit
    on_fail: Literal["finding", "stop"] = "finding"


class Published(Part):
    """A golden check (검산): the total over all regions is the published figure."""

    check: Literal["total_equals"]
    column: Slug
    totals: dict[str, float] = Field(min_length=1)  # by period: "2019", "2019-03"
    source: Words
    tolerance: float = Field(default=0, ge=0)
    on_fail: Literal["finding", "stop"] = "finding"


Check = Annotated[AddsUp | Published, Field(discriminator="check")]


class FilePart(Part):
    """Another file of the same table: another period, other regions. Where both tell a value, the later one counts."""

    file: str = Field(min_length=1, max_length=400)
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    reading: Reading | None = None  # where it is opened otherwise than the card's own file


class Approval(Part):
    """이용 승인: what the owner of the data allowed, and for how long."""

    number: Words = ""
    purpose: Words = ""
    until: date | None = None  # the last day; none: no end

    def __str__(self) -> str:
        end = f"~ {self.until.isoformat()}" if self.until else ""
        return " · ".join(part for part in (self.number, self.purpose, end) if part)


class Card(Layout):
    """One data set."""

    schema_version: Literal[1] = 1
    id: Slug
    title: Words
    file: str = Field(min_length=1, max_length=400)  # relative to the workspace's sources folder
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    parts: tuple[FilePart, ...] = ()  # in the order they were added
    checks: tuple[Check, ...] = ()
    provenance: dict[str, str] = Field(default_factory=dict)  # as its metadata sheet says: table id, source, notes
    to_confirm: tuple[Words, ...] = ()  # what the program guessed and a person should look at
    overrule: tuple[Overrule, ...] = ()
    publisher: Words = ""
    licence: Words = ""
    source: Words = ""  # where it can be had
    grade: Literal["C", "S", "O"] = "O"  # 기밀 · 민감 · 공개
    owner: Words = ""
    approval: Approval | None = None  # 이용 승인
    made_up: bool = False
    notes: Words = ""

    def layout(self, at: int = 0) -> Layout:
        """The layout of one of its files: 0 is the card's own, the rest are its parts."""
        layout = Layout.model_validate(self.model_dump(include=set(Layout.model_fields)))
        reading = self.parts[at - 1].reading if at else None
        return layout if reading is None else layout.model_copy(update={"reading": reading})
