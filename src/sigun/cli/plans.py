"""`sigun init`, `run`, `report`, `demo`: from a folder to a report."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from sigun.cli.documents import tell_drift
from sigun.cli.show import line, progress, told
from sigun.text import _

DAY = ["%Y-%m-%d"]
PlanFile = Annotated[Path, typer.Argument(help=_("A plan (YAML)."))]


def init(
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help=_("Folder; this one unless said."))] = Path(),
    recipe: Annotated[str, typer.Option("--recipe", help=_("Whose plan to lay."))] = "vehicles",
) -> None:
    """A new workspace with a recipe's plan in it."""
    from sigun.recipes.fill import lay

    with told():
        plan = lay(folder, recipe)
        line(_("Workspace: {folder}").format(folder=folder.resolve()))
        line(_("Plan: {plan}").format(plan=plan))
        line(_("Next: sigun data add FILE…, then sigun run {plan}").format(plan=plan))


def run(
    context: typer.Context,
    plan: PlanFile,
    out: Annotated[Path | None, typer.Option("--out", help=_("Folder of the run."))] = None,
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=DAY, help=_("Only what was known before this day."))
    ] = None,
    engine: Annotated[
        str,
        typer.Option(
            "--engine", metavar="URL", help=_("Where tables are computed: duckdb, spark-local, spark://HOST:PORT.")
        ),
    ] = "duckdb",
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help=_("Steps at the same time."))] = 1,
) -> None:
    """Carry a plan out; run it again to go on where it was stopped."""
    from sigun.run import How, unanswered
    from sigun.run import run as carry_out

    with told():
        tell_drift(plan)
        with progress() as report:
            made = carry_out(plan, out, as_of.date() if as_of else None, How(engine, workers, report, context.obj))
        for left_out in unanswered(made):
            line(f"  ! {left_out}")
        line(_("Report: {path}").format(path=made))


def report(
    context: typer.Context,
    run_folder: Annotated[Path, typer.Argument(metavar="RUN", help=_("Folder of a finished run."))],
    to: Annotated[
        str | None,
        typer.Option("--to", help=_("Formats: html, docx, hwpx, pdf, xlsx; several with commas. html unless said.")),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help=_("File, or folder for several formats; the run's folder unless said."))
    ] = None,
) -> None:
    """The report again, from the run's folder alone; `--lang` chooses its language."""
    from sigun.report.formats import FORMATS, formats_of
    from sigun.report.write import write_reports

    with told():
        ending = out.suffix.lower().removeprefix(".") if out else ""
        formats = formats_of(to or (ending if ending in FORMATS else "html"))
        for made in write_reports(run_folder, context.obj, formats, out):
            line(_("Report: {path}").format(path=made))


def demo(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help=_("Which demo: vehicles, births, workshop."))],
    into: Annotated[Path | None, typer.Option("--into", help=_("Folder of the demo's workspace."))] = None,
) -> None:
    """Raw files of a made-up city or province, and the ordinary street on them."""
    from sigun.recipes.demo import SENTENCES, run_demo
    from sigun.run import How

    with told():
        folder = into or Path(f"sigun-demo-{name}")
        with progress() as said:
            made = run_demo(name, folder, How(progress=said, lang=context.obj))
        line(_("Made-up data of a place that does not exist: every figure is simulated."))
        line(_("Workspace: {folder}").format(folder=folder.resolve()))
        if made is not None:
            line(_("Report: {path}").format(path=made.resolve()))
            return
        line(_("Next: change into that folder and say a problem, for example"))
        for sentence in SENTENCES:
            line(f'  sigun propose "{sentence}"')
