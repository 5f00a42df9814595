"""Wishes about the words of the 기획안 (글 바람): who, what for, how much, and what was asked of the author."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from sigun.proposal.draft.speech import LONG, SHORT, cut
from sigun.proposal.talk.wish import Cannot, Parts, Wish, World, step_of, wish
from sigun.text import N_, Message, say

REST = r"(?:은|는|:|：|을|를|=|\bis\b)?\s*(?P<what>.+)$"
END = re.compile(
    r"(?:으로|로)?\s*(?:한다|합시다|하자|해\s?줘|해\s?주세요|바꾸자|바꿔\s?줘|적어\s?줘|입니다|이다|임)?[.\s]*$"
)
NONE = re.compile(r"^(?:없음|없어|없다|없습니다|없이|none|no)\b|^(?:없음|없어|없다|없습니다|없이)", re.IGNORECASE)


def _words(parts: Parts) -> dict[str, Any]:
    words: dict[str, Any] = parts.setdefault("proposal", {})
    return words


def _by_person(parts: Parts, name: str) -> None:
    _words(parts).setdefault("by", {})[name] = {"by": "person", "confirmed": True}


def _what(said: re.Match[str]) -> str:
    what = END.sub("", said["what"]).strip(" \"'“”‘’")
    if not what:
        raise Cannot(say(N_("And what shall be written there?")))
    return what


def budget(said: re.Match[str], parts: Parts, _world: World) -> Message:
    """예산은 없음."""
    what = said["what"].strip()
    if NONE.match(what):
        _words(parts)["budget"] = "별도 예산 없음" if parts.get("lang", "ko") == "ko" else "No budget of its own"
    else:
        _words(parts)["budget"] = cut(_what(said), SHORT)
    _by_person(parts, "budget")
    return say(N_("Budget: {what}"), what=_words(parts)["budget"])


def title(said: re.Match[str], parts: Parts, _world: World) -> Message:
    """제목은 …로 하자."""
    parts["title"] = cut(_what(said), SHORT)
    _by_person(parts, "title")
    return say(N_("Title: {what}"), what=parts["title"])


def org(said: re.Match[str], parts: Parts, _world: World) -> Message:
    """제안기관은 가온시."""
    _words(parts)["org"] = cut(_what(said), SHORT)
    _by_person(parts, "org")
    return say(N_("Proposed by: {what}"), what=_words(parts)["org"])


def team(said: re.Match[str], parts: Parts, _world: World) -> Message:
    """참여 부서는 교통과, 데이터팀."""
    names = [cut(one.strip(), SHORT) for one in re.split(r"[,·/、]|\s와\s|\s및\s", _what(said)) if one.strip()]
    _words(parts)["team"] = names[:60]
    _by_person(parts, "team")
    return say(N_("Takes part: {what}"), what=", ".join(names))


def decision(said: re.Match[str], parts: Parts, _world: World) -> Message:
    """결정은 … ."""
    _words(parts)["decision"] = cut(_what(said), LONG)
    _by_person(parts, "decision")
    return say(N_("The decision to be taken on the result is written down."))


def goal(said: re.Match[str], parts: Parts, _world: World) -> Message:
    """목표는 신고 10% 감소."""
    effects = _words(parts).setdefault("effects", [])
    what = cut(_what(said), SHORT)
    if effects:
        effects[0]["goal"] = what
    else:
        effects.append({"indicator": what, "goal": what})
    _by_person(parts, "effects")
    return say(N_("Goal: {what}"), what=what)


def risk(said: re.Match[str], parts: Parts, _world: World) -> Message:
    """위험: 자료가 늦게 올 수 있음."""
    _words(parts)["risks"] = [*_words(parts).get("risks", []), {"what": cut(_what(said), SHORT)}][:30]
    _by_person(parts, "risks")
    return say(N_("Added to the risks."))


def answer(said: re.Match[str], parts: Parts, _world: World) -> Message:
    """1번 질문은 열 곳."""
    asked = _words(parts).get("open", [])
    n = int(said["n"])
    if not 1 <= n <= len(asked):
        raise Cannot(say(N_("There are {n} open questions."), n=len(asked)))
    what = cut(_what(said), SHORT)
    asked[n - 1]["answer"] = what
    number = re.search(r"\d+", what)
    patrol = step_of(parts, "patrol")
    if asked[n - 1].get("path", "").endswith(".capacity") and number and patrol is not None:
        patrol["capacity"] = max(1, min(int(number[0]), 1000))
    return say(N_("Question {n} is answered."), n=n)


def export(said: re.Match[str], parts: Parts, _world: World) -> Message:
    """외부에 공개."""
    way = "outside" if said["out"] else "inside"
    _words(parts).setdefault("handling", {})["export"] = way
    _by_person(parts, "handling")
    words = {"outside": N_("Results may go outside."), "inside": N_("Results stay inside.")}
    return say(words[way])


def smallest(said: re.Match[str], parts: Parts, _world: World) -> Message:
    """3명 미만은 가리자."""
    n = int(said["n"])
    if not 2 <= n <= 100:
        raise Cannot(say(N_("The smallest count that is shown is from {low} to {high}."), low=2, high=100))
    parts["privacy"] = {**(parts.get("privacy") or {}), "min_cell": n}
    return say(N_("Counts below {n} are not shown."), n=n)


def years(said: re.Match[str], parts: Parts, world: World) -> Message:
    """2020년부터, 2023년까지, 최근 3년."""
    time = dict(parts.get("time", {}))
    if said["last"]:
        time = {"start": _back(parts, world, int(said["last"])), **({"end": time["end"]} if time.get("end") else {})}
    if said["start"]:
        time["start"] = date(int(said["start"]), 1, 1).isoformat()
    if said["end"] or said["until"]:
        time["end"] = date(int(said["end"] or said["until"]) + 1, 1, 1).isoformat()
    if time.get("start") and time.get("end") and str(time["start"]) >= str(time["end"]):
        raise Cannot(say(N_("The period ends before it begins.")))
    parts["time"] = time
    until = date.fromisoformat(str(time["end"])).year - 1 if time.get("end") else "…"
    since = date.fromisoformat(str(time["start"])).year if time.get("start") else "…"
    return say(N_("Period: {start} to {end}."), start=str(since), end=str(until))


def _back(parts: Parts, world: World, n: int) -> str:
    """The first day of the last so many years."""
    end = parts.get("time", {}).get("end")
    if end:
        last = date.fromisoformat(str(end))
        return date(last.year - n, last.month, 1).isoformat()
    days = [
        h.last
        for name in (*world.plan.data.tables, world.plan.data.events)
        if name and (h := world.held(name)) and h.last
    ]
    if not days:
        raise Cannot(say(N_("Say the first year: “from 2020”.")))
    return date(min(days).year - n + 1, 1, 1).isoformat()


def language(said: re.Match[str], parts: Parts, _world: World) -> Message:
    """영어로."""
    parts["lang"] = "en" if said["en"] else "ko"
    return say(N_("The report is in English.") if said["en"] else N_("The report is in Korean."))


YEAR = r"(?:19|20)\d{2}"
DOCUMENT: tuple[Wish, ...] = (
    wish("answer", r"^(?P<n>\d{1,2})\s?번\s?(?:질문|물음)?\S{0,2}[\s:]+(?P<what>.+)$", answer, "1번 질문은 열 곳"),
    wish("budget", rf"예산{REST}", budget, "예산은 없음"),
    wish("title", rf"(?:제목|과제명|title){REST}", title, "제목은 방치차량 예방 순찰"),
    wish("org", rf"제안\s?기관{REST}", org, "제안기관은 가온시"),
    wish("team", rf"참여(?:자|\s?부서|\s?기관)?{REST}", team, "참여 부서는 교통과, 데이터팀"),
    wish("decision", rf"(?:결정|의사결정){REST}", decision, "결정은 주간 순찰 순서"),
    wish("goal", rf"목표{REST}", goal, "목표는 처리기간 10일"),
    wish("risk", r"위험(?:\s?요소)?\s?[:：](?P<what>.+)$", risk, "위험: 자료가 늦게 올 수 있음"),
    wish("smallest", r"(?P<n>\d{1,3})\s?(?:명|건)\s?미만", smallest, "3명 미만은 가리자"),
    wish(
        "export", r"(?P<out>외부\S*\s?(?:공개|반출|제공))|(?P<inn>내부\S*\s?(?:에서만|용|이용))", export, "내부용으로만"
    ),
    wish(
        "years",
        rf"(?:최근|지난)\s?(?P<last>\d{{1,2}})\s?년|(?P<start>{YEAR})\s?년?\s?(?:부터|이후|~|–|-)(?:\s?(?P<end>{YEAR}))?|(?P<until>{YEAR})\s?년?까지",
        years,
        "2020년부터",
        "최근 3년",
    ),
    wish("language", r"(?P<en>영어|영문|in english)|(?P<ko>한국어|한글|in korean)", language, "영어로"),
)
