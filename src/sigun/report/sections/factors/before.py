"""What the panel can tell, before any result (결과를 보기 전에): balance, variation, roots, dependence, overlap, power."""

from __future__ import annotations

from collections.abc import Iterator

from sigun.report.blocks import Block, Column, Section
from sigun.report.evidence import Evidence, Row
from sigun.report.laying import tabled, told
from sigun.report.sections.factors.saying import (
    CLEAR,
    DASH,
    STEP,
    asked,
    cell,
    figure,
    is_true,
    joined,
    one_period,
    title_of,
)
from sigun.report.wording import Sentence, listed, sentence
from sigun.text import _

LITTLE = 0.05  # of a variable's variance inside regions: hardly anything to learn from


def section(ev: Evidence) -> Section:
    """The part."""
    parts = (
        Section("factors-panel", _("Regions and periods"), (*told(*_size(ev)), *_excluded(ev), *_partly(ev))),
        Section("factors-variance", _("How much varies within regions"), (*told(*_little(ev)), *_variance(ev))),
        Section("factors-power", _("Smallest difference that can be found"), (*told(*_power_said(ev)), *_power(ev))),
        Section("factors-roots", _("Do the series wander?"), (*told(*_roots_said(ev)), *_roots(ev))),
        Section("factors-dependence", _("Regions that move together"), (*told(*_dependent(ev)), *_checks(ev))),
        Section("factors-vif", _("Factors that tell the same"), (*told(*_overlap(ev)), *_vif(ev))),
    )
    return Section(
        "factors-before", _("What this panel can tell"), told(_order()), tuple(part for part in parts if part.blocks)
    )


def _order() -> Sentence:
    return sentence(_("Read this before the results: it says what these data can and cannot show at all."))


def _size(ev: Evidence) -> Iterator[Sentence]:
    known = {
        "n": ev.fact(STEP, "n", "number"),
        "regions": ev.fact(STEP, "regions", "areas"),
        "periods": ev.fact(STEP, "periods", "number"),
    }
    if ev.text(STEP, "first"):
        known |= {"first": ev.word(STEP, "first"), "last": ev.word(STEP, "last")}
        yield sentence(
            _("{n} values of {regions} over periods numbering {periods} ({first} to {last}) enter the answer."), **known
        )
    else:
        yield sentence(_("{n} values of {regions} over periods numbering {periods} enter the answer."), **known)
    if (ev.number(STEP, "models") or 1) > 1:
        yield sentence(
            _(
                "Factors are asked in {models} models; these sizes are of the first, those of the others stand by estimator."
            ),
            models=ev.fact(STEP, "models", "number"),
        )
    n, regions, periods = (ev.number(STEP, name) or 0 for name in ("n", "regions", "periods"))
    if n == regions * periods:
        yield sentence(_("The panel is balanced: every region is observed in every period."))
    else:
        yield sentence(
            _("The panel is not balanced: some regions are not observed in some periods, and nothing was filled in.")
        )


def _excluded(ev: Evidence) -> tuple[Block, ...]:
    caption = sentence(_("Regions that cannot be looked at with these data"))
    return _lacking(ev, "excluded", caption)


def _partly(ev: Evidence) -> tuple[Block, ...]:
    return _lacking(ev, "partly", sentence(_("Regions that some factors are not told of")))


def _lacking(ev: Evidence, table: str, caption: Sentence) -> tuple[Block, ...]:
    columns = (Column(_("시도")), Column(_("Regions"), True), Column(_("Names")), Column(_("What is not told")))
    cells = [
        (
            *(cell(r, "sido_name", "word"), cell(r, "regions", "number", 0), cell(r, "names", "word")),
            cell(r, "titles", "word") if "titles" in r.values else cell(r, "variables", "word"),
        )
        for r in ev.rows(STEP, table)
    ]
    return tabled(f"factors-{table}", caption, columns, cells)


def _little(ev: Evidence) -> Iterator[Sentence]:
    if one_period(ev):
        return
    rows = [r for r in ev.rows(STEP, "variance") if r.get("within_share") is not None and r["within_share"] < LITTLE]
    if rows:
        yield sentence(
            _(
                "{names}: nearly all of the variation lies between regions, so that there is little to learn from within."
            ),
            names=listed([r.show("title", "word") for r in rows]),
        )


def _variance(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        *(Column(_("Variable")), Column(_("Unit")), Column(_("Mean"), True), Column(_("SD in all"), True)),
        *(Column(_("SD between"), True), Column(_("SD within"), True), Column(_("Share within"), True)),
        *(Column(_("Observed"), True), Column(_("Missing"), True)),
    )
    cells = [
        (
            *(cell(r, "title", "word"), cell(r, "unit", "translated"), figure(r, "mean"), figure(r, "sd")),
            *(figure(r, "sd_between"), figure(r, "sd_within"), cell(r, "within_share", "share")),
            *(cell(r, "observed", "number", 0), cell(r, "missing", "number", 0)),
        )
        for r in ev.rows(STEP, "variance")
    ]
    foot = sentence(_("SD: standard deviation, the usual distance from the mean."))
    return tabled("factors-variance", sentence(_("Variation between and within regions")), columns, cells, foot)


def _power_said(ev: Evidence) -> Iterator[Sentence]:
    if ev.rows(STEP, "power"):
        yield sentence(
            _(
                "A difference smaller than the one in the table would mostly be missed by these data: “not confirmed” does not mean “none”."
            )
        )


def _power(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        *(Column(_("Factor")), Column(_("Standard error"), True)),
        *(Column(_("Smallest difference that can be found"), True), Column(_("as a share of the SD within"), True)),
    )
    cells = [
        (
            title_of(ev, r),
            figure(r, "se"),
            figure(r, "mde_step" if "mde_step" in r.values else "mde"),
            cell(r, "mde_share", "share"),
        )
        for r in ev.rows(STEP, "power")
    ]
    foot = sentence(_("Found with a chance of four in five, by a two-sided test at the usual level."))
    return tabled("factors-power", sentence(_("What could be found at all")), columns, cells, foot)


def _roots_said(ev: Evidence) -> Iterator[Sentence]:
    rows = [r for r in ev.rows(STEP, "unit_roots") if r["form"] == "level"]
    if not rows:
        return
    wander = {r["variable"]: r for r in rows if not bool(r["rejected"])}
    if not wander:
        yield sentence(_("In no series is a unit root left standing by the tests."))
        return
    yield sentence(
        _(
            "{names}: a unit root is not ruled out (series that wander without returning). Two such series can look alike by chance, so differences are shown beside the levels."
        ),
        names=listed([r.show("title", "word") for r in wander.values()]),
    )


def _roots(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        *(Column(_("Variable")), Column(_("Test")), Column(_("Form")), Column(_("Statistic"), True)),
        *(Column("p", True), Column(_("Critical value"), True), Column(_("Lags"), True), Column(_("Reading"))),
    )
    cells = [
        (
            *(cell(r, "title", "word"), Sentence((r.show("test", "capitals"),)), _form(r)),
            *(cell(r, "statistic", "number", 2), cell(r, "p", "chance"), cell(r, "critical", "number", 2)),
            *(cell(r, "lags", "plain"), _root_read(bool(r["rejected"]))),
        )
        for r in ev.rows(STEP, "unit_roots")
    ]
    foot = sentence(
        _("IPS: Im, Pesaran and Shin; CIPS: with what all regions share taken out. Null: every region has a unit root.")
    )
    return tabled("factors-roots", sentence(_("Tests of unit roots")), columns, cells, foot)


def _form(row: Row) -> Sentence:
    if row["form"] == "difference":
        return sentence(_("differences"))
    return sentence(_("level, with a trend")) if is_true(row, "trend") else sentence(_("level, no trend"))


def _root_read(rejected: bool) -> Sentence:
    return sentence(_("ruled out")) if rejected else sentence(_("not ruled out"))


def _dependent(ev: Evidence) -> Iterator[Sentence]:
    cd, moran = ev.number(STEP, "cd_p"), ev.number(STEP, "moran_p")
    if cd is not None:
        template = (
            _("What the model leaves over moves together across regions (Pesaran CD {cd}, {p}).")
            if cd < CLEAR
            else _("What the model leaves over does not clearly move together across regions (Pesaran CD {cd}, {p}).")
        )
        yield sentence(template, cd=ev.fact(STEP, "cd", "correlation"), p=ev.fact(STEP, "cd_p", "p"))
    if moran is not None:
        template = (
            _("Neighbouring regions are alike in it (Moran's I {moran}, {p}), so a model of neighbours stands beside.")
            if moran < CLEAR
            else _("Neighbouring regions are not clearly alike in it (Moran's I {moran}, {p}).")
        )
        yield sentence(template, moran=ev.fact(STEP, "moran", "correlation"), p=ev.fact(STEP, "moran_p", "p"))


def _checks(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        *(Column(_("Test")), Column(_("On")), Column(_("Statistic"), True), Column(_("Degrees of freedom"), True)),
        *(Column("p", True), Column(_("Reading")), Column(_("Solver"))),
    )
    cells = [
        (
            *(
                cell(r, "check", "label"),
                cell(r, "on", "label"),
                figure(r, "statistic"),
                cell(r, "df", "plain") if r.get("df") else DASH,
            ),
            *(cell(r, "p", "chance"), cell(r, "reading", "label"), cell(r, "solver", "word")),
        )
        for r in ev.rows(STEP, "panel_checks")
    ]
    foot = sentence(
        _(
            "Hausman and Mundlak: whether regions differ lastingly in what the factors go along with. CD: whether what is left over moves together."
        )
    )
    below = any(r["check"] == "hausman" and (r.get("statistic") or 0) < 0 for r in ev.rows(STEP, "panel_checks"))
    if below:
        foot = joined(foot, sentence(_("A Hausman statistic below zero tells nothing; Mundlak's test stands for it.")))
    return tabled("factors-checks", sentence(_("Tests of the panel")), columns, cells, foot)


def _overlap(ev: Evidence) -> Iterator[Sentence]:
    limit = asked(ev).checks.vif_max
    rows = [r for r in ev.rows(STEP, "vif") if r.get("vif") is not None and r["vif"] > limit]
    if rows:
        yield sentence(
            _("{names}: the other factors tell nearly the same, so that no sign is read from them alone."),
            names=listed([title_of(ev, r) for r in rows]),
        )


def _vif(ev: Evidence) -> tuple[Block, ...]:
    columns = (Column(_("Factor")), Column(_("VIF"), True))
    cells = [(title_of(ev, r), cell(r, "vif", "number", 1)) for r in ev.rows(STEP, "vif")]
    foot = sentence(_("VIF: how many times the other factors widen the variance; the larger, the more they overlap."))
    return tabled("factors-vif", sentence(_("Overlap of the factors")), columns, cells, foot)
