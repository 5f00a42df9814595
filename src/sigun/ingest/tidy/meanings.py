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
    found: list[Meaning] = []
    for line in texts:
        found.append(_meaning([t for t in line[keys:] if t], whole, "item" in found))
    return tuple(found)


def _meaning(told: Sequence[str], whole: bool, named: bool) -> Meaning:
    """`whole`: some row tells years; `named`: a row above names the items."""
    periods = sum(when(t) is not None for t in told)
    if told and 2 * periods >= len(told):
        return "period"
    parts = [t for t in told if part_of_year(t)]
    if told and 2 * len(parts) >= len(told) and (whole or len(set(parts)) > 1):
        return "period"
    if told and all(_is_bare_unit(t, named) for t in told):
        return "unit"
    return "region" if are_regions(told) else "item"


def _is_bare_unit(text: str, named: bool) -> bool:
    """`(명)` and no more; `명` only under a row that names the items: 세대 and 가구 are items too."""
    inside = text.strip("()[]（） ")
    return is_unit(inside) and "=" not in inside and (inside != text or (named and len(inside) <= 4))
