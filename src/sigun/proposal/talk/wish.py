"""What somebody may want changed (바람): the words that say it, and the hand that does it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sigun.catalog.search.sentence import tight_of
from sigun.catalog.store import Catalog
from sigun.plan.model import Plan
from sigun.proposal.draft.asked import Asked, understand
from sigun.proposal.draft.holding import Holding, Holdings
from sigun.proposal.draft.shelf import Shelf
from sigun.text import Message

Parts = dict[str, Any]
"""A plan as its file says it, to be changed in place."""


class Cannot(Exception):
    """A wish these data or this plan do not allow; the message says why, and what would be possible."""

    def __init__(self, why: Message) -> None:
        super().__init__(str(why))
        self.why = why


class Unclear(Cannot):
    """It may not be this wish at all: why another one cannot be done is told before this."""


@dataclass
class World:
    """What a wish may look at."""

    plan: Plan
    catalog: Catalog
    text: str  # what was said, without what is personal in it
    today: date
    _shelf: list[Shelf] = field(default_factory=list)

    @property
    def asked(self) -> Asked:
        """What was said, understood as a sentence is."""
        return understand(self.text, self.catalog.workspace.catalog)

    @property
    def shelf(self) -> Shelf:
        """The data sets, those that were spoken of first."""
        if not self._shelf:
            self._shelf.append(Shelf(self.catalog, self.asked, self.today))
        return self._shelf[0]

    def held(self, name: str) -> Holding | None:
        """What a data set holds."""
        return Holdings(self.catalog).of(name)

    @property
    def of_tables(self) -> bool:
        """Whether the plan is of tables of regions."""
        return self.plan.panel is not None


Do = Callable[[re.Match[str], Parts, World], Message]
"""Changes the parts and says what was done.

Raises
------
Cannot
"""


@dataclass(frozen=True)
class Wish:
    """One thing that can be wanted."""

    name: str
    words: re.Pattern[str]
    do: Do
    examples: tuple[str, ...]  # as people say it
    tables: bool | None = None  # of plans of tables alone, of reports alone; none: of both

    def fits(self, world: World) -> bool:
        """Whether it means something for this kind of plan."""
        return self.tables is None or self.tables == world.of_tables


def wish(name: str, words: str, do: Do, *examples: str, tables: bool | None = None) -> Wish:
    """A wish; its words are a pattern whatever the case."""
    return Wish(name, re.compile(words, re.IGNORECASE), do, examples, tables)


def step_of(parts: Mapping[str, Any], method: str) -> dict[str, Any] | None:
    """The step of that method, to be changed; none where there is none."""
    return next((step for step in parts["steps"] if step["method"] == method), None)


NATIVE = ("한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열")
COUNTED = rf"\d{{1,4}}|{'|'.join(NATIVE)}|스무"


def number_of(said: str) -> int | None:
    """The first number of a text, in digits or as one counts places: 열 곳.

    >>> number_of("열 곳"), number_of("15곳"), number_of("몇 곳")
    (10, 15, None)
    """
    digits = re.search(r"\d+", said)
    if digits:
        return int(digits[0])
    counted = re.search(rf"({COUNTED})\s?(?:곳|군데|개)", said)
    if counted is None:
        return None
    return 20 if counted[1] == "스무" else NATIVE.index(counted[1]) + 1


def best(names: Iterable[tuple[str, str]], text: str) -> str | None:
    """The id whose title stands in the text, the longest title first; none where none does.

    >>> best([("fiscal", "재정자립도"), ("rate", "도")], "재정자립도는 빼자")
    'fiscal'
    """
    tight = tight_of(text)
    found = [(len(word), id_) for id_, title in names for word in _words(title) if len(word) > 1 and word in tight]
    return max(found)[1] if found else None


def _words(title: str) -> Iterator[str]:
    """A title as it may be said: whole, or without what stands in brackets."""
    yield tight_of(title)
    short = tight_of(re.sub(r"\(.*?\)|\d+.*$", "", title))
    yield short
    if len(short) > 4:
        yield from (short[:4], short[-4:])
