"""What roles and kinds are called on the screen (역할·종류의 이름)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sigun.text import N_, _

if TYPE_CHECKING:
    from sigun.ingest.layout import Column, Kind, Role

KINDS: Mapping[Kind, str] = {
    "events": N_("events"),
    "areas": N_("area table"),
    "area_periods": N_("area table by period"),
    "weather": N_("weather"),
    "outlines": N_("outlines"),
    "addresses": N_("address–coordinate table"),
    "stations": N_("observing stations"),
    "travel": N_("travel times"),
    "cells": N_("grid counts by month"),
    "facilities": N_("facilities"),
}

ROLES: Mapping[Role, str] = {
    "id": N_("number (id)"),
    "occurred_at": N_("time of the report"),
    "occurred_time": N_("time of day"),
    "updated_at": N_("last change"),
    "closed_at": N_("time of closing"),
    "longitude": N_("longitude"),
    "latitude": N_("latitude"),
    "x": N_("x (metres)"),
    "y": N_("y (metres)"),
    "address": N_("address"),
    "region": N_("region"),
    "kind": N_("kind"),
    "channel": N_("channel"),
    "status_text": N_("status in words"),
    "outcome": N_("outcome"),
    "duplicate_of": N_("duplicate of"),
    "vehicle_key": N_("vehicle (keyed hash)"),
    "region_name": N_("name of the area"),
    "sido": N_("시도"),
    "sigungu": N_("시군구"),
    "dong": N_("읍면동"),
    "part": N_("category"),
    "period": N_("period"),
    "issued_at": N_("time of issue"),
    "station": N_("station"),
    "since": N_("first day"),
    "until": N_("last day"),
    "from_x": N_("start: longitude or x"),
    "from_y": N_("start: latitude or y"),
    "to_x": N_("end: longitude or x"),
    "to_y": N_("end: latitude or y"),
    "travel_time": N_("travel time"),
    "travel_distance": N_("travel distance"),
    "value": N_("value"),
}

PERSONAL: Mapping[str, str] = {"drop": N_("personal: dropped"), "hash": N_("personal: hashed"), "keep": ""}


def meaning(column: Column) -> str:
    """What a column was taken for: role, id and unit of a value, and what happens to a personal one."""
    role = _(ROLES[column.role]) if column.role else ""
    value = f"{column.id or ''} {column.unit}".strip() if column.role == "value" else column.unit
    personal = _(PERSONAL[column.action]) if column.personal else _("dropped") if column.action == "drop" else ""
    return ", ".join(part for part in (role, value, personal) if part)
