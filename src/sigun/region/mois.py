"""The MOIS table of regions (행안부 행정동 코드, KIKcd_H): checked as a whole, then laid over the shipped table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from sigun.errors import IngestError, SigunError, require
from sigun.region.codes import Codes
from sigun.region.spelling import ALIASES, plain
from sigun.text import N_, Message, _, say

COLUMNS = {
    "행정동코드": "unit",
    "시도명": "sido",
    "시군구명": "sigungu",
    "읍면동명": "dong",
    "생성일자": "since",
    "말소일자": "until",
}
OPTIONAL = "말소일자"
HEADER = 1  # rows above the first
FEW = 5  # rows named in one problem
WRONG_DATES = 0.01  # of the rows may end before they begin: the published file has some
SOURCE = "MOIS 행정동 코드, imported"


def read_mois(
    table: pd.DataFrame, file: str, earlier: pd.DataFrame | None = None
) -> tuple[pd.DataFrame, list[Message]]:
    """The rows of the file, checked: unit (10 digits), sido, sigungu, dong, since, until; and what was left out.

    Parameters
    ----------
    table : text columns as in the file; 말소일자 may be absent (the file without abolished codes).
    file : its name, for the messages.
    earlier : columns unit (10 digits) and name: codes known from another source; an exchange of two is refused.

    Raises
    ------
    IngestError, Several
        Columns are missing, codes are no codes or stand twice, a 읍면동 lies in no 시군구, dates are no dates, or two
        codes have exchanged their names: everything that is wrong at once.
    """
    missing = [name for name in COLUMNS if name not in table and name != OPTIONAL]
    if missing:
        raise IngestError(
            _("This is not the MOIS table of 행정동: it has no column {names}.").format(names=", ".join(missing)),
            file,
            _("Import KIKcd_H….xlsx, as the Ministry of the Interior and Safety publishes it."),
        )
    rows = table.rename(columns=COLUMNS).reindex(columns=list(COLUMNS.values())).astype("str").fillna("")
    rows = rows.apply(lambda column: column.str.strip()).assign(row=range(HEADER + 1, len(rows) + HEADER + 1))
    rows["unit"] = rows["unit"].str.removesuffix(".0")
    dates = {
        name: pd.to_datetime(rows[name].str.removesuffix(".0"), format="%Y%m%d", errors="coerce") for name in DATES
    }
    problems = [*_codes(rows, file), *_dates(rows, dates, file)]
    rows = rows.assign(**dates)
    problems += [*_parents(rows, file), *_swaps(rows, earlier, file)]
    backwards = rows["until"] < rows["since"]
    if backwards.mean() > WRONG_DATES:
        problems.append(_problem(N_("{n} codes end before they begin."), rows[backwards], file))
    require(problems)
    said = []
    if backwards.any():
        said.append(
            say(N_("{n} codes that end before they begin were left out: {codes}."), **_few(rows[backwards], "codes"))
        )
    return rows[~backwards].drop(columns="row").reset_index(drop=True), said


DATES = ("since", "until")


def _days(written: pd.Series) -> pd.Series:
    return pd.to_datetime(written.str.removesuffix(".0"), format="%Y%m%d", errors="coerce")


def _codes(rows: pd.DataFrame, file: str) -> Iterator[SigunError]:
    no_code = ~rows["unit"].str.fullmatch(r"\d{10}")
    if no_code.any():
        yield _problem(N_("{n} codes are not ten digits."), rows[no_code], file)
    twice = rows["unit"].duplicated() & ~no_code
    if twice.any():
        yield _problem(N_("{n} codes stand twice."), rows[twice], file)
    nameless = rows["sido"] == ""
    if nameless.any():
        yield _problem(N_("{n} rows name no 시도."), rows[nameless], file)


def _dates(rows: pd.DataFrame, dates: dict[str, pd.Series], file: str) -> Iterator[SigunError]:
    wrong = dates["since"].isna() | (dates["until"].isna() & (rows["until"] != ""))
    if wrong.any():
        yield _problem(N_("{n} rows have no date like 20230501 where one should be."), rows[wrong], file)


def _parents(rows: pd.DataFrame, file: str) -> Iterator[SigunError]:
    """Every 읍면동 has its 시군구, every 시군구 its 시도."""
    known = set(rows["unit"])
    here = rows["unit"]
    above = (here.str[:5] + "00000").where(here.str[5:] != "00000", here.str[:2] + "00000000")
    lost = ~above.isin(known)
    if lost.any():
        yield _problem(N_("{n} codes lie in a region that the table does not have."), rows[lost], file)


def _swaps(rows: pd.DataFrame, earlier: pd.DataFrame | None, file: str) -> Iterator[SigunError]:
    """Two codes of one region that have each other's name of before."""
    if earlier is None:
        return
    swapped = find_swaps(earlier, pd.DataFrame({"unit": rows["unit"], "name": _own_name(rows)}))
    if swapped:
        pairs = "; ".join(f"{a} {x} ↔ {b} {y}" for a, x, b, y in swapped[:FEW])
        yield IngestError(
            _("{n} pairs of codes have exchanged their names: {pairs}.").format(n=len(swapped), pairs=pairs),
            file,
            _("One of the two tables has them the wrong way round. Compare with the outlines or the official site."),
        )


def find_swaps(earlier: pd.DataFrame, now: pd.DataFrame) -> list[tuple[str, str, str, str]]:
    """Pairs of codes in one region whose names are exchanged: code, its name now, other code, its name now.

    >>> before = pd.DataFrame({"unit": ["1111051000", "1111052000"], "name": ["청운동", "효자동"]})
    >>> find_swaps(before, before.assign(name=["효자동", "청운동"]))
    [('1111051000', '효자동', '1111052000', '청운동')]
    """
    old = {unit: plain(name) for unit, name in zip(earlier["unit"], earlier["name"], strict=True)}
    new = {unit: plain(name) for unit, name in zip(now["unit"], now["name"], strict=True)}
    changed = {unit: name for unit, name in new.items() if unit in old and old[unit] != name}
    by_old = {(unit[:5] if len(unit) > 5 else unit[:2], old[unit]): unit for unit in changed}
    found = []
    for unit, name in sorted(changed.items()):
        other = by_old.get((unit[:5] if len(unit) > 5 else unit[:2], name), "")
        if unit < other and changed[other] == old[unit]:
            found.append((unit, name, other, changed[other]))
    return found


def _own_name(rows: pd.DataFrame) -> pd.Series:
    """The name of a row's own region."""
    return rows["dong"].where(rows["dong"] != "", rows["sigungu"].where(rows["sigungu"] != "", rows["sido"]))


def _problem(what: str, rows: pd.DataFrame, file: str) -> SigunError:
    numbers = ", ".join(str(n) for n in rows["row"][:FEW])
    return IngestError(
        _(what).format(n=len(rows)),
        _("{file}, row {row}").format(file=file, row=numbers + (" …" if len(rows) > FEW else "")),
        _("Get the file again from the Ministry of the Interior and Safety; it may have been edited."),
    )


def _few(rows: pd.DataFrame, name: str) -> dict[str, str | int]:
    codes = [f"{u} {n}" for u, n in zip(rows["unit"], _own_name(rows), strict=True)]
    return {"n": len(codes), name: ", ".join(codes[:FEW]) + (" …" if len(codes) > FEW else "")}


def lay_over(codes: Codes, table: pd.DataFrame) -> Codes:
    """The shipped table with an imported one (as `read_mois` gives it) over it.

    The 읍면동 come from the file. A 시군구 that both have stays, and ends when the file says so; one whose code was not
    verified takes the file's word; one that only the file has is added, with what it was before where name and day
    tell. A change that was only planned and of which the file, being newer, knows nothing is taken back.
    """
    given = _as_units(table)
    newest = table[["since", "until"]].max().max()
    codes = _without_plans(codes, given, newest)
    known = codes.units.set_index("unit")
    given["parent"] = [
        _parent(unit, sido, sigungu, level, given)
        for unit, sido, sigungu, level in given[list(KEYS)].itertuples(index=False, name=None)
    ]
    units, renamed = _merged(known, given)
    changes = codes.changes.assign(old=codes.changes["old"].replace(renamed), new=codes.changes["new"].replace(renamed))
    begun = dict(zip(given["unit"], given["since"], strict=True))
    changes["verified"] |= changes["new"].map(begun) == changes["date"]
    found = _recodes(units, set(changes["old"]) | set(changes["new"]))
    changes = pd.concat([changes, found], ignore_index=True).sort_values(["date", "old", "new"], ignore_index=True)
    return Codes(units, changes, codes.kostat, f"{codes.version} + MOIS {newest:%Y-%m-%d}")


KEYS = ("unit", "sido", "sigungu", "level")


def _without_plans(codes: Codes, given: pd.DataFrame, newest: pd.Timestamp) -> Codes:
    """Without changes not verified whose day the file has passed, while it still has a region they would have ended."""
    alive = set(given.loc[given["until"].isna(), "unit"])
    doubtful = codes.changes[~codes.changes["verified"] & (codes.changes["date"] <= newest)]
    ends = codes.units.set_index("unit")["until"]
    failed = {
        day
        for day, rows in doubtful.groupby("date")
        if any(unit in alive and ends[unit] == day for unit in rows["old"])
    }
    undone = ~codes.changes["verified"] & codes.changes["date"].isin(failed)
    never = {unit for unit in codes.changes.loc[undone, "new"] if not unit.isdigit()}
    units = codes.units[~codes.units["unit"].isin(never)]
    reopened = units["unit"].isin(alive) & units["until"].isin(failed)
    units = units.assign(until=units["until"].mask(reopened)).reset_index(drop=True)
    return replace(codes, units=units, changes=codes.changes[~undone].reset_index(drop=True))


def _as_units(table: pd.DataFrame) -> pd.DataFrame:
    """The file's rows as units, shorter codes for 시도 and 시군구."""
    codes = table["unit"]
    level = pd.Series("dong", table.index)
    level[codes.str[5:] == "00000"] = "sigungu"
    level[(level == "sigungu") & table["sigungu"].str.contains(r"시 .*구$")] = "gu"
    level[(level == "sigungu") & (table["sido"] + table["sigungu"]).str.contains("출장소")] = "office"
    level[codes.str[2:] == "00000000"] = "sido"
    length = level.map({"sido": 2, "dong": 10}).fillna(5).astype(int)
    frame = table.assign(
        unit=[c[:n] for c, n in zip(codes, length, strict=True)],
        level=level,
        name=_own_name(table).str.split(" ").str[-1],
        full=(table["sido"] + " " + table["sigungu"] + " " + table["dong"]).str.split().str.join(" "),
    )
    lone = (frame["level"] == "sigungu") & (frame["sigungu"] == "")  # 세종: its only 시군구 has no name of its own
    frame.loc[lone, "name"] = "세종시"
    return frame.assign(source=SOURCE, verified=True, kostat="")


def _parent(unit: str, sido: str, sigungu: str, level: str, given: pd.DataFrame) -> str:
    if level == "sido":
        return "00"
    if level == "dong":
        return unit[:5]
    if level in ("gu", "office"):
        city = sigungu.split(" ", maxsplit=1)[0] if level == "gu" else sigungu
        cities = given[(given["level"] == "sigungu") & (given["sido"] == sido) & (given["sigungu"] != "")]
        here = [u for u, name in zip(cities["unit"], cities["sigungu"], strict=True) if city.startswith(name)]
        near = [u for u in here if u[:3] == unit[:3]] or here
        return near[-1] if near else unit[:2]
    return unit[:2]


def _merged(known: pd.DataFrame, given: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, str]]:
    """Shipped and given units together, and stand-ins for codes that are known now."""
    by_full = {(f, lvl): u for f, lvl, u in zip(given["full"], given["level"], given["unit"], strict=True)}
    stand_ins = {
        unit: by_full[row.full, row.level]
        for unit, row in known[~known["verified"]].iterrows()
        if (row.full, row.level) in by_full and not str(unit).isdigit()
    }
    kept = known.drop(index=list(stand_ins)).reset_index()
    mine = given.set_index("unit")
    both = kept["unit"].isin(mine.index)
    told = kept.loc[both, "unit"]
    ends = told.map(mine["until"])
    kept.loc[both, "until"] = kept.loc[both, "until"].fillna(ends)
    unsure = both & ~kept["verified"]
    for name in ("name", "full", "sido", "since", "source"):
        kept.loc[unsure, name] = kept.loc[unsure, "unit"].map(mine[name])
    kept.loc[unsure, "verified"] = True
    new = given[~given["unit"].isin(kept["unit"]) & (given["until"].isna() | (given["until"] > START))]
    units = pd.concat([kept, new[kept.columns]], ignore_index=True)
    return units.sort_values("unit", ignore_index=True), stand_ins


START = pd.Timestamp(1998, 1, 1)  # the shipped table reaches back to here


def _recodes(units: pd.DataFrame, told: set[str]) -> pd.DataFrame:
    """Units that ended on the day another of the same name began: one under a new code.

    Their 시도 may have changed; where several of a name changed that day, it must not have.
    """
    parts = units[units["level"].isin(["sigungu", "gu", "dong"]) & ~units["unit"].isin(told)]
    where = parts["full"].str.split(" ", n=1).str[-1].map(plain)
    family = parts["sido"].map(lambda name: ALIASES.get(name, name))
    keyed = parts.assign(where=where, home=where + "|" + family)
    found = [_pairs(keyed, key) for key in ("where", "home")]
    pairs = pd.concat(found, ignore_index=True).drop_duplicates(["old", "new"])
    return pairs.assign(kind="recode", note="", source=SOURCE, verified=True)


def _pairs(parts: pd.DataFrame, key: str) -> pd.DataFrame:
    """Old and new unit and the day, where exactly one of a name ended and one began."""
    ended = parts[parts["until"].notna()].drop_duplicates([key, "until", "level"], keep=False)
    begun = parts.drop_duplicates([key, "since", "level"], keep=False)
    joined = ended.merge(begun, left_on=[key, "until", "level"], right_on=[key, "since", "level"])
    return pd.DataFrame({"date": joined["until_x"], "old": joined["unit_x"], "new": joined["unit_y"]})
