"""The conversation while a file is added (대화): what it would become, and what only a person knows."""

from __future__ import annotations

import sys

import pandas as pd
import typer

from sigun.catalog.card import Card
from sigun.catalog.coverage import coverage
from sigun.catalog.questions import Question
from sigun.cli.show import line, table
from sigun.cli.words import KINDS, meaning
from sigun.ingest.clean import Cleaned
from sigun.ingest.periods import number_of
from sigun.ingest.personal import cut_out
from sigun.text import _

SHOWN = 3  # rows of a preview
LISTED = 14  # columns named one by one
INTERNAL = ("geometry", "vehicle", "source")  # columns no reader wants to see


class Console:
    """A person at a terminal: sees the preview, chooses by number."""

    def __init__(self) -> None:
        self.seen: set[str] = set()  # ids of the cards shown

    def shows(self, card: Card, cleaned: Cleaned) -> None:
        """The card's columns, what it covers, what was left out, and the first rows."""
        self.seen.add(card.id)
        tell_card(card)
        for message in (*coverage(cleaned.sketch, cleaned.rows), *cleaned.changes):
            line(f"  - {message}")
        preview(cleaned.head())

    def asks(self, question: Question) -> int:
        """The answer by its number; Enter takes the proposed one."""
        line("")
        line(f"? {question.asks}")
        for number, choice in enumerate(question.choices, 1):
            line(f"  {number}. {choice}")
        while True:
            said = typer.prompt(_("Number"), default=question.proposed + 1, type=int)
            if 1 <= said <= len(question.choices):
                return int(said) - 1
            line(_("One of 1 to {n}, please.").format(n=len(question.choices)))


def at_a_console() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def tell_card(card: Card) -> None:
    """Id, title, kind, and what the columns were taken for."""
    line(f"{card.id}: {card.title} ({_(KINDS[card.kind])})")
    rows = [(c.name, meaning(c)) for c in card.fields]
    table((_("column"), _("taken for")), rows[:LISTED])
    if len(rows) > LISTED:
        line(_("  … and {n} more columns, see the card").format(n=len(rows) - LISTED))


def preview(frame: pd.DataFrame) -> None:
    """The first cleaned rows, columns down: a console is narrow. Nothing personal is shown."""
    kept = [name for name in frame.columns if name not in INTERNAL and not str(name).endswith("__mark")]
    shown = frame[kept].head(SHOWN).dropna(axis="columns", how="all")
    if "span" in shown and (shown["span"] == "number").all():
        shown = shown.assign(period=[str(number_of(first.year)) for first in shown["period"]])
    rows = [[name, *_cells(shown[name])] for name in list(shown.columns)[:LISTED]]
    table((_("column"), *(str(n) for n in range(1, len(shown) + 1))), rows)


def _cells(column: pd.Series) -> list[str]:
    """Values as text, without what looks personal in them."""
    if column.dtype.kind == "M":
        return list(column.dt.strftime("%Y-%m-%d").fillna(""))
    if column.dtype.kind in "fiub":
        return ["" if pd.isna(cell) else f"{cell:,.10g}" if isinstance(cell, float) else str(cell) for cell in column]
    return [str(cell) for cell in cut_out(column.astype("str"))[0].fillna("")]
