"""Whether a report says only what is so (요인 분석의 말): 200 made-up panels whose truth is known, read by program.

    python -m benchmarks.factors_words --workers 2           the table of benchmarks/README.md
    python -m benchmarks.factors_words --share 0.1 --seed 7  a tenth of each world

Every panel goes the way of a user: a table, `data add`, a plan, a run, the report in Korean, every tenth in English
too. The worlds stand in tests/words_worlds.py, how a page is read in tests/words_page.py. Judged is

- that no sentence names a cause but where a policy's design passed its checks, and that those are right;
- that every direction told (inside regions, between them, of a policy) is that of the truth; a direction told of what
  has none is wrong;
- that words, figures and tables of the run point the same way;
- and by the way, how often 95 % intervals hold the truth.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pandas as pd
import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from sigun.catalog.add import add_files
from sigun.report.finished import read_run
from sigun.report.write import write_report
from sigun.result import Result
from sigun.run import run
from sigun.settings import open_workspace
from words_page import POLICY, Said, directed, looked, named_causes, read, sign_of
from words_worlds import OUTCOME, TITLES, WORLDS, Truth, World

Place = tuple[str, str]  # factor (or "policy"), where it was looked: within, between, pooled, course, effect
ENGLISH = 10  # every tenth


@dataclass
class Judged:
    """What was seen on one panel."""

    world: str
    number: int
    signs: dict[Place, tuple[int, int]] = field(default_factory=dict)  # told, true
    causes: list[str] = field(default_factory=list)  # sentences that name a cause where no design carries it
    unlike: list[str] = field(default_factory=list)  # words, figures and tables that differ
    verdicts: Counter[str] = field(default_factory=Counter)
    holds: tuple[int, int, int] = (0, 0, 0)  # said, false, true ones that there were
    unwarned: int = 0  # held without a warning where the outcome moves the factor
    held: dict[str, tuple[int, int]] = field(default_factory=dict)  # estimator -> intervals that hold the truth, of
    policy: tuple[str, int] | None = None  # verdict, true sign
    crash: str = ""
    seconds: float = 0.0


def judged(job: tuple[str, int, int], keep: Path | None = None) -> Judged:
    """One panel made, run, read and judged; runs that are kept are read anew, not run again."""
    name, seed, number = job
    found, start = Judged(name, number), time.perf_counter()
    place = list(WORLDS).index(name)
    made = WORLDS[name][1](np.random.default_rng([seed, place, number]))
    try:
        with tempfile.TemporaryDirectory() as folder:
            into = Path(folder) / "w" if keep is None else keep / f"{seed}-{place}-{number}"
            _judge(found, made, into, english=(place + number) % ENGLISH == 0)
    except Exception:  # noqa: BLE001 - a crash is a finding of this benchmark
        found.crash = traceback.format_exc(limit=-3)
    found.seconds = time.perf_counter() - start
    return found


def _judge(found: Judged, made: World, folder: Path, english: bool) -> None:
    report = run(_workspace(folder, made))
    results = read_run(report.parent).results
    pages = [read(report.read_text(encoding="utf-8"))]
    if english:
        pages.append(read(write_report(report.parent, "en").read_text(encoding="utf-8")))
    answers = results["factors"].tables["answer"].to_dict("records") if "factors" in results else []
    _of_factors(found, made, answers, pages)
    if made.effect is not None:
        _of_policy(found, made.effect, results["effect"].tables["designs"], pages)
    carried = found.policy is not None and found.policy[0] != "not_answerable"
    for said in (s for page in pages for s in named_causes(page)):
        if not (carried and said.part in ("summary", "effect") and POLICY.search(said.text)):
            found.causes.append(f"[{said.part}] {said.text}")
    if "factors" in results:
        _intervals(found, made, results["factors"])


def _workspace(folder: Path, made: World) -> Path:
    """A workspace as `sigun data add` leaves it, with titles and roles as a person would confirm; the plan in it."""
    file = folder / "plan.yaml"
    if file.exists():
        return file
    folder.mkdir(parents=True)
    (folder / "sigun.toml").write_text('[sources]\nfolder = "."\n', encoding="utf-8")
    raw = folder / "table.csv"
    made.table.to_csv(raw, index=False, encoding="utf-8")
    add_files(open_workspace(folder), [raw])
    card = folder / "catalog" / "table.yaml"
    told = yaml.safe_load(card.read_text(encoding="utf-8"))
    for column in told["fields"]:
        if column["name"] in TITLES:
            column["title"] = TITLES[column["name"]]
        if column["name"] in made.moved:
            column["moved_by"] = [OUTCOME]
    card.write_text(yaml.safe_dump(told, allow_unicode=True, sort_keys=False), encoding="utf-8")
    panel: dict[str, object] = {"unit": "own"}
    if made.neighbours:
        (folder / "made.gal").write_text(made.neighbours, encoding="utf-8")
        panel["neighbours"] = {"file": "made.gal"}
    panel["variables"] = [{"id": c, "table": "table"} for c in made.table.columns if c not in ("region", "year")]
    plan = {
        "schema_version": 1,
        "id": "words",
        "title": "만든 자료",
        "question": "무엇이 함께 움직이는가",
        "lang": "ko",
    }
    plan |= {"data": {"tables": ["table"]}, "panel": panel, "steps": [{"method": "coverage"}, *made.steps]}
    file.write_text(yaml.safe_dump(plan, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return file


def _of_factors(
    found: Judged, made: World, answers: Sequence[Mapping[str, object]], pages: Sequence[tuple[Said, ...]]
) -> None:
    told = {place: sign for row in answers for place, sign in _told(row)}
    for (factor, where), sign in told.items():
        found.signs[factor, where] = (sign, _true(made.factors[factor], where))
    for page in pages:
        _against_tables(found, page, told, {str(r["term"]): r for r in answers})
    found.verdicts.update(str(row["verdict"]) for row in answers)
    holds = {str(r["term"]) for r in answers if r["verdict"] == "holds"}
    real = {name for name, truth in made.factors.items() if truth.within and truth.directed}
    wrong = {name for name in holds if not made.factors[name].within or not made.factors[name].testable}
    found.holds = (len(holds), len(wrong), len(real))
    undirected = [n for n in holds if not made.factors[n].directed]
    warned = {n for s in pages[0] if s.part == "summary" and "방향을 읽지 않는" in s.text for n in s.factors()}
    found.unwarned = sum(n not in warned for n in undirected)


def _told(row: Mapping[str, object]) -> Iterator[tuple[Place, int]]:
    """The directions the answer's row tells."""
    factor, verdict, estimator = str(row["term"]), row["verdict"], str(row["estimator"])
    inside = "between" if pd.isna(row["within_twoway"]) else "pooled" if estimator == "pooled" else "within"
    if verdict == "holds":
        yield (factor, inside), _sign(row["effect"])
    if verdict == "between_only":
        yield (factor, "between"), _sign(row["effect"] if inside == "between" else row["between"])
    if verdict == "unstable" and _gone(row):
        yield (factor, "course"), _sign(row["within_region"])
    if row["signs_differ"]:
        yield (factor, "between"), _sign(row["between"])
        yield (factor, "within"), _sign(row["effect"])


def _gone(row: Mapping[str, object]) -> bool:
    before = float(row["within_region_low"]) * float(row["within_region_high"])  # type: ignore[arg-type]
    return before > 0 >= float(row["low"]) * float(row["high"])  # type: ignore[arg-type]


def _true(truth: Truth, where: str) -> int:
    if not truth.testable:
        return 0
    return {"within": truth.within, "between": truth.between, "course": truth.course or truth.within}.get(where, 0)


def _against_tables(
    found: Judged, page: Iterable[Said], told: Mapping[Place, int], answers: Mapping[str, Mapping[str, object]]
) -> None:
    """Every direction the page tells must be one the run's tables tell, and every one of these must stand there."""
    seen: set[Place] = set()
    for said in (s for s in page if s.part == "summary" or s.part.startswith("factors")):
        for factor in said.factors():
            place, figure = (factor, looked(said)), said.value("effect", factor)
            way = directed(said) or _by_figure(said, factor)
            if directed(said) and figure is not None and sign_of(figure) != way:
                found.unlike.append(f"words and figure differ: {said.text}")
            if way and told.get(place) != way:
                found.unlike.append(f"{place} {way:+d} is not told by the tables: {said.text}")
            seen |= {place} if way else set()
    for place in told.keys() - seen:
        if place[1] != "course" and not answers[place[0]]["signs_differ"]:
            found.unlike.append(f"{place} stands in no sentence")
    opposite = [s for s in page if "부호가 반대인 요인: " in s.text or "opposite signs: " in s.text]
    differ = {TITLES[f] for f, row in answers.items() if row["signs_differ"]}
    for said in opposite:
        named = {title for title in TITLES.values() if title in said.text}
        if named != differ:
            found.unlike.append(f"a picture's words name {sorted(named)} as opposite, the tables {sorted(differ)}")


def _by_figure(said: Said, factor: str) -> int:
    """The direction of a sentence that leaves it to its figure: differences between regions only."""
    figure = said.value("between", factor) or said.value("effect", factor)
    return sign_of(figure) if figure is not None and looked(said) == "between" else 0


def _of_policy(found: Judged, truth: int, designs: pd.DataFrame, pages: Sequence[tuple[Said, ...]]) -> None:
    main = designs[designs["main"]]
    verdict = str(main["verdict"].iloc[0]) if len(main) else "not_answerable"
    found.policy = (verdict, truth)
    way = {"raised": 1, "lowered": -1}.get(verdict, 0)
    if way:
        found.signs["policy", "effect"] = (way, truth)
    for page in pages:
        ways = {directed(s) for s in page if s.part in ("summary", "effect") and s.value("effect") is not None}
        if ways - {0} != {way} - {0}:
            found.unlike.append(f"policy: the page tells {sorted(ways)}, the tables {way}")
    for said in (s for page in pages for s in page if s.value("effect") is not None and directed(s)):
        if sign_of(said.value("effect")) != directed(said):  # type: ignore[arg-type]
            found.unlike.append(f"words and figure differ: {said.text}")


def _intervals(found: Judged, made: World, result: Result) -> None:
    for row in result.tables["estimates"].to_dict("records"):
        truth = made.factors.get(str(row["term"]))
        if truth is None or row["estimator"] not in truth.exact or pd.isna(row["low"]):
            continue
        inside = row["low"] <= truth.exact[row["estimator"]] <= row["high"]
        hit, of = found.held.get(row["estimator"], (0, 0))
        found.held[row["estimator"]] = (hit + bool(inside), of + 1)


def _sign(value: object) -> int:
    return 1 if float(value) > 0 else -1  # type: ignore[arg-type]


def told(all_: Sequence[Judged]) -> None:
    """The table, then whatever was wrong."""
    heads = ("panels", "told", "right", "holds", "false", "true", "causes", "unlike")
    print(f"{'world':30}" + "".join(f"{head:>7}" for head in heads) + "  verdicts")
    for name in WORLDS:
        mine = [j for j in all_ if j.world == name]
        if not mine:
            continue
        ways = [pair for j in mine for pair in j.signs.values()]
        counts: Counter[str] = sum((j.verdicts for j in mine), Counter())
        counts.update(f"policy {j.policy[0]}" for j in mine if j.policy)
        figures = (
            *(len(mine), len(ways), sum(a == b for a, b in ways), *(sum(j.holds[i] for j in mine) for i in range(3))),
            *(sum(len(j.causes) for j in mine), sum(len(j.unlike) for j in mine)),
        )
        print(f"{name:30}" + "".join(f"{n:7}" for n in figures) + f"  {dict(sorted(counts.items()))}")
    _summed(all_)


def _summed(all_: Sequence[Judged]) -> None:
    ways = [(place[1], pair) for j in all_ for place, pair in j.signs.items()]
    for where in sorted({w for w, _pair in ways}):
        mine = [pair for w, pair in ways if w == where]
        print(f"  {where}: {sum(a == b for a, b in mine)} of {len(mine)} right")
    right = sum(a == b for _w, (a, b) in ways)
    print(f"directions told {len(ways)}, right {right} ({right / max(1, len(ways)):.3f})")
    print(f"panels with a cause named {sum(bool(j.causes) for j in all_)} of {len(all_)}")
    print(
        f"holds {sum(j.holds[0] for j in all_)}, false {sum(j.holds[1] for j in all_)}; "
        f"reverse without a warning {sum(j.unwarned for j in all_)}"
    )
    for estimator in sorted({e for j in all_ for e in j.held}):
        hit, of = (sum(j.held.get(estimator, (0, 0))[i] for j in all_) for i in (0, 1))
        print(f"intervals {estimator}: {hit} of {of} hold the truth ({hit / of:.3f})")
    print(f"seconds a panel {np.mean([j.seconds for j in all_]):.1f}")
    for j in all_:
        for place, (said, true) in j.signs.items():
            if said != true:
                print(f"WRONG {j.world} {j.number}: {place} told {said:+d}, true {true:+d}")
        for line in [
            *(f"CAUSE {c}" for c in j.causes),
            *(f"UNLIKE {u}" for u in j.unlike),
            *([j.crash] if j.crash else []),
        ]:
            print(f"{j.world} {j.number}: {line}")


def jobs(seed: int, share: float = 1.0) -> list[tuple[str, int, int]]:
    """Which panels: of every world its number, or a share of it."""
    return [(name, seed, i) for name, (n, _make) in WORLDS.items() for i in range(max(1, round(n * share)))]


def main() -> None:
    """Panel after panel, or by several workers; the figures are the same."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the runs; what is there is read, not run again")
    asked = parser.parse_args()
    wanted = jobs(asked.seed, asked.share)
    if asked.workers > 1:
        with ProcessPoolExecutor(asked.workers, mp_context=get_context("spawn")) as pool:
            told(list(pool.map(partial(judged, keep=asked.keep), wanted)))
    else:
        told([judged(job, asked.keep) for job in wanted])


if __name__ == "__main__":
    main()
