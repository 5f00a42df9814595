"""The tables (표): designs, their checks, who was treated and compared, and the differences period by period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sigun.report.blocks import Block, Column
from sigun.report.evidence import Evidence, Row
from sigun.report.laying import interval_column, span_cell, tabled
from sigun.report.sections.effect.saying import DESIGNS, STEP, decimals, design_of, figure_of, in_logs
from sigun.report.wording import Sentence, listed, sentence
from sigun.text import N_, _

WEIGHTS = 15  # regions of a mix that are listed
CHECKS: Mapping[str, str] = {
    "treated": N_("Treated regions"),
    "comparison": N_("Regions to compare with"),
    "pre_periods": N_("Periods before"),
    "post_periods": N_("Periods since"),
    "donors": N_("Placebo test possible"),
    "gaps": N_("Observed throughout"),
    "pre_trend": N_("Same way before"),
    "pre_slope": N_("No drift before"),
    "fit": N_("Fit before"),
    "line": N_("Stays against a drawn-on line"),
    "placebo_in_time": N_("Earlier start finds nothing"),
    "leave_one_out": N_("No single region decides"),
    "spillover": N_("Neighbours left out"),
    "agreement": N_("Designs agree"),
}
OUTCOMES: Mapping[str, str] = {
    "pass": N_("passed"),
    "caution": N_("with caution"),
    "fail": N_("failed"),
    "not_done": N_("not done"),
}
VERDICTS: Mapping[str, str] = {
    "raised": N_("raised"),
    "lowered": N_("lowered"),
    "not_seen": N_("no change seen"),
    "not_answerable": N_("not answerable"),
}
WAYS: Mapping[str, str] = {
    "region": N_("each region once"),
    "simple": N_("each region and period once"),
    "dynamic": N_("each time since the start once"),
    "cohort": N_("by start"),
    "calendar": N_("by calendar"),
}


def designs(ev: Evidence, rows: Sequence[Row]) -> tuple[Block, ...]:
    columns = (
        *(Column(_("Design")), Column(_("Answer")), Column(_("Change"), True), interval_column(STEP)),
        *(Column("p", True), Column(_("Smallest that would be seen"), True), Column(_("Treated"), True)),
        Column(_("Compared with"), True),
    )
    cells = [
        (
            design_of(r),
            Sentence((_(VERDICTS[str(r["verdict"])]),)),
            figure_of(r, "effect"),
            span_cell(r, "number", decimals(r), "effect_low", "effect_high"),
            figure_of(r, "p", "chance"),
            figure_of(r, "mde"),
            *(r.show(c, "number", 0) if r[c] else Sentence(("–",)) for c in ("treated", "comparison")),
        )
        for r in rows
    ]
    feet = []
    if any(r["verdict"] == "not_answerable" for r in rows):
        feet.append(
            sentence(_("Figures of a design that is not answerable are shown for completeness and say nothing."))
        )
    if ev.number(STEP, "two_way") is not None:
        unit = " %" if ev.text(STEP, "transform") == "log" else ""
        plain = Sentence((ev.fact(STEP, "two_way", "number"), unit))
        feet.append(sentence(_("Plain two-way regression, for comparison alone: {plain}."), plain=plain))
    foot = listed(feet, " ") if feet else None
    return tabled("effect-designs", sentence(_("Every design that was tried")), columns, cells, foot)


def checks(ev: Evidence) -> tuple[Block, ...]:
    columns = (Column(_("Design")), Column(_("What is checked")), Column(_("Result")), Column(_("What was found")))
    cells = [
        (
            design_of(r),
            Sentence((_(CHECKS[str(r["check"])]),)),
            Sentence((_(OUTCOMES[str(r["outcome"])]),)),
            r.message("said"),
        )
        for r in ev.rows(STEP, "checks")
    ]
    foot = sentence(_("A design that fails one check is not answerable, whatever its figures."))
    return tabled("effect-checks", sentence(_("Checks of each design")), columns, cells, foot)


def unanswerable(rows: Sequence[Row]) -> tuple[Block, ...]:
    columns = (Column(_("Design")), Column(_("Why it is not answerable")), Column(_("What would answer")))
    cells = [
        (
            design_of(r),
            r.message("reason"),
            Sentence((r.message("would_need"),)) if r.get("would_need") else Sentence(("–",)),
        )
        for r in rows
        if r["verdict"] == "not_answerable"
    ]
    return tabled(
        "effect-open", sentence(_("What could not be answered, and with which data it could")), columns, cells
    )


def treated(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        *(Column(_("Region")), Column(_("Start")), Column(_("Periods before"), True)),
        *(Column(_("Periods since"), True), Column(_("Left out because"))),
    )
    cells = [
        (
            r.show("name", "word"),
            r.show("start", "word"),
            r.show("pre", "number", 0),
            r.show("post", "number", 0),
            Sentence((r.message("reason"),)) if r.get("reason") else Sentence(("–",)),
        )
        for r in ev.rows(STEP, "treated")
    ]
    return tabled("effect-treated", sentence(_("Regions with the policy")), columns, cells)


def weights(ev: Evidence) -> tuple[Block, ...]:
    columns = (Column(_("Design")), Column(_("For")), Column(_("Region")), Column(_("Share"), True))
    rows = sorted(ev.rows(STEP, "weights"), key=lambda r: (str(r["design"]), -float(r["weight"])))
    shown = [r for d in DESIGNS for r in [q for q in rows if q["design"] == d][:WEIGHTS]]
    cells = [
        (design_of(r), r.show("treated", "word"), r.show("name", "word"), r.show("weight", "share")) for r in shown
    ]
    return tabled("effect-weights", sentence(_("Regions the mix is made of, largest shares")), columns, cells)


def placebos(ev: Evidence) -> tuple[Block, ...]:
    """The real one among the largest placebos, where each is one region."""
    rows = [r for r in ev.rows(STEP, "placebos") if r["design"] == "synthetic_control"]
    if not any(r.get("region") for r in rows):
        return ()
    largest = sorted(rows, key=lambda r: -float(r["ratio"]))[:10]
    columns = (
        *(Column(_("Region")), Column(_("Difference since"), True), Column(_("Distance before"), True)),
        Column(_("Since against before"), True),
    )
    cells = [
        (
            Sentence((_("the treated one"),)) if r["real"] else r.show("name", "word"),
            *(r.show(c, "number") for c in ("estimate", "pre_rmspe", "ratio")),
        )
        for r in largest
    ]
    each = sentence(
        _("Each region taken for treated at the same start; had the policy changed nothing, each could lead.")
    )
    logs = in_logs(ev)
    foot = each if logs is None else listed([each, logs], " ")
    return tabled("effect-placebos", sentence(_("Placebo test: largest ratios")), columns, cells, foot)


def sensitivity(ev: Evidence) -> tuple[Block, ...]:
    columns = (Column(_("Design")), Column(_("Region left out")), Column(_("Difference"), True))
    cells = [
        (
            design_of(r),
            Sentence((_("all neighbours of treated regions"),))
            if r["kind"] == "without_neighbours"
            else r.show("name", "word"),
            r.show("estimate", "number"),
        )
        for r in ev.rows(STEP, "sensitivity")
    ]
    caption = sentence(_("The estimate without regions of the mix"))
    return tabled("effect-sensitivity", caption, columns, cells, in_logs(ev))


def events(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        *(Column(_("Design")), Column(_("Periods since the start"), True), Column(_("Difference"), True)),
        *(interval_column(STEP), Column(_("Band for all"), True), Column(_("Regions"), True)),
    )
    cells = [
        (
            design_of(r),
            r.show("event_time", "number", 0),
            r.show("estimate", "number"),
            span_cell(r, "number", 3),
            span_cell(r, "number", 3, "band_low", "band_high"),
            r.show("regions", "number", 0),
        )
        for r in ev.rows(STEP, "events")
    ]
    caption = sentence(_("Differences by periods since the start"))
    return tabled("effect-events", caption, columns, cells, in_logs(ev))


def aggregates(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        *(Column(_("Design")), Column(_("Put together")), Column(_("Of")), Column(_("Difference"), True)),
        *(interval_column(STEP), Column(_("Regions"), True)),
    )
    cells = [
        (
            design_of(r),
            Sentence((_(WAYS[str(r["aggregation"])]),)),
            Sentence((r.show("at", "word"),)) if r.get("at") else Sentence(("–",)),
            r.show("estimate", "number"),
            span_cell(r, "number", 3),
            r.show("regions", "number", 0),
        )
        for r in ev.rows(STEP, "aggregates")
    ]
    caption = sentence(_("The same put together in other ways"))
    return tabled("effect-aggregates", caption, columns, cells, in_logs(ev))
