"""What the data could not tell (자료의 한계), and which data would: a section of its own, never left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from sigun.analysis.factors.neighbours import Space
from sigun.analysis.factors.study import Study
from sigun.analysis.factors.tables import message, table
from sigun.text import N_, Message, say

MISSING = {"what": "str", "what_values": "str", "would_need": "str", "would_need_values": "str"}
LONG = 15  # periods from which persistence can be told from drift with some confidence


def missing_table(study: Study, tables: Mapping[str, pd.DataFrame], space: Space) -> pd.DataFrame:
    """One row a thing that could not be told."""
    rows = ({**message("what", what), **message("would_need", need)} for what, need in _all(study, tables, space))
    return table(rows, MISSING)


def _all(study: Study, tables: Mapping[str, pd.DataFrame], space: Space) -> Iterator[tuple[Message, Message]]:
    yield from _regions(tables["excluded"])
    yield from _factors(study, tables["answer"])
    yield from _time(study)
    yield from _space(space)
    yield (
        say(N_("Whether a factor brings the outcome about: regions change in many ways at once.")),
        say(N_("A measure that began in some regions and not in others, with its dates (`method: effect`).")),
    )
    yield (
        say(N_("Who in a region acts: the figures are of regions.")),
        say(N_("Records or surveys of persons and households, with their region.")),
    )


def _regions(excluded: pd.DataFrame) -> Iterator[tuple[Message, Message]]:
    for titles, group in excluded.groupby("titles", sort=True):
        where = ", ".join(dict.fromkeys(str(name) or "-" for name in group["sido_name"]))
        what = say(N_("{n} regions ({where})."), n=int(group["regions"].sum()), where=where)
        if titles:
            yield what, say(N_("These of the same regions and periods: {titles}."), titles=str(titles))
        else:
            yield what, say(N_("Outcome and factors together in two periods at least."))


def _factors(study: Study, answer: pd.DataFrame) -> Iterator[tuple[Message, Message]]:
    for row in answer[answer["verdict"] == "not_testable"].to_dict("records"):
        what = say(N_("{title}: cannot be tested here."), title=str(row["title"]))
        yield (
            what,
            say(N_("A measure of it that changes inside regions, apart from the outcome and the other factors.")),
        )
    unseen = answer[answer["verdict"] == "unseen"]
    if len(unseen):
        what = say(N_("Small associations with: {titles}."), titles=", ".join(unseen["title"]))
        yield what, say(N_("More regions or more periods; what could be detected stands in the table of power."))
    larger = [t.title for t in study.terms if t.repeated]
    if larger:
        what = say(N_("What differs between the regions of one larger region: {titles}."), titles=", ".join(larger))
        yield what, say(N_("The same figures of each region."))


def _time(study: Study) -> Iterator[tuple[Message, Message]]:
    sample = study.first.sample
    if not sample.panel:
        yield say(N_("What happens inside a region.")), say(N_("The same tables of several periods."))
    elif sample.periods < LONG:
        what = say(N_("Slow effects, and whether levels drift: there are {n} periods."), n=sample.periods)
        yield what, say(N_("A longer series; some fifteen periods and more."))


def _space(space: Space) -> Iterator[tuple[Message, Message]]:
    if space.neighbours is None:
        what = say(N_("Whether neighbouring regions share what is left over, or move each other."))
        yield what, say(N_("Outlines of the regions, or a file of who is next to whom (`panel.neighbours`)."))
    elif space.refused is not None:
        what, remedy = space.refused.messages()
        yield what, remedy
