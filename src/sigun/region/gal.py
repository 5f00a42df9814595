"""Weights files of the GAL format (공간 가중치 파일): who is next to whom, as GeoDa, R and others write it.

A first line tells how many regions there are (`49`, or `0 49 columbus POLYID`). Then each region has two lines: its id
and how many neighbours it has, and their ids. A region without neighbours may have an empty second line, or none.
Ids with blanks stand in quotes ("New Mexico").
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sigun.errors import IngestError, SigunError, require
from sigun.text import _

LARGEST = 50_000_000  # bytes
MOST_REGIONS = 100_000
SHOWN = 5  # faults said one by one
ENCODINGS = ("utf-8-sig", "cp949")
ID = re.compile(r'"([^"]+)"|(\S+)')  # of a neighbour


@dataclass(frozen=True)
class Links:
    """What a weights file says."""

    ids: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]  # a region and one of its neighbours
    sha256: str  # of the file


@dataclass(frozen=True)
class _Block:
    """One region's two lines."""

    line: int
    id: str
    count: int
    told: tuple[str, ...]


def read_gal(path: Path) -> Links:
    """The links of a weights file.

    Raises
    ------
    IngestError, Several
        The file is not there, too large, no GAL file, or contradicts itself: said with its lines.
    """
    content = _content(path)
    lines = [(at, line.strip()) for at, line in enumerate(_text(content, path).splitlines(), 1)]
    told = [(at, line) for at, line in lines if line]
    regions = _how_many(told, path)
    blocks = list(_blocks(told[1:], path))
    require(list(_faults(blocks, regions, path))[:SHOWN])
    pairs = tuple((block.id, other) for block in blocks for other in block.told)
    return Links(tuple(block.id for block in blocks), pairs, hashlib.sha256(content).hexdigest())


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise IngestError(_("There is no such file."), str(path), _("Check the path."))
    if path.stat().st_size > LARGEST:
        raise _not_gal(path, _("it is larger than {limit} MB").format(limit=LARGEST // 1_000_000))
    return path.read_bytes()


def _text(content: bytes, path: Path) -> str:
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _not_gal(path, _("it is no text"))


def _how_many(told: list[tuple[int, str]], path: Path) -> int:
    """The number of regions of the first line: `49`, or the second word of `0 49 columbus POLYID`."""
    words = told[0][1].split() if told else []
    said = words[1] if len(words) > 1 else "".join(words)
    if not said.isascii() or not said.isdigit() or (len(words) > 1 and not words[0].isdigit()) or len(said) > 9:
        raise _not_gal(path, _("its first line does not tell how many regions there are"))
    if int(said) > MOST_REGIONS:
        raise _not_gal(path, _("it has more than {limit} regions").format(limit=f"{MOST_REGIONS:,}"))
    return int(said)


def _blocks(lines: list[tuple[int, str]], path: Path) -> Iterator[_Block]:
    at = 0
    while at < len(lines):
        number, line = lines[at]
        head, _blank, said = line.rpartition(" ") if " " in line else line.rpartition("\t")
        if not head.strip() or not said.isascii() or not said.isdigit() or len(said) > 9:
            raise _at_line(
                path,
                number,
                _("“{line}” is no id with its number of neighbours").format(line=line[:60]),
            )
        count, told, at = int(said), list[str](), at + 1
        while len(told) < count and at < len(lines):
            told += [quoted or word for quoted, word in ID.findall(lines[at][1])]
            at += 1
        yield _Block(number, head.strip().strip('"'), count, tuple(told))


def _faults(blocks: list[_Block], regions: int, path: Path) -> Iterator[SigunError]:
    """Where the file contradicts itself."""
    ids = {block.id for block in blocks}
    seen: set[str] = set()
    for block in blocks:
        if len(block.told) != block.count:
            said = _("“{id}” is to have {count} neighbours, and {told} are told")
            yield _at_line(path, block.line, said.format(id=block.id[:60], count=block.count, told=len(block.told)))
        if block.id in seen:
            yield _at_line(path, block.line, _("“{id}” is told twice").format(id=block.id[:60]))
        seen.add(block.id)
        if len(set(block.told)) < len(block.told) or block.id in block.told:
            yield _at_line(
                path, block.line, _("a neighbour of “{id}” repeats, or is the region itself").format(id=block.id[:60])
            )
        strange = [name for name in block.told if name not in ids]
        if strange:
            said = _("a neighbour of “{id}” is no region of the file: {names}")
            yield _at_line(path, block.line, said.format(id=block.id[:60], names=", ".join(strange)[:100]))
    if len(blocks) != regions:
        said = _("its first line tells of {regions} regions, and it holds {n}")
        yield _not_gal(path, said.format(regions=regions, n=len(blocks)))


def _at_line(path: Path, line: int, why: str) -> IngestError:
    return IngestError(
        _("The weights file cannot be used: {why}.").format(why=why),
        _("{file}, line {line}").format(file=path, line=line),
        _("Mend the line, or write the file again with the program it is from."),
    )


def _not_gal(path: Path, why: str) -> IngestError:
    return IngestError(
        _("The weights file cannot be used: {why}.").format(why=why),
        str(path),
        _("Give a weights file of the GAL format (.gal), as GeoDa or R writes it."),
    )
