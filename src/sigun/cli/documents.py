"""`sigun document`, `sigun schema`: a plan as the 기획안 people read, back again, and the frame of its file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigun.cli.show import line, told
from sigun.text import _

if TYPE_CHECKING:
    from sigun.catalog.store import Catalog
    from sigun.text import Language


def document(
    context: typer.Context,
    plan: Annotated[Path, typer.Argument(help=_("A plan (YAML), or a document that carries one."))],
    to: Annotated[
        str, typer.Option("--to", help=_("Format: html, docx, hwpx, pdf; else the ending of --out says."))
    ] = "",
    out: Annotated[Path | None, typer.Option("--out", help=_("File to write; beside the plan unless said."))] = None,
    back: Annotated[
        bool, typer.Option("--back", help=_("The other way: write the plan a document carries as YAML."))
    ] = False,
) -> None:
    """A plan as a document, or the plan out of one."""
    with told():
        if back:
            _back(plan, out)
        else:
            _there(plan, to.lower() or _ending(out) or "html", out, context.obj)


def _ending(out: Path | None) -> str:
    """The format a file's name says; empty where it says none."""
    return out.suffix.lower().removeprefix(".") if out is not None else ""


def _there(file: Path, to: str, out: Path | None, lang: Language | None) -> None:
    from sigun.plan.read import read_plan
    from sigun.report.formats import landing
    from sigun.report.proposal.write import write_proposal

    plan = read_plan(file)
    tell_drift(file)
    target = out / f"{file.stem}.{to}" if out and out.is_dir() else out or file.with_suffix(f".{to}")
    if target.resolve() == file.resolve():  # its words may have been edited: never lost unsaid
        target = file.with_name(f"{file.stem}-2.{to}")
    with landing(target):
        made = write_proposal(plan, _catalog(file), to, target, lang)
    line(_("Proposal: {path}").format(path=made))


def _back(file: Path, out: Path | None) -> None:
    from sigun.errors import PlanError
    from sigun.plan.read import read_plan
    from sigun.plan.write import write_plan

    plan = read_plan(file)
    tell_drift(file)
    target = out or file.with_name(f"{plan.id}.yaml")
    if out is None and target.exists():
        raise PlanError(
            _("There is such a file already."), str(target), _("Name another with --out, or take that one away.")
        )
    line(_("Plan: {plan}").format(plan=write_plan(plan, target)))


def tell_drift(file: Path) -> None:
    """Say where the words of a document and the plan inside it part; nothing of a plan file."""
    from sigun.errors import PlanError
    from sigun.plan.carried import is_document
    from sigun.plan.drift import drift
    from sigun.plan.read import read_plan

    parted = drift(file, read_plan(file), PlanError) if is_document(file) else None
    if parted is None:
        return
    line(
        _("! The words of this document differ from the plan inside it. The plan inside counts: {file}").format(
            file=file
        )
    )
    if parted.fields:
        line(_("  No longer found as the plan says it: {fields}").format(fields=", ".join(parted.fields)))
    line(_("  To keep the changes, take the plan out (`sigun document FILE --back`), write them there, write it anew."))


def _catalog(file: Path) -> Catalog | None:
    """The catalogue of the workspace the file lies in; none outside of one."""
    from sigun.catalog.store import read_catalog
    from sigun.errors import SettingsError
    from sigun.settings import open_workspace

    try:
        workspace = open_workspace(file.resolve().parent)
    except SettingsError:
        return None
    return read_catalog(workspace)


def schema(
    out: Annotated[Path | None, typer.Option("--out", help=_("File to write; printed unless said."))] = None,
) -> None:
    """The JSON Schema of a plan file."""
    from sigun.plan.schema import json_schema
    from sigun.result import write_atomically

    with told():
        text = json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"
        if out is None:
            typer.echo(text, nl=False)
            return
        write_atomically(out, text)
        line(_("Schema: {path}").format(path=out))
