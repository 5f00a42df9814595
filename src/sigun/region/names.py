"""Which regions a name or a code can mean (지명 찾기): every candidate, with the years it was one."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from sigun.region.codes import FOREVER, Codes
from sigun.region.history import self_mergers
from sigun.region.numbering import Scheme, read_code
from sigun.region.spelling import ALIASES, TOTALS, Place, plain, unnumbered

NATION = "00"
NEAR = 3  # names offered where none fits


class Candidate(NamedTuple):
    """A region a place may mean, in these calendar years."""

    unit: str
    first: int
    last: int


@dataclass
class Names:
    """Names and codes of a table, laid out for looking up."""

    codes: Codes
    sido: dict[str, list[Candidate]] = field(default_factory=dict)  # by short name
    below: dict[tuple[str, str], list[Candidate]] = field(default_factory=dict)  # by 시도 and name
    dongs: dict[tuple[str, str, str], list[Candidate]] = field(default_factory=dict)  # by 시도, 시군구 and name
    families: dict[str, set[str]] = field(default_factory=dict)  # name -> 시도 that have one so called

    def __post_init__(self) -> None:
        parts = self.codes.units[["unit", "name", "full", "sido", "level"]].itertuples(index=False, name=None)
        mergers = self_mergers(self.codes)
        for unit, name, full, sido, level in parts:
            first, last = self.codes.years[unit]
            family = ALIASES.get(sido, sido)
            if level == "sido":
                self.sido.setdefault(family, []).append(Candidate(unit, first, last))
            elif level == "dong":
                self._add_dong(family, Candidate(unit, first, last), name)
            elif level != "nation":
                for spelt in _spellings(unit, name, full, self.codes):
                    self.below.setdefault((family, spelt), []).extend(_epochs(unit, first, last, mergers))
                    self.families.setdefault(spelt, set()).add(family)

    def _add_dong(self, family: str, candidate: Candidate, name: str) -> None:
        """Under its district by every spelling of it, under its city, and under the 시도 alone."""
        chain = self.codes.above(candidate.unit)[1:]
        for above in chain:
            for spelt in _spellings(above, plain(self._name(above)), self.codes.fulls[above], self.codes):
                for own in {plain(name), unnumbered(plain(name))}:
                    self.dongs.setdefault((family, spelt, own), []).append(candidate)
            if self.codes.levels[above] == "sigungu":
                break

    def _name(self, unit: str) -> str:
        return self.codes.fulls[unit].split(" ")[-1]

    def find(self, place: Place) -> list[Candidate]:
        """What a place written in words can mean, its 시도 being told; nothing where no name is."""
        if place.dong:
            above = place.family, place.sigungu
            found = self.dongs.get((*above, place.dong)) or self.dongs.get((*above, unnumbered(place.dong)), [])
            return _distinct(found)
        if place.sigungu:
            found = _distinct(self.below.get((place.family, place.sigungu), []))
            return _marked(found, place.mark)
        if place.family in TOTALS:
            return [Candidate(NATION, 0, FOREVER)]
        return self.sido.get(place.family, [])

    def homes(self, place: Place) -> set[str]:
        """The 시도 in which such a place can lie, where none is told."""
        homes = set(self.families.get(place.sigungu, ()))
        if place.dong:
            return {f for f, s, d in self.dongs if s == place.sigungu and d == place.dong}
        alias = ALIASES.get(place.sigungu)
        return homes | ({alias} if alias else set())

    def numbered(self, code: str, scheme: Scheme) -> list[Candidate]:
        """What a code means. A 읍면동 that the table does not have is taken where its 시군구 is known (MOIS only)."""
        read = read_code(code, scheme)
        if read is None:
            return []
        if scheme == "kostat":
            return [] if read.dong else [Candidate(*meant) for meant in self.codes.by_kostat.get(read.above, ())]
        unit = read.dong or read.above
        years = self.codes.years.get(unit) or (self.codes.years.get(read.above) if read.dong else None)
        return [Candidate(unit, *years)] if years else []

    def around(self, code: str, scheme: Scheme) -> list[Candidate]:
        """What the first five digits of a 읍면동 code mean."""
        read = read_code(code, scheme)
        return self.numbered(read.above, scheme) if read else []

    def near(self, place: Place) -> str:
        """Names like it, in the same 시도 first; for the reader."""
        wanted = place.dong or place.sigungu or place.family
        known: dict[str, list[str]] = {}
        for (family, name), found in self.below.items():
            if not place.dong and place.family in ("", family):
                known.setdefault(name, []).extend(c.unit for c in found)
        for (family, above, name), found in self.dongs.items():
            if place.dong and (family, above) == (place.family, place.sigungu):
                known.setdefault(name, []).extend(c.unit for c in found)
        units = self._anywhere(place.sigungu) if not place.family else []
        if not units:
            close = difflib.get_close_matches(wanted, sorted(known), NEAR, 0.6)
            units = [u for name in close for u in known[name]] or self._anywhere(place.sigungu)
        return "; ".join(dict.fromkeys(self.codes.fulls[u] for u in units))

    def _anywhere(self, name: str) -> list[str]:
        """Every region of that name, whatever its 시도."""
        return [c.unit for family in sorted(self.families.get(name, ())) for c in self.below[family, name]]


def _spellings(unit: str, name: str, full: str, codes: Codes) -> set[str]:
    """A 시군구's name; a district's alone and behind its city's; an office's behind its city's too."""
    spelt = {plain(name), plain(full.split(" ", 1)[-1])}
    parent = codes.parents.get(unit, "")
    if codes.levels.get(unit) == "office" and parent:
        city = plain(codes.fulls[parent].split(" ")[-1])
        spelt |= {city + plain(name).removeprefix(city), plain(name).removeprefix(city)}
    return spelt | ({"세종", "세종특별자치시"} if name == "세종시" else set())


def _epochs(unit: str, first: int, last: int, mergers: Mapping[str, Sequence[int]]) -> list[Candidate]:
    """One candidate; two and more where others merged into the unit, which kept its code."""
    edges = [first, *mergers.get(unit, ()), last + 1]
    return [Candidate(unit, a, b - 1) for a, b in pairwise(edges)]


def _marked(found: list[Candidate], mark: str) -> list[Candidate]:
    """Of several of one name the last, or those before it, where the name says so."""
    if not mark or len(found) == 1:
        return found
    ordered = sorted(found, key=lambda c: (c.first, c.last))
    return ordered[-1:] if mark == "new" else ordered[:-1]


def _distinct(found: list[Candidate]) -> list[Candidate]:
    return list(dict.fromkeys(found))


@lru_cache(maxsize=4)
def names_of(codes: Codes) -> Names:
    """The names of a table; laid out once."""
    return Names(codes)
