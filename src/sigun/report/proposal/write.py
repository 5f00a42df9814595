"""A 기획안 in the formats it is handed over in (기획안 쓰기): HTML, DOCX, HWPX, PDF, each with the plan inside."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sigun.catalog.card import Card
from sigun.catalog.store import Catalog
from sigun.errors import PlanError
from sigun.plan.carried import PLAN, WORDS, digest, visible
from sigun.plan.model import Plan
from sigun.plan.write import plan_yaml
from sigun.report.blocks import Outline
from sigun.report.proposal.outline import proposal_outline
from sigun.report.proposal.told import CardFacts
from sigun.result import write_atomically
from sigun.text import Language, _

FORMATS = ("html", "docx", "hwpx", "pdf")


def write_proposal(plan: Plan, catalog: Catalog | None, to: str, out: Path, lang: Language | None = None) -> Path:
    """Write the plan's 기획안, in the plan's language unless said; the file, its name ending as its format does.

    The plan itself goes into it, and what its words were: whoever changes the words alone is told so later.

    Raises
    ------
    PlanError
        There is no such format.
    """
    if to not in FORMATS:
        raise PlanError(
            _("There is no format “{to}”.").format(to=to),
            "--to",
            _("Formats: {names}").format(names=", ".join(FORMATS)),
        )
    facts = {name: facts_of(card) for name, card in catalog.cards.items()} if catalog else {}
    whole = proposal_outline(plan, facts, lang or plan.lang)
    out = out if out.suffix.lower() == f".{to}" else out.with_name(f"{out.name}.{to}")
    out.parent.mkdir(parents=True, exist_ok=True)
    inside = {PLAN: plan_yaml(plan).encode("utf-8")}
    _write(whole, to, out, inside)
    if to == "pdf":  # nobody edits the words of a PDF
        return out
    words = digest(visible(out, PlanError)).encode("ascii")
    return _write(whole, to, out, {**inside, WORDS: words})


def facts_of(card: Card) -> CardFacts:
    """What a 기획안 says of a card."""
    return CardFacts(
        title=card.title,
        owner=card.owner or card.publisher,
        grade=card.grade,
        approval=str(card.approval or ""),
        columns={column.id: column.title or column.name for column in card.fields if column.id},
        made_up=card.made_up,
    )


def _write(whole: Outline, to: str, out: Path, inside: Mapping[str, bytes]) -> Path:
    """One format; what it needs is imported when it is asked for."""
    if to == "docx":
        from sigun.report.office.docx import write_docx

        return write_docx(whole, out, inside)
    if to == "hwpx":
        from sigun.report.office.hwpx import write_hwpx

        return write_hwpx(whole, out, inside)
    if to == "pdf":
        from sigun.report.paper.pdf import write_pdf

        return write_pdf(whole, out, inside)
    from sigun.report.html import laid

    write_atomically(out, laid(whole, "proposal.html", inside))
    return out
