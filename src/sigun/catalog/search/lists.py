"""The lists a search reads (낱말표): everyday words, roles of data by topic, where such data are published."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sigun.errors import CardError, SigunError, require
from sigun.text import N_, _

if TYPE_CHECKING:
    from sigun.plan.proposal import Role

FOLDER = Path(__file__).parent / "lists"
OWN = "words.csv"  # a workspace's own list, in its catalogue's folder
MOST_ROWS = 20_000

ENDS = (4, 8, 16, 17, 20)  # ㄴ ㄹ ㅁ ㅂ ㅆ as they are counted within a syllable

ROLES: Mapping[Role, str] = {
    "target": N_("target"),
    "exposure": N_("exposure (denominator)"),
    "cause": N_("cause"),
    "environment": N_("surroundings"),
    "boundary": N_("boundary"),
    "key": N_("key to join by"),
}
"""목표 · 노출 · 원인 · 환경 · 경계 · 결합키."""


@dataclass(frozen=True)
class WordRow:
    """One row of the word list: what people say and the administrative words for it."""

    name: str  # 방치차량
    said: tuple[str, ...]  # patterns: "버려진 … 차"
    words: tuple[str, ...]  # administrative, best first
    topic: str = ""  # the recipe this leads to
    source: str = ""
    own: bool = False  # of the workspace
    loose: bool = False  # "~topic": meant only where a sentence names no other


@dataclass(frozen=True)
class Need:
    """One row of a recipe: which data a topic needs, in which role."""

    topic: str
    role: Role
    words: tuple[str, ...]  # administrative, best first
    families: tuple[str, ...] = ()  # only for these; none: for all
    source: str = ""


@dataclass(frozen=True)
class Lists:
    """All lists together."""

    words: tuple[WordRow, ...]
    needs: Mapping[str, tuple[Need, ...]]  # by topic, most wanted first
    families: tuple[tuple[str, str], ...]  # family, pattern
    places: tuple[tuple[tuple[str, ...], str], ...]  # patterns, where such data are published


@lru_cache(maxsize=1)
def built_in() -> Lists:
    """The lists that ship with the program."""
    return Lists(
        words=tuple(_word_rows(FOLDER / "words.csv", own=False)),
        needs=_recipes(FOLDER / "recipes.csv"),
        families=tuple((r["family"], said) for r in _read("families.csv") for said in _said(r["said"])),
        places=tuple((_said(r["said"]), r["where"]) for r in _read("published.csv")),
    )


def lists_of(catalog_folder: Path | None) -> Lists:
    """The built-in lists, the workspace's own words (`catalog/words.csv`) before them.

    Raises
    ------
    CardError, Several
        Everything that is wrong with the workspace's list.
    """
    whole = built_in()
    own = catalog_folder / OWN if catalog_folder else None
    if own is None or not own.is_file():
        return whole
    rows = tuple(_word_rows(own, own=True))
    return Lists((*rows, *whole.words), whole.needs, whole.families, whole.places)


def _read(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _many(cell: str) -> tuple[str, ...]:
    return tuple(piece.strip() for piece in cell.split("|") if piece.strip())


def _said(cell: str) -> tuple[str, ...]:
    """Patterns; the stem of a verb (“떠나~”) in the forms it takes: 떠나, 떠난, 떠날 …"""
    return tuple(form for pattern in _many(cell) for form in _forms(pattern))


def _forms(pattern: str) -> tuple[str, ...]:
    if not pattern.endswith("~"):
        return (pattern,)
    stem = pattern[:-1]
    return (stem, *(stem[:-1] + chr(ord(stem[-1]) + end) for end in ENDS)) if _open(stem[-1:]) else (stem,)


def _open(syllable: str) -> bool:
    """A syllable that ends in a vowel."""
    return "가" <= syllable <= "힣" and (ord(syllable) - ord("가")) % 28 == 0


def _recipes(path: Path) -> dict[str, tuple[Need, ...]]:
    by_topic: dict[str, list[Need]] = {}
    for row in _read(path.name):
        role = cast("Role", row["role"])  # a test holds the file to the roles there are
        need = Need(row["topic"], role, _many(row["words"]), _many(row["families"]), row["source"])
        by_topic.setdefault(need.topic, []).append(need)
    return {topic: tuple(needs) for topic, needs in by_topic.items()}


def _word_rows(path: Path, own: bool) -> Iterator[WordRow]:
    """The rows of a word list; what is wrong with them, all at once."""
    problems: list[SigunError] = []
    rows: list[WordRow] = []
    for number, row in _numbered(path):
        said, words = _said(row.get("said") or ""), _many(row.get("words") or "")
        if not said or not words:
            problems.append(_no_words(path, number))
            continue
        name = (row.get("concept") or "").strip() or words[0]
        topic, source = (row.get("topic") or "").strip(), (row.get("source") or "").strip()
        rows.append(WordRow(name, said, words, topic.removeprefix("~"), source, own, topic.startswith("~")))
    require(problems)
    return iter(rows)


def _numbered(path: Path) -> Iterable[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            rows = [(reader.line_num, row) for row in reader]
            heads = set(reader.fieldnames or ())
    except (UnicodeDecodeError, csv.Error) as error:
        raise CardError(
            _("The word list cannot be read: {reason}").format(reason=error),
            str(path),
            _("Save it as “CSV UTF-8”."),
        ) from error
    if not {"said", "words"} <= heads or len(rows) > MOST_ROWS:
        raise CardError(
            _("The word list needs the columns “said” and “words” and at most {n} rows.").format(n=MOST_ROWS),
            str(path),
            _("Its first row is: concept,said,words,topic,source. Several words in a cell stand with | between."),
        )
    return rows


def _no_words(path: Path, number: int) -> CardError:
    return CardError(
        _("A row of the word list lacks what people say or what it means."),
        _("{file}, row {row}").format(file=path, row=number),
        _("Fill “said” and “words”, or delete the row."),
    )
