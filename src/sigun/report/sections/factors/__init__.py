"""The report of a factor analysis (요인 분석 보고서): first screen, what the panel can tell, the answer, what was tried."""

from sigun.report.blocks import Section
from sigun.report.evidence import Evidence
from sigun.report.sections.factors import answer, before, beside, box, tried
from sigun.report.sections.factors.saying import STEP
from sigun.report.sections.factors.screen import first_screen
from sigun.text import _

__all__ = ["STEP", "first_screen", "parts"]


def parts(ev: Evidence) -> tuple[Section, ...]:
    """Every part, in the order of reading; none where the step did not run or had no answer."""
    if not ev.has(STEP, "answer"):
        return ()
    also = tuple(s for s in (beside.spatial(ev), beside.learning(ev), beside.places(ev)) if s is not None)
    return (
        before.section(ev),
        answer.section(ev),
        tried.section(ev),
        *((Section("factors-beside", _("Beside the answer"), (), also),) if also else ()),
        beside.untold(ev),
        box.section(ev),
    )
