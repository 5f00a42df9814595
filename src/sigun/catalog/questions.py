"""What only a person can know (물음): asked while a file is added, every answer a line of the card."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sigun.catalog.card import Card
from sigun.text import _

Settle = Callable[[Card, int], Card]


@dataclass(frozen=True)
class Question:
    """One question with its possible answers; the proposed one stands where nobody answers."""

    asks: str
    choices: tuple[str, ...]
    settle: Settle  # the card with the answer written into it
    proposed: int = 0


Ask = Callable[[Question], int]
"""Put a question to a person; the position of the answer."""


def answered(card: Card, questions: Iterable[Question], ask: Ask | None) -> Card:
    """The card with every answer in it. Without anybody to ask the proposals stand, and are left to be confirmed."""
    for question in questions:
        if ask is None:
            said = _("{question} Taken: {answer}.").format(
                question=question.asks, answer=question.choices[question.proposed]
            )
            card = question.settle(card, question.proposed)
            card = card.model_copy(update={"to_confirm": (*card.to_confirm, said[:400])})
        else:
            card = question.settle(card, ask(question))
    return card
