"""`sigun propose`: from a sentence to a plan that runs, with what was understood, chosen and left open."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sigun.cli.show import line, told
from sigun.text import _

if TYPE_CHECKING:
    from sigun.catalog.store import Catalog
    from sigun.plan.model import Plan
    from sigun.proposal.draft import Draft

WIDE = 300  # letters of a value on the screen
LISTED = 12  # data sets where none fits
SHOWN = 6  # choices, data sets and questions on the screen; the file has all


def propose(
    context: typer.Context,
    sentence: Annotated[str, typer.Argument(help=_("The problem in a sentence of your own."))],
    out: Annotated[Path | None, typer.Option("--out", help=_("The plan's file; plans/ID.yaml unless said."))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("What was found, as JSON."))] = False,
    interactive: Annotated[
        bool, typer.Option("--interactive", help=_("Answer the open questions, then change the draft by saying so."))
    ] = False,
    model: Annotated[
        bool, typer.Option("--model", help=_("Have the language model that is set up word the draft."))
    ] = False,
) -> None:
    """A draft by rules: no network, and no language model unless asked for."""
    from sigun.catalog.store import read_catalog
    from sigun.proposal.draft import draft
    from sigun.settings import open_workspace

    with told():
        workspace = open_workspace(Path() if out is None else _nearest(out))
        catalog = read_catalog(workspace)
        made = draft(sentence, catalog, date.today(), "en" if context.obj == "en" else "ko")  # approvals end on days
        if made.plan is None:
            _tell_nothing(made, as_json, catalog)
            raise typer.Exit(0 if made.verdict == "refused" else NOTHING)
        plan = _worded(made.plan, catalog) if model else made.plan
        plan = _answered(plan) if interactive else plan
        path = _free(out, workspace.plans, plan)
        _write(plan, path)
        if as_json:
            line(json.dumps(_as_json(made, path), ensure_ascii=False, indent=1))
        else:
            _tell(made, plan, path, catalog)
        if interactive:
            _converse(path, catalog)


NOTHING = 14
"""Exit code where nothing fits: as of a plan that asks for what the catalogue does not have."""


def _nearest(out: Path) -> Path:
    """The folder of a file to be written, or the nearest above it that is there: the plan belongs to its workspace."""
    return next(folder for folder in out.absolute().parents if folder.is_dir())


def _free(out: Path | None, folder: Path, plan: Plan) -> Path:
    """The file asked for; none is written over, the next free number is taken where none was named."""
    from sigun.errors import PlanError

    if out is not None:
        if out.exists():
            raise PlanError(_("There is a file already."), str(out), _("Name another with --out, or delete it first."))
        return out
    names = (f"{plan.id}{number}.yaml" for number in ("", *(f"_{n}" for n in range(2, 1000))))
    return next(folder / name for name in names if not (folder / name).exists())


def _write(plan: Plan, path: Path) -> None:
    from sigun.plan.write import write_plan

    write_plan(plan, path)


def _worded(plan: Plan, catalog: Catalog) -> Plan:
    """The plan after a model was asked, and what it changed field by field; the rule draft where it gave nothing."""
    from sigun.errors import SettingsError
    from sigun.proposal.model.endpoint import HOW, read_endpoint
    from sigun.proposal.model.improve import faults_in, improve

    endpoint = read_endpoint(catalog.workspace)
    if endpoint is None:
        raise SettingsError(_("No language model is set up."), str(catalog.workspace.root), _(HOW))
    made = improve(plan, catalog, endpoint, faults_in(catalog, date.today()))
    _some(_("The language model"), [str(message) for message in made.said])
    for change in made.changes:
        line(f"  {change.path}")
        line(f"    - {_short(change.before)}")
        line(f"    + {_short(change.after)}")
    return made.plan


def _short(value: object) -> str:
    """As much of a value as a line holds."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= WIDE else text[: WIDE - 1] + "…"


def _converse(path: Path, catalog: Catalog) -> None:
    from sigun.cli.talk import converse
    from sigun.proposal.talk.kept import Conversation

    converse(Conversation(path), catalog)


def _answered(plan: Plan) -> Plan:
    """The plan with answers to its open questions; Enter leaves one open."""
    assert plan.proposal is not None  # a draft has one
    answered = []
    for question in plan.proposal.open:
        line(f"? {question.asks}")
        said = typer.prompt(_("Answer (Enter: later)"), default="", show_default=False)
        answered.append(question.model_copy(update={"answer": str(said).strip()[:400]}))
    return plan.model_copy(update={"proposal": plan.proposal.model_copy(update={"open": tuple(answered)})})


def _tell(made: Draft, plan: Plan, path: Path, catalog: Catalog) -> None:
    """What was understood, found, chosen, asked and missing; then the next command."""
    from sigun.plan.families import families
    from sigun.proposal.draft.build import FAMILY_WORDS

    words = plan.proposal
    assert words is not None and made.asked is not None  # a draft has both
    line(_("Understood"))
    if made.asked.things:
        line("  " + _("about: {names}").format(names=", ".join(_named(made))))
    line("  " + _("analysis: {names}").format(names=", ".join(_(FAMILY_WORDS[f]) for f in families(plan))))
    line("  " + _("title: {title}").format(title=plan.title))
    _some(_("Data"), [f"{use.id} · {_title(catalog, use.id)} ({use.purpose})" for use in words.data])
    _some(_("Chosen because"), [reason.said for reason in words.reasons], SHOWN + 2)
    _some(_("Note"), [str(message) for message in made.said])
    _some(_("Questions to you"), [question.asks for question in words.open if not question.answer])
    _some(
        _("Data still missing, and where they are published"), [f"{one.what}: {one.where}" for one in words.lacking], 4
    )
    line(_("Plan: {plan}").format(plan=path))
    line(_("Next: sigun run {plan}").format(plan=path))


def _named(made: Draft) -> list[str]:
    things = made.asked.named or made.asked.things if made.asked is not None else ()
    return [thing.name if thing.name == thing.said else f"{thing.name} (“{thing.said}”)" for thing in things[:4]]


def _some(head: str, lines: list[str], most: int = SHOWN, in_file: bool = True) -> None:
    if not lines:
        return
    line(head)
    for one in lines[:most]:
        line(f"  - {one}")
    if len(lines) > most:
        rest = _("… and {n} more in the file") if in_file else _("… and {n} more")
        line("  " + rest.format(n=len(lines) - most))


def _title(catalog: Catalog, name: str) -> str:
    card = catalog.cards.get(name)
    return card.title if card is not None else name


def _tell_nothing(made: Draft, as_json: bool, catalog: Catalog) -> None:
    """Why there is no draft, and what there could be instead."""
    if as_json:
        line(json.dumps(_as_json(made, None), ensure_ascii=False, indent=1))
        return
    _some(_("Note"), [str(message) for message in made.said])
    if made.refusal is not None:
        line(_("No draft is made of this."))
        line(f"  - {made.refusal.what}")
        line(f"  - {made.refusal.instead}")
        return
    line(_("Nothing in the catalogue fits this sentence."))
    needed = [f"{one.what}: {one.where}" for one in made.lacking]
    _some(_("What would be needed, and where it is published"), needed, in_file=False)
    cards = [f"{name} · {card.title}" for name, card in sorted(catalog.cards.items())]
    _some(_("What the catalogue has"), cards, LISTED, in_file=False)
    if len(cards) > LISTED:
        line("  " + _("All of them: sigun data list"))
    line(_("Next: add a file with `sigun data add`, or say the problem in other words."))


def _as_json(made: Draft, path: Path | None) -> dict[str, Any]:
    words = made.plan.proposal if made.plan is not None else None
    return {
        "verdict": made.verdict,
        "plan": None if path is None else str(path),
        "title": "" if made.plan is None else made.plan.title,
        "hits": [{"id": hit.entry.id, "score": hit.score, "why": [str(one) for one in hit.why]} for hit in made.hits],
        "said": [str(one) for one in made.said],
        "refused": None if made.refusal is None else {"what": str(made.refusal.what), "instead": made.refusal.sentence},
        "open": [] if words is None else [one.asks for one in words.open],
        "lacking": [one.model_dump() for one in (words.lacking if words is not None else made.lacking)],
    }
