"""Sentences (문장): a template of the catalogue, and references for every number and name that goes into it."""

from __future__ import annotations

import string
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sigun.plan.claims import BANNED, CAUSAL
from sigun.report.particles import with_particles
from sigun.report.refs import Ref
from sigun.result import Claim
from sigun.text import N_, _


@dataclass(frozen=True)
class Shown:
    """One value as the reader sees it, and where it comes from. `value` is what a machine reads; none for words."""

    text: str
    ref: Ref
    value: str | None = None


Piece = str | Shown


@dataclass(frozen=True)
class Sentence:
    """Words of ours and values of the run, in order."""

    pieces: tuple[Piece, ...]

    @property
    def plain(self) -> str:
        """The sentence as text alone."""
        return "".join(p if isinstance(p, str) else p.text for p in self.pieces)


Value = Shown | Sentence

VERBS: Mapping[Claim, Mapping[str, str]] = {
    "association": {
        "positive": N_("The higher {variable}, the more reports: the two were associated, rank correlation {rho}."),
        "negative": N_("The higher {variable}, the fewer reports: the two were associated, rank correlation {rho}."),
        "holds_above": N_(
            "In one and the same region, times with {factor} higher by {step} were associated with higher {outcome}: "
            "{effect}."
        ),
        "holds_below": N_(
            "In one and the same region, times with {factor} higher by {step} were associated with lower {outcome}: "
            "{effect}."
        ),
        "rises_above": N_(
            "In one and the same region, {outcome} rose further when {factor} rose by {step} more: the two were "
            "associated, {effect}."
        ),
        "rises_below": N_(
            "In one and the same region, {outcome} rose less when {factor} rose by {step} more: the two were "
            "associated, {effect}."
        ),
        "vanishes": N_(
            "As long as only what is lasting in a region is taken out, {factor} was associated with {outcome}: "
            "{before}. Once what all regions share in a period is taken out too, this is gone: {effect}."
        ),
        "fades": N_(
            "As long as only what is lasting in a region is taken out, {factor} was associated with {outcome}: "
            "{before}. Once what all regions share in a period is taken out too, nothing clear is left: {effect}."
        ),
        "across_above": N_("Regions with {factor} higher by {step} were associated with higher {outcome}: {effect}."),
        "across_below": N_("Regions with {factor} higher by {step} were associated with lower {outcome}: {effect}."),
        "between_only": N_(
            "{factor} was associated with {outcome} between regions only; within regions this was not confirmed. "
            "Between: {between}. Within: {within}."
        ),
        "between_alone": N_(
            "{factor} was associated with {outcome} between regions: {between}. Nothing can be told of changes "
            "within regions."
        ),
        "pooled_above": N_(
            "Regions and periods with {factor} higher by {step} were associated with higher {outcome}: {effect}. What "
            "is lasting in a region is not taken out of it."
        ),
        "pooled_below": N_(
            "Regions and periods with {factor} higher by {step} were associated with lower {outcome}: {effect}. What "
            "is lasting in a region is not taken out of it."
        ),
        "unseen_across": N_("{factor}: no association with {outcome} was confirmed: {effect}."),
        "unstable": N_("{factor}: no conclusion is drawn, as the answer turns with the way of asking: {effect}."),
        "led": N_(
            "{factor}: no conclusion is drawn, as a value of a later period goes along with the {outcome} before it "
            "too: {effect}."
        ),
        "unseen": N_("{factor}: no association with {outcome} was confirmed within regions: {effect}."),
        "not_testable": N_("{factor} cannot be tested with these data."),
    },
}
"""The verb forms a claim level allows, where a sentence's verb hangs on it."""

NEVER: Mapping[Claim, tuple[str, ...]] = {
    "description": (*CAUSAL, "관련이 있었", "associated"),
    "association": CAUSAL,
    "forecast": ("때문에", "영향을 미", "변화시", "확실", "because of", "caused by", "will certainly"),
    "effect": ("확실", "proves"),
}
"""Words that would say more than the claim level allows."""

DENIALS: Mapping[str, str] = {
    "not_cause": N_("These are associations in data of regions. They are no causes."),
    "ecological": N_(
        "Nothing about single persons can be told from data of regions: what goes together between regions need not do "
        "so for anyone (ecological fallacy)."
    ),
    "simultaneous": N_(
        "What is decided on in view of the outcome, such as budgets and staff, may follow it (simultaneity): values "
        "that go together tell of no direction, and are no cause."
    ),
    "predictive": N_(
        "How well a model foretells is no cause: importance is how much a group of factors was used for foretelling."
    ),
    "coefficient": N_(
        "The coefficients of a model of neighbours are not effects: read its direct and indirect effects, which are "
        "terms of the model and no causes."
    ),
    "own_title": N_("For foretelling only, no cause"),
}
"""The only templates that may name causes in an association: each says that there are none."""


def sentence(template: str, **values: Value) -> Sentence:
    """A translated template with its values in place; Korean particles agree with what precedes them."""
    pieces: list[Piece] = []
    before = ""
    for words, name, _spec, _conversion in string.Formatter().parse(template):
        said = with_particles(_once(words, before), before)
        pieces.append(said)
        before += said
        if name is not None:
            given = values[name]
            pieces.extend(given.pieces if isinstance(given, Sentence) else (given,))
            before += given.plain if isinstance(given, Sentence) else given.text
    return Sentence(tuple(_merged(pieces)))


def _merged(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Words of ours that stand side by side, as one piece."""
    words = ""
    for piece in pieces:
        if isinstance(piece, str):
            words += piece
        else:
            yield from (words,) if words else ()
            words = ""
            yield piece
    yield from (words,) if words else ()


def _once(words: str, before: str) -> str:
    """A sentence that ends in a date (2025. 7. 3.) has its full stop already."""
    return words[1:] if before.endswith(".") and words.startswith(".") else words


def claimed(claim: Claim, template: str, **values: Value) -> Sentence:
    """A sentence about a finding; a template that says more than the claim allows is a fault of ours.

    Raises
    ------
    ValueError
        The template holds a word that this claim level may not use.
    """
    too_strong = [word for word in (*NEVER[claim], *BANNED) if word in template]
    if too_strong:
        raise ValueError(f"{claim}: {', '.join(too_strong)}: {template}")
    return sentence(template, **values)


def listed(items: Sequence[Value], between: str = ", ") -> Sentence:
    """Values in a row."""
    pieces: list[Piece] = []
    for one in items:
        pieces.extend([between] if pieces else [])
        pieces.extend(one.pieces if isinstance(one, Sentence) else (one,))
    return Sentence(tuple(pieces))


def from_stored(template: str, values: Mapping[str, Any], ref: Ref, write: Callable[[str, Any], str]) -> Shown:
    """A message kept in a result, as one piece that refers to where it is kept."""
    text = ""
    for words, name, _spec, _conversion in string.Formatter().parse(_(template)):
        text += with_particles(_once(words, text), text)
        text += write(name, values[name]) if name is not None else ""
    return Shown(text, ref)
