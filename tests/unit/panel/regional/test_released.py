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
    assert danyang.loc[2020, "people__status"] == ("protected" if hidden else "observed")
    assert bool(said) is hidden
    if hidden:  # the sum over the 시도 is known, so one hidden cell alone would be told by it
        assert out.frame.loc[out.frame["period"].dt.year == 2020, "people"].isna().sum() > 1
