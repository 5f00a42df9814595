"""What the guard rails look at (점검 대상): the document as written, the plan in it, the catalogue, the day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sigun.catalog.algebra import Kind
from sigun.catalog.card import Card
from sigun.catalog.guard.finding import Finding, Repair, Verdict, written
from sigun.catalog.store import Catalog
from sigun.errors import Place
from sigun.plan.model import Plan
from sigun.plan.part import strings
from sigun.plan.variables import Regional, Variable
from sigun.text import Message

ID = re.compile(r"[a-z][a-z0-9_]*")
WORDS = ("title", "question")
"""Keys of the document whose words stand outside `proposal`."""


@dataclass(frozen=True)
class Asked:
    """One plan document before its checks."""

    data: Any  # as YAML told it
    plan: Plan | None  # none where it cannot be understood
    catalog: Catalog
    kinds: Mapping[str, Kind]  # of the panel's columns, where the catalogue tells
    today: date

    @cached_property
    def texts(self) -> tuple[tuple[Place, str], ...]:
        """Every text of the document that is more than an id, and where it stands; names under `starts` too."""
        return tuple(self._texts())

    def _texts(self) -> Iterator[tuple[Place, str]]:
        yield from ((place, text) for place, text in strings(self.data) if not ID.fullmatch(text))
        for at, step in enumerate(self.steps()):
            treatment = step.get("treatment")
            starts = treatment.get("starts") if isinstance(treatment, dict) else None
            for name in starts if isinstance(starts, dict) else ():
                if isinstance(name, str):
                    yield ("steps", at, "treatment", "starts", name), name

    def steps(self) -> list[dict[Any, Any]]:
        """The steps as written; what is no step is an empty one, so that places stay right."""
        said = self.data.get("steps") if isinstance(self.data, dict) else None
        return [one if isinstance(one, dict) else {} for one in said] if isinstance(said, list) else []

    def proposal(self) -> Any:
        """The words of the 기획안 as written; an empty table where there are none."""
        said = self.data.get("proposal") if isinstance(self.data, dict) else None
        return said if isinstance(said, dict) else {}

    def prose(self, *keys: str) -> Iterator[tuple[Place, str]]:
        """The texts under these keys of the document or of `proposal`."""
        for key in keys:
            if key in WORDS:
                yield from strings(self.data.get(key) if isinstance(self.data, dict) else None, (key,))
            else:
                yield from strings(self.proposal().get(key), ("proposal", key))

    def of_panel(self) -> Iterator[tuple[Place, Variable, Card]]:
        """Each variable of the panel whose card is there, and its place in the file."""
        panel: Regional | None = self.plan.panel if self.plan is not None else None
        for variable in panel.variables if panel is not None else ():
            card = self.catalog.cards.get(variable.table)
            if card is not None:
                yield self.place_of(variable.id), variable, card

    def place_of(self, column: str) -> Place:
        """Where in the file a column of the panel is written."""
        panel = self.data.get("panel") if isinstance(self.data, dict) else None
        for part in ("variables", "derived"):
            said = panel.get(part) if isinstance(panel, dict) else None
            for at, one in enumerate(said if isinstance(said, list) else ()):
                if isinstance(one, dict) and one.get("id") == column:
                    return ("panel", part, at)
        return ("panel",)


def finding(
    rule: str, place: Place, verdict: Verdict, said: Message, remedy: Message, repair: Repair | None = None
) -> Finding:
    """A finding of a guard rail."""
    return Finding(rule, written(place) or "plan", said, verdict, remedy, repair)
