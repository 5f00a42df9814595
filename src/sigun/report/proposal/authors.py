"""Who wrote a section (작성주체): rules, a language model or a person, and whether a person stands by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sigun.plan.proposal import Authorship
from sigun.report.proposal.labels import AUTHORS
from sigun.report.proposal.told import Told
from sigun.text import _

PERSON = Authorship(by="person")
"""Who wrote what nobody is named for: rules and models always say so themselves."""

OF_THE_DRAFT = ("open", "reasons")
"""Fields that nobody writes by hand."""


def mark(told: Told, fields: Iterable[str], told_by_program: bool = False) -> str:
    """`작성: 규칙·모형, AI 초안`; empty where the section says nothing."""
    written = [one for name in fields if (one := _author(told, name)) is not None]
    kinds = {one.by for one in written} | ({"rule"} if told_by_program else set())
    if not kinds:
        return ""
    said = _("by: {authors}").format(authors="·".join(_(AUTHORS[kind]) for kind in AUTHORS if kind in kinds))
    states = list(_states(written))
    return ", ".join([said, *states])


def _author(told: Told, name: str) -> Authorship | None:
    """Who wrote a field; of what is run only where somebody is named for it, of the words a person else."""
    if name not in type(told.words).model_fields:
        return told.words.by.get(name)
    usual = Authorship(by="rule") if name in OF_THE_DRAFT else PERSON
    return told.words.by.get(name, usual) if _filled(told, name) else None


def _states(written: Iterable[Authorship]) -> Iterator[str]:
    models = [one.confirmed for one in written if one.by == "model"]
    if not all(models):
        yield _("AI draft")
    elif models:
        yield _("confirmed by a person")


def drafted(told: Told) -> bool:
    """Whether a model wrote any of it and nobody has confirmed that."""
    of_words = type(told.words).model_fields
    return any(
        one.by == "model" and not one.confirmed and (name not in of_words or _filled(told, name))
        for name, one in told.words.by.items()
    )


def _filled(told: Told, name: str) -> bool:
    return bool(getattr(told.words, name) != type(told.words).model_fields[name].default)
