"""Juries together (심사 결과): each jury adjusted by itself, combined by shares, ranked, and how sure the order is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sigun.council.review.adjust import Adjusted, deviation_means, fit_adjusted, parts, raw_means
from sigun.council.review.arrays import FloatArray, IntArray
from sigun.council.review.rubric import Juries, ReviewError
from sigun.council.review.sheets import Tally
from sigun.council.review.sureness import SAME, chance_above, chance_among_first, draw_means, ranks
from sigun.text import N_, Message, _, say


@dataclass(frozen=True)
class Standing:
    """What one jury says: the same proposals by three means, side by side."""

    tally: Tally
    raw: FloatArray  # (proposals,) points
    by_deviation: FloatArray  # (proposals,) points
    adjusted: Adjusted
    part: IntArray  # (proposals,) connected part; −1: no sheet
    crowd: bool  # taken as one part, whoever read what


@dataclass(frozen=True)
class Verdict:
    """What all juries say together. Everything by proposal; ranks hold inside a part only."""

    standings: tuple[Standing, ...]  # by jury
    share: FloatArray  # (juries,) parts of 1
    sway: FloatArray  # (juries,) the part of the differences in `points` that a jury made
    raw: FloatArray  # points, raw means combined
    points: FloatArray  # points, adjusted means combined; NaN where a jury has no sheet
    error: FloatArray  # standard error of `points`
    part: IntArray  # −1: some jury has no sheet
    rank_raw: IntArray
    rank: IntArray  # ties share the better rank; 0: no points
    first: int  # how many are to be selected
    chance: FloatArray  # of truly being among the first; NaN where parts cannot be compared
    above: FloatArray  # (proposals, proposals) chance that the row's is truly above the column's
    cautions: tuple[Message, ...]


def stand(tally: Tally, crowd: bool = False) -> Standing:
    """One jury's sheets, by the raw mean, the per-paper deviation and the adjusted mean."""
    part = parts(tally)
    if crowd:
        part = np.minimum(part, 0)
    return Standing(tally, raw_means(tally), deviation_means(tally), fit_adjusted(tally), part, crowd)


def judge(tallies: Sequence[Tally], juries: Juries, first: int, rng: np.random.Generator) -> Verdict:
    """Combine the juries: Σ share × adjusted mean, with the order and how sure it is.

    A proposal that lacks a jury's sheets has no combined points: the other juries do not speak for it.

    Parameters
    ----------
    tallies : one for each jury, in the order of `juries`, over the same proposals.
    first : how many proposals are to be selected.

    Raises
    ------
    ReviewError
        Juries and tallies do not go together, a jury has no complete sheet, or `first` is no number of proposals.
    """
    _check(tallies, juries, first)
    standings = tuple(stand(t, j.crowd) for t, j in zip(tallies, juries.juries, strict=True))
    share = np.array([j.share for j in juries.juries])
    share = share / share.sum()
    points = share @ np.array([s.adjusted.mean for s in standings])
    raw = share @ np.array([s.raw for s in standings])
    part = _common([s.part for s in standings])
    drawn = sum(w * draw_means(s.tally, rng) for w, s in zip(share, standings, strict=True))
    if part.max() > 0:
        drawn = np.full_like(drawn, np.nan)
    rank = ranks(points, part)
    return Verdict(
        standings=standings,
        share=share,
        sway=_sway(share, np.array([s.adjusted.mean for s in standings])),
        raw=raw,
        points=points,
        error=np.sqrt(share**2 @ np.array([s.adjusted.error**2 for s in standings])),
        part=part,
        rank_raw=ranks(raw, part),
        rank=rank,
        first=first,
        chance=chance_among_first(drawn, first),
        above=chance_above(drawn),
        cautions=tuple(_cautions(standings, part, rank, first)),
    )


def _check(tallies: Sequence[Tally], juries: Juries, first: int) -> None:
    where = juries.title
    if len(tallies) != len(juries.juries) or len({len(t.seen) for t in tallies}) != 1:
        raise ReviewError(
            what=_("The sheets and the juries do not go together."),
            where=where,
            remedy=_("Give one table of sheets for each jury, all over the same proposals."),
        )
    for tally, jury in zip(tallies, juries.juries, strict=True):
        if not tally.seen.any():
            raise ReviewError(
                what=_("This jury has no complete score sheet yet: {jury}.").format(jury=jury.title),
                where=where,
                remedy=_("Wait for the sheets, or take the jury out and let the other shares add up to 100."),
            )
    if not 1 <= first <= len(tallies[0].seen):
        raise ReviewError(
            what=_("{first} of {n} proposals cannot be selected.").format(first=first, n=len(tallies[0].seen)),
            where=where,
            remedy=_("Select at least one, and at most all."),
        )


def _common(of_juries: Sequence[IntArray]) -> IntArray:
    """Two proposals can be compared when every jury can compare them."""
    together = np.array(of_juries)
    part = np.full(together.shape[1], -1, dtype=np.int64)
    full = (together >= 0).all(axis=0)
    if full.any():
        part[full] = np.unique(together[:, full], axis=1, return_inverse=True)[1].ravel()
    return part


def _sway(share: FloatArray, means: FloatArray) -> FloatArray:
    """(juries,) covariance of each jury's part with the whole, as parts of 1: who gives all the same has no sway."""
    pieces = (share[:, None] * means)[:, ~np.isnan(means).any(axis=0)]
    apart = pieces - pieces.mean(axis=1, keepdims=True) if pieces.size else pieces
    whole = apart.sum(axis=0)
    spread = float(whole @ whole)
    return apart @ whole / spread if spread > SAME else np.full(len(share), np.nan)


def _cautions(standings: Sequence[Standing], part: IntArray, rank: IntArray, first: int) -> Iterator[Message]:
    """What weakens the order without stopping it."""
    lacking = int((part < 0).sum())
    if lacking:
        yield say(N_("{n} proposals have no points: a jury has no complete sheet for them."), n=lacking)
    if part.max() > 0:
        yield say(
            N_(
                "The proposals fall into {parts} groups without a common reviewer. Their means cannot be compared, and "
                "ranks hold inside a group only; {more} more reviews by reviewers of another group would join them."
            ),
            parts=int(part.max()) + 1,
            more=int(part.max()),
        )
    thin = sum(int((s.tally.seen.sum(axis=1) == 1).sum()) for s in standings)
    if thin:
        yield say(N_("In {n} cases a jury has a single sheet for a proposal."), n=thin)
    chosen = int(((rank > 0) & (rank <= first)).sum())
    if chosen > first and part.max() <= 0:
        yield say(
            N_("{n} proposals have equal points at the limit of selection. The rule for ties decides, not the points."),
            n=int((rank == rank[(rank > 0) & (rank <= first)].max()).sum()),
        )
