"""Between and within, side by side (지역 간과 지역 안): always both, and in words where they part."""

from __future__ import annotations

from collections.abc import Iterator

from sigun.report.blocks import Block, Column
from sigun.report.evidence import Evidence, Row
from sigun.report.laying import interval_column, row_clear, tabled
from sigun.report.measures import united
from sigun.report.sections.factors.saying import DASH, STEP, figure, is_true, one_period, span, title_of
from sigun.report.wording import Sentence, Value, listed, sentence
from sigun.text import N_, _

SIDES = ("between", "within_region", "within_twoway", "first_difference", "pooled")
PARTED = {  # where it is clear: between, within (region and period), pooled
    (True, False, True): N_("{names}: clear between regions and pooled, not within regions."),
    (True, False, False): N_("{names}: clear between regions alone, not within regions."),
    (False, False, True): N_("{names}: clear only when pooled, neither between regions nor within them."),
    (False, True, True): N_("{names}: clear within regions and pooled, not between regions."),
    (False, True, False): N_("{names}: clear within regions alone, not between regions."),
}
"""What is said where between and within part; of the same answer everywhere nothing is."""


def sentences(ev: Evidence) -> Iterator[Sentence]:
    """Where the signs are opposite, and where one side is clear and the other is not."""
    rows = ev.rows(STEP, "answer")
    differ = [r for r in rows if is_true(r, "signs_differ")]
    if one_period(ev):
        yield sentence(_("The data are of one period: only differences between regions can be seen, none within."))
        return
    yield sentence(
        _(
            "“Between” compares regions with each other, “within” compares times of one and the same region, “pooled” mixes the two."
        )
    )
    if differ:
        yield sentence(
            _(
                "{names}: the sign between regions is the opposite of that within regions. Regions with more of it differ in other things too, so no reading may pass from one to the other."
            ),
            names=listed([title_of(ev, r) for r in differ]),
        )
    else:
        yield sentence(_("For no factor are the signs between and within regions opposite."))
    for pattern, template in PARTED.items():
        some = [r for r in rows if _pattern(r) == pattern]
        if some:
            yield sentence(_(template), names=listed([title_of(ev, r) for r in some]))


def _pattern(row: Row) -> tuple[bool, ...] | None:
    """Where the interval leaves zero out; nothing where one of the three was not estimated."""
    asked = ("between", "within_twoway", "pooled")
    if any(row.get(side) is None for side in asked):
        return None
    return tuple(row_clear(row, 0.0, f"{side}_low", f"{side}_high") != "unclear" for side in asked)


def table(ev: Evidence) -> tuple[Block, ...]:
    """One row a factor, an estimate and its interval a side."""
    if one_period(ev):
        return ()
    heads = (
        *(_("Between regions"), _("Within (region alone)"), _("Within (region and period)")),
        *(_("Within (differences)"), _("Pooled")),
    )
    columns = (
        *(Column(_("Factor")), Column(_("Step"), True), Column(_("Signs"))),
        *(column for head in heads for column in (Column(head, True), interval_column(STEP))),
    )
    cells = [
        (
            *(title_of(ev, r), united(r, "step", "step_unit")),
            sentence(_("opposite")) if is_true(r, "signs_differ") else DASH,
            *(v for side in SIDES for v in _side(r, side)),
        )
        for r in ev.rows(STEP, "answer")
    ]
    return tabled("factors-sides", sentence(_("Between, within and pooled")), columns, cells)


def _side(row: Row, side: str) -> tuple[Value, Value]:
    low, high = f"{side}_low", f"{side}_high"
    return figure(row, side, low, high), span(row, side, low, high)
