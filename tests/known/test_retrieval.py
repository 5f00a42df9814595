"""The ten questions over the invented catalogue beside the project, and ours over the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sigun.catalog.search import Index, read_entries, search

OURS = Path(__file__).resolve().parents[2] / "benchmarks" / "retrieval_questions.json"


@pytest.fixture(scope="module")
def index(shared: Path) -> Index:
    return Index.build(read_entries(shared / "reference" / "retrieval" / "catalog.json"))


def recall(index: Index, questions: list[dict[str, list[str]]]) -> float:
    """Of the needed data sets, the share among the first five, averaged over questions."""
    shares = []
    for asked in questions:
        found = {hit.entry.id for hit in search(index, str(asked["question"]), 5)}
        shares.append(len(found & set(asked["core"])) / len(asked["core"]))
    return sum(shares) / len(shares)


def test_the_ten_questions(index: Index, shared: Path) -> None:
    file = shared / "reference" / "retrieval" / "questions.json"
    assert recall(index, json.loads(file.read_text(encoding="utf-8"))) >= 0.9


def test_our_questions(index: Index) -> None:
    assert recall(index, json.loads(OURS.read_text(encoding="utf-8"))) >= 0.95
