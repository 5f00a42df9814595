"""What a panel could have seen (검정력): the smallest effect found with a given chance."""

from __future__ import annotations


def mde(se: float, df: float, alpha: float = 0.05, power: float = 0.8) -> float:
    """Minimum detectable effect: the true effect that a two-sided test finds with chance `power`.

    (t(1 − alpha/2, df) + t(power, df)) × se. It is computed from the error, never from the estimate: what the design
    could see, whatever it saw.

    Parameters
    ----------
    se : standard error, in outcome units per unit of the factor.
    df : degrees of freedom of the test, such as clusters less one; infinite for the normal.

    References
    ----------
    Bloom (1995), Evaluation Review 19:547–556.

    Examples
    --------
    >>> round(mde(1.0, float("inf")), 4), round(mde(1.0, 10), 4)
    (2.8016, 3.1072)
    """
    from scipy.special import ndtri, stdtrit

    if df == float("inf"):
        return float(se * (ndtri(1 - alpha / 2) + ndtri(power)))
    return float(se * (stdtrit(df, 1 - alpha / 2) + stdtrit(df, power)))
