"""The region panel a plan asks for (지역 × 기간 패널): unit, base date, variables, and what is derived."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from sigun.plan.part import Part, Slug, Words

Unit = Literal["sido", "sigungu", "dong", "own"]
"""시도 · 시군구 · 읍면동 · 자료 고유 지역: those that the tables themselves name, no official ones."""

Span = Literal["year", "quarter", "month", "number"]
"""연 · 분기 · 월 · 번호: periods that are counted 1, 2, 3 … and are no dates."""

OverTime = Literal["sum", "mean", "last"]
Columns = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}(\.\.[a-z][a-z0-9_]{0,39})?$")]
"""A value column of the table, or a run of them that differ in one number: `women_15..women_49`."""

_NUMBERED = re.compile(r"^(?P<stem>.*?)(?P<number>\d+)(?P<tail>\D*)$")


class Variable(Part):
    """One column of the panel, and the table it is taken from."""

    model_config = ConfigDict(serialize_by_alias=True)

    id: Slug
    table: Slug
    column: Slug | None = None  # of the table; none: the one called like the variable
    columns: tuple[Columns, ...] = ()  # added up: ages, sexes
    from_level: Literal["nation", "sido", "sigungu"] | None = Field(default=None, alias="from")  # then repeated
    over_time: OverTime | None = None  # months to a year; a flow is added up unsaid
    weight: Slug | None = None  # the denominator by which a rate is taken together where regions merged
    parts: float = Field(
        default=1, gt=0, le=1, exclude_if=lambda share: share == 1
    )  # 읍면동 that must be told, a share
    numerator: Slug | None = None  # instead: what is counted in it; the denominator is then numerator / rate
    title: Words = ""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.column is not None and self.columns:
            raise PydanticCustomError("column_or_columns", "column or columns, one of them")
        if self.weight is not None and self.numerator is not None:
            raise PydanticCustomError("weight_or_numerator", "weight or numerator, one of them")
        return self

    def taken(self) -> tuple[str, ...]:
        """The table's columns, runs written out."""
        if not self.columns:
            return (self.column or self.id,)
        return tuple(name for said in self.columns for name in _written_out(said))


def _written_out(said: str) -> tuple[str, ...]:
    """Every column of a run.

    >>> _written_out("women_8..women_10")
    ('women_8', 'women_9', 'women_10')
    >>> _written_out("age_15_female..age_16_female")
    ('age_15_female', 'age_16_female')
    """
    first, _, last = said.partition("..")
    if not last:
        return (first,)
    begin, end = _NUMBERED.match(first), _NUMBERED.match(last)
    if begin is None or end is None or (begin["stem"], begin["tail"]) != (end["stem"], end["tail"]):
        return (first, last)
    width = len(begin["number"]) if begin["number"].startswith("0") else 0
    numbers = range(int(begin["number"]), int(end["number"]) + 1)
    return tuple(f"{begin['stem']}{n:0{width}d}{begin['tail']}" for n in numbers) or (first, last)


class _Derived(Part):
    """A column made from others of the panel."""

    id: Slug
    title: Words = ""


class Lag(_Derived):
    """시차: the value so many periods before."""

    op: Literal["lag"]
    of: Slug
    periods: int = Field(default=1, ge=1, le=120)


class Change(_Derived):
    """변화: against so many periods before."""

    op: Literal["change"]
    of: Slug
    periods: int = Field(default=1, ge=1, le=120)
    how: Literal["difference", "percent"] = "difference"


class Log(_Derived):
    """로그: the natural logarithm; of nothing and less there is none."""

    op: Literal["log"]
    of: Slug


class Total(_Derived):
    """합계: counts of one unit, added up."""

    op: Literal["sum"]
    of: tuple[Slug, ...] = Field(min_length=2, max_length=120)


class Rate(_Derived):
    """비율: a count for so many of another."""

    op: Literal["rate"]
    of: Slug
    per: Slug
    times: float = Field(default=1000, gt=0)


class Share(_Derived):
    """구성비: a part of a whole, in per cent."""

    op: Literal["share"]
    of: Slug
    among: Slug


class PerCapita(_Derived):
    """1인당: an amount for each of the people."""

    op: Literal["per_capita"]
    of: Slug
    population: Slug
    times: float = Field(default=1, gt=0)


class Rebase(_Derived):
    """기준시점 변경: each region's own value at a period is 100."""

    op: Literal["rebase"]
    of: Slug
    at: date  # any day of that period


class Deflate(_Derived):
    """실질화: an amount in the prices of a period, by a price index."""

    op: Literal["deflate"]
    of: Slug
    by: Slug
    at: date


class CohortNet(_Derived):
    """코호트 순이동: of those who were a year younger a year before, how many more or fewer there are, in per cent."""

    op: Literal["cohort_net"]
    of: Slug  # women of 25 to 34
    before: Slug  # women of 24 to 33, a year before


Derived = Annotated[
    Lag | Change | Log | Total | Rate | Share | PerCapita | Rebase | Deflate | CohortNet, Field(discriminator="op")
]


def inputs(derived: Derived) -> tuple[str, ...]:
    """The columns a derived one is made from."""
    if isinstance(derived, Total):
        return derived.of
    others = ("per", "among", "population", "by", "before")
    return (derived.of, *(getattr(derived, name) for name in others if name in type(derived).model_fields))


class AddsUpTo(Part):
    """검산: a variable added up to larger regions equals what another table tells of these."""

    variable: Slug
    level: Literal["nation", "sido", "sigungu"]
    table: Slug
    column: Slug | None = None  # none: called like the variable
    tolerance: float = Field(default=0, ge=0)
    on_fail: Literal["finding", "stop"] = "finding"


class NextTo(Part):
    """이웃 관계: who is next to whom, by one of three ways."""

    file: str | None = Field(default=None, min_length=1, max_length=400)  # a weights file (.gal) of the workspace
    outlines: bool = False  # those of `data.outlines` that touch
    nearest: int | None = Field(default=None, ge=1, le=50)  # so many nearest, by the middles of `data.outlines`

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.file is not None) + self.outlines + (self.nearest is not None) != 1:
            raise PydanticCustomError("one_neighbourhood", "file, outlines: true or nearest, one of them")
        return self


NameOrCode = Annotated[str, Field(min_length=1, max_length=400, coerce_numbers_to_str=True)]
"""Of a region; a code may be written as a number."""

RESERVED = ("region", "period", "stood")
"""Columns every panel has."""

OWN_DAY = date(2000, 1, 1)
"""Stands for the base date where regions are the tables' own: nothing is carried anywhere."""


class Regional(Part):
    """지역 × 기간 틀: which regions as of which day, which periods, which columns."""

    model_config = ConfigDict(serialize_by_alias=True)

    unit: Unit = "sigungu"
    base: date | None = Field(default=None, exclude_if=lambda day: day is None)
    """기준일: every region is carried to the map of this day; regions of the tables' own have none."""
    span: Span = "year"
    within: tuple[str, ...] = ()  # 시도 by name or code; none: the whole country
    left_out: tuple[NameOrCode, ...] = Field(default=(), alias="except", exclude_if=lambda names: not names)
    """Regions of the unit, by name or code, that are not looked at."""
    neighbours: NextTo | None = Field(default=None, exclude_if=lambda asked: asked is None)
    variables: tuple[Variable, ...] = Field(min_length=1)
    derived: tuple[Derived, ...] = ()
    checks: tuple[AddsUpTo, ...] = ()
    legal: Literal["equal", "area", "population"] | None = Field(default=None, exclude_if=lambda way: way is None)
    """법정동 나눔: by what counts by 법정동 are shared out among 행정동; none: they go up to 시군구."""
    size: Slug | None = None  # variable by which the weight of regions lost is told
    loss_max: float = Field(default=0.2, ge=0, le=1)  # of a table's rows may lie in places nobody knows; more stops

    @model_validator(mode="after")
    def _each_id_once(self) -> Self:
        names = self.ids()
        twice = sorted({n for n in names if names.count(n) > 1})
        if twice:
            raise PydanticCustomError("column_twice", "ids repeat: {names}", {"names": ", ".join(twice)})
        taken = [name for name in RESERVED if name in names]
        if taken:
            raise PydanticCustomError("column_reserved", "ids of every panel: {names}", {"names": ", ".join(taken)})
        return self

    @model_validator(mode="after")
    def _shared_out_to_dongs(self) -> Self:
        if self.legal is not None and self.unit != "dong":
            raise PydanticCustomError("legal_to_dongs", "legal goes with unit: dong")
        return self

    @model_validator(mode="after")
    def _own_or_official(self) -> Self:
        if self.unit != "own":
            if self.base is None:
                raise PydanticCustomError("base_missing", "base: the day whose map the regions are carried to")
            if self.span == "number":
                raise PydanticCustomError("number_of_own", "span: number goes with unit: own")
            return self
        larger = self.within or self.checks or any(v.from_level for v in self.variables)
        if larger or self.base is not None:
            raise PydanticCustomError("own_regions", "regions of unit: own have no base, within, from or checks")
        return self

    @property
    def day(self) -> date:
        """The base date, or what stands for it."""
        return self.base or OWN_DAY

    def ids(self) -> tuple[str, ...]:
        """Every column of the panel, in the order it is made."""
        return (*(v.id for v in self.variables), *(d.id for d in self.derived))

    def variable(self, name: str) -> Variable | None:
        """The variable of that id, or none."""
        return next((v for v in self.variables if v.id == name), None)
