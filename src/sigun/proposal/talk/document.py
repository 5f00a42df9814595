"""Wishes about the words of the 기획안 (글 바람): who, what for, how much, and what was asked of the author."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from sigun.proposal.draft.speech import LONG, SHORT, cut
from sigun.proposal.talk.wish import Cannot, Parts, Wish, World, number_of, step_of, wish
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
    what = said["also"] or _what(said)
    _words(parts)["risks"] = [*_words(parts).get("risks", []), {"what": cut(what.strip(), SHORT)}][:30]
    _by_person(parts, "risks")
    return say(N_("Added to the risks."))


def deadline(said: re.Match[str], parts: Parts, _world: World) -> Message:
    """일정은 12월까지: of the last stage."""
    what, stages = cut(_what(said), SHORT), [dict(one) for one in _words(parts).get("schedule", [])]
    if not stages:
        raise Cannot(say(N_("The plan has no stages yet.")))
    stages[-1] = {"what": stages[-1]["what"], "when": what}
    _words(parts)["schedule"] = stages
    _by_person(parts, "schedule")
    return say(N_("The last stage, “{stage}”: {when}"), stage=stages[-1]["what"], when=what)


def answer(said: re.Match[str], parts: Parts, _world: World) -> Message:
    """1번 질문은 열 곳."""
    asked = _words(parts).get("open", [])
    n = int(said["n"])
    if not 1 <= n <= len(asked):
        raise Cannot(say(N_("There are {n} open questions."), n=len(asked)))
    what = cut(_what(said), SHORT)
    asked[n - 1]["answer"] = what
    number, patrol = number_of(what), step_of(parts, "patrol")
    if asked[n - 1].get("path", "").endswith(".capacity") and number and patrol is not None:
        patrol["capacity"] = max(1, min(number, 1000))
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
        time["start"] = _first(said["start"], said["start_month"] or "1").isoformat()
    if said["end"] or said["until"]:
        last = _first(said["end"] or said["until"], said["end_month"] or said["until_month"] or "12")
        time["end"] = (last + timedelta(days=31)).replace(day=1).isoformat()
    if time.get("start") and time.get("end") and str(time["start"]) >= str(time["end"]):
        raise Cannot(say(N_("The period ends before it begins.")))
    parts["time"] = time
    start = _day(date.fromisoformat(str(time["start"]))) if time.get("start") else ""
    end = _day(date.fromisoformat(str(time["end"])) - timedelta(days=1)) if time.get("end") else ""
    if not end:
        return say(N_("Period: from {start}."), start=start)
    return say(N_("Period: {start} to {end}."), start=start, end=end) if start else say(PERIOD_ENDS, end=end)


def _first(year: str, month: str) -> date:
    """The first day of a month.

    Raises
    ------
    Cannot
        There is no such month.
    """
    if not 1 <= int(month) <= 12:
        raise Cannot(say(N_("There is no month {n}."), n=int(month)))
    return date(int(year), int(month), 1)


def _day(day: date) -> str:
    return f"{day.year}. {day.month}. {day.day}."


def confirm(said: re.Match[str], parts: Parts, _world: World) -> Message:
    """문제정의 확인함: a person stands by what rules or a model wrote."""
    by = _words(parts).get("by", {})
    named = said["what"] or ""
    fields = next((fields for words, fields in PARTS if re.search(words, named, re.IGNORECASE)), ())
    if not fields:
        raise Cannot(say(N_("Say which part is confirmed: “{example}”, or “{all}”."), **CONFIRMED))
    taken = [name for name in by if name in fields or fields == EVERY]
    if not taken:
        raise Cannot(say(N_("Nothing in that part waits for a confirmation.")))
    _words(parts)["by"] = {
        name: {**one, "confirmed": name in taken or one.get("confirmed", False)} for name, one in by.items()
    }
    return say(N_("Confirmed by a person."))


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
PERIOD_ENDS = N_("Period: until {end}.")
EVERY = ("*",)
CONFIRMED = {"example": "문제정의 확인함", "all": "모두 확인함"}
PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"모두|전부|전체|다\s?$|\ball\b|everything", EVERY),
    (r"배경|background", ("background", "evidence")),
    (r"문제|problem", ("problem", "stakeholders")),
    (r"질문|question", ("question", "questions")),
    (r"가설|hypothes", ("hypotheses",)),
    (r"결정|decision", ("decision",)),
    (r"자료|data", ("data", "lacking", "joins")),
    (r"방법|method", ("method",)),
    (r"개인정보|handling", ("handling",)),
    (r"활용|확산|산출|\buse\b", ("use", "spread", "outputs")),
    (r"효과|목표|effects", ("effects",)),
    (r"일정|schedule", ("schedule",)),
    (r"위험|risks?", ("risks",)),
    (r"제목|과제명|title", ("title",)),
)
"""Parts of the 기획안 as they are called, and their fields."""
DOCUMENT: tuple[Wish, ...] = (
    wish(
        "confirm",
        r"(?P<what>.*?)(?:은|는|을|를)?\s?확인(?:함|했|합니다|완료|하였|\s?처리)|\bconfirm(?:ed)?\b",
        confirm,
        "문제정의 확인함",
    ),
    wish(
        "answer",
        r"^(?P<n>\d{1,2})\s?번\s?(?:질문|물음)?\S{0,2}[\s:]+(?P<what>(?!(?:질문|물음)\S{0,2}$).+)$",
        answer,
        "1번 질문은 열 곳",
    ),
    wish("budget", rf"예산{REST}", budget, "예산은 없음"),
    wish("title", rf"(?:제목|과제명|title){REST}", title, "제목은 방치차량 예방 순찰"),
    wish("org", rf"제안\s?기관{REST}", org, "제안기관은 가온시"),
    wish("team", rf"참여(?:자|\s?부서|\s?기관)?{REST}", team, "참여 부서는 교통과, 데이터팀"),
    wish("decision", rf"(?:결정|의사결정){REST}", decision, "결정은 주간 순찰 순서"),
    wish("goal", rf"목표{REST}", goal, "목표는 처리기간 10일"),
    wish(
        "risk",
        r"위험(?:\s?요[소인])?(?:\s?[:：](?P<what>.+)$|에\s?(?P<also>.+?)(?:을|를|도)?\s?(?:추가|넣)\S*$)",
        risk,
        "위험: 자료가 늦게 올 수 있음",
    ),
    wish("deadline", rf"^(?:일정|기한|마감){REST}", deadline, "일정은 12월까지"),
    wish("smallest", r"(?P<n>\d{1,3})\s?(?:명|건)\s?미만", smallest, "3명 미만은 가리자"),
    wish(
        "export", r"(?P<out>외부\S*\s?(?:공개|반출|제공))|(?P<inn>내부\S*\s?(?:에서만|용|이용))", export, "내부용으로만"
    ),
    wish(
        "years",
        rf"(?:최근|지난)\s?(?P<last>\d{{1,2}})\s?년"
        rf"|(?P<start>{YEAR})\s?년?(?:\s?(?P<start_month>\d{{1,2}})\s?월)?\s?(?:부터|이후|~|–|-)"
        rf"(?:\s?(?P<end>{YEAR})(?:\s?년)?(?:\s?(?P<end_month>\d{{1,2}})\s?월)?)?"
        rf"|(?P<until>{YEAR})\s?년?(?:\s?(?P<until_month>\d{{1,2}})\s?월)?\s?까지",
        years,
        "2020년부터",
        "최근 3년",
    ),
    wish("language", r"(?P<en>영어|영문|in english)|(?P<ko>한국어|한글|in korean)", language, "영어로"),
)
