"""Columns by themselves (기술통계): how much, how unequal, where most and least, and how it moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sigun.report.blocks import Block, Column, FirstScreen, Section, Tile
from sigun.report.evidence import Evidence, Row
from sigun.report.figures.descriptive import SHOWN
from sigun.report.laying import drawn, tabled, teller, told
from sigun.report.measures import united
from sigun.report.numbers import places
from sigun.report.wording import Sentence, Value, listed, sentence
from sigun.text import N_, _

STEP = "summary"
TOLD = 5  # columns that have a sentence of their own on the first screen
LISTED = 60  # regions in a table
WIDE = 6  # columns beside one another
DASH = Sentence(("–",))
TOGETHER: Mapping[str, str] = {"total": N_("total"), "weighted_mean": N_("weighted mean")}


def section(ev: Evidence) -> Section | None:
    """The part, where the step ran."""
    if not ev.has(STEP):
        return None
    blocks = (*told(_size(ev), *(_of(ev, r) for r in _latest(ev)[:TOLD])), *_variables(ev), *_hidden(ev))
    parts = (
        Section("summary-where", _("Where"), tuple(b for at in range(SHOWN) for b in _map(ev, at))),
        Section("summary-when", _("Over time"), (*_changes(ev), *(b for at in range(SHOWN) for b in _trend(ev, at)))),
        Section("summary-sido", _("By 시도"), _by_sido(ev)),
        Section("summary-regions", _("Region by region"), _regions(ev)),
    )
    return Section("summary", _("Columns one by one"), blocks, tuple(p for p in parts if p.blocks))


def first_screen(ev: Evidence) -> FirstScreen:
    """What the reader with four minutes reads, of a plan that asks for columns by themselves."""
    if not ev.has(STEP):
        said = sentence(_("Nothing could be told of these columns: see the points to bear in mind."))
        return FirstScreen((said,), None, None, ())
    rows = _latest(ev)
    return FirstScreen((_size(ev), *(_of(ev, r) for r in rows[:TOLD])), _tile(rows), None, tuple(_to_do(ev)))


def _latest(ev: Evidence) -> list[Row]:
    """The row of each column's last period."""
    last = {str(r["variable"]): r for r in ev.rows(STEP, "variables")}
    return list(last.values())


def _size(ev: Evidence) -> Sentence:
    known: dict[str, Value] = {
        "regions": ev.fact(STEP, "regions", "areas"),
        "variables": ev.fact(STEP, "variables", "variables"),
        "first": ev.word(STEP, "first"),
        "last": ev.word(STEP, "last"),
    }
    if (ev.number(STEP, "periods") or 0) < 2:
        return sentence(
            _("{variables} of {regions} are told one by one."), **{n: known[n] for n in ("variables", "regions")}
        )
    return sentence(_("{variables} of {regions} are told one by one, from {first} to {last}."), **known)


def _of(ev: Evidence, row: Row) -> Sentence:
    """A column in a sentence: where most and least, the middle."""
    ends = ("highest", "lowest", "median")
    digits = 0 if all(float(row[c]).is_integer() for c in ends) else places(float(row["median"]))
    known: dict[str, Value] = {
        "title": row.show("title", "word"),
        "period": row.show("period", "word"),
        "high": row.show("highest_region", "word"),
        "low": row.show("lowest_region", "word"),
        **{name: _sized(row, name, digits) for name in ends},
    }
    if row["highest"] == row["lowest"]:
        return teller(ev, STEP)(
            _("{title}: the same everywhere, {median}."), title=known["title"], median=known["median"]
        )
    if not row["period"]:
        del known["period"]
        said = _(
            "{title}: most in {high} ({highest}), least in {low} ({lowest}); the median of the regions is {median}."
        )
        return teller(ev, STEP)(said, **known)
    said = _(
        "{title} in {period}: most in {high} ({highest}), least in {low} ({lowest}); the median of the regions is {median}."
    )
    return teller(ev, STEP)(said, **known)


def _sized(row: Row, column: str, digits: int | None = None) -> Sentence:
    if row.get(column) is None:
        return DASH
    return united(row, column, "unit", "number", _places(row[column]) if digits is None else digits)


def _places(value: float) -> int:
    return 0 if float(value).is_integer() else places(float(value))


def _tile(rows: Sequence[Row]) -> Tile | None:
    row = rows[0] if rows else None
    if row is None:
        return None
    kind = str(row["together_kind"])
    if kind:
        return Tile(
            label=sentence(_("{title}, {kind}"), title=row.show("title", "word"), kind=Sentence((_(TOGETHER[kind]),))),
            number=_sized(row, "together"),
            interval=None,
            note=_told_of(row),
        )
    label = sentence(_("{title}, median of the regions"), title=row.show("title", "word"))
    return Tile(label=label, number=_sized(row, "median"), interval=None, note=_told_of(row))


def _told_of(row: Row) -> Sentence:
    n = row.show("regions", "areas")
    if not row["period"]:
        return sentence(_("of {n}"), n=n)
    return sentence(_("{period}, of {n}"), period=row.show("period", "word"), n=n)


def _to_do(ev: Evidence) -> list[Sentence]:
    said = []
    if ev.number("coverage", "checks_failed"):
        said.append(sentence(_("Find out why the sums differ (table of failed checks) before using those columns.")))
    said.append(
        sentence(_("Look at the regions at both ends first: an end is as often an error of the data as a finding."))
    )
    said.append(sentence(_("To ask what goes with a column, add the step `factors` to the plan.")))
    return said


def _variables(ev: Evidence) -> tuple[Block, ...]:
    several = ev.text(STEP, "period") == "all"
    columns = (
        *(Column(_("Column")), *((Column(_("Period")),) if several else ()), Column(_("Regions"), True)),
        *(Column(_("Mean"), True), Column(_("Median"), True), Column(_("Standard deviation"), True)),
        *(Column(_("Middle half"), True), Column(_("Lowest")), Column(_("Highest")), Column(_("Together"), True)),
    )
    cells = [_variable(r, several) for r in ev.rows(STEP, "variables")]
    foot = sentence(
        _(
            "Half of the regions lie inside the middle half. Together: total of what adds up, else the mean by the plan's weights."
        )
    )
    return tabled("summary-variables", sentence(_("Every column in figures")), columns, cells, foot)


def _variable(row: Row, several: bool) -> tuple[Value, ...]:
    digits = max(_places(row[c]) for c in ("mean", "median", "lowest", "highest"))
    middle = Sentence((row.show("q25", "number", digits), " ~ ", row.show("q75", "number", digits)))
    return (
        _titled(row),
        *((row.show("period", "word"),) if several else ()),
        row.show("regions", "number", 0),
        *(_cell(row, c, digits) for c in ("mean", "median", "sd")),
        middle,
        *(
            Sentence((row.show(f"{end}_region", "word"), " ", row.show(end, "number", _places(row[end]))))
            for end in ("lowest", "highest")
        ),
        _cell(row, "together", _places(row["together"])) if row.get("together") is not None else DASH,
    )


def _titled(row: Row) -> Sentence:
    """A column's name with its unit."""
    if not row.get("unit"):
        return Sentence((row.show("title", "word"),))
    return Sentence((row.show("title", "word"), " (", row.show("unit", "translated"), ")"))


def _cell(row: Row, column: str, digits: int) -> Sentence:
    return DASH if row.get(column) is None else Sentence((row.show(column, "number", digits),))


def _hidden(ev: Evidence) -> tuple[Block, ...]:
    """What is not told, a row a column that lacks anything."""
    states = ("provisional", "suppressed", "not_observed", "not_existing")
    names = (_("provisional"), _("hidden"), _("not observed"), _("did not exist"))
    rows = [r for r in _latest(ev) if any(r[s] for s in states)]
    columns = (Column(_("Column")), *(Column(name, True) for name in names))
    cells: list[tuple[Value, ...]] = [(_titled(r), *(r.show(s, "number", 0) for s in states)) for r in rows]
    foot = sentence(_("Hidden values are in no figure, rank or map, and no region is named for them."))
    return tabled(
        "summary-hidden", sentence(_("Regions without a settled value in the last period")), columns, cells, foot
    )


def _map(ev: Evidence, at: int) -> tuple[Block, ...]:
    rows = _latest(ev)
    if at >= len(rows):
        return ()
    row = rows[at]
    known = {"title": row.show("title", "word"), "high": row.show("highest_region", "word")}
    title = teller(ev, STEP)(_("{title}: most in {high}"), **known)
    subtitle = sentence(_("{title}, last period"), title=_titled(row))
    if row["period"]:
        subtitle = sentence(_("{title}, {period}"), title=_titled(row), period=row.show("period", "word"))
    return drawn(ev, f"summary_map_{at}", title, subtitle)


def _trend(ev: Evidence, at: int) -> tuple[Block, ...]:
    rows = _latest(ev)
    if at >= len(rows):
        return ()
    title = sentence(_("{title} over time"), title=rows[at].show("title", "word"))
    subtitle = sentence(_("Line: median of the regions. Band: their middle half"))
    return drawn(ev, f"summary_trend_{at}", title, subtitle)


def _changes(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        *(Column(_("Column")), Column(_("First period")), Column(_("Last period")), Column(_("Mean before"), True)),
        *(Column(_("Mean after"), True), Column(_("Change"), True), Column("%", True)),
        *(Column(_("Regions up"), True), Column(_("Regions down"), True)),
    )
    cells = [_change(r) for r in ev.rows(STEP, "changes")]
    foot = sentence(
        _(
            "Means over the regions that are told in both periods. Of months and quarters the first of the same season is taken."
        )
    )
    return tabled("summary-changes", sentence(_("The last period against the first")), columns, cells, foot)


def _change(row: Row) -> tuple[Value, ...]:
    digits = max(_places(row[c]) for c in ("before", "after", "change"))
    plus = ("+",) if float(row["change"]) > 0 else ()
    percent = row.get("percent")
    sign = ("+",) if percent is not None and percent > 0 else ()
    return (
        _titled(row),
        *(row.show(c, "word") for c in ("first", "last")),
        *(row.show(c, "number", digits) for c in ("before", "after")),
        Sentence((*plus, row.show("change", "number", digits))),
        DASH if percent is None else Sentence((*sign, row.show("percent", "number", 1))),
        *(row.show(c, "number", 0) for c in ("risen", "fallen")),
    )


def _by_sido(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        *(Column(_("Column")), Column(_("시도")), Column(_("Regions"), True), Column(_("Median"), True)),
        *(Column(_("Lowest"), True), Column(_("Highest"), True), Column(_("Together"), True)),
    )
    last = {(str(r["variable"]), str(r["sido"])): r for r in ev.rows(STEP, "by_sido")}
    cells: list[tuple[Value, ...]] = [
        (
            *(_titled(r), r.show("sido_name", "word"), r.show("regions", "number", 0)),
            *(_cell(r, c, _places(r[c])) if r.get(c) is not None else DASH for c in ("median", "lowest", "highest")),
            _cell(r, "together", _places(r["together"])) if r.get("together") is not None else DASH,
        )
        for r in last.values()
    ]
    return tabled("summary-sido", sentence(_("The same by 시도, last period")), columns, cells)


def _regions(ev: Evidence) -> tuple[Block, ...]:
    """Regions by columns, in the order of the first one's rank; hidden and missing ones are told as such."""
    shown = _latest(ev)[:WIDE]
    names = [str(r["variable"]) for r in shown]
    cells_of: dict[str, dict[str, Row]] = {}
    for row in ev.rows(STEP, "values"):
        cells_of.setdefault(str(row["region"]), {})[str(row["variable"])] = row
    first = names[0]
    order = sorted(cells_of, key=lambda region: (_rank(cells_of[region][first]), region))
    columns = (Column(_("Region")), Column(_("Rank"), True), *(Column(_titled(r), True) for r in shown))
    digits = {n: _column_places([rows[n] for rows in cells_of.values()]) for n in names}
    cells = [_region(cells_of[region], digits) for region in order[:LISTED]]
    feet = [sentence(_("Ranked by {title}, the highest first."), title=shown[0].show("title", "word"))]
    if len(order) > LISTED:
        feet.append(sentence(_("The first ones are listed; all stand in the file of results.")))
    if len(_latest(ev)) > WIDE:
        feet.append(sentence(_("The first columns of the plan are shown; all stand in the file of results.")))
    return tabled("summary-regions", sentence(_("Regions by columns, last period")), columns, cells, listed(feet, " "))


def _column_places(rows: Sequence[Row]) -> int:
    """So many places that all values of a column have as many."""
    return max((_places(r["value"]) for r in rows if r.get("value") is not None), default=0)


def _rank(row: Row) -> float:
    return float(row["rank"]) if row.get("rank") is not None else float("inf")


def _region(rows: Mapping[str, Row], digits: Mapping[str, int]) -> tuple[Value, ...]:
    first = rows[next(iter(digits))]
    return (
        first.show("name", "word"),
        DASH if first.get("rank") is None else first.show("rank", "number", 0),
        *(_value(rows[n], at) for n, at in digits.items()),
    )


def _value(row: Row, digits: int) -> Sentence:
    if row.get("value") is not None:
        return Sentence((row.show("value", "number", digits),))
    return Sentence((_(STATES[str(row["state"])]),)) if str(row["state"]) in STATES else DASH


STATES: Mapping[str, str] = {
    "suppressed": N_("hidden"),
    "not_observed": N_("not observed"),
    "not_existing": N_("did not exist"),
}
