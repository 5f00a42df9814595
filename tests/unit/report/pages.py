"""Reads a report back as text, so that tests can ask what stands where."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser

from sigun.report.finished import Finished
from sigun.report.numbers import as_date
from sigun.report.refs import read_ref, resolve

VOID = {"meta", "br", "hr", "img", "input", "link"}


@dataclass
class Element:
    tag: str
    attrs: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, *tags: str) -> list[Element]:
        return [e for e in self.walk() if e.tag in tags]

    def by_id(self, name: str) -> Element:
        return next(e for e in self.walk() if e.attrs.get("id") == name)

    @property
    def classes(self) -> set[str]:
        return set(self.attrs.get("class", "").split())

    @property
    def text(self) -> str:
        return "".join(c if isinstance(c, str) else c.text for c in self.children)

    def prose(self, leave_out: tuple[str, ...], classes: frozenset[str]) -> Iterator[str]:
        """Text that is ours: not under one of those tags or classes, nor under a reference."""
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in leave_out and not child.classes & classes and "data-ref" not in child.attrs:
                yield from child.prose(leave_out, classes)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("document", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {k: v or "" for k, v in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {k: v or "" for k, v in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read_page(html: str) -> Element:
    """The page as a tree; every element must be closed in its place."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == [reader.root], [e.tag for e in reader.open]
    return reader.root


NOT_PROSE = ("svg", "style", "code", "cite", "head")
NOT_OURS = frozenset({"label"})  # numbers of headings, figures, tables; sizes of files


def loose_numbers(page: Element) -> list[str]:
    """Words of the page with a digit that refers to nothing; the name of the hash is no number."""
    found = [text.strip() for text in page.prose(NOT_PROSE, NOT_OURS) if re.search(r"\d", text)]
    return [text for text in found if text != "SHA-256"]


def wrong_values(page: Element, finished: Finished) -> list[dict[str, str]]:
    """Numbers of the page that are not what their reference names."""
    return [e.attrs for e in page.all("data") if not _same(resolve(finished, read_ref(e.attrs["data-ref"])), e)]


def _same(value: object, element: Element) -> bool:
    shown = element.attrs["value"]
    if isinstance(value, date | str):
        return as_date(value).isoformat() == shown
    return math.isclose(float(shown), float(value), rel_tol=1e-8, abs_tol=1e-12)  # type: ignore[arg-type]
