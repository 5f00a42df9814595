"""What leaves the machine: small counts of private tables are hidden with what is derived from them; open ones stay."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from regional import card_of, region_panel_of, table_of
from sigun.panel.regional.released import released

PLACES = ("청주시", "충주시", "제천시", "보은군", "옥천군", "영동군", "증평군", "진천군", "괴산군", "음성군", "단양군")
TABLE = "sido | sigungu | period | people\n" + "".join(
    f"충청북도 | {place} | {year} | {2 if place == '단양군' and year == 2020 else 100 + i}\n"
    for i, place in enumerate(PLACES)
    for year in (2020, 2021)
)
PANEL: dict[str, Any] = {
    "within": ["충북"],
    "variables": [{"id": "people", "table": "t"}],
    "derived": [{"id": "more", "op": "change", "of": "people"}, {"id": "logged", "op": "log", "of": "people"}],
}


@pytest.mark.parametrize(("grade", "hidden"), [("O", False), ("S", True), ("C", True)])
def test_by_grade(tmp_path: Path, grade: str, hidden: bool) -> None:
    card = card_of("t", {"people": "stock 명"}, grade=grade)
    panel = region_panel_of(tmp_path, PANEL, {"t": (card, table_of(TABLE))})
    out, said = released(panel, b"key")
    danyang = out.frame[out.frame["region"] == "43800"].set_index(
        out.frame["period"].dt.year[out.frame["region"] == "43800"]
    )
    assert danyang["people"].isna().tolist() == ([True, False] if hidden else [False, False])
    assert danyang["more"].isna().tolist() == ([True, True] if hidden else [True, False])
    assert danyang.loc[2020, "people__status"] == ("suppressed" if hidden else "observed")
    assert said == ()
    if hidden:  # the sum over the 시도 is known, so one hidden cell alone would be told by it
        assert out.frame.loc[out.frame["period"].dt.year == 2020, "people"].isna().sum() > 1
        n = int(out.frame["people"].isna().sum())
        row = out.dictionary.set_index("variable").loc["people"]
        assert (row["observed"], row["suppressed"]) == (22 - n, n)
        first = next(f for f in out.findings if f.kind == "protected")
        assert first.rows == n and "`suppress`" in str(first.done)
        assert f"{n} of 22 values are hidden, to tell nothing of fewer than 5" in str(first.said)


def test_rounded_counts_are_told_by_column_and_no_row_is_said_to_be_hidden(tmp_path: Path) -> None:
    card = card_of("t", {"people": "stock 명"}, grade="S")
    panel = region_panel_of(tmp_path, PANEL, {"t": (card, table_of(TABLE))}, privacy={"method": "round"})
    out, _said = released(panel, b"key")
    words = [str(f.said) for f in out.findings if f.kind == "protected"]
    assert out.frame["people"].notna().all()
    assert "“people 열”: 1 of 22 values are counts below 5" in words[0]
    assert not any("people 열" in w and "hidden" in w for w in words)
