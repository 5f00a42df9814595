"""Keep the message catalogue (문구) complete.

python tools/messages.py add FILE.json   add Korean for English messages: {"English": "한국어", …}
python tools/messages.py check           list messages without Korean, and Korean without a message; exit 1 if any
python tools/messages.py compile         drop what is no longer used, write the .mo file
"""

from __future__ import annotations

import ast
import io
import json
import string
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "sigun"
PO = SOURCE / "locale" / "ko" / "LC_MESSAGES" / "sigun.po"


def in_code() -> dict[str, list[str]]:
    """Every message in the code, and the files it stands in."""
    found: dict[str, list[str]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for message in in_module(path.read_text(encoding="utf-8")):
            found.setdefault(message, []).append(path.relative_to(SOURCE).as_posix())
    for file, _line, message, _comments, _context in extract_from_dir(
        SOURCE, method_map=[("**/templates/**.html", "jinja2")], keywords={"_": None}
    ):
        if isinstance(message, str) and message:
            found.setdefault(message, []).append(Path(file).as_posix())
    return found


def in_module(code: str) -> list[str]:
    """The messages of one module, those inside f-strings included."""
    return [
        node.args[0].value
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("_", "N_")
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    ]


def read() -> Catalog:
    """The Korean catalogue as it is on disk."""
    if not PO.exists():
        return Catalog(locale="ko", project="sigun", charset="utf-8")
    with PO.open("rb") as file:
        return read_po(file, locale="ko")


def write(korean: dict[str, str]) -> None:
    """Write .po (sorted, with the files each message stands in) and .mo."""
    places = in_code()
    catalogue = Catalog(
        locale="ko", project="sigun", version="", charset="utf-8", creation_date=_FIXED, revision_date=_FIXED
    )
    for english in sorted(korean):
        catalogue.add(english, korean[english], locations=[(p, 0) for p in sorted(set(places.get(english, [])))])
    PO.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=120, include_lineno=False, sort_output=True)
    PO.write_bytes(buffer.getvalue())
    write_compiled(catalogue)


def write_compiled(catalogue: Catalog) -> None:
    """Write the .mo beside the .po."""
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    PO.with_suffix(".mo").write_bytes(buffer.getvalue())


def korean_of(catalogue: Catalog) -> dict[str, str]:
    """English -> Korean."""
    return {str(m.id): str(m.string) for m in catalogue if m.id and m.string}


def placeholders(text: str) -> set[str]:
    """The `{names}` in a message."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def problems() -> list[str]:
    """What is missing, left over, or has other placeholders in Korean than in English."""
    places, korean = in_code(), korean_of(read())
    missing = [f"no Korean: {m!r}  ({places[m][0]})" for m in sorted(places.keys() - korean.keys())]
    unused = [f"not in the code: {m!r}" for m in sorted(korean.keys() - places.keys())]
    uneven = [
        f"placeholders differ: {m!r} / {k!r}"
        for m, k in sorted(korean.items())
        if m in places and placeholders(m) != placeholders(k)
    ]
    return missing + unused + uneven


def main(verb: str, *rest: str) -> int:
    """Run one verb; the exit code."""
    if verb == "check":
        found = problems()
        sys.stdout.buffer.write("".join(f"{line}\n" for line in found).encode())
        return 1 if found else 0
    lock = PO.with_suffix(".lock")
    PO.parent.mkdir(parents=True, exist_ok=True)
    for _ in range(200):  # two people may add at once
        try:
            lock.touch(exist_ok=False)
            break
        except FileExistsError:
            time.sleep(0.1)
    try:
        korean = korean_of(read())
        if verb == "add":
            korean |= json.loads(Path(rest[0]).read_text(encoding="utf-8"))
        elif verb == "compile":
            used = in_code()
            korean = {m: k for m, k in korean.items() if m in used}
        write(korean)
    finally:
        lock.unlink(missing_ok=True)
    return 0


_FIXED = datetime(2026, 1, 1, tzinfo=UTC)  # the file changes only when a message does

if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
