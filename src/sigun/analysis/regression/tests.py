"""A test's figures (검정): the statistic, its degrees of freedom, and the probability of one as large by chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sigun.analysis.statistics.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class Test:
    """A test carried out."""

    __test__ = False  # not a test of ours, whatever a test runner makes of the name

    statistic: float
    df: int
    p: float


def chi_squared(difference: FloatArray, covariance: FloatArray) -> Test:
    """Wald test that every difference is 0 (왈드 검정).

    Parameters
    ----------
    difference : (k,) estimates.
    covariance : (k, k) of them; where it is not of full rank, so many degrees of freedom fewer.

    Examples
    --------
    >>> chi_squared(np.array([2.0]), np.array([[1.0]])).p.__round__(4)
    0.0455
    """
    from scipy.stats import chi2

    df = int(np.linalg.matrix_rank(covariance, hermitian=True))
    statistic = float(difference @ np.linalg.pinv(covariance, hermitian=True) @ difference)
    return Test(statistic, df, float(chi2.sf(statistic, df)))
