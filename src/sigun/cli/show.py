"""How things are shown on a console (화면 출력): tables, progress, and errors with an exit code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from errno import EPIPE

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from sigun.errors import RunError, SigunError
from sigun.text import _

out = Console(highlight=False, soft_wrap=True, emoji=False)  # `:x:` in a file is text, too
err = Console(stderr=True, highlight=False, soft_wrap=True, emoji=False)

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
    except OSError as bad:
        if bad.errno == EPIPE:  # who reads has had enough: `sigun … | head`
            raise
        said = _not_on_disk(bad)
        err.print(escape(str(said)), style="red")
        raise typer.Exit(said.exit_code) from None
    except KeyboardInterrupt:
        err.print(_("Stopped. What was finished is kept; run the same command again to go on."))
        raise typer.Exit(INTERRUPTED) from None


def _not_on_disk(bad: OSError) -> RunError:
    """What the machine did not let us read or write, in words."""
    return RunError(
        _("A file or folder cannot be read or written: {reason}").format(reason=bad.strerror or bad),
        str(bad.filename or _("not told")),
        _("Look whether it is there, open in another program, or closed to you, and whether the disk has room."),
    )


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
