"""A line at the end of a file (줄 덧붙이기): whole or not at all, so that the next one can be read."""

from __future__ import annotations

import os
from pathlib import Path


def append_line(path: Path, line: str) -> None:
    """Add the line.

    Raises
    ------
    OSError
        The disk did not take all of it; the file is as it was.
    """
    left = f"{line}\n".encode()
    with path.open("ab", buffering=0) as file:  # a buffer would write the rest on closing, after all
        before = file.tell()
        try:
            while left:
                left = left[file.write(left) :]
        except OSError as bad:
            os.truncate(path, before)
            bad.filename = bad.filename or str(path)  # a full disk does not say where
            raise
