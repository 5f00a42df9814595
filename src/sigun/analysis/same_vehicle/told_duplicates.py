"""Held against what the office closed as duplicates (중복 처리와의 비교): later reports only, their status hidden."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sigun.analysis.same_vehicle.comparison import TIME, design
from sigun.analysis.same_vehicle.linkage import fit_logistic, probability
from sigun.analysis.same_vehicle.linking import Linked
from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray
from sigun.analysis.statistics.intervals import middle_of, resampled_sums

SHARE = 0.7  # of the reports, in time order, from which it is learned; the rest is looked at once, for the scores
FEWEST = 50  # duplicates in either part
RECALL = 0.6  # at which two ways can be compared whatever their thresholds
GRID = tuple(np.round(np.arange(0.05, 1.0, 0.05), 2).tolist())
DRAWS = 999
MANY = (0, 1, 2, 4)  # upper ends of the classes of how many earlier reports there are
HALF_LIFE = 730.0  # days after which a report teaches half as much
WEEK = 7.0
COLUMNS = (
    "way",
    "threshold",
    "mark",
    "flagged",
    "precision",
    "precision_low",
    "precision_high",
    "recall",
    "recall_low",
    "recall_high",
)


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores of two ways to find repeats; an empty table where too few duplicates are told."""

    table: pd.DataFrame
    labelled: float = float("nan")  # share of the scored reports that were closed as duplicates
    first: int = 0  # position of the first scored report
    tested: int = 0


def scores_against(
    outcome: NDArray[Any], linked: Linked, sure: FloatArray, threshold: float, rng: np.random.Generator
) -> Scored:
    """Precision and recall on the later reports, the closing as a duplicate being the answer sought.

    `unlabelled` is the model that never saw a label (`sure`, at the plan's threshold). `learned` is a logistic
    regression on the same comparisons, fitted to the closings of the earlier reports; its threshold is the one with
    the best F1 in the later half of them.
    """
    told = np.array([isinstance(o, str) and o != "open" for o in outcome])
    label = np.array([o == "duplicate" for o in outcome])
    first = int(SHARE * len(outcome))
    early, late = told & (np.arange(len(told)) < first), told & (np.arange(len(told)) >= first)
    if min(label[early].sum(), label[late].sum()) < FEWEST:
        return Scored(pd.DataFrame(columns=list(COLUMNS)).astype({"way": "str", "mark": "str"}))
    learned = _learned(linked, label, early)
    recent = early & (np.arange(len(told)) >= first // 2)  # closing as a duplicate becomes more, or less, usual
    rows = []
    for way, chance in (("unlabelled", sure), ("learned", learned)):
        best = linked.repeats(chance)
        chosen = threshold if way == "unlabelled" else best_threshold(best[recent], label[recent])
        weeks = (linked.reports.day[late] // WEEK).astype(np.int64)
        marks = {threshold_of(best[late], label[late], RECALL): "recall_60"} | {chosen: "chosen"}
        for at in sorted({*GRID, *marks}):
            found = _score(best[late] >= at, label[late], weeks - weeks.min(), rng)
            rows.append((way, at, marks.get(at, ""), int((best[late] >= at).sum()), *found))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return Scored(table, float(label[late].mean()), first, int(late.sum()))


def _learned(linked: Linked, label: BoolArray, early: BoolArray) -> FloatArray:
    """(n,) chance that the later report of each pair is closed as a duplicate, learned on the early reports.

    Recent ones weigh more: what an office closes as a duplicate changes over the years.
    """
    later = linked.pairs.later
    company = np.column_stack([linked.pattern, earlier_ones(linked)])
    kinds, kind = np.unique(company, axis=0, return_inverse=True)
    kind = kind.ravel()
    many = np.eye(len(MANY) + 1)
    x = np.column_stack([design(linked.patterns[kinds[:, 0]], linked.limits), many[kinds[:, 1]], many[kinds[:, 2]]])
    day = linked.reports.day
    weight = np.where(early, 0.5 ** ((day[early].max() - day) / HALF_LIFE), 0.0)[later]
    times = np.bincount(kind, weight, len(kinds)).astype(np.float64)
    hits = np.bincount(kind, weight * label[later], len(kinds)).astype(np.float64)
    return probability(x @ fit_logistic(x, hits, times))[kind]


def earlier_ones(linked: Linked) -> IntArray:
    """(n, 2) class of how many earlier reports the later one of each pair has: of the same sitting, and before it."""
    later, n = linked.pairs.later, len(linked.reports)
    sitting = linked.levels[:, TIME] == 0
    counts = [np.bincount(later[which], minlength=n)[later] for which in (sitting, ~sitting)]
    return np.searchsorted(MANY, np.column_stack(counts)).astype(np.int64)


def best_threshold(chance: FloatArray, label: BoolArray) -> float:
    """The threshold with the best F1 (harmonic mean of precision and recall).

    >>> best_threshold(np.array([0.9, 0.6, 0.4, 0.1]), np.array([True, True, False, False]))
    0.6
    """
    order = np.argsort(-chance, kind="stable")
    hits = np.cumsum(label[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + label.sum())
    last = np.append(np.diff(chance[order]) != 0, True)  # equal chances are flagged together
    return float(chance[order][np.argmax(np.where(last, f1, -1.0))])


def threshold_of(chance: FloatArray, label: BoolArray, recall: float) -> float:
    """The highest threshold that finds that share of the labelled.

    >>> threshold_of(np.array([0.9, 0.8, 0.4, 0.1]), np.array([True, False, True, True]), 0.6)
    0.4
    """
    found = np.sort(chance[label])[::-1]
    return float(found[int(np.ceil(recall * len(found))) - 1])


def _score(flag: BoolArray, label: BoolArray, week: IntArray, rng: np.random.Generator) -> tuple[float, ...]:
    """Precision, its bounds, recall, its bounds; whole weeks are drawn anew."""
    counts = np.column_stack([np.bincount(week, v) for v in (flag & label, flag, label)]).astype(np.float64)
    sums = np.vstack([counts.sum(axis=0), resampled_sums(counts, DRAWS, rng)])
    with np.errstate(divide="ignore", invalid="ignore"):
        figures = np.column_stack([sums[:, 0] / sums[:, 1], sums[:, 0] / sums[:, 2]])
    low, high = middle_of(figures[1:])
    (precision, recall), (p_low, r_low), (p_high, r_high) = figures[0], low, high
    return tuple(map(float, (precision, p_low, p_high, recall, r_low, r_high)))
