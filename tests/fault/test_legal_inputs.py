"""Tables by 법정동 of which nothing can be made: refused with the reason, never shared out by a guess."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from legal_tables import TABLE, legal_panel_of
from regional import plan_of
from sigun.errors import SigunError

RATE = {"reports": "rate ‰"}


def refused(folder: Path, text: str = TABLE, **more: Any) -> SigunError:
    with pytest.raises(SigunError) as bad:
        legal_panel_of(folder, text, **more)
    return bad.value


@pytest.mark.parametrize("panel", [{}, {"unit": "dong", "legal": "equal"}])
def test_a_rate_is_neither_added_up_nor_shared_out(tmp_path: Path, panel: dict[str, str]) -> None:
    bad = refused(tmp_path, measures=RATE, **panel)
    assert "no counts" in bad.what and "reports" in bad.what and "Take the counts" in bad.remedy


def test_a_rate_that_nothing_asks_for_is_no_matter(tmp_path: Path) -> None:
    text = "region | period | reports | rate\n1111010100 | 2020 | 10 | 1.5\n1111011500 | 2020 | 4 | 2.5"
    panel = legal_panel_of(tmp_path, text, measures={"reports": "flow 건", "rate": "rate ‰"})
    assert panel.frame["reports"].sum() == 14


def test_a_legal_dong_told_twice_with_different_values_stops(tmp_path: Path) -> None:
    bad = refused(tmp_path, TABLE + "    1111010100 | 2020   | 11\n")
    assert "told twice" in bad.what and "1111010100" in bad.what
    legal_panel_of(tmp_path, TABLE + "    1111010100 | 2020   | 10\n")


def test_weights_the_file_does_not_have(tmp_path: Path) -> None:
    bad = refused(tmp_path, unit="dong", legal="population")
    assert "인구" in bad.what and "legal: equal" in bad.remedy


@pytest.mark.parametrize(("with_mix", "why"), [(False, "KIKmix"), (True, "panel.legal")])
def test_a_panel_by_official_dong_is_not_left_empty(tmp_path: Path, with_mix: bool, why: str) -> None:
    bad = refused(tmp_path, with_mix=with_mix, unit="dong")
    assert why in bad.what and "legal: equal" in bad.remedy


def test_only_official_dongs_are_shared_out_to() -> None:
    with pytest.raises(ValidationError, match="legal_to_dongs"):
        plan_of({"legal": "equal", "variables": [{"id": "x", "table": "t"}]}, ["t"])


def test_plans_without_it_keep_their_hash() -> None:
    asked = {"unit": "dong", "variables": [{"id": "x", "table": "t"}]}
    plain = plan_of(asked, ["t"])
    assert plain.panel is not None and "legal" not in plain.panel.model_dump()
    assert plan_of({**asked, "legal": "equal"}, ["t"]).hash() != plain.hash()
