"""The command line (명령): `sigun …`. Only here is anything printed."""

from __future__ import annotations

import sys

from sigun.text import LANGUAGES, Language, set_language, system_language


def main() -> None:
    """Entry point of `sigun`: the language first, so that the help itself is in it."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a cp949 console shows ? and never raises
    asked, rest = _asked_language(sys.argv[1:])
    set_language(asked or system_language())
    from sigun.cli.app import app

    app([f"--lang={asked}", *rest] if asked else rest)


def _asked_language(arguments: list[str]) -> tuple[Language | None, list[str]]:
    """The language of `--lang ko` or `--lang=ko`, wherever it stands, and the other arguments."""
    for language in LANGUAGES:
        for i, word in enumerate(arguments):
            if word == f"--lang={language}":
                return language, arguments[:i] + arguments[i + 1 :]
            if word == "--lang" and arguments[i + 1 : i + 2] == [language]:
                return language, arguments[:i] + arguments[i + 2 :]
    return None, arguments
