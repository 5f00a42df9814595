"""Which region a row names (지역 이름 읽기): levels in their own columns, totals as own rows, groups left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from sigun.errors import IngestError
from sigun.ingest.labels import NATION, SIDO, is_group, is_total, labels, sido_of, squeezed
from sigun.ingest.layout import Role
from sigun.ingest.source import SHOWN, Source
from sigun.text import N_, _, say

LEVELS: tuple[Role, ...] = ("sido", "sigungu", "dong")
PLACES = ("region", "region_name", *LEVELS)
SEJONG = "세종"  # a 시도 without 시군구; tables list it twice, as 소계 and as 세종시
ALL_SIDO = 16  # of 17: 세종 came in 2012
NAMED = 12  # labels named one by one
BARE_NUMBER = re.compile(r"[-+]?\d[\d,]*(\.\d+)?%?")

Fate = Literal["keep", "group", "total", "nowhere", "broken"]


@dataclass(frozen=True, slots=True)
class Place:
    """The region of a row: names by level, empty where its own row is meant, and what becomes of the row."""

    sido: str = ""
    sigungu: str = ""
    dong: str = ""
    fate: Fate = "keep"


@dataclass(frozen=True)
class Said:
    """The regions of all rows."""

    frame: pd.DataFrame  # region, region_name, sido, sigungu, dong: text, missing where nothing is told
    kept: np.ndarray  # bool: rows that name a region
    sure: np.ndarray  # bool: rows whose names mean one region only


def places_said(source: Source) -> Said:
    """The region each row names. What is no region is left out and named in `changes`."""
    if source.layout.own_regions:
        return _as_named(source)
    if not any(source.has(role) for role in LEVELS):
        return _by_one_column(source)
    told = {role: labels(source.text(role)) for role in LEVELS}
    names = pd.DataFrame({role: name.fillna("") for role, (_code, name) in told.items()})
    place = _settled(source, names)
    fate = place.pop("fate").to_numpy()
    _say_left_out(source, names, fate)
    source.problems.extend(_broken(source, names, fate == "broken"))
    source.problems.extend(_numbers(source, names))
    text = place.replace("", np.nan).astype("str")
    glued = told["dong"][0].fillna(told["sigungu"][0]).fillna(told["sido"][0])
    region = _without_zero(source.text("region")) if source.has("region") else glued
    written = labels(source.text("region_name"))[1] if source.has("region_name") else _joined(place)
    frame = pd.DataFrame({"region": region, "region_name": written, **{role: text[role] for role in LEVELS}})
    return Said(frame.astype("str"), fate == "keep", _sure(source, text))


def settle(sido: str, sigungu: str, dong: str, has_sido: bool, nation: bool) -> Place:
    """What the labels of the three levels mean together.

    Parameters
    ----------
    has_sido : the table has a column of 시도.
    nation : its 시도 are all there, so that a total over them is the nation's.

    >>> settle("광역시", "부산", "", True, True), settle("경기", "소계", "", True, True)
    (Place(sido='부산', sigungu='', dong='', fate='keep'), Place(sido='경기', sigungu='', dong='', fate='keep'))
    >>> settle("서울", "도심권", "", True, True).fate, settle("계", "", "", True, False).fate
    ('group', 'total')
    """
    sigungu, dong = _own(sido, sigungu), "" if is_total(dong) or dong == sigungu else dong
    if sido_of(sigungu) and (not sido or is_total(sido) or is_group(sido)) and not dong:
        sido, sigungu = sigungu, ""
    if is_total(sido):
        return _total(sido, sigungu + dong, nation)
    if any(is_group(label) for label in (sido, sigungu, dong)):
        return Place(sido, sigungu, dong, "group")
    if not (sido or sigungu or dong):
        return Place(fate="nowhere")
    lost = (has_sido and not sido) or (dong and has_sido and not sigungu and sido_of(sido) != SEJONG)
    return Place(sido, sigungu, dong, "broken" if lost else "keep")


def _own(sido: str, sigungu: str) -> str:
    """The 시군구, empty where the label means the whole 시도."""
    known = sido_of(sido)
    same = sigungu and (sigungu == sido if known is None else sido_of(sigungu) == known != SEJONG)
    return "" if is_total(sigungu) or same else sigungu


def _total(sido: str, rest: str, nation: bool) -> Place:
    if rest:
        return Place(sido, rest, "", "group" if is_group(rest) else "broken")
    return Place(NATION) if nation or squeezed(sido) == NATION else Place(sido, fate="total")


def _settled(source: Source, names: pd.DataFrame) -> pd.DataFrame:
    """Columns sido, sigungu, dong and fate, worked out once for each combination of labels."""
    combos = names.drop_duplicates(ignore_index=True)
    shorts = {sido_of(label) for label in combos["sido"]} - {None}
    has_sido, nation = source.has("sido"), len(shorts) >= ALL_SIDO
    found = []
    for sido, sigungu, dong in combos.itertuples(index=False):
        place = settle(sido, sigungu, dong, has_sido, nation)
        if not has_sido and not place.sido and is_total(sigungu) and not place.dong:
            place = Place(sigungu=sigungu, fate="total")
        elif not has_sido and is_total(dong) and not source.has("sigungu"):
            place = Place(dong=dong, fate="total")
        found.append((place.sido, place.sigungu, place.dong, place.fate))
    settled = pd.DataFrame(found, columns=[*LEVELS, "fate"], dtype="str")
    at = names.groupby(list(names.columns), sort=False, dropna=False).ngroup().to_numpy()
    return settled.iloc[at].reset_index(drop=True)


def _say_left_out(source: Source, names: pd.DataFrame, fate: np.ndarray) -> None:
    for what, said in (
        ("group", N_("{n} rows of groups that are no regions were left out: {names}")),
        ("total", N_("{n} rows of totals were left out: {names}")),
    ):
        rows = fate == what
        if rows.any():
            source.changes.append(say(said, n=int(rows.sum()), names=_named(_joined(names[rows]))))
    if (fate == "nowhere").any():
        said = N_("{n} rows without an area were left out.")
        source.changes.append(say(said, n=int((fate == "nowhere").sum())))


def _broken(source: Source, names: pd.DataFrame, broken: np.ndarray) -> Iterator[IngestError]:
    at = np.flatnonzero(broken)
    if len(at):
        rows = ", ".join(dict.fromkeys(str(source.row(int(i))) for i in at[:SHOWN]))
        yield IngestError(
            _("{n} rows name a region without the one above it: {names}").format(
                n=len(at), names=_named(_joined(names[broken]))
            ),
            _("{file}, rows {rows}").format(file=source.path, rows=rows),
            _("Fill the column of the region above in every row; a name alone can mean several regions."),
        )


def _numbers(source: Source, names: pd.DataFrame) -> Iterator[IngestError]:
    """Numbers where names belong: the row has lost a cell, and all that follows stands one column too far left."""
    for role in LEVELS:
        bare = {name for name in names[role].unique() if BARE_NUMBER.fullmatch(name)}
        at = np.flatnonzero(names[role].isin(bare))
        if len(at):
            rows = ", ".join(dict.fromkeys(str(source.row(int(i))) for i in at[:SHOWN]))
            yield IngestError(
                _("{n} rows hold a number where a region is named: {names}").format(
                    n=len(at), names=", ".join(sorted(bare)[:NAMED])
                ),
                _("{file}, rows {rows}").format(file=source.path, rows=rows),
                _("A cell of the row is missing and the rest has moved; put it back in its place."),
            )


def _as_named(source: Source) -> Said:
    """The region as it stands, be it a firm, a county or a number; a column of names may stand beside."""
    text = {role: _plain(source.text(role)) for role in ("region", "region_name")}
    region = text["region"] if source.has("region") else text["region_name"]
    nowhere = region.isna().to_numpy()
    if nowhere.any():
        source.changes.append(say(N_("{n} rows without an area were left out."), n=int(nowhere.sum())))
    nothing = pd.Series(pd.NA, region.index, dtype="str")
    frame = pd.DataFrame({"region": region, "region_name": text["region_name"], **dict.fromkeys(LEVELS, nothing)})
    return Said(frame.astype("str"), ~nowhere, np.ones(len(frame), bool))


def _plain(text: pd.Series) -> pd.Series:
    squeezed = text.str.normalize("NFC").str.replace(r"\s+", " ", regex=True).str.strip()
    return _without_zero(squeezed.mask(squeezed == ""))


def _by_one_column(source: Source) -> Said:
    """The region by a code or name of its own; a full name is taken apart as well."""
    codes, names = labels(source.text("region"))
    region = _without_zero(codes.fillna(names))
    code, written = labels(source.text("region_name"))
    region = region.fillna(code) if source.has("region") else code
    written = written if source.has("region_name") else names.where(codes.notna())
    shown = written.fillna(region)
    total, nowhere = shown.fillna("").map(is_total).to_numpy(), shown.isna().to_numpy()
    for rows, said in (
        (total, N_("{n} rows of totals were left out.")),
        (nowhere, N_("{n} rows without an area were left out.")),
    ):
        if rows.any():
            source.changes.append(say(said, n=int(rows.sum())))
    unique = {name: split_path(str(name)) for name in shown.dropna().unique()}
    levels = {
        role: shown.map({name: parts[i] or None for name, parts in unique.items()}) for i, role in enumerate(LEVELS)
    }
    frame = pd.DataFrame({"region": region, "region_name": written, **levels}).astype("str")
    return Said(frame, ~(total | nowhere), _sure(source, frame))


def split_path(name: str) -> tuple[str, str, str]:
    """시도, 시군구 and 읍면동 of a full name; all empty where it does not begin with a 시도.

    >>> split_path("경기도 수원시 장안구 정자1동"), split_path("가람동")
    (('경기도', '수원시 장안구', '정자1동'), ('', '', ''))
    """
    first, *rest = name.split()
    if first not in SIDO or not name.strip():
        return "", "", ""
    middle = [word for word in rest if word[-1] in "시군구"]
    last = rest[len(middle) :]
    if rest[: len(middle)] != middle or len(last) > 1:
        return "", "", ""
    return first, " ".join(middle), last[0] if last else ""


def _sure(source: Source, text: pd.DataFrame) -> np.ndarray:
    """Rows whose 시도 is told, and above an 읍면동 its 시군구."""
    anchored = text["sido"].notna() | bool(source.layout.within)
    whole = text["dong"].isna() | text["sigungu"].notna() | text["sido"].map(sido_of, na_action="ignore").eq(SEJONG)
    return np.asarray(anchored & whole, bool)


def _joined(names: pd.DataFrame) -> pd.Series:
    joined = names[LEVELS[0]]
    for role in LEVELS[1:]:
        joined = joined.str.cat(names[role], sep=" ")
    return joined.str.strip().str.replace(r"\s+", " ", regex=True).replace("", np.nan).astype("str")


def _named(joined: pd.Series) -> str:
    unique = list(dict.fromkeys(joined.dropna()))
    more = _(" … and {n} more").format(n=len(unique) - NAMED) if len(unique) > NAMED else ""
    return ", ".join(unique[:NAMED]) + more


def _without_zero(codes: pd.Series) -> pd.Series:
    """Codes that went through a number: "11010.0" is 11010."""
    return codes.str.replace(r"^(\d+)\.0$", r"\1", regex=True)
