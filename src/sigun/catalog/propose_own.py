"""Propose the card of a panel whose regions no official table knows (자료 고유 지역): firms, counties, schools."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sigun.catalog import words
from sigun.catalog.columns import PERIOD
from sigun.catalog.look import Look, Proposal, personal_columns
from sigun.catalog.unit_words import split_unit
from sigun.ingest.layout import Column, Role
from sigun.ingest.periods import FIRST_NUMBER, LAST_NUMBER, NUMBERS, SHORT_YEARS, read_periods
from sigun.text import _

UNIT = re.compile(
    r"firm|compan|corp|county|state|country|nation|provin|prefect|city|town|munic|region|district|neighbo|unit|panel"
    r"|school|hospital|bank|plant|store|branch|area|zone|tract|individ|househ|person"
    r"|^(i|id|nr|code|fips|geoid|name)$|[_ ]?id$|code$|^fips"
    r"|기업|회사|업체|법인|학교|병원|은행|점포|국가|나라|개체|집단|권역|구역|단지|사업장|지역|번호$|코드$|이름$|명$",
    re.IGNORECASE,
)
COUNTED = re.compile(r"^(t|time|wave|round|period|tt|season|시점|차수|회차|기수|기)$", re.IGNORECASE)
YEAR = re.compile(r"year|^yr$|^y$|연도|년도|^년$|^연$", re.IGNORECASE)
PLACED: tuple[Role, ...] = ("longitude", "latitude", "x", "y", "address")  # such a table is no panel of its own
LONG_GONE = 40  # years of two figures from here on are of the last century: nobody has observed 2040
SHOWN = 3  # rows told twice that are named
MOST_TWICE = 0.1  # share of rows that may repeat a region and period and be taken for slips
FEWEST = 2  # regions, and values beside a point, that make a table of regions


@dataclass(frozen=True)
class OwnTable:
    """Which columns are the keys of a panel, or of a cross-section."""

    unit: str
    name: str | None  # a column that names each unit
    period: str | None
    format: str | None  # of the period; none: as statistical tables write them
    values: tuple[str, ...]


def own_table(look: Look) -> OwnTable | None:
    """The keys of the table, where one row is one region (and period) and the rest are numbers; else none."""
    headers = [h for h in look.headers if h != "geometry" and look.personal(h) is None]
    if any(look.role(role) for role in ("longitude", "latitude")) or not headers:
        return None
    period, form = _period(look, headers)
    unit = unit_column(look, period)
    if unit is None:
        return None
    name = _name(look, headers, unit, period)
    values = tuple(h for h in look.numeric() if h in headers and h not in (unit, period, name))
    points = [role for role in ("x", "y") if look.role(role)]
    counts = any(words.COUNT.search(words.squeeze(h)) for h in values)
    if not values or (points and period is None and (counts or len(values) < FEWEST + len(points))):
        return None
    return OwnTable(unit, name, period, form, values)


def spoiled(look: Look) -> str | None:
    """Why a table with a column of regions and numbers is no panel of its own; none: it looks like no such table.

    One region alone, or rows of the same region and period.
    """
    period, _form = _period(look, list(look.headers))
    if period is None or any(look.role(role) for role in PLACED):
        return None
    named = next((h for h in look.headers if h not in ("geometry", period) and UNIT.search(h)), None)
    if named is None or not [h for h in look.numeric() if h not in (named, period)]:
        return None
    if look.text(named).nunique() < FEWEST:
        said = _("“{column}” names one region alone: with one, what it always was and what moved it look the same.")
        return said.format(column=named)
    keys = pd.DataFrame({h: look.text(h) for h in (named, period)})
    twice = keys[keys.duplicated()]
    if twice.empty or len(twice) > MOST_TWICE * len(keys):
        return None
    said = _("Rows of the same region and period: {rows}. One row a region and period is wanted.")
    return said.format(rows="; ".join(", ".join(row) for row in twice.head(SHOWN).fillna("").to_numpy()))


def repeats_regions(look: Look) -> bool:
    """Whether neither the code nor the name of an area, together with the period, tells the rows apart."""
    when = look.period() or look.time_column()
    said = [words.find(names, look.headers) for names in (words.AREA_CODES, words.AREA_NAMES)]
    times = None if when is None else look.text(when)
    return not any(_is_key(look.text(header), times) for header in said if header is not None)


def unit_column(look: Look, period: str | None) -> str | None:
    """The column that names the regions: one row each (and period), named like one, or at least in words."""
    texts = {h: look.text(h) for h in look.headers if h not in ("geometry", period)}
    when = look.text(period) if period is not None else None
    found = [
        (not UNIT.search(header), numeric, at, header)
        for at, (header, text) in enumerate(texts.items())
        if (numeric := look.is_numeric(header)) in (True, False)
        and (UNIT.search(header) or not numeric)
        and _is_key(text, when)
        and (not numeric or _is_whole(look.numbers(header)))
    ]
    return min(found)[-1] if found else None


def _is_key(text: pd.Series, when: pd.Series | None) -> bool:
    """Whether every row is another region (and period), and there are several regions."""
    rows = pd.DataFrame({"unit": text} if when is None else {"unit": text, "when": when}).dropna()
    enough = rows["unit"].nunique() >= FEWEST and len(rows) == len(text)
    return enough and not rows.duplicated().any()


def _is_whole(numbers: np.ndarray) -> bool:
    return bool(np.isfinite(numbers).all() and (numbers == np.round(numbers)).all())


def _name(look: Look, headers: list[str], unit: str, period: str | None) -> str | None:
    """A column of words that goes with the unit, one to one."""
    if not look.is_numeric(unit):
        return None
    for header in headers:
        if header in (unit, period) or look.is_numeric(header):
            continue
        pairs = pd.DataFrame({"unit": look.text(unit), "name": look.text(header)}).drop_duplicates()
        if pairs.notna().all(axis=None) and all(pairs[column].is_unique for column in pairs):
            return header
    return None


def _period(look: Look, headers: list[str]) -> tuple[str | None, str | None]:
    """The column of periods and its format."""
    for header in sorted(headers, key=lambda h: not YEAR.search(h)):
        if YEAR.search(header) or COUNTED.search(header) or PERIOD.search(header):
            form = period_format(header, look.text(header))
            if form is not None:
                return header, form or None
    return None, None


def period_format(header: str, text: pd.Series) -> str | None:
    """How periods are written: "" as in statistical tables, years of two figures, or numbers; none: they are none.

    >>> [period_format("year", pd.Series(t, dtype="str")) for t in (["1981", "1982"], ["63", "92"], ["1", "2", "3"])]
    ['', '19%y', 'number']
    """
    told = pd.Series(text.dropna().unique(), dtype="str")
    if told.empty:
        return None
    if read_periods(told).first.notna().all():
        return ""
    numbers = pd.to_numeric(told, errors="coerce").to_numpy(float)
    if not _is_whole(numbers):
        return None
    ordered = np.sort(numbers)
    counted = ordered[0] in (0, 1) and (np.diff(ordered) == 1).all()
    if YEAR.search(header) and not counted and ordered[0] >= 0 and ordered[-1] <= 99:
        return _century(ordered)
    return NUMBERS if ordered[0] >= FIRST_NUMBER and ordered[-1] <= LAST_NUMBER else None


def _century(years: np.ndarray) -> str:
    """The format by which years of two figures lie closest together: 63 to 92 are of one century, 95 to 05 of two."""
    split = SHORT_YEARS["%y"][0] % 100
    if (years < split).all():
        return "20%y" if years[0] < LONG_GONE else "19%y"
    across = np.where(years < split, years + 100, years)
    return "%y" if np.ptp(across) < np.ptp(years) else "19%y"


def propose_own(look: Look, own: OwnTable) -> Proposal:
    """Unit, period and every numeric column; what was assumed is to be confirmed."""
    proposal = Proposal()
    proposal.fields.append(Column(name=own.unit, role="region"))
    if own.name is not None:
        proposal.fields.append(Column(name=own.name, role="region_name"))
    if own.period is not None:
        proposal.fields.append(Column(name=own.period, role="period", format=own.format))
    for header in own.values:
        title, unit = split_unit(header)
        name = words.value_id(header, (str(c.id) for c in proposal.fields))
        measure = words.measure_said(title, unit, "")
        proposal.fields.append(
            Column(name=header, id=name, title=title, type="number", role="value", unit=unit, measure=measure)
        )
    personal_columns(look, proposal, {c.name for c in proposal.fields})
    said = _("Regions are taken as they are named in “{column}”; a plan asks for them with `unit: own`.")
    proposal.to_confirm.append(said.format(column=own.unit))
    proposal.to_confirm.extend(_assumed(look, own))
    return proposal


def _assumed(look: Look, own: OwnTable) -> list[str]:
    """What was assumed of the periods."""
    if own.period is None:
        return [_("No column tells a period: the table is one cross-section.")]
    if own.format is None:
        return []
    told = look.numbers(own.period)
    first, last = int(np.nanmin(told)), int(np.nanmax(told))
    if own.format == NUMBERS:
        said = _("“{column}” counts periods ({first} to {last}); a plan asks for them with `span: number`.")
    elif own.format == "%y":
        said = _("“{column}” has years of two figures; 69 to 99 are read as 19.., 00 to 68 as 20.. (`format`).")
    else:
        said = _("“{column}” has years of two figures; {first} to {last} are read as {century}.. (`format`).")
    return [said.format(column=own.period, first=first, last=last, century=own.format[:2])]
