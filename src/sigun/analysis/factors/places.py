"""Where (지역별 값): level and change of the outcome, and what the model leaves over in the last period."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from sigun.analysis.factors.study import Study
from sigun.analysis.factors.wide import LEVEL
from sigun.panel.regional.model import RegionPanel
from sigun.region.tiles import tiles

PLACES = {
    "region": "str",
    "name": "str",
    "sido_name": "str",
    "col": "float64",
    "row": "float64",
    "level": "float64",
    "change": "float64",
    "residual": "float64",
}
OUTLINE = {"region": "str", "ring": "int64", "x": "float64", "y": "float64"}


def places_table(study: Study, panel: RegionPanel) -> pd.DataFrame:
    """One row a region: its last outcome, how far that is from its first, and the last residual of the main model."""
    frame = study.wide.frame
    told = frame[np.isfinite(frame[LEVEL])].sort_values(["region", "at"])
    first, last = told.groupby("region")[LEVEL].first(), told.groupby("region")[LEVEL].last()
    rows = study.wide.regions[["unit", "name", "sido_name"]].rename(columns={"unit": "region"})
    residual = _last_residuals(study)
    rows = rows.assign(
        level=rows["region"].map(last),
        change=rows["region"].map(last - first) if study.first.sample.panel else np.nan,
        residual=rows["region"].map(residual),
    )
    placed = tiles(rows["region"]) if panel.asked.unit == "sigungu" else pd.DataFrame(index=rows.index)
    return rows.join(placed.reindex(columns=["col", "row"]))[list(PLACES)].astype(PLACES)


def outline_table(panel: RegionPanel) -> pd.DataFrame:
    """Corners of the thinned outlines, where the plan has any."""
    if panel.outlines is None:
        return pd.DataFrame(columns=list(OUTLINE)).astype(OUTLINE)
    return panel.outlines[list(OUTLINE)].astype(OUTLINE).reset_index(drop=True)


def _last_residuals(study: Study) -> Mapping[str, float]:
    """Of each region in the last period it stands in."""
    main = study.first.main
    if main is None:
        return {}
    scale = study.scale
    order = np.lexsort((main.fit.period, main.fit.region))  # the last of a region overwrites the others
    region, value = main.fit.region[order], main.fit.residuals[order]
    return {main.sample.regions[int(g)]: scale.told(float(r)) for g, r in zip(region, value, strict=True)}
