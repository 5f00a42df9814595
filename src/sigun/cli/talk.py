"""`sigun talk`: a plan changed in dialogue, each turn shown and undoable (대화)."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from sigun.cli.plans import PlanFile
from sigun.cli.show import line, told
from sigun.errors import SigunError
from sigun.text import _

if TYPE_CHECKING:
    from sigun.catalog.store import Catalog
    from sigun.proposal.talk.kept import Conversation
    from sigun.proposal.talk.turn import Turn

ENDS = ("끝", "그만", "나가기", "quit", "exit", "q")
BACK = re.compile(
    r"(?:방금\s?(?:것|거|한\s?것)\S*\s?)?(?:되돌려|되돌리기|되돌리자|취소)(?:\s?(?:(?:해\s?)?(?:줘|주세요)|해|하자))?[.!\s]*|undo|u",
    re.IGNORECASE,
)
SHOWN = 40  # lines of a difference


def talk(
    plan: PlanFile,
    said: Annotated[str, typer.Argument(metavar="[TEXT]", help=_("What to change; left out, it asks."))] = "",
    undo: Annotated[bool, typer.Option("--undo", help=_("Take the last change back."))] = False,
) -> None:
    """One turn, or a conversation at the console."""
    from sigun.catalog.store import read_catalog
    from sigun.proposal.talk.kept import Conversation
    from sigun.settings import open_workspace

    with told():
        catalog = read_catalog(open_workspace(plan.parent))
        conversation = Conversation(plan)
        if undo or BACK.fullmatch(said.strip()):
            _undo(conversation)
        elif said:
            _turn(conversation, catalog, said)
        else:
            converse(conversation, catalog)


def converse(conversation: Conversation, catalog: Catalog) -> None:
    """Ask until the person has had enough."""
    line(_("Say what to change. “undo” takes the last change back, “quit” ends."))
    while True:
        try:
            said = typer.prompt(">", default="", show_default=False).strip()
        except (EOFError, typer.Abort):
            return
        if said.lower() in ENDS:
            return
        try:
            if BACK.fullmatch(said):
                _undo(conversation)
            elif said:
                _turn(conversation, catalog, said)
        except SigunError as problem:
            line(f"  ! {problem.what} {problem.remedy}")


def _turn(conversation: Conversation, catalog: Catalog, said: str) -> None:
    from sigun.proposal.talk.model import understood

    made = understood(conversation.plan, said, catalog, date.today())
    conversation.add(made)
    show(made)


def show(made: Turn) -> None:
    """What was done, what was not, and the lines of the plan that changed."""
    for message in made.did:
        line(f"  {message}")
    for message in made.could_not:
        line(f"  ! {message}")
    for one in made.diff[:SHOWN]:
        line(f"    {one}")
    if len(made.diff) > SHOWN:
        line(_("    … and {n} more lines").format(n=len(made.diff) - SHOWN))


def _undo(conversation: Conversation) -> None:
    from sigun.proposal.talk.turn import difference

    before = conversation.plan
    after = conversation.undo()
    line(_("  Taken back."))
    for one in difference(before, after)[:SHOWN]:
        line(f"    {one}")
