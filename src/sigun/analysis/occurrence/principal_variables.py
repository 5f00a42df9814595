"""Principal variables (대표 변수): a few columns that stand for all, chosen without a look at the outcome."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.analysis.statistics.arrays import BoolArray, FloatArray, IntArray

OWN = 0.1  # share of a column the chosen ones do not tell yet: with less it would only repeat them (VIF above 10)


@dataclass(frozen=True, slots=True)
class PrincipalVariables:
    """Which columns were chosen, and which of them stands for each."""

    chosen: IntArray  # numbers of the columns, the most telling first
    stands_in: IntArray  # (k,) for each column the chosen one most like it; for a chosen one itself
    correlation: FloatArray  # (k,) with the column that stands in
    told: FloatArray  # (k,) share of each column's variance that the chosen ones tell together; 1 of a chosen one

    def repeats(self) -> BoolArray:
        """(k,) whether a column would only repeat the chosen ones together; others lack room alone."""
        return np.asarray(self.told >= 1 - OWN)


def principal_variables(x: FloatArray, most: int) -> PrincipalVariables:
    """Columns that tell most about all columns, one after the other (주요 변수 선택).

    Each time the column is taken that explains most of what the ones before leave unexplained in all columns together;
    a column of which they leave less than a tenth is not taken. The outcome plays no part, so that p values of a
    regression on the chosen columns are what they say.

    Parameters
    ----------
    x : (n, k) columns that change, nothing missing, in any unit.
    most : columns to choose at most.

    References
    ----------
    McCabe (1984), Technometrics 26:137–144; Harrell (2015), Regression Modeling Strategies, 2nd ed., ch. 4.7 (why
    without the outcome).

    Examples
    --------
    >>> a, b = np.array([1.0, 2, 3, 4]), np.array([1.0, -1, -1, 1])
    >>> principal_variables(np.column_stack([a, b, 2 * a]), 3).stands_in.tolist()
    [0, 1, 0]
    """
    off = x - x.mean(axis=0)
    unit = off / np.linalg.norm(off, axis=0)
    left, chosen = unit.copy(), list[int]()
    while len(chosen) < most:
        own = np.einsum("ij,ij->j", left, left)
        told = np.divide(((left.T @ left) ** 2).sum(axis=1), own, out=np.full(len(own), -1.0), where=own > OWN)
        told[chosen] = -1.0
        best = int(np.argmax(told.round(12)))  # rounded: of equals the first
        if told[best] <= 0:
            break
        chosen.append(best)
        direction = left[:, best] / np.sqrt(own[best])
        left = left - np.outer(direction, direction @ left)
    alike = unit.T @ unit[:, chosen]
    nearest = np.abs(alike).round(12).argmax(axis=1)
    picked = np.array(chosen, np.int64)
    told_by_all = 1 - np.einsum("ij,ij->j", left, left)
    return PrincipalVariables(picked, picked[nearest], alike[np.arange(len(alike)), nearest], told_by_all)


def variance_inflation(x: FloatArray) -> FloatArray:
    """How many times the others widen what can be said of each column (분산팽창계수, VIF): 1 when they are unrelated.

    >>> variance_inflation(np.array([[1.0, 1], [2, -1], [3, -1], [4, 1]])).round(6).tolist()
    [1.0, 1.0]
    """
    off = x - x.mean(axis=0)
    unit = off / np.linalg.norm(off, axis=0)
    return np.asarray(np.diag(np.linalg.pinv(unit.T @ unit, hermitian=True)))
