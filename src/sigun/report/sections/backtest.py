"""Check on the past (과거검증): the forecast as it would have been made, beside the simple rules it has to beat."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from sigun.report.blocks import Block, Column, Section
from sigun.report.evidence import Evidence, Row
from sigun.report.figures.forecast import MODELS, OURS
from sigun.report.laying import Tell, drawn, from_step, interval_column, row_clear, span_cell, tabled, teller, told
from sigun.report.refs import CONTRACT
from sigun.report.wording import Sentence, Shown, Value, listed, sentence
from sigun.text import N_, _

Verdict = Literal["better", "same", "worse"]
MODES: Mapping[str, str] = {
    "known_status": N_("by what was known on the day"),
    "final_status": N_("by statuses as they ended"),
}
CONDITIONS: Mapping[str, str] = {
    "weather_origins": N_(
        "The plan asks for the weather; it was used on {n}, where the year before had been met better with it."
    ),
    "campaign_origins": N_("A campaign announced before was counted on {n}."),
}
"""Fact -> what it says of the past dates."""
LEVELS: Mapping[str, str] = {"cell": N_("cells"), "area": N_("areas"), "city": N_("the whole")}
LEVELS_BY_AREA: Mapping[str, str] = {"cell": N_("areas"), "city": N_("the whole")}
SIMPLE = "mean_12m"  # the rule officers know: last year's counts
CAUGHT = N_("caught by the top {budget} of cells (%)")
CAUGHT_BY_AREAS = N_("caught by the top {budget} of areas (%)")
MEASURES: Mapping[str, tuple[str, str, int]] = {
    "hit@5": (CAUGHT, "bare_share", 1),
    "hit@10": (CAUGHT, "bare_share", 1),
    "deviance": (N_("deviance"), "number", 3),
}
"""Measure -> its column, the form of its values, their places."""


def section(ev: Evidence) -> Section | None:
    """The section, where the step ran."""
    if not ev.has("backtest", "scores"):
        return None
    tell = teller(ev, "backtest")
    hits, models, calibration = (sentence(words) for words in _subtitles(ev))
    blocks = (
        *told(_how(ev), *_conditions(ev), hit(ev, tell), _limit(ev, tell)),
        *told(*_coverage(ev, tell)),
        *(block for mode in _modes(ev)[:1] for block in told(*_in_words(ev, tell, mode))),
        *(block for mode in _modes(ev)[1:] for block in told(*_otherwise_counted(ev, tell, mode))),
        *drawn(ev, "backtest_hits", _hits_title(ev, tell), hits, from_step(ev)),
        *drawn(ev, "backtest_models", _models_title(ev, tell), models, from_step(ev)),
        *drawn(ev, "calibration", _bias(ev, tell), calibration, from_step(ev)),
        *(block for mode in _modes(ev)[:1] for block in (*_scores(ev, mode), *_differences(ev, mode))),
    )
    return Section("backtest", _("Check on the past"), blocks)


def _subtitles(ev: Evidence) -> tuple[str, str, str]:
    """What the figures show: hits, models, calibration."""
    if ev.by_area:
        return (
            _("Share of later reports in the areas ranked highest, by share of the areas"),
            _("Share of later reports in the highest-ranked areas, and deviance, by model"),
            _("Expected against observed reports, areas grouped by expectation"),
        )
    return (
        _("Share of later reports in the cells ranked highest, by share of the area"),
        _("Share of later reports in the highest-ranked cells, and deviance, by model"),
        _("Expected against observed reports, cells grouped by expectation"),
    )


def _modes(ev: Evidence) -> list[str]:
    """The ways of counting that were scored, the plan's own first."""
    there = {row["mode"] for row in ev.rows("backtest", "scores")}
    own = ev.finished.plan.target
    return [mode for mode in (own, *(m for m in MODES if m != own)) if mode in there]


def _score(ev: Evidence, measure: str, model: str = OURS, mode: str = "") -> Row | None:
    return ev.row("backtest", "scores", mode or _modes(ev)[0], model, "cell", measure)


def hit(ev: Evidence, tell: Tell) -> Sentence | None:
    """How much the cells ranked highest caught."""
    row = _score(ev, "hit@5")
    if row is None:
        return None
    return tell(
        _("The {area} of the areas ranked highest held {share} of the reports that then came in.")
        if ev.by_area
        else _("The {area} of the cells ranked highest held {share} of the reports that then came in."),
        area=row.show("measure", "budget"),
        share=row.ranged("value", "share"),
    )


def _limit(ev: Evidence, tell: Tell) -> Sentence | None:
    """How far that is from what could be caught."""
    modes = _modes(ev)
    row = ev.row("backtest", "limit", modes[0], "hit@5", "static") if modes else None
    if row is None:
        return None
    said = {
        "unclear": _(
            "A list by the true long-run rate of every place could catch about {share}: the forecast is not clearly short of that."
        ),
        "below": _(
            "A list by the true long-run rate of every place could catch about {share}: the forecast stays short of that."
        ),
        "above": _(
            "A list by the true long-run rate of every place could catch about {share}: the forecast catches more, as it also sees what has just begun."
        ),
    }
    bounds = (row["difference_low"], row["difference_high"])
    seen = "below" if bounds[1] < 0 else "above" if bounds[0] > 0 else "unclear"
    return tell(said[seen], share=row.ranged("value", "share"))


def verdict(ev: Evidence, tell: Tell) -> Sentence | None:
    """Against the simple rule officers know: last year's counts."""
    row = _simple(ev)
    if row is None:
        return None
    size = row.ranged("difference", "points")
    return tell(
        {
            "same": _(
                "On past dates the forecast caught no more reports than a list by last year's counts: difference {size}."
            ),
            "better": _(
                "On past dates the forecast caught more reports than a list by last year's counts: difference {size}."
            ),
            "worse": _(
                "On past dates the forecast caught fewer reports than a list by last year's counts: difference {size}."
            ),
        }[_verdict(row)],
        size=size,
    )


def _simple(ev: Evidence) -> Row | None:
    modes = _modes(ev)
    return ev.row("backtest", "differences", modes[0], SIMPLE, "hit@5") if modes else None


def _verdict(row: Row) -> Verdict:
    """What the interval of a difference says; no better than, where it holds zero."""
    seen = row_clear(row)
    if seen == "unclear":
        return "same"
    good = "below" if row["measure"] == "deviance" else "above"  # a deviance is small when good
    return "better" if seen == good else "worse"


def _models_title(ev: Evidence, tell: Tell) -> Sentence:
    row = _simple(ev)
    said: Mapping[Verdict, str] = {
        "same": _("The forecast caught no more than last year's counts"),
        "better": _("The forecast caught more than last year's counts"),
        "worse": _("The forecast caught less than last year's counts"),
    }
    return tell(said[_verdict(row)] if row else _("The forecast beside simple rules"))


def _in_words(ev: Evidence, tell: Tell, mode: str) -> list[Sentence]:
    """Which simple rules ours beat in reports caught, which not."""
    rows = [r for r in ev.rows("backtest", "differences") if r["mode"] == mode and r["measure"] == "hit@5"]
    said: Mapping[Verdict, str] = {
        "better": _("Counted {mode}, it caught more reports than these rules: {models}."),
        "same": _("Counted {mode}, it was no better than these (the interval of the difference holds zero): {models}."),
        "worse": _("Counted {mode}, it caught fewer reports than these rules: {models}."),
    }
    found: list[Sentence] = []
    for word, template in said.items():
        models = [_model(r) for r in rows if _verdict(r) == word]
        if models:
            found.append(tell(template, mode=sentence(_(MODES[mode])), models=listed(models)))
    return found


def _otherwise_counted(ev: Evidence, tell: Tell, mode: str) -> list[Sentence]:
    """The other way of counting in a line, where it comes to the same; its tables are in the run's folder."""
    row = _score(ev, "hit@5", OURS, mode)
    if row is None or _verdicts(ev, mode) != _verdicts(ev, _modes(ev)[0]):
        return _in_words(ev, tell, mode)
    return [
        tell(
            _(
                "Counted {mode}, it was better, and no better, than the same rules, and caught {share}; the figures are in the tables of the run."
            ),
            mode=sentence(_(MODES[mode])),
            share=row.ranged("value", "share"),
        )
    ]


def _verdicts(ev: Evidence, mode: str) -> dict[str, Verdict]:
    """What is said of ours beside each rule in reports caught."""
    rows = [r for r in ev.rows("backtest", "differences") if r["mode"] == mode and r["measure"] == "hit@5"]
    return {str(r["model"]): _verdict(r) for r in rows}


def _model(row: Row) -> Shown:
    return Shown(_(MODELS.get(row["model"], str(row["model"]))), row.ref("model"))


def _how(ev: Evidence) -> Sentence:
    known = {"origins": ev.fact("backtest", "origins", "origins"), "reports": ev.fact("backtest", "reports", "reports")}
    if not ev.number("backtest", "skipped"):
        return sentence(
            _(
                "The forecast was made again for {origins}, each time with what was known then, and held against the {reports} that came in."
            ),
            **known,
        )
    return sentence(
        _(
            "The forecast was made again for {origins}, each time with what was known then, and held against the {reports} that came in; {skipped} that touch a gap were skipped."
        ),
        **known,
        skipped=ev.fact("backtest", "skipped", "number"),
    )


def _conditions(ev: Evidence) -> tuple[Sentence, ...]:
    """What moved the totals of the past dates besides their own past."""
    said = []
    if ev.number("backtest", "still_leaving"):
        said.append(
            sentence(
                _("Totals were lowered by {less} on average for reports that were still to be withdrawn."),
                less=ev.fact("backtest", "leaving_lowers", "share"),
            )
        )
    for name, words in CONDITIONS.items():
        if ev.number("backtest", name):
            said.append(sentence(_(words), n=ev.fact("backtest", name, "origins")))
    if ev.number("backtest", "weather_origins") == 0:
        said.append(sentence(_("The plan asks for the weather; the year before had never been met better with it.")))
    return tuple(said)


def _coverage(ev: Evidence, tell: Tell) -> Iterator[Sentence]:
    """What the intervals held at each level, and whether they were wider or narrower than meant."""
    names = LEVELS_BY_AREA if ev.by_area else LEVELS
    rows = {level: row for level in names if (row := _at_level(ev, level, "coverage")) is not None}
    if not rows:
        return
    meant = ev.contract("interval", "level")
    held = [
        sentence(_("{level} {share}"), level=sentence(_(names[level])), share=row.ranged("value", "share"))
        for level, row in rows.items()
    ]
    yield tell(
        _("Of the intervals meant to hold {meant}, so many held the count: {held}."), meant=meant, held=listed(held)
    )
    wide = [level for level, row in rows.items() if row_clear(row, CONTRACT["interval"]) == "above"]
    narrow = [level for level, row in rows.items() if row_clear(row, CONTRACT["interval"]) == "below"]
    if wide:
        yield tell(
            _("Wider than needed, on the cautious side: {levels}."),
            levels=listed([sentence(_(names[x])) for x in wide]),
        )
        yield from _whole_numbers(ev, tell, names, wide)
    if narrow:
        yield tell(
            _("Narrower than meant, so the count lies outside more often than it should: {levels}."),
            levels=listed([sentence(_(names[x])) for x in narrow]),
        )


def _whole_numbers(ev: Evidence, tell: Tell, names: Mapping[str, str], wide: Sequence[str]) -> Iterator[Sentence]:
    """How much of it comes of counting in whole numbers: what would be held were the forecast exactly right."""
    due = {level: row for level in wide if (row := _at_level(ev, level, "coverage_due")) is not None}
    if not due:
        return
    listing = [
        sentence(_("{level} {share}"), level=sentence(_(names[level])), share=row.show("value", "share"))
        for level, row in due.items()
    ]
    yield tell(
        _(
            "An interval ends in whole numbers and can leave nothing out below zero, so with small counts it would hold more than meant even if the forecast were exactly right: {due}."
        ),
        due=listed(listing),
    )
    held = {level: _at_level(ev, level, "coverage") for level in due}
    if all(row is not None and row_clear(row, due[level]["value"]) == "unclear" for level, row in held.items()):
        yield tell(_("What was held does not differ clearly from that: the width comes of the counting."))


def _at_level(ev: Evidence, level: str, measure: str) -> Row | None:
    modes = _modes(ev)
    return ev.row("backtest", "scores", modes[0], OURS, level, measure) if modes else None


def _hits_title(ev: Evidence, tell: Tell) -> Sentence:
    row = _score(ev, "hit@5")
    if row is None:
        return tell(_("How much the highest-ranked places held"))
    return tell(
        _("The top {area} of areas held {share} of the reports")
        if ev.by_area
        else _("The top {area} of cells held {share} of the reports"),
        area=row.show("measure", "budget"),
        share=row.show("value", "share"),
    )


def _bias(ev: Evidence, tell: Tell) -> Sentence:
    row = _score(ev, "bias_ratio")
    if row is None:
        return tell(_("Expected and observed reports"))
    ratio = row.ranged("value", "times")
    seen = row_clear(row, 1.0)
    if seen == "unclear":
        return tell(_("In all, expected reports did not differ clearly from those observed: {ratio}"), ratio=ratio)
    if seen == "above":
        return tell(_("In all, too many reports were expected: {ratio} those observed"), ratio=ratio)
    return tell(_("In all, too few reports were expected: {ratio} those observed"), ratio=ratio)


def off(ev: Evidence) -> Sentence | None:
    """That the forecast was too low or too high on past dates, where that is clear."""
    row = _score(ev, "bias_ratio") if ev.has("backtest", "scores") else None
    if row is None or row_clear(row, 1.0) == "unclear":
        return None
    known: dict[str, Value] = {
        "origins": ev.fact("backtest", "origins", "origins"),
        "ratio": row.ranged("value", "times"),
    }
    if row["value"] < 1:
        return sentence(
            _("Caution: over {origins} the forecast was lower than what came in: {ratio} as many."), **known
        )
    return sentence(_("Caution: over {origins} the forecast was higher than what came in: {ratio} as many."), **known)


def _column(ev: Evidence, row: Row, name: str) -> Sentence:
    """The head of a measure's column; the share of the area is in the measure's name."""
    words = CAUGHT_BY_AREAS if ev.by_area and name == CAUGHT else name
    return sentence(_(words), budget=row.show("measure", "budget"))


def _scores(ev: Evidence, mode: str) -> tuple[Block, ...]:
    """Every model, ours and the simple rules, beside one another."""
    columns: list[Column] = [Column(_("Model"))]
    rows: list[list[Value]] = []
    for measure, (name, _form, _places) in MEASURES.items():
        ours = _score(ev, measure, OURS, mode)
        if ours is not None:
            columns += [Column(_column(ev, ours, name), True), interval_column()]
    for model in MODELS:
        there = {m: row for m in MEASURES if (row := _score(ev, m, model, mode)) is not None}
        if there:
            rows.append([_model(next(iter(there.values()))), *_score_cells(there)])
    caption = sentence(_("All models on the same dates, {mode}"), mode=sentence(_(MODES[mode])))
    foot = sentence(_("Deviance measures how far the expected numbers are from the counts: smaller is better."))
    return tabled(f"scores-{mode.replace('_', '-')}", caption, columns, rows, foot)


def _score_cells(there: Mapping[str, Row]) -> list[Sentence]:
    cells = []
    for measure, row in there.items():
        _name, form, decimals = MEASURES[measure]
        cells += [Sentence((row.show("value", form, decimals),)), span_cell(row, form, decimals)]
    return cells


def _differences(ev: Evidence, mode: str) -> tuple[Block, ...]:
    """Ours minus each simple rule on the same dates, and what the interval says."""
    columns: list[Column] = [Column(_("Simple rule"))]
    rows: list[list[Value]] = []
    for name in (_("caught, ours minus theirs (points)"), _("deviance, ours minus theirs")):
        columns += [Column(name, True), interval_column(), Column(_("so ours was"))]
    for model in MODELS:
        found = [ev.row("backtest", "differences", mode, model, m) for m in ("hit@5", "deviance")]
        there = [row for row in found if row is not None]
        if len(there) == len(found):
            rows.append([_model(there[0]), *(cell for row in there for cell in _difference_cells(row))])
    caption = sentence(_("Our forecast against each simple rule, {mode}"), mode=sentence(_(MODES[mode])))
    return tabled(f"differences-{mode.replace('_', '-')}", caption, columns, rows)


def _difference_cells(row: Row) -> list[Sentence]:
    form, decimals = ("bare_share", 1) if row["measure"] == "hit@5" else ("number", 4)
    words: Mapping[Verdict, str] = {"better": _("▲ better"), "same": _("– no better"), "worse": _("▼ worse")}
    return [
        Sentence((row.show("difference", form, decimals),)),
        span_cell(row, form, decimals),
        sentence(words[_verdict(row)]),
    ]
