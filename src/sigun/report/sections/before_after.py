"""Before and after (전후비교): both changes side by side, what lies between them, and what that does not prove."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sigun.report.blocks import Block, Column, FirstScreen, Section, Tile
from sigun.report.evidence import Evidence, Row, level_of
from sigun.report.laying import drawn, tabled, teller, told
from sigun.report.measures import united
from sigun.report.numbers import places
from sigun.report.wording import Piece, Sentence, Shown, Value, listed, sentence
from sigun.text import N_, _

STEP = "before_after"
LISTED = 40  # regions to compare with that are listed
WITHOUT = 10
DASH = Sentence(("–",))
AMONG: Mapping[str, str] = {
    "rest": N_("all the other regions"),
    "neighbours": N_("the regions beside them"),
    "similar": N_("the regions most like them before the start, in level and slope"),
    "named": N_("the regions the plan names"),
}
MEANS: Mapping[str, str] = {
    "year": N_("mean of a region and year"),
    "quarter": N_("mean of a region and quarter"),
    "month": N_("mean of a region and month"),
    "number": N_("mean of a region and period"),
}
PER_MEANS: Mapping[str, str] = {
    "year": N_("mean of a year"),
    "quarter": N_("mean of a quarter"),
    "month": N_("mean of a month"),
    "number": N_("mean of a period"),
}
"""Where the outcome is told for so many people already."""
LENGTHS: Mapping[str, str] = {"year": "years", "quarter": "quarters", "month": "months"}
GROUPS: Mapping[str, str] = {"treated": N_("where it began"), "comparison": N_("compared")}
CHECKS: Mapping[str, str] = {
    "treated": N_("Regions with a start"),
    "comparison": N_("Regions to compare with"),
    "same_before": N_("Moved alike before"),
    "level_before": N_("Level before"),
    "counts": N_("Enough counted"),
    "one_region": N_("No single region decides"),
}
OUTCOMES: Mapping[str, str] = {
    "pass": N_("passed"),
    "caution": N_("with caution"),
    "fail": N_("failed"),
    "not_done": N_("not done"),
}


def section(ev: Evidence) -> Section | None:
    """The part, where the step ran."""
    if not ev.has(STEP):
        return None
    blocks = (*told(*summary(ev)), *told(*_how(ev)), *_path_figure(ev), *_groups(ev), *_changes_figure(ev))
    parts = (
        Section("before-after-checks", _("What speaks for and against the comparison"), (*_checks(ev), *_without(ev))),
        Section("before-after-regions", _("Who is compared with whom"), _areas(ev)),
    )
    return Section("before-after", _("Before and after"), blocks, tuple(p for p in parts if p.blocks))


def first_screen(ev: Evidence) -> FirstScreen:
    """What the reader with four minutes reads, of a plan that asks for a comparison before and after."""
    return FirstScreen(tuple(summary(ev)), _tile(ev), None, tuple(_to_do(ev)))


def summary(ev: Evidence) -> list[Sentence]:
    """The comparison in a few sentences."""
    if not ev.has(STEP):
        return [sentence(_("The comparison could not be made with these data: see the points to bear in mind."))]
    said = [_who(ev)]
    if ev.number(STEP, "difference") is None:
        return [*said, *_impossible(ev)]
    return [*said, _both(ev), _verdict(ev), *_before(ev), _no_proof(ev)]


def _who(ev: Evidence) -> Sentence:
    known: dict[str, Value] = {
        "treatment": ev.word(STEP, "treatment"),
        "used": ev.fact(STEP, "used", "areas"),
        "compared": ev.fact(STEP, "compared", "areas"),
        "which": Sentence((_(AMONG[ev.text(STEP, "comparison")]),)),
    }
    if not ev.number(STEP, "used"):
        return sentence(_("{treatment}: no region with a start can be looked at."), treatment=known["treatment"])
    known |= {"first": ev.word(STEP, "first_start"), "last": ev.word(STEP, "last_start")}
    if ev.text(STEP, "first_start") == ev.text(STEP, "last_start"):
        return sentence(_("{treatment}: begun in {first} in {used}; compared with {compared} ({which})."), **known)
    return sentence(
        _("{treatment}: begun from {first} to {last} in {used}; compared with {compared} ({which})."), **known
    )


def _impossible(ev: Evidence) -> list[Sentence]:
    failed = [r for r in ev.rows(STEP, "checks") if r["outcome"] == "fail"]
    return [Sentence((r.message("said"),)) for r in failed]


def _both(ev: Evidence) -> Sentence:
    """Levels before and after, and the change, of both groups."""
    rows = {str(r["group"]): r for r in ev.rows(STEP, "groups")}
    known: dict[str, Value] = {"outcome": ev.word(STEP, "outcome"), "mean": _mean(ev)}
    for short, name in (("t", "treated"), ("c", "comparison")):
        digits = _digits(rows.values())
        known |= {f"{short}_{side}": united(rows[name], side, "unit", "number", digits) for side in ("before", "after")}
        known[f"{short}_change"] = _signed(rows[name])
    said = N_(
        "{outcome}, {mean}: from {t_before} to {t_after} where it began ({t_change}), from {c_before} to {c_after} in "
        "those compared ({c_change})."
    )
    return teller(ev, STEP)(_(said), **known)


def _mean(ev: Evidence) -> Sentence:
    """Of what the means are."""
    asked = ev.finished.plan.panel
    words = PER_MEANS if ev.text(STEP, "per") else MEANS
    return Sentence((_(words[asked.span if asked is not None else "number"]),))


def _outcome(ev: Evidence) -> Sentence:
    """The outcome with its unit in brackets."""
    unit = ev.text(STEP, "outcome_unit")
    name = ev.word(STEP, "outcome")
    return Sentence((name, " (", ev.word(STEP, "outcome_unit"), ")")) if unit else Sentence((name,))


def _digits(rows: Iterable[Row]) -> int:
    """So many places that all the levels beside one another have as many."""
    levels = [float(r[c]) for r in rows for c in ("before", "after") if r.get(c) is not None]
    return max((places(v) for v in levels if v), default=0) if levels and not all(v.is_integer() for v in levels) else 0


def _signed(row: Row) -> Sentence:
    """A change with its sign and unit."""
    plus = ("+",) if float(row["change"]) > 0 else ()
    return Sentence((*plus, *_sized(row, "change", "change_unit").pieces))


def _sized(row: Row, column: str, unit: str, decimals: int | None = None) -> Sentence:
    decimals = places(float(row[column])) if decimals is None else decimals
    if row[unit] == "percent":
        return Sentence((row.show(column, "number", min(decimals, 1)), " %"))
    return united(row, column, unit, "number", decimals)


def _verdict(ev: Evidence) -> Sentence:
    """What lies between the two changes, in the words its certainty allows."""
    row = _fact(ev, "difference")
    known: dict[str, Value] = {"difference": _size(row)}
    interval = _interval(row)
    verdict = ev.text(STEP, "verdict")
    tell = teller(ev, STEP)
    if verdict == "not_told" or interval is None:
        said = N_(
            "Had they changed as those compared did, they would lie {difference} off; how sure that is cannot be told."
        )
        return tell(_(said), **known)
    known["interval"] = interval
    if verdict == "more":
        return tell(
            _("That is {difference} above where the change of those compared would put them ({interval})."), **known
        )
    if verdict == "less":
        return tell(
            _("That is {difference} below where the change of those compared would put them ({interval})."), **known
        )
    known["difference"] = _signed_fact(row)
    said = N_("Against those compared the difference is {difference} ({interval}): it cannot be told from none.")
    return tell(_(said), **known)


def _fact(ev: Evidence, name: str) -> Row:
    row = ev.row(STEP, "facts", name)
    assert row is not None  # asked for only where there is one
    return row


def _size(row: Row) -> Sentence:
    """A difference without its sign: the words around it say which way it goes."""
    said = _sized(row, "number", "unit")
    return Sentence(tuple(_unsigned(p) for p in said.pieces))


def _unsigned(piece: Piece) -> Piece:
    return replace(piece, text=piece.text.lstrip("\u2212")) if isinstance(piece, Shown) else piece


def _signed_fact(row: Row) -> Sentence:
    plus = ("+",) if float(row["number"]) > 0 else ()
    return Sentence((*plus, *_sized(row, "number", "unit").pieces))


def _interval(row: Row) -> Sentence | None:
    if row.get("low") is None or row.get("high") is None:
        return None
    decimals = places(float(row["number"]))
    low, high = (_sized(row, c, "unit", decimals) for c in ("low", "high"))
    return sentence(_("{level} interval {low} to {high}"), level=level_of(STEP), low=low, high=high)


def _before(ev: Evidence) -> list[Sentence]:
    """What the same comparison finds before anything began, where that speaks against it."""
    rows = [r for r in ev.rows(STEP, "checks") if r["check"] == "same_before" and r["outcome"] == "caution"]
    return [Sentence((r.message("said"),)) for r in rows]


def _no_proof(ev: Evidence) -> Sentence:
    """That this is a comparison, and where more could be asked."""
    if ev.number(STEP, "effect_possible") and "effect" not in ev.finished.results:
        return sentence(
            _(
                "This is a comparison and no proof. The step `effect` (policy effect) has stricter designs that can be "
                "tried with these data."
            )
        )
    return sentence(_("This is a comparison and no proof: what else happened there in that time is in it, too."))


def _how(ev: Evidence) -> list[Sentence]:
    """Which periods, how the season is dealt with, and where the interval comes from."""
    if ev.number(STEP, "periods_before") is None:
        return []
    names = ("first_before", "last_before", "first_after", "last_after")
    known: dict[str, Value] = {n: ev.word(STEP, n) for n in names}
    asked = ev.finished.plan.panel
    form = LENGTHS.get(asked.span if asked is not None else "", "periods")
    known |= {n: ev.fact(STEP, f"periods_{n}", form) for n in ("before", "after")}
    said = [_("Before: {before} ({first_before} to {last_before}); after: {after} ({first_after} to {last_after}).")]
    if (ev.number(STEP, "starts") or 0) > 1:
        said.append(_("These are the periods of the first start; the other regions are looked at around their own."))
    found = [sentence(said[0], **known), *map(sentence, said[1:])]
    if ev.text(STEP, "partial"):
        found.append(sentence(_("Left out as it began inside: {partial}."), partial=ev.word(STEP, "partial")))
    if ev.number(STEP, "seasons"):
        found.append(
            sentence(
                _(
                    "Each month or quarter of the year counts alike, and only those seen on both sides: the season is no change."
                )
            )
        )
    return [*found, *_interval_from(ev)]


def _interval_from(ev: Evidence) -> list[Sentence]:
    by = ev.text(STEP, "interval_by")
    if by == "permutation":
        said = _(
            "The interval holds the difference against {sets} choices of as many regions, each taken for the treated."
        )
        return [sentence(said, sets=ev.fact(STEP, "sets", "number"))]
    if by == "spread":
        return [sentence(_("The interval comes from how far the changes of those compared scatter."))]
    return []


def _path_figure(ev: Evidence) -> tuple[Block, ...]:
    title = sentence(
        _("Before and after, where it began and where it did not: {outcome}"), outcome=ev.word(STEP, "outcome")
    )
    subtitle = sentence(_("Thin: each period. Thick: the means that are compared"))
    foot = sentence(_("The dotted line is the start. Shaded periods are on neither side."))
    return drawn(ev, "before_after_path", title, subtitle, foot)


def _changes_figure(ev: Evidence) -> tuple[Block, ...]:
    title = sentence(_("The change of every region, from before to after: {outcome}"), outcome=ev.word(STEP, "outcome"))
    subtitle = sentence(_("Each mark is a region; those where it began stand out"))
    foot = sentence(_("The farther these lie from the other marks, the less it can be chance."))
    return drawn(ev, "before_after_changes", title, subtitle, foot)


def _groups(ev: Evidence) -> tuple[Block, ...]:
    rows = ev.rows(STEP, "groups")
    digits = _digits(rows)
    columns = (
        *(Column(_("Group")), Column(_("Regions"), True), Column(_("Before"), True), Column(_("After"), True)),
        Column(_("Change"), True),
    )
    cells: list[tuple[Value, ...]] = [
        (
            Sentence((_(GROUPS[str(r["group"])]),)),
            r.show("regions", "number", 0),
            *(r.show(c, "number", digits) for c in ("before", "after")),
            _signed(r),
        )
        for r in rows
    ]
    caption = sentence(_("Before and after: {outcome}, {mean}"), outcome=_outcome(ev), mean=_mean(ev))
    return tabled("before-after-groups", caption, columns, cells)


def _checks(ev: Evidence) -> tuple[Block, ...]:
    columns = (Column(_("What is checked")), Column(_("Result")), Column(_("What was found")))
    cells = [
        (Sentence((_(CHECKS[str(r["check"])]),)), Sentence((_(OUTCOMES[str(r["outcome"])]),)), r.message("said"))
        for r in ev.rows(STEP, "checks")
    ]
    return tabled("before-after-checks", sentence(_("Checks of the comparison")), columns, cells)


def _without(ev: Evidence) -> tuple[Block, ...]:
    columns = (Column(_("Region left out")), Column(_("Group")), Column(_("Difference"), True))
    unit = ev.text(STEP, "difference_unit")
    cells: list[tuple[Value, ...]] = [
        (
            r.show("name", "word"),
            Sentence((_(GROUPS[str(r["group"])]),)),
            Sentence((r.show("difference", "number"), " %")) if unit == "percent" else r.show("difference", "number"),
        )
        for r in ev.rows(STEP, "sensitivity")[:WITHOUT]
    ]
    return tabled(
        "before-after-without", sentence(_("The difference without single regions, farthest off first")), columns, cells
    )


def _areas(ev: Evidence) -> tuple[Block, ...]:
    """Those where it began, then those compared by their change; those not looked at, with the reason."""
    rows = ev.rows(STEP, "areas")
    mine = [r for r in rows if r["group"] == "treated"]
    others = [r for r in rows if r["group"] == "comparison" and not r["reason"]]
    others.sort(key=lambda r: (-float(r["change"]) if r.get("change") is not None else 0.0, str(r["region"])))
    columns = (
        *(Column(_("Region")), Column(_("Group")), Column(_("Start")), Column(_("Before"), True)),
        *(Column(_("After"), True), Column(_("Change"), True), Column(_("Left out because"))),
    )
    percent = ev.text(STEP, "difference_unit") == "percent"
    listed_rows = [*mine, *others[:LISTED]]
    digits = _digits(listed_rows)
    cells = [_area(r, digits, percent) for r in listed_rows]
    feet = [sentence(_("{outcome}, {mean}."), outcome=_outcome(ev), mean=_mean(ev))]
    if len(others) > LISTED:
        feet.append(sentence(_("Of those compared, the ones with the highest change are listed.")))
    if ev.number(STEP, "dropped"):
        feet.append(
            sentence(
                _("{dropped} could not be compared, as too little of them is observed."),
                dropped=ev.fact(STEP, "dropped", "areas"),
            )
        )
    return tabled("before-after-regions", sentence(_("Region by region")), columns, cells, listed(feet, " "))


def _area(row: Row, digits: int, percent: bool) -> tuple[Value, ...]:
    change = DASH if row.get("change") is None else _change_cell(row, percent)
    return (
        row.show("name", "word"),
        Sentence((_(GROUPS[str(row["group"])]),)),
        row.show("start", "word") if row["start"] else DASH,
        *(row.show(c, "number", digits) if row.get(c) is not None else DASH for c in ("before", "after")),
        change,
        row.message("reason") if row["reason"] else DASH,
    )


def _change_cell(row: Row, percent: bool) -> Sentence:
    plus = ("+",) if float(row["change"]) > 0 else ()
    digits = places(float(row["change"]))
    return Sentence(
        (*plus, row.show("change", "number", min(digits, 1) if percent else digits), *((" %",) if percent else ()))
    )


def _tile(ev: Evidence) -> Tile | None:
    if not ev.has(STEP) or ev.number(STEP, "difference") is None:
        return None
    row = _fact(ev, "difference")
    return Tile(
        label=sentence(_("Difference of the two changes: {outcome}"), outcome=ev.word(STEP, "outcome")),
        number=_signed_fact(row),
        interval=_interval(row),
        note=sentence(_("where {treatment} began, against those compared"), treatment=ev.word(STEP, "treatment")),
    )


def _to_do(ev: Evidence) -> list[Sentence]:
    """What would make the comparison firmer."""
    said = []
    if ev.number("coverage", "checks_failed"):
        said.append(sentence(_("Find out why the sums differ (table of failed checks) before using those columns.")))
    if ev.number(STEP, "effect_possible") and "effect" not in ev.finished.results:
        said.append(
            sentence(_("To ask whether it made the difference, add the step `effect` (policy effect) to the plan."))
        )
    if any(r["check"] == "same_before" and r["outcome"] != "pass" for r in ev.rows(STEP, "checks")):
        said.append(
            sentence(
                _("Add a longer time before the start, or compare with regions like them (`comparison: similar`).")
            )
        )
    said.append(sentence(_("Ask those who know the regions what else happened there in that time.")))
    return said
