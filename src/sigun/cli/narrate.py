"""`sigun narrate`: a finished run's summary in a model's words, where a model is set up (요약 서술)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sigun.cli.show import line, told
from sigun.text import _


def narrate(
    context: typer.Context,
    run_folder: Annotated[Path, typer.Argument(metavar="RUN", help=_("Folder of a finished run."))],
    confirm: Annotated[bool, typer.Option("--confirm", help=_("You have read it and stand by it."))] = False,
    discard: Annotated[bool, typer.Option("--discard", help=_("Back to the words of the rules."))] = False,
) -> None:
    """Ask the model, or confirm or discard what it wrote; the report is written again."""
    from sigun.report.finished import NARRATION, read_run
    from sigun.report.narration import confirmed
    from sigun.report.write import write_report

    with told():
        read_run(run_folder)
        if discard:
            (run_folder / NARRATION).unlink(missing_ok=True)
        elif confirm:
            confirmed(run_folder)
        else:
            _ask(run_folder, context.obj)
        line(_("Report: {path}").format(path=write_report(run_folder, context.obj)))


def _ask(run_folder: Path, lang: str | None) -> None:
    from sigun.errors import SettingsError
    from sigun.proposal.model.endpoint import HOW, read_endpoint
    from sigun.proposal.model.narrate import narrate as ask_for_it
    from sigun.settings import open_workspace

    workspace = open_workspace(run_folder)
    endpoint = read_endpoint(workspace)
    if endpoint is None:
        raise SettingsError(_("No language model is set up."), str(workspace.root), _(HOW))
    made = ask_for_it(run_folder, workspace, endpoint, lang)  # type: ignore[arg-type]
    for said in made.said:
        line(f"  - {said}")
    line(_("Sentences in the model's words: {n}.").format(n=made.sentences))
