"""Words no form expects, and far too many of them: every format is written, and the plan comes back as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from proposals import VEHICLES
from sigun.errors import PlanError
from sigun.plan import Plan, read_plan
from sigun.plan.drift import drift
from sigun.report.proposal.write import FORMATS, write_proposal

ODD = (
    "가\x00나\x07\u202e다\ufeff\u2028라 <b>&amp; {x} {{ y }} $a_1$ #let 🚗 漢字 \\ `*_~ ]]>"
    " ـعـ \U0001f468\u200d\U0001f469"
)
LONG = ("긴 글을 적습니다. " * 190)[:2000]


def odd() -> Plan:
    """Odd words wherever words may stand."""
    words = {
        "sentence": ODD,
        "org": ODD,
        "team": [ODD, "=1+1"],
        "background": f"{ODD}\n\n  {ODD}",
        "questions": [ODD],
        "hypotheses": [{"variable": ODD, "reason": ODD}],
        "lacking": [{"role": "cause", "what": ODD, "where": "@x"}],
        "effects": [{"indicator": ODD}],
        "schedule": [{"what": ODD, "when": ODD}],
        "risks": [{"what": ODD}],
        "open": [{"asks": ODD}],
    }
    return Plan.model_validate({**VEHICLES, "title": ODD, "question": ODD, "proposal": words})


def large() -> Plan:
    """As much of everything as a plan may hold, or nearly."""
    words = {
        "background": LONG,
        "problem": "가" * 2000,
        "questions": ["가나다 " * 100] * 30,
        "hypotheses": [{"variable": "가" * 400, "reason": "나 " * 200}] * 60,
        "effects": [{"indicator": "가" * 400, "goal": "나" * 400}] * 30,
        "reasons": [{"path": "steps.1", "said": f"{n} " + "이유 " * 100} for n in range(120)],
    }
    return Plan.model_validate({**VEHICLES, "proposal": words})


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize("plan", [odd(), large()], ids=["odd", "large"])
def test_every_format_is_written_and_read_back(plan: Plan, to: str, tmp_path: Path) -> None:
    file = write_proposal(plan, None, to, tmp_path / f"plan.{to}")
    assert read_plan(file) == plan
    assert drift(file, plan, PlanError) is None
