"""Time to closing (처리기간): how long reports stay open; those still open count as not yet closed."""

from __future__ import annotations

from sigun.report.blocks import Block, Column, Section
from sigun.report.evidence import Evidence
from sigun.report.laying import Tell, drawn, from_step, interval_column, measured, span_cell, tabled, teller, told
from sigun.report.outcomes import OUTCOMES
from sigun.report.sections.endings import endings
from sigun.report.wording import Sentence, sentence
from sigun.text import _


def section(ev: Evidence) -> Section | None:
    """The section, where the step ran."""
    if not ev.has("duration"):
        return None
    tell = teller(ev, "duration")
    what = sentence(_("Share of reports still open, by days since the report"))
    n = ev.fact("duration", "n", "reports")
    blocks = (
        *told(median(ev, tell), _quarters(ev, tell), _change(ev, tell), _open(ev, tell)),
        *drawn(ev, "duration_curve", _title(ev, tell) or what, measured(ev, what, n), from_step(ev)),
        *_years(ev),
        *_outcomes(ev),
        *endings(ev, tell),
    )
    return Section("duration", _("Time to closing"), blocks)


def median(ev: Evidence, tell: Tell) -> Sentence | None:
    """Until when half were closed."""
    if ev.number("duration", "median_days") is None:
        return None
    return tell(_("Half of the reports were closed within {days}."), days=ev.ranged("duration", "median_days", "days"))


def _title(ev: Evidence, tell: Tell) -> Sentence | None:
    if ev.number("duration", "median_days") is None:
        return None
    return tell(_("Half of the reports were closed within {days}"), days=ev.fact("duration", "median_days", "days"))


def _quarters(ev: Evidence, tell: Tell) -> Sentence | None:
    if ev.number("duration", "p25_days") is None or ev.number("duration", "p75_days") is None:
        return None
    return tell(
        _("A quarter took no longer than {short}, a quarter longer than {long}."),
        short=ev.fact("duration", "p25_days", "days"),
        long=ev.fact("duration", "p75_days", "days"),
    )


def _change(ev: Evidence, tell: Tell) -> Sentence | None:
    """The first year beside the last, by their intervals."""
    rows = [r for r in ev.rows("duration", "years") if r.get("low") is not None and r.get("high") is not None]
    if len(rows) < 2:
        return None
    first, last = rows[0], rows[-1]
    known = {
        "first": first.show("year", "year"),
        "last": last.show("year", "year"),
        "before": first.show("median_days", "days"),
        "after": last.show("median_days", "days"),
    }
    if last["low"] > first["high"]:
        return tell(
            _("It took longer in {last} than in {first}: half were closed within {after}, before within {before}."),
            **known,
        )
    if last["high"] < first["low"]:
        return tell(
            _("It was quicker in {last} than in {first}: half were closed within {after}, before within {before}."),
            **known,
        )
    return tell(_("Between {first} ({before}) and {last} ({after}) no clear change was seen."), **known)


def _open(ev: Evidence, tell: Tell) -> Sentence | None:
    if not ev.number("duration", "open_cases"):
        return None
    return tell(
        _("{n} were still open when the period ended (some were closed later); they count as open until then."),
        n=ev.fact("duration", "open_cases", "reports"),
    )


def _years(ev: Evidence) -> tuple[Block, ...]:
    columns = (Column(_("Year")), Column(_("Reports"), True), Column(_("Median days"), True), interval_column())
    cells = [
        (
            r.show("year", "year"),
            r.show("n", "number", 0),
            r.show("median_days", "number", 1),
            span_cell(r, "number", 1),
        )
        for r in ev.rows("duration", "years")
    ]
    return tabled("duration-years", sentence(_("Time to closing by year of report")), columns, cells)


def _outcomes(ev: Evidence) -> tuple[Block, ...]:
    columns = (Column(_("Outcome")), Column(_("Reports"), True), Column(_("Share (%)"), True), interval_column())
    rows = sorted(ev.rows("duration", "outcomes"), key=lambda r: -r["n"])
    cells = [
        (
            sentence(_(OUTCOMES.get(r["outcome"], str(r["outcome"])))),
            r.show("n", "number", 0),
            r.show("share", "bare_share", 1),
            span_cell(r, "bare_share", 1),
        )
        for r in rows
    ]
    return tabled("outcomes", sentence(_("How reports ended")), columns, cells)
