"""Laying blocks (부분 짜기): the few things every section does with its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

from sigun.report.blocks import Block, Column, Figure, Paragraph, Table
from sigun.report.evidence import Evidence, Row, level_of
from sigun.report.figures import FIGURES
from sigun.report.wording import Sentence, Shown, Value, claimed, sentence
from sigun.text import _

Tell = Callable[..., Sentence]
Clear = Literal["above", "below", "unclear"]


def teller(ev: Evidence, method: str) -> Tell:
    """What makes sentences about that step's finding, no stronger than its claim level allows."""
    return partial(claimed, ev.result(method).claim)


def told(*sentences: Sentence | None) -> tuple[Block, ...]:
    """A paragraph of the sentences there are, or nothing."""
    there = tuple(s for s in sentences if s is not None)
    return (Paragraph(there),) if there else ()


def drawn(
    ev: Evidence, name: str, title: Sentence, subtitle: Sentence, foot: Sentence | None = None
) -> tuple[Block, ...]:
    """The figure of that name, or nothing where there is nothing to draw."""
    draw = FIGURES.get(name)
    picture = draw(ev.finished) if draw else None
    if picture is None:
        return ()
    return (Figure(headline(title), subtitle, picture.svg, str(picture.alt), foot),)


def tabled(
    name: str,
    caption: Sentence,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Value]],
    foot: Sentence | None = None,
) -> tuple[Block, ...]:
    """A table, or nothing where it has no rows."""
    if not rows:
        return ()
    cells = tuple(tuple(v if isinstance(v, Sentence) else Sentence((v,)) for v in row) for row in rows)
    return (Table(name, caption, tuple(columns), cells, foot),)


def span_cell(row: Row, form: str, decimals: int | None = None, low: str = "low", high: str = "high") -> Sentence:
    """An interval alone, for a column of its own."""
    if row.get(low) is None or row.get(high) is None:
        return Sentence(("–",))
    between = "–" if row[low] >= 0 else " ~ "
    return Sentence((row.show(low, form, decimals), between, row.show(high, form, decimals)))


def interval_column(method: str = "") -> Column:
    """The column beside an estimate, with the level of that method's intervals."""
    return Column(sentence(_("{level} interval"), level=level_of(method)), True)


def headline(said: Sentence) -> Sentence:
    """A sentence as a title: without its full stop."""
    *before, last = said.pieces
    return Sentence((*before, last.removesuffix("."))) if isinstance(last, str) else said


def clear(bounds: tuple[float, float] | None, middle: float = 0.0) -> Clear:
    """On which side of `middle` an interval lies; unclear when it holds it, or when there is none."""
    if bounds is None or bounds[0] <= middle <= bounds[1]:
        return "unclear"
    return "above" if bounds[0] > middle else "below"


def row_clear(row: Row, middle: float = 0.0, low: str = "low", high: str = "high") -> Clear:
    """`clear` of a row's own interval."""
    if row.get(low) is None or row.get(high) is None:
        return "unclear"
    return clear((float(row[low]), float(row[high])), middle)


def area_name(row: Row, names: Counter[str]) -> Sentence:
    """The area's name, and its code where others of the table have the same name."""
    if names[str(row["name"])] == 1:
        return Sentence((row.show("name", "word"),))
    return Sentence((row.show("name", "word"), " ", row.show("region", "word")))


def period(ev: Evidence) -> Sentence | None:
    """The first and the last day of what was looked at, or the numbers of its periods where they are counted."""
    if not ev.has_manifest("panel.start"):
        if not ev.has_manifest("panel.first"):
            return None
        ends = {name: ev.manifest(f"panel.{name}", "word") for name in ("first", "last")}
        return sentence(_("periods {first} to {last}"), **ends)
    first, last = ev.manifest("panel.start", "date"), ev.manifest("panel.end", "last_day")
    return sentence(_("{first} to {last}"), first=first, last=last)


def measured(ev: Evidence, what: Sentence, n: Shown | None = None) -> Sentence:
    """A subtitle: what is measured, over which period, of how many."""
    when = period(ev)
    if when is None:
        return what
    if n is None:
        return sentence(_("{what}, {period}"), what=what, period=when)
    return sentence(_("{what}, {period}, n = {n}"), what=what, period=when, n=n)


def from_step(ev: Evidence, *left_out: Sentence) -> Sentence:
    """A figure's foot: the sources, and what was left out."""
    rows = [r for r in ev.rows("quality", "sources") if r.get("kind") == "events"]
    source = rows[0].show("title", "word") if rows else ev.plan("data.events", "word")
    foot = sentence(_("Source: {source}."), source=source)
    return Sentence(tuple(p for s in (foot, *left_out) for p in (" ", *s.pieces))[1:])


def holes_left_out(ev: Evidence) -> Sentence | None:
    """That days without collection are no zeros."""
    if not ev.number("quality", "hole_days"):
        return None
    days = ev.fact("quality", "hole_days", "days")
    return sentence(_("{days} without collection are left out, not counted as zero."), days=days)
