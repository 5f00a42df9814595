"""The encoding of a text file (글자 인코딩): BOM, strict UTF-8, strict cp949, else refused."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Literal

from sigun.errors import IngestError
from sigun.text import _

Encoding = Literal["utf-8", "utf-8-sig", "cp949", "utf-16"]
HANGUL = re.compile("[가-힣]")
UTF8_HANGUL = re.compile(rb"(?:[\xea-\xed][\x80-\xbf]{2}){2}")  # two syllables in a row; rare by chance in cp949


def find_encoding(path: Path) -> Encoding:
    """The one encoding the whole file decodes in.

    Raises
    ------
    IngestError
        None fits, or some rows are UTF-8 and others cp949 (files pasted together).
    """
    data = path.read_bytes()
    if data.startswith(codecs.BOM_UTF8):
        found: Encoding = "utf-8-sig"
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        found = "utf-16"
    elif _decodes(data, "utf-8"):
        return "utf-8"
    else:
        found = "cp949"
    if found == "cp949":
        _require_one_encoding(data, path)
    if _decodes(data, found):
        return found
    row = _first_bad_row(data, found)
    raise IngestError(
        _("The text is neither UTF-8 nor cp949 (Korean Windows)."),
        _("{file}, row {row}").format(file=path, row=row),
        _("Open it in the program it came from and save it as “CSV UTF-8”."),
    )


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _require_one_encoding(data: bytes, path: Path) -> None:
    """UTF-8 Hangul often decodes as cp949 too, to nonsense: so each row that is not plain ASCII is looked at."""
    if not UTF8_HANGUL.search(data):
        return
    as_utf8 = as_other = 0
    for number, line in enumerate(data.splitlines(), 1):
        if line.isascii():
            continue
        try:
            hangul = HANGUL.search(line.decode("utf-8"))
        except UnicodeDecodeError:
            as_other = as_other or number
        else:
            as_utf8 = as_utf8 or (number if hangul else 0)
        if as_utf8 and as_other:
            raise IngestError(
                _("Rows in two encodings are mixed: row {utf8} is UTF-8, row {other} is not.").format(
                    utf8=as_utf8, other=as_other
                ),
                _("{file}, row {row}").format(file=path, row=max(as_utf8, as_other)),
                _("Files were put together byte by byte. Save each as UTF-8 first, or add them one by one."),
            )


def _first_bad_row(data: bytes, encoding: str) -> int:
    try:
        data.decode(encoding)
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return 1
