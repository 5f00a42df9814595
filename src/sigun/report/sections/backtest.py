"""Check on the past (과거검증): the forecast as it would have been made, beside the simple rules it has to beat."""

from __future__ import annotations

from collections.abc import Mapping

from sigun.report.blocks import Block, Column, Section
from sigun.report.evidence import Evidence, Row
from sigun.report.laying import Tell, drawn, from_step, row_clear, span_cell, tabled, teller, told
from sigun.report.wording import Sentence, listed, sentence
from sigun.text import N_, _

OURS = "shrinkage"
MODEL_NAMES: Mapping[str, str] = {
    "shrinkage": N_("ours: smoothed long memory"),
    "mean_all": N_("all-time average"),
    "mean_12m": N_("last twelve months"),
    "ewma": N_("fading average"),
    "kde": N_("kernel density"),
    "seasonal_naive": N_("same season last year"),
    "uniform": N_("everywhere alike"),
}
MODE_NAMES: Mapping[str, str] = {
    "known_status": N_("what was known on the day"),
    "final_status": N_("statuses as they ended"),
}
SHOWN = ("hit@5", "hit@10", "pai@5", "deviance")


def section(ev: Evidence) -> Section | None:
    """The section, where the step ran."""
    if not ev.has("backtest"):
        return None
    tell = teller(ev, "backtest")
    hits = sentence(_("Share of later reports in the cells ranked highest, by share of the area"))
    models = sentence(_("Share of later reports in the highest-ranked cells, by model"))
    calibration = sentence(_("Expected against observed reports, cells grouped by expectation"))
    blocks = (
        *told(_how(ev), hit(ev, tell), _coverage(ev, tell)),
        *told(*differences(ev, tell)),
        *drawn(ev, "backtest_hits", _hits_title(ev, tell), hits, from_step(ev)),
        *drawn(ev, "backtest_models", verdict(ev, tell) or hits, models, from_step(ev)),
        *drawn(ev, "calibration", _bias(ev, tell), calibration, from_step(ev)),
        *(block for mode in MODE_NAMES for block in _scores(ev, mode)),
    )
    return Section("backtest", _("Check on the past"), blocks)


def score(ev: Evidence, measure: str, model: str = OURS, mode: str = "known_status") -> Row | None:
    """One score at cell level."""
    return ev.row("backtest", "scores", mode, model, "cell", measure)


def hit(ev: Evidence, tell: Tell) -> Sentence | None:
    """How much the cells ranked highest caught."""
    row = score(ev, "hit@5")
    if row is None:
        return None
    return tell(
        _("The {area} of the cells ranked highest held {share} of the reports that then came in."),
        area=row.show("measure", "budget"),
        share=row.ranged("value", "share"),
    )


def verdict(ev: Evidence, tell: Tell) -> Sentence | None:
    """Against the simple rule officers know: last year's counts."""
    row = ev.row("backtest", "differences", "known_status", "mean_12m", "hit@5")
    if row is None:
        return None
    size = row.ranged("difference", "share")
    seen = row_clear(row)
    if seen == "unclear":
        return tell(_("In places found, the forecast was no better than last year's counts: difference {size}."), size=size)
    if seen == "above":
        return tell(_("The forecast found more than last year's counts: difference {size}."), size=size)
    return tell(_("The forecast found less than last year's counts: difference {size}."), size=size)


def differences(ev: Evidence, tell: Tell) -> list[Sentence]:
    """Ours against each simple rule, in words that follow the interval; both ways of counting."""
    said = []
    for mode in MODE_NAMES:
        for measure in ("hit@5", "deviance"):
            said += _sorted_out(ev, tell, mode, measure)
    return said


def _sorted_out(ev: Evidence, tell: Tell, mode: str, measure: str) -> list[Sentence]:
    rows = [r for r in ev.rows("backtest", "differences") if r["mode"] == mode and r["measure"] == measure]
    if not rows:
        return []
    better = "above" if measure == "hit@5" else "below"  # a deviance is small when good
    groups: dict[str, list[Shownlike]] = {"better": [], "worse": [], "same": []}
    for row in rows:
        seen = row_clear(row)
        groups["same" if seen == "unclear" else "better" if seen == better else "worse"].append(_model(row))
    known = {"mode": sentence(_(MODE_NAMES[mode]))}
    templates = _TEMPLATES[measure]
    return [tell(_(templates[g]), models=listed(list(names)), **known) for g, names in groups.items() if names]


Shownlike = Sentence
_TEMPLATES: Mapping[str, Mapping[str, str]] = {
    "hit@5": {
        "better": N_("By {mode}, it found more reports than: {models}."),
        "worse": N_("By {mode}, it found fewer reports than: {models}."),
        "same": N_("By {mode}, it was no better than (the interval of the difference holds zero): {models}."),
    },
    "deviance": {
        "better": N_("By {mode}, its numbers fitted better than those of: {models}."),
        "worse": N_("By {mode}, its numbers fitted worse than those of: {models}."),
        "same": N_("By {mode}, its numbers fitted no better than those of: {models}."),
    },
}


def _model(row: Row) -> Sentence:
    return sentence(_(MODEL_NAMES.get(row["model"], str(row["model"]))))


def _how(ev: Evidence) -> Sentence:
    known = {"origins": ev.fact("backtest", "origins", "origins"), "reports": ev.fact("backtest", "reports", "reports")}
    if not ev.number("backtest", "skipped"):
        return sentence(
            _("The forecast was made again for {origins}, each time with what was known then, and held against the {reports} that came in."),
            **known,
        )
    return sentence(
        _("The forecast was made again for {origins}, each time with what was known then, and held against the {reports} that came in; {skipped} that touch a gap were skipped."),
        **known,
        skipped=ev.fact("backtest", "skipped", "number"),
    )


def _coverage(ev: Evidence, tell: Tell) -> Sentence | None:
    row = score(ev, "coverage")
    if row is None:
        return None
    return tell(
        _("Of the intervals meant to hold {level}, {share} held the count; for small whole numbers somewhat more than meant is usual."),
        level=ev.contract("interval", "share"),
        share=row.show("value", "share"),
    )


def _hits_title(ev: Evidence, tell: Tell) -> Sentence:
    return hit(ev, tell) or sentence(_("How much the highest-ranked cells held"))


def _bias(ev: Evidence, tell: Tell) -> Sentence:
    row = score(ev, "bias_ratio")
    if row is None:
        return tell(_("Expected and observed reports"))
    ratio = row.ranged("value", "times")
    seen = row_clear(row, 1.0)
    if seen == "unclear":
        return tell(_("In all, expected reports did not differ clearly from those observed: {ratio}"), ratio=ratio)
    if seen == "above":
        return tell(_("In all, too many reports were expected: {ratio} those observed"), ratio=ratio)
    return tell(_("In all, too few reports were expected: {ratio} those observed"), ratio=ratio)


def _scores(ev: Evidence, mode: str) -> tuple[Block, ...]:
    """Every model, ours and the simple rules, beside one another."""
    models = [m for m in MODEL_NAMES if score(ev, SHOWN[0], m, mode) is not None]
    columns = [Column(_("Model"))]
    for measure in SHOWN:
        columns += [Column(_(_MEASURES[measure]), True), Column(_("interval"), True)]
    cells = [[sentence(_(MODEL_NAMES[m])), *(c for s in SHOWN for c in _score_cells(ev, s, m, mode))] for m in models]
    caption = sentence(_("All models on the same dates, by {mode}"), mode=sentence(_(MODE_NAMES[mode])))
    foot = sentence(_("Deviance measures how far the expected numbers are from the counts: smaller is better. For the rest, larger is better."))
    return tabled(f"scores-{mode.replace('_', '-')}", caption, columns, cells, foot)


_MEASURES: Mapping[str, str] = {
    "hit@5": N_("Found in the top twentieth (%)"),
    "hit@10": N_("Found in the top tenth (%)"),
    "pai@5": N_("Times the even share"),
    "deviance": N_("Deviance"),
}


def _score_cells(ev: Evidence, measure: str, model: str, mode: str) -> tuple[Sentence, Sentence]:
    row = score(ev, measure, model, mode)
    if row is None:
        return Sentence(("–",)), Sentence(("–",))
    form, decimals = ("bare_share", 1) if measure.startswith("hit") else ("number", 3 if measure == "deviance" else 2)
    return Sentence((row.show("value", form, decimals),)), span_cell(row, form, decimals)
