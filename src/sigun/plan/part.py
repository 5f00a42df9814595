"""What everything written in a plan file has in common (계획 파일의 부분)."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
"""An id: lower-case letters, digits and `_`, at most forty."""

Words = Annotated[str, Field(max_length=400)]
"""A sentence or two written by a person."""


class Part(BaseModel):
    """Anything written in a plan file: frozen, and a misspelt key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)
