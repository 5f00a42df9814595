"""Does the order hold (순위 안정성): without any one reviewer, and with reviewers drawn again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.council.review.adjust import adjusted_means, parts
from sigun.council.review.arrays import BoolArray, FloatArray, IntArray
from sigun.council.review.sheets import Tally
from sigun.council.review.sureness import ranks
from sigun.council.review.verdict import Standing, Verdict

SAMPLES = 1000


@dataclass(frozen=True)
class LeftOut:
    """One row for every reviewer of every jury: the order as if that reviewer had not taken part."""

    jury: IntArray  # (rows,)
    reviewer: IntArray  # (rows,)
    ranks: IntArray  # (rows, proposals) 0: no points without this reviewer
    changes: BoolArray  # (rows,) others would be selected
    splits: BoolArray  # (rows,) proposals would fall apart into groups that cannot be compared
    kept: FloatArray  # (proposals,) part of the rows in which a proposal is among the first


@dataclass(frozen=True)
class DrawnAgain:
    """The order over juries made anew by drawing reviewers with replacement."""

    kept: FloatArray  # (proposals,) part of the samples with a rank in which a proposal is among the first
    low: FloatArray  # (proposals,) rank, 5th of a hundred
    high: FloatArray  # (proposals,) rank, 95th of a hundred


def leave_one_out(verdict: Verdict) -> LeftOut:
    """Leave each reviewer out in turn; how strongly reviewers are shrunk stays as found with all of them."""
    rows, found, splits = [], [], []
    for j, standing in enumerate(verdict.standings):
        means = [s.adjusted.mean for s in verdict.standings]
        for r in np.flatnonzero(standing.tally.seen.any(axis=0)):
            copies = np.ones(standing.tally.seen.shape[1])
            copies[r] = 0.0
            means[j] = _means(standing, copies)
            rows.append((j, int(r)))
            found.append(ranks(verdict.share @ np.array(means), verdict.part))
            splits.append(_splits(standing, copies))
    order = np.array(found)
    first = _selected(order, verdict.first)
    changes = (first != _selected(verdict.rank[None, :], verdict.first)).any(axis=1)
    where = np.array(rows, dtype=np.int64)
    return LeftOut(where[:, 0], where[:, 1], order, changes, np.array(splits), first.mean(axis=0))


def draw_again(verdict: Verdict, rng: np.random.Generator, samples: int = SAMPLES) -> DrawnAgain:
    """Bootstrap over reviewers, jury by jury: how much the order owes to just these people having been asked."""
    order = np.empty((samples, len(verdict.rank)), dtype=np.int64)
    for i in range(samples):
        means = np.array([_means(s, _again(s.tally, rng)) for s in verdict.standings])
        order[i] = ranks(verdict.share @ means, verdict.part)
    ranked = np.where(order > 0, order.astype(float), np.nan)
    ever: BoolArray = np.asarray((order > 0).any(axis=0))
    low, high = np.full(len(ever), np.nan), np.full(len(ever), np.nan)
    if ever.any():
        low[ever], high[ever] = np.nanquantile(ranked[:, ever], [0.05, 0.95], axis=0, method="nearest")
    kept = np.full(len(ever), np.nan)
    kept[ever] = _selected(order, verdict.first)[:, ever].sum(axis=0) / (order > 0)[:, ever].sum(axis=0)
    return DrawnAgain(kept, low, high)


def _again(tally: Tally, rng: np.random.Generator) -> FloatArray:
    """How often each reviewer of a jury is drawn."""
    taking_part = np.flatnonzero(tally.seen.any(axis=0))
    drawn = rng.choice(taking_part, size=len(taking_part))
    return np.bincount(drawn, minlength=tally.seen.shape[1]).astype(float)


def _means(standing: Standing, copies: FloatArray) -> FloatArray:
    """One jury's adjusted means with some reviewers left out or taken again."""
    share = standing.adjusted.share
    return adjusted_means(standing.tally, (1 - share) / share, copies)


def _selected(order: IntArray, first: int) -> BoolArray:
    return (order > 0) & (order <= first)


def _splits(standing: Standing, copies: FloatArray) -> bool:
    """Whether a jury falls into more groups without those left out; a crowd is one whoever is left out."""
    left = Tally(standing.tally.seen * copies, standing.tally.points)
    return not standing.crowd and bool(parts(left).max() > standing.part.max())
