"""Snapshots (정제본): the cleaned Parquet of a card, the only thing later steps read; built when absent."""

from __future__ import annotations

import hashlib
import json
import shutil
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sigun.catalog.card import Card
from sigun.errors import CardError
from sigun.ingest.change import Change
from sigun.ingest.clean import CLEANING, Cleaned
from sigun.ingest.large import clean_file
from sigun.ingest.stored import Stored
from sigun.ingest.together import messages, put_together
from sigun.settings import Workspace
from sigun.text import Message, _

TOGETHER = 1
"""Version of putting files together; raise it when what is kept of several files of one table changes."""


@dataclass(frozen=True)
class Snapshot:
    """One cleaned file."""

    path: Path
    sha256: str  # of the file as received
    rows_read: int
    rows: int
    changes: tuple[Message, ...]
    later: tuple[Change, ...] = ()  # what each file after the first changed


def snapshot(card: Card, ws: Workspace) -> Snapshot:
    """The snapshot of a card, cleaned now if it is not there yet.

    Raises
    ------
    CardError, IngestError, Several
        The file is not there, is another than the card's, or contradicts the card.
    """
    path = source_file(card, ws)
    if not path.is_file():
        return _left_behind(card, ws, path)
    sha256 = file_hash(path)
    if card.sha256 is not None and card.sha256 != sha256:
        raise _another_file(path)
    target = snapshot_path(card, ws, sha256)
    if not _whole(target):
        write_snapshot(clean_all(card, ws), target)
    return _read(target, sha256)


def clean_all(card: Card, ws: Workspace) -> Cleaned:
    """The card's file and its parts cleaned and put together; `changes` tell what each later file changed.

    Raises
    ------
    CardError, IngestError, Several
        A file is not there, is another than the card's, or contradicts the card.
    """
    cleaned = clean_files(card, ws)
    files = (card.file, *(part.file for part in card.parts))
    return cleaned[0] if len(cleaned) == 1 else together(cleaned, [Path(file).name for file in files])


def clean_files(card: Card, ws: Workspace) -> tuple[Cleaned, ...]:
    """The card's file and each of its parts, cleaned; errors as of `clean_all`."""
    first = clean_file(source_file(card, ws), card.layout(), ws.key())
    return (first, *(_clean_part(card, ws, at) for at in range(1, len(card.parts) + 1)))


def together(cleaned: Sequence[Cleaned], names: Sequence[str]) -> Cleaned:
    """Files of one layout as one; of what each changed in cleaning, the name of its file is said."""
    frame, later = put_together([one.frame for one in cleaned], names)
    own: list[Message] = []
    own.extend(message for one in cleaned for message in one.changes if message not in own)
    own.extend(message for change in later for message in messages(change))
    return Cleaned(frame, sum(one.rows_read for one in cleaned), tuple(own), later)


def _clean_part(card: Card, ws: Workspace, at: int) -> Cleaned:
    part = card.parts[at - 1]
    path = source_file(card, ws, part.file)
    if not path.is_file():
        raise _not_there(card, path)
    if file_hash(path) != part.sha256:
        raise _another_file(path)
    return clean_file(path, card.layout(at), ws.key())


def source_file(card: Card, ws: Workspace, file: str | None = None) -> Path:
    """A file of a card, its own unless said; it lies within the workspace's sources folder.

    Raises
    ------
    CardError
        The card points out of that folder.
    """
    folder, said = ws.sources.resolve(), Path((file or card.file).replace("\\", "/"))
    path = (folder / said).resolve()
    if said.is_absolute() or not path.is_relative_to(folder):
        raise CardError(
            _("The card's file lies outside the sources folder."),
            str(ws.catalog / f"{card.id}.yaml"),
            _("Write `file` relative to {folder}, without “..”.").format(folder=folder),
        )
    return path


def snapshot_path(card: Card, ws: Workspace, sha256: str) -> Path:
    """Named by all that decides what is in it: the file, the layout, the version of cleaning."""
    parts = "".join(f"\n{part.model_dump_json(exclude={'file'})} {TOGETHER}" for part in card.parts)
    said = f"{sha256}\n{card.layout().model_dump_json()}\n{CLEANING}{parts}"
    return ws.clean / f"{card.id}-{hashlib.sha256(said.encode()).hexdigest()[:16]}.parquet"


def write_snapshot(cleaned: Cleaned, target: Path) -> None:
    """Whole or not at all: Parquet first, then the note beside it that makes it count."""
    target.parent.mkdir(parents=True, exist_ok=True)
    note = {
        "rows_read": cleaned.rows_read,
        "rows": cleaned.rows,
        "changes": [[m.template, dict(m.values)] for m in cleaned.changes],
        "later": [change.stored() for change in cleaned.later],
    }
    half = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        _write_rows(cleaned, half)
        half.replace(target)
        half.write_text(json.dumps(note, ensure_ascii=False, indent=1), encoding="utf-8")
        half.replace(_note(target))
    finally:
        half.unlink(missing_ok=True)


def _write_rows(cleaned: Cleaned, path: Path) -> None:
    if isinstance(cleaned, Stored):
        shutil.copyfile(cleaned.path, path)
    else:
        cleaned.frame.to_parquet(path, index=False)


def file_hash(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _left_behind(card: Card, ws: Workspace, path: Path) -> Snapshot:
    """After `forget` the original is gone; its snapshot stays good while the card's layout stays the same."""
    if card.sha256 is not None and _whole(target := snapshot_path(card, ws, card.sha256)):
        return _read(target, card.sha256)
    raise _not_there(card, path)


def _not_there(card: Card, path: Path) -> CardError:
    return CardError(
        _("The file of data set “{id}” is not there.").format(id=card.id),
        str(path),
        _("Put it back, mend `file` in the card, or add it again with `sigun data add`."),
    )


def _another_file(path: Path) -> CardError:
    return CardError(
        _("The file is not the one the card was written for: its checksum differs."),
        str(path),
        _("Put the first file back, or add the new one with `sigun data add`."),
    )


def _whole(target: Path) -> bool:
    return target.is_file() and _note(target).is_file()


def _note(target: Path) -> Path:
    return target.with_suffix(".json")


def _read(target: Path, sha256: str) -> Snapshot:
    note = json.loads(_note(target).read_text(encoding="utf-8"))
    changes = tuple(Message(template, values) for template, values in note["changes"])
    later = tuple(Change.read(said) for said in note.get("later", ()))
    return Snapshot(target, sha256, note["rows_read"], note["rows"], changes, later)
