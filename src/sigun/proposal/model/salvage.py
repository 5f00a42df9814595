"""The JSON object in a model's answer (답에서 JSON 꺼내기): fenced, chattered around, or bare."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL | re.IGNORECASE)
FENCE = re.compile(r"```(?:json)?(.*?)```", re.DOTALL | re.IGNORECASE)  # no `\s*`: it would be tried over and over
STARTS = 20  # places an object may begin at that are tried


def salvage(text: str) -> dict[str, Any] | None:
    """The first JSON object of the text, or none; a truncated one is none.

    >>> salvage('Here you are: {"a": "}"} Done.')
    {'a': '}'}
    >>> salvage('{"a": [1, 2') is None
    True
    """
    for candidate in _candidates(THOUGHT.sub("", text)):
        try:
            found = json.loads(candidate)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            whole: dict[str, Any] = json.loads(sound(json.dumps(found, ensure_ascii=False)))
            return whole
    return None


def sound(text: str) -> str:
    """Without halves of letters (lone surrogates), which no file takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _candidates(text: str) -> Iterator[str]:
    yield text.strip()
    yield from (match.strip() for match in FENCE.findall(text))
    starts = [match.start() for match in re.finditer(r"\{", text)][:STARTS]
    for start in starts:
        end = _end(text, start)
        if end is not None:
            yield text[start:end]


def _end(text: str, start: int) -> int | None:
    """Where the object that begins at `start` closes; braces in strings do not count."""
    depth, quoted, escaped = 0, False, False
    for at in range(start, len(text)):
        letter = text[at]
        if quoted:
            quoted, escaped = (letter != '"' or escaped), (letter == "\\" and not escaped)
        elif letter == '"':
            quoted = True
        elif letter in "{}":
            depth += 1 if letter == "{" else -1
            if depth == 0:
                return at + 1
    return None
