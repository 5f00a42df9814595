"""법정동 and 행정동 (법정동–행정동 연계): two schemes, many to many, joined by the MOIS file and stated weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from sigun.errors import IngestError, SigunError, require
from sigun.region.carry import INCOMPLETE
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
}
OPTIONAL = frozenset({"말소일자"})
FEW = 5

SHARED = N_("Figures of {n} 법정동 were shared out among several 행정동 by {weights}.")
ASSUMED = N_("That a 법정동 is spread evenly over its 행정동 is an assumption; state weights by area or population.")
STAY = N_(
    "Figures by 법정동 stay at 법정동, or go up to 시군구: the file that joins 법정동 and 행정동 (KIKmix) is not there."
)
NAMES: Mapping[Weighting, str] = {
    "area": N_("area"),
    "population": N_("population"),
    "equal": N_("equal parts"),
}
NO_PARTNER = N_("No 행정동 of this 법정동 is on record on that day.")
NO_WEIGHT = N_("Not every 행정동 of this 법정동 has a weight.")


@dataclass(frozen=True)
class Shared:
    """Figures by 행정동, made from those by 법정동."""

    frame: pd.DataFrame  # unit (행정동, ten digits), period, value: sorted; NaN where a part is not known
    said: tuple[Message, ...]
    lost: pd.DataFrame  # unit (법정동), reason (the catalogue's English), rows


def read_kikmix(table: pd.DataFrame, file: str) -> pd.DataFrame:
    """The rows of KIKmix, checked: dong, legal (ten digits), since, until; one row a pair.

    A 법정리 counts as its 읍 or 면, which has one code in both schemes.

    Raises
    ------
    IngestError, Several
        Columns are missing, codes are no codes, or dates are no dates: everything at once.
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
    require(_problems(rows, days, file))
    pairs = rows.assign(**days, legal=_whole(rows["legal"]))[["dong", "legal", "since", "until"]]
    below = pairs[(pairs["dong"].str[5:] != "00000") & (pairs["legal"].str[5:] != "00000")]
    return below.drop_duplicates().sort_values(["legal", "dong", "since"], ignore_index=True)


def _whole(legal: pd.Series) -> pd.Series:
    """A 법정리 as its 읍 or 면."""
    return legal.str[:8] + "00"


def _problems(rows: pd.DataFrame, days: Mapping[str, pd.Series], file: str) -> Iterator[SigunError]:
    wrong_codes = ~(rows["dong"].str.fullmatch(r"\d{10}") & rows["legal"].str.fullmatch(r"\d{10}"))
    wrong_days = days["since"].isna() | (days["until"].isna() & (rows["until"] != ""))
    apart = (rows["dong"].str[:2] != rows["legal"].str[:2]) & ~wrong_codes
    for wrong, what in (
        (wrong_codes, N_("{n} codes are not ten digits.")),
        (wrong_days, N_("{n} rows have no date like 20230501 where one should be.")),
        (apart, N_("{n} rows join a 행정동 and a 법정동 of two 시도.")),
    ):
        if wrong.any():
            numbers = ", ".join(str(n + 2) for n in np.flatnonzero(wrong)[:FEW])
            yield IngestError(
                _(what).format(n=int(wrong.sum())),
                _("{file}, row {row}").format(file=file, row=numbers + (" …" if wrong.sum() > FEW else "")),
                _("Get the file again from the Ministry of the Interior and Safety; it may have been edited."),
            )


def weights_of(pairs: pd.DataFrame, on: date, weighting: Weighting, sizes: pd.DataFrame | None = None) -> pd.DataFrame:
    """Which share of each 법정동 lies in each 행정동 on a day.

    Parameters
    ----------
    pairs : as `read_kikmix` gives them.
    weighting : "equal" needs no sizes; else `sizes` has columns dong, legal and size (area or residents of what the
        two have in common) and every pair of a 법정동 that is shared must have one.

    Returns
    -------
    legal, dong, share: the shares of a 법정동 add up to 1; NaN where a size is missing.

    >>> pairs = pd.DataFrame({"dong": ["1111051500", "1111053000"], "legal": "1111010100",
    ...                       "since": pd.Timestamp(2000, 1, 1), "until": pd.NaT})
    >>> weights_of(pairs, date(2022, 1, 1), "equal")["share"].tolist()
    [0.5, 0.5]
    """
    day = pd.Timestamp(on)
    there = pairs[(pairs["since"] <= day) & (pairs["until"].isna() | (pairs["until"] > day))]
    table = there[["legal", "dong"]].drop_duplicates().reset_index(drop=True)
    if weighting == "equal":
        size = pd.Series(1.0, table.index)
    else:
        empty = pd.DataFrame({"legal": [], "dong": [], "size": []}).astype({"legal": "str", "dong": "str"})
        told = empty if sizes is None else sizes
        size = table.merge(told, on=["legal", "dong"], how="left", validate="one_to_one")["size"].astype(float)
    alone = ~table["legal"].duplicated(keep=False)
    size = size.mask(alone, 1.0)
    whole = size.groupby(table["legal"]).transform("sum", min_count=1)
    short = size.isna().groupby(table["legal"]).transform("any")
    return table.assign(share=(size / whole.where(whole > 0)).mask(short))


def to_dongs(frame: pd.DataFrame, shares: pd.DataFrame, weighting: Weighting) -> Shared:
    """Counts by 법정동 shared out among 행정동. Rates, medians and indices cannot be shared out; ask for counts only.

    Parameters
    ----------
    frame : columns unit (법정동, ten digits), period, value.
    shares : as `weights_of` gives them.
    """
    legal = frame.assign(unit=_whole(frame["unit"]))
    legal = legal.groupby(["unit", "period"], as_index=False)["value"].agg(lambda part: part.sum(skipna=False))
    joined = legal.rename(columns={"unit": "legal"}).merge(shares, on="legal", how="left")
    no_partner, no_weight = joined["dong"].isna(), joined["dong"].notna() & joined["share"].isna()
    reasons = pd.Series("", joined.index).mask(no_partner, NO_PARTNER).mask(no_weight, NO_WEIGHT)
    lost = joined[reasons != ""].assign(reason=reasons).drop_duplicates(["legal", "period"])
    counted = lost.groupby(["legal", "reason"], as_index=False).size()
    counted = counted.rename(columns={"legal": "unit", "size": "rows"}).astype({"unit": "str", "reason": "str"})
    parts = joined[~no_partner].assign(part=joined["value"] * joined["share"])
    found = parts.groupby(["dong", "period"])["part"].agg(lambda part: part.sum(skipna=False)).reset_index()
    found = found.rename(columns={"dong": "unit", "part": "value"})
    short = _without_all(found, legal, shares)
    split = shares.loc[shares["legal"].isin(legal["unit"]) & (shares["share"] < 1), "legal"].nunique()
    said = [say(SHARED, n=int(split), weights=NAMES[weighting])] if split else []
    said += [say(ASSUMED)] if split and weighting == "equal" else []
    values = found["value"].mask(short)
    if short.any():
        said.append(say(INCOMPLETE))
    return Shared(found.assign(value=values).sort_values(["unit", "period"], ignore_index=True), tuple(said), counted)


def _without_all(found: pd.DataFrame, legal: pd.DataFrame, shares: pd.DataFrame) -> pd.Series:
    """Whether a 행정동 has a 법정동 that the figures do not tell in that period: a part is not the whole."""
    need = shares.groupby("dong")["legal"].nunique()
    told = legal.dropna(subset="value")[["unit", "period"]].rename(columns={"unit": "legal"})
    has = told.merge(shares[["legal", "dong"]], on="legal").groupby(["dong", "period"])["legal"].nunique()
    got = has.reindex(pd.MultiIndex.from_frame(found[["unit", "period"]])).fillna(0).to_numpy()
    return pd.Series(got < found["unit"].map(need).to_numpy(), found.index)


def without_kikmix(codes: pd.Series) -> Message | None:
    """What a report says of figures by 법정동 that nothing joins to 행정동; none where there are none.

    codes : ten-digit codes of the figures.
    """
    return say(STAY) if looks_legal(codes) else None


def looks_legal(codes: pd.Series) -> bool:
    """Whether ten-digit codes are 법정동: in cities these are numbered from 101, 행정동 from 510.

    >>> looks_legal(pd.Series(["1111010100", "1111010200"])), looks_legal(pd.Series(["1111051500"]))
    (True, False)
    """
    whole = codes.dropna().astype("str")
    whole = whole[whole.str.fullmatch(r"\d{10}") & (whole.str[5:] != "00000")]
    towns = whole[~whole.str[5:8].isin([f"{n:03d}" for n in range(250, 500)])]  # 읍 and 면 are the same in both
    return len(towns) > 0 and bool((towns.str[5:8].astype(int) < 250).mean() > 0.5)
