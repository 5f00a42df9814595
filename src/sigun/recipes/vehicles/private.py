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

from sigun.catalog.card import Approval, Card
from sigun.catalog.write import card_text
from sigun.ingest.layout import Column
from sigun.recipes.vehicles.city import CRS, WARDS, City, ward_column
from sigun.recipes.vehicles.files import FLOATING_FILE, write_csv
from sigun.recipes.vehicles.occurrence import Days
from sigun.recipes.vehicles.surroundings import FLOATING_A_HEAD, autoregressive
from sigun.text import N_, _

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

FOLDER = "private"  # beside the raw files: these wait for a person to name them in a plan
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
    FLOATING_FILE: Terms(N_("a made-up telecom firm"), "CC0-1.0", "모의-통신-01", N_("demo of sigun")),
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
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / TRUTH_FILE
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)
        path.write_text(text + "\n", encoding="utf-8", newline="\n")
        return path


def card(file: str) -> Card:
    """The card of a private table, terms of use included."""
    x, y = (Column(name=f"{side}좌표", role=side.lower(), type="number") for side in "XY")  # type: ignore[arg-type]
    period = Column(name="기준년월", role="period")
    people = Column(
        name="생활인구(명)", id="people", title="생활인구", type="number", role="value", unit="명", measure="stock"
    )
    grid = file == GRID_FILE
    fields = (x, y, period, people) if grid else (*_AREA, period, *_SALES)
    return Card.model_validate(
        {
            "id": "grid_people" if grid else "card_sales",
            "title": Path(file).stem.replace("_", " "),
            "file": file,
            "kind": "cells" if grid else "area_periods",
            "reading": {"format": "csv", "encoding": "utf-8-sig" if grid else "cp949", "delimiter": ","},
            "crs": CRS if grid else None,
            "fields": [column.model_dump() for column in fields],
            "made_up": True,
            "publisher": _("sigun simulator"),
            **TERMS[file].card(),
        }
    )


_AREA = (Column(name="행정동코드", role="region"), Column(name="행정동", role="region_name"))
_SALES = (
    Column(
        name="이용건수(건)",
        id="payments",
        title="카드 이용건수",
        type="number",
        role="value",
        unit="건",
        measure="flow",
    ),
    Column(
        name="매출금액(백만원)",
        id="sales",
        title="카드 매출금액",
        type="number",
        role="value",
        unit="백만원",
        measure="flow",
    ),
)


def write_private(
    folder: Path, seed: int, city: City, days: Days, floating: FloatArray, truth_folder: Path | None = None
) -> PrivateTruth:
    """Write both tables and their cards into `folder`; their chance is their own: the city's other files stay the same.

    Parameters
    ----------
    floating : (20, months) floating population of each dong over its own average.
    truth_folder : also gets `private_truth.json`.
    """
    rng = np.random.default_rng([seed, 2])
    folder.mkdir(parents=True, exist_ok=True)
    months = np.unique(days.date.astype("datetime64[M]"))
    payments, sales = draw_sales(rng, months)
    write_csv(sales_table(payments, sales, city, months), folder / CARD_FILE, "cp949")
    last = months[-GRID_MONTHS:]
    dong, x, y, people = draw_grid(rng, city, floating[:, -GRID_MONTHS:])
    write_csv(grid_table(x, y, people, last), folder / GRID_FILE, "utf-8-sig")
    for file in (CARD_FILE, GRID_FILE):
        (folder / file).with_suffix(".yaml").write_text(card_text(card(file)), encoding="utf-8", newline="\n")
    places, which = np.unique(np.column_stack([x, y]), axis=0, return_inverse=True)
    counted = np.zeros((len(places), people.shape[1]), dtype=np.int64)
    np.add.at(counted, which, people)
    small = (counted > 0) & (counted < UNTOLD)
    truth = PrivateTruth(
        payments={ward.name: tuple(map(int, row)) for ward, row in zip(WARDS, payments, strict=True)},
        people={ward.name: tuple(map(int, people[dong == i].sum(axis=0))) for i, ward in enumerate(WARDS)},
        untold=int(small.sum()),
        untold_people=int(counted[small].sum()),
        cells=int((counted > 0).any(axis=1).sum()),
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
