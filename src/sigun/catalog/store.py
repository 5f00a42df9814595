"""The catalogue (자료 목록): its cards, files taken in as received, originals sealed and forgotten."""

from __future__ import annotations

import json
import re
import shutil
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from sigun.catalog.card import Card
from sigun.catalog.look import look_at
from sigun.catalog.propose import propose_from
from sigun.catalog.snapshot import file_hash, snapshot_path, source_file, write_snapshot
from sigun.catalog.write import write_card
from sigun.errors import CardError, IngestError, SettingsError, SigunError, require
from sigun.ingest.clean import Cleaned, clean, clean_table
from sigun.plan.read import read_document
from sigun.settings import Workspace
from sigun.text import N_, Message, _, say


@dataclass(frozen=True)
class Catalog:
    """The cards of a workspace, by id."""

    workspace: Workspace
    cards: Mapping[str, Card]

    def card(self, name: str) -> Card:
        """The card of that id; where there is none, the nearest names are offered."""
        if name in self.cards:
            return self.cards[name]
        near = get_close_matches(name, list(self.cards), 3, 0.4) or sorted(self.cards)[:8]
        raise CardError(
            _("There is no data set “{name}” in the catalogue.").format(name=name),
            str(self.workspace.catalog),
            _("Did you mean: {names}?").format(names=", ".join(near))
            if near
            else _("Add the file with `sigun data add`."),
        )


@dataclass(frozen=True)
class Added:
    """One file taken in."""

    card: Card
    path: Path  # of the card
    rows_read: int
    rows: int
    changes: tuple[Message, ...]
    sealed: bool = False  # the original holds personal data
    known: bool = False  # the same file was in the catalogue already; nothing was done


def read_card(path: Path) -> Card:
    """A card from a YAML file; every problem with its line."""
    return read_document(Path(path), Card, CardError)


def read_catalog(ws: Workspace) -> Catalog:
    """Every card of the workspace.

    Raises
    ------
    CardError, Several
        All that is wrong with any of them.
    """
    cards: dict[str, Card] = {}
    problems: list[SigunError] = []
    for path in sorted(ws.catalog.glob("*.yaml")):
        try:
            card = read_card(path)
        except SigunError as problem:
            problems.extend(getattr(problem, "problems", (problem,)))
            continue
        if card.id in cards:
            problems.append(
                CardError(
                    _("Two cards have the id “{id}”.").format(id=card.id), str(path), _("Give one of them another id.")
                )
            )
        cards[card.id] = card
    require(problems)
    return Catalog(ws, cards)


def add_files(ws: Workspace, files: Sequence[Path], card: Card | None = None) -> list[Added]:
    """Take files in: read and clean every one first, then keep them; if one cannot be used, none is kept.

    Parameters
    ----------
    card : what the columns mean, for a single file; else a card is proposed for each.

    Raises
    ------
    IngestError, CardError, Several
        All that is wrong with all of the files.
    """
    if card is not None and len(files) != 1:
        raise CardError(_("One card is for one file."), str(ws.catalog), _("Add the files one by one."))
    known = dict(read_catalog(ws).cards)
    ready: list[_Ready | Added] = []
    problems: list[SigunError] = []
    for path in map(Path, files):
        try:
            ready.append(_prepare(ws, path, card, [*known.values(), *(r.card for r in ready)]))
        except SigunError as problem:
            problems.extend(getattr(problem, "problems", (problem,)))
    require(problems)
    return _keep_all(ws, ready)


def forget(ws: Workspace, name: str) -> None:
    """Delete the sealed original of a data set; its hash and counts stay, and its snapshot stays usable."""
    card = read_catalog(ws).card(name)
    path = source_file(card, ws)
    if not path.is_relative_to(ws.sealed.resolve()):
        raise CardError(
            _("The original of “{id}” is not sealed: it holds no personal data we know of.").format(id=name),
            str(path),
            _("Delete the file yourself if it is to go."),
        )
    if not path.is_file():
        raise CardError(
            _("The original of “{id}” is deleted already.").format(id=name), str(path), _("Nothing is left to do.")
        )
    sha256 = file_hash(path)
    counts = {"id": card.id, "file": card.file, "sha256": sha256, "bytes": path.stat().st_size}
    record = snapshot_path(card, ws, sha256).with_suffix(".json")
    rows = json.loads(record.read_text(encoding="utf-8"))["rows_read"] if record.is_file() else None
    write_card(ws, card.model_copy(update={"sha256": sha256}))
    note = ws.sealed / f"{path.name}.forgotten.json"
    note.write_text(json.dumps({**counts, "rows_read": rows}, ensure_ascii=False, indent=1), encoding="utf-8")
    path.unlink()


@dataclass(frozen=True)
class _Ready:
    """A file that was read and cleaned, and where it goes."""

    source: Path
    target: Path
    card: Card
    sha256: str
    cleaned: Cleaned
    sealed: bool


def _prepare(ws: Workspace, path: Path, said: Card | None, others: Sequence[Card]) -> _Ready | Added:
    if not path.is_file():
        raise IngestError(_("There is no such file."), str(path), _("Check the path."))
    sha256 = file_hash(path)
    same = next((c for c in others if c.sha256 == sha256), None)
    if same is not None and said is None:
        return _already(ws, same)
    if said is None:
        look = look_at(path)
        card = propose_from(look)
        cleaned = clean_table(path, look.table, card, ws.key())
    else:
        card, cleaned = said, clean(path, said, ws.key())
    sealed = any(c.personal is not None for c in card.fields)
    if said is None:
        card = card.model_copy(update={"id": _free_id(card.id, [c.id for c in others])})
    elif any(c.id == card.id and c.sha256 != sha256 for c in others):
        raise CardError(
            _("The catalogue has a data set “{id}” of another file.").format(id=card.id),
            str(ws.catalog / f"{card.id}.yaml"),
            _("Give the card another id, or delete the old card first."),
        )
    target = _target(ws, path, sealed, sha256)
    sealed = target.is_relative_to(ws.sealed)
    file = _relative(ws, target)
    return _Ready(path, target, card.model_copy(update={"file": file, "sha256": sha256}), sha256, cleaned, sealed)


def _already(ws: Workspace, card: Card) -> Added:
    said = say(N_("The same file is in the catalogue already, as “{id}”; nothing was added."), id=card.id)
    return Added(card, ws.catalog / f"{card.id}.yaml", 0, 0, (said,), known=True)


def _target(ws: Workspace, path: Path, sealed: bool, sha256: str) -> Path:
    """Where the file is kept: sealed, where it lies already, or among the received; never over another file."""
    if ws.sources.resolve() != ws.root.resolve() and path.resolve().is_relative_to(ws.sources.resolve()):
        return path.resolve()
    folder = ws.sealed if sealed else ws.received
    name = re.sub(r'[<>:"/\\|?*\x00-\x1f]', "_", path.name)
    target, n = folder / name, 2
    while target.exists() and file_hash(target) != sha256:
        target, n = folder / f"{Path(name).stem}_{n}{Path(name).suffix}", n + 1
    return target


def _relative(ws: Workspace, target: Path) -> str:
    try:
        return target.resolve().relative_to(ws.sources.resolve()).as_posix()
    except ValueError as error:
        raise SettingsError(
            _("This workspace keeps its sources in another folder."),
            str(ws.sources),
            _("Put the file there and add it from there, or take `folder` out of sigun.toml."),
        ) from error


def _keep_all(ws: Workspace, ready: Sequence[_Ready | Added]) -> list[Added]:
    """Copy, snapshot, card, in this order; what was written is taken back if a later file cannot be."""
    written: list[Path] = []
    try:
        return [one if isinstance(one, Added) else _keep(ws, one, written) for one in ready]
    except BaseException as stop:  # a full disk, Ctrl-C: nothing half-taken stays
        for path in written:
            path.unlink(missing_ok=True)
        if isinstance(stop, OSError):
            raise SettingsError(
                _("The files cannot be kept: {reason}.").format(reason=stop.strerror or stop),
                str(stop.filename or ws.root),
                _("Free some space, or use a workspace in a folder you may write to. Nothing was added."),
            ) from stop
        raise


def _keep(ws: Workspace, one: _Ready, written: list[Path]) -> Added:
    _copy(one, written)
    target = snapshot_path(one.card, ws, one.sha256)
    card = ws.catalog / f"{one.card.id}.yaml"
    written += [p for p in (target, target.with_suffix(".json"), card) if not p.exists()]
    write_snapshot(one.cleaned, target)
    write_card(ws, one.card)
    cleaned = one.cleaned
    return Added(one.card, card, cleaned.rows_read, len(cleaned.frame), cleaned.changes, one.sealed)


def _copy(one: _Ready, written: list[Path]) -> None:
    if one.target.exists():
        return  # the same bytes
    one.target.parent.mkdir(parents=True, exist_ok=True)
    half = one.target.with_name(f".{one.target.name}.part")
    written += [half, one.target]
    shutil.copyfile(one.source, half)
    if one.sealed:
        half.chmod(stat.S_IRUSR | stat.S_IWUSR)
        one.target.parent.chmod(stat.S_IRWXU)
    half.replace(one.target)


def _free_id(wanted: str, taken: Sequence[str]) -> str:
    numbered = (f"{wanted[:36]}_{n}" for n in range(2, 1000))
    return wanted if wanted not in taken else next(n for n in numbered if n not in taken)
