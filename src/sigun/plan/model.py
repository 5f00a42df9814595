"""The plan (분석계획): what is asked, of which data, by which methods. Hashed and printed in the report."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from sigun.plan.only import Only
from sigun.plan.part import Part, Slug, Words
from sigun.plan.privacy import Privacy
from sigun.plan.proposal import Proposal
from sigun.plan.steps import Conditions, Step
from sigun.plan.variables import Regional


class Data(Part):
    """자료: the ids of the cards that play each role. A plan is of events, or of tables of regions and periods."""

    events: Slug = Field(default="", exclude_if=lambda card: not card)  # 신고·사건: one row a report
    tables: tuple[Slug, ...] = Field(default=(), exclude_if=lambda cards: not cards)  # 지역·기간 통계표
    outlines: Slug | None = None  # 행정구역 경계
    areas: tuple[Slug, ...] = ()  # 지역 변수: one row a region
    area_periods: tuple[Slug, ...] = ()  # 지역·기간 변수 (유동인구 …): one row a region and month
    weather: Slug | None = None  # 날씨: one row a day (and station)
    weather_forecast: Slug | None = Field(default=None, exclude_if=lambda card: card is None)  # 날씨 예보
    stations: Slug | None = None  # 관측지점 목록: where the weather was observed
    addresses: Slug | None = None  # 주소–좌표 대응표
    second_source: Slug | None = None  # 대조 자료: another register of the same reports; holes are checked against it
    travel: Slug | None = Field(default=None, exclude_if=lambda card: card is None)  # 이동시간: ways between points
    facilities: tuple[Slug, ...] = Field(default=(), exclude_if=lambda cards: not cards)  # 시설: one row a place

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if bool(self.events) == bool(self.tables):
            raise PydanticCustomError("events_or_tables", "events or tables, one of them")
        twice = sorted({n for n in self.tables if self.tables.count(n) > 1})
        if twice:
            raise PydanticCustomError("table_twice", "tables repeat: {names}", {"names": ", ".join(twice)})
        return self


class Space(Part):
    """공간: metric cells in a projected CRS, and square blocks of cells as areas."""

    crs: str | None = Field(default=None, pattern=r"^EPSG:\d{4,6}$")  # none: EPSG:5179 in Korea, else the UTM zone
    cell: int = Field(default=500, ge=100, le=1000)  # metres
    block: int = Field(default=5, ge=2, le=50)  # cells a side
    unit: Literal["cell", "area"] = "cell"


class Time(Part):
    """기간: half-open, local days; left out means all there is."""

    start: date | None = None
    end: date | None = None


class Rules(Part):
    """품질 기준: what counts as a placeholder, a repeat, a hole. A card may overrule any single finding."""

    placeholder_addresses: int = Field(default=10, ge=3)  # so many different addresses at one exact point
    duplicate_metres: float = Field(default=50, gt=0, le=1000)
    duplicate_days: int = Field(default=30, ge=1, le=365)
    hole_alpha: float = Field(default=0.001, gt=0, lt=0.1)  # false alarms a series


class Plan(Part):
    """One question and everything needed to answer it again."""

    schema_version: Literal[1] = 1
    id: Slug
    title: Words
    question: Words
    lang: Literal["ko", "en"] = "ko"
    seed: int = Field(default=20250703, ge=0)
    data: Data
    panel: Regional | None = Field(default=None, exclude_if=lambda asked: asked is None)  # of a plan of tables
    space: Space = Space()
    time: Time = Time()
    known_by: Literal["updated_at", "occurred_at"] = "updated_at"
    target: Literal["known_status", "final_status"] = "known_status"
    only: Only | None = Field(default=None, exclude_if=lambda asked: asked is None)  # 대상 한정: of a plan of events
    rules: Rules = Rules()
    privacy: Privacy | None = Field(
        default=None, exclude_if=lambda rule: rule is None
    )  # 비밀보호; none: the usual rule
    conditions: Conditions = Field(default=Conditions(), exclude_if=lambda said: said == Conditions())
    steps: tuple[Step, ...] = Field(min_length=1)
    proposal: Proposal | None = Field(default=None, exclude_if=lambda said: said is None)  # 기획안: what people read

    @model_validator(mode="after")
    def _each_method_once(self) -> Self:
        names = [step.method for step in self.steps]
        twice = sorted({n for n in names if names.count(n) > 1})
        if twice:
            raise PydanticCustomError("method_twice", "steps repeat: {names}", {"names": ", ".join(twice)})
        if bool(self.data.tables) != (self.panel is not None):
            raise PydanticCustomError("tables_and_panel", "tables and panel go together")
        if self.only is not None and not self.data.events:
            raise PydanticCustomError("only_of_events", "only goes with events")
        return self

    def step(self, method: str) -> Step | None:
        """The step of that method, or none."""
        return next((s for s in self.steps if s.method == method), None)

    def hash(self) -> str:
        """SHA-256 of what is asked; the language of the report and the words of the 기획안 are not part of it."""
        return _sha256(self.model_dump(mode="json", exclude={"lang", "proposal"}))

    def document_hash(self) -> str:
        """SHA-256 of the whole 기획안, its words too: what is frozen when it is handed in."""
        return _sha256(self.model_dump(mode="json"))


def _sha256(asked: object) -> str:
    return hashlib.sha256(json.dumps(_plain(asked), sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _plain(value: object) -> object:
    """The same without minus zero, which equals zero and is written otherwise."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value + 0.0 if isinstance(value, float) else value
