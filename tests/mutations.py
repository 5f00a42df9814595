"""Every operator of every part (오류 심기): what a benchmark and a test put into plans."""

from __future__ import annotations

import mutations_of_frame
import mutations_of_names
import mutations_of_words
from mutating import OPERATORS, Mutant, mutants

PARTS = (mutations_of_names, mutations_of_frame, mutations_of_words)
"""Importing them fills `OPERATORS`."""

__all__ = ["OPERATORS", "PARTS", "Mutant", "mutants"]
