"""How well and how fast data sets are found: `python benchmarks/retrieval.py [PART] [--entries 50000]`.

quality   the ten questions over the 69 entries beside the project (SIGUN_SHARED), recall@5, hit@5, MRR
own       the questions of `retrieval_questions.json`, ours, over the same entries: those the lists were mended by
later     thirty more of ours (`retrieval_later.json`), for which no list was changed
size      variations of the entries by place and year, time of a question (p50, p95), of building and of the file
cold      a fresh process opens a kept index and answers one question
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from sigun.catalog.search import Entry, Index, read_entries, search

HERE = Path(__file__).resolve().parent
GIVEN = Path(os.environ.get("SIGUN_SHARED", HERE.parents[1] / "shared")) / "reference" / "retrieval"
PLACES = [
    "수원",
    "성남",
    "고양",
    "용인",
    "부천",
    "안산",
    "안양",
    "화성",
    "평택",
    "의정부",
    "시흥",
    "파주",
    "광명",
    "김포",
    "군포",
    "이천",
]
FIRST_QUESTION = "할머니 할아버지를 모실 요양시설이 부족한 동네를 찾고 싶다"
COLD = """
import time; begun = time.perf_counter()
import sys; from pathlib import Path
from sigun.catalog.search import Index, search
hits = search(Index.open(Path(sys.argv[1])), sys.argv[2], 5)
print(time.perf_counter() - begun, len(hits))
"""


def measured(questions: list[dict[str, object]], index: Index) -> None:
    """One line a question that misses something, and the three measures."""
    recall, hit, rank = [], [], []
    for asked in questions:
        found = [h.entry.id for h in search(index, str(asked["question"]), 10)]
        core = list(asked["core"])  # type: ignore[call-overload]
        there = [name for name in core if name in found[:5]]
        recall.append(len(there) / len(core))
        hit.append(bool(there))
        rank.append(next((1 / at for at, name in enumerate(found, 1) if name in core), 0.0))
        if len(there) < len(core):
            print(asked["id"], asked["question"], "| lacks", ", ".join(sorted(set(core) - set(there))))
    told = [statistics.mean(values) for values in (recall, hit, rank)]
    print(f"{len(questions)} questions: recall@5 {told[0]:.3f}, hit@5 {told[1]:.3f}, MRR {told[2]:.3f}")


def many(entries: tuple[Entry, ...], wanted: int) -> list[Entry]:
    """Each entry again for other places and years until there are so many."""
    out = []
    for at in range(wanted):
        entry, turn = entries[at % len(entries)], at // len(entries)
        place, year = PLACES[turn % len(PLACES)], 1990 + turn // len(PLACES)
        out.append(replace(entry, id=f"{entry.id}-{turn}", title=f"{place}시 {entry.title} {year}년"))
    return out


def size(wanted: int, folder: Path) -> Path:
    """Time of questions over many entries."""
    entries = many(read_entries(GIVEN / "catalog.json"), wanted)
    file = folder / "search.sqlite"
    begun = time.perf_counter()
    Index.build(entries, file).close()
    print(f"{wanted} entries: built in {time.perf_counter() - begun:.1f} s, file {file.stat().st_size / 1e6:.0f} MB")
    asked = [q["question"] for name in ("questions.json",) for q in json.loads((GIVEN / name).read_text("utf-8"))]
    asked += [q["question"] for q in json.loads((HERE / "retrieval_questions.json").read_text("utf-8"))]
    index = Index.open(file)
    times = []
    for question in asked:  # each for the first time
        begun = time.perf_counter()
        search(index, question, 5)
        times.append(time.perf_counter() - begun)
    index.close()
    ordered = sorted(times)
    p95 = ordered[int(0.95 * len(ordered))]
    print(f"{len(asked)} questions: p50 {1000 * statistics.median(times):.0f} ms, p95 {1000 * p95:.0f} ms, "
          f"longest {1000 * ordered[-1]:.0f} ms")  # fmt: skip
    return file


def cold(file: Path) -> None:
    """Opening and the first answer in a process of its own, start of Python not counted; five times."""
    words = [sys.executable, "-c", COLD, str(file), FIRST_QUESTION]
    told = [subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()[0] for _ in range(5)]
    print("cold start:", ", ".join(f"{float(t):.2f}" for t in told), "s")


def main() -> None:
    """The parts that are asked for."""
    reader = argparse.ArgumentParser()
    reader.add_argument("part", nargs="?", default="all", choices=("all", "quality", "own", "later", "size", "cold"))
    reader.add_argument("--entries", type=int, default=50_000)
    said = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        index = Index.build(read_entries(GIVEN / "catalog.json"))
        if said.part in ("all", "quality"):
            measured(json.loads((GIVEN / "questions.json").read_text("utf-8")), index)
        if said.part in ("all", "own"):
            measured(json.loads((HERE / "retrieval_questions.json").read_text("utf-8")), index)
        if said.part in ("all", "later"):
            measured(json.loads((HERE / "retrieval_later.json").read_text("utf-8")), index)
        if said.part in ("all", "size", "cold"):
            cold(size(said.entries, Path(folder)))


if __name__ == "__main__":
    main()
