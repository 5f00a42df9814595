"""Steps that look ahead (예측): forecast, its check on the past, and the patrol list made from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from sigun.plan.part import Part, Slug

Every = Literal["7d", "1mo"]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Latitude = Annotated[float, Field(ge=-90, le=90)]


class Campaign(Part):
    """일제정리: days of a campaign, half-open, and the day from which everybody could know of it."""

    start: date
    end: date
    announced: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end <= self.start:
            raise PydanticCustomError("campaign_ends", "ends before it starts", {"start": str(self.start)})
        return self


class Conditions(Part):
    """여건: what may move the total besides its own past. Every forecast of the plan looks at the same."""

    weather: Literal["observed", "forecast"] | None = None  # of days before an origin; also of those after, as foretold
    campaigns: tuple[Campaign, ...] = ()


class Forecast(Part):
    """예측: expected reports a place over the horizon after the last known day."""

    method: Literal["forecast"]
    horizon: str = Field(default="7d", pattern=r"^(\d{1,3}d|\d{1,2}mo)$")


class Backtest(Part):
    """과거검증: the forecast as it would have been made at each past origin, scored against what came."""

    method: Literal["backtest"]
    every: Every = "7d"
    months: int = Field(default=12, ge=1, le=60)


CAPACITY = 10  # places a day, where a plan says neither places nor hours
MINUTES, SPEED = 15.0, 20.0  # at a place; km/h between places


def _left(usual: object) -> Callable[[object], bool]:
    """A word that stands at its usual value is no part of what is asked: adding it changed no plan's hash or chance."""
    return lambda value: value == usual


class Patrol(Part):
    """순찰 우선순위: where to look first, and what that buys. The list is as long as places, or hours, a day allow."""

    method: Literal["patrol"]
    capacity: int | None = Field(default=None, ge=1, le=10_000)  # places a day
    days: int = Field(default=7, ge=1, le=31)
    random_share: float = Field(default=0.1, ge=0, le=0.5)  # kept free of the forecast, against feedback
    hours: float | None = Field(default=None, gt=0, le=24, multiple_of=0.5, exclude_if=_left(None))  # a day
    minutes_per_place: float = Field(default=MINUTES, gt=0, le=480, exclude_if=_left(MINUTES))
    speed_kmh: float = Field(default=SPEED, ge=1, le=120, exclude_if=_left(SPEED))
    start: tuple[Longitude, Latitude] | None = Field(default=None, exclude_if=_left(None))  # none: the area's middle
    train_on: Literal["all", "citizen"] | None = Field(default=None, exclude_if=_left(None))  # none: see the page
    evenness: Slug | None = Field(default=None, exclude_if=_left(None))  # area column the list is held against

    @model_validator(mode="before")
    @classmethod
    def _usual_capacity(cls, said: Any) -> Any:
        silent = isinstance(said, dict) and not {"capacity", "hours"} & set(said)
        return said | {"capacity": CAPACITY} if silent else said

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        if (self.hours is None) == (self.capacity is None):
            raise PydanticCustomError("one_capacity", "capacity or hours, one of them")
        if self.hours is not None and self.hours * 60 < self.minutes_per_place:
            minutes = f"{self.minutes_per_place:g}"
            raise PydanticCustomError("hours_too_short", "no place fits", {"hours": self.hours, "minutes": minutes})
        idle = sorted({"minutes_per_place", "speed_kmh", "start"} & self.model_fields_set)
        if self.hours is None and idle:
            raise PydanticCustomError("only_with_hours", "only with hours", {"names": ", ".join(idle)})
        return self
