"""`sigun check`: every finding on a plan at once, repairs, and a trial of it (점검)."""

from __future__ import annotations

import difflib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sigun.cli.documents import tell_drift
from sigun.cli.show import err, line, told
from sigun.text import N_, _

if TYPE_CHECKING:
    from sigun.catalog.guard import Checked, Finding
    from sigun.catalog.store import Catalog
    from sigun.plan.read import Document

HEADINGS: Mapping[str, str] = {
    "reject": N_("Not run like this ({n}):"),
    "fix": N_("To be mended in the words ({n}):"),
    "warn": N_("To be kept in mind ({n}):"),
    "accept": N_("Noted ({n}):"),
}
ROUNDS = 5  # of repairs: one that is made may bring the next to light


def check(
    plan: Annotated[Path, typer.Argument(help=_("A plan (YAML), or a document that carries one."))],
    fix: Annotated[bool, typer.Option("--fix", help=_("Carry the sure repairs out, and show what changed."))] = False,
    trial: Annotated[
        bool, typer.Option("--trial/--no-trial", help=_("Try the plan on its data, without a run."))
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help=_("For programs: findings as JSON."))] = False,
) -> None:
    """All findings by verdict; what is rejected ends with an exit code that is not zero."""
    with told():
        document, catalog, found = _looked_at(plan)
        if fix:
            document, found = _mended(document, catalog, found)
        every = [*found.findings, *(_tried(found, catalog) if trial and not found.rejected else ())]
        if as_json:
            line(json.dumps(_as_data(plan, every), ensure_ascii=False, indent=1))
        else:
            tell_drift(plan)
            _tell(every)
        stopped = [one.problem() for one in every if one.verdict == "reject"]
        if stopped:
            raise typer.Exit(stopped[0].exit_code)
        if not as_json and found.plan is not None:
            from sigun.catalog.use import named

            _tell_ready(every, len(found.plan.steps), len(set(named(found.plan))))


def _tell_ready(every: Sequence[Finding], steps: int, cards: int) -> None:
    """That it runs; and that something is to be seen to all the same, where something is."""
    if any(one.verdict in ("fix", "warn") for one in every):
        said = _("The plan runs as it is ({steps} steps, {cards} data sets); see to what is told above first.")
    else:
        said = _("The plan is in order: {steps} steps, {cards} data sets.")
    line(said.format(steps=steps, cards=cards))


def _looked_at(plan: Path) -> tuple[Document, Catalog, Checked]:
    from sigun.catalog.guard import checked
    from sigun.catalog.store import read_catalog
    from sigun.errors import PlanError
    from sigun.plan.read import load
    from sigun.settings import open_workspace

    document = load(plan, PlanError)
    catalog = read_catalog(open_workspace(plan.parent))
    return document, catalog, checked(document, catalog, plan, date.today())


def _mended(document: Document, catalog: Catalog, found: Checked) -> tuple[Document, Checked]:
    """The document with its repairs, written over the file once the file before is kept beside it."""
    from sigun.catalog.guard import checked, repairs
    from sigun.catalog.guard.rewrite import rewritten
    from sigun.errors import PlanError
    from sigun.plan.carried import is_document
    from sigun.plan.read import load
    from sigun.result import write_atomically

    file = document.path
    if is_document(file):
        remedy = _("Take the plan out first: sigun document {file} --back").format(file=file)
        raise PlanError(_("Repairs are made in a plan's own file, not in a document."), str(file), remedy)
    before = file.read_text(encoding="utf-8-sig")
    kept = file.with_name(file.name + ".bak")
    for round_ in range(ROUNDS):
        todo = repairs(found.findings, asked=True)
        if not todo:
            break
        if round_ == 0:
            write_atomically(kept, before)
        write_atomically(file, rewritten(file.read_text(encoding="utf-8-sig"), document.data, todo))
        document = load(file, PlanError)
        found = checked(document, catalog, file, date.today())
    _show(before, file.read_text(encoding="utf-8-sig"), file, kept)
    return document, found


def _show(before: str, after: str, file: Path, kept: Path) -> None:
    changes = difflib.unified_diff(before.splitlines(), after.splitlines(), kept.name, file.name, lineterm="", n=1)
    shown = list(changes)
    for one in shown:
        err.print(one, markup=False)
    said = _("Repaired. The file as it was: {path}").format(path=kept) if shown else _("There is nothing to repair.")
    err.print(said, markup=False)


def _tried(found: Checked, catalog: Catalog) -> Sequence[Finding]:
    from sigun.proposal.trial import trial

    return trial(found.plan, catalog) if found.plan is not None else ()


def _tell(every: Sequence[Finding]) -> None:
    """Findings by verdict: what stops a run on the error stream, the rest on the other."""
    from sigun.catalog.guard import VERDICTS

    for verdict in VERDICTS:
        group = [one for one in every if one.verdict == verdict]
        show = (lambda text: err.print(text, markup=False, style="red")) if verdict == "reject" else line
        if group:
            show(_(HEADINGS[verdict]).format(n=len(group)))
        for number, one in enumerate(group, 1):
            show(f"{number}. {_told(one)}")


def _told(one: Finding) -> str:
    """One finding in words, as errors are told."""
    rows = [f"[{one.rule}] {one.said}", f"  {_('where')}: {one.where or one.path}"]
    rows += [f"  {_('what to do')}: {one.remedy}"] if str(one.remedy) else []
    rows += [f"  {_('repair')}: {_repair(one)}"] if one.repair is not None else []
    return "\n".join(rows)


def _repair(one: Finding) -> str:
    """What would be changed, and whether `--fix` does it."""
    repair = one.repair
    assert repair is not None  # asked for only where there is one
    place = ".".join(map(str, repair.place))
    if repair.renamed is not None:
        change = _("{place} → {name}").format(place=place, name=repair.renamed)
    elif repair.removed:
        change = _("{place}: taken out").format(place=place)
    else:
        change = _("{place}: {value}").format(place=place, value=str(repair.value)[:80])
    return (
        change
        if repair.safe or one.verdict in ("reject", "fix")
        else _("{change} (only by hand)").format(change=change)
    )


def _as_data(plan: Path, every: Sequence[Finding]) -> dict[str, object]:
    rows = [
        {
            "rule": one.rule,
            "path": one.path,
            "verdict": one.verdict,
            "said": str(one.said),
            "remedy": str(one.remedy),
            "where": one.where,
            "repair": None if one.repair is None else {
                "path": ".".join(map(str, one.repair.place)), "value": one.repair.value,
                "removed": one.repair.removed, "renamed": one.repair.renamed, "safe": one.repair.safe,
            },
        }
        for one in every
    ]  # fmt: skip
    return {"plan": str(plan), "rejected": sum(one.verdict == "reject" for one in every), "findings": rows}
