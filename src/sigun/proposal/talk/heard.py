"""What is said and is no wish (바람이 아닌 말): a question why, and what no plan may do with persons."""

from __future__ import annotations

import re

from sigun.catalog.search.sentence import tight_of
from sigun.plan.model import Plan
from sigun.plan.proposal import Proposal
from sigun.proposal.draft.asked import Asked
from sigun.proposal.draft.refuse import why_refused
from sigun.text import N_, Message, say

WHY = re.compile(
    r"^\s*(?:왜|어째서)(?=\s|$)|(?:이유|까닭)(?:가|는|은)?\s?(?:뭐|무엇|뭔|궁금|\?)|^\s*why\b", re.IGNORECASE
)
PERSONAL = re.compile(
    r"(?P<what>이름|성명|연락처|전화\s?번호|주민\s?(?:등록)?\s?번호|차량\s?번호|집\s?주소|생년월일)\S{0,3}\s.{0,14}?"
    r"(?:넣|추가|포함|보이|보여|표시|공개|적어|싣)"
)
TOLD = 3  # reasons of one answer


def forbidden(asked: Asked) -> Message | None:
    """Why nothing of the kind is done; none where it may be."""
    shown = PERSONAL.search(asked.sentence)
    if shown is not None:
        return say(
            N_("Personal data (“{what}”) are in no plan and in no result: ask by area, kind or period instead."),
            what=shown["what"],
        )
    return why_refused(asked)


def reasons(plan: Plan, text: str) -> tuple[Message, ...]:
    """The reasons of the choices a question is about; of the first ones where it names none."""
    kept = list(dict.fromkeys(one.said for one in (plan.proposal or Proposal()).reasons))
    if not kept:
        return (say(N_("The plan keeps no reasons for its choices.")),)
    near = sorted(kept, key=lambda said: -len(_pairs(said) & _pairs(text)))
    about = [said for said in near if _pairs(said) & _pairs(text)]
    return tuple(say(N_("Why: {reason}"), reason=said) for said in (about or kept)[:TOLD])


def _pairs(text: str) -> set[str]:
    """Every two syllables that follow one another."""
    tight = tight_of(text)
    return {tight[i : i + 2] for i in range(len(tight) - 1)}
