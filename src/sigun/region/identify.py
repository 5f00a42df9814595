"""Which region each row of a file means (행정구역 찾기): by code and by name, on the row's own period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from sigun.region.codes import Codes
from sigun.region.history import same_place
from sigun.region.names import NATION, Candidate, Names, names_of
from sigun.region.numbering import Scheme, digits, find_scheme
from sigun.region.spelling import GROUPS, Place, names_a_sido, read_place
from sigun.text import N_, Message, say

How = Literal["code", "name", "guess", "renamed", "unlisted", "not_existing", "unmatched"]
"""By its code; by its name; by its name, where all others lie in one 시도; told under the name of another time;
a 읍면동 that the table does not have, in a 시군구 that it has; no region in that year; nothing found."""

FEW = 2  # places that must be known before the others are taken to lie in the same 시도
COLUMNS = ("region", "sido", "sigungu", "dong")

UNKNOWN = N_("No region of this name or code is known.")
HOMONYM = N_("Several 시도 have a region of this name; the name alone does not tell which.")
GROUP = N_("This is a group of regions, or none.")
CONFLICT = N_("The code means one region and the name another.")
NO_DONGS = N_("The table has no 읍면동 yet: import the MOIS file with `sigun regions import FILE`.")
NUMBERING = N_("Which numbering the codes follow cannot be told; say `scheme: mois` or `scheme: kostat` in the card.")
NOT_USED = N_("The codes were not used, for nothing tells which numbering they follow; regions were found by name.")
EMPTY = N_("There is neither a code nor a name.")
IN_TWO = N_("Two regions of this name lie next to each other there; say the district (구) too.")
NOTHING_NEAR = frozenset({GROUP, EMPTY, NUMBERING, NO_DONGS})


@dataclass(frozen=True)
class Identified:
    """What was found, aligned with the places asked for."""

    unit: pd.Series  # MOIS code valid in the row's year; missing: none
    level: pd.Series  # codes.Level; missing: none
    how: pd.Series  # How
    unmatched: pd.DataFrame  # place, reason (the catalogue's English), near, rows: one row a place
    scheme: Scheme | None = None  # numbering of the codes; none: no codes, or it cannot be told
    said: tuple[Message, ...] = ()  # what a person should know or confirm


@dataclass(frozen=True)
class _Answer:
    """One place: what it can mean, or why it means nothing."""

    candidates: tuple[Candidate, ...] = ()
    how: How = "unmatched"
    reason: str = ""


def identify(places: pd.DataFrame, codes: Codes, scheme: Scheme | None = None, within: str = "") -> Identified:
    """The region of every row.

    Parameters
    ----------
    places : text columns region (a code), sido, sigungu, dong (names as in the file) and datetime column period; any
        may be left out. A row without a period is taken as of the newest day.
    scheme : numbering of `region`; none: told by the codes themselves.
    within : 시도, or 시도 and 시군구 ("경기 의정부시"), of the rows that name none.

    Notes
    -----
    A region counts as one in the whole calendar year in which it was one on some day: statistics tell the year of a
    change under the new name from January on. Where two of a name were regions that year, the newer is meant.

    Examples
    --------
    >>> from sigun.region.codes import shipped
    >>> years = pd.to_datetime(["2016", "2019", "2019"])
    >>> rows = pd.DataFrame({"sido": "인천", "sigungu": ["남구", "남구", "미추홀구"], "period": years})
    >>> found = identify(rows, shipped())
    >>> found.unit.tolist(), found.how.tolist()
    (['28170', '28170', '28177'], ['name', 'not_existing', 'name'])
    """
    names = names_of(codes)
    texts = _texts(places, codes)
    at, unique = _distinct(texts)
    meant = [_meant(*row, within=within) for row in zip(unique["sido"], unique["sigungu"], unique["dong"], strict=True)]
    numbers = ["" if code.strip() in codes.own else digits(code) for code in unique["region"]]
    found = scheme or _numbering(numbers, meant, names)
    answers = [
        _answer(number, text, place, names, found)
        for number, text, place in zip(numbers, unique["region"], meant, strict=True)
    ]
    answers, home = _guess(answers, meant, names)
    years = _years(places)
    units, how = _by_year(at, years, answers, codes)
    level = units.map({u: codes.levels.get(u, "dong") for u in units.dropna().unique()}).astype("str")
    lost = _unmatched(at, unique, meant, answers, names)
    said = _said(units, how, codes, home)
    if any(numbers) and not found:
        said = (say(NOT_USED), *said)
    units, level, how = (column.set_axis(places.index) for column in (units, level, how))
    return Identified(units, level, how, lost, found if any(numbers) else None, said)


def _texts(places: pd.DataFrame, codes: Codes) -> pd.DataFrame:
    """The four columns as text, "" where nothing stands; where no name does, `region_name`, or a name for a code."""
    texts = pd.DataFrame(index=places.index)
    for name in COLUMNS:
        texts[name] = places[name].astype("str").fillna("") if name in places else ""
    bare = (texts[["sido", "sigungu", "dong"]] == "").all(axis=1)
    if bare.any():
        spare = places["region_name"].astype("str").fillna("") if "region_name" in places else texts["sido"]
        coded = texts["region"].str.contains(r"^\D?\d+(?:\.0+)?\D?$") | texts["region"].str.strip().isin(codes.own)
        named = texts["region"].mask(coded, "")
        texts["sigungu"] = texts["sigungu"].mask(bare, spare.mask(spare == "", named))
        texts["region"] = texts["region"].mask(bare & (named != ""), "")
    return texts.astype("str")


def _distinct(texts: pd.DataFrame) -> tuple[np.ndarray, pd.DataFrame]:
    """Number of each row's place (n,), and the different places."""
    key = np.zeros(len(texts), np.int64)
    for name in COLUMNS:
        number, words = pd.factorize(texts[name])
        key = key * (len(words) + 1) + number
    _keys, first, at = np.unique(key, return_index=True, return_inverse=True)
    return at, texts.iloc[first].reset_index(drop=True)


def _years(places: pd.DataFrame) -> np.ndarray:
    """Calendar year of each row (n,), 0 where none is told."""
    if "period" not in places:
        return np.zeros(len(places), np.int64)
    years: np.ndarray = pd.to_datetime(places["period"]).dt.year.fillna(0).to_numpy(np.int64)
    return years


def _meant(sido: str, sigungu: str, dong: str, *, within: str) -> Place:
    place = read_place(sido, sigungu, dong)
    if place.family or not within or not (place.sigungu or place.dong):
        return place
    home = read_place(within, "", "") if len(within.split()) == 1 else read_place("", within, "")
    if not home.sigungu:
        return place._replace(family=home.family)
    return home._replace(dong=place.dong or place.sigungu)  # a city's own file names its 읍면동 alone


def _numbering(numbers: Sequence[str], meant: Sequence[Place], names: Names) -> Scheme | None:
    """The numbering of the file's codes; names beside them help to tell."""
    coded = [i for i, number in enumerate(numbers) if number]
    places = same_place(names.codes)

    def agrees(position: int, scheme: Scheme) -> bool | None:
        place = meant[coded[position]]
        named = names.find(place._replace(dong="")) if place.family else []
        if not named:
            return None
        number = numbers[coded[position]]
        return any(_same(a, b, places, names.codes) for a in names.around(number, scheme) for b in named)

    return find_scheme([numbers[i] for i in coded], names.codes, agrees)


def _same(a: Candidate, b: Candidate, places: dict[str, frozenset[str]], codes: Codes) -> bool:
    """Whether two candidates are one region, or one lies in the other."""
    ups, downs = (
        {other for unit in codes.above(c.unit) for other in places.get(unit, {unit})} - {NATION} for c in (a, b)
    )
    return a.unit == b.unit or a.unit in downs or b.unit in ups


def _answer(number: str, text: str, place: Place, names: Names, scheme: Scheme | None) -> _Answer:
    """What one place means, by its code and by its name, which must not contradict each other."""
    if place.family in GROUPS or place.sigungu in GROUPS:
        return _Answer(reason=GROUP)
    named = _named(place, names)
    coded = _coded(number, text.strip(), names, scheme)
    if coded and named.candidates:
        return _both(coded, named.candidates, names.codes)
    if coded:
        return _only_code(coded, place, names)
    if named.candidates:
        return named
    if named.reason in (UNKNOWN, EMPTY) and number and scheme is None:
        return _Answer(reason=NUMBERING)
    return _Answer(reason=UNKNOWN) if named.reason == EMPTY and text else named


def _coded(number: str, text: str, names: Names, scheme: Scheme | None) -> list[Candidate]:
    """What a code means: that of an own table as it stands, another in its numbering."""
    if text in names.codes.own:
        return [Candidate(text, *names.codes.years[text])]
    return names.numbered(number, scheme) if number and scheme else []


def _named(place: Place, names: Names) -> _Answer:
    if not (place.family or place.sigungu or place.dong):
        return _Answer(reason=EMPTY)
    if not place.family:
        homes = names.homes(place)
        if len(homes) > 1:
            return _Answer(reason=HOMONYM)
        place = place._replace(family=next(iter(homes), ""))
        if not place.dong and (names_a_sido(place.sigungu) or not names.find(place)):
            place = place._replace(sigungu="")  # a 시도 where a 시군구 might have stood
    found = names.find(place) if place.family else []
    if not found:
        return _Answer(reason=NO_DONGS if place.dong and not names.dongs else UNKNOWN)
    return _Answer(reason=IN_TWO) if place.dong and _beside(found, names.codes) else _Answer(tuple(found), "name")


def _beside(found: list[Candidate], codes: Codes) -> bool:
    """Whether two 읍면동 of the name lie in two districts for longer than the year in which one became the other."""
    return any(
        codes.parents[a.unit] != codes.parents[b.unit] and min(a.last, b.last) > max(a.first, b.first)
        for n, a in enumerate(found)
        for b in found[n + 1 :]
    )


def _both(coded: list[Candidate], named: tuple[Candidate, ...], codes: Codes) -> _Answer:
    """Code and name together: the one that says more exactly where."""
    places = same_place(codes)
    pairs = [(a, b) for a in coded for b in named if _same(a, b, places, codes)]
    if not pairs:
        return _Answer(reason=CONFLICT)
    finer = [b for a, b in pairs if a.unit in codes.above(b.unit)[1:]]
    if finer:
        return _Answer(tuple(dict.fromkeys(finer)), "name")
    same = [b for a, b in pairs if b.unit not in codes.above(a.unit)[1:]]
    return _Answer(tuple(dict.fromkeys([*(a for a, _b in pairs), *same])), "code")


def _only_code(coded: list[Candidate], place: Place, names: Names) -> _Answer:
    """A code whose name is not known; that of a 읍면동 must at least lie in the 시군구 that is named."""
    codes = names.codes
    unlisted = coded[0].unit not in codes.years
    above = names.find(place._replace(dong="")) if place.family and place.sigungu else []
    places = same_place(codes)
    if above and not any(_same(a, b, places, codes) for a in coded for b in above):
        return _Answer(reason=CONFLICT)
    return _Answer(tuple(coded), "unlisted" if unlisted else "code")


def _guess(answers: list[_Answer], meant: Sequence[Place], names: Names) -> tuple[list[_Answer], str]:
    """Names that several 시도 have, where every other place of the file lies in one; and that 시도."""
    known = [a.candidates[0].unit for a in answers if a.candidates and a.candidates[0].unit != NATION]
    homes = {names.codes.above(unit)[-2] for unit in known}
    families = {f for f, found in names.sido.items() if homes & {c.unit for c in found}}
    if len(families) != 1 or len(known) < FEW:
        return answers, ""
    home = families.pop()
    guessed = [
        _guessed(a, place._replace(family=home), names) if a.reason == HOMONYM else a
        for a, place in zip(answers, meant, strict=True)
    ]
    return guessed, home


def _guessed(answer: _Answer, place: Place, names: Names) -> _Answer:
    found = names.find(place)
    return _Answer(tuple(found), "guess") if found else answer


def _by_year(
    at: np.ndarray, years: np.ndarray, answers: Sequence[_Answer], codes: Codes
) -> tuple[pd.Series, pd.Series]:
    """Unit and how of every row, worked out once for each place and year."""
    key, back = np.unique(at.astype(np.int64) * 10_000 + years, return_inverse=True)
    pairs = [(answers[k // 10_000], int(k % 10_000)) for k in key]
    found = [_valid(answer, year) for answer, year in pairs]
    there = {(c.unit, year) for c, (answer, year) in zip(found, pairs, strict=True) if c and _lives(c, year)}
    places = same_place(codes)
    told = [_told(c, answer, year, there, places, codes) for c, (answer, year) in zip(found, pairs, strict=True)]
    units = np.array([u for u, _how in told], dtype=object)[back]
    how = np.array([h for _u, h in told], dtype=object)[back]
    return pd.Series(units, dtype="str"), pd.Series(how, dtype="str")


def _lives(candidate: Candidate, year: int) -> bool:
    return year == 0 or candidate.first <= year <= candidate.last


def _valid(answer: _Answer, year: int) -> Candidate | None:
    """Of what a place can mean the newest that was a region in that year; else the last before it, or the next."""
    if not answer.candidates:
        return None
    alive = [c for c in answer.candidates if _lives(c, year)]
    if alive:
        return max(alive, key=lambda c: (c.last, c.first, c.unit))
    before = [c for c in answer.candidates if c.last < year]
    return max(before, key=lambda c: (c.last, c.unit)) if before else min(answer.candidates, key=lambda c: c.first)


def _told(
    found: Candidate | None,
    answer: _Answer,
    year: int,
    there: set[tuple[str, int]],
    places: dict[str, frozenset[str]],
    codes: Codes,
) -> tuple[str | None, How]:
    """Unit and how; a region told under the name of another time is the one it was then, unless that is told too."""
    if found is None:
        return None, "unmatched"
    if _lives(found, year):
        return found.unit, answer.how
    others = sorted(places.get(found.unit, frozenset()) - {found.unit})
    then = [u for u in others if codes.years[u][0] <= year <= codes.years[u][1]]
    if then and not any((u, year) in there for u in then):
        return then[-1], "renamed"
    return found.unit, "not_existing"


def _unmatched(
    at: np.ndarray, unique: pd.DataFrame, meant: Sequence[Place], answers: Sequence[_Answer], names: Names
) -> pd.DataFrame:
    count = np.bincount(at, minlength=len(unique)) if len(at) else np.zeros(len(unique), int)
    rows = [
        {
            "place": " ".join(word for word in unique.iloc[i] if word),
            "reason": answer.reason,
            "near": "" if answer.reason in NOTHING_NEAR else names.near(meant[i]),
            "rows": int(count[i]),
        }
        for i, answer in enumerate(answers)
        if not answer.candidates
    ]
    table = pd.DataFrame(rows, columns=["place", "reason", "near", "rows"])
    table = table.astype({"place": "str", "reason": "str", "near": "str", "rows": "int64"})
    return table.sort_values(["reason", "place"], ignore_index=True)


def _said(units: pd.Series, how: pd.Series, codes: Codes, home: str) -> tuple[Message, ...]:
    """What a person should know of how the regions were found."""
    said = []
    guessed = sorted(set(units[how == "guess"]))
    if guessed:
        said.append(
            say(
                N_("Taken to lie in {home}, as all other regions of the file do: {places}. Say `within` to confirm."),
                places=codes.listed(guessed),
                home=home,
            )
        )
    unlisted = sorted(set(units[how == "unlisted"]))
    if unlisted:
        said.append(
            say(
                N_("{n} 읍면동 codes are not in the table; only their 시군구 is known. Import a newer MOIS file."),
                n=len(unlisted),
            )
        )
    unverified = sorted(codes.unverified & set(units[how != "not_existing"].dropna()))
    if unverified:
        said.append(
            say(
                N_("Codes not yet compared with an official table are used for {places}. Import the newest MOIS file."),
                places=codes.listed(unverified),
            )
        )
    return tuple(said)
