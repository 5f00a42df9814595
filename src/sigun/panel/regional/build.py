"""Build the region panel (지역 패널 만들기): tables, their units, regions of the base date, one expression."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from sigun.catalog.card import AddsUp, Published
from sigun.errors import MethodError, PlanError, SigunError, require
from sigun.panel.build import Material, sources_of
from sigun.panel.facilities import place_facilities
from sigun.panel.regional import checks as golden
from sigun.panel.regional import losses as lost
from sigun.panel.regional.dictionary import dictionary_table, lineage_table, titles_of
from sigun.panel.regional.expression import TOLD, Taken, compute
from sigun.panel.regional.findings import findings_of
from sigun.panel.regional.legal import without_legal
from sigun.panel.regional.located import Located, in_time, locate
from sigun.panel.regional.model import PROVISIONAL, Check, RegionPanel
from sigun.panel.regional.next_to import Given, around
from sigun.panel.regional.over_time import LENGTH, OverTimeRule, time_problem
from sigun.panel.regional.own import apart, locate_own, own_codes
from sigun.panel.regional.regions import regions
from sigun.panel.regional.span import calendar, span_of, written
from sigun.panel.regional.unite import AtLevel, United, at_base, at_level, restricted, unite
from sigun.panel.regional.wholes import FREQUENCY
from sigun.plan.model import Plan
from sigun.plan.variables import AddsUpTo, Deflate, Derived, Rebase, Regional, Variable
from sigun.region.codes import Codes, lift
from sigun.text import N_, Message, _, say

NATION = "00"


@dataclass(frozen=True)
class Gathered:
    """All that the tables tell, by region of the base date."""

    located: Mapping[str, Located]  # card -> its rows
    at: Mapping[str, AtLevel]  # variable -> at its level
    united: Mapping[str, United]  # variable -> by region


def build_region_panel(
    plan: Plan, material: Material, as_of: date | None = None, engine: str = "duckdb"
) -> RegionPanel:
    """Everything the plan's steps may look at. `as_of`: periods that had ended by that day.

    Raises
    ------
    PlanError, MethodError, Several
        Everything that cannot be put together as the plan asks, and checks that are to stop the run.
    """
    assert plan.panel is not None  # a plan of tables has one
    asked = plan.panel.model_copy(update={"span": calendar(plan.panel.span)})
    codes = _codes(asked, material)
    gathered = gather(plan, material, asked, codes, as_of)
    units = regions(asked, codes)
    there = around(units, asked, codes, _given(plan, material))
    start, end = _stretch(plan, gathered, as_of, asked)
    periods = pd.Series(pd.period_range(start, end - pd.Timedelta(days=1), freq=FREQUENCY[asked.span]).to_timestamp())
    require(_outside(asked, start, end))
    grid = _grid(units, periods, codes, asked)
    long = told_of(gathered, asked, units, periods, codes)
    taken = [_taken(at, asked) for at in gathered.at.values()]
    derived = [_on_first_day(d, asked) for d in asked.derived]
    frame = compute(long, grid, taken, derived, asked.span, engine)
    checked = tuple(_checks(asked, gathered, frame, codes))
    here = {*units["unit"], *units["sido"], NATION}
    gathered = replace(gathered, united={name: restricted(one, here) for name, one in gathered.united.items()})
    losses = lost.losses_table(list(_losses(gathered, frame, units, asked, codes)))
    span = span_of(plan.panel, material.cards)
    written_as = frame["period"].map({p: written(p, span) for p in periods})
    dictionary = dictionary_table(asked, material.cards, gathered.united, frame, written_as)
    titles = titles_of(material.cards, dictionary)
    require(golden.stops(checked, _stopping(asked, gathered), titles))
    hashes = {name: shot.sha256 for name, shot in material.snapshots.items()}
    return RegionPanel(
        plan=plan,
        cards=material.cards,
        frame=frame,
        units=units.assign(**there.middle),
        dictionary=dictionary,
        lineage=lineage_table(asked, material.cards, hashes),
        losses=losses,
        checks=checked,
        unmatched=_unmatched(gathered),
        findings=(
            *findings_of(checked, losses, gathered.united, frame, asked, codes, titles),
            *(apart(gathered.located, codes, titles.tables) if asked.unit == "own" else ()),
            *there.findings,
        ),
        sources=sources_of(material),
        changes=tuple(_changes(material, gathered)),
        newest={name: shot.later[-1] for name, shot in sorted(material.snapshots.items()) if shot.later},
        start=start.date(),
        end=end.date(),
        codes=codes.version,
        neighbours=there.neighbours,
        outlines=there.outlines,
        facilities=place_facilities(
            plan, material.facilities(plan), there.shapes, str(getattr(there.shapes, "crs", ""))
        ),
    )


def _codes(asked: Regional, material: Material) -> Codes:
    """The table of regions: the official one, or that of the names in the tables."""
    if asked.unit == "own":
        return own_codes({name: material.table(name) for name in _tables(asked)})
    assert material.codes is not None  # a plan of official regions has one
    return material.codes


def _given(plan: Plan, material: Material) -> Given:
    name = plan.data.outlines
    return Given(None if name is None else (material.cards[name], material.table(name)), material.links)


def _tables(asked: Regional) -> tuple[str, ...]:
    """The tables the panel takes anything from."""
    return tuple(dict.fromkeys([*(v.table for v in asked.variables), *(c.table for c in asked.checks)]))


def gather(plan: Plan, material: Material, asked: Regional, codes: Codes, as_of: date | None = None) -> Gathered:
    """Every variable by region of the base date, in the table's own periods; those outside the plan's time left out."""
    located = _as_dates({name: _locate(material, name, codes, asked) for name in _tables(asked)}, plan)
    require(lost.too_much_lost(located, asked.loss_max))
    at: dict[str, AtLevel] = {}
    problems: list[SigunError] = []
    for variable in asked.variables:
        try:
            there = in_time(located[variable.table], plan.time.start, _last(plan, as_of))
            at[variable.id] = at_level(variable, there, codes, asked)
        except MethodError as problem:
            problems.append(problem)
    for name, one in at.items():
        where = say(N_("plan {plan}, panel.variables.{id}"), plan=plan.id, id=name)
        wrong = time_problem(one.variable, one.measure, one.span, asked.span, str(where))
        problems += [wrong] if wrong is not None and not one.for_ever else []
    require(problems)
    beside = dict(_by_their_cards(at, located, codes, asked)) | at
    united = {name: unite(one, codes, asked, beside) for name, one in at.items()}
    return Gathered(located, at, united)


def _locate(material: Material, name: str, codes: Codes, asked: Regional) -> Located:
    card, table = material.cards[name], material.table(name)
    if asked.unit == "own":
        return locate_own(card, table, codes)
    table, said = without_legal(card, table, asked, material.mix)
    located = locate(card, table, codes, asked.day)
    return replace(located, said=(*said, *located.said))


def _as_dates(located: Mapping[str, Located], plan: Plan) -> dict[str, Located]:
    """The tables by periods that can be computed with: counted ones as years.

    Raises
    ------
    PlanError, Several
        A table counts its periods and the panel asks for dates, or the other way round.
    """
    assert plan.panel is not None
    wanted = plan.panel.span
    wrong = [n for n, t in located.items() if not t.for_ever and (t.span == "number") != (wanted == "number")]
    require(
        PlanError(
            _("The periods of “{table}” are {is_span}, and the panel asks for {span}.").format(
                table=name, is_span=_(located[name].span), span=_(wanted)
            ),
            f"{plan.id}: panel.span",
            _("Write `span: number` for periods counted 1, 2, 3 …; years of two figures need a `format` in the card."),
        )
        for name in wrong
    )
    return {n: replace(t, span="year") if t.span == "number" else t for n, t in located.items()}


def _by_their_cards(
    at: Mapping[str, AtLevel], located: Mapping[str, Located], codes: Codes, asked: Regional
) -> Iterator[tuple[str, AtLevel]]:
    """Denominators that a rate's card names, and that stand in the same table."""
    for one in at.values():
        table = located[one.variable.table]
        if one.per and any(c.id == one.per for c in table.card.values()):
            column = {"id": one.per, "table": table.card.id, "from": one.variable.from_level}
            yield one.per, at_level(Variable.model_validate(column), table, codes, asked)


def _stretch(plan: Plan, gathered: Gathered, as_of: date | None, asked: Regional) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First day and day after the last, whole periods; left out, all that is told at the panel's own level."""
    own = [u for u in gathered.united.values() if u.at.level == asked.unit and not u.at.for_ever and len(u.rows)]
    rows = pd.concat([u.rows for u in own or gathered.united.values()])
    told = rows.loc[rows["state"] <= PROVISIONAL, "period"]
    told = told if len(told) else rows["period"]
    last = _last(plan, as_of)
    first = pd.Timestamp(plan.time.start or told.min())
    until = pd.Timestamp(last or told.max())
    frequency = FREQUENCY[asked.span]
    if not pd.isna(first) and not pd.isna(until):
        start = first.to_period(frequency).to_timestamp()
        end = (until.to_period(frequency) + int(last is None)).to_timestamp()
        if start < end:
            return start, end
    raise MethodError(
        say(N_("No period is left in the panel.")),
        say(N_("plan, time: {start} – {end}"), start=str(plan.time.start or "…"), end=str(last or "…")),
        say(N_("Widen `time`: only whole periods count.")),
    )


def _last(plan: Plan, as_of: date | None) -> date | None:
    return min(filter(None, (plan.time.end, as_of)), default=None)


def _outside(asked: Regional, start: pd.Timestamp, end: pd.Timestamp) -> Iterator[SigunError]:
    for derived in asked.derived:
        if isinstance(derived, Rebase | Deflate) and not start.date() <= derived.at < end.date():
            yield PlanError(
                _("“{id}” is set against {day}, and the panel has no such period.").format(
                    id=derived.id, day=derived.at.isoformat()
                ),
                "panel.derived",
                _("Name a day from {start} on and before {end}.").format(start=start.date(), end=end.date()),
            )


def _on_first_day(derived: Derived, asked: Regional) -> Derived:
    if not isinstance(derived, Rebase | Deflate):
        return derived
    first = pd.Timestamp(derived.at).to_period(FREQUENCY[asked.span]).to_timestamp().date()
    return derived.model_copy(update={"at": first})


def _grid(units: pd.DataFrame, periods: pd.Series, codes: Codes, asked: Regional) -> pd.DataFrame:
    """Every region and period, and whether the region, or one that became it, stood in that year."""
    parts = at_base(codes, asked.unit, periods, asked)
    stood = pd.MultiIndex.from_frame(
        pd.concat([parts[["whole", "year"]], parts[["part", "year"]].set_axis(["whole", "year"], axis=1)])
    )
    grid = pd.DataFrame({"region": units["unit"]}).merge(pd.DataFrame({"period": periods}), how="cross")
    asked_of = pd.MultiIndex.from_arrays([grid["region"], grid["period"].dt.year])
    return grid.assign(stood=asked_of.isin(stood))


def told_of(gathered: Gathered, asked: Regional, units: pd.DataFrame, periods: pd.Series, codes: Codes) -> pd.DataFrame:
    """`expression.TOLD`: every value of the panel's regions; those of larger regions repeated."""
    tables = []
    for name, united in gathered.united.items():
        rows = united.rows
        if united.at.level != asked.unit:
            above = pd.DataFrame({"region": units["unit"], "above": lift(units["unit"], codes, united.at.level)})
            above["above"] = NATION if united.at.level == "nation" else above["above"]
            rows = rows.rename(columns={"region": "above"}).merge(above, on="above").drop(columns="above")
        if united.at.for_ever:
            rows = rows.drop(columns="period").merge(pd.DataFrame({"period": periods}), how="cross")
        tables.append(rows[rows["region"].isin(units["unit"])].assign(variable=name))
    return pd.concat(tables, ignore_index=True)[list(TOLD)]


def _taken(at: AtLevel, asked: Regional) -> Taken:
    if at.for_ever:
        return Taken(at.variable.id, None, 1, LENGTH[asked.span])
    rule = OverTimeRule.of(at.variable, at.measure, at.span, asked.span)
    return Taken(at.variable.id, rule.how, rule.needed, LENGTH[at.span])


def _checks(asked: Regional, gathered: Gathered, frame: pd.DataFrame, codes: Codes) -> Iterator[Check]:
    """Those of the cards, each once, then the plan's own; regions of the tables' own have no larger ones."""
    if asked.unit == "own":
        return
    for name, located in gathered.located.items():
        for check in located.card.checks:
            if isinstance(check, AddsUp):
                yield from golden.children_add_up(check, located, codes)
            else:
                yield from _published(check, gathered, asked, name)
    for united in gathered.united.values():
        yield from golden.carried_whole(united, asked) if united.at.level == asked.unit else ()
    for own in asked.checks:
        yield from _adds_up_to(own, asked, gathered, frame, codes)


def _published(check: Published, gathered: Gathered, asked: Regional, card: str) -> Iterator[Check]:
    """Of the first variable that is that column alone, at the panel's own level."""
    for at in gathered.at.values():
        if (at.variable.table, at.variable.taken(), at.level) == (card, (check.column,), asked.unit):
            yield from golden.total_equals(check, at)
            return


def _adds_up_to(
    check: AddsUpTo, asked: Regional, gathered: Gathered, frame: pd.DataFrame, codes: Codes
) -> Iterator[Check]:
    column = check.column or check.variable
    level = None if check.level == asked.unit else check.level
    other = Variable.model_validate({"id": "other", "table": check.table, "column": column, "from": level})
    at = at_level(other, gathered.located[check.table], codes, asked)
    united = unite(at, codes, asked, {})
    periods = pd.DataFrame({"period": frame["period"].unique()})
    grid = united.rows[["region"]].drop_duplicates().merge(periods, how="cross").assign(stood=True)
    long = united.rows.assign(variable="other")[list(TOLD)]
    theirs = compute(long, grid, [_taken(at, asked)], (), asked.span, "duckdb").rename(columns={"other": "value"})
    yield from golden.adds_up_to(check, gathered.at[check.variable], theirs, asked, codes)


def _stopping(asked: Regional, gathered: Gathered) -> set[tuple[str, str, str]]:
    """(kind, card, column) of the checks that stop the run where they fail."""
    found: set[tuple[str, str, str]] = set()
    for name, located in gathered.located.items():
        for check in located.card.checks:
            if check.on_fail == "stop":
                columns = check.columns if isinstance(check, AddsUp) else (check.column,)
                found |= {(check.check, name, column) for column in columns}
    for own in asked.checks:
        if own.on_fail == "stop":
            found.add(("adds_up_to", gathered.at[own.variable].variable.table, own.variable))
    return found


def _losses(
    gathered: Gathered, frame: pd.DataFrame, units: pd.DataFrame, asked: Regional, codes: Codes
) -> Iterator[dict[str, object]]:
    at = list(gathered.at.values())
    for located in gathered.located.values():
        yield from lost.unmatched(located, at)
    for united in gathered.united.values():
        yield from lost.after_uniting(united, codes.fulls)
    yield from lost.uncovered(frame, units, asked)


def _unmatched(gathered: Gathered) -> pd.DataFrame:
    tables = [one.unmatched.assign(card=name) for name, one in gathered.located.items()]
    return pd.concat(tables, ignore_index=True)[["card", "place", "reason", "near", "rows"]]


def _changes(material: Material, gathered: Gathered) -> Iterator[tuple[str, Message]]:
    for name, shot in material.snapshots.items():
        yield from ((name, said) for said in shot.changes)
        if name in gathered.located:
            yield from ((name, said) for said in gathered.located[name].said)
