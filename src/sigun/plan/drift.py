"""Where the words of a document and the plan inside it part (글과 계획의 어긋남)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sigun.errors import SigunError
from sigun.plan.carried import is_document, packed_words, visible, words_changed
from sigun.plan.model import Plan
from sigun.plan.schema import FIELDS
from sigun.text import language

PROSE = ("background", "problem", "decision", "method", "use", "spread", "budget", "questions", "stakeholders")
ROWS = {
    "hypotheses": ("variable", "reason"),
    "evidence": ("sentence", "source"),
    "lacking": ("what", "where"),
    "effects": ("indicator", "base", "goal", "measured"),
    "schedule": ("what",),
    "risks": ("what", "response"),
}
"""Fields whose words a document shows as they are."""


@dataclass(frozen=True)
class Drift:
    """The document's words are others than those it was written with; `fields` can no longer be found in it."""

    fields: tuple[str, ...]  # as the reader calls them


def drift(path: Path, plan: Plan, error: type[SigunError]) -> Drift | None:
    """How the document's words differ from its plan; none where they agree, or the file is no document."""
    if not is_document(path) or not words_changed(path, error):
        return None
    seen = visible(path, error)
    names = [name for name, text in _shown(plan) if packed_words([text]) not in seen]
    return Drift(tuple(dict.fromkeys(_called(name) for name in names)))


def _shown(plan: Plan) -> Iterator[tuple[str, str]]:
    """Each line of prose of the plan, and the field it is of."""
    yield from (("title", plan.title), ("question", plan.question))
    words = plan.proposal
    for name in (*PROSE, *ROWS) if words is not None else ():
        for text in _texts(getattr(words, name), ROWS.get(name, ())):
            yield from ((name, line) for line in text.splitlines())


def _texts(said: Any, fields: tuple[str, ...]) -> Iterator[str]:
    for one in (said,) if isinstance(said, str) else said:
        yield from (one,) if isinstance(one, str) else (getattr(one, field) for field in fields)


def _called(name: str) -> str:
    korean, english = FIELDS["Proposal"].get(name) or FIELDS["Plan"][name]
    return korean if language() == "ko" else english
