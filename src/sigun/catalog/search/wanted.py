"""What a sentence wants found (찾을 것): each thing it names, each word no list knows, each role of its topics."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sigun.catalog.search.concepts import Found, found
from sigun.catalog.search.lists import ROLES, Lists, Need
from sigun.catalog.search.sentence import Sentence, read_sentence
from sigun.text import Message, N_, say

if TYPE_CHECKING:
    from sigun.plan.proposal import Role

NAMED, UNKNOWN, NEEDED = 1.0, 0.7, 0.55  # how much a thing named, a word of no list and a role of a recipe count
FADES = 0.93  # each further role of a recipe counts that much of the one before
SECOND = 0.6  # and those of a further topic
MOST_NAMED, MOST_UNKNOWN, MOST_NEEDED = 12, 8, 14

ENDINGS = re.compile(
    "(?:이나|에서|에는|으로|까지|부터|마다|보다|하고|한테|에게|이랑|들이|들을|들은|들의|했는지|하는지|인지|는지|을지|할지|하는|하고|"
    "하기|해서|하면|했던|되는|된|될|할|한|이|가|은|는|을|를|의|에|도|만|로|와|과|요)$"
)
IDLE = frozenset(
    "어디 어디서 어디가 어디에 어디부터 언제 얼마나 무엇 뭐 왜 어떤 어떻게 어느 우리 저희 시 군 구 시군 시군구 도 동네 마을 지역 곳 자료 "
    "데이터 정보 현황 통계 분석 싶다 싶어 싶습니다 보고 알고 알려줘 찾아줘 찾고 찾아 보여줘 주세요 필요한가 필요 있는지 많은지 많다 많은 많이 "
    "적은 관련 대한 대해 위한 위해 따라 그리고 또는 함께 같이 이번 올해 작년 내년 다음 달 해 년 월 일 것 수 좀 등 및 더 가장 제일 먼저 "
    "영향 요인 원인 효과 예측 비교 변화 전후 부족 부족한 늘었는지 줄었는지 달라졌는지 발생 발생하는 생길지 미리 지도 만들 만들고 정책 사업 문제 "
    "하고 하는 한다 있다 없다 되는 이유 때 뒤 후 전 중 하나 모두 각 별 가지 정도 여부 사이 관계 "
    "the a an of in on for to and or is are was how what where which why when i we our my want need know find show data "
    "with by do does city many much there".split()
)


@dataclass(frozen=True)
class Wanted:
    """One thing to be found: any of its words, best first."""

    words: tuple[str, ...]
    weight: float
    why: Message
    role: Role | None = None
    own: frozenset[str] = frozenset()  # of a name in the sentence: what was literally said


def wanted(text: str, lists: Lists, family: str | None = None) -> tuple[Wanted, ...]:
    """Everything a sentence wants found, weightiest first."""
    sentence = read_sentence(text)
    finds = found(sentence, lists)
    topics = tuple(dict.fromkeys(f.concept.topic for f in finds if f.concept.topic in lists.needs))
    return (
        *(_named(f) for f in finds[:MOST_NAMED]),
        *list(_unknown(sentence, finds))[:MOST_UNKNOWN],
        *list(_needed(topics, lists, family))[:MOST_NEEDED],
    )


def needs(text: str, lists: Lists, family: str | None = None) -> tuple[Need, ...]:
    """The data the recipes of a sentence's topics ask for, the first topic's first."""
    topics = dict.fromkeys(f.concept.topic for f in found(read_sentence(text), lists) if f.concept.topic in lists.needs)
    return tuple(need for topic in topics for need in lists.needs[topic] if _fits(need, family))


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
        if number not in known and stem and word not in IDLE and stem not in IDLE:
            yield Wanted((stem,), UNKNOWN, say(N_("“{said}” in the sentence"), said=stem))


def _stem(word: str) -> str:
    """A word without what Korean grammar hangs on it; at least two letters stay."""
    while len(word) > 2:
        cut = ENDINGS.sub("", word)
        if cut == word or len(cut) < 2:
            break
        word = cut
    return word


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
