"""The conversation, kept beside the plan (대화 기록): every turn with the plan after it, so that each can be undone."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from sigun.errors import PlanError
from sigun.plan.carried import is_document
from sigun.plan.model import Plan
from sigun.plan.read import LOADER, read_plan
from sigun.plan.write import plan_yaml, write_plan
from sigun.proposal.lines import append_line
from sigun.proposal.talk.turn import Turn
from sigun.text import _

UNDONE = "undo"
MOST = 200  # turns that are read, the last ones
LARGEST = 50_000_000  # bytes


@dataclass(frozen=True)
class Said:
    """One line of the conversation."""

    kind: str  # draft | turn | undo | hand
    said: str
    plan: Plan  # after it
    did: tuple[str, ...] = ()


class Conversation:
    """What was said about one plan file, and the plans it went through."""

    def __init__(self, plan_file: Path) -> None:
        self.plan_file = plan_file
        self.file = plan_file.with_suffix(".talk.jsonl")
        if is_document(plan_file):
            raise PlanError(
                _("A conversation changes a plan's own file, not a document."),
                str(plan_file),
                _("Take the plan out first: sigun document {file} --back").format(file=plan_file),
            )
        self.turns: list[Said] = []
        self.look()

    def look(self) -> None:
        """Read the conversation and the plan as they are now: both may have been changed meanwhile, by hand or not."""
        _mend(self.file)
        self.turns = list(_read(self.file))
        now = read_plan(self.plan_file)
        if not self.turns:
            sentence = now.proposal.sentence if now.proposal is not None else now.question
            self._keep(Said("draft", sentence, now))
        elif self.plan != now:  # somebody changed the file by hand: that is a turn, too
            self._keep(Said("hand", "", now))

    @property
    def _states(self) -> list[Plan]:
        """The plans one can go back to, the present one last."""
        states: list[Plan] = []
        for one in self.turns:
            if one.kind == UNDONE:
                states = states[:-1] if len(states) > 1 else [one.plan]
            else:
                states.append(one.plan)
        return states

    @property
    def plan(self) -> Plan:
        """As it is now."""
        return self._states[-1]

    def add(self, made: Turn) -> None:
        """Keep a turn; the plan file is written where it changed something.

        Raises
        ------
        PlanError
            Somebody else changed the plan since this conversation last looked; nothing is written.
        """
        self._require_untouched()
        if made.changed:
            write_plan(made.plan, self.plan_file)
        self._keep(Said("turn", made.said, made.plan, tuple(map(str, (*made.did, *made.could_not)))))

    def undo(self) -> Plan:
        """Back to the plan before the last turn that changed something.

        Raises
        ------
        PlanError
            There is nothing to undo.
        """
        self._require_untouched()
        states = self._states
        changed = [plan for plan in states if plan != states[-1]]
        if not changed:
            raise PlanError(_("There is nothing to undo."), str(self.file), _("Say what you want changed."))
        while len(self._states) > 1 and self._states[-1] == states[-1]:
            self._keep(Said(UNDONE, "", self._states[-2]))
        write_plan(self.plan, self.plan_file)
        return self.plan

    def _require_untouched(self) -> None:
        """The plan file is the one this conversation is about; where it is not, it is looked at anew."""
        if read_plan(self.plan_file) == self.plan:
            return
        self.look()
        raise PlanError(
            _("The plan was changed elsewhere meanwhile; this turn was not carried out, nothing is lost."),
            str(self.plan_file),
            _("Look at the plan, and say it again."),
        )

    def _keep(self, one: Said) -> None:
        """A whole line or none: half of one would keep the conversation from being read."""
        line = {"kind": one.kind, "said": one.said, "did": list(one.did), "plan": plan_yaml(one.plan)}
        append_line(self.file, json.dumps(line, ensure_ascii=False))
        self.turns.append(one)


def _mend(file: Path) -> None:
    """End the last line; where it was cut in the middle (the machine stopped), what was written of it goes."""
    if not file.exists() or file.stat().st_size > LARGEST:
        return
    held = file.read_bytes()
    whole = held.rfind(b"\n") + 1
    if whole == len(held) or not whole:
        return
    try:
        json.loads(held[whole:])
    except ValueError:
        os.truncate(file, whole)
    else:
        file.write_bytes(held + b"\n")


def _read(file: Path) -> Iterator[Said]:
    """What was kept.

    Raises
    ------
    PlanError
        The file was changed so that it cannot be read.
    """
    if not file.exists():
        return
    if file.stat().st_size > LARGEST:
        raise _broken(file, 0, _("it is too large"))
    lines = file.read_text(encoding="utf-8", errors="replace").split("\n")
    first = max(1, len(lines) - MOST)
    for at, line in enumerate(lines[first - 1 : None if lines[-1] else -1], first):
        try:
            told: Mapping[str, Any] = json.loads(line)
            plan = Plan.model_validate(yaml.load(told["plan"], Loader=LOADER))
            yield Said(str(told["kind"]), str(told["said"]), plan, tuple(map(str, told["did"])))
        except (ValueError, LookupError, TypeError, yaml.YAMLError, ValidationError, RecursionError) as bad:
            raise _broken(file, at, str(bad).splitlines()[0][:200]) from bad


def _broken(file: Path, at: int, why: str) -> PlanError:
    return PlanError(
        _("The conversation kept beside the plan cannot be read: {why}.").format(why=why),
        f"{file}:{at}",
        _("Delete or rename that file: the plan itself is not touched, and a new conversation begins."),
    )
