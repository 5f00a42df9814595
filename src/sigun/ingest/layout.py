"""The layout of a file (파일 구조): how it is opened and what each column means. A card adds where it came from.

The words are Frictionless Table Schema's where it has them (fields, name, type, title), plus what the field needs.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sigun.plan.part import Part, Slug, Words
from sigun.units import Measure

Kind = Literal[
    "events", "areas", "area_periods", "weather", "outlines", "addresses", "stations", "travel", "cells", "facilities"
]  # fmt: skip
"""사건 · 지역 변수 · 지역×기간 변수 · 날씨 · 경계 · 주소–좌표 · 관측지점 · 이동시간 · 격자 · 시설."""

Role = Literal[
    # events
    "id",
    "occurred_at",
    "occurred_time",  # time of day, where the day stands in a column of its own
    "updated_at",
    "closed_at",
    "longitude",
    "latitude",
    "x",
    "y",
    "address",
    "region",  # an area's name or code
    "kind",
    "channel",
    "status_text",  # free words from which the outcome class is read
    "outcome",
    "duplicate_of",
    "vehicle_key",
    # areas, area_periods, weather
    "region_name",
    "sido",  # 시도, 시군구, 읍면동 in columns of their own
    "sigungu",
    "dong",
    "part",  # 분류: sex, age … by which values are told apart
    "period",  # a month or a day
    "issued_at",  # of a weather forecast: when it was given out
    "station",
    "since",  # first and last day a station stood at the place
    "until",
    "from_x",  # where a way begins and ends: longitude and latitude, or x and y, in the layout's CRS
    "from_y",
    "to_x",
    "to_y",
    "travel_time",
    "travel_distance",
    "value",
]

Personal = Literal["plate", "name", "phone", "resident_number", "email", "home_address", "birth"]

Outcome = Literal["confirmed", "not_found", "moved_by_owner", "duplicate", "other", "open"]
"""처리 결과: 확인(견인·보관·폐차…) · 현장에 없음 · 자진이동 · 중복 신고 · 기타 · 처리 중."""


class Column(Part):
    """One column (Frictionless "field"): its name in the file and what it means."""

    name: str = Field(min_length=1, max_length=200)
    id: Slug | None = None  # the English name inside; a `value` column needs one
    title: Words = ""
    type: Literal["string", "number", "integer", "datetime", "boolean"] = "string"
    role: Role | None = None
    format: str | None = Field(default=None, max_length=60)  # of a datetime, as strptime writes it
    unit: str = Field(default="", max_length=40)
    measure: Measure | None = None
    minimum: float | None = None
    maximum: float | None = None
    personal: Personal | None = None
    action: Literal["keep", "drop", "hash"] = "keep"
    missing: tuple[str, ...] = ()  # what stands for "not known" in this column besides the reading's words: "0"
    optional: bool = False  # a file without it is still this data set
    where: dict[str, str] = Field(default_factory=dict)  # of a value: the rows it is in, by columns of role `part`
    additive: tuple[Literal["space", "time"], ...] | None = None  # none: as the measure says
    per: Slug | None = None  # of a rate or share: the id of the denominator it is weighted by when regions merge
    moved_by: tuple[Slug, ...] = Field(default=(), max_length=60, exclude_if=lambda ids: not ids)
    """결과에 따라 움직이는 변수: columns of the panel (births, tfr) that move this one: it controls for nothing."""


Meaning = Literal["period", "item", "part", "region", "unit", "skip"]
"""What a header row tells of the columns under it: 시점 · 항목 · 분류 · 지역 · 단위 · nothing."""


Name = Annotated[str, Field(max_length=300)]


class Shape(Part):
    """How a statistical table lies in its sheet (표 모양): read into one header row and one row a key.

    A rule, not a list: no year stands here, so that the next file with one year more is read alike. Keys and items
    are named, so that a file with others is noticed.
    """

    header: tuple[Annotated[int, Field(ge=1, le=200)], ...] = Field(min_length=1, max_length=6)  # rows; 1 is the first
    tells: tuple[Meaning, ...] = Field(min_length=1, max_length=6)  # one a header row
    first_row: int = Field(ge=2, le=200)  # of the body
    keys: tuple[Name, ...] = Field(max_length=12)  # columns from the left that are keys, not values
    items: tuple[Name, ...] = Field(default=(), max_length=2000)  # value columns of the flat table
    fill_down: tuple[Name, ...] = ()  # keys told only in the first row of a block
    leave_out: tuple[Name, ...] = Field(default=(), max_length=200)  # columns of no period, "증감률"; counters of rows
    unit: str = Field(default="", max_length=100)  # of a `(단위 : 가구)` row
    period_row: int | None = Field(default=None, ge=1, le=200)  # the title that alone tells the period
    year_key: Name = ""  # the key that tells the year where the header tells months
    coded: bool = False  # header cells carry codes before the words: "020 0 - 4세"


class Reading(Part):
    """How the file is opened: found by looking at it, confirmed by a person."""

    format: Literal["csv", "xlsx", "xls", "json", "geojson", "parquet", "kma_strip"]
    encoding: Literal["utf-8", "utf-8-sig", "cp949", "utf-16"] | None = None
    delimiter: Literal[",", "\t", ";", "|"] | None = None
    sheet: str | None = None
    header_row: int = Field(default=1, ge=1, le=100)  # 1 is the first line
    shape: Shape | None = None  # of a statistical table; none: one header row, one row a record
    missing: tuple[str, ...] = ("", "-", "NA", "N/A", "null", "None", "nan")


class Layout(Part):
    """How a file is read."""

    kind: Kind
    reading: Reading
    crs: str | None = Field(
        default=None, pattern=r"^EPSG:\d{4,6}$"
    )  # of x, y or longitude, latitude; none: WGS 84 degrees
    timezone: str | None = Field(
        default=None, max_length=60
    )  # of times with an offset; they become its local wall clock
    scheme: Literal["mois", "kostat"] | None = None  # of region codes; none: told by the codes themselves
    own_regions: bool = Field(default=False, exclude_if=lambda own: not own)
    """Regions are taken as they are named (firms, counties …): no codes, totals or groups are looked for in them."""
    within: str = Field(default="", max_length=40)  # 시도 all rows lie in, where no column says so
    fields: tuple[Column, ...] = ()
    outcomes: dict[str, Outcome] = Field(
        default_factory=dict
    )  # value of the outcome column, or words in the status text
    no_place: tuple[str, ...] = ()  # words that stand where an address should: "No location specified"

    def column(self, role: Role) -> Column | None:
        """The column that plays the role, or none."""
        return next((c for c in self.fields if c.role == role), None)

    def values(self) -> tuple[Column, ...]:
        """The columns with role `value`."""
        return tuple(c for c in self.fields if c.role == "value")
