"""What everything written in a plan file has in common (계획 파일의 부분)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from sigun.errors import Place

Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
"""An id: lower-case letters, digits and `_`, at most forty."""

Words = Annotated[str, Field(max_length=400)]
"""A sentence or two written by a person."""


class Part(BaseModel):
    """Anything written in a plan file: frozen, and a misspelt key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


DEEPEST = 40
"""Levels of a document; a plan has eight."""


def strings(value: Any, at: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every text in a document, or a part of one, and where it stands; keys of tables are no texts."""
    if isinstance(value, str):
        yield at, value
    elif len(at) >= DEEPEST:
        return
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from strings(getattr(value, name), (*at, name))
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from strings(one, (*at, key if isinstance(key, int) else str(key)))
    elif isinstance(value, list | tuple):
        for i, one in enumerate(value):
            yield from strings(one, (*at, i))
