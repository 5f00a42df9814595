"""Check a plan (계획 점검): what other checks found, then every guard rail; never an exception."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sigun.catalog.algebra import kinds_of
from sigun.catalog.guard.carried import carried
from sigun.catalog.guard.finding import VERDICTS, Finding
from sigun.catalog.match import match
from sigun.catalog.store import Catalog
from sigun.catalog.use import may_use
from sigun.errors import SigunError
from sigun.plan.as_far import as_far
from sigun.plan.model import Plan
from sigun.plan.read import Document


@dataclass(frozen=True)
class Checked:
    """The plan as far as it can be understood, and all that was found."""

    plan: Plan | None
    findings: tuple[Finding, ...]

    @property
    def rejected(self) -> tuple[SigunError, ...]:
        """What stops a run."""
        return tuple(one.problem() for one in self.findings if one.verdict == "reject")


def findings(document: Document | Any, catalog: Catalog, file: Path, today: date) -> tuple[Finding, ...]:
    """Every finding on a plan document (as read, or its values alone), the gravest first. Never raises.

    Parameters
    ----------
    file : the plan's file, as messages name it.
    today : approvals end, and periods begin, on days.
    """
    return checked(document, catalog, file, today).findings


def checked(document: Document | Any, catalog: Catalog, file: Path, today: date) -> Checked:
    """The plan, as far as it can be understood, with every finding on it."""
    document = document if isinstance(document, Document) else Document(file, document, {})
    plan, unread = as_far(document)
    kinds = {} if plan is None else kinds_of(plan, catalog)
    found = [*carried(unread, None, kinds, document.data)]
    if plan is not None:
        unfit = [*match(plan, catalog, file), *may_use(plan, catalog, file, today)]
        found += carried(unfit, plan, kinds, document.data)
    return Checked(plan, tuple(sorted(found, key=lambda one: VERDICTS.index(one.verdict))))
