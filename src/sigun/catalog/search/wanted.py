"""What a sentence wants found (찾을 것): each thing it names, each word no list knows, each role of its topics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sigun.catalog.search.concepts import Found, found
from sigun.catalog.search.lists import ROLES, Lists, Need, built_in
from sigun.catalog.search.sentence import Sentence, idle, read_sentence
from sigun.text import N_, Message, say

if TYPE_CHECKING:
    from sigun.plan.proposal import Role

NAMED, UNKNOWN, NEEDED = 1.0, 0.7, 0.55  # how much a thing named, a word of no list and a role of a recipe count
FADES = 0.93  # each further role of a recipe counts that much of the one before
SECOND = 0.6  # and those of a further topic
MOST_NAMED, MOST_UNKNOWN, MOST_NEEDED = 12, 6, 9


@dataclass(frozen=True)
class Wanted:
    """One thing to be found: any of its words, best first."""

    words: tuple[str, ...]
    weight: float
    why: Message
    role: Role | None = None
    listed: bool = True  # by the word list or a recipe


def wanted(text: str, lists: Lists, family: str | None = None) -> tuple[Wanted, ...]:
    """Everything a sentence wants found: what it names, words no list knows, roles of its topics."""
    sentence = read_sentence(text)
    finds = found(sentence, lists)
    return (
        *(_named(f) for f in finds[:MOST_NAMED]),
        *list(_unknown(sentence, finds))[:MOST_UNKNOWN],
        *sorted(_needed(_topics(finds, lists), lists, family), key=lambda w: -w.weight)[:MOST_NEEDED],
    )


def needs(text: str, lists: Lists | None = None, family: str | None = None) -> tuple[Need, ...]:
    """The data the recipes of a sentence's topics ask for, those of what is asked about first."""
    whole = lists or built_in()
    topics = _topics(found(read_sentence(text), whole), whole)
    return tuple(need for topic in topics for need in whole.needs[topic] if _fits(need, family))


def _topics(finds: tuple[Found, ...], lists: Lists) -> tuple[str, ...]:
    """The topics a sentence speaks of; one that another has as a cause or as surroundings stands behind it."""
    named = [f.concept for f in finds if f.concept.topic in lists.needs]
    firm = [concept for concept in named if not concept.loose]  # 노인 alone is a topic, beside 요양시설 it is none
    topics = list(dict.fromkeys(concept.topic for concept in firm or named))
    behind = {t: sum(_explains(t, other, lists) for other in topics if other != t) for t in topics}
    return tuple(sorted(topics, key=lambda t: (behind[t], topics.index(t))))


def _explains(topic: str, other: str, lists: Lists) -> bool:
    """Whether what the topic is about explains the other topic, and not the other way round."""
    return _among_causes(topic, other, lists) and not _among_causes(other, topic, lists)


def _among_causes(topic: str, other: str, lists: Lists) -> bool:
    about = {word for need in lists.needs[topic] if need.role == "target" for word in need.words}
    return any(about & set(need.words) for need in lists.needs[other] if need.role not in ("target", "exposure"))


def _named(find: Found) -> Wanted:
    told = find.concept
    template = N_("“{said}” in the sentence: {word} (word list)")
    if told.misspelt:
        template = N_("“{said}” in the sentence, taken for “{entry}”: {word} (word list)")
    return Wanted(told.words, NAMED, say(template, said=told.said, entry=told.entry, word=told.words[0]))


def _unknown(sentence: Sentence, finds: tuple[Found, ...]) -> Iterator[Wanted]:
    """Words of the sentence no list knows: looked for as they are."""
    known = {sentence.word_of[at] for f in finds for at in range(f.span.first, f.span.last)}
    for number, word in enumerate(sentence.words):
        stem = _stem(word)
        if number not in known and len(stem) > 1 and not stem.isdigit() and not {word, stem} & idle("idle"):
            yield Wanted((stem,), UNKNOWN, say(N_("“{said}” in the sentence"), said=stem), listed=False)


def _stem(word: str) -> str:
    """A word without what Korean grammar hangs on it; at least two letters stay."""
    while len(word) > 2:
        end = next((end for end in _endings() if word.endswith(end)), "")
        if not end or len(word) - len(end) < 2:
            break
        word = word[: -len(end)]
    return word


@lru_cache(maxsize=1)
def _endings() -> tuple[str, ...]:
    return tuple(sorted(idle("ending"), key=lambda end: (-len(end), end)))


def _needed(topics: tuple[str, ...], lists: Lists, family: str | None) -> Iterator[Wanted]:
    for at, topic in enumerate(topics):
        weight = NEEDED * SECOND**at
        for need in lists.needs[topic]:
            if _fits(need, family):
                told = {"role": ROLES[need.role], "topic": topic, "word": need.words[0]}
                why = say(N_("{role} in a question on {topic}: {word} (recipe)"), **told)
                yield Wanted(need.words, weight, why, need.role)
                weight *= FADES


def _fits(need: Need, family: str | None) -> bool:
    return not need.families or family is None or family in need.families
