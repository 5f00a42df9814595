"""What did not come along (결합 손실): rows, regions and their weight lost at every join, with names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from sigun.errors import MethodError, SigunError
from sigun.panel.model import Finding
from sigun.panel.regional.located import Located, told
from sigun.panel.regional.model import STATUS
from sigun.panel.regional.unite import AtLevel, United
from sigun.plan.variables import Regional
from sigun.region import history
from sigun.text import N_, Message, say

COLUMNS: Mapping[str, str] = {
    "table": "str",
    "variable": "str",  # empty: all of the table's
    "reason": "str",  # unmatched | split | joined | mixed | ended | refused | uncovered
    "rows": "int64",  # rows of the table; of `refused` and `uncovered` regions and periods of the panel
    "rows_share": "float64",  # of the table's rows (of the panel's)
    "regions": "int64",
    "amount_share": "float64",  # of the variable's sum that lies in the rows lost; NaN where it cannot be added up
    "size_share": "float64",  # of the plan's `size` that the regions lost hold; NaN where the plan names none
    "names": "str",
}
REASONS: Mapping[str, str] = {
    history.SPLIT: "split",
    history.MERGED: "joined",
    history.ENDED: "ended",
    history.MIXED: "mixed",
}
NAMED = 12  # names written out


def losses_table(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """Rows of `COLUMNS`."""
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(dict(COLUMNS))


def unmatched(located: Located, at: Sequence[AtLevel]) -> Iterator[dict[str, object]]:
    """Rows in places nobody knows."""
    lost = located.rows["unit"].isna()
    if lost.any():
        yield {
            "table": located.card.id,
            "variable": "",
            "reason": "unmatched",
            "rows": int(lost.sum()),
            "rows_share": float(lost.mean()),
            "regions": int(located.unmatched["place"].nunique()),
            "amount_share": _amount(located, at),
            "size_share": float("nan"),
            "names": listed(located.unmatched["place"].drop_duplicates().tolist()),
        }


def _amount(located: Located, at: Sequence[AtLevel]) -> float:
    """The share of the first additive variable that lies in the rows lost, rows of totals left out."""
    additive = next((a for a in at if a.additive and a.variable.table == located.card.id), None)
    if additive is None:
        return float("nan")
    rows = told(located, additive.variable.taken())
    gone = float(rows.loc[rows["unit"].isna(), "value"].sum())
    kept = float(additive.rows["value"].sum())
    return gone / (gone + kept) if gone + kept else float("nan")


def too_much_lost(located: Mapping[str, Located], most: float) -> list[SigunError]:
    """An error for each table of which more rows than `most` lie in places nobody knows."""
    problems: list[SigunError] = []
    for name, one in sorted(located.items()):
        share = float(one.rows["unit"].isna().mean()) if len(one.rows) else 0.0
        if share > most:
            first = one.unmatched.sort_values("rows", ascending=False).head(NAMED)
            problems.append(
                MethodError(
                    say(
                        N_("{share} % of the rows of “{card}” lie in places nobody knows: {names}."),
                        share=round(100 * share, 1),
                        card=name,
                        names=listed(first["place"].drop_duplicates().tolist()),
                    ),
                    say(N_("card {card}, regions"), card=name),
                    say(
                        N_(
                            "Look at `sigun regions check FILE`: often it is another code scheme (`scheme`) or a "
                            "missing 시도 (`within`). If it is right so, raise `panel.loss_max` in the plan."
                        )
                    ),
                )
            )
    return problems


def after_uniting(united: United, names: Mapping[str, str]) -> Iterator[dict[str, object]]:
    """Regions that became several, and merged regions for whose values there is no rule."""
    own = {"table": united.at.variable.table, "variable": united.at.variable.id}
    blank = {"amount_share": float("nan"), "size_share": float("nan")}
    rows = united.at.rows
    whole = float(rows["value"].sum()) if united.at.additive else float("nan")
    for reason in sorted(set(united.lost.values())):
        units = [unit for unit, why in united.lost.items() if why == reason]
        gone = rows["unit"].isin(units)
        count = {"rows": int(gone.sum()), "rows_share": float(gone.mean()), "regions": len(units)}
        amount = {"amount_share": float(rows.loc[gone, "value"].sum()) / whole if whole else float("nan")}
        said = listed([names.get(u, u) for u in units])
        yield {**own, "reason": REASONS.get(reason, "ended"), **count, **blank, **amount, "names": said}
    if len(united.refused):
        regions = sorted(united.refused["region"].unique())
        count = {
            "rows": len(united.refused),
            "rows_share": len(united.refused) / len(united.rows),
            "regions": len(regions),
        }
        yield {**own, "reason": "refused", **count, **blank, "names": listed([names.get(u, u) for u in regions])}


def uncovered(frame: pd.DataFrame, units: pd.DataFrame, asked: Regional) -> Iterator[dict[str, object]]:
    """Regions of the panel of which a variable is never told."""
    regions, size = len(units), _sizes(frame, asked.size)
    for variable in asked.variables:
        known = frame.loc[frame[variable.id].notna(), "region"].unique()
        lost = units[~units["unit"].isin(known)]
        if len(lost):
            yield {
                "table": variable.table,
                "variable": variable.id,
                "reason": "uncovered",
                "rows": len(lost) * (len(frame) // regions),
                "rows_share": len(lost) / regions,
                "regions": len(lost),
                "amount_share": float("nan"),
                "size_share": float("nan") if size is None else float(size[lost["unit"]].sum() / size.sum()),
                "names": listed(_by_sido(lost, units)),
            }


def _sizes(frame: pd.DataFrame, size: str | None) -> pd.Series | None:
    return None if size is None else frame.groupby("region")[size].mean().fillna(0.0)


def _by_sido(lost: pd.DataFrame, units: pd.DataFrame) -> list[str]:
    """`강원도 (18)` where all of a 시도 is lost, else each region; regions of the tables' own lie in none."""
    said: list[str] = []
    whole = units.groupby("sido_name")["unit"].size()
    for sido, rows in lost.groupby("sido_name", sort=False):
        everything = sido and len(rows) == whole[sido] and len(rows) > 1
        said += [f"{sido} ({len(rows)})"] if everything else rows["full"].tolist()
    return said


def listed(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    shown = ", ".join(map(str, names[:NAMED]))
    return shown if len(names) <= NAMED else f"{shown} … (+{len(names) - NAMED})"


SAID: Mapping[str, tuple[str, str]] = {
    "unmatched": (
        N_("{rows} rows of “{table}” ({share} %) lie in places nobody knows: {names}."),
        N_("They are left out. Each is listed below with the nearest names."),
    ),
    "split": (
        N_("“{variable}”: {regions} regions became several later and have no one region at the base date: {names}."),
        N_("Their values are left out: nothing is divided up."),
    ),
    "joined": (
        N_("“{variable}”: {regions} regions hold regions that were apart at the base date: {names}."),
        N_("Their values are left out: nothing is divided up."),
    ),
    "mixed": (
        N_("“{variable}”: {regions} regions are now part of one that has land of a divided region too: {names}."),
        N_("Their values are left out: nothing is divided up."),
    ),
    "ended": (
        N_("“{variable}”: {regions} regions were none at the base date, and no successor is on record: {names}."),
        N_("Their values are left out. Choose a base date nearer to the data, or tell the change in the table."),
    ),
    "refused": (
        N_(
            "“{variable}”: {regions} regions were several ones before, in {rows} regions and periods, and nothing says "
            "how their values are put together: {names}."
        ),
        N_("They are not observed. Name the denominator in the plan (`weight`, or `numerator`) to carry them over."),
    ),
    "uncovered": (
        N_("“{variable}” is never told of {regions} regions ({share} %): {names}."),
        N_("They are not observed, and nothing is filled in. With the missing file added they are there."),
    ),
}


WITH_WEIGHT: Mapping[str, str] = {
    "unmatched": N_("{rows} rows of “{table}” ({share} %, {weight} % of its sum) lie in places nobody knows: {names}."),
    "ended": N_(
        "“{variable}”: {regions} regions with {weight} % of its sum were none at the base date, and no successor is on "
        "record: {names}."
    ),
    "uncovered": N_(
        "“{variable}” is never told of {regions} regions ({share} %, with {weight} % of all “{size}”): {names}."
    ),
}
"""The same, where it is known how much lies in what was lost."""


def said_of_losses(
    losses: pd.DataFrame, tables: Mapping[str, str], variables: Mapping[str, str], size: str | None = None
) -> Iterator[Finding]:
    """A finding for each loss; several variables of one table with the same regions are one."""
    losses = losses.assign(size_share=losses["size_share"].round(6))
    key = ["table", "reason", "rows", "regions", "names"]
    for _key, same in losses.groupby(key, sort=False):
        row = same.iloc[0]
        said, done = SAID[row["reason"]]
        weight = float(row["size_share"] if row["reason"] == "uncovered" else row["amount_share"])
        if weight == weight and row["reason"] in WITH_WEIGHT:  # noqa: PLR0124 - NaN is not itself
            said = WITH_WEIGHT[row["reason"]]
        values = {
            "rows": int(row["rows"]),
            "regions": int(row["regions"]),
            "share": per_cent(float(row["rows_share"])),
            "table": tables.get(row["table"], row["table"]),
            "variable": ", ".join(variables.get(v, v) for v in same["variable"]),
            "names": row["names"],
            "weight": per_cent(weight) if said in WITH_WEIGHT.values() else None,
            "size": variables.get(size or "", ""),
        }
        yield Finding(f"{row['reason']}_regions", int(row["rows"]), say(said, **values), Message(done))


def per_cent(share: float) -> float:
    """One place behind the point; a little is never told as nothing.

    >>> per_cent(0.3319), per_cent(0.000021), per_cent(0.0)
    (33.2, 0.0021, 0.0)
    """
    percent = 100 * share
    return round(percent, 1) if percent >= 0.1 or percent != percent else float(f"{percent:.2g}")  # noqa: PLR0124 - NaN


def states_of(frame: pd.DataFrame, column: str) -> dict[str, int]:
    """How many regions and periods are in each state."""
    counts = frame[column + STATUS].value_counts()
    return {str(state): int(n) for state, n in counts.items()}
