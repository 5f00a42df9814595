"""How things are shown on a console (화면 출력): tables, progress, and errors with an exit code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from sigun.errors import SigunError
from sigun.text import _

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

INTERRUPTED = 130
Report = Callable[[str, int, int], None]


@contextmanager
def told() -> Iterator[None]:
    """Every failure in words and with its exit code; no traceback for what a reader can mend."""
    try:
        yield
    except SigunError as bad:
        from sigun.report.particles import with_particles

        err.print(escape(with_particles(str(bad))), style="red")
        raise typer.Exit(bad.exit_code) from None
    except KeyboardInterrupt:
        err.print(_("Stopped. What was finished is kept; run the same command again to go on."))
        raise typer.Exit(INTERRUPTED) from None


@contextmanager
def progress() -> Iterator[Report]:
    """A progress bar on the error stream, gone when done."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("", total=None)

        def report(what: str, done: int, whole: int) -> None:
            bar.update(task, description=what, completed=done, total=whole)

        yield report


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A plain table; what stands in it is data, never markup."""
    grid = Table(box=None, pad_edge=False)
    for head in heads:
        grid.add_column(escape(head), overflow="fold")  # never shortened: an id is typed again
    for row in rows:
        grid.add_row(*(escape(str(cell)) for cell in row))
    out.print(grid)


def line(text: str) -> None:
    """One line of data or words; particles agree with what stands before them."""
    from sigun.report.particles import with_particles

    out.print(escape(with_particles(text)))
