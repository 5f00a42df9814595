"""Documents that are zips (묶음): the same parts give the same bytes."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Mapping

from sigun.plan.carried import CARRIED

_NOON = (1980, 1, 1, 0, 0, 0)  # a zip must have a time: the first there is


def packed(parts: Mapping[str, bytes], stored: frozenset[str] = frozenset()) -> bytes:
    """The parts as a zip, in their order; those in `stored` are not compressed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, held in parts.items():
            entry = zipfile.ZipInfo(name, _NOON)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # else Windows and others differ in a byte
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, held)
    return buffer.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of a zip, in its order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def as_custom_xml(name: str, held: bytes) -> bytes:
    """The file as a piece of custom XML, which Word keeps when it saves; it drops parts it does not know."""
    text = base64.b64encode(held).decode("ascii")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<file xmlns="{CARRIED}" name="{name}">{text}</file>'.encode()
