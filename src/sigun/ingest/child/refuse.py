"""What the child says when it cannot read a file (거절): a word and its values, turned into a message by the parent."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """A file that cannot be read; `problem` is a word the parent knows."""

    def __init__(self, problem: str, **values: Any) -> None:
        super().__init__(problem, values)
        self.problem, self.values = problem, values
