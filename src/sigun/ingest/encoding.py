"""The encoding of a text file (글자 인코딩): BOM, strict UTF-8, strict cp949, else refused; read piece by piece."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import numpy as np

from sigun.errors import IngestError
from sigun.text import _

Encoding = Literal["utf-8", "utf-8-sig", "cp949", "utf-16"]
HANGUL = re.compile("[가-힣]")
PIECE = 4_000_000  # bytes held at once


def find_encoding(path: Path) -> Encoding:
    """The one encoding the whole file decodes in.

    Raises
    ------
    IngestError
        None fits, or some rows are UTF-8 and others cp949 (files pasted together).
    """
    with path.open("rb") as file:
        start = file.read(3)
    if start == codecs.BOM_UTF8:
        found: Encoding = "utf-8-sig"
    elif start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        found = "utf-16"
    elif _first_bad_row(path, "utf-8") is None:
        return "utf-8"
    else:
        found = "cp949"
        _require_one_encoding(path)
    row = _first_bad_row(path, found)
    if row is None:
        return found
    raise IngestError(
        _("The text is neither UTF-8 nor cp949 (Korean Windows)."),
        _("{file}, row {row}").format(file=path, row=row),
        _("Open it in the program it came from and save it as “CSV UTF-8”."),
    )


def _first_bad_row(path: Path, encoding: Encoding) -> int | None:
    """The first row that does not decode, or none."""
    decoder = codecs.getincrementaldecoder(encoding)()
    rows = 0
    for piece in _pieces(path):
        held = decoder.getstate()[0]  # bytes of a character begun in the piece before
        try:
            decoder.decode(piece)
        except UnicodeDecodeError as error:
            return rows + (held + piece).count(b"\n", 0, error.start) + 1
        rows += piece.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return rows + 1
    return None


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _whole_lines(path: Path) -> Iterator[bytes]:
    """Pieces that end where a line ends."""
    rest = b""
    for piece in _pieces(path):
        cut = piece.rfind(b"\n") + 1
        if not cut:
            rest += piece
            continue
        yield rest + piece[:cut]
        rest = piece[cut:]
    if rest:
        yield rest


def _require_one_encoding(path: Path) -> None:
    """UTF-8 Hangul often decodes as cp949 too, to nonsense: so each row that is not plain ASCII is looked at."""
    if not any(_holds_utf8_hangul(lines) for lines in _whole_lines(path)):
        return
    as_utf8 = as_other = rows = 0
    for lines in _whole_lines(path):
        split = lines.splitlines()
        for number, line in enumerate(split, rows + 1):
            if line.isascii():
                continue
            try:
                hangul = HANGUL.search(line.decode("utf-8"))
            except UnicodeDecodeError:
                as_other = as_other or number
            else:
                as_utf8 = as_utf8 or (number if hangul else 0)
            if as_utf8 and as_other:
                raise _mixed(path, as_utf8, as_other)
        rows += len(split)


def _holds_utf8_hangul(text: bytes) -> bool:
    """Whether two syllables stand in a row as UTF-8 writes them; by chance that is rare in cp949."""
    bytes_ = np.frombuffer(text, np.uint8)
    at = np.flatnonzero(bytes_ - np.uint8(0xEA) <= 3)
    at = at[at + 5 < len(bytes_)]
    for after in (1, 2, 4, 5, 3):
        follows = bytes_[at + after]
        at = at[follows - np.uint8(0xEA) <= 3 if after == 3 else (follows & 0xC0) == 0x80]
    return bool(len(at))


def _mixed(path: Path, utf8: int, other: int) -> IngestError:
    return IngestError(
        _("Rows in two encodings are mixed: row {utf8} is UTF-8, row {other} is not.").format(utf8=utf8, other=other),
        _("{file}, row {row}").format(file=path, row=max(utf8, other)),
        _("Files were put together byte by byte. Save each as UTF-8 first, or add them one by one."),
    )
