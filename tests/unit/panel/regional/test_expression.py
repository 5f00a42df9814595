"""The panel's expression: months to years, absences, derived columns; and that both engines mean the same by it."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest

from conftest import needs
from regional import DERIVED, made_up_told
from sigun.engine.spark import JAVAS, java_version
from sigun.panel.regional.expression import GRID, TOLD, Taken, compute
from sigun.panel.regional.model import STATUS

spark_is_noisy = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning:pyspark.*"),
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
pytestmark = spark_is_noisy


@pytest.fixture(scope="module")
def spark() -> Iterator[str]:
    needs("spark", importlib.util.find_spec("pyspark") is not None, "no pyspark here (pip install '.[spark]')")
    needs("spark", java_version() in JAVAS, "no Java 17 here")
    before = os.environ.get("TZ")
    os.environ["TZ"] = "America/New_York"
    yield "spark-local://?threads=1"
    os.environ.pop("TZ") if before is None else os.environ.__setitem__("TZ", before)


@pytest.mark.parametrize("seed", range(2))
def test_both_engines_make_the_same_panel(spark: str, seed: int) -> None:
    told, grid, taken, derived, span = made_up_told(seed)
    one = compute(told, grid, taken, derived, span, "duckdb")
    pd.testing.assert_frame_equal(one, compute(told, grid, taken, derived, span, spark))
    assert len(one) == len(grid)


@pytest.mark.parametrize("seed", range(8))
def test_a_value_stands_exactly_where_its_status_says_so(seed: int) -> None:
    told, grid, taken, derived, span = made_up_told(seed)
    frame = compute(told, grid, taken, derived, span, "duckdb")
    for name in [*(t.id for t in taken), *(d.id for d in derived)]:
        known = frame[name + STATUS].isin(["observed", "provisional"])
        assert (frame[name].notna() == known).all(), name
        assert np.isfinite(frame.loc[known, name]).all()


def months(value: float, state: int = 0, name: str = "v", year: int = 2020) -> list[tuple[object, ...]]:
    return [(name, "a", pd.Timestamp(year, m, 1), value + m, state) for m in range(1, 13)]


def year_of(
    rows: list[tuple[object, ...]], how: str | None, needed: int = 12, months_each: int = 1
) -> tuple[float, str]:
    told = pd.DataFrame(rows, columns=list(TOLD)).astype(TOLD)
    grid = pd.DataFrame([("a", pd.Timestamp(2020, 1, 1), True)], columns=list(GRID))
    frame = compute(told, grid, [Taken("v", how, needed, months_each)], (), "year", "duckdb")  # type: ignore[arg-type]
    return float(frame.loc[0, "v"]), str(frame.loc[0, "v__status"])


@pytest.mark.parametrize(("how", "expected"), [("sum", 78.0), ("mean", 6.5), ("last", 12.0)])
def test_twelve_months_make_a_year(how: str, expected: float) -> None:
    assert year_of(months(0), how) == (expected, "observed")


@pytest.mark.parametrize("how", ["sum", "mean", "last"])
def test_eleven_months_make_none(how: str) -> None:
    value, status = year_of(months(0)[:11], how)
    assert np.isnan(value) and status == "not_observed"


def test_a_hidden_month_hides_its_year() -> None:
    rows = months(0)
    rows[4] = (*rows[4][:3], float("nan"), 2)
    assert year_of(rows, "sum")[1] == "suppressed"


def test_one_provisional_month_makes_a_provisional_year() -> None:
    rows = months(0)
    rows[11] = (*rows[11][:4], 1)
    assert year_of(rows, "sum") == (78.0, "provisional")


def test_four_quarters_make_a_year() -> None:
    rows = [("v", "a", pd.Timestamp(2020, m, 1), float(m), 0) for m in (1, 4, 7, 10)]
    assert year_of(rows, "last", 4, 3) == (10.0, "observed")


def test_what_did_not_stand_is_not_merely_not_observed() -> None:
    told = pd.DataFrame(months(0), columns=list(TOLD)).astype(TOLD)
    grid = pd.DataFrame(
        [("b", pd.Timestamp(2020, 1, 1), False), ("c", pd.Timestamp(2020, 1, 1), True)], columns=list(GRID)
    )
    frame = compute(told, grid, [Taken("v", "sum", 12, 1)], (), "year", "duckdb")
    assert frame["v__status"].tolist() == ["not_existing", "not_observed"]


def derived_of(said: dict[str, object], **columns: list[float | None]) -> list[tuple[float | None, str]]:
    """Years from 2020 on; None is not observed."""
    years = [pd.Timestamp(2020 + i, 1, 1) for i in range(len(next(iter(columns.values()))))]
    rows = [(n, "a", y, v, 0) for n, vs in columns.items() for y, v in zip(years, vs, strict=True) if v is not None]
    told = pd.DataFrame(rows, columns=list(TOLD)).astype(TOLD)
    grid = pd.DataFrame([("a", y, True) for y in years], columns=list(GRID))
    derived = DERIVED.validate_python([{"id": "x", **said}])
    frame = compute(told, grid, [Taken(n, None, 1, 12) for n in columns], derived, "year", "duckdb")
    return [(None if np.isnan(v) else round(v, 6), s) for v, s in frame[["x", "x__status"]].itertuples(index=False)]


NONE = (None, "not_observed")


@pytest.mark.parametrize(
    ("said", "columns", "expected"),
    [
        ({"op": "lag", "of": "v"}, {"v": [1, 2, 4]}, [NONE, (1, "observed"), (2, "observed")]),
        ({"op": "lag", "of": "v"}, {"v": [1, None, 4]}, [NONE, (1, "observed"), NONE]),
        ({"op": "change", "of": "v"}, {"v": [1, 2, 4]}, [NONE, (1, "observed"), (2, "observed")]),
        ({"op": "change", "of": "v", "how": "percent"}, {"v": [2, 3, 0]}, [NONE, (50, "observed"), (-100, "observed")]),
        ({"op": "change", "of": "v", "how": "percent"}, {"v": [0, 3]}, [NONE, NONE]),
        ({"op": "log", "of": "v"}, {"v": [1, 0]}, [(0, "observed"), NONE]),
        ({"op": "sum", "of": ["v", "w"]}, {"v": [1, 2], "w": [3, None]}, [(4, "observed"), NONE]),
        ({"op": "rate", "of": "v", "per": "w"}, {"v": [1, 2], "w": [500, 0]}, [(2, "observed"), NONE]),
        ({"op": "share", "of": "v", "among": "w"}, {"v": [1], "w": [8]}, [(12.5, "observed")]),
        ({"op": "per_capita", "of": "v", "population": "w"}, {"v": [10], "w": [4]}, [(2.5, "observed")]),
        ({"op": "rebase", "of": "v", "at": "2021-01-01"}, {"v": [50, 80]}, [(62.5, "observed"), (100, "observed")]),
        ({"op": "rebase", "of": "v", "at": "2021-01-01"}, {"v": [50, None]}, [NONE, NONE]),
        (
            {"op": "deflate", "of": "v", "by": "w", "at": "2020-01-01"},
            {"v": [100, 100], "w": [80, 100]},
            [(100, "observed"), (80, "observed")],
        ),
        (
            {"op": "cohort_net", "of": "v", "before": "w"},
            {"v": [100, 110], "w": [100, 1]},
            [NONE, (10, "observed")],
        ),
    ],
)
def test_derived_columns(
    said: dict[str, object], columns: dict[str, list[float | None]], expected: list[tuple[float | None, str]]
) -> None:
    assert derived_of(said, **columns) == expected
