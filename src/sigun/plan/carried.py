"""The plan a document carries inside (문서 안의 계획): taken out of DOCX, HWPX, HTML and PDF, hostile until read.

A document holds `plan.yaml`, and in `words.sha256` what its visible words were when it was written: whoever edits the
words in a word processor changes the paper, not the plan, and is told so.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from html.parser import HTMLParser
from itertools import islice
from pathlib import Path
from typing import IO, TypeVar
from xml.parsers import expat

from sigun.errors import SigunError
from sigun.text import _

PLAN, WORDS = "plan.yaml", "words.sha256"
SUFFIXES = (".docx", ".hwpx", ".html", ".htm", ".pdf")
LARGEST_FILE = 60_000_000  # bytes of a document
LARGEST_PART = 20_000_000  # bytes of one part of it, unpacked
LARGEST_PLAN = 1_000_000
MOST_PARTS = 4_000
FOLDER = "sigun/"  # of the zip
CARRIED = "urn:sigun:carried"  # namespace of the custom XML that holds a file, which Word keeps when it saves

T = TypeVar("T")
Found = Iterator[tuple[str, bytes]]


class _Unusual(Exception):
    """A document that is not built as a word processor builds one."""


def is_document(path: Path) -> bool:
    """Whether a plan would be looked for inside the file, by its name."""
    return path.suffix.lower() in SUFFIXES


def carried_plan(path: Path, error: type[SigunError]) -> str:
    """The text of the one plan the document carries; what is wrong is raised as `error`."""
    plans = list(dict.fromkeys(_inside(path, PLAN, error)))
    if not plans:
        raise error(
            _("There is no plan inside this document."),
            str(path),
            _("Give a document that `sigun document` wrote, as it wrote it; other programs may have dropped the plan."),
        )
    if len(plans) > 1:
        raise error(
            _("Several plans that differ stand inside this document."),
            str(path),
            _("Write the document again from the plan that holds (`sigun document`)."),
        )
    if len(plans[0]) > LARGEST_PLAN:
        raise _refused(path, error)
    try:
        return plans[0].decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        raise _refused(path, error) from bad


def words_changed(path: Path, error: type[SigunError]) -> bool:
    """Whether the visible words are others than those the document was written with; unknown of a PDF: no."""
    kept = {held.decode("ascii", "replace").strip() for held in _inside(path, WORDS, error)}
    return bool(kept) and digest(visible(path, error)) not in kept


def digest(words: str) -> str:
    """What visible words are remembered by."""
    return hashlib.sha256(words.encode("utf-8")).hexdigest()


def visible(path: Path, error: type[SigunError]) -> str:
    """Every word a reader sees, in order, without the spaces and line ends that programs set as they like."""
    read = {".docx": _docx_words, ".hwpx": _hwpx_words, ".html": _html_words, ".htm": _html_words}
    reader = read.get(path.suffix.lower())
    return "" if reader is None else packed_words(_safely(path, reader, error))


def packed_words(pieces: Iterable[str]) -> str:
    """Words without any space, composed."""
    return "".join(unicodedata.normalize("NFC", "".join(pieces)).split())


def _inside(path: Path, name: str, error: type[SigunError]) -> list[bytes]:
    """Every file of that name in the document."""
    readers: Mapping[str, Callable[[Path], Found]] = {
        ".docx": _from_zip,
        ".hwpx": _from_zip,
        ".html": _from_html,
        ".htm": _from_html,
        ".pdf": _from_pdf,
    }
    return [held for found, held in _safely(path, readers[path.suffix.lower()], error) if found == name]


def _safely(path: Path, read: Callable[[Path], Iterator[T]], error: type[SigunError]) -> list[T]:
    """All that `read` finds; a document that cannot be what it says is refused in words."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _Unusual
        return list(read(path))
    except (
        *(_Unusual, OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError),
        *(zlib.error, expat.ExpatError, binascii.Error, UnicodeError, ValueError),
    ) as bad:
        raise _refused(path, error) from bad


def _refused(path: Path, error: type[SigunError]) -> SigunError:
    return error(
        _("The document cannot be read: it is damaged, locked, or far larger inside than outside."),
        str(path),
        _("Give it as `sigun document` wrote it, or the plan file (YAML) itself."),
    )


def _limited(stream: IO[bytes], most: int) -> bytes:
    held = stream.read(most + 1)
    if len(held) > most:
        raise _Unusual
    return held


def _from_zip(path: Path) -> Found:
    """Parts under `sigun/`, and custom XML of ours."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS:
            raise _Unusual
        left = LARGEST_PART  # of custom XML, all together
        for part in parts:
            if part.filename in (FOLDER + PLAN, FOLDER + WORDS):
                with archive.open(part) as stream:
                    yield part.filename.removeprefix(FOLDER), _limited(stream, LARGEST_PLAN)
            elif re.fullmatch(r"customXml/item\d+\.xml", part.filename):
                with archive.open(part) as stream:
                    held = _limited(stream, min(left, 2 * LARGEST_PLAN))
                left -= len(held)
                yield from _custom(held)


def _custom(xml: bytes) -> Found:
    """A file in a piece of custom XML, if it is one of ours."""
    if CARRIED.encode() not in xml:
        return
    names: list[str] = []
    text: list[str] = []

    def begin(tag: str, attributes: dict[str, str]) -> None:
        if tag == f"{CARRIED} file":
            names.append(attributes.get("name", ""))

    _parse(xml, begin, text.append, lambda _tag: None)
    if names:
        yield names[0], base64.b64decode("".join(text), validate=False)


def _parse(
    xml: bytes, begin: Callable[[str, dict[str, str]], None], say: Callable[[str], None], end: Callable[[str], None]
) -> None:
    """Walk an XML part; one that declares a document type (entities that unfold) is refused."""

    def declared(*_said: object) -> None:
        raise _Unusual

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = begin, say, end
    parser.Parse(xml, True)


def _docx_words(path: Path) -> Iterator[str]:
    return _xml_words(path, r"word/document\.xml")


def _hwpx_words(path: Path) -> Iterator[str]:
    return _xml_words(path, r"Contents/section\d+\.xml")


def _xml_words(path: Path, parts: str) -> Iterator[str]:
    """The text of every `t` element of the parts, in order."""
    with zipfile.ZipFile(path) as archive:
        names = sorted(
            {name for name in archive.namelist() if re.fullmatch(parts, name)}, key=lambda name: (len(name), name)
        )
        left = LARGEST_PART  # of all parts together: many small bombs are a large one
        for name in names:
            with archive.open(name) as stream:
                held = _limited(stream, left)
            left -= len(held)
            yield _text_of(held)


def _text_of(xml: bytes) -> str:
    pieces: list[str] = []
    open_: list[str] = []

    def begin(tag: str, _attributes: dict[str, str]) -> None:
        open_.append(tag.rpartition(" ")[2])

    def say(text: str) -> None:
        if "t" in open_[-3:]:
            pieces.append(text)

    def end(_tag: str) -> None:
        open_.pop()

    _parse(xml, begin, say, end)
    return "".join(pieces)


class _Page(HTMLParser):
    """What a page shows, and what it carries in `<template class="carried">`."""

    HIDDEN = ("head", "style", "script", "template")

    def __init__(self) -> None:
        super().__init__()
        self.hidden: list[str] = []
        self.name = ""
        self.words: list[str] = []
        self.held: list[tuple[str, list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.HIDDEN:
            self.hidden.append(tag)
            said = dict(attrs)
            if tag == "template" and said.get("class") == "carried":
                self.name = said.get("data-name") or ""
                self.held.append((self.name, []))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.hidden:
            del self.hidden[self.hidden.index(tag) :]
            self.name = "" if tag == "template" else self.name

    def handle_data(self, data: str) -> None:
        if self.name:
            self.held[-1][1].append(data)
        elif not self.hidden:
            self.words.append(data)


def _page(path: Path) -> _Page:
    page = _Page()
    with path.open("rb") as stream:
        page.feed(_limited(stream, LARGEST_PART).decode("utf-8"))
    page.close()
    return page


def _from_html(path: Path) -> Found:
    for name, pieces in _page(path).held:
        yield name, base64.b64decode("".join(pieces))


def _html_words(path: Path) -> Iterator[str]:
    yield from _page(path).words


MOST_ATTACHED = 40


def _from_pdf(path: Path) -> Found:
    """Attached files that are plans: by what stands in them, as their names may lie in a packed part."""
    with path.open("rb") as stream:
        whole = _limited(stream, LARGEST_FILE)
    for said, start in islice(_attached(whole), MOST_ATTACHED):
        held = whole[start : whole.find(b"endstream", start)]
        if b"/FlateDecode" in said:
            held = zlib.decompressobj().decompress(held, LARGEST_PLAN + 1)
        if b"schema_version:" in held:
            yield PLAN, held


def _attached(whole: bytes) -> Iterator[tuple[bytes, int]]:
    """What is said of each stream of an attached file, and where the stream begins."""
    for found in re.finditer(rb"/EmbeddedFile\b", whole):
        begin = whole.rfind(b" obj", max(0, found.start() - 2000), found.start())
        end = re.compile(rb"stream\r?\n").search(whole, found.end(), found.end() + 2000)
        if begin >= 0 and end is not None and b"endobj" not in whole[begin : end.start()]:
            yield whole[begin : end.start()], end.end()
