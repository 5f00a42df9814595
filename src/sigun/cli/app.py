"""The commands and what they are called (명령 목록)."""

from __future__ import annotations

from typing import Annotated

import typer

from sigun import __version__
from sigun.cli import check, data, documents, find, narrate, panels, plans, predictions, propose, regions, talk
from sigun.cli.show import line
from sigun.text import _

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help=_("sigun (시군): from a city's files to a report in which every number traces."),
)


def _version(wanted: bool) -> None:
    if wanted:
        line(f"sigun {__version__}")
        raise typer.Exit


@app.callback()
def whole(
    context: typer.Context,
    lang: Annotated[str, typer.Option("--lang", help=_("Language of messages: ko or en."))] = "",
    _version_asked: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help=_("Version."))
    ] = False,
) -> None:
    """Options for every command. The messages are in `--lang` already; a report asks for it here."""
    context.obj = lang or None


app.command("init", help=_("Lay a workspace in DIR, with the plan of a recipe."))(plans.init)
app.add_typer(data.app, name="data")
app.add_typer(regions.app, name="regions")
app.command("find", help=_("Find the data sets a sentence needs."))(find.find)
app.command("propose", help=_("From a problem in a sentence to a plan that runs."))(propose.propose)
app.command("check", help=_("Check a plan against the catalogue."))(check.check)
app.command("run", help=_("Run a plan and write its report."))(plans.run)
app.command("panel", help=_("The region panel of a plan as Parquet, Excel or CSV, with its data dictionary."))(
    panels.panel
)
app.command("report", help=_("Write the report of a finished run again."))(plans.report)
app.command("narrate", help=_("Word a run's summary by a language model, where one is set up."))(narrate.narrate)
app.command("document", help=_("A plan as the 기획안 people read (html, docx, hwpx, pdf), or the plan out of one."))(
    documents.document
)
app.command("schema", help=_("The JSON Schema of a plan file, for editors and forms."))(documents.schema)
app.command("talk", help=_("Change a plan by saying what you want; every change is shown and can be undone."))(
    talk.talk
)
app.command("demo", help=_("Write made-up raw files and take them down the whole street."))(plans.demo)
app.command("predict", help=_("Predictions from one origin, as Parquet."))(predictions.predict)
app.command("backtest", help=_("Predictions from many past origins, as Parquet."))(predictions.backtest)
