"""A table of regions of the reader's own (자체 행정구역표): any country's, checked as a whole, made into `Codes`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd

from sigun.errors import IngestError, SigunError, require
from sigun.region.codes import RECORDS, Codes
from sigun.text import N_, _

WORDS: Mapping[str, tuple[str, ...]] = {
    "code": ("code", "region_code", "코드", "지역코드", "시군구코드", "행정구역코드"),
    "name": ("name", "region_name", "이름", "지역", "지역명", "시군구", "시군구명", "행정구역명"),
    "parent": ("parent", "above", "상위", "상위지역", "상위코드", "시도", "시도명", "시도코드"),
    "since": ("since", "시작일", "설치일", "생성일자"),
    "until": ("until", "종료일", "폐지일", "말소일자"),
    "became": ("became", "바뀐코드", "이후코드", "승계코드"),
    "share": ("share", "몫"),
}
NEEDED = ("code", "name", "parent")
COLUMNS = (*WORDS, "row")
FORMATS = ("%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y%m%d", "%Y.%m.%d", "%Y/%m/%d", "%Y")
NATION = "00"
HEADER = 1  # rows above the first
FEW = 5  # rows named in one problem
WHOLE = 0.001  # the shares of one region may miss 1 by so much
SOURCE = "own table"


def is_own(table: pd.DataFrame) -> bool:
    """Whether a table has the columns of one of the reader's own: a code, a name, and what lies above."""
    return all(_heading(table, name) is not None for name in NEEDED)


def _heading(table: pd.DataFrame, name: str) -> str | None:
    said = {"".join(str(c).split()).casefold(): str(c) for c in table.columns}
    return next((said[word] for word in WORDS[name] if word in said), None)


def read_own(table: pd.DataFrame, file: str) -> pd.DataFrame:
    """The rows of the file, checked: code, name, parent, since, until (datetime), became, share (number), row.

    Parameters
    ----------
    table : text columns as in the file. A region stands in one row, or in one row for each region it became.
    file : its name, for the messages.

    Raises
    ------
    IngestError, Several
        Columns are missing, or rows contradict one another: everything that is wrong at once.

    Examples
    --------
    >>> table = pd.DataFrame({"code": ["98", "98010"], "name": ["한결도", "누리시"], "parent": ["", "한결도"]})
    >>> read_own(table, "regions.csv")[["code", "parent"]].values.tolist()
    [['98', ''], ['98010', '98']]
    """
    missing = [name for name in NEEDED if _heading(table, name) is None]
    if missing:
        raise IngestError(
            _("The table of regions has no column {names}.").format(names=", ".join(missing)),
            file,
            _("It needs code, name and parent; since, until, became and share may stand beside."),
        )
    text = pd.DataFrame({name: _text(table, name) for name in WORDS})
    rows = text.assign(row=range(HEADER + 1, len(text) + HEADER + 1))
    rows = rows[(text != "").any(axis=1)].reset_index(drop=True)
    problems = [*_names(rows, file), *_dates(rows, file), *_shares(rows, file)]
    require(problems)
    typed = rows.assign(
        since=_day(rows["since"]).fillna(RECORDS),
        until=_day(rows["until"]),
        share=pd.to_numeric(rows["share"]),
        parent=_parents(rows),
    )
    require([*_above(typed, file), *_one_row(typed, file), *_successors(typed, file)])
    return typed[list(COLUMNS)]


def _text(table: pd.DataFrame, name: str) -> pd.Series:
    heading = _heading(table, name)
    text = pd.Series("", table.index) if heading is None else table[heading].astype("str").fillna("")
    whole = text.str.strip().str.replace(r"^(\d+)\.0$", r"\1", regex=True)  # a number in a workbook
    return whole.astype("str").reset_index(drop=True)


def _day(written: pd.Series) -> pd.Series:
    """Dates in any of the forms; NaT where nothing stands or none fits."""
    found = pd.Series(pd.NaT, written.index, dtype="datetime64[us]")
    for form in FORMATS:
        fits = pd.to_datetime(written, format=form, errors="coerce").astype("datetime64[us]")
        found = found.fillna(fits)
    return found


def _names(rows: pd.DataFrame, file: str) -> Iterator[SigunError]:
    nameless = (rows["code"] == "") | (rows["name"] == "")
    if nameless.any():
        yield _problem(N_("{n} rows lack a code or a name."), rows[nameless], file, N_("Fill both in every row."))
    if rows.empty:
        yield IngestError(_("The table of regions has no rows."), file, _("Write one row a region."))


def _dates(rows: pd.DataFrame, file: str) -> Iterator[SigunError]:
    wrong = pd.Series(False, rows.index)
    for name in ("since", "until"):
        wrong |= (rows[name] != "") & _day(rows[name]).isna()
    if wrong.any():
        remedy = N_("Write dates like 2017-01-01 in since and until.")
        yield _problem(N_("{n} rows have no date where one should be."), rows[wrong], file, remedy)
    backwards = _day(rows["until"]) <= _day(rows["since"])
    if backwards.any():
        remedy = N_("`until` is the first day on which the region was one no more.")
        yield _problem(N_("{n} regions end before they begin."), rows[backwards], file, remedy)


def _shares(rows: pd.DataFrame, file: str) -> Iterator[SigunError]:
    """Shares are numbers, and those of one region make up the whole."""
    share = pd.to_numeric(rows["share"].where(rows["share"] != ""), errors="coerce")
    wrong = ((rows["share"] != "") & ~((share > 0) & (share <= 1))) | ((rows["share"] != "") & (rows["became"] == ""))
    if wrong.any():
        remedy = N_("A share is a number between 0 and 1, in the row of the region it goes to (`became`).")
        yield _problem(N_("{n} shares are none."), rows[wrong], file, remedy)
        return
    told = rows.assign(share=share)[rows["became"] != ""]
    by = told.groupby("code", sort=True)["share"]
    counted, sums = by.count(), by.sum()
    bad = counted.index[(counted > 0) & ((counted < by.size()) | ((sums - 1).abs() > WHOLE))]
    if len(bad):
        remedy = N_("Give every region it became a share, so that they add to 1; or leave the shares out.")
        yield _problem(
            N_("The shares of {n} rows do not make up the region."), told[told["code"].isin(bad)], file, remedy
        )


def _parents(rows: pd.DataFrame) -> pd.Series:
    """The code of the region above, where its name or its code stands; a name nobody has is left as it is."""
    tops = rows.drop_duplicates("code").drop_duplicates("name", keep=False)
    codes = dict(zip(tops["name"], tops["code"], strict=True))
    known = set(rows["code"])
    return rows["parent"].map(lambda said: said if said in known else codes.get(said, said)).astype("str")


def _above(rows: pd.DataFrame, file: str) -> Iterator[SigunError]:
    """Somewhere there is a region above, and nobody lies in itself or more than two levels down."""
    parents = dict(zip(rows["code"], rows["parent"], strict=True))
    if not any(parents.values()):
        yield IngestError(
            _("No row names the region above it."),
            file,
            _("Write in `parent` in which larger region (시도, state) each lies: its name or its code."),
        )
        return
    deep = rows["code"].map(lambda code: _depth(code, parents) > LAST)
    if deep.any():
        remedy = N_("There are three levels: 시도 (state), 시군구 (county), 읍면동 (tract).")
        yield _problem(N_("{n} regions lie in themselves, or too deep."), rows[deep], file, remedy)


LEVELS = ("sido", "sigungu", "dong")
LAST = len(LEVELS) - 1


def _depth(code: str, parents: Mapping[str, str]) -> int:
    depth, here = 0, parents.get(code, "")
    while here and depth <= LAST:
        depth, here = depth + 1, parents.get(here, "")
    return depth


def _one_row(rows: pd.DataFrame, file: str) -> Iterator[SigunError]:
    """Several rows of one code are the same region that became several."""
    own = rows.drop_duplicates(["code", "name", "parent", "since", "until"])
    other = own["code"].duplicated(keep=False)
    if other.any():
        remedy = N_("A region that became several has one row for each of them, alike but for became and share.")
        yield _problem(N_("{n} rows give one code to different regions."), own[other], file, remedy)
    twice = rows.duplicated(["code", "became"], keep=False) & ~rows["code"].isin(own.loc[other, "code"])
    if twice.any():
        yield _problem(N_("{n} rows stand twice."), rows[twice], file, N_("Keep one of them."))


def _successors(rows: pd.DataFrame, file: str) -> Iterator[SigunError]:
    """What a region became is in the table, and was there on that day."""
    heirs = rows[rows["became"] != ""]
    first = rows.drop_duplicates("code").set_index("code")
    endless = heirs["until"].isna()
    if endless.any():
        remedy = N_("Write in `until` the day on which it became another.")
        yield _problem(N_("{n} regions became others on no day."), heirs[endless], file, remedy)
    unknown = ~heirs["became"].isin(first.index)
    if unknown.any():
        remedy = N_("Write the code of a region that the table has.")
        yield _problem(N_("{n} regions became others that the table does not have."), heirs[unknown], file, remedy)
    known = heirs[~unknown & ~endless]
    there = first.reindex(known["became"])
    since, until = (there[name].to_numpy() for name in ("since", "until"))
    absent = (since > known["until"].to_numpy()) | (until <= known["until"].to_numpy())
    if absent.any():
        remedy = N_("`since` of the new region is the day `until` of the old one, or an earlier one.")
        yield _problem(N_("{n} regions became others that were none on that day."), known[absent], file, remedy)


def _problem(what: str, rows: pd.DataFrame, file: str, remedy: str) -> SigunError:
    numbers = ", ".join(str(n) for n in rows["row"][:FEW])
    return IngestError(
        _(what).format(n=len(rows)),
        _("{file}, row {row}").format(file=file, row=numbers + (" …" if len(rows) > FEW else "")),
        _(remedy),
    )


def own_codes(rows: pd.DataFrame, below: Codes | None = None) -> Codes:
    """The table (as `read_own` gives it) as `Codes`: alone, or laid over another table.

    A region above that has no row of its own is made from its name.

    Examples
    --------
    >>> table = pd.DataFrame({"code": ["01001", "01003"], "name": ["Autauga", "Baldwin"], "parent": "Alabama"})
    >>> own_codes(read_own(table, "counties.csv")).fulls
    {'00': '전국', '01': 'Alabama', '01001': 'Alabama Autauga', '01003': 'Alabama Baldwin'}
    """
    whole = _with_tops(rows, below)
    mark = hashlib.sha256(whole.drop(columns="row").to_csv(index=False).encode()).hexdigest()[:8]
    units, changes = _units(whole, below), _changes(whole)
    own = frozenset(whole["code"])
    if below is None:
        kostat = pd.DataFrame(columns=["unit", "kostat", "since", "until", "source", "verified"])
        dates = {"since": "datetime64[us]", "until": "datetime64[us]"}
        return Codes(
            pd.concat([_nation(), units], ignore_index=True), changes, kostat.astype(dates), f"own {mark}", own
        )
    both = pd.concat([below.units, units[below.units.columns]], ignore_index=True).sort_values(
        "unit", ignore_index=True
    )
    all_changes = pd.concat([below.changes, changes], ignore_index=True)
    return replace(below, units=both, changes=all_changes, version=f"{below.version} + own {mark}", own=own)


def clashes(rows: pd.DataFrame, below: Codes, file: str) -> Iterator[SigunError]:
    """Codes that another table has already given to other regions."""
    names = dict(zip(below.units["unit"], below.units["name"], strict=True))
    taken = rows[rows["code"].isin(names)].drop_duplicates("code")
    if len(taken):
        said = ", ".join(f"{code} {names[code]}" for code in taken["code"][:FEW])
        yield IngestError(
            _("{n} codes are those of other regions: {names}.").format(n=len(taken), names=said),
            file,
            _("If the table stands for itself (another country), say `--instead`; else give the regions other codes."),
        )


def _with_tops(rows: pd.DataFrame, below: Codes | None) -> pd.DataFrame:
    """The rows, and a row for each region above that is only named."""
    known = set(rows["code"]) | {""}
    names = {} if below is None else _tops_of(below)
    parent = rows["parent"].map(lambda said: said if said in known else names.get(said, said))
    tops = {said: _top_code(said, rows[parent == said], known) for said in parent.unique() if said not in known}
    tops = {said: code for said, code in tops.items() if said not in names.values()}
    made = pd.DataFrame({"code": list(tops.values()), "name": list(tops)}, dtype="str")
    made = made.assign(parent="", since=RECORDS, until=pd.NaT, became="", share=float("nan"), row=0)
    made = made.astype(rows.dtypes.to_dict())
    whole = pd.concat([made, rows.assign(parent=parent.replace(tops).astype("str"))], ignore_index=True)
    return whole.sort_values(["code", "became"], ignore_index=True)


def _tops_of(below: Codes) -> dict[str, str]:
    """The 시도 of a table by name and by code."""
    tops = below.units[below.units["level"] == "sido"]
    return dict(zip(tops["name"], tops["unit"], strict=True)) | {code: code for code in tops["unit"]}


def _top_code(name: str, children: pd.DataFrame, known: set[str]) -> str:
    """The first two figures that all its children's codes share; else its name stands for a code."""
    starts = {code[:2] for code in children["code"]}
    start = starts.pop() if len(starts) == 1 else ""
    free = start.isdigit() and start not in known and start != NATION
    return start if free and not children["code"].isin([start]).any() else name


def _units(rows: pd.DataFrame, below: Codes | None) -> pd.DataFrame:
    one = rows.drop_duplicates("code").set_index("code")
    parents = dict(one["parent"])
    if below is not None:
        parents |= {unit: "" for unit, level in below.levels.items() if level == "sido"}
    names = dict(one["name"]) | ({} if below is None else {u: n for u, n in below.fulls.items() if u not in one.index})

    def chain(code: str) -> list[str]:
        above = parents.get(code, "")
        return [*(chain(above) if above else []), code]

    chains = [chain(code) for code in one.index]
    return pd.DataFrame(
        {
            "unit": one.index,
            "name": one["name"].to_numpy(),
            "full": [" ".join(names[code] for code in up) for up in chains],
            "sido": [names[up[0]] for up in chains],
            "parent": [up[-2] if len(up) > 1 else NATION for up in chains],
            "level": [LEVELS[len(up) - 1] for up in chains],
            "since": one["since"].to_numpy(),
            "until": one["until"].to_numpy(),
            "kostat": "",
            "source": SOURCE,
            "verified": True,
        }
    )


def _nation() -> pd.DataFrame:
    nation = {"unit": NATION, "name": "전국", "full": "전국", "sido": "전국", "parent": "", "level": "nation"}
    dated = {"since": RECORDS, "until": pd.NaT, "kostat": "", "source": SOURCE, "verified": True}
    return pd.DataFrame([nation | dated]).astype({"since": "datetime64[us]", "until": "datetime64[us]"})


def _changes(rows: pd.DataFrame) -> pd.DataFrame:
    """What became of what: one row a pair, and the share where one is told."""
    heirs = rows[rows["became"] != ""]
    first = rows.drop_duplicates("code").set_index("code")
    pairs = pd.DataFrame(
        {"date": heirs["until"], "old": heirs["code"], "new": heirs["became"], "share": heirs["share"]}
    )
    stayed = pairs[pairs["new"].map(first["since"]) < pairs["date"]].drop_duplicates(["date", "new"])
    grown = stayed[~stayed["old"].isin(pairs.loc[pairs["old"].duplicated(), "old"])]
    pairs = pd.concat([pairs, grown.assign(old=grown["new"], share=float("nan"))], ignore_index=True)
    kinds = [
        _kind(
            len(pairs[pairs["old"] == old]), len(pairs[(pairs["new"] == new) & (pairs["date"] == day)]), old, new, first
        )
        for day, old, new in pairs[["date", "old", "new"]].itertuples(index=False, name=None)
    ]
    table = pairs.assign(kind=kinds, note="", source=SOURCE, verified=True)
    columns = ["date", "kind", "old", "new", "note", "source", "verified", "share"]
    return table[columns].astype({"date": "datetime64[us]"}).sort_values(["date", "old", "new"], ignore_index=True)


def _kind(heirs: int, origins: int, old: str, new: str, first: pd.DataFrame) -> str:
    """What a change was called: one into several, several into one, or one that goes on."""
    if heirs > 1:
        return "split"
    if origins > 1:
        return "merge"
    if first.at[old, "parent"] != first.at[new, "parent"]:
        return "transfer"
    return "recode" if first.at[old, "name"] == first.at[new, "name"] else "rename"
