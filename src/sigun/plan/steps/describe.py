"""Steps that describe what was reported (발생 특성). At most an association is claimed."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sigun.plan.part import Part, Slug


class Coverage(Part):
    """자료 점검: what of a region panel is observed and what is not, what was lost on the way, which checks held."""

    method: Literal["coverage"]


class Quality(Part):
    """품질: what is wrong with the data, and what was done about it."""

    method: Literal["quality"]


class Trend(Part):
    """추세: reports a month, net of holes in collection and of changes of regime."""

    method: Literal["trend"]


class Rhythm(Part):
    """주기: month, weekday and hour profiles."""

    method: Literal["rhythm"]


class Kinds(Part):
    """차종: kinds of vehicle by place and time."""

    method: Literal["kinds"]


class Concentration(Part):
    """집중도: which share of reports the busiest cells hold."""

    method: Literal["concentration"]


class Hotspot(Part):
    """밀집지역: where there is more than the neighbourhood would suggest (Getis-Ord Gi*, local Moran)."""

    method: Literal["hotspot"]
    outcome: Literal["reports", "confirmed"] = "reports"
    exposure: Slug | None = None  # an area column, such as population; without it counts are compared
    draws: int = Field(default=999, ge=99, le=99_999)
    false_discovery: float = Field(default=0.05, gt=0, lt=0.5)


class Duration(Part):
    """처리기간: time to closing; open cases are censored."""

    method: Literal["duration"]


class SameVehicle(Part):
    """동일 차량: which reports are of one vehicle, and how many vehicles there are."""

    method: Literal["same_vehicle"]
    compare: tuple[Slug, ...] = ()  # value columns of the events' card, such as colour and make
    threshold: float = Field(default=0.5, gt=0, lt=1)  # how sure it has to be that two reports are of one vehicle
    draws: int = Field(default=199, ge=99, le=9_999)  # shuffles of the test for closeness in space and time


class AreaFactors(Part):
    """지역 요인: reports beside area columns and private columns, region by region (association only)."""

    method: Literal["area_factors"]
    columns: tuple[Slug, ...] = ()  # empty: every numeric area column
    exposure: Slug | None = None


class Occurrence(Part):
    """지역 발생 요인: reports regressed on area columns, with exposure and spatial terms (association only)."""

    method: Literal["occurrence"]
    outcome: Literal["reports", "confirmed"] = "reports"
    columns: tuple[Slug, ...] = ()  # empty: as many as the areas can bear, chosen without a look at the reports
    exposure: Slug | None = None
    fixed_effects: Literal["none", "region"] = "none"  # region: months of one and the same area are compared


class Weather(Part):
    """날씨: reports beside the weather of the day (association only)."""

    method: Literal["weather"]
    columns: tuple[Slug, ...] = ()
