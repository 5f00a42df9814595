"""Tables by 법정동 (법정동 자료): counts shared out among 행정동 as the plan says, or added up to their 시군구."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sigun.catalog.card import Card
from sigun.errors import MethodError, PlanError, require
from sigun.panel.regional.losses import listed
from sigun.panel.regional.unite import adds_over_space
from sigun.plan.variables import Regional
from sigun.region.kikmix import Mix, looks_legal, to_dongs, weights_of, whole_of
from sigun.region.numbering import digits
from sigun.text import N_, Message, _, say

ADDED = N_(
    "Figures of {n} 법정동 were added up to their 시군구. Whether the table tells all 법정동 of a 시군구 is not known."
)
NO_FILE = N_("They go no further down than 시군구: the file that joins 법정동 and 행정동 (KIKmix) is not there.")
NOT_ASKED = N_("They go no further down than 시군구: the plan does not say how 법정동 are shared out (`panel.legal`).")
KEY = ["region", "period"]


def without_legal(
    card: Card, table: pd.DataFrame, asked: Regional, mix: Mix | None
) -> tuple[pd.DataFrame, tuple[Message, ...]]:
    """A cleaned table whose rows by 법정동 are rows by 행정동 or 시군구, and what was done; any other as it is.

    Notes
    -----
    What the table tells of a 시군구 itself counts before the sum of its 법정동, and a 읍 or 면 before that of its 리.

    Raises
    ------
    MethodError, PlanError
        A rate or an index is wanted that is told by 법정동 alone; a 법정동 is told twice; the file has no such weights;
        a panel by 행정동 would be left empty.
    """
    if "region" not in table or card.scheme == "kostat":
        return table, ()
    codes = table["region"].astype("str").fillna("").map(digits).astype("str")
    if not looks_legal(codes):
        return table, ()
    fine = codes.str.fullmatch(r"\d{10}") & (codes.str[5:] != "00000")
    legal, others = table[fine].assign(region=codes[fine]), table[~fine]
    dated = "period" in table
    legal = legal if dated else legal.assign(period=pd.Timestamp(asked.day.year, 1, 1))
    counts = [str(c.id) for c in card.values() if c.id in table and adds_over_space(c)]
    _no_rates(card, others, counts, asked)
    legal = _told_once(legal.drop_duplicates([*KEY, *counts]), card)
    legal = _hidden_as_none(legal[~_below_a_told_town(legal)], counts)
    if asked.unit == "dong" and asked.legal is not None and mix is not None:
        made, said = _shared(legal, counts, asked, mix)
    else:
        made, said = _added(legal, counts), _said_of_sums(legal, card, asked, mix)
        own = others.assign(region=codes[~fine].str[:5] + "00000")
        own = own if dated else own.assign(period=pd.Timestamp(asked.day.year, 1, 1))
        made = made[~pd.MultiIndex.from_frame(made[KEY]).isin(pd.MultiIndex.from_frame(own[KEY]))]
    made = made.reindex(columns=table.columns)
    return pd.concat([others, made], ignore_index=True) if len(others) else made, said


def _no_rates(card: Card, others: pd.DataFrame, counts: Sequence[str], asked: Regional) -> None:
    """A rate of a whole is not known from those of its parts; one that the table tells of larger regions is."""
    wanted = {name for v in asked.variables if v.table == card.id for name in v.taken()}
    wanted |= {check.column or check.variable for check in asked.checks if check.table == card.id}
    found = [c for c in card.values() if c.id in wanted and c.id not in counts]
    lost = [c.title or c.name for c in found if c.id not in others or others[str(c.id)].isna().all()]
    if lost:
        raise MethodError(
            say(N_("By 법정동 and no counts, so nothing can be made of them: {names}."), names=", ".join(lost)),
            say(N_("card {card}"), card=card.id),
            say(N_("Take the counts they are made from, or a table by 행정동 or 시군구.")),
        )


def _told_once(legal: pd.DataFrame, card: Card) -> pd.DataFrame:
    twice = legal[legal.duplicated(KEY)]
    if twice.empty:
        return legal
    first = twice.iloc[0]
    raise MethodError(
        say(
            N_("{n} regions and periods are told twice with different values, first: {unit}, {period}."),
            n=len(twice),
            unit=str(first["region"]),
            period=str(first["period"])[:10],
        ),
        say(N_("card {card}"), card=card.id),
        say(N_("Take the second file, or the second row, out; or tell the two places apart in the card.")),
    )


def _below_a_told_town(legal: pd.DataFrame) -> pd.Series:
    """Rows of a 리 whose 읍 or 면 has a row of its own in that period."""
    village = legal["region"].str[8:] != "00"
    towns = pd.MultiIndex.from_frame(legal.loc[~village, KEY])
    above = pd.MultiIndex.from_arrays([whole_of(legal["region"]), legal["period"]])
    return village & above.isin(towns)


def _hidden_as_none(legal: pd.DataFrame, counts: Sequence[str]) -> pd.DataFrame:
    """Hidden values are not told, whatever stands in their cells."""
    hidden = {name: legal[f"{name}__mark"] == "suppressed" for name in counts if f"{name}__mark" in legal}
    return legal.assign(**{name: legal[name].mask(marked) for name, marked in hidden.items()})


def _added(legal: pd.DataFrame, counts: Sequence[str]) -> pd.DataFrame:
    """One row a 시군구 (or 일반구) and period; a sum with a value that is not told is not told."""
    rows = legal.assign(region=legal["region"].str[:5] + "00000")
    sums = rows.groupby(KEY)[list(counts)].agg(lambda part: part.sum(skipna=False))
    return sums.join(_beside(rows, counts)).reset_index()


def _beside(rows: pd.DataFrame, counts: Sequence[str]) -> pd.DataFrame:
    """What stands beside the values, by `KEY`: hidden or provisional where one of the parts is."""
    by = rows.groupby(KEY)
    same = [name for name in ("span", "source") if name in rows]
    found = by[same].first()
    if "provisional" in rows:
        found["provisional"] = rows["provisional"].fillna(False).astype(bool).groupby([rows[k] for k in KEY]).any()
    for mark in (f"{name}__mark" for name in counts if f"{name}__mark" in rows):
        hidden = (rows[mark] == "suppressed").groupby([rows[k] for k in KEY]).any()
        found[mark] = hidden.map({True: "suppressed", False: None})
    return found


def _said_of_sums(legal: pd.DataFrame, card: Card, asked: Regional, mix: Mix | None) -> tuple[Message, ...]:
    added = say(ADDED, n=int(legal["region"].nunique()))
    if asked.unit != "dong":
        return (added,)
    why = say(NO_FILE if mix is None else NOT_ASKED)
    if all(v.table == card.id and v.from_level is None for v in asked.variables):
        raise MethodError(
            say(N_("The panel is by 행정동, and all it asks for is by 법정동. {why}"), why=why.template),
            say(N_("card {card}"), card=card.id),
            say(N_("Import KIKmix (`sigun regions import`) and write `legal: equal`, or ask for `unit: sigungu`.")),
        )
    return added, why


def _shared(
    legal: pd.DataFrame, counts: Sequence[str], asked: Regional, mix: Mix
) -> tuple[pd.DataFrame, tuple[Message, ...]]:
    """One row a 행정동 and period, by the pairs of each period's year."""
    assert asked.legal is not None
    _has_sizes(mix, asked)
    shares = weights_of(mix.pairs, legal["period"].dt.year, asked.legal)
    known = legal.drop(columns="dong").assign(legal=whole_of(legal["region"]), year=legal["period"].dt.year)
    rows = known.drop(columns="region").merge(shares, on=["year", "legal"]).rename(columns={"dong": "region"})
    made = _beside(rows, counts)
    said: list[Message] = []
    lost: set[tuple[str, str]] = set()
    for name in counts:
        frame = legal[["region", "period", name]].set_axis(["unit", "period", "value"], axis=1)
        done = to_dongs(frame, shares, asked.legal)
        made[name] = done.frame.set_index(["unit", "period"])["value"]
        said += [one for one in done.said if one not in said]
        lost |= set(done.lost[["reason", "unit"]].itertuples(index=False, name=None))
    for reason in sorted({reason for reason, _unit in lost}):
        units = sorted(unit for why, unit in lost if why == reason)
        said.append(say(N_("{reason} Not shared out: {names}."), reason=reason, names=listed(units)))
    return made.reset_index(), tuple(said)


def _has_sizes(mix: Mix, asked: Regional) -> None:
    """The ministry's file tells no sizes: its user writes them into a column."""
    if asked.legal == "equal" or mix.pairs[str(asked.legal)].notna().any():
        return
    column = {"area": "면적", "population": "인구"}[str(asked.legal)]
    require(
        [
            PlanError(
                _("The file that joins 법정동 and 행정동 has no column {column}.").format(column=column),
                "panel.legal",
                _("Write it into the file for each pair and import it again, or say `legal: equal`, an assumption."),
            )
        ]
    )
