"""Score `sigun backtest` with the common scorer, as a user would run it.

    python benchmarks/forecast.py SHARED                      Boston, abandoned vehicles: weekly and monthly, both ways
    python benchmarks/forecast.py SHARED --only plan_parking  another plan of examples/boston

SHARED is the folder with data/ and tools/forecast_scorer. Prints one Markdown row a run, for benchmarks/README.md.
Scoring looks at 2018: log every look there.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "boston"
TASKS = {"plan": "boston_av", "plan_compare": "boston_av", "plan_parking": "boston_park"}
SPANS = {"W": ("2018-01-02", "7d"), "M": ("2018-01-01", "1mo")}
END = "2019-01-01"
SHOWN = (
    "hit@5",
    "hit@10",
    "deviance",
    "logscore",
    "bias_ratio",
    "calib_mae",
    "r_deviance",
    "r_intscore90",
    "r_cover90",
)


def main() -> None:
    """Run the plans asked for and print a row each."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("shared", type=Path)
    asked.add_argument("--only", choices=list(TASKS), action="append")
    said = asked.parse_args()
    shared = said.shared.resolve()
    print("| plan | horizon | " + " | ".join(SHOWN) + " | seconds |\n" + "|---" * (len(SHOWN) + 3) + "|")
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "boston"
        shutil.copytree(EXAMPLE, workspace)
        for plan in said.only or ["plan_compare", "plan"]:
            for frequency in SPANS:
                found, seconds = score(workspace, plan, frequency, shared)
                cells = [f"{found[name]:.4f}" if name in found else "" for name in SHOWN]
                print(f"| {plan} | {frequency} | " + " | ".join(cells) + f" | {seconds:.1f} |", flush=True)


def score(workspace: Path, plan: str, frequency: str, shared: Path) -> tuple[dict[str, Any], float]:
    """The scorer's figures for one plan, and the seconds `sigun backtest` took."""
    scorer = {**os.environ, "PYTHONPATH": str(shared / "tools" / "forecast_scorer"), "OMP_NUM_THREADS": "1"}
    task, mask, out = TASKS[plan], workspace / "mask.parquet", workspace / "predictions.parquet"
    call([sys.executable, "-m", "fcbench.export", task, str(shared), str(mask)], scorer)
    start, every = SPANS[frequency]
    command = [
        sys.executable,
        "-m",
        "sigun",
        "backtest",
        f"{plan}.yaml",
        "--from",
        start,
        "--to",
        END,
        "--every",
        every,
    ]
    began = time.perf_counter()
    call(
        [*command, "--study-area", str(mask), "--out", str(out)], {**os.environ, "SIGUN_SHARED": str(shared)}, workspace
    )
    seconds = time.perf_counter() - began
    asked = ["--city", task, "--events", str(shared), "--pred", str(out), "--freq", frequency]
    return json.loads(call([sys.executable, "-m", "fcbench.score", *asked], scorer)), seconds


def call(command: list[str], environment: dict[str, str], folder: Path | None = None) -> str:
    """What the command printed; its complaint, and the end, when it fails."""
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}\n{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
