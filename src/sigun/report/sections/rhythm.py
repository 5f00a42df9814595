"""Rhythm (주기): months, weekdays and hours, with the warning where the rhythm is one of reporting."""

from __future__ import annotations

from sigun.report.blocks import Block, Section
from sigun.report.evidence import Evidence, Row
from sigun.report.laying import Tell, clear, drawn, from_step, measured, teller, told
from sigun.report.wording import Sentence, sentence
from sigun.text import _


def section(ev: Evidence) -> Section | None:
    """The section, where the step ran."""
    if not ev.has("rhythm"):
        return None
    tell = teller(ev, "rhythm")
    blocks = (
        *told(months(ev, tell), weekend(ev, tell), _reporting(ev), _hour(ev, tell)),
        *_chart(ev, "rhythm_month", months(ev, tell), _("Reports by month of the year (average month = {one})")),
        *_chart(ev, "rhythm_weekday", _weekend_title(ev, tell), _("Reports by day of the week (average day = {one})")),
        *_chart(ev, "rhythm_hour", _hour(ev, tell), _("Reports by hour of the day (average hour = {one})")),
    )
    return Section("rhythm", _("Months, weekdays, hours"), blocks)


def _chart(ev: Evidence, name: str, title: Sentence | None, template: str) -> tuple[Block, ...]:
    what = sentence(template, one=ev.contract("average", "number"))
    return drawn(ev, name, title or what, measured(ev, what), from_step(ev))


def months(ev: Evidence, tell: Tell) -> Sentence | None:
    """The month with most and the month with fewest, where their intervals keep apart."""
    peak, low = _at(ev, "peak_month"), _at(ev, "low_month")
    if peak is None or low is None:
        return None
    if peak.get("low") is None or low.get("high") is None or peak["low"] <= low["high"]:
        return tell(_("No month stands out clearly from the others."))
    known = {
        "peak": ev.fact("rhythm", "peak_month", "calendar_month"),
        "low": ev.fact("rhythm", "low_month", "calendar_month"),
    }
    return tell(_("Reports are most frequent in {peak} and least frequent in {low}."), **known)


def _at(ev: Evidence, fact: str) -> Row | None:
    position = ev.number("rhythm", fact)
    return None if position is None else ev.row("rhythm", "profiles", "month", int(position))


def weekend(ev: Evidence, tell: Tell) -> Sentence | None:
    """A weekend day beside a weekday."""
    if ev.number("rhythm", "weekend_ratio") is None:
        return None
    ratio = ev.ranged("rhythm", "weekend_ratio", "share")
    if clear(ev.bounds("rhythm", "weekend_ratio"), 1.0) == "unclear":
        return tell(_("A weekend day does not differ clearly from a weekday: {ratio} of its reports."), ratio=ratio)
    return tell(_("A weekend day brings {ratio} of the reports of a weekday."), ratio=ratio)


def _weekend_title(ev: Evidence, tell: Tell) -> Sentence | None:
    if ev.number("rhythm", "weekend_ratio") is None:
        return None
    if clear(ev.bounds("rhythm", "weekend_ratio"), 1.0) == "unclear":
        return tell(_("Weekends do not differ clearly from weekdays"))
    return tell(_("A weekend day brings {ratio} of a weekday"), ratio=ev.fact("rhythm", "weekend_ratio", "share"))


def _reporting(ev: Evidence) -> Sentence | None:
    if not ev.number("rhythm", "reporting_rhythm"):
        return None
    return sentence(_("This is when people report and offices take reports in, not when vehicles are left."))


def _hour(ev: Evidence, tell: Tell) -> Sentence | None:
    if ev.number("rhythm", "peak_hour") is None:
        return None
    return tell(_("Most reports come in at about {hour}."), hour=ev.fact("rhythm", "peak_hour", "hour"))
