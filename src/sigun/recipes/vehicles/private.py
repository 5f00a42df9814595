"""Private tables of the made-up city (민간 자료): card sales by dong and month, telecom counts by cell and month.

Both come as such firms hand them over: small counts are not told, and the terms of use stand in the card. What is
behind them is known (`PrivateTruth`), so that joins and losses can be checked. Neither has a hand in the reports.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sigun.catalog.card import Approval
from sigun.recipes.vehicles.city import WARDS, City, ward_column
from sigun.recipes.vehicles.files import FLOATING_FILE, write_csv
from sigun.recipes.vehicles.occurrence import Days
from sigun.recipes.vehicles.surroundings import FLOATING_A_HEAD, autoregressive
from sigun.text import N_, _

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

CARD_FILE = "카드매출_행정동_월.csv"
GRID_FILE = "통신_격자_유동인구.csv"
TRUTH_FILE = "private_truth.json"

PAYMENTS_A_HEAD = {"dense": 9.0, "mixed": 6.0, "new": 7.0, "works": 5.0, "rural": 1.5}  # a month
PAYMENT = 21.5  # thousand won
SEASON = np.array([0.97, 0.93, 1.00, 0.99, 1.03, 1.00, 1.01, 1.00, 1.02, 1.01, 0.99, 1.05])
PAYMENTS_SPREAD, PRICE_SPREAD, MEMORY = 0.12, 0.08, 0.5  # of the logs, month to month

CELL = 250.0  # metres, as the firm's grid has it
GRID_MONTHS = 12  # the last of them
UNTOLD = 5  # persons; smaller counts are `*`
ELSEWHERE = 0.08  # of a dong's people are counted in cells that no house stands in


@dataclass(frozen=True)
class Terms:
    """On what terms a firm hands its table over; what goes into the card."""

    owner: str
    licence: str
    number: str
    purpose: str

    def card(self) -> dict[str, object]:
        """The fields of the card."""
        approval = Approval(number=self.number, purpose=_(self.purpose), until=date(2099, 12, 31))
        return {"grade": "S", "owner": _(self.owner), "licence": _(self.licence), "approval": approval}


TERMS: Mapping[str, Terms] = {
    FLOATING_FILE: Terms(
        N_("a made-up telecom firm"), N_("for the stated purpose only; made up"), "모의-통신-01", N_("demo of sigun")
    ),
    CARD_FILE: Terms(
        N_("a made-up card firm"), N_("for the stated purpose only; made up"), "모의-카드-01", N_("demo of sigun")
    ),
    GRID_FILE: Terms(
        N_("a made-up telecom firm"), N_("for the stated purpose only; made up"), "모의-통신-02", N_("demo of sigun")
    ),
}
"""By file name."""


@dataclass(frozen=True)
class PrivateTruth:
    """What is behind the private tables."""

    payments: Mapping[str, tuple[int, ...]]  # by dong, month by month
    people: Mapping[str, tuple[int, ...]]  # by dong, the months of the grid, untold counts included
    untold: int  # counts of the grid that are `*`
    untold_people: int  # how many persons these are together
    cells: int
    cell: float  # metres

    def write(self, folder: Path) -> Path:
        """Write `private_truth.json` into a folder and return its path."""
        path = folder / TRUTH_FILE
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)
        path.write_text(text + "\n", encoding="utf-8", newline="\n")
        return path


def write_private(
    folder: Path, seed: int, city: City, days: Days, floating: FloatArray, truth_folder: Path | None = None
) -> PrivateTruth:
    """Write both tables into `folder`; chance is their own, so that the city's other files stay as they are.

    Parameters
    ----------
    floating : (20, months) floating population of each dong over its own average.
    truth_folder : also gets `private_truth.json`.
    """
    rng = np.random.default_rng([seed, 2])
    months = np.unique(days.date.astype("datetime64[M]"))
    payments, sales = draw_sales(rng, months)
    write_csv(sales_table(payments, sales, city, months), folder / CARD_FILE, "cp949")
    last = months[-GRID_MONTHS:]
    dong, x, y, people = draw_grid(rng, city, floating[:, -GRID_MONTHS:])
    write_csv(grid_table(x, y, people, last), folder / GRID_FILE, "utf-8-sig")
    small = (people > 0) & (people < UNTOLD)
    truth = PrivateTruth(
        payments={ward.name: tuple(map(int, row)) for ward, row in zip(WARDS, payments, strict=True)},
        people={ward.name: tuple(map(int, people[dong == i].sum(axis=0))) for i, ward in enumerate(WARDS)},
        untold=int(small.sum()),
        untold_people=int(people[small].sum()),
        cells=len(np.unique(np.column_stack([x, y]), axis=0)),
        cell=CELL,
    )
    if truth_folder is not None:
        truth.write(truth_folder)
    return truth


def draw_sales(rng: np.random.Generator, months: NDArray[np.datetime64]) -> tuple[IntArray, FloatArray]:
    """(20, months) payments, and their sum in million won: a level of each dong, the season, and noise with memory."""
    shape = (len(WARDS), len(months))
    level = ward_column("population") * np.array([PAYMENTS_A_HEAD[ward.setting] for ward in WARDS])
    season = SEASON[months.astype(int) % 12]
    payments = level[:, None] * season * np.exp(autoregressive(rng, shape, MEMORY, PAYMENTS_SPREAD))
    price = PAYMENT * np.exp(autoregressive(rng, shape, MEMORY, PRICE_SPREAD))
    return np.round(payments).astype(np.int64), np.round(payments * price / 1000, 1)


def sales_table(payments: IntArray, sales: FloatArray, city: City, months: NDArray[np.datetime64]) -> pd.DataFrame:
    """One row a dong and month."""
    return pd.DataFrame(
        {
            "기준년월": np.tile([str(month).replace("-", "") for month in months], len(WARDS)),
            "행정동코드": np.repeat(city.codes, len(months)),
            "행정동": np.repeat([ward.name for ward in WARDS], len(months)),
            "이용건수(건)": payments.ravel(),
            "매출금액(백만원)": sales.ravel(),
        }
    )


def draw_grid(
    rng: np.random.Generator, city: City, floating: FloatArray
) -> tuple[IntArray, FloatArray, FloatArray, IntArray]:
    """Cells of each dong (a cell on a border stands once for each side): dong, centre x, y, and people by month.

    People are where houses are, more of them along busy lanes, and a few in the cells around.
    """
    found = pd.DataFrame({"dong": city.dong, "x": city.x // CELL, "y": city.y // CELL, "weight": city.weight})
    own = found.groupby(["dong", "x", "y"], sort=True)["weight"].sum().reset_index()
    around = pd.concat(
        [own.assign(x=own["x"] + east, y=own["y"] + north) for east in (-1, 0, 1) for north in (-1, 0, 1)]
    )
    shares = pd.concat(
        [own.assign(weight=own["weight"] * (1 - ELSEWHERE)), around.assign(weight=around["weight"] * ELSEWHERE / 9)]
    )
    shares = shares.groupby(["dong", "x", "y"], sort=True)["weight"].sum().reset_index()
    usual = ward_column("population") * np.array([FLOATING_A_HEAD[ward.setting] for ward in WARDS])
    dong = shares["dong"].to_numpy(np.int64)
    expected = shares["weight"].to_numpy()[:, None] * (usual[:, None] * floating)[dong]
    centre = (shares[["x", "y"]].to_numpy(float) + 0.5) * CELL
    return dong, centre[:, 0], centre[:, 1], rng.poisson(expected).astype(np.int64)


def grid_table(x: FloatArray, y: FloatArray, people: IntArray, months: NDArray[np.datetime64]) -> pd.DataFrame:
    """One row a cell and month with anybody in it; small counts are not told."""
    names = [str(month).replace("-", "") for month in months]
    wide = pd.DataFrame(people, columns=names).groupby([x, y], sort=True).sum()
    wide.index.names = ["X좌표", "Y좌표"]
    long = wide.stack().rename_axis(["X좌표", "Y좌표", "기준년월"]).rename("n").reset_index()
    long = long[long["n"] > 0]
    number = (long["X좌표"] // CELL).astype(int).astype(str) + "_" + (long["Y좌표"] // CELL).astype(int).astype(str)
    told = long["n"].astype(str).where(long["n"] >= UNTOLD, "*")
    columns = {"격자ID": number, "X좌표": long["X좌표"], "Y좌표": long["Y좌표"], "기준년월": long["기준년월"]}
    return pd.DataFrame(columns | {"생활인구(명)": told})
