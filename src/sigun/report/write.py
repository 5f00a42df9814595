"""All that a finished run is handed over as (결과물): the report, and the patrol list for Excel and for maps."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sigun.report.finished import Finished, other_version, read_run
from sigun.report.formats import WRITERS, landing, where
from sigun.report.html import write_html
from sigun.report.outline import outline
from sigun.report.patrol_files import write_patrol_csv, write_patrol_geojson
from sigun.text import Language, speaking


def write_report(folder: Path, lang: Language | None = None, to: str = "html", out: Path | None = None) -> Path:
    """Write the report of a run in one format, in the plan's language unless said; the report's path.

    Made from the folder alone, so it can be done again without the data. With `report.html` come the patrol files.

    Raises
    ------
    RunError
        The folder is no finished run, or lacks a table, a column or a row this version reads; or the file cannot be
        written.
    """
    return write_reports(folder, lang, (to,), out)[0]


def write_reports(
    folder: Path, lang: Language | None, formats: Sequence[str], out: Path | None = None
) -> tuple[Path, ...]:
    """Write the report in several formats; see `write_report`."""
    places = {to: where(folder, to, out, len(formats) == 1) for to in formats}
    finished = read_run(folder)
    spoken = lang or finished.plan.lang
    try:
        return tuple(_written(finished, folder, spoken, to, path) for to, path in places.items())
    except LookupError as error:  # a reference that names nothing: the only way a report and its run can disagree
        raise other_version(folder, finished.manifest, str(error)) from error


def _written(finished: Finished, folder: Path, spoken: Language, to: str, path: Path) -> Path:
    with landing(path):
        if to != "html":
            return WRITERS[to](outline(finished, spoken), path)
        if path == folder / "report.html":
            _patrol_files(finished, folder, spoken)
        return write_html(finished, path, spoken)


def _patrol_files(finished: Finished, folder: Path, spoken: Language) -> None:
    patrol = finished.results.get("patrol")
    if patrol is not None and "places" in patrol.tables:  # a step without an answer has no list
        with speaking(spoken):
            write_patrol_csv(patrol, folder / "patrol.csv")
            write_patrol_geojson(patrol, folder / "patrol.geojson")
