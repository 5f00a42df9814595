"""Figures of the catalogue (수치 열): value columns, the runs of ages among them, and which of them a word means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from sigun.catalog.card import Card
from sigun.catalog.search.sentence import tight_of
from sigun.ingest.layout import Column
from sigun.plan.part import Slug
from sigun.units import ADDITIVE_OVER_SPACE, Measure

RUN = 5  # columns that differ in one number: ages, to be added up
_NUMBERED = re.compile(r"^(?P<stem>.*?)(?P<number>\d+)(?P<tail>\D*)$")
_IN_TITLE = re.compile(r"\d+(?!.*\d)")
FIGURES = ("areas", "area_periods")


@dataclass(frozen=True)
class Figure:
    """A column of a table, or a run of them added up."""

    card: Card
    columns: tuple[str, ...]  # as a plan writes them: one id, or `women_15..women_49`
    id: Slug
    title: str
    unit: str
    measure: Measure | None
    per: str | None = None
    moved_by: tuple[str, ...] = ()
    ages: tuple[int, int] | None = None  # of a run

    @property
    def additive(self) -> bool:
        """Whether it may be added up over regions."""
        return self.measure in ADDITIVE_OVER_SPACE

    @property
    def says(self) -> str:
        """What a word is looked for in, without blanks."""
        return f"{tight_of(self.title)}\n{tight_of(self.columns[0])}"

    def means(self, words: Iterable[str]) -> bool:
        """Whether one of the words stands in its title."""
        return any(word and word in self.says for word in map(tight_of, words))

    def closeness(self, words: Sequence[str]) -> float:
        """How much of its title the best of the words is; 0 where none stands in it. Earlier words count more."""
        title = tight_of(self.title) or "?"
        shares = [
            0.97**at * (0.5 + 0.5 * len(tight_of(word)) / len(title))
            for at, word in enumerate(words)
            if tight_of(word) and tight_of(word) in self.says
        ]
        return max(shares, default=0.0)

    def narrower(self, words: Sequence[str]) -> tuple[str, str]:
        """The word that means it, and the least its title says beyond: 인구 and 고령 of 고령인구 비율."""
        title = tight_of(re.sub(r"\(.*?\)|[\d–~-]+\s?세", "", self.title))
        held = [word for word in map(tight_of, words) if word and word in title]
        rests = [("".join(_COMMON.sub("", title.replace(word, " ", 1)).split()), word) for word in held]
        rest, word = min(rests, key=lambda pair: len(pair[0]), default=("", ""))
        return word, rest


_COMMON = re.compile(
    r"비율|이용률|증감률|지수|가격|건수|현황|신고|합계|누적|면적|총|조(?=\s|$)|율|률|평균|수(?=\s|$)|인구(?=\s|$)|발생|등록|대수|주민|연앙|아파트|주택"
    r"|rates?|number|index|total|of"
)
"""Words of titles that make a figure no narrower: how it is counted."""


def figures(cards: Iterable[Card]) -> tuple[Figure, ...]:
    """Every figure of the tables among the cards, in the cards' order."""
    return tuple(figure for card in cards if card.kind in FIGURES for figure in _of_card(card))


def _of_card(card: Card) -> Iterator[Figure]:
    values = [
        c for c in card.values() if c.id and c.type in ("number", "integer") and c.action == "keep" and not c.personal
    ]
    for _same, group in groupby(values, key=_stem):
        columns = list(group)
        run = _run(columns)
        if run:
            first, last = run
            yield _figure(card, columns[0], (f"{columns[0].id}..{columns[-1].id}",), (first, last), columns[-1])
        else:
            yield from (_figure(card, column, (str(column.id),)) for column in columns)


def _figure(
    card: Card,
    column: Column,
    columns: tuple[str, ...],
    ages: tuple[int, int] | None = None,
    last: Column | None = None,
) -> Figure:
    title = column.title or column.name
    name = str(column.id)
    if ages is not None and last is not None:
        end = _IN_TITLE.search(last.title or last.name)
        title = _IN_TITLE.sub(lambda found: f"{found[0]}–{end[0] if end else ages[1]}", title, count=1)
        name = f"{name}_{ages[1]}"[:40]
    return Figure(card, columns, name, title, column.unit, column.measure, column.per, column.moved_by, ages)


def _stem(column: Column) -> tuple[str, str, str]:
    found = _NUMBERED.match(str(column.id))
    return (found["stem"], found["tail"], f"{column.unit} {column.measure}") if found else (str(column.id), "", "")


def _run(columns: Sequence[Column]) -> tuple[int, int] | None:
    """First and last number of columns that count up one by one and may be added up."""
    if len(columns) < RUN or any(c.measure not in ADDITIVE_OVER_SPACE for c in columns):
        return None
    numbers = [int(found["number"]) for c in columns if (found := _NUMBERED.match(str(c.id)))]
    return (numbers[0], numbers[-1]) if numbers == list(range(numbers[0], numbers[0] + len(columns))) else None


def part_of_run(figure: Figure, first: int, last: int) -> Figure | None:
    """The ages from `first` to `last` of a run that holds them."""
    if figure.ages is None or not figure.ages[0] <= first <= last <= figure.ages[1]:
        return None
    found = _NUMBERED.match(figure.columns[0].partition("..")[0])
    assert found is not None  # a run is numbered
    ids = [f"{found['stem']}{n}{found['tail']}" for n in (first, last)]
    title = re.sub(r"\d+–\d+", f"{first}–{last}", figure.title)
    return Figure(
        figure.card, ("..".join(ids),), f"{ids[0]}_{last}"[:40], title, figure.unit, figure.measure, ages=(first, last)
    )
