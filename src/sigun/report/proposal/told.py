"""What a 기획안 may say (말할 거리): the plan and what the catalogue knows of its data, each with its reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from sigun import __version__
from sigun.plan.families import families
from sigun.plan.model import Plan
from sigun.plan.privacy import Privacy
from sigun.plan.proposal import Proposal
from sigun.report.evidence import shown
from sigun.report.refs import Ref, walk
from sigun.report.wording import Sentence, Shown
from sigun.text import _


@dataclass(frozen=True)
class CardFacts:
    """What a 기획안 says of a data set."""

    title: str
    owner: str = ""  # 보유기관
    grade: str = "O"
    approval: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)  # id of a column -> its title
    made_up: bool = False


class Told:
    """Values of the plan, of its cards, and of the document, by reference."""

    def __init__(self, plan: Plan, cards: Mapping[str, CardFacts]) -> None:
        self.plan, self.cards = plan, cards
        self.words = plan.proposal or Proposal()
        rule = (plan.privacy or Privacy()).model_dump(mode="json")  # what holds, said or not
        self._roots = {
            "plan": plan.model_dump(mode="json") | {"proposal": self.words.model_dump(mode="json"), "privacy": rule},
            "card": {name: asdict(facts) for name, facts in cards.items()},
            "document": {
                "families": families(plan),
                "plan_hash": plan.hash(),
                "hash": plan.document_hash(),
                "version": __version__,
            },
        }

    def resolve(self, ref: Ref) -> Any:
        """The value a reference names.

        Raises
        ------
        KeyError
            There is no such value.
        """
        return walk(self._roots[ref.source], ref)

    def say(self, path: str, form: str = "word", source: str = "plan") -> Shown:
        """A value of the plan."""
        ref = Ref(source, "", path)
        return shown(self.resolve(ref), ref, form)

    def text(self, path: str, written: str) -> Shown:
        """A value of the plan, written in a way of its own."""
        return Shown(written, Ref("plan", "", path))

    def short(self, checksum: str) -> Shown:
        """The beginning of a checksum of the document."""
        ref = Ref("document", "", checksum)
        return Shown(str(self.resolve(ref))[:12], ref)

    def called(self, path: str, words: Mapping[str, str], source: str = "plan") -> Shown:
        """A word of a closed vocabulary, as the reader calls it."""
        ref = Ref(source, "", path)
        return Shown(_(words[self.resolve(ref)]), ref)

    def prose(self, path: str) -> tuple[Sentence, ...]:
        """A field of prose, a sentence a line."""
        ref = Ref("plan", "", path)
        lines = [line.strip() for line in str(self.resolve(ref)).splitlines()]
        return tuple(Sentence((Shown(line, ref),)) for line in lines if line)

    def each(self, path: str) -> tuple[Shown, ...]:
        """Every text of a list."""
        return tuple(self.say(f"{path}.{i}") for i in range(self.count(path)))

    def count(self, path: str, source: str = "plan") -> int:
        """How many stand in a list."""
        return len(self.resolve(Ref(source, "", path)))

    def used(self) -> Iterator[tuple[str, str]]:
        """Each data set the plan names, once, and the path it stands at."""
        seen: set[str] = set()
        for role in type(self.plan.data).model_fields:
            said = getattr(self.plan.data, role)
            several = said if isinstance(said, tuple) else (said,) if said else ()
            for i, name in enumerate(several):
                if name not in seen:
                    seen.add(name)
                    yield name, f"data.{role}.{i}" if isinstance(said, tuple) else f"data.{role}"

    def card(self, name: str, path: str, what: str = "title") -> Shown:
        """What the catalogue says of a data set; its id where there is no such card."""
        if name in self.cards:
            return self.say(f"{name}.{what}", "word", "card")
        return self.say(path)

    def column(self, name: str, path: str) -> Shown:
        """A column of the panel as the reader calls it: by its own title, its card's, or its id."""
        panel = self.plan.panel
        for part, several in (("variables", panel.variables), ("derived", panel.derived)) if panel else ():
            for i, one in enumerate(several):
                if one.id == name and one.title:
                    return self.say(f"panel.{part}.{i}.title")
        for card in self._tables(name):
            taken = card[1]
            if card[0] in self.cards and taken in self.cards[card[0]].columns:
                return self.say(f"{card[0]}.columns.{taken}", "word", "card")
        return self.say(path)

    def _tables(self, name: str) -> Iterator[tuple[str, str]]:
        """Cards in which the column may stand, and what it is called there."""
        variable = self.plan.panel.variable(name) if self.plan.panel else None
        if variable is not None:
            yield variable.table, variable.taken()[0]
        for card in (*self.plan.data.areas, *self.plan.data.area_periods):
            yield card, name
