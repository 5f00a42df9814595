"""One variable carried to a base date, as the panel does it: units, periods and values in, `United` out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from regional import card_of
from sigun.panel.regional.located import Located
from sigun.panel.regional.unite import United, at_level, unite
from sigun.plan.variables import Regional, Unit, Variable
from sigun.region.codes import Codes, shipped
from sigun.units import Measure

BASE = date(2022, 12, 31)


def united(
    frame: pd.DataFrame,
    measure: Measure = "flow",
    base: date = BASE,
    codes: Codes | None = None,
    span: str = "year",
    unit: Unit = "sigungu",
) -> United:
    """`frame`: columns unit, period, value and, for rates, weight (their denominator)."""
    codes = codes or shipped()
    rows = frame.assign(period=pd.to_datetime(frame["period"]).astype("datetime64[us]"), level=unit, how="code")
    rows = rows.astype({"unit": "str", "value": "float64"}).assign(weight=frame.get("weight", np.nan))
    card = card_of("t", {"value": f"{measure} 명", "weight": "flow 명"})
    blank = pd.DataFrame({"place": [], "reason": [], "near": [], "rows": []})
    located = Located(card, rows, blank, span, False, ())
    weighed = "weight" if rows["weight"].notna().any() else None
    variable = Variable.model_validate({"id": "value", "table": "t", "weight": weighed})
    asked = Regional(unit=unit, base=base, variables=(variable,))
    beside = at_level(Variable(id="weight", table="t"), located, codes, asked)
    return unite(at_level(variable, located, codes, asked), codes, asked, {"weight": beside})


def carried(
    rows: Sequence[tuple[str, str, float] | tuple[str, str, float, float]],
    measure: Measure = "flow",
    base: date = BASE,
    span: str = "year",
) -> United:
    """Rows of unit, period, value and, for rates, denominator."""
    columns = ["unit", "period", "value", "weight"][: len(rows[0])] if rows else ["unit", "period", "value"]
    return united(pd.DataFrame(rows, columns=columns), measure, base, span=span)


def values(found: United) -> dict[tuple[str, str], float]:
    """(region, year and month) -> value, where there is one."""
    told = found.rows[found.rows["value"].notna()]
    return dict(zip(pairs(told), told["value"].astype(float), strict=True))


def pairs(frame: pd.DataFrame) -> list[tuple[str, str]]:
    """Region, and year and month."""
    return list(zip(frame["region"], frame["period"].dt.strftime("%Y-%m"), strict=True))
