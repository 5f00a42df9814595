"""The page of the 기획안 and the file agree: every field is told in both languages, and its example is a plan."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sigun.plan import read_plan
from sigun.plan.proposal import Proposal
from sigun.plan.write import plan_yaml

PAGES = [Path(__file__).resolve().parents[2] / "docs/reference" / name for name in ("proposal.md", "proposal.ko.md")]


@pytest.mark.parametrize("page", PAGES, ids=["en", "ko"])
def test_every_field_is_told(page: Path) -> None:
    rows = [line.split("|")[1] for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    told = {name for row in rows for name in re.findall(r"`([a-z]+)`", row)}
    assert set(Proposal.model_fields) - told == set()


def test_the_example_is_a_plan_written_as_we_write_it(tmp_path: Path) -> None:
    found = re.search(r"```yaml\n(# 기획안.*?)```", PAGES[0].read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    (tmp_path / "plan.yaml").write_text(found[1], encoding="utf-8")
    assert plan_yaml(read_plan(tmp_path / "plan.yaml")) == found[1]
