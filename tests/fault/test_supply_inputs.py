"""Plans and files of supply and demand that cannot be answered: what, where, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from care import PLACES, REPORTS, STEP, TABLES, plan_of, town
from sigun.errors import SigunError
from sigun.report.finished import read_run
from sigun.run import open_plan, run


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return town(tmp_path_factory.mktemp("care") / "ws", reports=True)


def refused(folder: Path, step: str = STEP, text: str = REPORTS) -> str:
    with pytest.raises(SigunError) as caught:
        open_plan(plan_of(folder, step, text))
    return str(caught.value)


@pytest.mark.parametrize(
    ("step", "wrong"),
    [
        ("capacity: capacty", r"“capacty”.*steps\.supply_demand\.capacity.*capacity"),
        ("enrolled: taken", r"“taken”.*supply_demand\.enrolled"),
        ("waiting: waitng", r"“waitng”.*supply_demand\.waiting.*waiting"),
    ],
)
def test_a_column_that_is_not_there_has_the_nearest_named(there: Path, step: str, wrong: str) -> None:
    import re

    assert re.search(wrong, refused(there, step), re.DOTALL)


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("facilities: [daycare]}", "facilities: [daycar]}", "no data set “daycar”"),
        (
            "facilities: [daycare]}",
            "facilities: [children]}",
            "“children” is a data set of kind “areas”, not “facilities”",
        ),
        ("facilities: daycare,", "facilities: schools,", "There is no “schools” here"),
        ("demand: population", "demand: poplation", "There is no “poplation” here"),
        ("outlines: outlines, ", "", "needs a data set under data.outlines"),
    ],
)
def test_what_the_catalogue_lacks_is_said(there: Path, old: str, new: str, wrong: str) -> None:
    assert old in REPORTS
    assert wrong in refused(there, text=REPORTS.replace(old, new))


@pytest.mark.parametrize("measure", ["rate", "share", "index"])
def test_a_rate_is_no_demand(tmp_path: Path, measure: str) -> None:
    folder = town(tmp_path / "ws")
    card = folder / "catalog" / "children.yaml"
    card.write_text(card.read_text(encoding="utf-8").replace("measure: stock", f"measure: {measure}"), encoding="utf-8")
    assert "“population” is no count" in refused(folder, text=TABLES)


def test_kinds_of_a_register_without_kinds(tmp_path: Path) -> None:
    folder = town(tmp_path / "ws")
    card = folder / "catalog" / "daycare.yaml"
    text = card.read_text(encoding="utf-8").replace("  - {name: 설립유형, role: kind}\n", "")
    card.write_text(text, encoding="utf-8")
    assert "does not tell the kinds" in refused(folder, "kinds: [국공립]", TABLES)


@pytest.mark.parametrize("step", ["within_km: 0", "within_km: 51", "per: 0", "decay: linear", "kindz: [국공립]"])
def test_values_out_of_bounds(there: Path, step: str) -> None:
    assert "steps" in refused(there, step)


def unanswered(folder: Path, step: str, text: str = TABLES) -> str:
    """The reason of a step that ran and had no answer; the report is written all the same."""
    report = run(plan_of(folder, step, text))
    result = read_run(report.parent).results["supply_demand"]
    assert not result.tables
    reason = " ".join(map(str, result.cautions))
    assert "수급" in report.read_text(encoding="utf-8")
    return reason


def test_a_kind_nobody_is_of(tmp_path: Path) -> None:
    reason = unanswered(town(tmp_path / "ws"), "capacity: capacity, kinds: [국공림]")
    assert "No place is of the kind “국공림”" in reason
    assert "국공립" in reason.split("국공림”")[1]


def test_places_read_in_a_wrong_system_lie_outside(tmp_path: Path) -> None:
    far = [(number, kind, x + 100, y, *held) for number, kind, x, y, *held in PLACES]
    assert "3 of 3 places lie outside the outlines" in unanswered(town(tmp_path / "ws", places=far), STEP)  # type: ignore[arg-type]


def test_no_capacity_anywhere(tmp_path: Path) -> None:
    empty = [(number, kind, x, y, 0, 0, 0) for number, kind, x, y, *_held in PLACES]
    assert "No place is left that holds anything" in unanswered(town(tmp_path / "ws", places=empty), STEP)


def test_areas_of_another_town(tmp_path: Path) -> None:
    children = {"가람동": 100.0, "먼동": 50.0, "더먼동": 10.0}
    reason = unanswered(town(tmp_path / "ws", places=PLACES[:1], children=children), STEP)
    assert "at least two" in reason
