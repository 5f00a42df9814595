"""법정동 and 행정동 (법정동–행정동 연계): two schemes, many to many, joined by the MOIS file and stated weights."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd

from sigun.errors import IngestError, SigunError, require
from sigun.text import N_, Message, _, say

Weighting = Literal["area", "population", "equal"]
"""What a 법정동 is shared out by among its 행정동: 면적, 인구, or evenly, which is an assumption."""

COLUMNS = {
    "행정동코드": "dong",
    "시도명": "sido",
    "시군구명": "sigungu",
    "읍면동명": "dong_name",
    "법정동코드": "legal",
    "동리명": "legal_name",
    "생성일자": "since",
    "말소일자": "until",
    "면적": "area",
    "인구": "population",
}
SIZES = ["area", "population"]  # of what the two have in common: written into the file by its user
OPTIONAL = frozenset({"말소일자", "면적", "인구"})
FEW = 5

SHARED = N_("Figures of {n} 법정동 were shared out among several 행정동 by {weights}.")
ASSUMED = N_("That a 법정동 is spread evenly over its 행정동 is an assumption; state weights by area or population.")
INCOMPLETE = N_("Some 행정동 have a 법정동 whose figure is not told; they have none either: a part is not the whole.")
NAMES: Mapping[Weighting, str] = {
    "area": N_("area"),
    "population": N_("population"),
    "equal": N_("equal parts"),
}
NO_PARTNER = N_("No 행정동 of this 법정동 is on record in that year.")
NO_WEIGHT = N_("Not every 행정동 of this 법정동 has a weight.")


@dataclass(frozen=True)
class Mix:
    """The file that joins the two schemes, as it is kept."""

    pairs: pd.DataFrame  # as `read_kikmix` gives them

    @cached_property
    def sha256(self) -> str:
        """Of what it says, whatever the file's form."""
        return hashlib.sha256(self.pairs.to_csv(index=False).encode()).hexdigest()


@dataclass(frozen=True)
class Shared:
    """Figures by 행정동, made from those by 법정동."""

    frame: pd.DataFrame  # unit (행정동, ten digits), period, value: sorted; NaN where a part is not known
    said: tuple[Message, ...]
    lost: pd.DataFrame  # unit (법정동), reason (the catalogue's English), rows


def is_kikmix(table: pd.DataFrame) -> bool:
    """Whether a table joins 행정동 and 법정동: of the ministry's, this one alone has codes of both."""
    return {"행정동코드", "법정동코드"} <= set(table.columns)


def read_kikmix(table: pd.DataFrame, file: str) -> pd.DataFrame:
    """The rows of KIKmix, checked: dong, legal (ten digits), since, until, area, population; one row a pair.

    A 법정리 counts as its 읍 or 면, which has one code in both schemes.

    Raises
    ------
    IngestError, Several
        Columns are missing, codes are no codes, dates no dates, or sizes no sizes: everything at once.
    """
    missing = [name for name in COLUMNS if name not in table and name not in OPTIONAL]
    if missing:
        raise IngestError(
            _("This is not the MOIS table that joins 행정동 and 법정동: it has no column {names}.").format(
                names=", ".join(missing)
            ),
            file,
            _("Take KIKmix….xlsx, as the Ministry of the Interior and Safety publishes it."),
        )
    rows = table.rename(columns=COLUMNS).reindex(columns=list(COLUMNS.values())).astype("str").fillna("")
    rows = rows.apply(lambda column: column.str.strip().str.removesuffix(".0"))
    days = {name: pd.to_datetime(rows[name], format="%Y%m%d", errors="coerce") for name in ("since", "until")}
    sizes = {name: pd.to_numeric(rows[name].str.replace(",", ""), errors="coerce") for name in SIZES}
    require(_problems(rows, days, sizes, file))
    whole = rows.drop_duplicates().assign(**days, **sizes, legal=whole_of(rows["legal"]))
    below = whole[(whole["dong"].str[5:] != "00000") & (whole["legal"].str[5:] != "00000")]
    by = below.groupby(["legal", "dong", "since", "until"], dropna=False, sort=True)
    return by[SIZES].agg(lambda part: part.sum(skipna=False)).reset_index()


def whole_of(legal: pd.Series) -> pd.Series:
    """A 법정리 as its 읍 or 면."""
    return legal.str[:8] + "00"


def _problems(
    rows: pd.DataFrame, days: Mapping[str, pd.Series], sizes: Mapping[str, pd.Series], file: str
) -> Iterator[SigunError]:
    wrong_codes = ~(rows["dong"].str.fullmatch(r"\d{10}") & rows["legal"].str.fullmatch(r"\d{10}"))
    wrong_days = days["since"].isna() | (days["until"].isna() & (rows["until"] != ""))
    apart = (rows["dong"].str[:2] != rows["legal"].str[:2]) & ~wrong_codes
    no_size = [(rows[name] != "") & ~(size >= 0) for name, size in sizes.items()]
    for wrong, what in (
        (wrong_codes, N_("{n} codes are not ten digits.")),
        (wrong_days, N_("{n} rows have no date like 20230501 where one should be.")),
        (apart, N_("{n} rows join a 행정동 and a 법정동 of two 시도.")),
        (no_size[0] | no_size[1], N_("{n} rows have an area or residents that are no number, or less than nought.")),
    ):
        if wrong.any():
            numbers = ", ".join(str(n + 2) for n in np.flatnonzero(wrong)[:FEW])
            yield IngestError(
                _(what).format(n=int(wrong.sum())),
                _("{file}, row {row}").format(file=file, row=numbers + (" …" if wrong.sum() > FEW else "")),
                _("Get the file again from the Ministry of the Interior and Safety; it may have been edited."),
            )


def weights_of(pairs: pd.DataFrame, years: Iterable[int], weighting: Weighting) -> pd.DataFrame:
    """Which share of each 법정동 lies in each 행정동, by the pairs that stand on the last day of each year.

    Parameters
    ----------
    pairs : as `read_kikmix` gives them.
    weighting : "equal" needs no sizes; else every pair of a 법정동 that is shared must have one.

    Returns
    -------
    year, legal, dong, share: the shares of a 법정동 add up to 1; NaN where a size is missing.

    >>> pairs = pd.DataFrame({"dong": ["1111051500", "1111053000"], "legal": "1111010100",
    ...                       "since": pd.Timestamp(2000, 1, 1), "until": pd.NaT})
    >>> weights_of(pairs, [2022], "equal")[["dong", "share"]].values.tolist()
    [['1111051500', 0.5], ['1111053000', 0.5]]
    """
    days = {year: pd.Timestamp(year, 12, 31) for year in sorted(set(years))}
    there = [
        pairs[(pairs["since"] <= day) & (pairs["until"].isna() | (pairs["until"] > day))].assign(year=year)
        for year, day in days.items()
    ]
    table = pd.concat([pairs.iloc[:0].assign(year=0), *there], ignore_index=True)
    key = ["year", "legal"]
    table = table.drop_duplicates([*key, "dong"]).reset_index(drop=True)
    size = pd.Series(1.0, table.index) if weighting == "equal" else table[weighting].astype("float64")
    size = size.mask(~table.duplicated(key, keep=False), 1.0)
    by = [table[name] for name in key]
    whole = size.groupby(by).transform("sum", min_count=1)
    short = size.isna().groupby(by).transform("any")
    return table[[*key, "dong"]].assign(share=(size / whole.where(whole > 0)).mask(short))


def to_dongs(frame: pd.DataFrame, shares: pd.DataFrame, weighting: Weighting) -> Shared:
    """Counts by 법정동 shared out among 행정동. Rates, medians and indices cannot be shared out; ask for counts only.

    Parameters
    ----------
    frame : columns unit (법정동, ten digits), period, value.
    shares : as `weights_of` gives them, for the years of the periods.
    """
    legal = frame.assign(unit=whole_of(frame["unit"]))
    legal = legal.groupby(["unit", "period"], as_index=False)["value"].agg(lambda part: part.sum(skipna=False))
    legal = legal.assign(year=legal["period"].dt.year).rename(columns={"unit": "legal"})
    joined = legal.merge(shares, on=["year", "legal"], how="left")
    no_partner, no_weight = joined["dong"].isna(), joined["dong"].notna() & joined["share"].isna()
    reasons = pd.Series("", joined.index).mask(no_partner, NO_PARTNER).mask(no_weight, NO_WEIGHT)
    lost = joined[reasons != ""].assign(reason=reasons).drop_duplicates(["legal", "period"])
    counted = lost.groupby(["legal", "reason"], as_index=False).size()
    counted = counted.rename(columns={"legal": "unit", "size": "rows"}).astype({"unit": "str", "reason": "str"})
    parts = joined[~no_partner].assign(part=joined["value"] * joined["share"])
    found = parts.groupby(["dong", "period"])["part"].agg(lambda part: part.sum(skipna=False)).reset_index()
    found = found.rename(columns={"dong": "unit", "part": "value"})
    short = _without_all(found, legal, shares)
    said = _said(int(joined.loc[joined["share"] < 1, "legal"].nunique()), weighting, bool(short.any()))
    table = found.assign(value=found["value"].mask(short)).sort_values(["unit", "period"], ignore_index=True)
    return Shared(table, tuple(said), counted)


def _said(split: int, weighting: Weighting, short: bool) -> Iterator[Message]:
    if split:
        yield say(SHARED, n=split, weights=NAMES[weighting])
    if split and weighting == "equal":
        yield say(ASSUMED)
    if short:
        yield say(INCOMPLETE)


def _without_all(found: pd.DataFrame, legal: pd.DataFrame, shares: pd.DataFrame) -> pd.Series:
    """Whether a 행정동 has a 법정동 that the figures do not tell in that period: a part is not the whole."""
    need = shares.groupby(["dong", "year"])["legal"].nunique()
    told = legal.dropna(subset="value").merge(shares[["year", "legal", "dong"]], on=["year", "legal"])
    has = told.groupby(["dong", "period"])["legal"].nunique()
    got = has.reindex(pd.MultiIndex.from_frame(found[["unit", "period"]])).fillna(0).to_numpy()
    wanted = need.reindex(pd.MultiIndex.from_arrays([found["unit"], found["period"].dt.year])).to_numpy()
    return pd.Series(got < wanted, found.index)


def looks_legal(codes: pd.Series) -> bool:
    """Whether ten-digit codes are 법정동: in cities these are numbered from 101, 행정동 from 510; only 법정동 have 리.

    >>> looks_legal(pd.Series(["1111010100", "1111010200"])), looks_legal(pd.Series(["1111051500"]))
    (True, False)
    """
    whole = codes.dropna().astype("str")
    whole = whole[whole.str.fullmatch(r"\d{10}") & (whole.str[5:] != "00000")]
    villages = whole.str[8:] != "00"
    town = whole.str[5:8].isin([f"{n:03d}" for n in range(250, 500)])  # 읍 and 면 are the same in both
    telling = whole[villages | ~town]
    legal = (telling.str[8:] != "00") | (telling.str[5:8].astype("int64") < 250)
    return len(telling) > 0 and bool(legal.mean() > 0.5)
