"""Who reviews what (심사 배정): even loads, no conflicts, and one connected whole, so that means can be compared."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sigun.council.review.adjust import parts
from sigun.council.review.arrays import BoolArray, IntArray
from sigun.council.review.rubric import ReviewError
from sigun.council.review.sheets import Tally
from sigun.text import N_, Message, _, say


@dataclass(frozen=True)
class Conflicts:
    """이해충돌: why a reviewer must not score a proposal; each (proposals, reviewers)."""

    own: BoolArray  # the reviewer's own 시군 or organisation proposes
    author: BoolArray  # the reviewer wrote it, too
    declared: BoolArray  # the reviewer said so

    @property
    def any(self) -> BoolArray:
        """A conflict of whatever kind."""
        return self.own | self.author | self.declared


@dataclass(frozen=True)
class Assignment:
    """Who reviews what, and what could not be had."""

    given: BoolArray  # (proposals, reviewers)
    short: IntArray  # (proposals,) reviews that are lacking
    part: IntArray  # (proposals,) connected part; one is as it should be
    cautions: tuple[Message, ...]

    @property
    def load(self) -> IntArray:
        """(reviewers,) how many proposals each reads."""
        load: IntArray = self.given.sum(axis=0, dtype=np.int64)
        return load


def find_conflicts(
    organisations: Sequence[Collection[str]],
    authors: Sequence[Collection[str]],
    reviewers: Sequence[str],
    belongs: Sequence[str],
    declared: Collection[tuple[int, int]] = (),
) -> Conflicts:
    """Conflicts of proposals (their organisations and authors) with reviewers (their id and organisation).

    Examples
    --------
    >>> found = find_conflicts([{"가람시"}, {"나래군"}], [{"p1"}, {"p2", "p3"}], ["p3", "p9"], ["다온시", "가람시"])
    >>> found.any.astype(int).tolist()
    [[0, 1], [1, 0]]
    """
    own = np.array([[b in some for b in belongs] for some in organisations], dtype=bool)
    author = np.array([[r in some for r in reviewers] for some in authors], dtype=bool)
    said = np.zeros_like(own)
    for proposal, reviewer in declared:
        said[proposal, reviewer] = True
    return Conflicts(own, author, said)


def assign(barred: BoolArray, each: int, rng: np.random.Generator, most: IntArray | None = None) -> Assignment:
    """Give every proposal `each` reviewers who are free of conflict, with loads as even as they can be.

    Reviews are given one by one, each to the reviewer with the least load whom a chain of exchanges can reach: no
    other assignment has more even loads, or more reviews. Then reviews are exchanged, loads unchanged, until all
    proposals are connected. Which of many equally good ones comes out is by `rng`.

    Parameters
    ----------
    barred : (proposals, reviewers) a conflict.
    each : reviews for every proposal.
    most : (reviewers,) the most each can read; without it, all.

    References
    ----------
    Harvey, Ladner, Lovász & Tamir (2006), Semi-matchings for bipartite graphs and load balancing,
    Journal of Algorithms 59:53–78.

    Examples
    --------
    >>> barred = np.eye(4, 6, dtype=bool)  # reviewer 0 may not read proposal 0, …
    >>> found = assign(barred, 3, np.random.default_rng(1))
    >>> found.load.tolist(), (found.given & barred).any(), found.part.tolist(), found.cautions
    ([2, 2, 2, 2, 2, 2], np.False_, [0, 0, 0, 0], ())
    """
    if each < 1 or not barred.size:
        raise ReviewError(
            what=_("There is nothing to assign."),
            where=_("assignment of reviewers"),
            remedy=_("Give at least one proposal, one reviewer and one review for each proposal."),
        )
    most = np.full(barred.shape[1], barred.shape[0]) if most is None else most
    given = np.zeros_like(barred)
    for _turn in range(each):
        for proposal in rng.permutation(len(barred)):
            _one_more(int(proposal), given, barred, most, rng)
    _connect(given, barred, rng)
    short = each - given.sum(axis=1)
    part = _parts(given)
    return Assignment(given, short, part, tuple(_cautions(given, barred, short, part, each)))


def _one_more(proposal: int, given: BoolArray, barred: BoolArray, most: IntArray, rng: np.random.Generator) -> None:
    """Give one more review, handing others on where that evens the loads; nothing where there is no way."""
    load = given.sum(axis=0)
    room = np.flatnonzero(load < most)
    if not len(room):
        return
    least = frozenset(room[load[room] == load[room].min()].tolist())  # no chain can end better
    came_from = _reach(proposal, given, barred, least, rng)
    free = [r for r in came_from if load[r] < most[r]]
    if not free:
        return
    at: int | None = min(free, key=lambda r: load[r])  # the first found of the least: the shortest chain
    while at is not None:
        reader, before = came_from[at]
        given[reader, at] = True
        if before is not None:
            given[reader, before] = False
        at = before


def _reach(
    proposal: int, given: BoolArray, barred: BoolArray, least: frozenset[int], rng: np.random.Generator
) -> dict[int, tuple[int, int | None]]:
    """Reviewers that a chain of exchanges reaches: reviewer -> (who would newly go to them, and from whom).

    The search ends at the first of the `least`.
    """
    found: dict[int, tuple[int, int | None]] = {}
    waiting: deque[tuple[int, int | None]] = deque([(proposal, None)])
    while waiting:
        reader, before = waiting.popleft()
        for r in rng.permutation(np.flatnonzero(~given[reader] & ~barred[reader])).tolist():
            if r not in found:
                found[r] = (reader, before)
                if r in least:
                    return found
                waiting.extend((p, r) for p in np.flatnonzero(given[:, r]).tolist())
    return found


def _connect(given: BoolArray, barred: BoolArray, rng: np.random.Generator) -> None:
    """Exchange two reviews between parts, as long as that leaves fewer parts."""
    while (part := _parts(given)).max() > 0:
        for exchange in _exchanges(given, barred, part, rng):
            _swap(given, *exchange)
            if _parts(given).max() < part.max():
                break
            _swap(given, *exchange, back=True)
        else:
            return


def _exchanges(
    given: BoolArray, barred: BoolArray, part: IntArray, rng: np.random.Generator
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Pairs of reviews in different parts that can change reviewers; the first can be spared in its own part."""
    edges = [(int(p), int(r)) for p, r in rng.permutation(np.argwhere(given))]
    for one in edges:
        if not _spared(given, one, int(part.max())):
            continue
        for other in edges:
            if part[one[0]] != part[other[0]] and not (barred[one[0], other[1]] or barred[other[0], one[1]]):
                yield one, other


def _spared(given: BoolArray, edge: tuple[int, int], last: int) -> bool:
    """Whether a part stays whole without this review: only then can an exchange join two parts."""
    without = given.copy()
    without[edge] = False
    found = _parts(without)
    return bool(found[edge[0]] >= 0 and without[:, edge[1]].any() and found.max() == last)


def _swap(given: BoolArray, one: tuple[int, int], other: tuple[int, int], back: bool = False) -> None:
    given[one], given[other] = back, back
    given[one[0], other[1]], given[other[0], one[1]] = not back, not back


def _parts(given: BoolArray) -> IntArray:
    seen = given.astype(float)
    return parts(Tally(seen, np.zeros_like(seen)))


def _cautions(given: BoolArray, barred: BoolArray, short: IntArray, part: IntArray, each: int) -> Iterator[Message]:
    """What could not be had, and why."""
    few = int(((~barred).sum(axis=1) < each).sum())
    if few:
        yield say(N_("{n} proposals have fewer than {each} reviewers without a conflict."), n=few, each=each)
    lacking = int(short.sum())
    if lacking:
        yield say(
            N_("{n} reviews could not be assigned. More reviewers, or more reading by each, are needed."), n=lacking
        )
    if part.max() > 0:
        yield _apart(given, int(part.max()) + 1)


def _apart(given: BoolArray, groups: int) -> Message:
    """Why the whole is not connected: too few reviews, or conflicts and limits that keep groups apart."""
    reviews, ends = int(given.sum()), (int(given.any(axis=1).sum()), int(given.any(axis=0).sum()))
    if reviews < sum(ends) - 1:
        return say(
            N_(
                "The assignment falls into {parts} groups without a common reviewer: their means could not be compared."
                " There are {reviews} reviews; {proposals} proposals and {reviewers} reviewers need at least {needed}."
            ),
            parts=groups,
            reviews=reviews,
            proposals=ends[0],
            reviewers=ends[1],
            needed=sum(ends) - 1,
        )
    return say(
        N_(
            "The assignment falls into {parts} groups without a common reviewer: their means could not be compared."
            " Conflicts and limits keep the groups apart; a reviewer who may read in several would join them."
        ),
        parts=groups,
    )
