"""What a report is made of (보고서의 부분): sections of paragraphs, figures, tables, cautions. Writers only walk it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sigun.report.wording import Sentence


@dataclass(frozen=True)
class Paragraph:
    """Sentences that belong together."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Figure:
    """A chart or map: the reading, what is measured, the picture, where it comes from."""

    title: Sentence
    subtitle: Sentence
    svg: str
    alt: str
    foot: Sentence | None = None


@dataclass(frozen=True)
class Column:
    """A table's column."""

    title: str | Sentence
    right: bool = False  # numbers


@dataclass(frozen=True)
class Table:
    """Rows of sentences under a caption. For download, every value is written out in full."""

    id: str
    caption: Sentence
    columns: tuple[Column, ...]
    rows: tuple[tuple[Sentence, ...], ...]
    foot: Sentence | None = None


@dataclass(frozen=True)
class Term:
    """A word, what it means, and where it is from."""

    name: str
    words: tuple[Sentence, ...]
    citation: str = ""


@dataclass(frozen=True)
class Terms:
    """Words and what they mean."""

    items: tuple[Term, ...]


@dataclass(frozen=True)
class Cautions:
    """What weakens an answer without stopping it; `title` says of what."""

    items: tuple[Sentence, ...]
    title: str = ""


@dataclass(frozen=True)
class Items:
    """Points under one another (ㅇ); `title` says of what."""

    items: tuple[Sentence, ...]
    title: str = ""


@dataclass(frozen=True)
class Form:
    """Boxes of a form: a label, and what is filled in beside it."""

    rows: tuple[tuple[str, tuple[Sentence, ...]], ...]


Block = Paragraph | Figure | Table | Terms | Cautions | Items | Form


@dataclass(frozen=True)
class Section:
    """A heading, and what stands under it."""

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    mark: str = ""  # who wrote it, set quietly beside the title
    counted: bool = True  # a box on top or an annex has no number

    @property
    def marked(self) -> str:
        """The title with its mark, where a format has no quieter way."""
        return f"{self.title} 〔{self.mark}〕" if self.mark else self.title


@dataclass(frozen=True)
class Tile:
    """The one number of the first screen."""

    label: Sentence
    number: Sentence
    interval: Sentence | None
    note: Sentence
    caution: Sentence | None = None  # what the check on the past says against it


@dataclass(frozen=True)
class FirstScreen:
    """What the reader with four minutes reads."""

    summary: tuple[Sentence, ...]
    tile: Tile | None
    figure: Figure | None
    to_do: tuple[Sentence, ...]
    mark: str = ""  # who wrote the summary, where it was not the rules


@dataclass(frozen=True)
class Outline:
    """The whole report, or 기획안, in one language, before it is written in any format."""

    title: Sentence
    question: Sentence
    lang: str
    made_up: bool
    period: Sentence | None
    first: FirstScreen | None  # a 기획안 has none
    sections: tuple[Section, ...]
    identity: tuple[tuple[str, Sentence], ...]  # what the footer says: plan, result, version
    kind: Literal["report", "proposal"] = "report"
    ai_draft: bool = False  # a model wrote some of it, and nobody has confirmed that
