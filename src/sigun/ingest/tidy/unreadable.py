"""What cannot be read right (읽을 수 없는 표): said with its cell and what to do, in words that cross a process."""

from __future__ import annotations

from dataclasses import dataclass

from sigun.text import Message


@dataclass(frozen=True)
class Trouble:
    """One thing found wrong: what, in which cell, and what to do."""

    what: Message
    cell: str
    remedy: Message


class Unreadable(Exception):
    """A table that can be read in two ways, or in none."""

    def __init__(self, what: Message, cell: str, remedy: Message) -> None:
        super().__init__(what, cell, remedy)
        self.trouble = Trouble(what, cell, remedy)
