"""Readers of DOCX and HWPX of our own, from zip and XML alone: what stands in a document, in reading order."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from posixpath import join, normpath
from typing import Any

from defusedxml import ElementTree

Grid = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Read:
    """A document as a reader finds it."""

    lines: tuple[str, ...]  # every paragraph, those of cells too, in order
    styles: tuple[str, ...]  # of each line, by its name
    tables: tuple[Grid, ...]
    heads: tuple[bool, ...]  # of each table: whether its first row is marked as its head and repeats
    right: tuple[tuple[bool, ...], ...]  # of each table: whether the last row's cells are right-aligned
    pictures: tuple[tuple[str, bytes], ...]  # alternative text, and the picture
    pages: tuple[tuple[int, int], ...]  # width and height of each section's pages, in points
    above: str  # what stands above every page
    lang: str
    title: str

    @property
    def text(self) -> str:
        """Everything, with single spaces."""
        return plain(" ".join(self.lines))

    def under(self, style: str) -> list[str]:
        """The lines of one style."""
        return [line for line, name in zip(self.lines, self.styles, strict=True) if name == style]


def plain(text: str) -> str:
    """Without what XML cannot hold, and with single spaces."""
    return " ".join(re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", text).split())


def tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def attr(element: Any, name: str) -> str:
    """An attribute, whatever its namespace; of no element, nothing."""
    held = element.attrib if element is not None else {}
    return next((value for key, value in held.items() if key.rpartition("}")[2] == name), "")


def every(root: Any, *names: str) -> list[Any]:
    return [one for one in root.iter() if tag(one) in names]


def first(root: Any, name: str) -> Any:
    return next(iter(every(root, name)), None)


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == len(set(archive.namelist()))
        return {name: archive.read(name) for name in archive.namelist()}


def read_docx(path: Path) -> Read:
    held = parts(path)
    root = ElementTree.fromstring(held["word/document.xml"])
    links = _relations(held, "word/document.xml")
    styles = ElementTree.fromstring(held["word/styles.xml"])
    names = {attr(s, "styleId"): attr(first(s, "name"), "val") for s in every(styles, "style")}
    paragraphs = every(root, "p")
    tables = every(root, "tbl")
    drawn = [
        (attr(first(d, "docPr"), "descr"), held[links[attr(first(d, "blip"), "embed")]]) for d in every(root, "inline")
    ]
    sizes = [(int(attr(p, "w")) // 20, int(attr(p, "h")) // 20) for p in every(root, "pgSz")]
    headers = [held[name] for name in links.values() if "header" in name]
    core = ElementTree.fromstring(held["docProps/core.xml"])
    return Read(
        lines=tuple("".join(t.text or "" for t in every(p, "t")) for p in paragraphs),
        styles=tuple(names[attr(first(p, "pStyle"), "val")] for p in paragraphs),
        tables=tuple(_docx_grid(t) for t in tables),
        heads=tuple(first(first(t, "tr"), "tblHeader") is not None for t in tables),
        right=tuple(
            tuple(attr(first(c, "jc"), "val") == "right" for c in every(every(t, "tr")[-1], "tc")) for t in tables
        ),
        pictures=tuple(drawn),
        pages=tuple(sizes),
        above=" ".join(t.text for h in headers for t in every(ElementTree.fromstring(h), "t")),
        lang=attr(first(styles, "lang"), "val"),
        title=first(core, "title").text,
    )


def _docx_grid(table: Any) -> Grid:
    return tuple(
        tuple(
            "\n".join("".join(t.text or "" for t in every(p, "t")) for p in every(cell, "p"))
            for cell in every(row, "tc")
        )
        for row in every(table, "tr")
    )


def _relations(held: Mapping[str, bytes], part: str) -> dict[str, str]:
    folder, _, name = part.rpartition("/")
    root = ElementTree.fromstring(held[f"{folder}/_rels/{name}.rels"])
    return {attr(r, "Id"): normpath(join(folder, attr(r, "Target"))) for r in every(root, "Relationship")}


def read_hwpx(path: Path) -> Read:
    held = parts(path)
    package = ElementTree.fromstring(held["Contents/content.hpf"])
    items = {attr(i, "id"): attr(i, "href") for i in every(package, "item")}
    spine = [attr(i, "idref") for i in every(package, "itemref")]
    sections = [ElementTree.fromstring(held[items[name]]) for name in spine if name.startswith("section")]
    head = ElementTree.fromstring(held[items["header"]])
    names = {attr(s, "id"): attr(s, "name") for s in every(head, "style")}
    aligned = {attr(p, "id"): attr(first(p, "align"), "horizontal") for p in every(head, "paraPr")}
    paragraphs = [p for section in sections for p in _body(section)]
    tables = [t for section in sections for t in every(section, "tbl")]
    pictures = [p for section in sections for p in every(section, "pic")]
    return Read(
        lines=tuple(_own_text(p) for p in paragraphs),
        styles=tuple(names[attr(p, "styleIDRef")] for p in paragraphs),
        tables=tuple(_hwpx_grid(t) for t in tables),
        heads=tuple(
            attr(t, "repeatHeader") == "1" and all(attr(c, "header") == "1" for c in every(first(t, "tr"), "tc"))
            for t in tables
        ),
        right=tuple(
            tuple(aligned[attr(first(c, "p"), "paraPrIDRef")] == "RIGHT" for c in every(every(t, "tr")[-1], "tc"))
            for t in tables
        ),
        pictures=tuple(
            (first(p, "shapeComment").text, held[items[attr(first(p, "img"), "binaryItemIDRef")]]) for p in pictures
        ),
        pages=tuple(_hwpx_page(first(section, "pagePr")) for section in sections),
        above=" ".join(
            dict.fromkeys(_own_text(p) for s in sections for h in every(s, "header") for p in every(h, "p"))
        ),
        lang=first(package, "language").text,
        title=first(package, "title").text,
    )


def _body(element: Any) -> Iterator[Any]:
    """Paragraphs in reading order: those of cells where the table stands, not those above the page."""
    for child in element:
        if tag(child) == "header":
            continue
        if tag(child) == "p":
            yield child
        yield from _body(child)


def _own_text(paragraph: Any) -> str:
    """The paragraph's words without those of tables in it."""
    return "".join(t.text or "" for run in paragraph if tag(run) == "run" for t in run if tag(t) == "t")


def _hwpx_grid(table: Any) -> Grid:
    return tuple(
        tuple("\n".join(_own_text(p) for p in every(cell, "p")) for cell in every(row, "tc"))
        for row in every(table, "tr")
    )


def _hwpx_page(page: Any) -> tuple[int, int]:
    wide, high = int(attr(page, "width")) // 100, int(attr(page, "height")) // 100
    return (high, wide) if attr(page, "landscape") == "NARROWLY" else (wide, high)
