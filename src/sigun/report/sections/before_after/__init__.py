"""Before and after (전후비교): both changes side by side, what lies between them, and what that does not prove."""

from sigun.report.sections.before_after.answer import first_screen, summary
from sigun.report.sections.before_after.part import section
from sigun.report.sections.before_after.saying import STEP
from sigun.report.sections.before_after.tables import CHECKS

__all__ = ["CHECKS", "STEP", "first_screen", "section", "summary"]
