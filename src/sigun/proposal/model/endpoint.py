"""Where a language model is, and what it may be shown (모형 접속 설정): `[model]` in sigun.toml, or the environment."""

from __future__ import annotations

import os
import re
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
KEYS = ("url", "name", "place", "grades", "timeout", "key")  # the last from the environment alone

WRITTEN_WRONG = re.compile(r"[\s\x00-\x1f\x7f]")  # in no address

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
        said = tomllib.loads(mark.read_text(encoding="utf-8-sig")).get("model", {})
    except (OSError, ValueError, RecursionError) as bad:  # ValueError: not TOML, not UTF-8
        raise SettingsError(
            _("sigun.toml cannot be read: {reason}").format(reason=bad), str(mark), _("Mend the line it names.")
        ) from bad
    if not isinstance(said, dict):
        raise SettingsError(_("[model] is no table of keys and values."), str(mark), _(HOW))
    unknown = sorted(set(said) - {*KEYS})
    if unknown:
        raise SettingsError(
            _("Not a setting of a model: {names}.").format(names=", ".join(unknown)),
            f"{mark}: [model]",
            _("Settings: {names}.").format(names=", ".join(KEYS[:-1])),
        )
    if "key" in said:
        raise SettingsError(
            _("The key of the model stands in sigun.toml, where others can read it."),
            f"{mark}: [model] key",
            _("Take it out, and set the environment variable SIGUN_MODEL_KEY instead."),
        )
    return said


def _environment() -> dict[str, str]:
    found = {name: os.environ.get(f"SIGUN_MODEL_{name.upper()}", "").strip() for name in KEYS}
    return {name: value for name, value in found.items() if value}


def _problems(said: Mapping[str, Any], where: str) -> Iterable[SigunError]:
    address = _address(said["url"])
    if address is None:
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
    if said["place"] == "outside" and address == "http":
        yield SettingsError(
            _("What is sent to a model outside can be read on the way: the address is not https."),
            where,
            _("Use its https address."),
        )
    if not isinstance(said.get("name", ""), str) or not said.get("name", "").strip():
        yield SettingsError(_("The name of the model is missing."), where, _("Add it."))
    key = str(said.get("key", ""))
    if not (key.isascii() and key.isprintable()):
        yield SettingsError(
            _("The key of the model holds letters no key has."),
            "SIGUN_MODEL_KEY",
            _("Copy it again: Latin letters, figures and signs."),
        )
    unknown = [grade for grade in _listed(said.get("grades", ["O"])) if grade not in GRADES]
    if unknown:
        yield SettingsError(
            _("There is no grade {names}.").format(names=", ".join(unknown)), where, _("Grades are O, S and C.")
        )
    yield from _of_timeout(said.get("timeout", TIMEOUT), where)


def _address(url: Any) -> str | None:
    """Its scheme, where it is an address a request can go to."""
    try:
        parts = urlsplit(str(url))
        fits = parts.port is None or parts.port > 0  # `port` refuses what is no number
    except ValueError:
        return None
    fits = fits and parts.scheme in ("http", "https") and bool(parts.hostname) and not WRITTEN_WRONG.search(str(url))
    return parts.scheme if fits and not (parts.username or parts.query or parts.fragment) else None


def _of_timeout(said: Any, where: str) -> Iterable[SigunError]:
    try:
        fits = not isinstance(said, bool) and 0 < float(said) <= LONGEST
    except (TypeError, ValueError, OverflowError):
        fits = False
    if not fits:
        yield SettingsError(
            _("`timeout` is a number of seconds, at most {longest}.").format(longest=int(LONGEST)),
            where,
            _("Given: {value}").format(value=str(said)[:80]),
        )


def _listed(said: Any) -> list[str]:
    if isinstance(said, str):
        return [one.strip() for one in said.split(",")]
    return [str(one) for one in said] if isinstance(said, list) else [str(said)]
