"""The sentence as it may be kept (문장 남기기): without persons, abuse or length; what was done to it is said."""

from __future__ import annotations

import re
from pathlib import Path

from sigun.catalog.guard.texts import order_or_code
from sigun.catalog.search.sentence import LONGEST, shown
from sigun.ingest.personal import LABELS, without_personal
from sigun.text import N_, Message, say


def shipped(name: str) -> frozenset[str]:
    """The words of a list that ships with the program."""
    return frozenset((Path(__file__).parent / "lists" / name).read_text(encoding="utf-8").split())


HIDDEN = "○○○"  # stands for a name or a number of a person
KEPT = 600  # characters of a sentence that go into the 기획안
PERSON = re.compile(
    r"(?<![가-힣])(?P<name>[김이박최정강조윤장임한오서신권황안송전홍유고문양손배백허남심노하곽성차주우구민류진지엄채원천방공현함변염"
    r"여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용][가-힣]{1,2})\s?(?P<after>씨|님|양의|군의)(?![가-힣]*(?:앗|름))"
)
"""A name before 씨 or 님: family names of Korea, and one or two syllables."""
NOT_NAMES = shipped("not_names.txt")
ABUSE = re.compile(
    r"시발|씨발|ㅅㅂ|병신|ㅂㅅ|개새끼|새끼|좆|지랄|꺼져|미친\s?놈|멍청|fuck|shit\b|bitch|asshole|idiot", re.IGNORECASE
)


def kept_of(sentence: str) -> tuple[str, tuple[Message, ...]]:
    """The sentence as it may be kept, and what was done to it."""
    said: list[Message] = []
    clean = shown(sentence[: LONGEST * 2])
    cut, kinds = without_persons(clean)
    if kinds:
        cut_out = N_("Personal data in the sentence ({kind}) were cut out before it was kept.")
        said += [say(cut_out, kind=kind) for kind in kinds]
    if len(sentence) > KEPT:
        said.append(say(N_("The sentence is long: its first {n} characters are kept and read."), n=KEPT))
        cut = cut[:KEPT].rstrip()
    orders = order_or_code(cut)
    if orders:
        odd = N_(
            "The sentence holds words that look like an instruction to a program (“{said}”): they are text, no order."
        )
        said.append(say(odd, said=orders))
    if ABUSE.search(cut):
        said.append(say(N_("The sentence holds abusive words: they are passed over, and do not go into the document.")))
        cut = " ".join(ABUSE.sub("○○", cut).split())
    return cut, tuple(said)


def without_persons(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without names before 씨 and 님, telephone numbers, plates, residents' numbers; and the kinds it held.

    >>> without_persons("김철수 씨 차 12가3456 좀 치워 주세요")[0]
    '○○○ 씨 차 ○○○ 좀 치워 주세요'
    """
    text, held = without_personal(text, HIDDEN)
    cut = PERSON.sub(
        lambda found: found[0] if found["name"] in NOT_NAMES else found[0].replace(found["name"], HIDDEN), text
    )
    kinds = (*held, "name") if cut != text else held
    return cut, tuple(LABELS[kind] for kind in kinds)
