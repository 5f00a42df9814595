"""What each header row tells (머리글 행의 뜻): periods, units, regions or items."""

from __future__ import annotations

from collections.abc import Sequence

from sigun.ingest.layout import Meaning
from sigun.ingest.tidy.body import are_regions
from sigun.ingest.tidy.head import is_unit
from sigun.ingest.tidy.moments import part_of_year, when


def meanings(texts: Sequence[Sequence[str]], keys: int) -> tuple[Meaning, ...]:
    """One a header row; `texts` are the rows with merged and carried cells filled."""
    whole = any(when(t) is not None for line in texts for t in line[keys:])
    return tuple(_meaning(i, line[keys:], whole) for i, line in enumerate(texts))


def _meaning(at: int, line: Sequence[str], whole: bool) -> Meaning:
    told = [t for t in line if t]
    periods = sum(when(t) is not None for t in told)
    if told and 2 * periods >= len(told):
        return "period"
    if told and all(part_of_year(t) for t in told) and (whole or len(set(told)) > 1):
        return "period"
    if at and told and all(_is_bare_unit(t) for t in told):
        return "unit"
    return "region" if are_regions(told) else "item"


def _is_bare_unit(text: str) -> bool:
    """`(명)` or `명`, and no more."""
    inside = text.strip("()[]（） ")
    return (
        is_unit(inside)
        and "=" not in inside
        and (inside != text or (len(inside) <= 4 and inside not in ("주", "도", "인")))
    )
