"""How reports end (처리 결과와 남은 기간): the ways by day, kinds and areas apart, stages, and the open ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from sigun.report.blocks import Block, Column
from sigun.report.evidence import Evidence, Row
from sigun.report.laying import Tell, drawn, from_step, interval_column, measured, span_cell, tabled, told
from sigun.report.outcomes import OUTCOMES
from sigun.report.wording import Sentence, Shown, Value, sentence
from sigun.text import N_, _

SHOWN = ("7", "30", "90")  # days
READINGS: Mapping[str, str] = {"faster": N_("faster"), "slower": N_("slower")}
MONTH = 30  # days


def endings(ev: Evidence, tell: Tell) -> tuple[Block, ...]:
    """Everything about how reports end, where there is something to say."""
    what = sentence(_("Share of requests ended in each way, by days since the report; the ways compete"))
    n = ev.fact("duration", "requests", "number") if ev.number("duration", "requests") else None
    return (
        *drawn(ev, "endings_curve", _curve_title(ev, tell) or what, measured(ev, what, n), from_step(ev)),
        *_by_day(ev),
        *_by_kind(ev),
        *told(_apart(ev, tell, "kinds"), _apart(ev, tell, "areas")),
        *_areas_apart(ev),
        *_stages(ev),
        *told(_remaining(ev, tell)),
        *_open(ev),
    )


def _rows(ev: Evidence, table: str, **wanted: object) -> list[Row]:
    return [r for r in ev.rows("duration", table) if all(r[name] == value for name, value in wanted.items())]


def _days_after(row: Row) -> Sentence:
    return sentence(_("after {days} (%)"), days=row.show("days", "days"))


def _curve_title(ev: Evidence, tell: Tell) -> Sentence | None:
    """The most frequent way to end a month after the report."""
    ended = [r for r in _rows(ev, "incidence", by="all", days=MONTH) if r["outcome"] != "open"]
    if not ended:
        return None
    most = max(ended, key=lambda r: (r["share"], r["outcome"]))
    return tell(
        _("Most frequent end within {days}: {outcome}, {share}"),
        days=most.show("days", "days"),
        outcome=sentence(_(OUTCOMES[most["outcome"]])),
        share=most.show("share", "share"),
    )


def _by_day(ev: Evidence) -> tuple[Block, ...]:
    """A row an outcome, a column a number of days; the interval of the last."""
    rows = _rows(ev, "incidence", by="all")
    each = {(r["outcome"], str(r["days"])): r for r in rows}
    outcomes = list(dict.fromkeys(r["outcome"] for r in rows))
    days = [day for day in SHOWN if any(d == day for _o, d in each)]
    if not days:
        return ()
    head = [Column(_days_after(each[outcomes[0], day]), True) for day in days]
    columns = (Column(_("Outcome")), *head, interval_column())
    cells: list[tuple[Value, ...]] = [
        (
            sentence(_(OUTCOMES[o])),
            *(each[o, day].show("share", "bare_share", 1) for day in days),
            span_cell(each[o, days[-1]], "bare_share", 1),
        )
        for o in outcomes
    ]
    foot = sentence(
        _(
            "Requests closed as duplicates are counted, too. With what is still open the ways to end add up to all. "
            "The interval is of the last."
        )
    )
    return tabled("endings", sentence(_("How reports have ended, by days since the report")), columns, cells, foot)


def _by_kind(ev: Evidence) -> tuple[Block, ...]:
    """A row a kind: confirmed, not found and still open after thirty days."""
    rows = _rows(ev, "incidence", by="kind", days=MONTH)
    groups = list(dict.fromkeys(r["group"] for r in rows))
    each = {(r["group"], r["outcome"]): r for r in rows}
    outcomes = [o for o in ("confirmed", "not_found", "open") if any((g, o) in each for g in groups)]
    head = [c for o in outcomes for c in (Column(sentence(_(OUTCOMES[o])), True), interval_column())]
    cells = []
    for group in groups:
        first = next(r for r in rows if r["group"] == group)
        shares = [each[group, o] for o in outcomes]
        pairs = [c for r in shares for c in (r.show("share", "bare_share", 1), span_cell(r, "bare_share", 1))]
        cells.append((_kind(first), first.show("n", "number", 0), *pairs))
    columns = (Column(_("Kind")), Column(_("Requests"), True), *head)
    return tabled(
        "endings-kinds", sentence(_("Ended a month after the report, by kind of vehicle (%)")), columns, cells
    )


def _kind(row: Row) -> Sentence:
    if row["group"]:
        return Sentence((row.show("name", "label"),))
    return sentence(_("{n} kinds with fewer reports"), n=row.show("pooled", "number", 0))


def _apart(ev: Evidence, tell: Tell, groups: str) -> Sentence | None:
    """How many kinds, or areas, are closed clearly faster or slower than the others."""
    if (ev.number("duration", f"{groups}_compared") or 0) < 2:
        return None  # one alone has no others
    known = {"n": ev.fact("duration", f"{groups}_compared", "number")}
    if not ev.number("duration", f"{groups}_apart"):
        none = {
            "kinds": _("Of {n} kinds of vehicle none is clearly closed faster or slower than the others."),
            "areas": _("Of {n} areas none is clearly closed faster or slower than the others."),
        }
        return tell(none[groups], **known)
    some = {
        "kinds": _("Of {n} kinds of vehicle {k} are clearly closed faster or slower than the others."),
        "areas": _("Of {n} areas {k} are clearly closed faster or slower than the others."),
    }
    return tell(some[groups], **known, k=ev.fact("duration", f"{groups}_apart", "number"))


def _areas_apart(ev: Evidence) -> tuple[Block, ...]:
    rows = [r for r in _rows(ev, "differences", by="area", of="closing") if r["reading"] in READINGS]
    names = Counter(str(r["name"]) for r in rows)
    columns = (
        *(Column(_("Area")), Column(_("Closed"), True), Column(_("Speed relative to the others"), True)),
        *(interval_column(), Column(_("Reading"))),
    )
    cells = [
        (
            _area(r, names),
            r.show("closed", "number", 0),
            r.show("ratio", "number", 2),
            span_cell(r, "number", 2),
            _reading(r),
        )
        for r in sorted(rows, key=lambda r: (r["ratio"], r["group"]))
    ]
    foot = sentence(
        _("Reports of the same year are compared. Cases, distance and access differ: this ranks no office.")
    )
    return tabled("duration-areas", sentence(_("Areas closed faster or slower")), columns, cells, foot)


def _area(row: Row, names: Counter[str]) -> Sentence:
    if names[str(row["name"])] == 1:
        return Sentence((row.show("name", "word"),))
    return Sentence((row.show("name", "word"), " ", row.show("group", "word")))


def _reading(row: Row) -> Sentence:
    word = READINGS[row["reading"]]
    return sentence(_(word))


def _stages(ev: Evidence) -> tuple[Block, ...]:
    rows = [r for r in ev.rows("duration", "stages") if r["since"] == "report"]
    last = list(_last_of_each(rows))
    columns = (
        *(Column(_("Stage")), Column(_("Reports"), True), Column(_("Reached"), True)),
        *(Column(_("Share (%)"), True), interval_column(), Column(_("Half reached it within (days)"), True)),
    )
    cells = [
        (
            r.show("title", "word"),
            r.show("n", "number", 0),
            r.show("reached", "number", 0),
            r.show("share", "bare_share", 1),
            span_cell(r, "bare_share", 1),
            r.show("median_days", "number", 1),
        )
        for r in last
    ]
    what = sentence(_("Stages of the process: reached within three months, or as far as reports were watched"))
    return tabled("stages", what, columns, cells)


def _last_of_each(rows: Sequence[Row]) -> Iterator[Row]:
    """Of each stage the row with the most days."""
    yield from {r["stage"]: r for r in sorted(rows, key=lambda r: (r["order"], r["days"]))}.values()


def _remaining(ev: Evidence, tell: Tell) -> Sentence | None:
    if ev.number("duration", "remaining_days") is None:
        return None
    return tell(
        _("At the pace of the last two years the open reports would on average take {days} more."),
        days=ev.ranged("duration", "remaining_days", "days"),
    )


def _age(row: Row) -> Sentence:
    """An age band; the last one has no end."""
    first, last = str(row["group"]).split("–")
    if last:
        return Sentence((row.show("group", "word"),))
    return sentence(_("{days} and more"), days=Shown(first, row.ref("group")))


def _open(ev: Evidence) -> tuple[Block, ...]:
    columns = (
        *(Column(_("Days open")), Column(_("Reports"), True), Column(_("Still to go (days, mean)"), True)),
        *(interval_column(), Column(_("Closed within a month (%)"), True)),
    )
    cells = [
        (
            _age(r),
            r.show("n", "number", 0),
            r.show("expected_days", "number", 0) if r.get("expected_days") is not None else Sentence(("–",)),
            span_cell(r, "number", 0),
            r.show("within_30d", "bare_share", 0) if r.get("within_30d") is not None else Sentence(("–",)),
        )
        for r in _rows(ev, "open", by="age")
    ]
    foot = sentence(_("At most a year is counted; nothing is said at ages that few reports reached."))
    return tabled("open", sentence(_("Open reports by age, and what they will still take")), columns, cells, foot)
