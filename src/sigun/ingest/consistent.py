"""Does a layout make sense by itself, before its file is looked at (자료명세 점검)? Every problem at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sigun.errors import CardError, SigunError
from sigun.ingest.layout import Kind, Layout, Role
from sigun.text import _

NEEDED: Mapping[Kind, tuple[tuple[Role, ...], ...]] = {
    "events": (("occurred_at",),),
    "areas": (("region", "region_name", "sido", "sigungu", "dong"),),
    "area_periods": (("region", "region_name", "sido", "sigungu", "dong"), ("period",)),
    "weather": (("period",),),
    "outlines": (("region", "region_name"),),
    "addresses": (("address",), ("longitude", "x"), ("latitude", "y")),
    "stations": (("station",), ("longitude", "x"), ("latitude", "y")),
    "travel": (("from_x",), ("from_y",), ("to_x",), ("to_y",), ("travel_time", "travel_distance")),
    "cells": (("longitude", "x"), ("latitude", "y"), ("period",)),
    "facilities": (("longitude", "x"), ("latitude", "y")),
}
"""Roles a kind cannot do without; one of each group."""

PAIRS: tuple[tuple[Role, Role], ...] = (("longitude", "latitude"), ("x", "y"))


def layout_problems(layout: Layout, path: Path) -> Iterator[SigunError]:
    """What is wrong with the layout whatever the file holds; `path` is the file it is for."""
    yield from (CardError(what, str(path), remedy) for what, remedy in (*_roles(layout), *_values(layout)))
    yield from (CardError(what, str(path), remedy) for what, remedy in _systems(layout))


def _roles(layout: Layout) -> Iterator[tuple[str, str]]:
    played = Counter(c.role for c in layout.fields if c.role not in (None, "value", "part"))
    for group in NEEDED[layout.kind]:
        if not any(played[role] for role in group):
            yield (
                _("A data set of kind “{kind}” needs a column with the role “{role}”.").format(
                    kind=layout.kind, role="” / “".join(group)
                ),
                _("Write `role: {role}` beside the column in the card.").format(role=group[0]),
            )
    for role, times in played.items():
        if times > 1:
            yield (
                _("{n} columns of the card have the role “{role}”.").format(n=times, role=role),
                _("Leave it to one of them."),
            )
    for first, second in PAIRS:
        if played[first] != played[second] and max(played[first], played[second]) == 1:
            there, lacking = (first, second) if played[first] else (second, first)
            yield (
                _("The card has a column for “{there}” and none for “{lacking}”.").format(there=there, lacking=lacking),
                _("Write `role: {role}` beside the column in the card.").format(role=lacking),
            )


def _values(layout: Layout) -> Iterator[tuple[str, str]]:
    for column in layout.values():
        if column.id is None:
            yield (
                _("Column “{column}” has the role “value” and no id.").format(column=column.name),
                _("Give it an English id, for example `id: population`."),
            )
    for name, times in Counter(c.id for c in layout.values() if c.id).items():
        if times > 1:
            yield (
                _("{n} value columns have the id “{id}”.").format(n=times, id=name),
                _("Give each an id of its own."),
            )


def _systems(layout: Layout) -> Iterator[tuple[str, str]]:
    """A time zone or coordinate system nobody knows."""
    if layout.timezone is not None:
        try:
            ZoneInfo(layout.timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            yield (
                _("There is no time zone “{zone}”.").format(zone=layout.timezone),
                _("Write one like `timezone: Asia/Seoul`."),
            )
    if layout.crs is not None:
        from pyproj import CRS
        from pyproj.exceptions import CRSError

        try:
            CRS.from_user_input(layout.crs)
        except CRSError:
            yield (
                _("There is no coordinate system {crs}.").format(crs=layout.crs),
                _("In Korea it is mostly EPSG:5179, EPSG:5186 or EPSG:5181; leave `crs` out for degrees."),
            )
