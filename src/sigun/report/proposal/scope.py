"""The scope of the analysis (분석 범위): regions, periods and columns, told from what is run."""

from __future__ import annotations

from collections.abc import Iterator

from sigun.plan.variables import Regional
from sigun.report.blocks import Block, Form
from sigun.report.proposal.labels import ENDINGS, KNOWN_BY, SPANS, UNITS
from sigun.report.proposal.told import Told
from sigun.report.wording import Sentence, listed, sentence
from sigun.text import _

Row = tuple[str, tuple[Sentence, ...]]


def blocks(told: Told) -> tuple[Block, ...]:
    """A form of space, time, and what is looked at."""
    panel = told.plan.panel
    rows = [*(_of_events(told) if panel is None else _of_tables(told, panel)), *_horizon(told)]
    return (Form(tuple(rows)),)


def _of_events(told: Told) -> Iterator[Row]:
    yield _("Space"), (_cells(told),)
    yield _("Time"), (span(told),)
    known = told.called("known_by", KNOWN_BY)
    yield _("What was known"), (sentence(_("What was known at the time alone counts: by {known}"), known=known),)
    if told.plan.only is not None:
        yield _("Looked at"), tuple(_only(told))


def _cells(told: Told) -> Sentence:
    if told.plan.space.unit == "area" and told.plan.data.outlines is not None:
        outlines = told.card(told.plan.data.outlines, "data.outlines")
        return sentence(_("Areas of {outlines}"), outlines=outlines)
    cell, block = told.say("space.cell", "metres"), told.say("space.block", "number")
    return sentence(_("Cells of {cell} a side, {block} by {block} of them an area"), cell=cell, block=block)


def span(told: Told) -> Sentence:
    """The first and the last day, or that there is no bound."""
    start = told.say("time.start", "date") if told.plan.time.start else None
    end = told.say("time.end", "last_day") if told.plan.time.end else None
    if start and end:
        return sentence(_("{first} to {last}"), first=start, last=end)
    if start:
        return sentence(_("from {first}"), first=start)
    if end:
        return sentence(_("until {last}"), last=end)
    return sentence(_("all that the data hold"))


def _only(told: Told) -> Iterator[Sentence]:
    asked = told.plan.only
    if asked is None:
        return
    if asked.kinds:
        yield sentence(_("kinds: {names}"), names=listed(told.each("only.kinds")))
    if asked.channels:
        yield sentence(_("channels: {names}"), names=listed(told.each("only.channels")))
    if asked.outcomes:
        names = [told.called(f"only.outcomes.{i}", ENDINGS) for i in range(len(asked.outcomes))]
        yield sentence(_("endings: {names}"), names=listed(names))


def _of_tables(told: Told, panel: Regional) -> Iterator[Row]:
    yield _("Space"), tuple(_regions(told, panel))
    yield _("Time"), (sentence(_("{span}, by {unit}"), span=span(told), unit=told.called("panel.span", SPANS)),)
    ids = [
        *(f"variables.{i}" for i in range(len(panel.variables))),
        *(f"derived.{i}" for i in range(len(panel.derived))),
    ]
    names = [told.column(name, f"panel.{at}.id") for name, at in zip(panel.ids(), ids, strict=True)]
    several = len(panel.variables)
    yield _("Columns"), (listed(names[:several]),)
    if panel.derived:
        yield _("Made of them"), (listed(names[several:]),)


def _regions(told: Told, panel: Regional) -> Iterator[Sentence]:
    outlines, within = told.plan.data.outlines, told.each("panel.within")
    unit = Sentence((told.called("panel.unit", UNITS),))
    if panel.unit == "own" and outlines is not None:
        yield sentence(_("Areas of {outlines}"), outlines=told.card(outlines, "data.outlines"))
    elif within:
        yield sentence(_("{unit} in {within}"), unit=unit, within=listed(within))
    else:
        yield unit
    if panel.base is not None:
        yield sentence(_("All periods on the map of {base}"), base=told.say("panel.base", "date"))
    if panel.left_out:
        yield sentence(_("Not looked at: {names}"), names=listed(told.each("panel.except")))


def _horizon(told: Told) -> Iterator[Row]:
    for i, step in enumerate(told.plan.steps):
        if step.method == "forecast":
            yield _("Looking ahead"), (ahead(told, f"steps.{i}.horizon"),)


def ahead(told: Told, path: str) -> Sentence:
    """How far a forecast looks: 7d, 3mo."""
    said = told.say(path)
    number = "".join(letter for letter in said.text if letter.isdigit())
    template = _("{n} days") if said.text.endswith("d") else _("{n} months")
    return Sentence((told.text(path, template.format(n=number)),))
