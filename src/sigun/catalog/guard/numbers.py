"""Numbers in prose (글 속의 수치, G8): each is of the plan itself, or stands beside its source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from sigun.catalog.guard.asked import Asked, finding
from sigun.catalog.guard.finding import Finding
from sigun.catalog.use import named
from sigun.plan.claims import COUNTED
from sigun.plan.part import strings
from sigun.text import N_, say

PROSE = ("background", "problem", "decision", "use", "spread", "hypotheses", "risks")
NUMBER = re.compile(r"(?<![A-Za-z\d.,:\-_])\d[\d,]*(?:\.\d+)?")
NO_FIGURE = re.compile(
    r"(?:19|20)\d{2}\s*년\s*\d{1,2}\s*월(?:\s*\d{1,2}\s*일)?|(?:19|20)\d{2}\s*[.\-/]\s*\d{1,2}\s*[.\-/]\s*\d{1,2}(?!\d)"
    r"|(?:19|20)\d{2}\s*(?:[~∼–\-]\s*(?:19|20)?\d{2}\s*)?년도?|['’]\d{2}년|\d{1,2}월(?:\s*\d{1,2}일)?|(?<!\d)(?:19|20)\d{2}(?!\d)"
    r"|제\s*\d+\s*(?:조|항|호|장|절|차|회|기)(?:의\s*\d+)?|\d+\s*(?:차|단계|번째|가지|회차|순위|안|부|등급)(?![가-힣]*률)"
    r"|(?<![\d,])\d[\d,]*\s*(?:천|만)?\s*(?:명|인|가구|세대|대|건|km²|㎢|제곱킬로미터)\s*당"  # what a rate is for
    r"|\d+\s*[~∼–\-]\s*\d+\s*세|\d+\s*세\s*(?:이상|이하|미만)?"  # who is meant
    r"|24\s*시간|365\s*일|\b11[0-9]\b|\b12[0-9]\s*(?:콜|센터)|^\s*\(?\d{1,2}[.)]\s"
    r"|\d+\s*(?:m|km|미터|킬로미터)\s*(?:격자|간격|이내)",
    re.MULTILINE,
)
"""Numbers that measure nothing: days, laws, steps, what a rate is for, ages, telephone numbers of offices."""


def numbers(asked: Asked) -> Iterator[Finding]:
    """A finding for each text with a number that neither the plan nor a source tells."""
    prose = [*asked.prose(*PROSE)]
    bases = [(place, text) for place, text in asked.prose("effects") if place[-1] == "base"]
    told = [(place, found) for place, text in (*prose, *bases) if (found := figures(text))]
    if not told:
        return
    known = _known(asked)
    for place, found in told:
        unsourced = [number for number in found if number not in known and _plain(number) not in known]
        if unsourced:
            said = say(N_("Nobody says where these figures are from: {names}."), names=", ".join(unsourced[:8]))
            remedy = say(N_("Write the sentence and its source under {where}."), where="proposal.evidence")
            yield finding("G8", place, "warn", said, remedy)


def figures(text: str) -> list[str]:
    """The numbers in a text that measure something.

    >>> figures("2024년 7월 신고가 1,234건으로 37% 늘었다(제3조).")
    ['1,234', '37']
    """
    return [*(hit.rstrip(",") for hit in NUMBER.findall(NO_FIGURE.sub(" ", text))), *COUNTED.findall(text)]


def _plain(number: str) -> str:
    bare = number.replace(",", "")
    return bare.rstrip("0").rstrip(".") if "." in bare else bare.lstrip("0") or "0"


def _known(asked: Asked) -> set[str]:
    """Numbers of the plan itself, of titles, and of sentences whose source is named."""
    run = {key: value for key, value in asked.data.items() if key != "proposal"} if isinstance(asked.data, dict) else {}
    evidence = asked.proposal().get("evidence")
    sourced = [
        str(one.get("sentence", ""))
        for one in (evidence if isinstance(evidence, list) else ())
        if isinstance(one, dict) and str(one.get("source") or "").strip()
    ]
    titles = [text for _place, text in strings([run, asked.proposal().get("schedule"), asked.proposal().get("budget")])]
    cards = [asked.catalog.cards.get(name) for name in (named(asked.plan) if asked.plan is not None else ())]
    titles += [text for card in cards if card is not None for text in (card.title, *(c.title for c in card.values()))]
    found = {_plain(hit) for text in (*sourced, *titles) for hit in re.findall(r"\d[\d,]*(?:\.\d+)?", text)} | {
        hit for text in (*sourced, *titles) for hit in COUNTED.findall(text)
    }
    return found | set(_values(run))


def _values(value: Any, depth: int = 0) -> Iterator[str]:
    """Every number in the runnable part, the parts of its days, and how many things are listed."""
    if isinstance(value, bool) or depth > 40:
        return
    if isinstance(value, int | float):
        yield _plain(f"{value:g}" if abs(value) < 1e15 else "")
    elif isinstance(value, date):
        yield from (str(value.year), str(value.month), str(value.day))
    elif isinstance(value, dict | list | tuple):
        yield str(len(value))
        for one in value.values() if isinstance(value, dict) else value:
            yield from _values(one, depth + 1)
