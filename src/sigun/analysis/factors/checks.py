"""Before any answer is believed (사전 점검): where things vary, what could be detected, what the residuals say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from sigun.analysis.diagnostics.collinearity import condition_number, vif
from sigun.analysis.diagnostics.dependence import pesaran_cd, unit_residuals
from sigun.analysis.diagnostics.unit_roots import UnitRoot, cips, ips
from sigun.analysis.diagnostics.variance import split
from sigun.analysis.factors.estimates import Estimated
from sigun.analysis.factors.sample import Sample
from sigun.analysis.regression.linear import within_region
from sigun.analysis.regression.random_effects import hausman, mundlak, random_effects
from sigun.analysis.regression.tests import Test
from sigun.analysis.statistics.arrays import FloatArray
from sigun.errors import MethodError

VARIANCE = {
    "variable": "str",
    "title": "str",
    "unit": "str",
    "mean": "float64",
    "sd": "float64",
    "sd_between": "float64",
    "sd_within": "float64",
    "sd_twoway": "float64",
    "within_share": "float64",
    "twoway_share": "float64",
    "observed": "int64",
    "missing": "int64",
}
CHECKS = {
    "check": "str",
    "on": "str",
    "statistic": "float64",
    "df": "float64",
    "p": "float64",
    "reading": "str",
    "solver": "str",
}
ROOTS = {
    "variable": "str",
    "title": "str",
    "test": "str",
    "form": "str",
    "trend": "bool",
    "statistic": "float64",
    "p": "float64",
    "critical": "float64",
    "lags": "float64",
    "regions": "int64",
    "periods": "int64",
    "rejected": "bool",
    "published": "bool",
}
ALPHA = 0.05
FEWEST = 4  # periods under which there is no path to speak of


def variance_table(sample: Sample, outcome: tuple[str, str, str]) -> pd.DataFrame:
    """Where outcome and terms vary on the rows of the model. `outcome`: its column, title and unit."""
    obs = sample.obs
    named = [(*outcome, obs.y), *((t.id, t.title, t.unit, x) for t, x in zip(sample.terms, obs.x.T, strict=True))]
    rows = []
    for variable, title, unit, values in named:
        found = split(values, obs.region, obs.period)
        own = {name: getattr(found, name) for name in VARIANCE if name not in ("variable", "title", "unit")}
        rows.append({"variable": variable, "title": title, "unit": unit, **own})
    return pd.DataFrame(rows, columns=list(VARIANCE)).astype(VARIANCE)


def inflation(main: Estimated) -> tuple[FloatArray, float]:
    """VIF of every term and the condition number, of the columns as the main estimator sees them."""
    x = main.fit.x
    return vif(x), condition_number(x)


def panel_checks(main: Estimated | None, random: Estimated | None, cd: bool) -> pd.DataFrame:
    """Hausman, Mundlak and Pesaran's CD; what cannot be told of these rows is not in it.

    Parameters
    ----------
    random : the same model by random effects, which tell of columns that never change inside regions, too.
    """
    if main is None:
        return pd.DataFrame(columns=list(CHECKS)).astype(CHECKS)
    checks: list[tuple[Check, Estimated | None]] = [(check, random) for check in _CHECKS]
    checks += [(check, main) for check in _CD] if cd else []
    told = (_told(one, *check) for check, one in checks if one is not None)
    found = [row for row in told if row is not None]
    return pd.DataFrame(found, columns=list(CHECKS)).astype(CHECKS)


def _hausman(random: Estimated) -> Test:
    obs = random.sample.obs
    found = random_effects(obs)
    return hausman(within_region(replace(obs, x=obs.x[:, found.moving])), found)


def _mundlak(random: Estimated) -> Test:
    return mundlak(random.sample.obs)


def _cd_by_region(main: Estimated) -> Test:
    obs = main.sample.obs
    return pesaran_cd(unit_residuals(obs.y, obs.x, obs.region), obs.region, obs.period)


def _cd_within(main: Estimated) -> Test:
    fit = within_region(main.sample.obs)
    return pesaran_cd(fit.residuals, fit.region, fit.period)


def _cd_main(main: Estimated) -> Test:
    return pesaran_cd(main.fit.residuals, main.fit.region, main.fit.period)


Check = tuple[str, str, Callable[[Estimated], Test], str, str]
_CHECKS: tuple[Check, ...] = (  # name, of which fit, how, its reading when it rejects, and when it does not
    ("hausman", "within_region", _hausman, "regions_differ", "unclear"),
    ("mundlak", "random_effects", _mundlak, "regions_differ", "unclear"),
)
_CD: tuple[Check, ...] = (
    ("cd", "unit_by_unit", _cd_by_region, "dependent", "unclear"),
    ("cd", "within_region", _cd_within, "dependent", "unclear"),
    ("cd", "", _cd_main, "dependent", "unclear"),
)


def _told(
    found: Estimated, name: str, on: str, how: Callable[[Estimated], Test], rejected: str, kept: str
) -> Mapping[str, object] | None:
    if not found.sample.panel:
        return None
    try:
        test = how(found)
    except MethodError:
        return None  # these rows do not tell it; its absence is all that follows
    return {
        "check": name,
        "on": on or found.estimator,
        "statistic": test.statistic,
        "df": test.df,
        "p": test.p,
        "reading": rejected if test.p < ALPHA else kept,
        "solver": "",
    }


def unit_roots(sample: Sample, outcome: tuple[str, str], asked: Sequence[str]) -> pd.DataFrame:
    """IPS and CIPS of outcome and terms: in levels (with a trend and without) and in differences."""
    obs = sample.obs
    named = [(*outcome, obs.y), *((t.id, t.title, x) for t, x in zip(sample.terms, obs.x.T, strict=True))]
    rows = []
    for variable, title, values in named:
        level = _grid(values, sample)
        for test in asked:
            for form, grid, trend in (
                ("level", level, False),
                ("level", level, True),
                ("difference", np.diff(level), False),
            ):
                root = _root(test, grid, trend)
                if root is not None:
                    own = {n: getattr(root, n) for n in ROOTS if n not in ("variable", "title", "form")}
                    rows.append({"variable": variable, "title": title, "form": form, **own})
    return pd.DataFrame(rows, columns=list(ROOTS)).astype(ROOTS)


def _root(test: str, grid: FloatArray, trend: bool) -> UnitRoot | None:
    if grid.shape[1] < FEWEST:
        return None
    try:
        return (ips if test == "ips" else cips)(grid, trend)
    except MethodError:
        return None  # too short for the published tables


def _grid(values: FloatArray, sample: Sample) -> FloatArray:
    """(G, T) on the calendar, NaN where not observed."""
    grid = np.full((len(sample.regions), int(sample.obs.period.max()) + 1), np.nan)
    grid[sample.obs.region, sample.obs.period] = values
    return grid[:, int(sample.obs.period.min()) :]
