"""What of a model's answer may stand (답 가려 받기): offered ids, and words without figures or claims of their own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sigun.ingest.personal import without_personal
from sigun.plan.claims import BANNED, SPELT
from sigun.plan.model import Plan
from sigun.plan.proposal import Authorship, OpenQuestion, Proposal, Risk
from sigun.plan.steps import FactorAnalysis
from sigun.proposal.model.offer import LIST, LONGEST, Offer
from sigun.report.wording import NEVER
from sigun.text import N_, Message, _, say

LONGEST_TITLE = 80
CODE = re.compile(
    r"https?:|www\.|<\s*/?\s*[a-z]|```|\bselect\b.+\bfrom\b|\bimport\b|\{\{|\}\}|\b\d{1,3}(\.\d{1,3}){3}\b", re.I
)
HANGUL = re.compile(r"[가-힣]")


@dataclass(frozen=True)
class Change:
    """One field as it was and as the model would have it."""

    path: str
    before: Any
    after: Any


def changes_of(value: Mapping[str, Any], plan: Plan, offered: Offer) -> tuple[tuple[Change, ...], tuple[Message, ...]]:
    """What of the answer may be put into the plan, and what was left out and why."""
    said: list[Message] = []
    changes = [*_words(value, plan, said), *_lists(value, plan, said), *_picks(value, plan, offered, said)]
    return tuple(changes), tuple(said)


def with_changes(plan: Plan, changes: tuple[Change, ...]) -> Plan:
    """The plan with the changes in it, each marked as a model's and not confirmed.

    Raises
    ------
    ValidationError
        The changed document is no plan.
    """
    data = plan.model_dump(mode="json", by_alias=True)
    for change in changes:
        here: Any = data
        *way, last = change.path.split(".")
        for key in way:
            here = here[int(key)] if isinstance(here, list) else here[key]
        here[last] = change.after
        if way[:1] in (["proposal"], []):
            data["proposal"].setdefault("by", {})[last] = Authorship(by="model").model_dump(mode="json")
    return Plan.model_validate(data)


def _words(value: Mapping[str, Any], plan: Plan, said: list[Message]) -> Iterator[Change]:
    words = value.get("words")
    old = plan.proposal or Proposal()
    for name, text in words.items() if isinstance(words, dict) else ():
        before = getattr(old, name, None) if isinstance(name, str) else None
        if not isinstance(before, str) or not before or old.by.get(name, Authorship(by="rule")).by != "rule":
            said.append(say(N_("The model worded “{field}”, which was not asked for: left out."), field=str(name)[:40]))
            continue
        new = _fit(text, before, plan, f"proposal.{name}", said, LONGEST)
        if new is not None and new != before:
            yield Change(f"proposal.{name}", before, new)
    title = value.get("title")
    if title:
        new = _fit(title, plan.title, plan, "title", said, LONGEST_TITLE)
        if new is not None and new != plan.title:
            yield Change("title", plan.title, new)


def _lists(value: Mapping[str, Any], plan: Plan, said: list[Message]) -> Iterator[Change]:
    """Questions and risks are added behind those of the rules."""
    old = plan.proposal or Proposal()
    questions = [_fit(q, "", plan, "proposal.open", said, LONGEST // 3) for q in _list(value.get("questions"))]
    new = [OpenQuestion(asks=q) for q in dict.fromkeys(q for q in questions if q)]
    if new:
        yield Change("proposal.open", *_dumped(old.open, (*old.open, *new)))
    risks = []
    for one in _list(value.get("risks")):
        pair = [_fit(one.get(key), "", plan, "proposal.risks", said, LONGEST // 3) for key in ("what", "response")] \
            if isinstance(one, dict) else [None, None]  # fmt: skip
        risks += [Risk(what=pair[0], response=pair[1])] if pair[0] and pair[1] else []
    if risks:
        yield Change("proposal.risks", *_dumped(old.risks, (*old.risks, *risks)))


def _dumped(before: tuple[Any, ...], after: tuple[Any, ...]) -> tuple[list[Any], list[Any]]:
    return [p.model_dump(mode="json") for p in before], [p.model_dump(mode="json") for p in after]


def _list(value: Any) -> list[Any]:
    return value[:LIST] if isinstance(value, list) else []


def _picks(value: Mapping[str, Any], plan: Plan, offered: Offer, said: list[Message]) -> Iterator[Change]:
    """Steps and factors the model keeps; an id nobody offered is left out and told."""
    keep = _known(value.get("steps"), offered.steps, said)
    if keep and set(keep) != set(offered.steps):
        steps = plan.model_dump(mode="json", by_alias=True)["steps"]
        yield Change("steps", steps, [s for s in steps if s["method"] in keep or s["method"] not in offered.steps])
        return  # positions of steps have moved: factors wait for another turn
    factors = _known(value.get("factors"), offered.factors, said)
    step = plan.step("factors")
    if factors and set(factors) != set(offered.factors) and isinstance(step, FactorAnalysis):
        gone = {*offered.factors} - {*factors}
        groups = [g.model_dump(mode="json") for g in step.factors]
        fewer = [g | {"variables": [v for v in g["variables"] if v not in gone]} for g in groups]
        yield Change(f"steps.{plan.steps.index(step)}.factors", groups, [g for g in fewer if g["variables"]])


def _known(value: Any, offered: tuple[str, ...], said: list[Message]) -> list[str]:
    chosen = [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
    for name in chosen:
        if name not in offered:
            said.append(say(N_("The model named “{name}”, which nobody offered: left out."), name=name[:60]))
    return [name for name in offered if name in chosen]


def _fit(value: Any, before: str, plan: Plan, path: str, said: list[Message], longest: int) -> str | None:
    """The text where it may stand; none where not, with the reason told."""
    if not isinstance(value, str) or not value.strip():
        return None
    text = "".join(c for c in value if c in "\n\t" or unicodedata.category(c)[0] != "C").strip()
    reason = _fault(text, before, plan, longest)
    if reason is None:
        return text
    said.append(say(N_("{path}: the model's words were left out: {reason}"), path=path, reason=_(reason)))
    return None


def _fault(text: str, before: str, plan: Plan, longest: int) -> str | None:
    """Why the text may not stand; a key of the catalogue."""
    words = (*NEVER["effect" if plan.step("effect") else "association"], *BANNED)
    own = {*figures(before), *figures(plan.title), *figures(plan.question)}
    checks = (
        (len(text) > longest, N_("they are too long.")),
        (bool(set(figures(text)) - own), N_("they hold a figure of their own.")),
        (any(m[0] not in before for m in SPELT.finditer(text)), N_("they hold a figure of their own.")),
        (bool(without_personal(text)[1]), N_("they hold what looks like personal data.")),
        (CODE.search(text) is not None, N_("they hold an address or code.")),
        (any(w in text and w not in before for w in words), N_("they say more than the analysis can show.")),
        (plan.lang == "ko" and HANGUL.search(text) is None, N_("they are not in the language of the plan.")),
    )
    return next((reason for wrong, reason in checks if wrong), None)


def figures(text: str) -> list[str]:
    """Every figure of a text, in whatever script it is written.

    >>> figures("2024년 1,200건, ３곳, ½")
    ['2024', '1200', '3', '1⁄2']
    """
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", unicodedata.normalize("NFKC", text))
    return [run for run in re.findall(r"[^\s\w]?[\d⁄.]*\d|[^\W\d_]", plain) if any(c.isnumeric() for c in run)]
