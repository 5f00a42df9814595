"""Persons (개인, G6): their columns never leave the taking in, and no plan puts them in an order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sigun.catalog.guard.asked import Asked, finding
from sigun.catalog.guard.carried import value_at
from sigun.catalog.guard.finding import Finding, Repair
from sigun.catalog.use import named
from sigun.errors import Place
from sigun.ingest.layout import Column, Personal
from sigun.ingest.personal import LABELS, personal_by_name, without_personal
from sigun.plan.part import strings
from sigun.text import N_, say

LEAST_CELL = 3  # persons; 3 and 5 are usual
WHO = (
    r"(?:개인|사람|주민|시민|민원인|신고자|신고인|체납자|소유자|차주|수급자|학생|아동|환자|직원|공무원|운전자|납세자|세대주|입주자|구직자"
    r"|대상자|노인|어르신|독거노인|위기가구|가구원|업주|점주|사업주|대표자|위반자|전입자|거주자|임산부|산모|장애인)"
)
LISTED = r"(?:순위|등수|점수|등급|랭킹|서열|블랙리스트|위험도|우선순위)"
PERSON = (
    r"(?:person|people|individual|resident|citizen|owner|driver|student|patient|complainant|debtor|recipient|taxpayer"
    r"|employee)s?"
)
YET = "[" + "".join(chr(code) for code in range(ord("가") + 8, ord("힣") + 1, 28)) + "]"
"""Syllables that end in ㄹ: 할지, 낳을지, 떠날지: what somebody is yet to do."""
RANKING = re.compile(
    rf"{WHO}(?:들)?\s*(?:개개인)?\s*(?:별|마다)(?:로|의)?\s*.{{0,14}}?{LISTED}"
    rf"|{WHO}(?:들)?(?:의|을|를)?\s*(?:{LISTED})(?:를|을|로|화)?\s*(?:매기|매겨|부여|산정|산출|나누|정하|만들|예측|비교)"
    rf"|{WHO}(?:들)?(?:의)?\s*(?:명단|블랙리스트)"
    rf"|(?:상습|고위험|위험|악성|문제|의심)\s*.{{0,4}}?{WHO}(?:들)?(?:을|를|이|의)?\s*.{{0,8}}(?:순위|선별|명단|추려|골라|찾|예측|식별|지목|가려|색출)"
    rf"|누가\s.{{0,24}}{YET}지\s*.{{0,8}}(?:예측|순위|알아|찾|선별|맞히|추려|점수)"
    rf"|{WHO}(?:들)?(?:의)?\s*(?:위험|체납|이탈|연체)\s*{LISTED}|개인\s*신용\s*(?:점수|등급)"
    rf"|(?:상습|고위험|위기|악성|의심)\s*(?:가구|세대)(?:들)?[을를]\s*(?:골라|선별|추려|찾|예측|지목|가려)"
    rf"|(?:가능성|확률|위험)[이가]\s*(?:높은|큰)\s*(?:사람|{WHO})(?:들)?[을를]\s*(?:예측|찾|선별|골라|추려)"
    rf"|(?:체납|위반|신고|민원)\S{{0,3}}\s*상위\s*\d+\s*명"
    rf"|(?:개인|사람)을\s*(?:식별|추적|감시|색출)"
    rf"|\brank(?:s|ing|ed)?\s+(?:(?:the|of|all|each|individual|single|every)\s+)*{PERSON}\b"
    rf"|\b(?:score|scoring|blacklist|list|ranking)\s+(?:of|for)?\s*(?:(?:the|all|each|individual|single|every)\s+)*{PERSON}\b"
    rf"|\b(?:risk|priority)\s+(?:score|rank)\s+(?:of|for|per)\s+(?:(?:each|every|all|the)\s+)*{PERSON}\b"
    rf"|\bwhich\s+{PERSON}\s+(?:will|are (?:most )?likely)|\bwho (?:will|is (?:most )?likely to)\b",
    re.IGNORECASE,
)
DENIED = re.compile(
    r"않|아니|아닙|금지|없|제외|불가|마십시오|말[고라아]|\bnot\b|\bno\b|\bnever\b|n't\b|without", re.IGNORECASE
)
SENTENCES = re.compile(r"[^.!?。\n]+")


def ranks_persons(text: str) -> bool:
    """Whether a text asks that persons be put in an order, picked out or listed.

    >>> ranks_persons("체납자별 위험도 순위를 매기자"), ranks_persons("노인 인구가 많은 동네 순위")
    (True, False)
    """
    return any(RANKING.search(one) and not DENIED.search(one) for one in SENTENCES.findall(text))


def persons(asked: Asked) -> Iterator[Finding]:
    """Rankings and personal values in words, columns of persons that are named, rules too loose for private tables."""
    for place, text in asked.texts:
        if len(text) > 4 and ranks_persons(text):
            said = say(N_("Persons are to be ranked or picked out: this program tells of places and times only."))
            remedy = say(
                N_("Ask for regions, cells or periods instead: where and when there is more, and what to do there.")
            )
            yield finding("G6", place, "reject", said, remedy)
        yield from _values(place, text)
    yield from _columns(asked)
    yield from _rule(asked)


def _values(place: Place, text: str) -> Iterator[Finding]:
    """A telephone number, plate or resident number in the words of a plan."""
    if not any(c.isdigit() for c in text) and "@" not in text:
        return
    shorter, kinds = without_personal(text)
    if kinds:
        said = say(N_("Personal data stand in a text: {kind}."), kind=LABELS[kinds[0]])
        repair = None if len(place) > 3 and place[-2] == "starts" else Repair(place, shorter)
        yield finding("G6", place, "fix", said, say(N_("Take them out.")), repair)


NO_COLUMNS = ("title", "group", "method", "table", "facilities")
"""Keys of panel and steps under which no columns stand."""


def _columns(asked: Asked) -> Iterator[Finding]:
    """Columns of persons that a step, the panel or a join names."""
    kept = _kept(asked)
    for place, text in strings(asked.data) if kept else ():
        name = text.strip()
        if name in kept and _names_columns(place, asked):
            said = say(
                N_("“{name}” is a column of persons ({kind}): it stays where the file is taken in."),
                name=name,
                kind=LABELS[kept[name]],
            )
            remedy = say(N_("Take it out; name a column that tells of places or counts."))
            yield finding("G6", place, "reject", said, remedy)


def _names_columns(place: Place, asked: Asked) -> bool:
    """Whether what stands there is the name of a column of a file."""
    key = next((one for one in reversed(place) if isinstance(one, str)), "")
    if key == "id":  # a variable without `column` is the one called like it
        return place[:2] == ("panel", "variables") and "column" not in value_at(asked.data, place[:-1])
    return (place[0] in ("panel", "steps") and key not in NO_COLUMNS) or place[:2] == ("proposal", "joins")


def _kept(asked: Asked) -> dict[str, Personal]:
    """Names of personal columns of the plan's cards -> what they tell; by what the card says, else by their name."""
    found: dict[str, Personal] = {}
    for name in named(asked.plan) if asked.plan is not None else ():
        card = asked.catalog.cards.get(name)
        for column in card.fields if card is not None else ():
            kind = _kind(column)
            if kind is not None:
                found |= {said: kind for said in (column.id, column.name, column.title) if said}
    return found


def _kind(column: Column) -> Personal | None:
    if column.personal is not None:
        return column.personal
    return personal_by_name(column.name) if column.role in (None, "value") and column.type == "string" else None


def _rule(asked: Asked) -> Iterator[Finding]:
    """The rule of disclosure, where tables are private."""
    plan = asked.plan
    if plan is None:
        return
    private = [name for name in named(plan) if name in asked.catalog.cards and asked.catalog.cards[name].grade != "O"]
    if not private:
        return
    if plan.privacy is not None and plan.privacy.min_cell < LEAST_CELL:
        said = say(
            N_("Counts of {n} persons may be shown, and {names} are private."),
            n=plan.privacy.min_cell,
            names=", ".join(private),
        )
        remedy = say(N_("Write `min_cell: 5` (3 at least)."))
        yield finding("G6", ("privacy", "min_cell"), "reject", said, remedy, Repair(("privacy", "min_cell"), 5))
    if plan.proposal is not None and plan.proposal.handling.export == "outside":
        said = say(N_("Results are to leave the office, and {names} are private."), names=", ".join(private))
        remedy = say(N_("Have the owner's approval say so, and check the report for small counts before it goes out."))
        yield finding("G6", ("proposal", "handling", "export"), "warn", said, remedy)
