"""Keep what was taken in (자료 보관): copy, snapshot and card, all of them or none."""

from __future__ import annotations

import re
import shutil
import stat
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from sigun.catalog.card import Card
from sigun.catalog.snapshot import file_hash, snapshot_path, together, write_snapshot
from sigun.catalog.write import write_card
from sigun.errors import SettingsError
from sigun.ingest.clean import Cleaned
from sigun.settings import Workspace
from sigun.text import _


@dataclass(frozen=True)
class Target:
    """Where a file is kept."""

    path: Path
    file: str  # as the card names it
    sealed: bool  # it holds personal data


@dataclass(frozen=True)
class Ready:
    """A card whose files were all read and cleaned, and where the new ones go."""

    card: Card
    files: tuple[tuple[Path, Target], ...]  # that are new: as given, and as kept
    cleaned: tuple[Cleaned, ...]  # of all its files
    first: int = 0  # of `cleaned` that is new

    @property
    def names(self) -> list[str]:
        """The names of all its files."""
        return [Path(file).name for file in (self.card.file, *(part.file for part in self.card.parts))]

    @property
    def whole(self) -> Cleaned:
        """All its files as one table."""
        return self.cleaned[0] if len(self.cleaned) == 1 else together(self.cleaned, self.names)


def place_for(ws: Workspace, path: Path, sealed: bool, sha256: str) -> Target:
    """Where a file is kept: sealed, where it lies already, or among the received; never over another file."""
    if ws.sources.resolve() != ws.root.resolve() and path.resolve().is_relative_to(ws.sources.resolve()):
        return _target(ws, path.resolve())
    folder = ws.sealed if sealed else ws.received
    name = re.sub(r'[<>:"/\\|?*\x00-\x1f]', "_", path.name)
    target, n = folder / name, 2
    while target.exists() and file_hash(target) != sha256:
        target, n = folder / f"{Path(name).stem}_{n}{Path(name).suffix}", n + 1
    return _target(ws, target)


def _target(ws: Workspace, path: Path) -> Target:
    try:
        file = path.resolve().relative_to(ws.sources.resolve()).as_posix()
    except ValueError as error:
        raise SettingsError(
            _("This workspace keeps its sources in another folder."),
            str(ws.sources),
            _("Put the file there and add it from there, or take `folder` out of sigun.toml."),
        ) from error
    return Target(path, file, path.is_relative_to(ws.sealed))


def keep_all(ws: Workspace, ready: Sequence[Ready]) -> list[Path]:
    """Copy, snapshot, card, in this order; all is taken back if one cannot be written. The paths of the cards."""
    undo: list[Callable[[], object]] = []
    try:
        return [_keep(ws, one, undo) for one in ready]
    except BaseException as stop:  # a full disk, Ctrl-C: nothing half-taken stays
        for back in reversed(undo):
            back()
        if isinstance(stop, OSError):
            raise SettingsError(
                _("The files cannot be kept: {reason}.").format(reason=stop.strerror or stop),
                str(stop.filename or ws.root),
                _("Free some space, or use a workspace in a folder you may write to. Nothing was added."),
            ) from stop
        raise


def _keep(ws: Workspace, one: Ready, undo: list[Callable[[], object]]) -> Path:
    for source, target in one.files:
        _copy(source, target, undo)
    snapshot = snapshot_path(one.card, ws, str(one.card.sha256))
    for path in (snapshot, snapshot.with_suffix(".json")):
        _will_write(path, undo)
    write_snapshot(one.whole, snapshot)
    _will_write(ws.catalog / f"{one.card.id}.yaml", undo)
    return write_card(ws, one.card)


def _will_write(path: Path, undo: list[Callable[[], object]]) -> None:
    """Remember how the file was, so that it can be put back."""
    if path.exists():
        before = path.read_bytes()
        undo.append(lambda: path.write_bytes(before))
    else:
        undo.append(lambda: path.unlink(missing_ok=True))


def _copy(source: Path, target: Target, undo: list[Callable[[], object]]) -> None:
    path = target.path
    if path.exists():
        return  # the same bytes
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.part")
    undo += [lambda: half.unlink(missing_ok=True), lambda: path.unlink(missing_ok=True)]
    shutil.copyfile(source, half)
    if target.sealed:
        half.chmod(stat.S_IRUSR | stat.S_IWUSR)
        path.parent.chmod(stat.S_IRWXU)
    half.replace(path)


def free_id(wanted: str, taken: Collection[str]) -> str:
    """The id, numbered where the catalogue has it."""
    numbered = (f"{wanted[:36]}_{n}" for n in range(2, 1000))
    return wanted if wanted not in taken else next(n for n in numbered if n not in taken)
