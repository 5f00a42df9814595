"""`sigun data …`: files in, cards out (자료 등록·목록)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigun.cli.show import line, progress, table, told
from sigun.cli.words import KINDS
from sigun.text import _

if TYPE_CHECKING:
    from sigun.catalog.add import Added

app = typer.Typer(no_args_is_help=True, help=_("Data sets: add, list, show, forget."))

SHOWN = 3  # rows

Here = Annotated[Path, typer.Option("--workspace", help=_("The workspace; this folder unless said."))]


@app.command("add", help=_("Read files as they are, propose a card for each, fill the plans' roles."))
def add(
    files: Annotated[list[Path], typer.Argument(help=_("Files as received."))],
    card: Annotated[Path | None, typer.Option("--card", help=_("A card (YAML) for the file."))] = None,
    part_of: Annotated[
        str | None, typer.Option("--part-of", help=_("The data set the files are other periods or regions of."))
    ] = None,
    new: Annotated[bool, typer.Option("--new", help=_("Each table is a data set of its own."))] = False,
    yes: Annotated[bool, typer.Option("--yes", help=_("Ask nothing; what was guessed is left to confirm."))] = False,
    workspace: Here = Path(),
) -> None:
    """Add files to the catalogue and say what was recognised, dropped and left to confirm."""
    from sigun.catalog.add import How, take_files
    from sigun.catalog.store import read_card, read_catalog
    from sigun.cli.converse import Console, at_a_console
    from sigun.errors import require
    from sigun.recipes.fill import fill_roles, next_steps
    from sigun.settings import open_workspace

    with told():
        ws = open_workspace(workspace)
        said = read_card(card) if card else None
        talk = None if yes or not at_a_console() else Console()
        if talk is None:
            with progress() as report:
                report(_("reading the files"), 0, len(files))
                added, refused = take_files(ws, files, said, How(part_of, new))
        else:
            added, refused = take_files(ws, files, said, How(part_of, new, talk))
        for one in added:
            _tell(one, seen=talk is not None and one.card.id in talk.seen)
        if talk is None and not yes and any(one.card.to_confirm and not one.part for one in added if not one.known):
            line(_("Questions are asked at a console only: what was proposed was taken, as with --yes (lines with ?)."))
        catalog = read_catalog(ws)
        fill_roles(ws, catalog)
        for step in next_steps(catalog, [one.card for one in added]):
            line(f"  ! {step}")
        if added and refused:
            line(_("Taken in: {n}. Not taken in, and why:").format(n=len(added)))
        require(refused)


def _tell(one: Added, seen: bool) -> None:
    """What a file has become; its preview unless it was seen before the questions."""
    from sigun.cli.converse import preview, tell_card

    if one.part:
        line(_("{id}: {title}, added to the data set that is there").format(id=one.card.id, title=one.card.title))
    elif not seen:
        tell_card(one.card)
    for message in () if seen else (*one.coverage, *one.changes):
        line(f"  - {message}")
    if one.head is not None and not seen:
        preview(one.head)
    for guess in () if one.part else one.card.to_confirm:
        line(f"  ? {guess}")
    line(_("  card: {path}").format(path=one.path))


@app.command("list", help=_("The data sets of the workspace."))
def list_cards(workspace: Here = Path()) -> None:
    """One line a card."""
    from sigun.catalog.store import read_catalog
    from sigun.settings import open_workspace

    with told():
        catalog = read_catalog(open_workspace(workspace))
        rows = [(c.id, _(KINDS[c.kind]), c.title, c.grade, c.file) for c in catalog.cards.values()]
        if not rows:
            line(_("No data sets yet. Add files with `sigun data add FILE…`."))
            return
        table((_("id"), _("kind"), _("title"), _("grade"), _("file")), rows)


@app.command("show", help=_("One card, and the first rows of its cleaned data."))
def show(name: Annotated[str, typer.Argument(help=_("Id of the data set."))], workspace: Here = Path()) -> None:
    """The card as it stands in the catalogue."""
    import pandas as pd

    from sigun.catalog.snapshot import snapshot
    from sigun.catalog.store import read_catalog
    from sigun.settings import open_workspace

    with told():
        ws = open_workspace(workspace)
        card = read_catalog(ws, name).card(name)
        line((ws.catalog / f"{card.id}.yaml").read_text(encoding="utf-8"))
        shot = snapshot(card, ws)
        frame = pd.read_parquet(shot.path).drop(columns=["geometry", "vehicle"], errors="ignore").head(SHOWN)
        rows = [[name, *("" if pd.isna(cell) else cell for cell in frame[name])] for name in frame.columns]
        table((_("column"), *(str(n) for n in range(1, len(frame) + 1))), rows)  # columns down: a console is narrow
        line(_("{rows} rows").format(rows=shot.rows))


@app.command("forget", help=_("Delete the sealed original of a data set; hash and counts stay."))
def forget(name: Annotated[str, typer.Argument(help=_("Id of the data set."))], workspace: Here = Path()) -> None:
    """Delete what holds personal data."""
    from sigun.catalog.store import forget as forget_original
    from sigun.settings import open_workspace

    with told():
        forget_original(open_workspace(workspace), name)
        line(_("The original of “{name}” is deleted; its hash and counts stay.").format(name=name))
