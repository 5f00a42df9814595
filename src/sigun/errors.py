"""What can go wrong and how it is said: what, where, and what to do (무엇이, 어디서, 어떻게)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Self, TypeVar

from sigun.text import Message, _

Place = tuple[str | int, ...]
"""Where in a document a value stands: `("panel", "variables", 2, "column")`."""


class SigunError(Exception):
    """A failure the reader can mend. Words may be given translated, or as messages to be translated when read."""

    exit_code = 10
    rule = ""  # of the checks of a plan (G1 … G12), where one is broken
    place: Place = ()  # of the value in its document, where it is known
    known: tuple[str, ...] = ()  # names that would have been good in its place
    of_key = False  # the key itself is wrong, not what stands under it

    def __init__(self, what: str | Message, where: str | Message, remedy: str | Message) -> None:
        super().__init__(what, where, remedy)  # all three, so that it survives a worker process
        self.said = (what, where, remedy)

    @property
    def what(self) -> str:
        """What is wrong."""
        return str(self.said[0])

    @property
    def where(self) -> str:
        """Where."""
        return str(self.said[1])

    @property
    def remedy(self) -> str:
        """What to do."""
        return str(self.said[2])

    def breaks(self, rule: str, *place: str | int, known: Iterable[str] = (), of_key: bool = False) -> Self:
        """The same error, which now also says which rule of the checks is broken, and by which value."""
        self.rule, self.place, self.known, self.of_key = rule, place, tuple(known), of_key
        return self

    def messages(self) -> tuple[Message, ...]:
        """What is wrong and what to do, to be read later in either language."""
        return tuple(
            m if isinstance(m, Message) else Message("{said}", {"said": m}) for m in (self.said[0], self.said[2])
        )

    def __str__(self) -> str:
        return f"{self.what}\n  {_('where')}: {self.where}\n  {_('what to do')}: {self.remedy}"


class SettingsError(SigunError):
    """The workspace or this machine's settings."""

    exit_code = 11


class IngestError(SigunError):
    """A file that cannot be read as data."""

    exit_code = 12


class CardError(SigunError):
    """A card (자료명세) that is wrong, or contradicts its file."""

    exit_code = 13


class PlanError(SigunError):
    """A plan (분석계획) that is wrong, or asks for what the catalogue does not have."""

    exit_code = 14


class MethodError(SigunError):
    """Data on which the method has no answer; we say so and do not guess."""

    exit_code = 15


class RunError(SigunError):
    """A run that cannot be started, finished or read back."""

    exit_code = 16


class Several(SigunError):
    """Everything that was found wrong, at once."""

    def __init__(self, problems: Sequence[SigunError]) -> None:
        first = problems[0]
        super().__init__("; ".join(p.what for p in problems), first.where, first.remedy)
        self.args = (tuple(problems),)
        self.problems = tuple(problems)
        self.exit_code = first.exit_code

    def __str__(self) -> str:
        return "\n".join(f"{i}. {p}" for i, p in enumerate(self.problems, 1))


Problem = TypeVar("Problem", bound=SigunError)


def under(problems: Iterable[Problem], *place: str | int) -> Iterator[Problem]:
    """The problems of a part of a document, each with the part's own place before it."""
    for problem in problems:
        problem.place = (*place, *problem.place)
        yield problem


def require(problems: Iterable[SigunError]) -> None:
    """Raise what was found wrong, all of it; nothing when there is nothing."""
    found = list(problems)
    if len(found) == 1:
        raise found[0]
    if found:
        raise Several(found)
