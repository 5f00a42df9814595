"""The address of an engine (엔진 주소): what `--engine` may say, and nothing else."""

from __future__ import annotations

import re
from typing import Literal, Self
from urllib.parse import parse_qsl

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from sigun.errors import SettingsError
from sigun.text import _

FORMS = ("duckdb", "duckdb://?memory=2GB&threads=2", "spark-local", "spark-local://?memory=4GB", "spark://HOST:PORT")

_ADDRESS = re.compile(
    r"(?P<kind>duckdb|spark-local|spark(?=://[^?]))"
    r"(?:://(?P<host>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])?(?::(?P<port>\d{1,5}))?(?:\?(?P<options>.*))?)?"
)
_SIZE = re.compile(r"(\d{1,7})(MB|GB)")
LEAST = {"duckdb": 64, "spark-local": 512, "spark": 512}  # MB; with less none of them starts


class Engine(BaseModel):
    """One engine and its limits."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str
    kind: Literal["duckdb", "spark-local", "spark"]
    host: str | None = None  # of the cluster's master
    port: int | None = Field(default=None, ge=1, le=65535)
    memory: int | None = None  # MB; of this process, on a cluster of each worker's
    threads: int | None = Field(default=None, ge=1, le=4096)  # on a cluster: cores altogether

    @field_validator("memory", mode="before")
    @classmethod
    def _megabytes(cls, said: object) -> object:
        if not isinstance(said, str):
            return said
        size = _SIZE.fullmatch(said.upper())
        if size is None:
            raise ValueError("write for example 500MB or 2GB")
        return int(size[1]) * (1000 if size[2] == "GB" else 1)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.kind == "spark") != (self.host is not None) or (self.host is None) != (self.port is None):
            raise ValueError("a cluster has a host and a port, nothing else has")
        if self.memory is not None and self.memory < LEAST[self.kind]:
            raise ValueError(f"memory: at least {LEAST[self.kind]}MB")
        return self


def read_engine(url: str) -> Engine:
    """The engine an address names.

    Raises
    ------
    SettingsError
        It names none, or gives it a limit it does not have.

    Examples
    --------
    >>> read_engine("duckdb://?memory=2GB&threads=2").memory
    2000
    >>> read_engine("spark://10.0.0.5:7077").port
    7077
    """
    found = _ADDRESS.fullmatch(url)
    if found is None:
        raise _unknown(_("There is no engine “{url}”.").format(url=url))
    said = parse_qsl(found["options"] or "", keep_blank_values=True)
    named = {name: found[name] for name in ("kind", "host", "port") if found[name] is not None}
    options = dict(said)
    if len(options) < len(said) or options.keys() - {"memory", "threads"}:
        raise _unknown(_("The engine address “{url}” has options that are not known.").format(url=url))
    try:
        return Engine.model_validate({"url": url, **named, **options})
    except ValidationError as bad:
        if found["kind"] == "spark" or found["host"] or found["port"]:
            raise _unknown(_("There is no engine “{url}”.").format(url=url)) from bad
        raise _unknown(_("The engine address “{url}” gives a limit that cannot be kept.").format(url=url)) from bad


def _unknown(what: str) -> SettingsError:
    return SettingsError(what, "--engine", _("Leave it out, or write one of: {names}").format(names=", ".join(FORMS)))
