"""Every file is opened in a stated encoding: a Korean Windows has another default than this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import sigun
from workspaces import copied_demo

PACKAGE = Path(sigun.__file__).parent

STEPS = ("{method: quality}", "{method: trend}", "{method: forecast}", "{method: patrol}")


def test_the_street_never_leaves_an_encoding_to_the_machine(demo_workspace: Path, tmp_path: Path) -> None:
    plan = copied_demo(demo_workspace, tmp_path / "ws", STEPS)
    watched = ("-X", "warn_default_encoding", "-W", "always::EncodingWarning")
    done = subprocess.run(
        [sys.executable, *watched, "-m", "sigun", "run", str(plan)],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = [line for line in done.stderr.splitlines() if "EncodingWarning" in line]
    assert [line for line in said if str(PACKAGE) in line] == []  # matplotlib writes its font list so, in ASCII
