"""All that a finished run is handed over as (결과물): the report, and the patrol list for Excel and for maps."""

from __future__ import annotations

from pathlib import Path

from sigun.report.finished import Finished, other_version, read_run
from sigun.report.html import write_html
from sigun.report.outline import speaking
from sigun.report.patrol_files import write_patrol_csv, write_patrol_geojson
from sigun.text import Language


def write_report(folder: Path, lang: Language | None = None) -> Path:
    """Write `report.html` and the patrol files, in the plan's language unless said; the report's path.

    Made from the folder alone, so it can be done again without the data.

    Raises
    ------
    RunError
        The folder is no finished run, or lacks a table, a column or a row this version reads.
    """
    finished = read_run(folder)
    try:
        return _write(finished, folder, lang or finished.plan.lang)
    except LookupError as error:  # a reference that names nothing: the only way a report and its run can disagree
        raise other_version(folder, finished.manifest, str(error)) from error


def _write(finished: Finished, folder: Path, spoken: Language) -> Path:
    patrol = finished.results.get("patrol")
    if patrol is not None and "places" in patrol.tables:  # a step without an answer has no list
        with speaking(spoken):
            write_patrol_csv(patrol, folder / "patrol.csv")
            write_patrol_geojson(patrol, folder / "patrol.geojson")
    return write_html(finished, folder / "report.html", spoken)
