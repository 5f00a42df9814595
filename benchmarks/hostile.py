"""Hostile files to the program: is it alive, and is each refused or read in 10 s and 1 GiB?

    python benchmarks/hostile.py                 300 files; takes some minutes and 2 GB of disk
    python benchmarks/hostile.py --files 40 --size 0.02

Each file is added to a workspace (`sigun data add`, in this process, which starts the child that parses). Prints a row
a kind of file: how many were refused and read, the longest, the most memory of the child and of the program; at the
end what broke a limit.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from sigun.errors import SigunError
from sigun.settings import lay_workspace

SECONDS, BYTES = 10.0, 1 << 30
MAKER = Path(__file__).with_name("hostile_files.py")


@dataclass
class Kind:
    """What became of the files of one kind."""

    refused: int = 0
    read: int = 0
    longest: float = 0.0  # seconds of the processor, the child's included: other work on the machine does not count
    wall: float = 0.0
    child: int = 0
    own: int = 0
    said: set[str] = field(default_factory=set)


def main() -> None:
    """Print a row a kind; exit 1 where a limit was broken or the program fell."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--files", type=int, default=300)
    asked.add_argument("--size", type=float, default=1.0)
    asked.add_argument("--first", type=int, default=0)
    said = asked.parse_args()
    kinds: dict[str, Kind] = {}
    broken: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        for number in range(said.first, said.first + said.files):
            maker = [sys.executable, str(MAKER), str(number), str(said.size), scratch]
            kind, name = subprocess.run(maker, capture_output=True, check=True, text=True).stdout.split("\t")
            for told in try_one(kinds.setdefault(kind, Kind()), Path(scratch), name):
                print(told, file=sys.stderr, flush=True)
                broken.append(told)
    print("| file | refused | read | processor s | clock s | child MB | program MB | said |")
    print("|---" * 8 + "|")
    for kind, told in kinds.items():
        numbers = f"{told.longest:.1f} | {told.wall:.1f} | {told.child >> 20} | {told.own >> 20}"
        print(f"| {kind} | {told.refused} | {told.read} | {numbers} | {' / '.join(sorted(told.said))[:160]} |")
    most = max(k.child for k in kinds.values()) >> 20
    print(f"\nrefused {sum(k.refused for k in kinds.values())}, read {sum(k.read for k in kinds.values())};",
          f"longest {max(k.longest for k in kinds.values()):.1f} s of the processor; any child at most {most} MB;",
          f"the program {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB")  # fmt: skip
    print("\n".join(broken) or "no limit broken")
    sys.exit(bool(broken))


def try_one(told: Kind, scratch: Path, name: str) -> Iterator[str]:
    """Add one file to a workspace of its own."""
    from sigun.catalog.add import add_files

    path = scratch / name
    workspace = lay_workspace(scratch / "ws" / name)
    before = psutil.Process().memory_info().rss
    with watched() as peak:
        began, used = time.perf_counter(), sum(os.times()[:4])
        try:
            add_files(workspace, [path])
            told.read += 1
        except SigunError as refused:
            told.refused += 1
            told.said.add(refused.what.split(":")[0][:70])
        except Exception as fallen:  # noqa: BLE001 - the very thing that is looked for
            yield f"FELL {name}: {type(fallen).__name__}: {str(fallen)[:200]}"
        wall, seconds = time.perf_counter() - began, sum(os.times()[:4]) - used
    path.unlink()
    told.longest, told.child = max(told.longest, seconds), max(told.child, peak[0])
    told.wall = max(told.wall, wall)
    told.own = max(told.own, peak[1] - before)
    if seconds > SECONDS or peak[0] > BYTES or peak[1] - before > BYTES:
        memory = f"child {peak[0] >> 20} MB, program +{(peak[1] - before) >> 20} MB"
        yield f"OVER {name}: {seconds:.1f} s ({wall:.1f} by the clock), {memory}"


@contextmanager
def watched() -> Iterator[list[int]]:
    """The most memory of any child, and of the program itself, looked at every few milliseconds."""
    peak, done = [0, 0], threading.Event()

    def look() -> None:
        me = psutil.Process()
        while not done.wait(0.005):
            peak[1] = max(peak[1], me.memory_info().rss)
            for child in me.children():
                try:
                    peak[0] = max(peak[0], child.memory_info().rss)
                except psutil.Error:
                    continue

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield peak
    finally:
        done.set()
        watcher.join()


if __name__ == "__main__":
    main()
