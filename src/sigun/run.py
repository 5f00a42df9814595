"""Carry one plan down the street (실행): cards → panel → results → report.

A run can be stopped anywhere: whole steps are kept, and running it again goes on from there.
"""

from __future__ import annotations

import errno
import hashlib
import json
import pickle
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sigun import __version__
from sigun.analysis.methods import adapter, rng_for
from sigun.catalog.guard import checked
from sigun.catalog.store import Catalog, read_catalog
from sigun.engine import ready
from sigun.errors import MethodError, PlanError, RunError, require
from sigun.panel.build import Material, build_panel, collect
from sigun.panel.model import Panel
from sigun.panel.regional.build import build_region_panel
from sigun.panel.regional.model import RegionPanel
from sigun.panel.regional.released import released
from sigun.plan import Plan
from sigun.plan.as_far import as_far
from sigun.plan.read import load
from sigun.plan.steps import Step
from sigun.report.finished import read_run
from sigun.report.write import write_report
from sigun.result import Result, read_result, result_hash, save_result, write_atomically
from sigun.settings import open_workspace
from sigun.text import Language, Message, _

AnyPanel = Panel | RegionPanel
"""Of reports, or of tables of regions and periods."""

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many parts are done, and how many there are."""


@dataclass(frozen=True)
class How:
    """How this machine carries a run out. Changing it changes no number."""

    engine: str = "duckdb"
    workers: int = 1
    progress: Progress = lambda _what, _done, _all: None
    lang: Language | None = None  # of the report; the plan's unless said


def run(
    plan_file: Path | str, out: Path | str | None = None, as_of: date | None = None, how: How | None = None
) -> Path:
    """Carry one plan down the street and return the report it ends in.

    Parameters
    ----------
    plan_file : a plan in a workspace (a folder with `sigun.toml`, at or above it).
    out : the run's folder; left out, one in the workspace's `runs/` named by plan and data, so that a run goes on.
    as_of : events strictly before that day, and statuses known by then.

    Raises
    ------
    SigunError
        Whatever the reader can mend, all that is found at once. The folder then holds whole steps only.
    """
    how = how or How()
    ready(how.engine)
    plan, catalog = open_plan(Path(plan_file))
    how.progress(_("reading the data"), 0, len(plan.steps) + 2)
    material = collect(plan, catalog)
    key = run_key(plan, material, as_of)
    folder = Path(out) if out is not None else catalog.workspace.runs / f"{plan.id}-{key[:12]}"
    job = Job(plan, material, as_of, folder, key, catalog.workspace.key())
    with mended(folder):
        _require_free(job)
        if not (folder / "manifest.json").exists():
            _carry_out(job, how)
        how.progress(_("writing the report"), len(plan.steps) + 1, len(plan.steps) + 2)
        report = write_report(folder, how.lang or plan.lang)
    how.progress(_("done"), len(plan.steps) + 2, len(plan.steps) + 2)
    return report


@dataclass(frozen=True)
class Job:
    """One plan, its data, and the folder the run goes into."""

    plan: Plan
    material: Material
    as_of: date | None
    folder: Path
    key: str
    secret: bytes  # of the workspace, for what stands in place of small counts


def open_plan(plan_file: Path) -> tuple[Plan, Catalog]:
    """The plan and its catalogue; all that the checks reject at once, before a data file is opened."""
    document = load(plan_file, PlanError)
    plan, wrong = as_far(document)
    require(wrong if plan is None else ())
    catalog = read_catalog(open_workspace(plan_file.parent))
    found = checked(document, catalog, plan_file, date.today())
    require(found.rejected)
    assert found.plan is not None  # else something is wrong with it
    return found.plan, catalog


def run_key(plan: Plan, material: Material, as_of: date | None) -> str:
    """SHA-256 of all that decides the figures: plan, data, their layouts, as-of day, version."""
    asked = {
        "plan": plan.hash(),
        "inputs": {name: [shot.sha256, shot.path.name] for name, shot in sorted(material.snapshots.items())},
        "cards": {name: card.model_dump(mode="json") for name, card in sorted(material.cards.items())},
        "as_of": as_of.isoformat() if as_of else None,
        "version": __version__,
    }
    if material.codes is not None:
        asked["codes"] = material.codes.version
    if material.mix is not None:
        asked["mix"] = material.mix.sha256
    if material.links is not None:
        asked["neighbours"] = material.links[1].sha256
    return hashlib.sha256(json.dumps(asked, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _require_free(job: Job) -> None:
    """The folder is new, empty, or begun by the very same run."""
    mark = job.folder / "run.json"
    if mark.exists():
        if mark.read_text(encoding="utf-8", errors="replace") == _claimed(job):
            return
        raise RunError(
            _("This folder holds a run of another plan or other data."),
            str(job.folder),
            _("Name another folder with --out, or leave --out away."),
        )
    if job.folder.exists() and any(job.folder.iterdir()):
        raise RunError(_("This folder is not empty."), str(job.folder), _("Name a new folder with --out."))


def _claim(job: Job) -> None:
    """Take the folder. Only now is anything written: a plan that its data refuse leaves no trace."""
    (job.folder / "steps").mkdir(parents=True, exist_ok=True)
    write_atomically(job.folder / "run.json", _claimed(job))


def _claimed(job: Job) -> str:
    return json.dumps({"key": job.key})


def _carry_out(job: Job, how: How) -> None:
    panel = build(job.plan, job.material, job.as_of, how.engine)
    if isinstance(panel, RegionPanel):  # steps see no more than a report may tell
        panel, _said = released(panel, job.secret)
    _claim(job)
    steps = job.folder / "steps"
    for half in steps.glob(".*.part"):
        shutil.rmtree(half)
    left = [step for step in job.plan.steps if not (steps / step.method).is_dir()]
    done = len(job.plan.steps) - len(left)
    seconds: dict[str, float] = {}
    for step, took in _results(left, panel, steps, how.workers):
        done += 1
        seconds[step.method] = round(took, 2)
        how.progress(step.method, done, len(job.plan.steps) + 2)
    _close(job, panel, seconds)


def build(plan: Plan, material: Material, as_of: date | None, engine: str) -> AnyPanel:
    """The panel the plan asks for."""
    return (build_panel if plan.panel is None else build_region_panel)(plan, material, as_of, engine)


def region_panel(plan_file: Path, engine: str = "duckdb") -> tuple[RegionPanel, tuple[Message, ...]]:
    """The panel of a plan of tables as it may be handed on, and what of private tables was hidden in it.

    Raises
    ------
    SigunError
        As `run`; PlanError where the plan is one of reports.
    """
    ready(engine)
    plan, catalog = open_plan(Path(plan_file))
    if plan.panel is None:
        raise PlanError(
            _("This plan asks for no panel of tables."),
            str(plan_file),
            _("Name tables under `data.tables` and a `panel`."),
        )
    panel = build_region_panel(plan, collect(plan, catalog), None, engine)
    return released(panel, catalog.workspace.key())


def _results(left: list[Step], panel: AnyPanel, steps: Path, workers: int) -> Iterator[tuple[Step, float]]:
    """Every step that was finished and saved, as it is finished, and the seconds it took."""
    if workers <= 1 or len(left) <= 1:
        for step in left:
            yield step, _one(step, panel, steps)
        return
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    with tempfile.TemporaryDirectory() as scratch:
        packed = Path(scratch) / "panel.pickle"
        packed.write_bytes(pickle.dumps(panel))
        pool = ProcessPoolExecutor(workers, get_context("spawn"), _unpack, (packed,))
        try:
            with _starting_undisturbed():
                waiting = {pool.submit(_one_packed, step, steps): step for step in left}
            for ended in as_completed(waiting):
                yield waiting[ended], ended.result()
        except BrokenProcessPool as bad:
            remedy = _("Memory may have run out: run it again with --workers 1; finished steps are kept.")
            raise RunError(_("A worker process was ended from outside."), str(steps.parent), remedy) from bad
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


_packed: dict[str, AnyPanel] = {}


def _unpack(file: Path) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    _packed["panel"] = pickle.loads(file.read_bytes())


@contextmanager
def _starting_undisturbed() -> Iterator[None]:
    """Workers started here meet a Ctrl-C when they are ready for it, and end without a word: the parent tells."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _one_packed(step: Step, steps: Path) -> float:
    return _one(step, _packed["panel"], steps)


def _one(step: Step, panel: AnyPanel, steps: Path) -> float:
    """Run one step and save its result whole or not at all. A step without an answer is saved with the reason."""
    began = time.perf_counter()
    try:
        result = adapter(step.method)(step, panel, rng_for(panel.plan.seed, step))
    except MethodError as unanswered:
        result = Result(step.method, "description", {}, unanswered.messages())
    half = steps / f".{step.method}.part"
    try:
        save_result(result, half)
        half.rename(steps / step.method)
    finally:
        shutil.rmtree(half, ignore_errors=True)  # there only when it could not be written whole
    return time.perf_counter() - began


def _close(job: Job, panel: AnyPanel, seconds: Mapping[str, float]) -> None:
    """What the run was made from, and its result hash: written last, so that a manifest means a whole run."""
    results: dict[str, Result] = {
        step.method: read_result(job.folder / "steps" / step.method) for step in job.plan.steps
    }
    write_atomically(job.folder / "plan.json", job.plan.model_dump_json(indent=1))
    if isinstance(panel, Panel) and panel.outlines is not None:
        shapes = panel.outlines[["region", "name", "geometry"]].to_crs(4326)
        write_atomically(job.folder / "outlines.geojson", shapes.to_json())
    inputs = panel.sources.rename(columns={"id": "card"})[["card", "title", "file", "sha256", "rows"]]
    manifest = {
        "key": job.key,
        "plan_hash": job.plan.hash(),
        "result_hash": result_hash(results),
        "inputs": json.loads(inputs.to_json(orient="records")),
        "version": __version__,
        "as_of": job.as_of.isoformat() if job.as_of else None,
        **panel.manifest(),
        "seconds": dict(seconds),
    }
    write_atomically(job.folder / "manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1))


@contextmanager
def mended(folder: Path) -> Iterator[None]:
    """A full disk or a locked folder, said so that the reader can mend it."""
    try:
        yield
    except OSError as bad:
        if bad.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            remedy = _("Free some space and run it again: finished steps are kept.")
            raise RunError(_("The disk is full."), str(bad.filename or folder), remedy) from bad
        if bad.errno in (errno.EACCES, errno.EROFS, errno.EPERM, errno.ENOTDIR, errno.EEXIST):
            remedy = _("Choose a folder you may write to (--out), or close the program that holds it.")
            raise RunError(_("The folder cannot be written."), str(bad.filename or folder), remedy) from bad
        raise


def unanswered(report: Path) -> list[str]:
    """The steps of the run of `report` that had no answer on these data, each with the reason."""
    run_folder = read_run(report.parent)
    return [
        _("{method}: left out. {reason}").format(method=name, reason=" ".join(map(str, result.cautions)))
        for name, result in run_folder.results.items()
        if not result.tables
    ]
