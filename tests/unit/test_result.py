"""Results are kept whole, and hashed by what they say, not by how they happen to lie."""

import math
from pathlib import Path

import pandas as pd
import pytest

from sigun.result import Fact, Result, facts_table, read_result, result_hash, save_result, table_hash, write_atomically
from sigun.text import say


def table(**columns: list[object]) -> pd.DataFrame:
    return pd.DataFrame(columns)


def test_facts_keep_their_kind() -> None:
    facts = facts_table([Fact("n", 3, "건"), Fact("share", 0.25, "", 0.1, 0.4), Fact("word", "high")])
    result = Result("x", "description", {"facts": facts})
    assert result.fact("n") == Fact("n", 3, "건")
    assert isinstance(result.fact("n").value, int)
    assert result.fact("share") == Fact("share", 0.25, "", 0.1, 0.4)
    assert result.fact("word").value == "high"
    assert not result.has_fact("other")
    with pytest.raises(KeyError, match="other"):
        result.fact("other")


def test_the_order_of_rows_and_columns_does_not_matter() -> None:
    assert table_hash(table(a=[1, 2], b=[0.5, math.nan])) == table_hash(table(b=[math.nan, 0.5], a=[2, 1]))


@pytest.mark.parametrize(
    "other",
    [
        table(a=[1, 2], b=[0.5, 0.50001]),
        table(a=[1, 3], b=[0.5, 0.5]),
        table(a=[1, 2], c=[0.5, 0.5]),
        table(a=[1], b=[0.5]),
    ],
)
def test_what_is_said_does_matter(other: pd.DataFrame) -> None:
    assert table_hash(table(a=[1, 2], b=[0.5, 0.5])) != table_hash(other)


def test_the_last_digits_of_a_float_do_not_matter() -> None:
    assert table_hash(table(a=[0.1 + 0.2])) == table_hash(table(a=[0.3]))
    assert table_hash(table(a=[-0.0])) == table_hash(table(a=[0.0]))


def test_a_result_survives_its_folder(tmp_path: Path) -> None:
    frame = table(day=pd.to_datetime(["2024-01-01", None]), name=["가", None], n=[1, 2])
    result = Result("trend", "description", {"months": frame}, (say("{n} rows", n=2),))
    save_result(result, tmp_path / "trend")
    back = read_result(tmp_path / "trend")
    assert result_hash({"trend": back}) == result_hash({"trend": result})
    assert back.cautions == result.cautions
    assert not list((tmp_path / "trend").glob("*.part"))


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    with pytest.raises(OSError):
        write_atomically(taken, b"x")
    assert [one.name for one in tmp_path.iterdir()] == ["taken"]
