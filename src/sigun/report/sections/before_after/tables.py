"""Tables of a comparison before and after (전후비교의 표): groups, checks, regions one by one."""

from __future__ import annotations

from collections.abc import Mapping

from sigun.report.blocks import Block, Column
from sigun.report.evidence import Evidence, Row
from sigun.report.laying import tabled
from sigun.report.numbers import places
from sigun.report.sections.before_after.saying import STEP, digits_of, mean_of, outcome_of, signed
from sigun.report.sections.effect.tables import OUTCOMES
from sigun.report.wording import Sentence, Value, listed, sentence
from sigun.text import N_, _

LISTED = 40  # regions to compare with that are listed
WITHOUT = 10  # regions left out that are listed
DASH = Sentence(("–",))
GROUPS: Mapping[str, str] = {"treated": N_("where it began"), "comparison": N_("compared")}
CHECKS: Mapping[str, str] = {
    "treated": N_("Regions with a start"),
    "comparison": N_("Regions to compare with"),
    "same_before": N_("Moved alike before"),
    "level_before": N_("Level before"),
    "counts": N_("Enough counted"),
    "one_region": N_("No single region decides"),
}


def groups(ev: Evidence) -> tuple[Block, ...]:
    rows = ev.rows(STEP, "groups")
    digits = digits_of(rows)
    columns = (
        *(Column(_("Group")), Column(_("Regions"), True), Column(_("Before"), True), Column(_("After"), True)),
        Column(_("Change"), True),
    )
    cells: list[tuple[Value, ...]] = [
        (
            Sentence((_(GROUPS[str(r["group"])]),)),
            r.show("regions", "number", 0),
            *(r.show(c, "number", digits) for c in ("before", "after")),
            signed(r),
        )
        for r in rows
    ]
    caption = sentence(_("Before and after: {outcome}, {mean}"), outcome=outcome_of(ev), mean=mean_of(ev))
    return tabled("before-after-groups", caption, columns, cells)


def checks(ev: Evidence) -> tuple[Block, ...]:
    columns = (Column(_("What is checked")), Column(_("Result")), Column(_("What was found")))
    cells = [
        (Sentence((_(CHECKS[str(r["check"])]),)), Sentence((_(OUTCOMES[str(r["outcome"])]),)), r.message("said"))
        for r in ev.rows(STEP, "checks")
    ]
    return tabled("before-after-checks", sentence(_("Checks of the comparison")), columns, cells)


def without(ev: Evidence) -> tuple[Block, ...]:
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


def areas(ev: Evidence) -> tuple[Block, ...]:
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
    digits = digits_of(listed_rows)
    cells = [_area(r, digits, percent) for r in listed_rows]
    feet = [sentence(_("{outcome}, {mean}."), outcome=outcome_of(ev), mean=mean_of(ev))]
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
