"""Letters that a document can hold (글자): composed Hangul, nothing unseen, nothing that turns a line about."""

from __future__ import annotations

import unicodedata

UNSEEN = ("Cc", "Cf", "Cs")  # controls, marks of direction, halves of pairs: nothing to print, some not allowed
KEPT = "\n\u200b\u2060"  # what breaks a line, or forbids it
NEVER = "\ufffe\uffff"  # no letters at all
_SPACES = {ord(c): " " for c in "\t\r\v\f\x85"}


def printable(text: str) -> str:
    """The text as it can be printed.

    >>> printable("\u1112\u1161\u11ab\u202e글\x07")
    '한글'
    """
    composed = unicodedata.normalize("NFC", text).translate(_SPACES)
    return "".join(c for c in composed if c in KEPT or (c not in NEVER and unicodedata.category(c) not in UNSEEN))
