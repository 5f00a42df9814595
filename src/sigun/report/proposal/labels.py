"""Words of the 기획안's form (서식의 말): what its closed vocabularies are called."""

from __future__ import annotations

from collections.abc import Mapping

from sigun.text import N_

ROLES: Mapping[str, str] = {
    "target": N_("target"),
    "exposure": N_("exposure (denominator)"),
    "cause": N_("cause"),
    "environment": N_("surroundings"),
    "boundary": N_("boundary"),
    "key": N_("key to join by"),
}

DIRECTIONS: Mapping[str, str] = {
    "+": N_("higher together"),
    "-": N_("one higher, the other lower"),
    "?": N_("not said beforehand"),
}

GRADES: Mapping[str, str] = {"C": N_("confidential (C)"), "S": N_("sensitive (S)"), "O": N_("open (O)")}

OUTPUTS: Mapping[str, str] = {
    "map": N_("map"),
    "table": N_("table"),
    "report": N_("report"),
    "priority": N_("order of priority"),
}

EXPORTS: Mapping[str, str] = {
    "inside": N_("Results stay inside the institution."),
    "outside": N_("Results are handed outside; small figures are checked again before."),
}

PLACES: Mapping[str, str] = {
    "none": N_("No language model has a place here."),
    "inside": N_("The language model runs inside the institution."),
    "outside": N_("The language model runs outside the institution: it may be shown open metadata alone."),
}

AUTHORS: Mapping[str, str] = {"rule": N_("rules"), "model": N_("language model"), "person": N_("person")}

UNITS: Mapping[str, str] = {
    "sido": N_("시도 (provinces)"),
    "sigungu": N_("시군구 (cities, counties, districts)"),
    "dong": N_("읍면동 (towns)"),
    "own": N_("regions of the tables' own"),
}

SPANS: Mapping[str, str] = {
    "year": N_("years"),
    "quarter": N_("quarters"),
    "month": N_("months"),
    "number": N_("counted periods"),
}

DESCRIBED: Mapping[str, str] = {
    "trend": N_("course over the months"),
    "rhythm": N_("season, weekday and hour"),
    "kinds": N_("kinds"),
    "concentration": N_("concentration"),
    "hotspot": N_("dense areas"),
    "same_vehicle": N_("reports of one vehicle"),
    "duration": N_("time to closing"),
}

BESIDE: Mapping[str, str] = {
    "area_factors": N_("figures of the areas"),
    "occurrence": N_("figures of the areas, the others held equal"),
    "weather": N_("weather"),
}

EVERY: Mapping[str, str] = {"7d": N_("week"), "1mo": N_("month")}
KNOWN_BY: Mapping[str, str] = {"updated_at": N_("last change of the record"), "occurred_at": N_("day of the report")}
COMPARED: Mapping[str, str] = {
    "rest": N_("all other regions"),
    "neighbours": N_("the regions next to them"),
    "similar": N_("regions alike before"),
}
ENDINGS: Mapping[str, str] = {
    "confirmed": N_("confirmed"),
    "not_found": N_("not found on the spot"),
    "moved_by_owner": N_("moved by the owner"),
    "other": N_("other"),
    "open": N_("still open"),
}
