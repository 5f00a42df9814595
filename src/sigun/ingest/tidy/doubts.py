"""What a header leaves open (표의 모호함): two readings are refused, one likely reading is a guess to be confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from sigun.ingest.layout import Meaning
from sigun.ingest.tidy.grid import address
from sigun.ingest.tidy.head import HeaderRule, ValueColumn, same_twice
from sigun.ingest.tidy.moments import may_be_october, part_of_year, when, written
from sigun.ingest.tidy.unreadable import Unreadable
from sigun.text import N_, Message, say

NO_PERIOD = re.compile(r"증감|증가|감소|전년|전월|대비|비고|순위|구성비|^비율|누계|연평균")


@dataclass(frozen=True)
class Settled:
    """The value columns, each with its period, and what was taken for granted."""

    columns: tuple[ValueColumn, ...]
    left_out: tuple[ValueColumn, ...] = ()
    guesses: tuple[Message, ...] = field(default=())


def settle(
    columns: Sequence[ValueColumn], rule: HeaderRule, title: str, leave_out: Sequence[str] | None, year_key: str = ""
) -> Settled:
    """Give every column its period, or say why it has none.

    Parameters
    ----------
    title : the period the title tells, where it alone does.
    leave_out : items the shape leaves out; none while the shape is still being found.
    year_key : the key column that tells the year where the header tells months or quarters.

    Raises
    ------
    Unreadable
        A column belongs to no period or to two.
    """
    row = rule.header[rule.tells.index("period")] - 1 if "period" in rule.tells else rule.header[0] - 1
    if not year_key:
        columns = [_with_title(c, title, row) for c in columns]
    guesses: list[Message] = []
    left_out: list[ValueColumn] = []
    if "period" in rule.tells:
        columns, left_out, guesses = _periods(columns, row, leave_out)
    for first, second in same_twice(columns):
        raise _twice(first, second, row)
    return Settled(tuple(columns), tuple(left_out), tuple(guesses))


def _with_title(column: ValueColumn, title: str, row: int) -> ValueColumn:
    if not column.period and title:
        return replace(column, period=title)
    if part_of_year(column.period) is None or when(column.period) is not None:
        return column
    if when(title) is None:
        raise Unreadable(
            say(N_("The header tells “{text}” but no year."), text=column.period),
            address(row, column.at),
            say(N_("Write the year into the header or the title: “2022.08”.")),
        )
    return replace(column, period=written(title, column.period))


def _periods(
    columns: Sequence[ValueColumn], row: int, leave_out: Sequence[str] | None
) -> tuple[list[ValueColumn], list[ValueColumn], list[Message]]:
    _require_months(columns, row)
    told = list(dict.fromkeys(c.period for c in columns if c.period))
    without = [c for c in columns if not c.period]
    if not without or not told:
        return list(columns), [], []
    if leave_out is None:
        left_out = [c for c in without if len(told) > 1 and NO_PERIOD.search(c.item)]
    else:
        left_out = [c for c in without if c.item in leave_out]
    open_ones = [c for c in without if c not in left_out]
    if open_ones and len(told) > 1:
        raise Unreadable(
            say(N_("The column “{item}” belongs to no period."), item=open_ones[0].item),
            address(row, open_ones[0].at),
            say(N_("Write its period above it, or take the column out.")),
        )
    guesses = [
        say(
            N_("Column “{item}” ({cell}) tells no period; {period}, the only one of the table, is taken."),
            **{"item": c.item, "cell": address(row, c.at), "period": told[0]},
        )
        for c in open_ones
    ]
    guesses += [
        say(N_("Column “{item}” ({cell}) belongs to no period and is left out."), item=c.item, cell=address(row, c.at))
        for c in left_out
    ]
    kept = [c if c.period else replace(c, period=told[0]) for c in columns if c not in left_out]
    return kept, left_out, guesses


def _require_months(columns: Sequence[ValueColumn], row: int) -> None:
    """Excel writes 2012.10 as 2012.1: no telling January from October unless 2012.2 stands beside it."""
    texts = {c.period for c in columns}
    for column in columns:
        if may_be_october(column.period) and not any(t.startswith(column.period[:5] + "2") for t in texts):
            raise Unreadable(
                say(N_("“{text}” may be January or October."), text=column.period),
                address(row, column.at),
                say(N_("Write months with two digits, as text: “2012.01”, “2012.10”.")),
            )


def _twice(first: ValueColumn, second: ValueColumn, row: int) -> Unreadable:
    what = say(
        N_("Columns {first} and {second} both tell “{item}” of {period}."),
        first=_letters(first.at),
        second=_letters(second.at),
        item=first.item,
        period=first.period or first.region or "–",
    )
    return Unreadable(what, address(row, second.at), say(N_("Give each column a header of its own, or take one out.")))


def _letters(column: int) -> str:
    return address(0, column)[:-1]


def year_rows(tells: Sequence[Meaning], texts: Sequence[Sequence[str]]) -> Iterator[int]:
    """The header rows (from 0) that tell whole periods, not parts of a year."""
    for i, (meaning, line) in enumerate(zip(tells, texts, strict=True)):
        if meaning == "period" and any(when(t) is not None for t in line):
            yield i


def two_meanings(row: int, other: int) -> Unreadable:
    """Two rows of a header that both tell whole periods."""
    what = say(N_("Rows {first} and {second} of the header both tell periods."), first=row, second=other)
    remedy = say(N_("Only one can be the period of the values. Write the other in words: “built in 2015”."))
    return Unreadable(what, address(other - 1, 0), remedy)
