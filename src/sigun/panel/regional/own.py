"""Regions as the tables themselves name them (자료 고유 지역): firms, counties, neighbourhoods; no official table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

import pandas as pd

from sigun.catalog.card import Card
from sigun.panel.model import Finding
from sigun.panel.regional.located import Located, length_of
from sigun.panel.regional.losses import listed
from sigun.plan.variables import OWN_DAY
from sigun.region.codes import Codes
from sigun.text import N_, say

VERSION = "own"  # of the table of regions: there is none
LEVEL = "own"
ALWAYS = pd.Timestamp(1, 1, 1)
LIKE = 0.8  # how much two names must have in common to be shown as near
NEAR = 400  # names; among more, near ones are not looked for


def places_of(table: pd.DataFrame) -> pd.DataFrame:
    """Unit (as the region column has it) and name of each row of a cleaned table; missing where nothing is told.

    Where there is a code and a name, the code is the unit.
    """
    text = pd.DataFrame(index=table.index)
    for column in ("region", "region_name", "sido", "sigungu", "dong"):
        text[column] = _squeezed(table[column]) if column in table else ""
    levels = (
        (text["sido"] + " " + text["sigungu"] + " " + text["dong"]).str.replace(r"\s+", " ", regex=True).str.strip()
    )
    unit = text["region"].mask(text["region"] == "", text["region_name"])
    unit = unit.mask(unit == "", levels)
    name = text["region_name"].mask(text["region_name"] == "", unit)
    return pd.DataFrame({"unit": unit.mask(unit == ""), "name": name.mask(unit == "")}).astype("str")


def _squeezed(text: pd.Series) -> pd.Series:
    plain = text.astype("str").fillna("").str.normalize("NFC").str.replace(r"\s+", " ", regex=True).str.strip()
    return plain.str.replace(r"^(\d+)\.0$", r"\1", regex=True)  # a number that went through a spreadsheet


def own_codes(tables: Mapping[str, pd.DataFrame]) -> Codes:
    """The regions of all tables as a table of regions in which nothing ever changed."""
    told = pd.concat([places_of(table) for table in tables.values()], ignore_index=True).dropna(subset="unit")
    named = told[told["name"] != told["unit"]]
    alias = _units_by_name(named)
    told["unit"] = told["unit"].map(lambda unit: alias.get(unit, unit))
    first = told.assign(plain=told["name"] == told["unit"]).sort_values(["unit", "plain"], kind="stable")
    units = first.drop_duplicates("unit")[["unit", "name"]].reset_index(drop=True)
    twice = units["name"].duplicated(keep=False)
    full = units["name"].mask(twice, units["name"] + " (" + units["unit"] + ")")
    blank = {"sido": "", "parent": "", "level": LEVEL, "since": ALWAYS, "until": pd.NaT, "kostat": "", "source": ""}
    units = units.assign(full=full, **blank, verified=True)
    dates = {"since": "datetime64[us]", "until": "datetime64[us]"}
    changes = pd.DataFrame(columns=["date", "kind", "old", "new", "note", "source", "verified"])
    kostat = pd.DataFrame(columns=["unit", "kostat", "since", "until", "source", "verified"])
    return Codes(units.astype(dates), changes.astype({"date": "datetime64[us]"}), kostat.astype(dates), VERSION)


def _units_by_name(named: pd.DataFrame) -> dict[str, str]:
    """Name -> unit, where a name stands beside one code only: a table of names alone then means the same regions."""
    pairs = named.drop_duplicates()
    count = Counter(pairs["name"])
    return {name: unit for unit, name in pairs.itertuples(index=False, name=None) if count[name] == 1}


def locate_own(card: Card, table: pd.DataFrame, codes: Codes) -> Located:
    """Every row with the region it names; errors as of `located.locate`."""
    for_ever = "period" not in table
    rows = table.assign(period=pd.Timestamp(OWN_DAY)) if for_ever else table
    rows = rows.reset_index(drop=True).astype({"period": "datetime64[us]"})
    units = codes.units
    alias = _units_by_name(units.loc[units["name"] != units["unit"], ["unit", "name"]])
    unit = places_of(rows)["unit"].map(lambda said: alias.get(said, said), na_action="ignore").astype("str")
    rows = rows.assign(unit=unit, level=LEVEL, how="name").astype({"level": "str", "how": "str"})
    unmatched = pd.DataFrame({"place": [], "reason": [], "near": []}, dtype="str").assign(rows=pd.Series(dtype="int64"))
    return Located(card, rows, unmatched, length_of(card, rows), for_ever, ())


def apart(located: Mapping[str, Located], codes: Codes, titles: Mapping[str, str]) -> Iterator[Finding]:
    """A finding for each table whose regions do not stand in another one: names may be written in two ways."""
    told = {name: set(one.rows["unit"].dropna()) for name, one in located.items()}
    for name, mine in told.items():
        others = set().union(*(units for other, units in told.items() if other != name))
        alone = sorted(mine - others) if others else []
        if not alone:
            continue
        near = _near(alone, others - mine, codes)
        said = N_("{n} of the {all} regions of “{table}” stand in no other table: {names}.")
        done = N_("They stay regions of their own. Where a name is only written otherwise, mend it in the file.")
        if near:
            done = N_("They stay regions of their own. If they are the same, write the names alike: {near}.")
        names = listed([codes.fulls.get(unit, unit) for unit in alone])
        told_of = say(said, n=len(alone), all=len(mine), table=titles.get(name, name), names=names)
        yield Finding("names_apart", len(alone), told_of, say(done, near="; ".join(near)))


def _near(alone: list[str], others: set[str], codes: Codes) -> list[str]:
    """`General Motor → General Motors`."""
    if len(alone) > NEAR or len(others) > NEAR:
        return []
    names = [codes.fulls[unit] for unit in sorted(others)]
    pairs = ((codes.fulls[unit], get_close_matches(codes.fulls[unit], names, 1, LIKE)) for unit in alone)
    return [f"{name} → {found[0]}" for name, found in pairs if found]
