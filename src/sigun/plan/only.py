"""Which reports a plan of events looks at (대상 한정): of some kinds, channels or outcomes alone."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from sigun.plan.part import Part, Words

Ending = Literal["confirmed", "not_found", "moved_by_owner", "other", "open"]
"""How a report ended; one closed as a duplicate of another counts in no plan."""


class Only(Part):
    """대상 한정: reports that say one of the words of every list given. The register is cleaned as a whole before."""

    kinds: tuple[Words, ...] = Field(default=(), max_length=50)  # 이륜차 …, as the register writes them
    channels: tuple[Words, ...] = Field(default=(), max_length=50)
    outcomes: tuple[Ending, ...] = Field(default=(), max_length=5)

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not (self.kinds or self.channels or self.outcomes):
            raise PydanticCustomError("only_what", "kinds, channels or outcomes, one of them")
        return self
