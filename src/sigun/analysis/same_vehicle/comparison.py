"""What a pair of reports is compared on (비교 항목): place, time between, plate, kind and more, each as a level."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.analysis.same_vehicle.pairs import AGREE, DIFFER, UNTOLD, Pairs, agreement, all_of, close_pairs, equal_pairs
from sigun.analysis.statistics.arrays import FloatArray, IntArray

NAMES = ("place", "time", "vehicle", "kind", "channel")
PLACE, TIME, VEHICLE, KIND, CHANNEL = range(5)
METRES = (5.0, 15.0, 30.0)  # upper ends of classes of distance; then comes the rule's, last what is beyond or untold
DAYS = (1 / 48, 0.5, 1.0, 2.0, 4.0, 7.0, 10.0, 14.0, 21.0)  # the first is one sitting: half an hour
SAME_ADDRESS, NO_ADDRESS, SAME_STREET, OTHER_ADDRESS = range(4)
SHIFTS = 4


@dataclass(frozen=True, slots=True)
class Reports:
    """What is compared, one entry a report in time order. Codes are whole numbers, -1 where nothing is told."""

    xy: FloatArray  # (n, 2) metres, NaN without a point
    day: FloatArray  # (n,) days
    address: IntArray
    street: IntArray
    vehicle: IntArray
    kind: IntArray
    channel: IntArray
    others: tuple[IntArray, ...] = ()  # colour, make … as the plan's step names them

    def __len__(self) -> int:
        return len(self.day)


@dataclass(frozen=True, slots=True)
class Limits:
    """How near and how soon another report may be of the same vehicle."""

    metres: float
    days: float

    @property
    def metre_ends(self) -> tuple[float, ...]:
        """Upper ends of the classes of distance."""
        return (*(end for end in METRES if end < self.metres), self.metres)

    @property
    def day_ends(self) -> tuple[float, ...]:
        """Upper ends of the classes of time between."""
        return (*(end for end in DAYS if end < self.days), self.days)

    @property
    def places(self) -> int:
        """Levels of the comparison of place."""
        return 4 * (len(self.metre_ends) + 1)


def sizes_of(levels: IntArray, limits: Limits) -> tuple[int, ...]:
    """Number of levels of each comparison: those of place and time, and yes or no for all others."""
    return (limits.places, len(limits.day_ends), *[2] * (levels.shape[1] - 2))


def candidates(reports: Reports, limits: Limits, shift: float = 0.0) -> Pairs:
    """Pairs worth comparing: near, or with the same plate or address; `shift` to `shift + days` days apart."""
    near = close_pairs(reports.xy, reports.day, limits.metres, limits.days, shift)
    same = [equal_pairs(code, reports.day, limits.days, shift) for code in (reports.vehicle, reports.address)]
    return all_of([near, *same], max(len(reports), 1))


def by_chance(reports: Reports, limits: Limits) -> tuple[Pairs, IntArray]:
    """Candidate pairs that lie months apart, and their levels: hardly one vehicle, yet as near as any two reports.

    The time between is counted from the shift, so that it is what reports of two vehicles show inside the limits.
    """
    step = 7 * np.ceil(3 * limits.days / 7)
    found = [(candidates(reports, limits, k * step), k * step) for k in range(1, SHIFTS + 1)]
    levels = [compare(reports, pairs, limits, shift) for pairs, shift in found]
    both = (np.concatenate([getattr(pairs, side) for pairs, _ in found]) for side in ("earlier", "later"))
    return Pairs(*both), np.concatenate(levels)


def compare(reports: Reports, pairs: Pairs, limits: Limits, shift: float = 0.0) -> IntArray:
    """(n, 5 + others) level of each comparison of each pair, 0 the closest agreement.

    Distance and address hang together even for two vehicles (one address is one point), so they are one comparison with
    a level for every combination.
    """
    gap = reports.day[pairs.later] - reports.day[pairs.earlier] - shift
    time = np.minimum(np.searchsorted(limits.day_ends, gap), len(limits.day_ends) - 1)
    codes = (reports.vehicle, reports.kind, reports.channel, *reports.others)
    rest = [agreement(code, pairs) for code in codes]
    return np.column_stack([_place(reports, pairs, limits), time, *rest]).astype(np.int64)


def _place(reports: Reports, pairs: Pairs, limits: Limits) -> IntArray:
    apart = np.hypot(*(reports.xy[pairs.earlier] - reports.xy[pairs.later]).T)
    distance = np.searchsorted(limits.metre_ends, np.where(np.isnan(apart), np.inf, apart))
    address, street = agreement(reports.address, pairs), agreement(reports.street, pairs)
    related = np.select(
        [address == AGREE, address == UNTOLD, street == AGREE], [SAME_ADDRESS, NO_ADDRESS, SAME_STREET], OTHER_ADDRESS
    )
    return np.asarray(4 * distance + related, dtype=np.int64)


def design(levels: IntArray, limits: Limits) -> FloatArray:
    """(n, k) columns for a regression on the levels: a constant, then a column a level.

    The plate has levels of its own for every class of time: reports at one sitting are of several vehicles, unless
    their plates agree.
    """
    plate = levels[:, VEHICLE] + 1
    crossed = 3 * levels[:, TIME] + plate
    parts = [np.ones((len(levels), 1)), np.eye(limits.places)[levels[:, PLACE]]]
    parts.append(np.eye(3 * len(limits.day_ends))[crossed])
    for k in range(KIND, levels.shape[1]):
        parts.append(np.column_stack([levels[:, k] == AGREE, levels[:, k] == DIFFER]))
    return np.column_stack(parts).astype(float)
