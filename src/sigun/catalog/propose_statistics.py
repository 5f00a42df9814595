"""Propose the card of a statistical table (통계표 자료명세 제안): place, period, categories, meaning of the values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import pandas as pd

from sigun.catalog import words
from sigun.catalog.card import AddsUp, Card
from sigun.catalog.columns import Columns
from sigun.catalog.look import Look, Proposal
from sigun.catalog.questions import Question
from sigun.catalog.within import lies_within
from sigun.ingest.labels import is_total, labels, sido_of
from sigun.ingest.layout import Column, Kind, Role
from sigun.text import _
from sigun.units import Measure

MOST_VALUES = 150  # columns; a table of more is cut to its totals
AREA_UNITS = ("㎢", "㎡", "ha")
ASKED_ALONE = 4  # columns
MEASURES: tuple[Measure, ...] = ("stock", "flow", "rate", "share", "index")


def is_statistical(look: Look) -> bool:
    """Whether the file is a table of regions by level, wide or with categories, of 시군구, or of full names."""
    return look.reading.shape is not None or _is_leveled(look.columns)


def _is_leveled(columns: Columns) -> bool:
    levels = [role for role in ("sido", "sigungu", "dong", "region_name") if role in columns.places]
    named = bool(columns.parts) and bool(levels)
    return bool(columns.values) and (any(level != "dong" for level in levels) or named)


def propose_statistics(look: Look, kind: Kind) -> Proposal:
    """Fields, questions and checks of a statistical table; every column of the file is named."""
    columns, about = look.columns, look.title
    proposal = Proposal()
    values = tuple(_values(look, columns, about, proposal))
    roles = {header: role for role, header in columns.places.items()}
    if kind == "area_periods" and columns.periods:
        roles[columns.periods[0]] = "period"
        proposal.questions.extend(_which_period(columns.periods))
        proposal.to_confirm.extend(school_years(columns.periods))
    for header in look.headers:
        own = [c for c in values if c.name == header]
        proposal.fields.extend(own or [_key(header, roles.get(header), header in columns.parts)])
    proposal.fields[:] = [_safe(look, column, proposal) for column in proposal.fields]
    proposal.checks = _checks(look, columns, values)
    proposal.within, asked = lies_within(look)
    proposal.questions.extend(asked)
    proposal.questions.extend(what_it_measures(values))
    proposal.questions.extend(unit_of_area(values))
    proposal.questions.extend(_weighted_by(values))
    proposal.scheme = scheme_of(look, columns)
    proposal.to_confirm.extend(look.guesses)
    if not look.is_named_inside:
        said = _("The file itself does not say what it is about; its title is the name of the file.")
        proposal.to_confirm.append(said)
    return proposal


def _key(header: str, role: Role | None, is_part: bool) -> Column:
    return Column(name=header, role=role or ("part" if is_part else None))


def _safe(look: Look, column: Column, proposal: Proposal) -> Column:
    """A column that holds personal data is dropped, whatever role it seemed to play."""
    kind = look.personal(column.name)
    if kind is None:
        return column
    proposal.to_confirm.append(look.tell_personal(column.name))
    return Column(name=column.name, personal=kind, action="drop")


def _values(look: Look, columns: Columns, about: str, proposal: Proposal) -> Iterator[Column]:
    """One value column for each item and each combination of categories, totals first."""
    plain = words.carried_groups(words.plain_headers(columns.values))
    combos = _combinations(look, columns, proposal)
    taken: list[str] = []
    for header in columns.values:
        percent = "%" if look.text(header).str.endswith("%").any() else ""
        for where in combos:
            path, unit = words.item(" / ".join([plain[header], *(v for v in where.values() if not is_total(v))]))
            unit = unit or look.unit or _unit_of_rows(look, columns, where) or percent
            name = words.item_id(path, about, taken)
            taken.append(name)
            yield Column(
                name=header,
                id=name,
                title=path[:400],
                type="number",
                role="value",
                unit=unit[:40],
                measure=_measure(look, path, unit, about),
                where=where,
            )


def _measure(look: Look, path: str, unit: str, about: str) -> Measure | None:
    """What an item measures. A file's name may lie: alone it does not make figures ones that are added up."""
    said = words.measure_said(path, unit, about)
    own = words.measure_said(path, unit, "")
    added = said in ("stock", "flow")
    return own if added and own not in ("stock", "flow") and not look.is_named_inside else said


def _combinations(look: Look, columns: Columns, proposal: Proposal) -> list[dict[str, str]]:
    """The categories that stand together in rows, the totals of each column first."""
    if not columns.parts:
        return [{}]
    told = pd.DataFrame({header: labels(look.text(header))[1] for header in columns.parts})
    found = told.dropna().drop_duplicates()
    order = {header: {label: i for i, label in enumerate(_totals_first(told[header]))} for header in columns.parts}
    rows = sorted(found.to_dict("records"), key=lambda row: [order[h][row[h]] for h in columns.parts])
    if len(rows) * max(1, len(columns.values)) > MOST_VALUES:
        rows = [row for row in rows if sum(not is_total(v) for v in row.values()) <= 1] or rows
        kept = max(1, MOST_VALUES // max(1, len(columns.values)))
        said = _("The table has {n} combinations of categories; the card takes the first {kept}.")
        proposal.to_confirm.append(said.format(n=len(found), kept=min(kept, len(rows))))
        rows = rows[:kept]
    return [{str(k): str(v) for k, v in row.items()} for row in rows]


def _totals_first(text: pd.Series) -> list[str]:
    unique = [str(v) for v in text.dropna().unique()]
    return [v for v in unique if is_total(v)] + [v for v in unique if not is_total(v)]


def _unit_of_rows(look: Look, columns: Columns, where: dict[str, str]) -> str:
    """The unit of a table whose rows tell it in a column."""
    if columns.units is None:
        return ""
    rows = pd.Series(True, index=range(look.table.num_rows))
    for header, label in where.items():
        rows &= labels(look.text(header))[1] == label
    told = look.text(columns.units)[rows].dropna().unique()
    return str(told[0]) if len(told) == 1 else ""


def _which_period(periods: Sequence[str]) -> Iterator[Question]:
    if len(periods) > 1:

        def settle(card: Card, at: int) -> Card:
            fields = [
                c.model_copy(update={"role": "period" if c.name == periods[at] else None}) if c.name in periods else c
                for c in card.fields
            ]
            return card.model_copy(update={"fields": tuple(fields)})

        yield Question(_("Which column is the period the figures are about?"), tuple(periods), settle)


def school_years(periods: Sequence[str]) -> Iterator[str]:
    """What is to be confirmed of a column of school years: they are read as the calendar years they begin in."""
    for header in periods:
        if "학년도" in header.replace(" ", ""):
            said = _(
                "Column “{column}” tells school years, which begin in March; each is read as the year it begins in."
            )
            yield said.format(column=header)


def unit_of_area(values: Sequence[Column]) -> Iterator[Question]:
    """Areas of land without a unit: square kilometres or metres, nobody but the publisher knows it."""
    bare = [str(c.id) for c in values if "면적" in c.title and not c.unit]
    if not bare:
        return

    def settle(card: Card, at: int) -> Card:
        return _updated(card, bare, unit=AREA_UNITS[at]) if at < len(AREA_UNITS) else card

    asks = _("In what unit are the areas of land in {columns}?").format(columns=", ".join(bare[:4]))
    yield Question(asks, (*AREA_UNITS, _("not known")), settle, proposed=len(AREA_UNITS))


def what_it_measures(values: Sequence[Column]) -> Iterator[Question]:
    """Columns of which it is not told whether they may be added up: many of one unit are one question."""
    unknown = [c for c in values if c.measure is None]
    together = [[str(c.id) for c in unknown if c.unit == unit] for unit in dict.fromkeys(c.unit for c in unknown)]
    for ids in together if len(unknown) > ASKED_ALONE else [[str(c.id)] for c in unknown]:

        def settle(card: Card, at: int, ids: Sequence[str] = ids) -> Card:
            measure = MEASURES[at] if at < len(MEASURES) else None
            return _updated(card, ids, measure=measure)

        named = ", ".join(ids[:4]) + (" …" if len(ids) > 4 else "")
        yield Question(
            _("What is measured in {columns}?").format(columns=named),
            (
                _("stock: counted on a day (persons, households)"),
                _("flow: counted over the period (births, sales)"),
                _("rate: one thing for each of another (per 1,000, mean)"),
                _("share: a part of a whole (%)"),
                _("index: 100 in a base period"),
                _("not known: they are never added up"),
            ),
            settle,
            proposed=5,
        )


def _weighted_by(values: Sequence[Column]) -> Iterator[Question]:
    """By what rates and shares are weighted when regions merge; nobody but the publisher knows it."""
    rates = [str(c.id) for c in values if c.measure in ("rate", "share") and c.per is None]
    counts = [str(c.id) for c in values if c.measure in ("stock", "flow") and not c.where][:6]
    if not rates:
        return

    def settle(card: Card, at: int) -> Card:
        return _updated(card, rates, per=counts[at]) if at < len(counts) else card

    named = ", ".join(rates[:4]) + (" …" if len(rates) > 4 else "")
    yield Question(
        _("Of what are these rates, when regions merge: {columns}?").format(columns=named),
        (*counts, _("not in this table: they are not carried over mergers unless the plan names a weight")),
        settle,
        proposed=len(counts),
    )


def _updated(card: Card, ids: Sequence[str], **said: object) -> Card:
    fields = [c.model_copy(update=said) if c.id in ids else c for c in card.fields]
    return card.model_copy(update={"fields": tuple(fields)})


def _checks(look: Look, columns: Columns, values: Sequence[Column]) -> tuple[AddsUp, ...]:
    """Where the table lists a region's own rows beside its children, the children must add to them."""
    below = columns.places.get("dong") or columns.places.get("sigungu")
    added = tuple(str(c.id) for c in values if c.measure in ("stock", "flow"))
    if below is None or not added:
        return ()
    names = labels(look.text(below))[1].dropna()
    above = columns.places.get("sido")
    own = names.map(is_total) | (names.map(sido_of).notna() if above else False)
    return (AddsUp(check="children_add_up", columns=added),) if own.any() and not own.all() else ()


def scheme_of(look: Look, columns: Columns) -> Literal["mois", "kostat"] | None:
    """Which agency's codes they are, where their length and first figures tell it."""
    header = columns.places.get("region")
    if header is None:
        return None
    codes = look.text(header).dropna().str.replace(r"\.0$", "", regex=True)
    if codes.str.len().max() == 10:
        return "mois"
    if codes.str.len().max() == 7:
        return "kostat"
    second = set(codes.str[:2])
    mois = second & {"26", "27", "28", "29", "30", "41", "42", "43", "44", "45", "46", "47", "48", "50", "51", "52"}
    kostat = second & {"21", "22", "23", "24", "25", "32", "33", "34", "35", "37", "38", "39"}
    return None if bool(mois) == bool(kostat) else "mois" if mois else "kostat"
