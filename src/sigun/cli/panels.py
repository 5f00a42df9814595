"""`sigun panel`: the region panel of a plan, as a file (패널 내보내기)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sigun.cli.plans import PlanFile
from sigun.cli.show import line, told
from sigun.text import _


def panel(
    plan: PlanFile,
    out: Annotated[Path, typer.Option("--out", help=_("The file: .parquet, .xlsx or .csv."))],
    encoding: Annotated[str, typer.Option("--encoding", help=_("Of a CSV: utf-8 or cp949."))] = "utf-8",
    engine: Annotated[
        str,
        typer.Option(
            "--engine", metavar="URL", help=_("Where tables are computed: duckdb, spark-local, spark://HOST:PORT.")
        ),
    ] = "duckdb",
) -> None:
    """Build the panel and write it with its data dictionary; what was lost on the way is said."""
    from sigun.panel.regional.export import SHOWN, write_panel
    from sigun.run import region_panel

    with told():
        made, hidden = region_panel(plan, engine)
        written = write_panel(made, out, encoding)
        line(
            _("{rows} rows: {regions} regions, {columns} columns.").format(
                rows=written.rows, regions=len(made.units), columns=len(made.dictionary)
            )
        )
        for finding in made.findings:
            line(f"  ! {finding.said}")
        for said in hidden:
            line(f"  - {said}")
        if written.lacking:
            letters = " ".join(list(written.lacking)[:SHOWN])
            line(_("cp949 lacks these letters; a ? stands for each: {letters}").format(letters=letters))
        for file in written.files:
            line(_("File: {path}").format(path=file))
