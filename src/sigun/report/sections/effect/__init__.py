"""The effect of a policy (정책효과): what may be said, by which design, and what could not be answered."""

from sigun.report.sections.effect.answer import first_screen, in_brief, summary
from sigun.report.sections.effect.part import section
from sigun.report.sections.effect.saying import DESIGNS, STEP
from sigun.report.sections.effect.tables import CHECKS, WAYS

__all__ = ["CHECKS", "DESIGNS", "STEP", "WAYS", "first_screen", "in_brief", "section", "summary"]
