"""Sources (출처): every file with its publisher, licence, grade and hash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sigun.report.blocks import Block, Column, Section
from sigun.report.evidence import Evidence, Row
from sigun.report.laying import tabled, told
from sigun.report.wording import Sentence, listed, sentence
from sigun.text import N_, _

GRADES: Mapping[str, str] = {"C": N_("confidential"), "S": N_("sensitive"), "O": N_("public")}


def section(ev: Evidence) -> Section | None:
    """The part, where the sources are known."""
    rows = ev.rows("quality", "sources") or ev.rows("coverage", "sources")
    if not rows:
        return None
    return Section("sources", _("Sources"), (*told(_fonts()), *_table(rows)))


def _fonts() -> Sentence:
    return sentence(_("Set in Pretendard (SIL Open Font License). No picture or letter is loaded from elsewhere."))


def _table(rows: Sequence[Row]) -> tuple[Block, ...]:
    columns = (
        Column(_("Data")),
        Column(_("File")),
        Column(_("Rows"), True),
        Column(_("Publisher and source")),
        Column(_("Licence")),
        Column(_("Grade")),
        Column("SHA-256"),
    )
    cells = [
        (
            _title(r),
            _word(r, "file"),
            r.show("rows", "number", 0),
            _from(r),
            _word(r, "licence"),
            _grade(r),
            _word(r, "sha256"),
        )
        for r in rows
    ]
    foot = sentence(_("The hash tells whether a file is still the one that was used."))
    return tabled("source-files", sentence(_("Files this report is made from")), columns, cells, foot)


def _title(row: Row) -> Sentence:
    if bool(row.get("made_up")):
        return sentence(_("{title} (made up)"), title=row.show("title", "word"))
    return Sentence((row.show("title", "word"),))


def _word(row: Row, column: str) -> Sentence:
    return Sentence((row.show(column, "word"),)) if row.get(column) else Sentence(("–",))


def _from(row: Row) -> Sentence:
    owner = () if row.get("owner") == row.get("publisher") else ("owner",)
    there = [row.show(c, "word") for c in ("publisher", *owner, "source") if row.get(c)]
    return listed(there, " · ") if there else Sentence(("–",))


def _grade(row: Row) -> Sentence:
    grade = _(GRADES.get(str(row.get("grade")), "–"))
    if not row.get("approval"):
        return Sentence((grade,))
    return Sentence((grade, " · ", row.show("approval", "word")))
