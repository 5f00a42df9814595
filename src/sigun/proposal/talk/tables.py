"""Wishes about tables of regions (통계표 바람): regions, periods, factors, whom places serve, whom is compared."""

from __future__ import annotations

import re
from typing import Any

from sigun.catalog.search.sentence import tight_of
from sigun.ingest.labels import SIDO
from sigun.proposal.draft.subject import column_title
from sigun.proposal.talk.reports import OUT
from sigun.proposal.talk.wish import Cannot, Parts, Unclear, Wish, World, best, step_of, wish
from sigun.report.proposal.labels import COMPARED, SPANS, UNITS
from sigun.text import N_, Message, _, say

LEVELS = ("sido", "sigungu", "dong")
LAGS = (0, 10)
MONTHS = {"년": 12, "분기": 3, "개월": 1, "달": 1, "year": 12, "month": 1}


def _key(said: re.Match[str]) -> str:
    return next(name.rstrip("2") for name, found in said.groupdict().items() if found)


def unit(said: re.Match[str], parts: Parts, world: World) -> Message:
    """읍면동 단위로: only where every table tells regions as fine."""
    wanted = _key(said)
    if parts["panel"].get("unit", "sigungu") == "own":
        raise Cannot(say(N_("The tables name regions of their own: these stay the unit.")))
    if wanted == "sido" and len(_sidos(world)) < 2:
        raise Cannot(say(N_("These data lie in one 시도: there would be a single region, and nothing to compare.")))
    coarse = [name for name in _coarser(world, wanted) if not _repeated(parts, name)]
    if coarse:
        titles = ", ".join(world.catalog.cards[name].title for name in coarse[:4])
        why = N_(
            "Not by {unit}: {tables} tell larger regions only, and what is told of a whole is not split into parts."
        )
        raise Cannot(say(why, unit=_(UNITS[wanted]), tables=titles))
    parts["panel"]["unit"] = wanted
    return say(N_("Regions are {unit}."), unit=_(UNITS[wanted]))


def _sidos(world: World) -> set[str]:
    """시도 the tables tell of; of a table that names none it is taken to be one."""
    held = (world.held(name) for name in world.plan.data.tables)
    return {sido for h in held if h is not None for sido in h.sidos}


def _coarser(world: World, wanted: str) -> list[str]:
    """Tables whose finest regions are larger than those."""
    held = {name: world.held(name) for name in world.plan.data.tables}
    levels = {name: h.level for name, h in held.items() if h is not None and h.level in LEVELS}
    return [name for name, level in levels.items() if LEVELS.index(str(level)) < LEVELS.index(wanted)]


def _repeated(parts: Parts, table: str) -> bool:
    """Whether the plan says that the table's larger regions are repeated in the smaller ones."""
    taken = [v for v in parts["panel"]["variables"] if v["table"] == table]
    return bool(taken) and all(v.get("from") for v in taken)


def span(said: re.Match[str], parts: Parts, world: World) -> Message:
    """월별로: only where every table tells periods as short."""
    wanted = _key(said)
    order = ("year", "quarter", "month")
    held = {name: world.held(name) for name in world.plan.data.tables}
    long = [n for n, h in held.items() if h and h.span in order and order.index(str(h.span)) < order.index(wanted)]
    if long:
        titles = ", ".join(world.catalog.cards[name].title for name in long[:4])
        raise Cannot(say(N_("Not by {span}: {tables} tell longer periods only."), span=_(SPANS[wanted]), tables=titles))
    parts["panel"]["span"] = wanted
    for variable in parts["panel"]["variables"]:
        if wanted != "year" and variable.get("over_time"):
            del variable["over_time"]
    return say(N_("Periods are {span}."), span=_(SPANS[wanted]))


def within(said: re.Match[str], parts: Parts, _world: World) -> Message:
    """경기도만."""
    if parts["panel"].get("unit") == "own":
        raise Cannot(say(N_("Regions of the tables' own lie in no 시도.")))
    parts["panel"]["within"] = [SIDO[said["sido"]]]
    return say(N_("Only {sido} is looked at."), sido=said["sido"])


def whole_country(_said: re.Match[str], parts: Parts, _world: World) -> Message:
    """전국으로."""
    if not parts["panel"].get("within"):
        raise Cannot(say(N_("The whole country is looked at already.")))
    del parts["panel"]["within"]
    return say(N_("The whole country is looked at."))


def _columns(parts: Parts, world: World) -> list[tuple[str, str]]:
    return [
        (one["id"], column_title(world.plan, world.catalog, one["id"]))
        for key in ("variables", "derived")
        for one in parts["panel"].get(key, ())
    ]


def without_factor(_said: re.Match[str], parts: Parts, world: World) -> Message:
    """사교육비는 빼자: out of the factors, controls and columns that are told."""
    name = best(_columns(parts, world), world.text)
    if name is None:
        raise Cannot(say(N_("No column of this plan is called so.")))
    title = column_title(world.plan, world.catalog, name)
    touched = [_taken_out(step, name) for step in parts["steps"]]
    if not any(touched):
        raise Cannot(say(N_("“{title}” is what is asked about, or nothing asks for it."), title=title))
    if any(step["method"] == "factors" and not step["factors"] for step in parts["steps"]):
        raise Cannot(say(N_("Then no factor would be left.")))
    return say(N_("“{title}” is left out."), title=title)


def _taken_out(step: dict[str, Any], name: str) -> bool:
    touched = False
    for group in step.get("factors", ()):
        if name in group["variables"]:
            group["variables"] = [v for v in group["variables"] if v != name]
            touched = True
    if "factors" in step:
        step["factors"] = [group for group in step["factors"] if group["variables"]]
    for key in ("controls", "variables"):
        if name in step.get(key, ()):
            step[key] = [v for v in step[key] if v != name]
            touched = touched or bool(step[key]) or key == "controls"
    return touched


def without_region(_said: re.Match[str], parts: Parts, world: World) -> Message:
    """가평군은 빼자."""
    said = tight_of(world.text)
    held = (world.held(name) for name in world.plan.data.tables)
    named = {region for h in held if h is not None for region in h.regions if len(region) > 1 and region in said}
    named = {one for one in named if not any(one != other and one in other for other in named)}
    if not named:
        raise Unclear(say(N_("No region of these data is called so.")))
    parts["panel"]["except"] = sorted({*parts["panel"].get("except", ()), *named})
    return say(N_("Not looked at: {names}"), names=", ".join(sorted(named)))


def with_factor(_said: re.Match[str], parts: Parts, world: World) -> Message:
    """고용률도 넣자: a column of the panel that no factor is yet."""
    step = step_of(parts, "factors")
    if step is None:
        raise Cannot(say(N_("This plan asks for no factors. Say “look at factors, too” first.")))
    used = {step["outcome"]["variable"], *step.get("controls", ())} | {
        v for g in step["factors"] for v in g["variables"]
    }
    name = best([(id_, title) for id_, title in _columns(parts, world) if id_ not in used], world.text)
    if name is None:
        raise Cannot(say(N_("No column of the panel is called so that is no factor already.")))
    title = column_title(world.plan, world.catalog, name)
    step["factors"] = [*step["factors"], {"group": title, "variables": [name], "lag": [1]}]
    return say(N_("“{title}” is a factor, one period before the outcome."), title=title)


def lag(said: re.Match[str], parts: Parts, _world: World) -> Message:
    """시차 2년."""
    step = step_of(parts, "factors")
    if step is None:
        raise Cannot(say(N_("This plan asks for no factors. Say “look at factors, too” first.")))
    n = int(said["n"] or said["m"])
    if not LAGS[0] <= n <= LAGS[1]:
        raise Cannot(say(N_("A lag is from {low} to {high} periods."), low=LAGS[0], high=LAGS[1]))
    for group in step["factors"]:
        group["lag"] = [n, *(other for other in group.get("lag", (0,)) if other != n)][:6]
    return say(N_("Factors are looked at {n} period(s) before the outcome."), n=n)


def distance(said: re.Match[str], parts: Parts, _world: World) -> Message:
    """5km 이내로."""
    step = step_of(parts, "supply_demand")
    if step is None:
        raise Cannot(say(N_("This plan asks for no supply and demand.")))
    size = float(said["km"])
    kilometres = size / 1000 if said["unit"].lower() in ("m", "미터") else size
    if not 0 < kilometres <= 50:
        raise Cannot(say(N_("Distances are at most {high} km."), high=50))
    step["within_km"] = kilometres
    return say(N_("Places are looked at within {km} km."), km=f"{kilometres:g}")


def facility_kinds(_said: re.Match[str], parts: Parts, world: World) -> Message:
    """국공립만: kinds of places."""
    step = step_of(parts, "supply_demand")
    if step is None:
        raise Unclear(say(N_("This plan asks for no supply and demand.")))
    held = world.held(step["facilities"])
    known = held.kinds if held is not None else ()
    kinds = [kind for kind in known if kind in world.text]
    if not kinds:
        raise Cannot(say(N_("The places are of these kinds: {kinds}."), kinds=", ".join(known) or "–"))
    step["kinds"] = kinds
    return say(N_("Only places of {kinds} are counted."), kinds=", ".join(kinds))


def more_kinds(_said: re.Match[str], parts: Parts, world: World) -> Message:
    """민간도 포함: more kinds of places."""
    step = step_of(parts, "supply_demand")
    held = world.held(step["facilities"]) if step is not None else None
    known = held.kinds if held is not None else ()
    kinds = [kind for kind in known if kind in world.text]
    if step is None or not kinds:
        raise Unclear(say(N_("The places are of these kinds: {kinds}."), kinds=", ".join(known) or "–"))
    if not step.get("kinds"):
        raise Cannot(say(N_("Places of every kind are counted already.")))
    step["kinds"] = [*step["kinds"], *(kind for kind in kinds if kind not in step["kinds"])]
    return say(N_("Only places of {kinds} are counted."), kinds=", ".join(step["kinds"]))


def comparison(said: re.Match[str], parts: Parts, _world: World) -> Message:
    """이웃 지역과 비교."""
    step = step_of(parts, "before_after")
    if step is None:
        raise Cannot(say(N_("This plan compares nothing before and after.")))
    chosen = _key(said)
    if chosen == "neighbours" and not parts["panel"].get("neighbours"):
        if not parts["data"].get("outlines"):
            raise Cannot(say(N_("Who is next to whom is told by outlines, and the plan names none.")))
        parts["panel"]["neighbours"] = {"outlines": True}
    step["comparison"] = chosen
    return say(N_("They are compared with {others}."), others=_(COMPARED[chosen]))


def window(said: re.Match[str], parts: Parts, _world: World) -> Message:
    """전후 12개월만: so many periods before and after the start."""
    step = step_of(parts, "before_after") or step_of(parts, "effect")
    if step is None:
        raise Cannot(say(N_("This plan compares nothing before and after.")))
    span = parts["panel"].get("span", "year")
    months = int(said["n"]) * MONTHS[said["unit"]]
    each = {"year": 12, "quarter": 3, "month": 1}.get(span)
    if each is None or months % each or months // each < 2:
        raise Cannot(say(N_("The window is of at least two whole periods; periods are {span}."), span=_(SPANS[span])))
    step["window"] = {"before": months // each, "after": months // each}
    return say(N_("{n} periods before the start and after it are looked at."), n=months // each)


NAMES = "|".join(sorted(SIDO, key=len, reverse=True))
TABLES: tuple[Wish, ...] = (
    wish(
        "unit",
        r"(?P<dong>읍면동|행정동|동별)\S*\s?(?:단위|별|로)?|(?P<sigungu>시군구|시군별|시군)\s?(?:단위|별|로)|(?P<sido>시도|광역)\s?(?:단위|별|로)"
        r"|by (?:(?P<dong2>dong)|(?P<sigungu2>municipalit\w+)|(?P<sido2>provinces?))",
        unit,
        "읍면동 단위로",
        tables=True,
    ),
    wish(
        "span",
        r"(?P<month>월별|월\s?단위|monthly|by month)|(?P<quarter>분기별|분기\s?단위|quarterly)"
        r"|(?P<year>연도별|연\s?단위|년도별|yearly|by year)",
        span,
        "월별로",
        "연도별로",
        tables=True,
    ),
    wish(
        "distance",
        r"(?P<km>\d+(?:\.\d+)?)\s?(?P<unit>km|m|킬로미터|킬로|미터)",
        distance,
        "5km 이내로",
        tables=True,
    ),
    wish(
        "window",
        r"(?:전후|전과\s?후)\S*\s?(?:각각?\s?)?(?P<n>\d{1,3})\s?(?P<unit>개월|달|년|분기|year|month)",
        window,
        "전후 12개월만",
        tables=True,
    ),
    wish("lag", r"시차\S*\s?(?P<n>\d{1,2})|(?P<m>\d{1,2})\s?(?:년|기)\s?(?:전|시차)", lag, "시차 2년", tables=True),
    wish("whole_country", r"전국(?:으로|을|\s?대상|$)|whole country", whole_country, "전국으로", tables=True),
    wish("within", rf"(?P<sido>{NAMES})(?:도|시)?만", within, "경기도만", tables=True),
    wish(
        "comparison",
        r"(?P<neighbours>이웃|인접|맞닿|neighbou?r)\S*|(?P<similar>비슷한|유사한|similar)"
        r"|(?P<rest>나머지|전체\s?지역과|all others)",
        comparison,
        "이웃 지역과 비교",
        tables=True,
    ),
    wish("more_kinds", r"도\s?(?:포함|넣|추가|같이|함께|보)", more_kinds, "민간도 포함", tables=True),
    wish("facility_kinds", r"\S+(?<!까지)만(?=\s|$|\.|,|\s?보)|\bonly\b", facility_kinds, "국공립만", tables=True),
    wish("without_region", rf"(?P<what>\S+?)(?:은|는|을|를)?\s?{OUT}", without_region, "가평군은 빼고", tables=True),
    wish("without_factor", rf"(?P<what>\S+?)(?:은|는|을|를)?\s?{OUT}", without_factor, "사교육비는 빼자", tables=True),
    wish("with_factor", r"(?:넣|추가|포함|더하|add|include)", with_factor, "고용률도 넣자", tables=True),
)
