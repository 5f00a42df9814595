"""The outline (개요): the whole report in one language, in the order officials expect, from a finished run alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sigun.report.blocks import FirstScreen, Outline, Section
from sigun.report.evidence import Evidence
from sigun.report.finished import Finished
from sigun.report.laying import period
from sigun.report.narration import narrated, unconfirmed
from sigun.report.sections import (
    area_factors,
    backtest,
    before_after,
    cautions,
    concentration,
    coverage,
    descriptive,
    duration,
    effect,
    factors,
    forecast,
    hotspot,
    kinds,
    methods,
    occurrence,
    overview,
    patrol,
    quality,
    rhythm,
    same_vehicle,
    sources,
    supply,
    trend,
    weather,
)
from sigun.report.sections.summary import first_screen
from sigun.report.wording import Sentence
from sigun.text import Language, _, speaking

CHARACTERISTICS = (
    trend,
    rhythm,
    kinds,
    concentration,
    hotspot,
    same_vehicle,
    duration,
    area_factors,
    occurrence,
    weather,
)
LOOKING_AHEAD = (forecast, backtest)


def outline(finished: Finished, lang: Language) -> Outline:
    """Everything the report says. A step that did not run leaves its section out."""
    with speaking(lang):
        ev = Evidence(finished)
        first = narrated(_first_screen(ev), finished, lang)
        return Outline(
            title=Sentence((ev.plan("title", "word"),)),
            question=Sentence((ev.plan("question", "word"),)),
            lang=lang,
            made_up=finished.made_up,
            period=period(ev),
            first=first,
            sections=tuple(_parts(ev)),
            identity=tuple(_identity(ev)),
            ai_draft=unconfirmed(first, finished),
        )


def rule_screen(finished: Finished, lang: Language) -> FirstScreen:
    """The first screen as the rules word it."""
    with speaking(lang):
        return _first_screen(Evidence(finished))


def _first_screen(ev: Evidence) -> FirstScreen:
    """What the plan asks first; supply and demand beside something else has a line of its own."""
    if supply.is_alone(ev):
        return supply.first_screen(ev)
    screen = _first_asked(ev)
    return replace(screen, summary=(*screen.summary, *supply.in_brief(ev)))


def _first_asked(ev: Evidence) -> FirstScreen:
    """Of a factor analysis its answer, of other plans of tables the check of the data, else that of the reports."""
    if factors.STEP in ev.finished.results:
        screen = factors.first_screen(ev)
        beside = effect.in_brief(ev) if effect.STEP in ev.finished.results else ()
        return replace(screen, summary=(*screen.summary[:-1], *beside, *screen.summary[-1:]))
    if effect.STEP in ev.finished.results:
        return effect.first_screen(ev)
    if before_after.STEP in ev.finished.results:
        return before_after.first_screen(ev)
    if descriptive.STEP in ev.finished.results:
        return descriptive.first_screen(ev)
    return coverage.first_screen(ev) if ev.of_tables else first_screen(ev)


def _parts(ev: Evidence) -> Iterator[Section]:
    """개요 → 자료와 품질 (자료 점검) → 요인 분석 → 발생 특성 → 예측과 과거검증 → 순찰 → 유의사항 → 방법 → 출처."""
    parts = (
        coverage.overview(ev) if ev.of_tables else overview.section(ev),
        quality.section(ev),
        coverage.section(ev),
        *factors.parts(ev),
        effect.section(ev),
        before_after.section(ev),
        supply.section(ev),
        descriptive.section(ev),
        _part("characteristics", _("Characteristics"), [room.section(ev) for room in CHARACTERISTICS]),
        _part("ahead", _("Forecast and its check on the past"), [room.section(ev) for room in LOOKING_AHEAD]),
        patrol.section(ev),
        cautions.section(ev),
        methods.section(ev),
        sources.section(ev),
    )
    yield from (part for part in parts if part is not None)


def _part(name: str, title: str, sections: list[Section | None]) -> Section | None:
    there = tuple(s for s in sections if s is not None)
    return Section(name, title, (), there) if there else None


def _identity(ev: Evidence) -> Iterator[tuple[str, Sentence]]:
    """What tells this report from any other."""
    said = (
        ("as_of", _("as of"), "date"),
        ("plan_hash", _("plan"), "word"),
        ("result_hash", _("result"), "word"),
        ("version", _("sigun version"), "word"),
        ("crs", _("coordinates"), "word"),
    )
    for path, label, form in said:
        if ev.has_manifest(path):
            yield label, Sentence((ev.manifest(path, form),))
