"""Score sheets (심사표) into points: what a reviewer gave, criterion by criterion, by the rubric's weights."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sigun.council.review.arrays import FloatArray, IntArray
from sigun.council.review.rubric import ReviewError, Rubric
from sigun.errors import require
from sigun.text import N_, say


@dataclass(frozen=True)
class Scores:
    """Single scores, one a row, numbered from 0: (proposal, reviewer, criterion) -> value. NaN: left blank."""

    proposal: IntArray  # (n,)
    reviewer: IntArray  # (n,)
    criterion: IntArray  # (n,) in the order of the rubric
    value: FloatArray  # (n,) on the criterion's own scale


@dataclass(frozen=True)
class Tally:
    """Points of every complete sheet. Where `seen` is 0, `points` are 0 and mean nothing."""

    seen: FloatArray  # (proposals, reviewers) 1 where the reviewer's sheet is complete
    points: FloatArray  # (proposals, reviewers) 0 … 100

    @property
    def judged(self) -> IntArray:
        """The proposals with at least one complete sheet."""
        return np.flatnonzero(self.seen.any(axis=1))


@dataclass(frozen=True)
class Points:
    """What the sheets come to, and what is missing in them."""

    tally: Tally
    missing: tuple[tuple[int, int, int], ...]  # (proposal, reviewer, criterion): no score, hence no points


def add_up(scores: Scores, rubric: Rubric, shape: tuple[int, int], assigned: IntArray | None = None) -> Points:
    """Points of every sheet: Σ weight × (value − low) / (high − low), from 0 to 100.

    A sheet with a missing score has no points: a guess at what the reviewer would have given is no score. It is told.

    Parameters
    ----------
    scores : single scores; the order of rows does not matter.
    shape : how many proposals and reviewers there are.
    assigned : (m, 2) proposals and reviewers who should have scored them; sheets never begun are told, too.

    Raises
    ------
    ReviewError
        A score off its scale, one told twice, or of a proposal, reviewer or criterion that does not exist.

    Examples
    --------
    >>> from sigun.council.review.rubric import Criterion
    >>> two = (Criterion(id="a", title="A", weight=60), Criterion(id="b", title="B", weight=40, low=1, high=5))
    >>> one = np.array([0, 0])
    >>> given = Scores(one, one, np.array([0, 1]), np.array([5.0, 4.0]))
    >>> add_up(given, Rubric(id="r", title="R", criteria=two), (1, 1)).tally.points.tolist()
    [[60.0]]
    """
    require(_wrong(scores, rubric, shape))
    weight = np.array([c.weight for c in rubric.criteria])
    low, high = np.array([c.low for c in rubric.criteria]), np.array([c.high for c in rubric.criteria])
    cube = np.full((*shape, len(weight)), np.nan)
    cube[scores.proposal, scores.reviewer, scores.criterion] = scores.value
    begun = ~np.isnan(cube).all(axis=2)
    begun[scores.proposal, scores.reviewer] = True  # a sheet with blanks alone is begun as well
    if assigned is not None:
        begun[assigned[:, 0], assigned[:, 1]] = True
    missing = np.argwhere(np.isnan(cube) & begun[:, :, None])
    points = ((cube - low) / (high - low)) @ (weight / weight.sum() * 100)
    seen = ~np.isnan(points)
    tally = Tally(seen.astype(float), np.where(seen, points, 0.0))
    return Points(tally, tuple((int(p), int(r), int(c)) for p, r, c in missing))


def _wrong(scores: Scores, rubric: Rubric, shape: tuple[int, int]) -> Iterator[ReviewError]:
    """Every row that cannot be a score."""
    ends = (*shape, len(rubric.criteria))
    cells = np.column_stack([scores.proposal, scores.reviewer, scores.criterion])
    outside = ((cells < 0) | (cells >= np.array(ends))).any(axis=1)
    for row in np.flatnonzero(outside):
        yield _error(N_("A score is of a proposal, reviewer or criterion that does not exist."), int(row))
    _, first = np.unique(cells, axis=0, return_index=True)
    for row in np.setdiff1d(np.arange(len(cells)), first):
        yield _error(N_("A score is told twice."), int(row))
    for row in np.flatnonzero(~outside & ~np.isnan(scores.value)):
        criterion = rubric.criteria[scores.criterion[row]]
        if not criterion.low <= scores.value[row] <= criterion.high:
            yield _off_scale(criterion.title, float(scores.value[row]), (criterion.low, criterion.high), int(row))


def _error(what: str, row: int) -> ReviewError:
    return ReviewError(
        what=say(what),
        where=say(N_("score {row}"), row=row + 1),
        remedy=say(N_("Each proposal, reviewer and criterion has one score; correct or remove this one.")),
    )


def _off_scale(title: str, value: float, ends: tuple[float, float], row: int) -> ReviewError:
    return ReviewError(
        what=say(N_("A score lies off its scale: {value:g} ({title})."), value=value, title=title),
        where=say(N_("score {row}"), row=row + 1),
        remedy=say(N_("Give a score from {low:g} to {high:g}."), low=ends[0], high=ends[1]),
    )
