"""The effect of a policy (정책효과): what may be said, by which design, and what could not be answered.

A design that failed one of its checks is told with a description's words alone, whatever its figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sigun.report.blocks import Block, Column, FirstScreen, Section, Tile
from sigun.report.evidence import Evidence, Row, level_of
from sigun.report.laying import drawn, interval_column, span_cell, tabled, told
from sigun.report.numbers import places
from sigun.report.wording import Sentence, Value, claimed, listed, sentence
from sigun.result import Claim
from sigun.text import N_, _

STEP = "effect"
WEIGHTS = 15  # regions of a mix that are listed
DESIGNS: Mapping[str, str] = {
    "group_time": N_("comparison by start (group-time)"),
    "event_study": N_("event study"),
    "synthetic_control": N_("synthetic control"),
    "sdid": N_("synthetic difference in differences"),
}
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


def first_screen(ev: Evidence) -> FirstScreen:
    """What the reader with four minutes reads, of a plan that asks for an effect and no factors."""
    return FirstScreen(tuple(summary(ev)), _tile(ev), None, tuple(_to_do(ev)))


def summary(ev: Evidence) -> list[Sentence]:
    """The answer in a few sentences."""
    if not ev.has(STEP):
        return [sentence(_("The effect could not be looked at with these data: see the points to bear in mind."))]
    rows = ev.rows(STEP, "designs")
    main = [r for r in rows if r["main"]]
    said = [_who(ev), *(_answer(ev, r) for r in main)]
    if not main:
        said += [_nothing(ev), *(_unanswered(r) for r in rows[:2]), *_needed(rows[:1])]
    return [*said, *_others(rows)]


def _tile(ev: Evidence) -> Tile | None:
    main = next((r for r in ev.rows(STEP, "designs") if r["main"]), None)
    if main is None:
        return None
    return Tile(
        label=sentence(_("Estimated change of {outcome}"), outcome=ev.word(STEP, "outcome")),
        number=_with_unit(main, "effect"),
        interval=_interval(main),
        note=sentence(_("by {design}"), design=_design(main)),
    )


def _to_do(ev: Evidence) -> list[Sentence]:
    failed = [r for r in ev.rows(STEP, "designs") if r["verdict"] == "not_answerable" and r["would_need"]]
    said = []
    if ev.number("coverage", "checks_failed"):
        said.append(sentence(_("Find out why the sums differ (table of failed checks) before using those columns.")))
    said += [Sentence((r.message("would_need"),)) for r in failed[:1]]
    if ev.number(STEP, "beside") == -1:
        said.append(
            sentence(_("Name outlines or a file of neighbours in the plan, so that spilling over can be looked at."))
        )
    return said


def section(ev: Evidence) -> Section | None:
    """The part, where the step ran."""
    if not ev.has(STEP):
        return None
    rows = ev.rows(STEP, "designs")
    blocks = (*told(*summary(ev)), *_event_figure(ev), *_path_figure(ev), *_designs(ev, rows))
    parts = [
        Section("effect-checks", _("Did the designs pass their checks?"), _checks(ev)),
        Section("effect-open", _("What the data could not tell"), _open(rows)),
        Section(
            "effect-tables",
            _("Who was treated, and whom they are compared with"),
            (*_treated(ev), *_weights(ev), *_placebos(ev), *_sensitivity(ev)),
        ),
        Section("effect-paths", _("Period by period"), (*_events(ev), *_aggregates(ev))),
    ]
    return Section("effect", _("Effect of a policy"), blocks, tuple(p for p in parts if p.blocks))


def _claim(row: Row) -> Claim:
    """Only a design that passed its checks may speak of an effect."""
    return "description" if row["verdict"] == "not_answerable" else "effect"


def _who(ev: Evidence) -> Sentence:
    known: dict[str, Value] = {
        "treatment": ev.word(STEP, "treatment"),
        "used": ev.fact(STEP, "used", "places"),
        "never": ev.fact(STEP, "never", "places"),
        "outcome": ev.word(STEP, "outcome"),
    }
    first, last = ev.text(STEP, "first_start"), ev.text(STEP, "last_start")
    if not ev.number(STEP, "used"):
        return sentence(_("{treatment}: no treated region can be looked at; {never} never had it."), **known)
    known |= {"first": ev.word(STEP, "first_start"), "last": ev.word(STEP, "last_start")}
    if first == last:
        return sentence(_("{treatment}: since {first} in {used}; {never} never had it. Looked at: {outcome}."), **known)
    return sentence(
        _("{treatment}: begun from {first} to {last} in {used}; {never} never had it. Looked at: {outcome}."),
        **known,
    )


def _answer(ev: Evidence, row: Row) -> Sentence:
    """What the design found, in the words its verdict allows."""
    known: dict[str, Value] = {
        "treatment": ev.word(STEP, "treatment"),
        "outcome": ev.word(STEP, "outcome"),
        "effect": _sized(row),
        "design": _design(row),
    }
    claim = _claim(row)
    if row["verdict"] == "raised":
        said = _(
            "{treatment} is estimated to have changed {outcome} upwards: {effect} on average since the start ({design})."
        )
        return claimed(claim, said, **known)
    if row["verdict"] == "lowered":
        said = _(
            "{treatment} is estimated to have changed {outcome} downwards: {effect} on average since the start ({design})."
        )
        return claimed(claim, said, **known)
    if row["verdict"] == "not_seen":
        said = _(
            "No change of {outcome} by {treatment} can be seen: {effect} ({design}). A change below about {mde} would stay unseen with these data."
        )
        return claimed(claim, said, mde=_with_unit(row, "mde"), **known)
    return _unanswered(row)


def _nothing(ev: Evidence) -> Sentence:
    return sentence(
        _("Whether {treatment} changed {outcome} cannot be answered with these data."),
        treatment=ev.word(STEP, "treatment"),
        outcome=ev.word(STEP, "outcome"),
    )


def _unanswered(row: Row) -> Sentence:
    return claimed(
        "description", _("Not answerable by {design}: {reason}"), design=_design(row), reason=row.message("reason")
    )


def _needed(rows: Sequence[Row]) -> list[Sentence]:
    return [sentence(_("What would answer: {data}"), data=r.message("would_need")) for r in rows if r.get("would_need")]


def _others(rows: Sequence[Row]) -> list[Sentence]:
    """The designs beside the main one: what they say, or why they say nothing."""
    if not any(r["main"] for r in rows):
        return []
    said = []
    for row in rows:
        if row["main"]:
            continue
        said.append(_beside(row))
    passed = {str(r["verdict"]) for r in rows} - {"not_answerable"}
    if len(passed) > 1:
        said.append(
            sentence(
                _(
                    "The designs do not say the same: the first in the plan's order stands, chosen before anything was found."
                )
            )
        )
    return said


def _beside(row: Row) -> Sentence:
    """A design that is not the main one."""
    known: dict[str, Value] = {"design": _design(row)}
    if row["verdict"] == "not_answerable":
        return _unanswered(row)
    if row["verdict"] == "not_seen":
        return claimed(
            _claim(row), _("Another design, {design}, sees no change: {effect}."), effect=_sized(row), **known
        )
    return claimed(_claim(row), _("Another design, {design}, estimates {effect}."), effect=_sized(row), **known)


def _design(row: Row) -> Sentence:
    return Sentence((_(DESIGNS[str(row["design"])]),))


def _with_unit(row: Row, column: str) -> Sentence:
    """A figure with the outcome's unit behind it; per cent of a logarithm."""
    value = row.show(column, "number", places(float(row[column])))
    if row["effect_unit"] == "percent":
        return Sentence((value, " %"))
    return (
        Sentence((value, " ", row.show("effect_unit", "translated"))) if row.get("effect_unit") else Sentence((value,))
    )


def _interval(row: Row) -> Sentence | None:
    if row.get("effect_low") is None:
        return None
    low, high = (row.show(c, "number", places(float(row["effect"]))) for c in ("effect_low", "effect_high"))
    return sentence(_("{level} interval {low} to {high}"), level=level_of(STEP), low=low, high=high)


def _sized(row: Row) -> Sentence:
    interval = _interval(row)
    if interval is None:
        return _with_unit(row, "effect")
    return sentence(_("{effect} ({interval})"), effect=_with_unit(row, "effect"), interval=interval)


def _event_figure(ev: Evidence) -> tuple[Block, ...]:
    title = sentence(_("Before and after the start: {outcome}"), outcome=ev.word(STEP, "outcome"))
    subtitle = sentence(_("Change since the last period before, against regions not treated by then"))
    foot = sentence(
        _("Bars: each period by itself. Band: all periods at once. Before the start it should lie around zero.")
    )
    return drawn(ev, "effect_events", title, subtitle, foot)


def _path_figure(ev: Evidence) -> tuple[Block, ...]:
    title = sentence(_("The treated regions and the mix of others: {outcome}"), outcome=ev.word(STEP, "outcome"))
    subtitle = sentence(_("The mix is fitted to the periods before the start alone"))
    foot = sentence(_("What opens between the lines since the start is the estimate, if they lay together before."))
    return drawn(ev, "effect_path", title, subtitle, foot)


def _designs(ev: Evidence, rows: Sequence[Row]) -> tuple[Block, ...]:
    columns = (
        *(Column(_("Design")), Column(_("Answer")), Column(_("Change"), True), interval_column(STEP)),
        *(Column("p", True), Column(_("Smallest that would be seen"), True), Column(_("Treated"), True)),
        Column(_("Compared with"), True),
    )
    cells = [
        (
            _design(r),
            Sentence((_(VERDICTS[str(r["verdict"])]),)),
            _figure(r, "effect"),
            span_cell(r, "number", _decimals(r), "effect_low", "effect_high"),
            _figure(r, "p", "chance"),
            _figure(r, "mde"),
            r.show("treated", "number", 0),
            r.show("comparison", "number", 0),
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


def _decimals(row: Row) -> int:
    return places(float(row["effect"])) if row.get("effect") is not None else 0


def _figure(row: Row, column: str, form: str = "number") -> Sentence:
    if row.get(column) is None:
        return Sentence(("–",))
    return Sentence((row.show(column, form),)) if form != "number" else _with_unit(row, column)


def _checks(ev: Evidence) -> tuple[Block, ...]:
    columns = (Column(_("Design")), Column(_("What is checked")), Column(_("Result")), Column(_("What was found")))
    cells = [
        (
            _design(r),
            Sentence((_(CHECKS[str(r["check"])]),)),
            Sentence((_(OUTCOMES[str(r["outcome"])]),)),
            r.message("said"),
        )
        for r in ev.rows(STEP, "checks")
    ]
    foot = sentence(_("A design that fails one check is not answerable, whatever its figures."))
    return tabled("effect-checks", sentence(_("Checks of each design")), columns, cells, foot)


def _open(rows: Sequence[Row]) -> tuple[Block, ...]:
    columns = (Column(_("Design")), Column(_("Why it is not answerable")), Column(_("What would answer")))
    cells = [
        (
            _design(r),
            r.message("reason"),
            Sentence((r.message("would_need"),)) if r.get("would_need") else Sentence(("–",)),
        )
        for r in rows
        if r["verdict"] == "not_answerable"
    ]
    return tabled(
        "effect-open", sentence(_("What could not be answered, and with which data it could")), columns, cells
    )


def _treated(ev: Evidence) -> tuple[Block, ...]:
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


def _weights(ev: Evidence) -> tuple[Block, ...]:
    columns = (Column(_("Design")), Column(_("For")), Column(_("Region")), Column(_("Share"), True))
    rows = sorted(ev.rows(STEP, "weights"), key=lambda r: (str(r["design"]), -float(r["weight"])))
    shown = [r for d in DESIGNS for r in [q for q in rows if q["design"] == d][:WEIGHTS]]
    cells = [(_design(r), r.show("treated", "word"), r.show("name", "word"), r.show("weight", "share")) for r in shown]
    return tabled("effect-weights", sentence(_("Regions the mix is made of, largest shares")), columns, cells)


def _placebos(ev: Evidence) -> tuple[Block, ...]:
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
    logs = _in_logs(ev)
    foot = each if logs is None else listed([each, logs], " ")
    return tabled("effect-placebos", sentence(_("Placebo test: largest ratios")), columns, cells, foot)


def _sensitivity(ev: Evidence) -> tuple[Block, ...]:
    columns = (Column(_("Design")), Column(_("Region left out")), Column(_("Difference"), True))
    cells = [
        (
            _design(r),
            Sentence((_("all neighbours of treated regions"),))
            if r["kind"] == "without_neighbours"
            else r.show("name", "word"),
            r.show("estimate", "number"),
        )
        for r in ev.rows(STEP, "sensitivity")
    ]
    caption = sentence(_("The estimate without regions of the mix"))
    return tabled("effect-sensitivity", caption, columns, cells, _in_logs(ev))


def _events(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        *(Column(_("Design")), Column(_("Periods since the start"), True), Column(_("Difference"), True)),
        *(interval_column(STEP), Column(_("Band for all"), True), Column(_("Regions"), True)),
    )
    cells = [
        (
            _design(r),
            r.show("event_time", "number", 0),
            r.show("estimate", "number"),
            span_cell(r, "number", 3),
            span_cell(r, "number", 3, "band_low", "band_high"),
            r.show("regions", "number", 0),
        )
        for r in ev.rows(STEP, "events")
    ]
    caption = sentence(_("Differences by periods since the start"))
    return tabled("effect-events", caption, columns, cells, _in_logs(ev))


def _aggregates(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        *(Column(_("Design")), Column(_("Put together")), Column(_("Of")), Column(_("Difference"), True)),
        *(interval_column(STEP), Column(_("Regions"), True)),
    )
    cells = [
        (
            _design(r),
            Sentence((_(WAYS[str(r["aggregation"])]),)),
            Sentence((r.show("at", "word"),)) if r.get("at") else Sentence(("–",)),
            r.show("estimate", "number"),
            span_cell(r, "number", 3),
            r.show("regions", "number", 0),
        )
        for r in ev.rows(STEP, "aggregates")
    ]
    caption = sentence(_("The same put together in other ways"))
    return tabled("effect-aggregates", caption, columns, cells, _in_logs(ev))


def _in_logs(ev: Evidence) -> Sentence | None:
    """That the figures of a table are differences of logarithms."""
    if ev.text(STEP, "transform") != "log":
        return None
    return sentence(_("Differences of logarithms: times a hundred, a small one is about per cent."))
