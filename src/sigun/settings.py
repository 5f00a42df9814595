"""How this machine runs (설정): the workspace's folders. Changing anything here may not change a number."""

from __future__ import annotations

import os
import secrets
import tomllib
from dataclasses import dataclass
from pathlib import Path

from sigun.errors import SettingsError
from sigun.text import _

MARK = "sigun.toml"


@dataclass(frozen=True)
class Workspace:
    """A folder (작업공간): `sigun.toml`, `data/` as received, `catalog/` cards, `plans/`, `runs/`."""

    root: Path
    sources: Path  # what a card's `file` is relative to

    @property
    def catalog(self) -> Path:
        """Where the cards are."""
        return self.root / "catalog"

    @property
    def received(self) -> Path:
        """Files as received."""
        return self.root / "data" / "received"

    @property
    def sealed(self) -> Path:
        """Originals with personal columns; owner-only rights."""
        return self.root / "data" / "sealed"

    @property
    def clean(self) -> Path:
        """Cleaned snapshots, the only thing later steps read."""
        return self.root / "data" / "clean"

    @property
    def plans(self) -> Path:
        """Plans."""
        return self.root / "plans"

    @property
    def runs(self) -> Path:
        """One folder a run."""
        return self.root / "runs"

    def key(self) -> bytes:
        """The key personal values are hashed with; made once, kept in the workspace, readable by its owner only."""
        path = self.root / ".sigun" / "key"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(32))
        return path.read_bytes()


def open_workspace(folder: Path) -> Workspace:
    """The workspace that holds `folder`: the nearest folder upwards with a `sigun.toml`.

    Raises
    ------
    SettingsError
        There is none, or its `sigun.toml` cannot be read.
    """
    start = folder.resolve()
    for root in (start, *start.parents):
        if (root / MARK).is_file():
            return Workspace(root, _sources(root))
    raise SettingsError(
        _("This folder is not a workspace."),
        str(folder),
        _("Lay one with `sigun init`, or change into one (a folder with sigun.toml)."),
    )


def _sources(root: Path) -> Path:
    """`[sources] folder`, relative to the file; `prefix` is the part of it that SIGUN_SHARED replaces."""
    mark = root / MARK
    try:
        said = tomllib.loads(mark.read_text(encoding="utf-8-sig")).get("sources", {})
        folder, prefix = str(said.get("folder", ".")), str(said.get("prefix", ""))
        if "\0" in folder + prefix:
            raise ValueError(_("no folder has such a name"))
    except (ValueError, AttributeError, RecursionError) as error:  # ValueError: not TOML, not UTF-8
        raise SettingsError(
            _("sigun.toml cannot be read: {reason}").format(reason=error), str(mark), _("Mend the line it names.")
        ) from error
    shared = os.environ.get("SIGUN_SHARED")
    if shared and prefix and folder.startswith(prefix):
        return Path(shared) / folder.removeprefix(prefix).lstrip("/\\")
    return (root / folder).resolve()


def lay_workspace(root: Path) -> Workspace:
    """Make an empty workspace; what is there already stays as it is."""
    for name in ("data/received", "data/clean", "catalog", "plans", "runs"):
        (root / name).mkdir(parents=True, exist_ok=True)
    mark = root / MARK
    if not mark.exists():
        mark.write_text(
            "# sigun workspace (작업공간). Card files are looked up in the folder below, relative to this file.\n"
            '[sources]\nfolder = "."\n',
            encoding="utf-8",
            newline="\n",
        )
    return open_workspace(root)
