"""Where a language model is, and what it may be shown (모형 접속 설정): `[model]` in sigun.toml, or the environment."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from sigun.errors import SettingsError, SigunError, require
from sigun.settings import MARK, Workspace
from sigun.text import N_, _

Place = Literal["none", "inside", "outside"]
"""없음 · 기관 내 · 기관 밖."""

PLACES: tuple[Place, ...] = ("none", "inside", "outside")
GRADES = ("O", "S", "C")
TIMEOUT = 60.0  # seconds a request; a model on one machine's processor needs most of a minute for a page
LONGEST = 600.0

HOW = N_("Set it up under [model] in sigun.toml (url, name, place), or by SIGUN_MODEL_URL, _NAME, _PLACE and _KEY.")


@dataclass(frozen=True)
class Endpoint:
    """An OpenAI-compatible endpoint. `key` is never written anywhere, and not shown."""

    url: str  # up to and with /v1
    name: str  # of the model
    place: Place
    grades: tuple[str, ...] = ("O",)  # of data whose metadata it may be shown
    timeout: float = TIMEOUT  # seconds
    key: str = field(default="", repr=False)

    def may_see(self, grade: str) -> bool:
        """Whether metadata of data of that grade may be sent; outside the organisation of open data only."""
        return grade == "O" if self.place == "outside" else grade in self.grades


def read_endpoint(workspace: Workspace) -> Endpoint | None:
    """What is set up; none where nothing is, or where `place` says that nothing may be asked.

    Raises
    ------
    SettingsError, Several
        Everything that is wrong with it.
    """
    said = {**_written(workspace.root / MARK), **_environment()}
    if not said.get("url") or said.get("place", "none") == "none":
        return None
    where = f"{workspace.root / MARK}: [model]"
    require(_problems(said, where))
    return Endpoint(
        url=str(said["url"]).rstrip("/"),
        name=str(said["name"]),
        place=said["place"],
        grades=tuple(_listed(said.get("grades", ["O"]))),
        timeout=float(said.get("timeout", TIMEOUT)),
        key=str(said.get("key", "")),
    )


def _written(mark: Path) -> Mapping[str, Any]:
    try:
        said = tomllib.loads(mark.read_text(encoding="utf-8")).get("model", {})
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as bad:
        raise SettingsError(
            _("sigun.toml cannot be read: {reason}").format(reason=bad), str(mark), _("Mend the line it names.")
        ) from bad
    if not isinstance(said, dict):
        raise SettingsError(_("[model] is no table of keys and values."), str(mark), _(HOW))
    if "key" in said:
        raise SettingsError(
            _("The key of the model stands in sigun.toml, where others can read it."),
            f"{mark}: [model] key",
            _("Take it out, and set the environment variable SIGUN_MODEL_KEY instead."),
        )
    return said


def _environment() -> dict[str, str]:
    names = ("url", "name", "place", "key", "grades", "timeout")
    found = {name: os.environ.get(f"SIGUN_MODEL_{name.upper()}", "").strip() for name in names}
    return {name: value for name, value in found.items() if value}


def _problems(said: Mapping[str, Any], where: str) -> Iterable[SigunError]:
    address = urlsplit(str(said["url"]))
    if address.scheme not in ("http", "https") or not address.hostname or address.username or address.query:
        yield SettingsError(
            _("The address of the model is none: “{url}”.").format(url=said["url"]),
            where,
            _("Write it as http://HOST:PORT/v1, without a name or key in it."),
        )
    if said["place"] not in PLACES:
        yield SettingsError(
            _("`place` says where the model runs: none, inside or outside. Given: “{place}”.").format(
                place=said["place"]
            ),
            where,
            _("Write inside for a model in your own network, outside for any other."),
        )
    if said["place"] == "outside" and address.scheme == "http":
        yield SettingsError(
            _("What is sent to a model outside can be read on the way: the address is not https."),
            where,
            _("Use its https address."),
        )
    if not str(said.get("name", "")).strip():
        yield SettingsError(_("The name of the model is missing."), where, _("Add it."))
    unknown = [grade for grade in _listed(said.get("grades", ["O"])) if grade not in GRADES]
    if unknown:
        yield SettingsError(
            _("There is no grade {names}.").format(names=", ".join(unknown)), where, _("Grades are O, S and C.")
        )
    yield from _of_timeout(said.get("timeout", TIMEOUT), where)


def _of_timeout(said: Any, where: str) -> Iterable[SigunError]:
    try:
        fits = 0 < float(said) <= LONGEST
    except (TypeError, ValueError):
        fits = False
    if not fits:
        yield SettingsError(
            _("`timeout` is a number of seconds, at most {longest}.").format(longest=int(LONGEST)),
            where,
            _("Given: {value}").format(value=said),
        )


def _listed(said: Any) -> list[str]:
    return [one.strip() for one in said.split(",")] if isinstance(said, str) else [str(one) for one in said]
