"""The data dictionary: units of derived columns, how they are made, and the way back to files."""

from __future__ import annotations

from pathlib import Path

from regional import card_of, region_panel_of, table_of

TABLE = """
    sido           | sigungu | period | births | women | price
    세종특별자치시 | 세종시  | 2020   | 7      | 100   | 100
    세종특별자치시 | 세종시  | 2021   | 8      | 110   | 104
"""
CARD = card_of("t", {"births": "flow 명", "women": "stock 명", "price": "index 2017=100"}, grade="S")
DERIVED = [
    {"id": "rate", "op": "rate", "of": "births", "per": "women"},
    {"id": "share", "op": "share", "of": "women", "among": "women"},
    {"id": "points", "op": "change", "of": "share"},
    {"id": "percent", "op": "change", "of": "births", "how": "percent"},
    {"id": "base", "op": "rebase", "of": "price", "at": "2021-06-01"},
    {"id": "real", "op": "deflate", "of": "births", "by": "price", "at": "2020-01-01"},
    {"id": "twice", "op": "lag", "of": "rate", "title": "작년 비율"},
]


def test_units_and_lineage(tmp_path: Path) -> None:
    variables = [{"id": n, "table": "t"} for n in ("births", "women", "price")]
    panel = {"within": ["세종"], "variables": variables, "derived": DERIVED}
    made = region_panel_of(tmp_path, panel, {"t": (CARD, table_of(TABLE))})
    dictionary = made.dictionary.set_index("variable")
    assert dictionary["unit"].to_dict() == {
        **{"births": "명", "women": "명", "price": "2017=100"},
        **{"rate": "명/1000 명", "share": "%", "points": "%p", "percent": "%"},
        **{"base": "2021-06-01 = 100", "real": "명 (2020-01-01)", "twice": "명/1000 명"},
    }
    assert dictionary["measure"].to_dict()["real"] == "flow"
    assert dictionary.loc["twice", "title"] == "작년 비율"
    assert set(dictionary["grade"]) == {"S"}
    assert made.frame["base"].round(2).tolist() == [96.15, 100.0]
    rows = made.lineage[made.lineage["variable"] == "twice"]
    assert rows["column"].tolist() == ["births 열", "women 열"]
    assert rows["step"].tolist() == [
        "lag(rate) ← rate(births, women) ← births",
        "lag(rate) ← rate(births, women) ← women",
    ]
