"""Rubrics (심사 기준) and juries (심사단) as data: files that a council may write anew, never code."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Annotated, Self, TypeVar

import yaml
from pydantic import Field, TypeAdapter, ValidationError, field_validator, model_validator

from sigun.errors import SigunError
from sigun.plan.part import Part, Slug, Words
from sigun.text import _

Title = Annotated[str, Field(min_length=1, max_length=80)]
Percent = Annotated[float, Field(gt=0, le=100)]

ROUNDING = 0.05
"""Thirds written as 33.33 still add up to 100."""


class ReviewError(SigunError):
    """A rubric, a jury, a score sheet or an assignment that is wrong."""

    exit_code = 17


class Criterion(Part):
    """심사 항목: what is looked at, how much it counts, and the ends of its scale (the low end earns nothing)."""

    id: Slug
    title: Title
    weight: Percent
    low: float = 0
    high: float = 10

    @model_validator(mode="after")
    def _scale(self) -> Self:
        if not self.low < self.high:
            raise ValueError(_("The scale of {title} must rise from low to high.").format(title=self.title))
        return self


class Rubric(Part):
    """심사 기준표: criteria whose weights add up to 100."""

    id: Slug
    title: Title
    source: Words = ""
    note: Words = ""
    criteria: tuple[Criterion, ...] = Field(min_length=1, max_length=30)

    @field_validator("criteria")
    @classmethod
    def _weights(cls, criteria: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
        _whole([c.id for c in criteria], [c.weight for c in criteria])
        return criteria


class Jury(Part):
    """심사단: those who score together, and what their verdict counts.

    `crowd`: the scorers are taken as drawn from one public, so that proposals are compared although nobody scored both.
    """

    id: Slug
    title: Title
    share: Percent
    crowd: bool = False


class Juries(Part):
    """심사단 구성: juries whose shares add up to 100."""

    id: Slug
    title: Title
    source: Words = ""
    note: Words = ""
    juries: tuple[Jury, ...] = Field(min_length=1, max_length=10)

    @field_validator("juries")
    @classmethod
    def _shares(cls, juries: tuple[Jury, ...]) -> tuple[Jury, ...]:
        _whole([j.id for j in juries], [j.share for j in juries])
        return juries


def _whole(ids: list[str], parts: list[float]) -> None:
    if len(set(ids)) < len(ids):
        raise ValueError(_("An id stands twice."))
    if abs(sum(parts) - 100) > ROUNDING:
        raise ValueError(_("The parts add up to {total:g}, not to 100.").format(total=sum(parts)))


Kind = TypeVar("Kind", Rubric, Juries)


def read_rubric(text: str) -> Rubric:
    """A rubric out of YAML; every mistake at once."""
    return _read(text, Rubric)


def read_juries(text: str) -> Juries:
    """A composition of juries out of YAML; every mistake at once."""
    return _read(text, Juries)


@lru_cache(maxsize=1)
def shipped_rubrics() -> tuple[Rubric, ...]:
    """The rubrics that come with the program: our own first, then published ones, each with its source."""
    return tuple(_shipped("rubrics.yaml", TypeAdapter(list[Rubric])))


@lru_cache(maxsize=1)
def shipped_juries() -> tuple[Juries, ...]:
    """The compositions of juries that come with the program."""
    return tuple(_shipped("juries.yaml", TypeAdapter(list[Juries])))


def _shipped(name: str, kind: TypeAdapter[list[Kind]]) -> list[Kind]:
    return kind.validate_python(yaml.safe_load((files(__package__) / "data" / name).read_text(encoding="utf-8")))


def _read(text: str, kind: type[Kind]) -> Kind:
    try:
        return kind.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as err:
        raise ReviewError(
            what=_("The text is not YAML."),
            where=str(getattr(err, "problem_mark", "")).strip(),
            remedy=_("Check the indents, colons and quotation marks there."),
        ) from err
    except ValidationError as err:
        found = err.errors(include_url=False)
        raise ReviewError(
            what="; ".join(e["msg"].removeprefix("Value error, ") for e in found),
            where=", ".join(".".join(str(p) for p in e["loc"]) or kind.__name__ for e in found),
            remedy=_("Correct what is named; parts add up to 100, and every scale rises."),
        ) from err
