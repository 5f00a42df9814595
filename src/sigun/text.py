"""The message catalogue (문구): English in the code, Korean and English for the reader.

`_` translates now; `Message` keeps a sentence and its values apart: a stored result can be read in either language.
"""

from __future__ import annotations

import gettext
import locale
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

Language = Literal["ko", "en"]
Scalar = str | int | float | bool | None
LANGUAGES: tuple[Language, ...] = get_args(Language)
LOCALES = Path(__file__).parent / "locale"

_active: gettext.NullTranslations = gettext.NullTranslations()
_language: Language = "en"


def set_language(language: Language) -> None:
    """Every message from now on is in `language`."""
    global _active, _language  # noqa: PLW0603 - one reader a process
    _language = language
    _active = gettext.translation("sigun", LOCALES, [language], fallback=language == "en")


def language() -> Language:
    """The language messages are in now."""
    return _language


@contextmanager
def speaking(lang: Language) -> Iterator[None]:
    """Messages in that language for a while; afterwards in the one before."""
    before = language()
    set_language(lang)
    try:
        yield
    finally:
        set_language(before)


def system_language() -> Language:
    """The reader's language: `SIGUN_LANG`, else the system's. Korean unless the system plainly says English."""
    wish = os.environ.get("SIGUN_LANG", "").lower()[:2]
    if wish in LANGUAGES:
        return "ko" if wish == "ko" else "en"
    said = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    said = said or locale.getlocale()[0] or ""
    return "en" if said.lower().startswith("en") else "ko"


def _(message: str) -> str:
    """The message in the active language."""
    return _active.gettext(message)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "mark, translate later"
    """Mark a message for the catalogue without translating it yet."""
    return message


@dataclass(frozen=True)
class Message:
    """A sentence of the catalogue and the values that go into it, kept apart until somebody reads it."""

    template: str
    values: Mapping[str, Scalar] = field(default_factory=dict)

    def __str__(self) -> str:
        return _(self.template).format(**{k: _(v) if isinstance(v, str) and v else v for k, v in self.values.items()})


def say(template: str, **values: Scalar) -> Message:
    """`say(N_("{n} rows were left out."), n=3)`."""
    return Message(template, values)
