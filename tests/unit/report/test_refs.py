"""References are written, read and resolved."""

from typing import Any

import pytest

from sigun.report.refs import Ref, interval_level, read_ref, resolve


@pytest.mark.parametrize(
    "written",
    [
        "trend:facts[total].number",
        "backtest:scores[known_status/mixture/cell/hit@5].value",
        "trend:months[2025-01-01].rate",
        "kinds:kinds[a]b].c[x/y].share",
        "plan:space.cell",
        "manifest:panel.start",
    ],
)
def test_read_back_as_written(written: str) -> None:
    assert str(read_ref(written)) == written


def test_resolved(finished: Any) -> None:
    assert resolve(finished, read_ref("trend:facts[total].number")) == 8464
    assert resolve(finished, read_ref("rhythm:profiles[month/2].index")) == pytest.approx(1.2)
    assert resolve(finished, read_ref("plan:steps.12.capacity")) == 10
    assert resolve(finished, read_ref("contract:interval")) == 0.9


def test_some_methods_have_intervals_of_another_level(finished: Any) -> None:
    levels = {method: resolve(finished, interval_level(method)) for method in ("trend", "factors", "effect")}
    assert levels == {"trend": 0.9, "factors": 0.95, "effect": 0.95}


@pytest.mark.parametrize("written", ["trend:facts[no].number", "plan:no.such", "manifest:panel.start.x"])
def test_nothing_there(finished: Any, written: str) -> None:
    with pytest.raises(KeyError):
        resolve(finished, read_ref(written))


def test_a_path_has_no_brackets() -> None:
    assert str(Ref("plan", "", "title")) == "plan:title"
