"""What a check of a plan finds (점검 소견): rule, place, words, verdict, and how it could be mended."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from sigun.errors import Place, PlanError, SigunError
from sigun.text import Message

Verdict = Literal["accept", "warn", "fix", "reject"]
"""수용 · 주의 · 보완 · 반려: noted; runs, and a reader should know; runs, words to be mended; does not run."""

VERDICTS: tuple[Verdict, ...] = ("reject", "fix", "warn", "accept")
"""The gravest first."""


@dataclass(frozen=True)
class Repair:
    """One change of the document that mends a finding: another value or key at a place, or the place taken out."""

    place: Place
    value: Any = None  # what YAML can hold
    removed: bool = False
    renamed: str | None = None  # the key that must have been meant
    safe: bool = False  # it cannot change what is asked; the others are applied only where a person asks for it


@dataclass(frozen=True)
class Finding:
    """One thing a check has to say of a plan."""

    rule: str  # G1 … G12, see docs/reference/checks.md
    path: str  # of the value in the plan file: "panel.derived.2.of"; "catalog.CARD.title" where a card says it
    said: Message | str
    verdict: Verdict
    remedy: Message | str = ""
    repair: Repair | None = None
    where: str = ""  # file and line, for the reader
    error: SigunError | None = field(default=None, compare=False, repr=False)  # the problem it was carried over from

    def problem(self) -> SigunError:
        """The finding as what stops a run."""
        return self.error or PlanError(self.said, self.where or self.path, self.remedy)


def written(place: Place) -> str:
    """A place as people write it.

    >>> written(("panel", "derived", 2, "of"))
    'panel.derived.2.of'
    """
    return ".".join(map(str, place))
