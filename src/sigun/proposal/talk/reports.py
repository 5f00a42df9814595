"""Wishes about reports (신고·사건 바람): kinds, how far ahead, how many places, how large the cells."""

from __future__ import annotations

import re

from sigun.catalog.search.sentence import tight_of
from sigun.plan.only import Ending
from sigun.proposal.talk.wish import COUNTED, Cannot, Parts, Wish, World, number_of, step_of, wish
from sigun.report.proposal.labels import ENDINGS
from sigun.text import N_, Message, _, say

CELLS = (100, 1000)
METRES = {"m": 1, "미터": 1, "km": 1000, "킬로": 1000, "킬로미터": 1000}
AHEAD = {
    "week": ("7d", N_("one week")),
    "month": ("1mo", N_("one month")),
    "quarter": ("3mo", N_("three months")),
    "year": ("12mo", N_("one year")),
}


def _kinds(world: World) -> tuple[str, ...]:
    held = world.held(world.plan.data.events)
    return held.kinds if held is not None else ()


def _named(world: World) -> list[str]:
    """Kinds of the register that were spoken of."""
    tight = tight_of(world.text)
    words = {tight_of(word) for thing in world.asked.things for word in (*thing.words, thing.said)}
    kinds = [k for k in _kinds(world) if len(tight_of(k)) > 1 and (tight_of(k) in tight or tight_of(k) in words)]
    if not kinds:
        known = ", ".join(_kinds(world)) or "–"
        raise Cannot(say(N_("The register knows these kinds: {kinds}."), kinds=known))
    return kinds


def only_kinds(_said: re.Match[str], parts: Parts, world: World) -> Message:
    """이륜차만."""
    kinds = _named(world)
    parts["only"] = {**parts.get("only", {}), "kinds": kinds}
    parts["steps"] = (
        [step for step in parts["steps"] if step["method"] != "kinds"] if len(kinds) == 1 else parts["steps"]
    )
    return say(N_("Only reports of {kinds} are looked at."), kinds=", ".join(kinds))


def only_endings(_said: re.Match[str], parts: Parts, _world: World) -> Message:
    """확인된 신고만."""
    ending: Ending = "confirmed"
    parts["only"] = {**parts.get("only", {}), "outcomes": [ending]}
    return say(N_("Only reports that ended so are looked at: {ending}."), ending=_(ENDINGS[ending]))


def without_kinds(_said: re.Match[str], parts: Parts, world: World) -> Message:
    """이륜차는 빼고."""
    now = parts.get("only", {}).get("kinds") or _kinds(world)
    gone = [kind for kind in _named(world) if kind in now]
    kept = [kind for kind in now if kind not in gone]
    if not gone:
        raise Cannot(say(N_("These kinds are not looked at already. Looked at: {kinds}."), kinds=", ".join(now)))
    if not kept:
        raise Cannot(say(N_("Then no report would be left.")))
    parts["only"] = {**parts.get("only", {}), "kinds": kept}
    return say(N_("Reports of {kinds} are not looked at."), kinds=", ".join(gone))


def every_kind(_said: re.Match[str], parts: Parts, _world: World) -> Message:
    """모든 차종."""
    if "only" not in parts:
        raise Cannot(say(N_("All reports are looked at already.")))
    del parts["only"]
    return say(N_("All reports are looked at."))


def ahead(said: re.Match[str], parts: Parts, _world: World) -> Message:
    """월별로, 다음 달까지."""
    forecast, backtest = step_of(parts, "forecast"), step_of(parts, "backtest")
    if forecast is None:
        raise Cannot(say(N_("This plan makes no forecast. Say “add a forecast” first.")))
    key = next(name for name, found in said.groupdict().items() if found)
    horizon, words = AHEAD[key]
    forecast["horizon"] = horizon
    if backtest is not None:
        backtest["every"] = "7d" if horizon == "7d" else "1mo"
    return say(N_("The forecast looks {span} ahead."), span=_(words))


def capacity(said: re.Match[str], parts: Parts, _world: World) -> Message:
    """하루 20곳."""
    patrol = step_of(parts, "patrol")
    if patrol is None:
        raise Cannot(say(N_("This plan makes no list of places to visit. Say “add patrols” first.")))
    n = number_of(said[0]) or 0
    if not 1 <= n <= 1000:
        raise Cannot(say(N_("So many places a day cannot be: {n}."), n=n))
    patrol.pop("hours", None)
    patrol["capacity"] = n
    return say(N_("{n} places a day can be visited."), n=n)


def cell(said: re.Match[str], parts: Parts, _world: World) -> Message:
    """250m 격자."""
    size, unit = said["size"] or said["first"], said["unit"] or said["of"]
    metres = round(float(size) * METRES[unit.lower()])
    if not CELLS[0] <= metres <= CELLS[1]:
        raise Cannot(say(N_("Cells are from {low} to {high} metres wide."), low=CELLS[0], high=CELLS[1]))
    parts["space"] = {**parts.get("space", {}), "cell": metres, "unit": "cell"}
    return say(N_("Cells are {metres} metres wide."), metres=metres)


def by_area(_said: re.Match[str], parts: Parts, _world: World) -> Message:
    """읍면동 단위로."""
    if not parts["data"].get("outlines"):
        raise Cannot(say(N_("There are no outlines of areas: add them to the catalogue first.")))
    parts["space"] = {**parts.get("space", {}), "unit": "area"}
    return say(N_("Places are the areas of the outlines, no cells."))


def by_cell(_said: re.Match[str], parts: Parts, _world: World) -> Message:
    """격자로."""
    parts["space"] = {**parts.get("space", {}), "unit": "cell"}
    return say(N_("Places are cells."))


OUT = r"(?:빼|제외|말고|없이|지우|삭제|without|except|drop|remove|leave out)"
REPORTS: tuple[Wish, ...] = (
    wish(
        "every_kind", r"모든\s?(?:차종|종류)|차종\s?전체|전체\s?차종|all kinds", every_kind, "모든 차종", tables=False
    ),
    wish(
        "cell",
        r"(?:격자|칸|cells?)\D{0,12}(?P<size>\d+(?:\.\d+)?)\s?(?P<unit>km|m|미터|킬로미터|킬로)"
        r"|(?P<first>\d+(?:\.\d+)?)\s?(?P<of>km|m|미터|킬로미터|킬로)\s?(?:격자|칸|cells?)",
        cell,
        "250m 격자로",
        tables=False,
    ),
    wish(
        "capacity",
        rf"하루에?\s?(?:{COUNTED})\s?(?:곳|군데|개소|개)|(?:{COUNTED})\s?(?:곳|places)\s?(?:씩|a day)",
        capacity,
        "하루 20곳",
        tables=False,
    ),
    wish(
        "ahead",
        r"(?P<week>주별|주간|매주|다음\s?주|일주일|weekly|next week)"
        r"|(?P<month>월별|월간|매월|매달|다음\s?달|한\s?달|monthly|next month)"
        r"|(?P<quarter>분기별|분기|석\s?달|세\s?달|quarter)|(?P<year>연간|내년|일\s?년|1년|next year)",
        ahead,
        "월별로",
        "다음 달까지",
        tables=False,
    ),
    wish(
        "by_area",
        r"(?:읍면동|행정동|동별|동네)\S*\s?(?:단위|별|로)|by (?:area|dong)",
        by_area,
        "읍면동 단위로",
        tables=False,
    ),
    wish("by_cell", r"^\D*격자\s?(?:단위|로)|by cells?\b", by_cell, "격자 단위로", tables=False),
    wish("without_kinds", rf"(?P<what>\S+?)(?:은|는|을|를)?\s?{OUT}", without_kinds, "이륜차는 빼고", tables=False),
    wish("only_endings", r"(?P<confirmed>확인된|실제)\s?\S*만(?=\s|$|\.)", only_endings, "확인된 신고만", tables=False),
    wish("only_kinds", r"\S+(?<!까지)만(?=\s|$|\.|,|\s?보)|\bonly\b", only_kinds, "이륜차만", tables=False),
)
