"""Classes of amounts (급간): round breaks, and how each class is said with the number of places in it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sigun.report.figures.amounts import plain
from sigun.text import _

_ROUND = (1.0, 2.0, 5.0)
_CLOSER = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0)  # where amounts lie so close together that these leave two classes
SHARES = (0.5, 0.8, 0.95)  # most places hold little: the breaks look at the upper end


@dataclass(frozen=True)
class Classes:
    """Amounts in classes: `breaks` divide them, a value on a break belongs to the class above."""

    breaks: tuple[float, ...]
    whole: bool = False  # counts: "2–4", not "2–5"

    def of(self, values: npt.ArrayLike) -> npt.NDArray[np.int64]:
        """The class of each value, from 0; a missing value is -1."""
        amounts = np.asarray(values, dtype=float)
        found = np.searchsorted(np.asarray(self.breaks), amounts, side="right").astype(np.int64)
        return np.where(np.isnan(amounts), -1, found)

    def counts(self, values: npt.ArrayLike) -> list[int]:
        """How many values fall into each class."""
        found = self.of(values)
        return [int((found == k).sum()) for k in range(len(self.breaks) + 1)]

    def said(self, k: int) -> str:
        """The class in words: `under 0.1`, `0.1–0.2`, `0.2 or more`."""
        if not self.breaks:
            return _("all values")
        if k == 0:
            return self._said_first()
        if k == len(self.breaks):
            return _("{n} or more").format(n=plain(self.breaks[-1]))
        low, high = self.breaks[k - 1 : k + 1]
        if self.whole:
            return plain(low) if high - low <= 1 else f"{plain(low)}–{plain(high - 1)}"
        return f"{plain(low)}–{plain(high)}"

    def _said_first(self) -> str:
        if self.whole and self.breaks[0] == 2:
            return "1"
        return _("under {n}").format(n=plain(self.breaks[0]))


TINY = 1e-300  # below it a power of ten is none any more


def round_classes(values: npt.ArrayLike, whole: bool = False, shares: tuple[float, ...] = SHARES) -> Classes:
    """Up to four classes with breaks 1, 2, 5 × 10ⁿ (or closer ones), near those quantiles of the values above zero.

    Examples
    --------
    >>> round_classes([0.1] * 50 + [0.3] * 30 + [0.7] * 15 + [3.0] * 5).breaks
    (0.2, 0.5, 1.0)
    >>> round_classes([1.1, 1.6, 1.9, 2.4, 2.8, 3.2, 3.9], shares=(0.25, 0.5, 0.8)).breaks
    (2.0, 3.0)
    """
    amounts = np.asarray(values, dtype=float)
    amounts = amounts[np.isfinite(amounts) & (amounts > TINY)]
    if not amounts.size:
        return Classes((), whole)
    breaks = _breaks(amounts, whole, shares, _ROUND)
    if len(breaks) < 2 <= len(shares) and not whole:
        breaks = _breaks(amounts, whole, shares, _CLOSER)
    return Classes(breaks, whole)


def _breaks(
    amounts: npt.NDArray[np.float64], whole: bool, shares: tuple[float, ...], steps: tuple[float, ...]
) -> tuple[float, ...]:
    breaks: list[float] = []
    for share in shares:
        wanted = max(float(np.quantile(amounts, share)), 2.0 if whole else 0.0)
        edge = _round_near(wanted, steps)
        if breaks and edge <= breaks[-1]:
            edge = _round_above(breaks[-1], steps)
        if float(amounts.min()) < edge <= float(amounts.max()):
            breaks.append(edge)
    return tuple(breaks)


def _round_near(value: float, steps: tuple[float, ...]) -> float:
    """The number of the steps × 10ⁿ nearest to `value` by ratio."""
    power = math.floor(math.log10(value))
    candidates = [step * 10.0**p for p in (power, power + 1) for step in steps]
    return min(candidates, key=lambda c: abs(math.log(c / value)))


def _round_above(value: float, steps: tuple[float, ...]) -> float:
    """The next number of the steps × 10ⁿ after `value`."""
    power = math.floor(math.log10(value * 1.0001))
    return next(s * 10.0**p for p in (power, power + 1) for s in steps if s * 10.0**p > value * 1.0001)
