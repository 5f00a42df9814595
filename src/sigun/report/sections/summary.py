"""The first screen (첫 화면): five sentences, one map, one number with its interval, and what to do."""

from __future__ import annotations

from sigun.report.blocks import FirstScreen
from sigun.report.evidence import Evidence
from sigun.report.laying import teller
from sigun.report.sections import backtest, concentration, duration, forecast, kinds, patrol, rhythm, trend
from sigun.report.wording import Sentence, sentence
from sigun.text import _

SENTENCES = 5


def first_screen(ev: Evidence) -> FirstScreen:
    """What the reader with four minutes reads."""
    said = [s for s in _candidates(ev) if s is not None]
    return FirstScreen(tuple(said[:SENTENCES]), forecast.tile(ev), forecast.first_map(ev), tuple(_to_do(ev)))


def _candidates(ev: Evidence) -> list[Sentence | None]:
    """In the order of what matters; a step that did not run leaves its place to the next."""
    return [
        trend.total(ev, teller(ev, "trend")) if ev.has("trend") else None,
        confirmed(ev),
        rhythm.months(ev, teller(ev, "rhythm")) if ev.has("rhythm") else None,
        concentration.top(ev, teller(ev, "concentration")) if ev.has("concentration") else None,
        backtest.verdict(ev, teller(ev, "backtest")) if ev.has("backtest") else None,
        kinds.top(ev, teller(ev, "kinds")) if ev.has("kinds", "kinds") else None,
        duration.median(ev, teller(ev, "duration")) if ev.has("duration") else None,
    ]


def confirmed(ev: Evidence) -> Sentence | None:
    """That a report is not yet a case."""
    if ev.number("quality", "confirmed_share") is None:
        return None
    return sentence(
        _(
            "A report is not yet an abandoned vehicle: of the reports with an outcome, duplicates among them, {share} were confirmed as cases."
        ),
        share=ev.fact("quality", "confirmed_share", "share"),
    )


def _to_do(ev: Evidence) -> list[Sentence]:
    said: list[Sentence | None] = []
    if ev.has("patrol"):
        tell = teller(ev, "patrol")
        said += [patrol.first_places(ev, tell), patrol.caught(ev, tell), patrol.keep_random(ev)]
    if ev.has("quality", "findings"):
        said.append(sentence(_("Look through the findings on the data; each can be overruled in the data card.")))
    return [s for s in said if s is not None]
