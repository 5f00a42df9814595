"""`sigun predict` and `sigun backtest`: predictions as Parquet (예측값 내보내기)."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigun.cli.plans import DAY, PlanFile
from sigun.cli.show import line, progress, told
from sigun.text import _

if TYPE_CHECKING:
    import pandas as pd

    from sigun.panel.model import Panel

Study = Annotated[Path | None, typer.Option("--study-area", help=_("Parquet of cell_x, cell_y: the cells to predict."))]
Out = Annotated[Path, typer.Option("--out", help=_("Parquet file to write."))]


def predict(
    plan: PlanFile,
    as_of: Annotated[datetime, typer.Option("--as-of", formats=DAY, help=_("Origin: 00:00 of this day."))],
    out: Out,
    horizon: Annotated[str, typer.Option("--horizon", help=_("7d, 1mo, or START/END."))] = "7d",
    study_area: Study = None,
) -> None:
    """Expected counts with intervals, from what was known before the origin."""
    from sigun.analysis.forecast.step import predict as make

    with told():
        panel = _panel(plan, as_of.date())
        _write(make(panel, as_of.date(), horizon, _cells(study_area)), out)


def backtest(
    plan: PlanFile,
    start: Annotated[datetime, typer.Option("--from", formats=DAY, help=_("First origin."))],
    end: Annotated[datetime, typer.Option("--to", formats=DAY, help=_("Horizons end by this day."))],
    out: Out,
    every: Annotated[str, typer.Option("--every", help=_("Step between origins: 7d or 1mo."))] = "7d",
    horizon: Annotated[str | None, typer.Option("--horizon", help=_("Horizon; the step unless said."))] = None,
    study_area: Study = None,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help=_("Origins at the same time."))] = 1,
) -> None:
    """What would have been predicted at each past origin."""
    from sigun.analysis.forecast.backtest import backtest_predictions

    with told():
        panel = _panel(plan, end.date())
        with progress() as report:
            rows = backtest_predictions(
                panel, start.date(), end.date(), every,
                horizon=horizon, study_area=_cells(study_area), progress=report, workers=workers,
            )  # fmt: skip
        _write(rows, out)


def _panel(plan_file: Path, end: date) -> Panel:
    """The panel of the events before `end`; covariates are not needed."""
    from sigun.panel.build import build_panel, collect
    from sigun.run import open_plan

    plan, catalog = open_plan(plan_file)
    return build_panel(plan, collect(plan, catalog, covariates=False), end)


def _cells(file: Path | None) -> pd.DataFrame | None:
    import pandas as pd

    from sigun.errors import IngestError

    if file is None:
        return None
    try:
        return pd.read_parquet(file, columns=["cell_x", "cell_y"])
    except (OSError, ValueError) as bad:
        raise IngestError(
            _("The study area cannot be read: {reason}").format(reason=bad),
            str(file),
            _("Give a Parquet file with the whole-number columns cell_x and cell_y."),
        ) from bad


def _write(rows: pd.DataFrame, out: Path) -> None:
    from sigun.run import mended

    part = out.with_name(out.name + ".part")
    with mended(out):
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            rows.to_parquet(part, index=False)
            part.replace(out)
        finally:
            part.unlink(missing_ok=True)
    line(_("{n} rows: {path}").format(n=len(rows), path=out))
