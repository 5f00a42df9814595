"""A sketch (밑그림): the runnable part of a draft while it is made, and why each thing in it is as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sigun.plan.proposal import Role
from sigun.text import Message


@dataclass(frozen=True)
class Said:
    """Something said of a place in the plan: `steps.forecast.horizon`, `panel.variables.tfr`, `data.events`."""

    path: str  # steps, variables and derived columns by their name: a sketch still grows and shrinks
    message: Message


@dataclass(frozen=True)
class Sketch:
    """What is run, and what is said about it."""

    parts: Mapping[str, Any]  # data, panel, space, time, only, steps: as in a plan file
    about: str  # the card or column that is asked about: the plan is named by it
    reasons: tuple[Said, ...] = ()
    questions: tuple[Said, ...] = ()
    roles: Mapping[str, Role] = field(default_factory=dict)  # card -> what it is for
    notes: tuple[Message, ...] = ()  # what the reader should be told at once


@dataclass(frozen=True)
class Nothing:
    """No draft of that family can be made of these data, and why."""

    why: Message
