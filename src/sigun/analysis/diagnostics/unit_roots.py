"""Panel unit roots (패널 단위근): IPS, for regions that move apart, and CIPS, for regions that move together."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from sigun.analysis.diagnostics.balance import complete_block
from sigun.analysis.diagnostics.published import FIRST_PUBLISHED, critical, moments
from sigun.analysis.statistics.arrays import FloatArray, IntArray
from sigun.errors import MethodError
from sigun.text import N_, say

ALPHA = 0.05
BOUNDS = {False: (6.19, 2.61), True: (6.42, 1.70)}  # Pesaran (2007), section 4: where a region's t is cut off
FEWEST_LEFT = 2  # observations a CIPS regression has more than coefficients


@dataclass(frozen=True, slots=True)
class UnitRoot:
    """A panel unit-root test. Rejected: at least some regions return to a level (or trend) of their own."""

    test: Literal["ips", "cips"]
    statistic: float  # IPS: W-t-bar, standard normal under a unit root everywhere; CIPS: mean of truncated t
    p: float  # one-sided; NaN for CIPS, which is read against `critical`
    critical: float  # at 5 %: rejected below it
    rejected: bool
    lags: float  # mean over regions of the lagged differences taken along
    regions: int
    left_out: IntArray  # numbers of the regions too short, not varying, or (CIPS) not complete over the span
    periods: int  # values a region gave, of the longest
    trend: bool
    published: bool  # read off published tables alone; else partly off their simulated beginning, under ten periods


def ips(values: FloatArray, trend: bool = False, lags: int | None = None) -> UnitRoot:
    """Im–Pesaran–Shin W-t-bar: each region's Dickey–Fuller t, standardised by the moments it has under a unit root.

    Regions may be observed over different spans; of each the longest stretch without a gap is used. Regions are taken
    to move apart from each other: where they move together, CIPS is the test to read.

    Parameters
    ----------
    values : (G, T) in any unit, NaN where not observed.
    trend : whether each region has a straight line of its own, besides its level.
    lags : lagged differences taken along in every region; None: by the length, see `usual_lags`.

    Raises
    ------
    MethodError
        Fewer than two regions are long enough.

    References
    ----------
    Im, Pesaran & Shin (2003), J. Econometrics 115:53–74, eq. 4.10 and Table 3.

    Examples
    --------
    >>> steps = np.random.default_rng(4).standard_normal((20, 15))
    >>> ips(steps).rejected, ips(steps.cumsum(axis=1)).rejected
    (True, False)
    """
    found = [_region_t(_longest_run(row), trend, lags) for row in values]
    kept = np.array([i for i, one in enumerate(found) if one is not None], dtype=np.int64)
    some = [one for one in found if one is not None]
    if len(some) < 2:
        raise _too_short()
    expected = np.array([moments(one.observations, one.lags, trend) for one in some])
    t = np.array([one.t for one in some])
    statistic = float(math.sqrt(len(t)) * (t.mean() - expected[:, 0].mean()) / math.sqrt(expected[:, 1].mean()))
    p = math.erfc(-statistic / math.sqrt(2)) / 2
    return UnitRoot(
        test="ips",
        statistic=statistic,
        p=p,
        critical=-1.6448536269514722,
        rejected=p < ALPHA,
        lags=float(np.mean([one.lags for one in some])),
        regions=len(some),
        left_out=np.setdiff1d(np.arange(len(values)), kept),
        periods=max(one.observations + one.lags + 1 for one in some),
        trend=trend,
        published=min(one.observations for one in some) >= FIRST_PUBLISHED,
    )


def cips(values: FloatArray, trend: bool = False, lags: int | None = None) -> UnitRoot:
    """Pesaran's CIPS: as IPS, with the regions' common course taken out by their mean; truncated.

    Needs a complete panel: the largest complete block is used, and the regions outside it are told.
    Over a dozen periods it sees little: of 31 regions that come half-way back to their level within a period, with one
    lag, it told 19 % over 11 years and 41 % over 15. Not rejected is not the same as a unit root.

    Parameters
    ----------
    values : (G, T) in any unit, NaN where not observed.
    trend : whether each region has a straight line of its own, besides its level.
    lags : lagged differences taken along; None: by the length, see `usual_lags`.

    Raises
    ------
    MethodError
        Fewer than two regions, or too few periods, in the complete block.

    References
    ----------
    Pesaran (2007), J. Appl. Econometrics 22:265–312, eq. 54 and 55, Tables II(b) and II(c), read at T less the lags.

    Examples
    --------
    >>> steps = np.random.default_rng(4).standard_normal((20, 15))
    >>> cips(steps).rejected, cips(steps.cumsum(axis=1)).rejected
    (True, False)
    """
    block = complete_block(~np.isnan(values))
    level = values[block.regions, block.first : block.end]
    taken = _cips_lags(block.periods, trend) if lags is None else lags
    bounds = critical(len(level), block.periods - taken, trend)
    if len(level) < 2 or math.isnan(bounds[1]):
        raise _too_short()
    t = np.clip(_augmented(level, taken, trend, common=True), -BOUNDS[trend][0], BOUNDS[trend][1])
    varies = np.isfinite(t)
    if varies.sum() < 2:
        raise _too_short()
    statistic = float(t[varies].mean())
    return UnitRoot(
        test="cips",
        statistic=statistic,
        p=math.nan,
        critical=bounds[1],
        rejected=statistic < bounds[1],
        lags=float(taken),
        regions=int(varies.sum()),
        left_out=np.union1d(block.left_out, block.regions[~varies]),
        periods=block.periods,
        trend=trend,
        published=block.periods - taken >= FIRST_PUBLISHED,
    )


class _RegionT(NamedTuple):
    t: float
    lags: int
    observations: int


def usual_lags(length: int) -> int:
    """Lagged differences taken along when none are asked for: 1 under 25 periods, then the cube root of the length.

    The number goes by the length alone. Choosing it in each region by an information criterion, as programs do, makes
    IPS reject true unit roots of short panels nearly always: 82 % of the time with 229 regions over 11 years where 5 %
    is promised, for its moments know nothing of the choice. One fixed lag kept the promise there, with steps that go
    on (AR .4) as well.

    >>> usual_lags(11), usual_lags(31), usual_lags(70)
    (1, 3, 4)
    """
    return 1 if length < 25 else int(np.cbrt(length) + 1e-9)


def _region_t(run: FloatArray, trend: bool, lags: int | None) -> _RegionT | None:
    """The t of one region with its lags; None when it is too short for the tables or does not vary."""
    taken = usual_lags(len(run)) if lags is None else lags
    while lags is None and taken > 0 and not _tabled(len(run), taken, trend):
        taken -= 1
    if not _tabled(len(run), taken, trend):
        return None
    t = float(_augmented(run[None, :], taken, trend)[0])
    return _RegionT(t, taken, len(run) - 1 - taken) if math.isfinite(t) else None


def _tabled(length: int, lags: int, trend: bool) -> bool:
    """Whether the tables give moments for so many values and lags."""
    return not math.isnan(moments(length - 1 - lags, lags, trend)[0])


def _cips_lags(length: int, trend: bool) -> int:
    """The usual lags, fewer where they leave too few observations or a length without critical values."""
    taken = usual_lags(length)
    while taken > 0 and (length - 1 - taken) - (4 + trend + 2 * taken) < FEWEST_LEFT:
        taken -= 1
    return taken


def _augmented(level: FloatArray, lags: int, trend: bool, common: bool = False) -> FloatArray:
    """The t (m,) of the lagged level among what each region's differences are regressed on.

    Beside it: a constant, the region's lagged differences and, if asked, a trend and the regions' means.

    Parameters
    ----------
    level : (m, L) without gaps.
    common : whether the mean level before and the mean differences (now and lagged) are taken along.
    """
    step = np.diff(level, axis=1)
    n = step.shape[1] - lags
    outcome = step[:, lags:]
    own = [step[:, lags - j : lags - j + n] for j in range(1, lags + 1)]
    shared: list[FloatArray] = [np.ones(n)]
    if trend:
        shared.append(np.linspace(-1.0, 1.0, n))
    if common:
        mean, mean_step = level.mean(axis=0), step.mean(axis=0)
        shared += [mean[lags : lags + n], *(mean_step[lags - j : lags - j + n] for j in range(lags + 1))]
    columns = [*(np.broadcast_to(column, outcome.shape) for column in shared), *own, level[:, lags : lags + n]]
    return _last_t(np.stack(columns, axis=2), outcome)


def _last_t(design: FloatArray, outcome: FloatArray) -> FloatArray:
    """The t (m,) of the last column of design (m, n, k) for outcome (m, n); NaN where nothing can be told."""
    _, n, k = design.shape
    size = np.sqrt(np.sum(design**2, axis=1, keepdims=True))
    q, r = np.linalg.qr(design / np.where(size > 0, size, 1.0))
    along = np.einsum("mnk,mn->mk", q, outcome)
    left = outcome - np.einsum("mnk,mk->mn", q, along)
    squares, whole = np.sum(left**2, axis=1), np.sum((outcome - outcome.mean(axis=1, keepdims=True)) ** 2, axis=1)
    determined = (
        (np.abs(np.diagonal(r, axis1=1, axis2=2)).min(axis=1) > 1e-10) & (squares > 1e-20 * whole) & (whole > 0)
    )
    t = along[:, -1] * np.sign(r[:, -1, -1]) / np.sqrt(np.where(determined, squares, 1.0) / max(n - k, 1))
    return np.asarray(np.where(determined & (n > k), t, np.nan))


def _longest_run(row: FloatArray) -> FloatArray:
    """The longest stretch without a gap, the later of equals."""
    there = np.flatnonzero(~np.isnan(row))
    runs = np.split(row[there], np.flatnonzero(np.diff(there) > 1) + 1)
    return max(reversed(runs), key=len)


def _too_short() -> MethodError:
    return MethodError(
        say(N_("Too few regions vary over enough periods for a unit-root test.")),
        say(N_("panel unit roots")),
        say(N_("Take a longer span, or leave the unit-root tests out.")),
    )
