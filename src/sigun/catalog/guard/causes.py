"""Words of causes where no design stands behind them (인과 표현, G9): found, and said as associations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from sigun.catalog.guard.asked import Asked, finding
from sigun.catalog.guard.finding import Finding, Repair
from sigun.plan.claims import CAUSAL
from sigun.text import N_, say

CLAIMS = ("title", "question", "background", "problem", "questions", "method")
"""Where words tell how things are, or what is asked."""
AIMS = ("decision", "use", "effects", "spread", "risks", "stakeholders", "hypotheses", "reasons")
"""Where words tell what is hoped for: only what sounds like a result is one."""

NOT_A_CAUSE = re.compile(
    r"민원인|지원인|공원인접|회원인|사원인|직원인|임원인|병원인|학원인|유발부담금|유발계수|기여금|기대\s?효과|파급\s?효과"
)
"""Words in which a word of causes stands by chance."""
AIM = re.compile(
    r"위해|위하여|위한|고자|려고|싶|수\s?있도록|기대|바란다|바랍니다|목표|하려|방안"
    r"|\bin order to\b|\bso that\b|\bwe want\b|\baim"
)
DENIED = re.compile(r"아니|아닙|않|못|없|알\s?수|\bnot\b|\bno\b|n't\b", re.IGNORECASE)
RESULT = re.compile(
    r"높였|낮췄|낮추었|늘렸|줄였|끌어올렸|떨어뜨렸|영향을\s?(?:미쳤|주었|줬)|효과가\s?(?:있었|컸|나타났|입증)|때문이었|변화시켰|초래했|유발했"
    r"|\b(?:caused|raised|lowered|reduced|drove|led to|resulted in|brought about)\b"
)
SENTENCES = re.compile(r"[^.!?。\n]+[.!?。]*")

SAID_AS: tuple[tuple[str, str], ...] = (
    (r"에\s*영향을\s*미치는", "{과} 관련이 있는"),
    (r"에\s*영향을\s*주는", "{과} 관련이 있는"),
    (r"에\s*영향을\s*미친다", "{과} 관련이 있다"),
    (r"에\s*영향을\s*준다", "{과} 관련이 있다"),
    (r"에\s*영향을\s*미쳤", "{과} 관련이 있었"),
    (r"에\s*영향을\s*(?:주었|줬)", "{과} 관련이 있었"),
    (r"(?:으로|로)\s*인해", "{과} 함께"),
    (r"(?<!기)\s*때문에", "{과} 함께"),
    (
        r"(?:(?<![가-힣])|(?<=발생)|(?<=주요)|(?<=근본)|(?<=발생 )|(?<=주요 )|(?<=근본 ))원인(?=[을이은과의 ]|$)",
        "관련 요인",
    ),
    (r"\bcaused by\b", "associated with"),
    (r"\bcauses\b", "is associated with"),
    (r"\bbecause of\b|\bdue to\b", "along with"),
    (r"\bleads to\b|\bresults in\b|\bbrings about\b", "goes together with"),
    (r"\beffects? of\b|\bimpact of\b", "association with"),
)
"""Causes said as associations; `{과}` is the particle that fits what precedes it."""


def causes(asked: Asked) -> Iterator[Finding]:
    """Nothing where the plan has a step whose design can answer such a question."""
    if any(step.get("method") == "effect" for step in asked.steps()):
        return
    for place, text in asked.prose(*CLAIMS):
        yield from () if not _claims(text) else (_told(place, text),)
    for place, text in asked.prose(*AIMS):
        results = any(RESULT.search(one) and not DENIED.search(one) for one in SENTENCES.findall(text))
        yield from () if not results else (_told(place, text),)


MORE = re.compile(
    r"[을를]\s*(?:가져왔|가져온|불러왔|부추[기긴겼])|(?:덕|탓)(?:에|으로|이)\b|(?:늘|줄|오르|내리)게\s*(?:했|하였|한다|만들)|because\b"
)
"""Ways to tell of a cause that no word of the list holds."""


def _told_of(text: str) -> bool:
    return any(word in text for word in CAUSAL) or MORE.search(text) is not None


def _claims(text: str) -> bool:
    """Whether a sentence tells of a cause, and neither denies it nor says what is hoped for."""
    if not _told_of(text):
        return False
    plain = NOT_A_CAUSE.sub("", text)
    sentences = SENTENCES.findall(plain)
    return any(
        _told_of(one) and not DENIED.search(one) and (RESULT.search(one) or not AIM.search(one)) for one in sentences
    )


def _told(place: tuple[str | int, ...], text: str) -> Finding:
    softer = said_as_association(text)
    said = say(N_("These words tell of a cause or an effect, and no step of this plan can show one."))
    remedy = say(N_("Say that they go together, or add a step `effect` with its design."))
    if _claims(softer) or softer == text:
        return finding("G9", place, "warn", said, remedy)
    return finding("G9", place, "fix", said, remedy, Repair(place, softer, safe=True))


def said_as_association(text: str) -> str:
    """The text with its words of causes said as associations, as far as that can be done by rule.

    >>> said_as_association("출생에 영향을 미치는 요인")
    '출생과 관련이 있는 요인'
    """
    for pattern, words in SAID_AS:
        text = re.sub(pattern, partial(_softer, words), text, flags=re.IGNORECASE)
    return text


def _softer(words: str, hit: re.Match[str]) -> str:
    """The other words, with 과 after a closed syllable and 와 after an open one."""
    before = hit.string[hit.start() - 1] if hit.start() else ""
    closed = "가" <= before <= "힣" and (ord(before) - ord("가")) % 28 > 0
    return words.replace("{과}", "과" if closed else "와")
