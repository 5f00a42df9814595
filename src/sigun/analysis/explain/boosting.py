"""Boosting held out by region and by time (설명 가능한 기계학습): does it foretell, and by which factors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np

from sigun.analysis.explain.folds import Lesson, by_region, by_time
from sigun.analysis.statistics.arrays import FloatArray, IntArray
from sigun.analysis.statistics.threads import one_thread
from sigun.errors import MethodError
from sigun.text import N_, say

Split = Literal["region", "time"]
FEWEST_REGIONS = 6
FEWEST_FOLDS = 3  # that a difference is judged by
PERSISTENCE = 1  # its place among the models of a fold
HELD = 200_000  # shuffled rows foretold at once


@dataclass(frozen=True, slots=True)
class Score:
    """How far off a model was on rows it had not learned from. All models of a split are scored on the same rows."""

    split: Split
    model: Literal["boosting", "persistence", "mean"]
    rmse: float  # outcome units
    r2: float  # share of the squared error of `mean` taken away; below 0: worse than the mean
    folds: int
    n: int  # rows foretold
    gain: float  # how much smaller the RMSE is than that of persistence, mean over the folds
    gain_low: float | None  # 95 % over the folds (Student); none with fewer than three, and of persistence itself
    gain_high: float | None


@dataclass(frozen=True, slots=True)
class Importance:
    """How much worse the held-out error gets when a group of factors is shuffled together."""

    split: Split
    group: int
    importance: float  # rise of the RMSE, outcome units; mean over folds and shuffles
    low: float  # 2.5 % and 97.5 % of these
    high: float


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What boosting foretells, and by what. Predictive, not cause."""

    scores: tuple[Score, ...]
    importance: tuple[Importance, ...]


class _Fold(NamedTuple):
    """One fold foretold."""

    errors: FloatArray  # (m, 3): boosting, persistence, mean
    rises: FloatArray  # (draws, groups) of the RMSE


def held_out(  # noqa: PLR0913, PLR0917 - a panel is four columns
    y: FloatArray,
    x: FloatArray,
    region: IntArray,
    period: IntArray,
    groups: IntArray,
    folds: int,
    draws: int,
    rng: np.random.Generator,
) -> HeldOut:
    """Histogram gradient boosting, cross-validated by region and by time, beside last period's value and the mean.

    By region: regions are dealt into folds; the outcome and the factors are taken as distances from the mean of the
    learning regions in the same period, and foretold for regions never seen. Its mean is that of the learning
    regions in the period; persistence is the region's own last value, which knows more than the model does.
    By time: the last `folds` periods are foretold one by one from the periods strictly before. The outcome and the
    factors are taken as changes since the previous period, so that a model that finds nothing says "as last period".
    Its mean is the region's own over the periods before.

    Parameters
    ----------
    y : (n,) outcome, in its own unit.
    x : (n, k) factors, in their own units.
    region : (n,) of each row, numbered from 0.
    period : (n,) place in the calendar.
    groups : (k,) group of each factor, numbered from 0; factors of a group are shuffled together.
    folds : of regions, and periods foretold; fewer where the panel has not so many.
    draws : shuffles of each group in each fold.

    Raises
    ------
    MethodError
        Fewer than six regions, or no region observed in two periods running.

    References
    ----------
    Breiman (2001), Machine Learning 45:5–32 (permutation); Roberts et al. (2017), Ecography 40:913–929 (blocks);
    boosting by sklearn.ensemble.HistGradientBoostingRegressor, one thread.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> region, period = np.divmod(np.arange(40 * 8), 8)
    >>> x = rng.standard_normal((320, 2))
    >>> found = held_out(x[:, 0], x, region, period, np.array([0, 1]), 4, 5, rng)
    >>> {s.model: round(s.r2, 1) for s in found.scores if s.split == "region"}["boosting"] > 0.9
    True
    """
    if len(np.unique(region)) < FEWEST_REGIONS:
        raise _too_few(len(np.unique(region)))
    lessons: dict[Split, list[Lesson]] = {
        "region": by_region(y, x, region, period, folds, rng),
        "time": by_time(y, x, region, period, folds),
    }
    scores: list[Score] = []
    importance: list[Importance] = []
    with one_thread():
        for split, taught in lessons.items():
            done = [_foretell(lesson, groups, draws, rng) for lesson in taught]
            if done:
                scores += _scores(split, done)
                importance += _importance(split, np.concatenate([fold.rises for fold in done]))
    if not scores:
        raise _too_few(0)
    return HeldOut(tuple(scores), tuple(importance))


def _foretell(lesson: Lesson, groups: IntArray, draws: int, rng: np.random.Generator) -> _Fold:
    model = _learner().fit(lesson.x, lesson.y)
    errors = lesson.truth - (lesson.base + model.predict(lesson.x_held))
    usual = float(np.sqrt(np.mean(errors**2)))
    shuffled = _shuffled_errors(model, lesson, groups, draws, rng)
    return _Fold(
        np.column_stack([errors, lesson.truth - lesson.persistence, lesson.truth - lesson.mean]),
        np.sqrt(np.mean(shuffled**2, axis=2)) - usual,
    )


def _shuffled_errors(model: Any, lesson: Lesson, groups: IntArray, draws: int, rng: np.random.Generator) -> FloatArray:
    """(draws, groups, m) errors when each group is shuffled among the held-out rows, foretold in few calls."""
    m, many = len(lesson.truth), int(groups.max()) + 1
    errors = np.empty((draws, many, m))
    at_once = max(1, HELD // (m * many))
    for first in range(0, draws, at_once):
        orders = [rng.permutation(m) for _draw in range(first, min(first + at_once, draws))]
        rows = np.concatenate([_with_shuffled(lesson.x_held, groups == g, o) for o in orders for g in range(many)])
        foretold = model.predict(rows).reshape(len(orders), many, m)
        errors[first : first + len(orders)] = lesson.truth - lesson.base - foretold
    return errors


def _with_shuffled(x: FloatArray, columns: Any, order: IntArray) -> FloatArray:
    changed = x.copy()
    changed[:, columns] = x[order][:, columns]
    return changed


def _learner() -> Any:
    """Shallow trees that learn slowly: a panel has hundreds or thousands of rows, not millions."""
    from sklearn.ensemble import HistGradientBoostingRegressor

    return HistGradientBoostingRegressor(
        learning_rate=0.06,
        max_iter=120,
        max_leaf_nodes=8,
        min_samples_leaf=15,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=0,  # nothing is drawn: no subsample, no early stopping
    )


def _scores(split: Split, done: list[_Fold]) -> list[Score]:
    errors = np.concatenate([fold.errors for fold in done])
    squares = np.mean(errors**2, axis=0)
    r2 = 1 - squares / squares[2] if squares[2] > 0 else np.zeros(3)
    names: tuple[Literal["boosting", "persistence", "mean"], ...] = ("boosting", "persistence", "mean")
    each = np.array([np.sqrt(np.mean(fold.errors**2, axis=0)) for fold in done])
    return [
        Score(split, name, float(np.sqrt(squares[j])), float(r2[j]), len(done), len(errors), *_gain(each, j))
        for j, name in enumerate(names)
    ]


def _gain(rmse: FloatArray, model: int) -> tuple[float, float | None, float | None]:
    """Persistence less that model, (folds, 3) RMSE: mean and its 95 % interval over the folds."""
    from scipy.stats import t

    gained = rmse[:, PERSISTENCE] - rmse[:, model]
    mean, folds = float(gained.mean()), len(gained)
    if model == PERSISTENCE or folds < FEWEST_FOLDS:
        return mean, None, None
    reach = float(t.ppf(0.975, folds - 1) * gained.std(ddof=1) / np.sqrt(folds))
    return mean, mean - reach, mean + reach


def _importance(split: Split, rises: FloatArray) -> list[Importance]:
    low, high = np.quantile(rises, [0.025, 0.975], axis=0)
    return [
        Importance(split, g, float(rises[:, g].mean()), float(low[g]), float(high[g])) for g in range(rises.shape[1])
    ]


def _too_few(regions: int) -> MethodError:
    return MethodError(
        say(N_("Too few regions observed in consecutive periods to hold any out: {n}."), n=regions),
        say(N_("boosting held out")),
        say(N_("Take more regions or a longer span, or leave the boosting out (explain, model: none).")),
    )
