"""The summary in a model's words (요약 서술): sentences with placeholders that only this program fills.

A sentence of a model stands for one sentence of the rules: it holds the same placeholders, each once, no figure of its
own, no verb above the claim, and does not turn the meaning round. Where it does not, the rules' sentence stands.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sigun.errors import RunError
from sigun.plan.claims import BANNED, SPELT
from sigun.report.blocks import FirstScreen
from sigun.report.finished import NARRATION, Finished, read_run
from sigun.report.particles import with_particles
from sigun.report.proposal.labels import AUTHORS
from sigun.report.wording import NEVER, Piece, Sentence, Shown
from sigun.result import Claim, write_atomically
from sigun.text import N_, Language, _

LONGEST = 400  # characters of a sentence
MOST = 20  # sentences of a stored narration that are looked at
STRENGTH: tuple[Claim, ...] = ("description", "association", "forecast", "effect")

PLACE = re.compile(r"\{\{(\d{1,3})\}\}")
PARTICLE = re.compile(r"^(?:은|는|이|가|을|를|과|와|으로|로)(?=[\s,.]|$)")
PAIRS: Mapping[str, str] = {
    "은": "[은/는]",
    "는": "[은/는]",
    "이": "[이/가]",
    "가": "[이/가]",
    "을": "[을/를]",
    "를": "[을/를]",
    "과": "[과/와]",
    "와": "[과/와]",
    "으로": "[으로/로]",
    "로": "[으로/로]",
}

TURNS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(words, re.IGNORECASE)
    for words in (
        r"않|없|못|아니|아닙|\bnot?\b|\bnone\b|\bnever\b|\bnothing\b|n't\b",
        r"늘어|늘었|늘고|증가|많|높|상승|올라|올랐|\bmore\b|\bhigher\b|\bris(?:e|es|ing)\b|\brose\b|\bincrease|\bmost\b|\babove\b",
        r"줄어|줄었|줄고|감소|적었|적은|적고|낮|하락|내려|내렸|\bfewer\b|\bless\b|\blower\b|\bfell\b|\bfall|\bdecrease|\bbelow\b",
        r"관련|함께|연관|associat",
    )
)
"""Words that turn a sentence round: no, up, down, together. Both sentences have a class of them, or neither has."""


@dataclass(frozen=True)
class Narration:
    """A model's sentences by the rule sentence they stand for, and whether a person has stood by them."""

    lang: str
    sentences: Mapping[str, str]  # both with placeholders
    place: str  # inside | outside
    confirmed: bool = False


def template_of(said: Sentence) -> str:
    """The sentence with `{{1}}`, `{{2}}` … in the places of its values."""
    n, text = 0, ""
    for piece in said.pieces:
        n += isinstance(piece, Shown)
        text += piece if isinstance(piece, str) else f"{{{{{n}}}}}"
    return text


def offered(first: FirstScreen, finished: Finished) -> tuple[tuple[str, Claim], ...]:
    """Sentences of the summary a model may word, and how strongly each may speak.

    One without a value, and one that itself denies a cause, stays as it is.
    """
    said = [(template_of(one), claim_of(one, finished)) for one in first.summary]
    strong = {word for words in NEVER.values() for word in words}
    return tuple((t, claim) for t, claim in said if PLACE.search(t) and not any(word in t for word in strong))


def claim_of(said: Sentence, finished: Finished) -> Claim:
    """The weakest claim of the results the sentence tells of."""
    sources = [piece.ref.source for piece in said.pieces if isinstance(piece, Shown)]
    claims = [finished.results[name].claim for name in sources if name in finished.results]
    return min(claims, key=STRENGTH.index, default="description")


def fault(text: str, rule: str, claim: Claim) -> str | None:
    """Why the text may not stand for the rule's sentence (a key of the catalogue); none where it may."""
    bare = PLACE.sub(" ", text)
    checks = (
        (not text.strip() or len(text) > LONGEST, N_("it is empty or too long.")),
        (sorted(PLACE.findall(text)) != sorted(PLACE.findall(rule)), N_("its placeholders are not those offered.")),
        ("{" in bare or "}" in bare or "<" in bare or "://" in bare, N_("it holds an address or code.")),
        (any(c.isnumeric() for c in unicodedata.normalize("NFKC", bare)), N_("it holds a figure of its own.")),
        (any(m[0] not in rule for m in SPELT.finditer(bare)), N_("it holds a figure of its own.")),
        (any(word in bare for word in (*NEVER[claim], *BANNED)), N_("it says more than the analysis can show.")),
        (any(bool(t.search(bare)) != bool(t.search(PLACE.sub(" ", rule))) for t in TURNS), N_("it turns the meaning.")),
        (any(unicodedata.category(c) in ("Cc", "Cf", "Co") for c in text), N_("it holds signs nobody can see.")),
    )
    return next((reason for wrong, reason in checks if wrong), None)


def filled(text: str, rule: Sentence) -> Sentence:
    """The model's text with the rule sentence's values in it; particles agree with what stands before them."""
    values = [piece for piece in rule.pieces if isinstance(piece, Shown)]
    pieces: list[Piece] = []
    before = ""
    for at, part in enumerate(PLACE.split(text)):
        if at % 2:
            pieces.append(values[int(part) - 1])
            before += values[int(part) - 1].text
        elif part:
            said = with_particles(PARTICLE.sub(lambda p: PAIRS[p[0]], part) if at else part, before)
            pieces.append(said)
            before += said
    return Sentence(tuple(pieces))


def narrated(first: FirstScreen, finished: Finished, lang: Language) -> FirstScreen:
    """The first screen with those sentences a model worded that may stand, and who wrote them."""
    told = read_narration(finished.narration)
    if told is None or told.lang != lang:
        return first
    summary = tuple(_narrated(first.summary, finished, told))
    if summary == first.summary:
        return first
    state = _("confirmed by a person") if told.confirmed else _("AI draft")
    return replace(first, summary=summary, mark=f"{_('by: {authors}').format(authors=_(AUTHORS['model']))}, {state}")


def unconfirmed(first: FirstScreen, finished: Finished) -> bool:
    """Whether the first screen holds a model's words that nobody has stood by yet."""
    told = read_narration(finished.narration)
    return bool(first.mark) and told is not None and not told.confirmed


def _narrated(summary: Sequence[Sentence], finished: Finished, told: Narration) -> Iterator[Sentence]:
    for said in summary:
        rule = template_of(said)
        text = told.sentences.get(rule)
        fits = text is not None and fault(text, rule, claim_of(said, finished)) is None
        yield filled(str(text), said) if fits else said


def read_narration(said: Any) -> Narration | None:
    """What was kept, as far as it has the right form; none where it has not."""
    try:
        pairs = [(one["rule"], one["text"]) for one in said["sentences"][:MOST]]
        if not all(isinstance(word, str) for pair in pairs for word in pair):
            return None
        return Narration(str(said["lang"]), dict(pairs), str(said["place"]), said.get("confirmed") is True)
    except (LookupError, TypeError, AttributeError):
        return None


def keep_narration(folder: Path, told: Narration) -> None:
    """Write it beside the run; no figure of the run changes."""
    sentences = [{"rule": rule, "text": text} for rule, text in told.sentences.items()]
    said = {"lang": told.lang, "place": told.place, "confirmed": told.confirmed, "sentences": sentences}
    write_atomically(folder / NARRATION, json.dumps(said, ensure_ascii=False, indent=1) + "\n")


def confirmed(folder: Path) -> None:
    """Mark what a model wrote for the run as read and stood by.

    Raises
    ------
    RunError
        There is nothing to confirm.
    """
    told = read_narration(read_run(folder).narration)
    if told is None:
        raise RunError(
            _("No model has worded this summary: there is nothing to confirm."),
            str(folder),
            _("Ask for it first: sigun narrate RUN"),
        )
    keep_narration(folder, replace(told, confirmed=True))
