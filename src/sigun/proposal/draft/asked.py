"""What was asked (물음): what the sentence is about, which analysis, where, how far ahead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from sigun.catalog.search import Concept, Lists, concepts, families, lists_of
from sigun.catalog.search.sentence import tight_of
from sigun.catalog.search.wanted import wanted
from sigun.ingest.labels import SIDO
from sigun.plan.families import Family
from sigun.proposal.draft.holding import Level
from sigun.proposal.draft.kept import kept_of, shipped
from sigun.text import Message

PARTICLE = re.compile(
    r"(?:들|별)?(?:은|는|이|가|을|를|의|에|에서|에게|도|와|과|로|으로|만|부터|까지|나|이나|보다|이란|란)?"
)
CLAUSE = re.compile(r" (?:데|곳|면|오면)$|(?<=[가-힣])[을를이가에] |(?:할|갈|맡길|볼|살) ?\S*$")
LEVELS: tuple[tuple[Level, str], ...] = (
    ("dong", r"읍면동|행정동|동별|동네|읍·면·동|법정동|읍별|면별|neighbou?rhood|\bdong\b"),
    ("sigungu", r"시군|시·군|시별|군별|구별|우리\s?시|우리\s?군|\bsigungu\b|municipalit|cities|counties"),
    ("sido", r"시도|시·도|광역|도별|전국\s?시도|provinces?"),
)
AHEAD: tuple[tuple[str, str], ...] = (
    ("7d", r"다음\s?주|내주|한\s?주|일주일|주간|매주|next week|weekly|7일"),
    ("1mo", r"다음\s?달|내달|한\s?달|월간|매월|next month|monthly|30일"),
    ("3mo", r"분기|석\s?달|세\s?달|3개월|next quarter"),
    ("6mo", r"반년|6개월|상반기|하반기"),
    ("12mo", r"내년|다음\s?해|일\s?년|1년|12개월|next year"),
)
IDLE = shipped("idle.txt")
"""Words no list knows and that name nothing: titles of data sets are full of them."""
EXTRA: tuple[tuple[Family, str], ...] = (
    ("factors", r"(?:비싸|싸|없|어려워|힘들어|부족해|멀어|낮아|높아|많아|적어)서\s.*(?:는지|나요|걸까)"),
    ("supply_demand", r"\black(?:s|ing)?\b|\bshort of\b|\bneeds? more\b"),
    ("summary", r"\bhow (?:is|are)\b|\bcompare\b"),
)
"""Words for families beside those of the search."""
PATROL = re.compile(r"순찰|점검|단속|순회|먼저\s?가|어디부터|우선순위|현장|patrol|inspect|priorit", re.IGNORECASE)
PLACES_A_DAY = re.compile(
    r"하루에?\s?(?P<n>\d{1,3})\s?(?:곳|군데|개소|개)|(?P<m>\d{1,3})\s?places?\s+a\s+day", re.IGNORECASE
)


@dataclass(frozen=True)
class Thing:
    """Something the sentence speaks of, and the words it may be found by, best first."""

    name: str
    said: str
    words: tuple[str, ...]
    topic: str = ""
    label: str = ""  # as the sentence calls it, without what grammar hangs on it


@dataclass(frozen=True)
class Asked:
    """A sentence, understood."""

    sentence: str  # without what is personal in it
    things: tuple[Thing, ...]  # in the order of the sentence; words no list knows after them
    families: tuple[tuple[Family, str], ...]  # and the words that say so
    said: tuple[Message, ...]  # what was done to the sentence, and what is odd about it
    lists: Lists
    level: Level | None = None
    ahead: tuple[str, str] | None = None  # horizon, and the words for it
    patrol: str = ""  # the words that ask for a list of places
    capacity: int | None = None  # places a day
    within: tuple[str, ...] = ()  # 시도, by their short names

    @property
    def named(self) -> tuple[Thing, ...]:
        """Things the word list knows."""
        return tuple(thing for thing in self.things if thing.name != thing.said or thing.topic)


def understand(sentence: str, catalog_folder: Path | None) -> Asked:
    """Read a sentence; never raises for what stands in it."""
    kept, said = kept_of(sentence)
    lists = lists_of(catalog_folder)
    lower = kept.casefold()
    return Asked(
        sentence=kept,
        things=_things(kept, lists),
        families=_families(kept),
        said=said,
        lists=lists,
        level=next((level for level, words in LEVELS if re.search(words, lower)), None),
        ahead=next(((span, found[0]) for span, words in AHEAD if (found := re.search(words, lower))), None),
        patrol=found[0] if (found := PATROL.search(kept)) else "",
        capacity=_places_a_day(kept),
        within=_within(kept),
    )


POLICY = re.compile(
    r"지원|장려|수당|보조|정책|제도|조례|규제|단속|요금|무상|사업|인센티브|캠페인|polic|grant|subsid|programme?"
)
"""A measure somebody decided on; a development or a road is compared before and after."""


def _families(text: str) -> tuple[tuple[Family, str], ...]:
    more = [(f, found[0]) for f, words in EXTRA if (found := re.search(words, text.casefold()))]
    said = tuple({family: (family, words) for family, words in reversed((*families(text), *more))}.values())[::-1]
    if POLICY.search(text):
        return said
    return tuple(sorted(said, key=lambda one: one[0] == "effect" and "before_after" in dict(said)))


def _things(sentence: str, lists: Lists) -> tuple[Thing, ...]:
    known = [_thing(concept) for concept in concepts(sentence, lists)]
    unknown = (w for w in wanted(sentence, lists) if w.role is None and len(w.words) == 1)
    stems = [Thing(w.words[0], w.words[0], w.words, label=w.words[0]) for w in unknown]
    taken = {tight_of(word) for thing in known for word in thing.words}
    telling = (thing for thing in stems if thing.name not in IDLE and not thing.name.isdigit())
    return (*known, *(thing for thing in telling if tight_of(thing.name) not in taken))


def _thing(concept: Concept) -> Thing:
    words = dict.fromkeys((*concept.words, concept.name, concept.entry))
    label = concept.entry if concept.entry and _is_noun(concept) else concept.name
    return Thing(concept.name, concept.said, tuple(w for w in words if w and "…" not in w), concept.topic, label)


def _is_noun(concept: Concept) -> bool:
    """Whether what was said can be called so in a title: 방치 차량 can, 애를 안 낳(는지) and 주차할 데 cannot."""
    entry, said = tight_of(concept.entry), tight_of(concept.said)
    if "…" in concept.entry or " " not in concept.entry:
        return "…" not in concept.entry and not _with_particle(concept)
    hanging = said[len(entry) :] if said.startswith(entry) else ""
    return PARTICLE.fullmatch(hanging) is not None and CLAUSE.search(concept.entry) is None


def _with_particle(concept: Concept) -> bool:
    """Whether the list holds the name with a particle: 집값이."""
    return (
        concept.entry.startswith(concept.name)
        and PARTICLE.fullmatch(concept.entry[len(concept.name) :] or "-") is not None
    )


def _places_a_day(text: str) -> int | None:
    found = PLACES_A_DAY.search(text)
    return max(1, int(found["n"] or found["m"])) if found else None


def _within(text: str) -> tuple[str, ...]:
    """시도 the sentence names, by their short names; a city of the same name is none."""
    long = sorted((name for name in SIDO if len(name) > 2 or name in ("서울", "경기", "부산", "인천", "대구")), key=len)
    return tuple(dict.fromkeys(SIDO[name] for name in long if re.search(rf"(?<![가-힣]){name}(?![가-힣]*구\b)", text)))
