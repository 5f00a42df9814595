"""Files of one table put together: the later counts, and what changed is said."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pandas as pd

from sigun.ingest.change import CELLS, Cell, Change
from sigun.ingest.together import compare, messages, put_together


def table(*rows: tuple[str, int, float, bool]) -> pd.DataFrame:
    """Rows of (시군구, year, value, provisional)."""
    frame = pd.DataFrame(rows, columns=["sigungu", "period", "n", "provisional"])
    names = frame["sigungu"].astype("str")
    empty = pd.Series([np.nan] * len(frame), dtype="str")
    return pd.DataFrame(
        {
            "region": empty, "region_name": "서울 " + names, "sido": "서울", "sigungu": names, "dong": empty,
            "period": pd.to_datetime(frame["period"].astype(str) + "-01-01").astype("datetime64[us]"), "span": "year",
            "provisional": frame["provisional"], "n": frame["n"].astype(float),
            "n__mark": pd.Series(np.where(frame["n"].isna(), "absent", None), dtype="str"),
        }
    )  # fmt: skip


FIRST = table(("종로구", 2020, 5, False), ("종로구", 2021, 6, True), ("중구", 2020, 3, False), ("중구", 2021, 4, True))
SECOND = table(
    ("종로구", 2021, 7, False), ("종로구", 2022, 8, True), ("중구", 2021, np.nan, True), ("용산구", 2022, 1, True)
)  # fmt: skip


def test_the_later_file_counts_where_it_tells_a_value() -> None:
    whole, _said = put_together([FIRST, SECOND], ["a.csv", "b.csv"])
    told = whole.set_index([whole["sigungu"], whole["period"].dt.year])
    assert told["n"].to_dict() == {
        ("종로구", 2020): 5, ("종로구", 2021): 7, ("종로구", 2022): 8,
        ("중구", 2020): 3, ("중구", 2021): 4, ("용산구", 2022): 1,
    }  # fmt: skip
    assert told["source"].to_dict()[("종로구", 2021)] == 1
    assert told["source"].dtype == np.int16
    assert told["n__mark"].isna().all()


def test_what_changed_is_counted() -> None:
    change = compare(FIRST, SECOND)
    assert (change.compared, change.revised, change.final) == (1, 1, 1)
    assert change.new_periods == ("2022",)
    assert change.new_regions == ("서울 용산구",)
    assert change.gone_regions == ()
    only = compare(FIRST, table(("종로구", 2022, 8, True)))
    assert only.gone_regions == ()  # one of two: it may be a file of that region alone
    three = pd.concat([FIRST, table(("용산구", 2021, 9, False))], ignore_index=True)
    assert compare(three, table(("종로구", 2022, 8, True), ("중구", 2022, 8, True))).gone_regions == ("서울 용산구",)


def test_changed_values_are_told_one_by_one_up_to_a_number() -> None:
    assert compare(FIRST, SECOND).cells == (Cell("서울 종로구", "2021", "n", 6, 7),)
    many = [table(*(("종로구", 1700 + year, year + more, False) for year in range(CELLS + 5))) for more in (0, 1)]
    change = compare(*many)
    assert (change.revised, len(change.cells)) == (CELLS + 5, CELLS)


def test_a_change_is_read_back_as_it_was_stored() -> None:
    change = replace(compare(FIRST, SECOND), file="b.csv")
    assert Change.read(json.loads(json.dumps(change.stored()))) == change


def test_the_messages_tell_it() -> None:
    (change,) = put_together([FIRST, SECOND], ["a.csv", "b.csv"])[1]
    said = [str(m) for m in messages(change)]
    assert said == [
        "Added from b.csv: 4 rows.",
        "Periods that are new: 1 (2022 – 2022).",
        "Values the newer file tells otherwise: 1 of 1.",
        "Rows that were provisional and are final now: 1.",
        "Regions that are new: 1 (서울 용산구).",
    ]
