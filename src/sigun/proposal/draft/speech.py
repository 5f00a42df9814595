"""Words in the language of the plan (문장 쓰기): a message of the catalogue, its particles agreeing with its values."""

from __future__ import annotations

from sigun.report.particles import with_particles
from sigun.text import Message

SHORT = 400  # characters of `Words`
LONG = 2000  # of `Prose`


def told(message: Message, most: int = SHORT) -> str:
    """A message as it is read now; what is too long for its field ends with …

    >>> from sigun.text import say
    >>> told(say("{name}[은/는] 자료가 있습니다.", name="인구"))
    '인구는 자료가 있습니다.'
    """
    return cut(with_particles(str(message)), most)


def cut(text: str, most: int = SHORT) -> str:
    """The text, or as much of it as its field holds."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def listed(names: list[str] | tuple[str, ...], most: int = 6) -> str:
    """Names one after the other; a long list ends with …"""
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")
