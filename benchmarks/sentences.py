"""From a sentence to a report (문장에서 보고서까지): the workshop's catalogue, no model, no edit by hand.

python benchmarks/sentences.py [--into DIR]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SENTENCES = {
    "forecast": "방치 차량이 어디에 생길지 미리 알고 순찰하고 싶다",
    "factors": "우리 시 출생이 왜 줄어드는지 알고 싶다",
    "supply of day care": "국공립 어린이집이 부족한 동네를 찾고 싶다",
    "supply of homes": "할머니 할아버지를 모실 요양시설이 모자라는 동네가 어디인지 알고 싶다",
    "before and after": "택지개발 뒤에 침수 신고가 얼마나 달라졌는지 보고 싶다",
    "effect": "출산지원금을 올린 뒤 출생이 늘었는지 알고 싶다",
    "describe": "방치 차량 신고가 언제 어디에 많은지 살펴보고 싶다",
    "summary": "시군의 인구와 재정이 어떤지 한눈에 보고 싶다",
}


def sigun(folder: Path, *words: str) -> float:
    """One command in the workspace; the seconds it took, as a whole process."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "sigun", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"sigun {' '.join(words)}\n{done.stdout}{done.stderr}")
    return time.perf_counter() - began


def main() -> None:
    """Each sentence: proposed, checked, run, and its 기획안 printed as DOCX."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--into", type=Path)
    into = asked.parse_args().into or Path(tempfile.mkdtemp()) / "workshop"
    into.parent.mkdir(parents=True, exist_ok=True)
    print(f"demo workshop {sigun(into.parent, 'demo', 'workshop', '--into', str(into)):.1f} s")
    print(f"{'sentence':20} {'propose':>8} {'check':>8} {'run':>8} {'docx':>8} {'all':>8}  result")
    for at, (name, sentence) in enumerate(SENTENCES.items(), 1):
        plan, run = f"plans/s{at}.yaml", f"runs/s{at}"
        took = [
            sigun(into, "propose", sentence, "--out", plan),
            sigun(into, "check", plan),
            sigun(into, "run", plan, "--out", run),
            sigun(into, "document", plan, "--to", "docx"),
        ]
        found = json.loads((into / run / "manifest.json").read_text(encoding="utf-8"))["result_hash"][:8]
        print(f"{name:20} " + " ".join(f"{t:7.1f}s" for t in (*took, sum(took))) + f"  {found}")


if __name__ == "__main__":
    main()
