"""Workspaces for tests: the demo's or Boston's, copied, with a plan of few steps. What is copied may be changed."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
QUICK = ("{method: quality}", "{method: trend}", "{method: rhythm}")


def copied_demo(demo_workspace: Path, target: Path, steps: tuple[str, ...] = QUICK) -> Path:
    """The demo's workspace without its runs, its plan cut down to these steps; the plan."""
    shutil.copytree(demo_workspace, target, ignore=shutil.ignore_patterns("runs"))
    plan = target / "plans" / "vehicles.yaml"
    with_steps(plan, steps)
    return plan


def with_steps(plan: Path, steps: tuple[str, ...]) -> None:
    """Only these steps stay in the plan."""
    head = plan.read_text(encoding="utf-8").split("steps:")[0]
    plan.write_text(head + "steps:\n" + "".join(f"  - {step}\n" for step in steps), encoding="utf-8")


def copied_boston(target: Path, sources: Path) -> Path:
    """The Boston example as a workspace of its own, its files looked up in `sources`; the workspace."""
    leave = shutil.ignore_patterns("data", "runs", ".sigun")
    shutil.copytree(ROOT / "examples" / "boston", target, ignore=leave)
    mark = target / "sigun.toml"
    mark.write_text(f"[sources]\nfolder = {json.dumps(sources.as_posix())}\n", encoding="utf-8")
    return target


def edited(plan: Path, old: str, new: str) -> None:
    """Put `new` in the place of the pattern `old`, which must be there."""
    text, n = re.subn(old, lambda _found: new, plan.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    assert n == 1, f"{old} is not in {plan}"
    plan.write_text(text, encoding="utf-8")


def manifest(report: Path) -> dict[str, Any]:
    """What the run of that report was made from."""
    found: dict[str, Any] = json.loads((report.parent / "manifest.json").read_text(encoding="utf-8"))
    return found
