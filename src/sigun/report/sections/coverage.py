"""The report of a region panel (자료 점검): failed checks first, what is observed, what was lost, and what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sigun.report.blocks import Block, Column, Figure, FirstScreen, Section, Tile
from sigun.report.evidence import Evidence, Row
from sigun.report.laying import drawn, period, tabled, told
from sigun.report.wording import Sentence, Value, sentence
from sigun.text import N_, _

SENTENCES = 6
FAILED = 3  # checks told on the first screen
UNMATCHED = 40  # places listed
FAILURES = 30  # single failures listed
REVISED = 30  # changed values listed
KINDS = {
    "children_add_up": N_("Parts add up to the region's own row"),
    "total_equals": N_("The sum is the published total"),
    "adds_up_to": N_("Regions add up to another table"),
    "carried_whole": N_("All that the table tells is in the panel"),
}


def first_screen(ev: Evidence) -> FirstScreen:
    """What the reader with four minutes reads: what failed before what is there."""
    said = [*_verdict(ev), *_of_kinds(ev, "above_all", "protected"), *_news(ev), _size(ev), _observed(ev), *_lost(ev)]
    return FirstScreen(tuple(said[:SENTENCES]), _tile(ev), _first_figure(ev), tuple(_to_do(ev)))


def _first_figure(ev: Evidence) -> Figure | None:
    """The picture of the section, for the first screen; an id stands once in a page."""
    drawing = next((b for b in _figure(ev) if isinstance(b, Figure)), None)
    return None if drawing is None else replace(drawing, svg=drawing.svg.replace("coverage-", "first_coverage-"))


def _verdict(ev: Evidence) -> list[Sentence]:
    checks = ev.fact("coverage", "checks", "checks")
    if not ev.number("coverage", "checks"):
        return [sentence(_("No golden check is written in the cards: nothing vouches for the sums."))]
    if not ev.number("coverage", "checks_failed"):
        return [sentence(_("All {checks} of sums held."), checks=checks)]
    failed = sentence(
        _("Of {checks} of sums, {failed} failed."), checks=checks, failed=ev.fact("coverage", "checks_failed", "checks")
    )
    rows = [r for r in ev.rows("coverage", "findings") if r["kind"] == "check_failed"]
    return [failed, *(Sentence((r.message("said"),)) for r in rows[:FAILED])]


def _news(ev: Evidence) -> list[Sentence]:
    """What the files added last changed, where they did more than tell of further regions."""
    facts = {"renewed": "tables", "revised": "values", "made_final": "rows"}
    if not any(ev.number("coverage", name) for name in facts):
        return []
    said = _(
        "By the files added last, {renewed} have new periods, {revised} differ from before, and {made_final} are no "
        "longer provisional."
    )
    return [sentence(said, **{name: ev.fact("coverage", name, form) for name, form in facts.items()})]


def _size(ev: Evidence) -> Sentence:
    known = {n: ev.fact("coverage", n, form) for n, form in _SIZES.items()}
    if not ev.number("coverage", "derived"):
        return sentence(_("The panel has {regions} and {periods}, with {variables} from {tables}."), **known)
    return sentence(
        _("The panel has {regions} and {periods}, with {variables} from {tables} and {derived} made of them."), **known
    )


_SIZES = {
    "regions": "areas",
    "periods": "periods",
    "variables": "variables",
    "tables": "tables",
    "derived": "variables",
}


def _observed(ev: Evidence) -> Sentence:
    if not ev.number("coverage", "not_observed") and ev.number("coverage", "suppressed"):
        return sentence(
            _("Of {cells}, {share} are told; {hidden} are hidden. None is unknown."),
            cells=ev.fact("coverage", "cells", "values"),
            share=ev.fact("coverage", "observed_share", "share"),
            hidden=ev.fact("coverage", "suppressed", "values"),
        )
    if not ev.number("coverage", "not_observed"):
        return sentence(_("All {cells} are observed."), cells=ev.fact("coverage", "cells", "values"))
    return sentence(
        _("Of {cells}, {share} are observed. {open} are not observed; none of them was filled in."),
        cells=ev.fact("coverage", "cells", "values"),
        share=ev.fact("coverage", "observed_share", "share"),
        open=ev.fact("coverage", "not_observed", "values"),
    )


def _lost(ev: Evidence) -> list[Sentence]:
    """Rows in unknown places, and variables that tell only some regions."""
    kinds = (
        "unmatched_regions",
        "uncovered_regions",
        "split_regions",
        "joined_regions",
        "mixed_regions",
        "ended_regions",
        "refused_regions",
    )
    return _of_kinds(ev, *kinds)


def _of_kinds(ev: Evidence, *kinds: str) -> list[Sentence]:
    rows = [r for kind in kinds for r in ev.rows("coverage", "findings") if r["kind"] == kind]
    return [Sentence((r.message("said"),)) for r in rows]


def _tile(ev: Evidence) -> Tile:
    failed = ev.number("coverage", "checks_failed")
    return Tile(
        label=sentence(_("Values observed")),
        number=Sentence((ev.fact("coverage", "observed_share", "share"),)),
        interval=None,
        note=sentence(
            _("of {cells}; {complete} are told without a gap"),
            cells=ev.fact("coverage", "cells", "values"),
            complete=ev.fact("coverage", "complete", "variables"),
        ),
        caution=sentence(_("Sums that do not add up: read the first lines before any figure.")) if failed else None,
    )


def _to_do(ev: Evidence) -> list[Sentence]:
    said = []
    if ev.number("coverage", "checks_failed"):
        said.append(sentence(_("Find out why the sums differ (table of failed checks) before using those columns.")))
    if ev.number("coverage", "revised"):
        said.append(sentence(_("Look at the values that changed (table of changed values) before citing older ones.")))
    if ev.number("coverage", "unmatched_rows"):
        said.append(sentence(_("Look at the places nobody knows: run `sigun regions check` on the file.")))
    if ev.number("coverage", "not_observed"):
        said.append(sentence(_("Add the missing files with `sigun data add`, and run the plan again.")))
    if ev.number("coverage", "provisional"):
        said.append(sentence(_("Take in the final figures when the publisher has them: provisional ones change.")))
    return said


def overview(ev: Evidence) -> Section:
    """The part; it is always there."""
    when = period(ev)
    said = None
    if not ev.has_plan("panel.base"):
        said = sentence(_("This report looks at regions as the tables name them."))
        if when is not None:
            said = sentence(_("This report looks at regions as the tables name them, {period}."), period=when)
    elif when is not None:
        said = sentence(
            _("This report looks at regions ({unit}) on the map of {base}, {period}."),
            unit=ev.plan("panel.unit", "translated"),
            base=ev.plan("panel.base", "date"),
            period=when,
        )
    reading = [
        sentence(
            _("A value is told, provisional, hidden by its publisher, not observed, or of a region not yet there.")
        ),
        sentence(
            _(
                "Every figure refers to a table in the run's folder; point at it in the HTML report, and the reference is shown."
            )
        ),
    ]
    return Section("overview", _("Overview"), (*told(said), *told(*reading)))


def section(ev: Evidence) -> Section | None:
    """The part, where the step ran."""
    if not ev.has("coverage"):
        return None
    blocks = (*told(_observed(ev)), *_figure(ev), *_variables(ev))
    parts = [
        Section("coverage-checks", _("Do the sums add up?"), (*told(*_verdict(ev)[:1]), *_checks(ev), *_failures(ev))),
        Section(
            "coverage-losses",
            _("What was lost, and what was done"),
            (*_findings(ev), *_map(ev), *_gaps(ev), *_unmatched(ev)),
        ),
        Section("coverage-news", _("What the newest file changed"), (*_newest(ev), *_revised(ev))),
        Section("coverage-columns", _("Columns and where they are from"), (*_dictionary(ev), *_changes(ev))),
    ]
    return Section("coverage", _("Check of the data"), blocks, tuple(p for p in parts if p.blocks))


def _figure(ev: Evidence) -> tuple[Block, ...]:
    title = sentence(_("What is observed: {share} of all values"), share=ev.fact("coverage", "observed_share", "share"))
    subtitle = sentence(_("Regions with a value, by variable and period"))
    foot = sentence(_("Columns that are derived are left out: they reach as far as what they are made of."))
    return drawn(ev, "coverage", title, subtitle, foot)


def _map(ev: Evidence) -> tuple[Block, ...]:
    title = sentence(_("Where values are told, and where not"))
    subtitle = sentence(_("A tile for each region, roughly where it lies; the darker, the more of its values are told"))
    foot = sentence(
        _(
            "No outlines: tiles lie beside most of their neighbours, not to scale. Columns that are derived are left out."
        )
    )
    return drawn(ev, "coverage_tiles", title, subtitle, foot)


def _variables(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        *(Column(_("Variable")), Column(_("Unit")), Column(_("Told of")), Column(_("Observed"), True)),
        *(Column(_("Provisional"), True), Column(_("Hidden"), True), Column(_("Not observed"), True)),
        *(Column(_("Not there yet"), True), Column(_("First")), Column(_("Last"))),
    )
    counts = ("observed", "provisional", "suppressed", "not_observed", "not_existing")
    cells: list[Sequence[Value]] = [
        (
            _title(r),
            _word(r, "unit"),
            r.show("level", "translated"),
            *(r.show(c, "number", 0) for c in counts),
            _word(r, "first"),
            _word(r, "last"),
        )
        for r in ev.rows("coverage", "variables")
    ]
    foot = sentence(_("Counted in regions and periods. What is told of a larger region is repeated over its parts."))
    return tabled("coverage-variables", sentence(_("Variables and what is observed of them")), columns, cells, foot)


def _title(row: Row) -> Sentence:
    return Sentence((row.show("title", "word"), " (", row.show("variable", "word"), ")"))


def _word(row: Row, column: str) -> Sentence:
    return Sentence((row.show(column, "word"),)) if row.get(column) else Sentence(("–",))


def _checks(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        *(Column(_("Check")), Column(_("Data")), Column(_("Column")), Column(_("Made"), True)),
        *(Column(_("Failed"), True), Column(_("Held against"))),
    )
    cells = [
        (
            Sentence((_(KINDS[str(r["kind"])]),)),
            _card(ev, r),
            r.show("column", "word"),
            r.show("made", "number", 0),
            r.show("failed", "number", 0),
            _word(r, "source"),
        )
        for r in ev.rows("coverage", "check_totals")
    ]
    return tabled("coverage-checks", sentence(_("Golden checks")), columns, cells)


def _failures(ev: Evidence) -> tuple[Block, ...]:
    rows = [r for r in ev.rows("coverage", "checks") if not bool(r["held"])]
    columns = (
        *(Column(_("Data")), Column(_("Column")), Column(_("Place")), Column(_("Period"))),
        *(Column(_("Expected"), True), Column(_("Found"), True), Column(_("Difference"), True)),
    )
    cells: list[Sequence[Value]] = [
        (
            _card(ev, r),
            r.show("column", "word"),
            _word(r, "place"),
            r.show("period", "word"),
            *(r.show(c, "plain") for c in ("expected", "found", "difference")),
        )
        for r in rows[:FAILURES]
    ]
    caption = sentence(_("Sums that do not add up, farthest off first"))
    return tabled("coverage-failures", caption, columns, cells)


def _findings(ev: Evidence) -> tuple[Block, ...]:
    columns = (Column(_("What was found")), Column(_("How many"), True), Column(_("What was done")))
    cells = [
        (r.message("said"), r.show("rows", "number", 0), r.message("done")) for r in ev.rows("coverage", "findings")
    ]
    return tabled("coverage-findings", sentence(_("Findings on the data")), columns, cells)


def _gaps(ev: Evidence) -> tuple[Block, ...]:
    """시도 in which a variable is never told of some region; those of derived columns follow from these."""
    if not ev.has_plan("panel.base"):  # regions of the tables' own lie in no 시도
        return ()
    made = {str(r["variable"]) for r in ev.rows("coverage", "variables") if r["kind"] == "derived"}
    rows = [r for r in ev.rows("coverage", "gaps") if r["never"] and str(r["variable"]) not in made]
    columns = (
        *(Column(_("Variable")), Column(_("시도")), Column(_("Regions"), True), Column(_("Never told"), True)),
        Column(_("Regions and periods not observed"), True),
    )
    cells: list[Sequence[Value]] = [
        (
            r.show("variable", "word"),
            r.show("sido_name", "word"),
            *(r.show(c, "number", 0) for c in ("regions", "never", "cells")),
        )
        for r in rows
    ]
    return tabled("coverage-gaps", sentence(_("Regions of which a variable is never told")), columns, cells)


def _unmatched(ev: Evidence) -> tuple[Block, ...]:
    columns = (Column(_("Data")), Column(_("Place")), Column(_("Rows"), True), Column(_("Reason")), Column(_("Near")))
    cells = [
        (_card(ev, r), _word(r, "place"), r.show("rows", "number", 0), r.show("reason", "translated"), _word(r, "near"))
        for r in ev.rows("coverage", "unmatched")[:UNMATCHED]
    ]
    return tabled("coverage-unmatched", sentence(_("Places nobody knows")), columns, cells)


def _dictionary(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        *(Column(_("Column")), Column(_("Meaning")), Column(_("Unit")), Column(_("How it is made"))),
        Column(_("Data")),
    )
    cells = [
        (
            r.show("variable", "word"),
            r.show("title", "word"),
            _word(r, "unit"),
            r.message("made"),
            _word(r, "table_title"),
        )
        for r in ev.rows("coverage", "variables")
    ]
    foot = sentence(_("The table `lineage` of the run names file, hash, sheet and columns for each."))
    return tabled("coverage-dictionary", sentence(_("Data dictionary")), columns, cells, foot)


def _changes(ev: Evidence) -> tuple[Block, ...]:
    columns = (Column(_("Data")), Column(_("What was dropped or changed on the way in")))
    cells = [(_card(ev, r), r.message("said")) for r in ev.rows("coverage", "changes")]
    return tabled("coverage-changes", sentence(_("What was dropped or changed")), columns, cells)


def _newest(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        *(Column(_("Data")), Column(_("File added last")), Column(_("New periods")), Column(_("Changed values"), True)),
        *(Column(_("Provisional to final"), True), Column(_("New regions"), True), Column(_("Regions gone"), True)),
    )
    cells: list[Sequence[Value]] = [
        (
            _card(ev, r),
            r.show("file", "word"),
            Sentence((r.show("first", "word"), " – ", r.show("last", "word")))
            if r["new_periods"] > 1
            else _word(r, "first"),
            *(r.show(c, "number", 0) for c in ("revised", "final", "new_regions", "gone_regions")),
        )
        for r in ev.rows("coverage", "newest")
    ]
    foot = sentence(_("Of each data set of several files, the last one against all before it."))
    return tabled("coverage-newest", sentence(_("What the newest file changed")), columns, cells, foot)


def _revised(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        *(Column(_("Data")), Column(_("Place")), Column(_("Period")), Column(_("Column"))),
        *(Column(_("Before"), True), Column(_("After"), True)),
    )
    rows = ev.rows("coverage", "revised")
    cells: list[Sequence[Value]] = [
        (
            _card(ev, r),
            _word(r, "place"),
            _word(r, "period"),
            r.show("title", "word"),
            *(r.show(c, "number", _decimals(r["before"], r["after"])) for c in ("before", "after")),
        )
        for r in rows[:REVISED]
    ]
    foot = None
    if (ev.number("coverage", "revised") or 0) > len(cells):
        foot = sentence(
            _("{revised} changed in all; the table `revised` of the run lists more of them, none of private tables."),
            revised=ev.fact("coverage", "revised", "values"),
        )
    return tabled("coverage-revised", sentence(_("Values the newest file tells otherwise")), columns, cells, foot)


def _decimals(*values: float) -> int:
    """As many as the longest is told with: 1.059 and 1.06 are not the same."""
    return max(len(f"{value:.6f}".rstrip("0").partition(".")[2]) for value in values)


def _card(ev: Evidence, row: Row) -> Sentence:
    source = ev.row("coverage", "sources", row["card"])
    return Sentence((source.show("title", "word") if source else row.show("card", "word"),))
