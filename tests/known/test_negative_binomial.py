"""Negative binomial regression, HC3 errors and variance inflation against statsmodels 0.15.0 on sixteen made-up rows.

The figures were computed once with `sm.NegativeBinomial(y, X, offset=log(e)).fit()`, `sm.WLS(log(y), X, weights=e)
.fit(cov_type="HC3")` and `variance_inflation_factor`; statsmodels is not needed to run the tests.
"""

from __future__ import annotations

import numpy as np
import pytest

from sigun.analysis.occurrence.principal_variables import variance_inflation
from sigun.analysis.statistics.negative_binomial import fit_negative_binomial, hc3

X1 = [0.2, -1.1, 0.9, -0.3, 1.6, -0.8, 0.4, -1.5, 1.0, 0.1, -0.6, 0.7, 0.3, -1.2, 1.9, -0.1]
X2 = [1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 1]
E = np.array([10, 8, 12, 9, 11, 7, 10, 6, 13, 9, 8, 10, 12, 9, 14, 8], float)
Y = np.array([12, 9, 10, 8, 60, 5, 38, 2, 31, 3, 17, 22, 5, 14, 35, 2], float)
X = np.column_stack([np.ones(16), X1, X2])


def test_maximum_likelihood() -> None:
    fit = fit_negative_binomial(Y, X, np.log(E))
    assert fit.beta == pytest.approx([0.17950763, 0.48585246, 0.29979795], abs=1e-6)
    assert fit.dispersion == pytest.approx(0.37864165, abs=1e-6)


def test_hc3_of_a_weighted_regression() -> None:
    root = np.sqrt(E)[:, None]
    beta = np.linalg.lstsq(X * root, np.log(Y) * root[:, 0], rcond=None)[0]
    error = np.sqrt(np.diag(hc3(X, E, np.log(Y) - X @ beta)))
    assert error == pytest.approx([0.30600708, 0.20689126, 0.44118616], abs=1e-7)


def test_variance_inflation() -> None:
    assert variance_inflation(np.column_stack([X1, X2, E])) == pytest.approx(
        [4.27310550, 1.05515535, 4.27295180], abs=1e-6
    )
