"""The guard rails of a plan (점검): every finding at once, over what is run and over the words beside it.

G10 (a draft without a model always exists) is kept where drafts are made; G11 (scores hidden until closing) where
papers are judged. The rest is here.
"""

from __future__ import annotations

from sigun.catalog.guard.check import Checked, checked, findings
from sigun.catalog.guard.finding import VERDICTS, Finding, Repair, Verdict, written
from sigun.catalog.guard.mend import mended, repairs

__all__ = [
    "VERDICTS",
    "Checked",
    "Finding",
    "Repair",
    "Verdict",
    "checked",
    "findings",
    "mended",
    "repairs",
    "written",
]
