"""Dirty statistical tables, made up, taken in as a user would: how many are read right, refused, or silently wrong.

    python benchmarks/dirty_files.py --files 1000 --workers 2
    python benchmarks/dirty_files.py --only 17          one file, its messes and what became of it
    python benchmarks/dirty_files.py --child            each parse in a process of its own, as a user's is

Every proposal is accepted unseen. Prints a Markdown table for benchmarks/README.md, then every file not read right.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from functools import partial
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from dirty_faults import FAULTS
from dirty_judge import Verdict, judge, parsed_here
from dirty_messes import MESSES
from dirty_tables import LAYOUTS, Dirty, make


def one(seed: int, keep: Path | None = None, child: bool = False) -> tuple[int, Dirty, Verdict]:
    """Make a file, take it in, judge it."""
    with tempfile.TemporaryDirectory() as folder, nullcontext() if child else parsed_here():
        dirty = make(keep or Path(folder), seed)
        return seed, dirty, judge(dirty, Path(folder) / "workspace")


def main() -> None:
    """Print the counts and the files that were not read right."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--files", type=int, default=1000)
    asked.add_argument("--first", type=int, default=0)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--only", type=int)
    asked.add_argument("--child", action="store_true")
    asked.add_argument("--keep", type=Path, help="folder the files are left in")
    said = asked.parse_args()
    started = time.perf_counter()
    seeds = [said.only] if said.only is not None else range(said.first, said.first + said.files)
    with ProcessPoolExecutor(said.workers, get_context("spawn")) as pool:
        done = list(pool.map(partial(one, keep=said.keep, child=said.child), seeds, chunksize=8))
    words = Counter((bool(dirty.fault), verdict.word) for _, dirty, verdict in done)
    print(
        f"{len(done)} files, {len(MESSES)} kinds of mess, {len(FAULTS)} of fault, {len(LAYOUTS)} layouts, "
        f"{time.perf_counter() - started:.0f} s"
    )
    print("| files | right | refused | silently wrong |\n|---|---|---|---|")
    for fault, name in ((False, "to be read"), (True, "to be refused")):
        print(f"| {name} | " + " | ".join(str(words[fault, w]) for w in ("right", "refused", "wrong")) + " |")
    for seed, dirty, verdict in done:
        if verdict.word == "wrong" or (verdict.word == "refused" and dirty.fault is None):
            print(f"{seed} {verdict.word} {dirty.layout} {'+'.join(dirty.messes)} {dirty.fault or ''}: {verdict.why}")


if __name__ == "__main__":
    main()
