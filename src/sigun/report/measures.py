"""Amounts with their units (단위 쓰기): 1 %p, 0.03명, 10포인트, 1천 명당 2건."""

from __future__ import annotations

import re
from dataclasses import replace

from sigun.report.evidence import Row
from sigun.report.numbers import NARROW
from sigun.report.wording import Sentence, sentence
from sigun.text import _, language

RATE = re.compile(r"^(?P<counted>[가-힣]+)\s*/\s*(?P<of>\S.*)$")  # 건/1000 명, 개/천명
COUNTED = re.compile(r"^(?P<per>\d[\d,]*)\s*(?P<kind>\S+)$")  # 1000 명
LARGE = ((10_000, "만"), (1_000, "천"))


def united(row: Row, column: str, unit: str, form: str = "plain", decimals: int | None = None) -> Sentence:
    """A value and its unit, the unit a word of the data: 1 %p, 0.03명."""
    said = row.show(column, form, decimals)
    written = str(row.get(unit) or "")
    if not written:
        return Sentence((said,))
    if "=" in written:  # an index (2021.06=100): its steps are points
        return sentence(_("{n} index points"), n=said)
    if (rate := RATE.match(written)) and language() == "ko":
        of, counted = (replace(row.show(unit, "word"), text=text) for text in (_per(rate["of"]), rate["counted"]))
        return sentence(_("{n}{counted} for {of}"), n=said, counted=counted, of=of)
    return Sentence((said, *_gap(written), row.show(unit, "translated")))


def _gap(unit: str) -> tuple[str, ...]:
    """A counting word stands at its number, a sign or several words beside it."""
    return () if "가" <= unit[:1] <= "힣" and " " not in unit else (NARROW,)


def _per(of: str) -> str:
    """What a rate is counted per: 1천 명, 1만 명, 100 km²."""
    told = COUNTED.match(of)
    if told is None:
        return of
    per = int(told["per"].replace(",", ""))
    large = next((f"{per // size}{word}" for size, word in LARGE if per % size == 0), str(per))
    return f"{large}{NARROW}{told['kind']}"
