"""What counts as reports of one vehicle, and what the figures about them mean."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from builders import panel_of_events
from sigun.analysis.same_vehicle.step import numbered, same_vehicle
from sigun.analysis.same_vehicle.told_duplicates import threshold_of
from sigun.errors import MethodError
from sigun.panel.model import Panel
from sigun.plan.steps import SameVehicle
from sigun.result import Result

STEP = SameVehicle(method="same_vehicle", draws=99)
PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "results.md"


def city(seed: int = 1, vehicles: int = 1500, plates: float = 0.6, closed: float = 0.5, **changed: Any) -> Panel:
    """Vehicles left over two years, a third of them reported again within weeks; half of those closed as duplicates."""
    rng = np.random.default_rng(seed)
    x, y, day = rng.uniform(0, 6000, vehicles), rng.uniform(0, 6000, vehicles), rng.uniform(0, 730, vehicles)
    again = np.repeat(np.arange(vehicles), rng.poisson(1 / 3, vehicles))
    car = np.concatenate([np.arange(vehicles), again])
    when = day[car] + np.where(np.arange(len(car)) < vehicles, 0, rng.exponential(6, len(car)) + 0.6)
    order = np.argsort(when, kind="stable")
    repeat = np.arange(len(car))[order] >= vehicles
    told = rng.random(len(car)) < plates
    columns = {
        "x": x[car] + rng.normal(0, 6, len(car)),
        "y": y[car] + rng.normal(0, 6, len(car)),
        "vehicle": np.where(told, car.astype(str), None),
        "kind": np.where(car % 3 == 0, "이륜차", "승용"),
        "id": car.astype(str),
    }
    state = np.where(repeat & (rng.random(len(car)) < closed), "duplicate", "not_found")
    times = pd.Timestamp("2022-01-01") + pd.to_timedelta(when[order], unit="D")
    return panel_of_events(times, **{name: values[order] for name, values in columns.items()}, outcome=state, **changed)


def run(panel: Panel, step: SameVehicle = STEP) -> Result:
    return same_vehicle(step, panel, np.random.default_rng(1))


@cache
def usual() -> Result:
    """The result of the city nothing is changed in."""
    return run(city())


def precision_and_recall(panel: Panel) -> tuple[float, float]:
    """`id` is the true vehicle here."""
    events = panel.events.assign(id=[f"r{i}" for i in range(len(panel.events))])
    found = numbered(STEP, replace(panel, events=events))
    flag = (found["first"] != found["id"]).to_numpy()
    truth = panel.events.duplicated("id").to_numpy()
    return float(truth[flag].mean()), float(flag[truth].mean())


@pytest.mark.parametrize("plates", [0.6, 0.0])
def test_planted_repeats_are_found(plates: float) -> None:
    precision, recall = precision_and_recall(city(plates=plates))
    assert precision >= 0.9
    assert recall >= 0.85


def test_the_number_of_vehicles_is_near_the_truth() -> None:
    vehicles = usual().fact("vehicles")
    assert vehicles.value == pytest.approx(1500, rel=0.02)
    assert vehicles.low is not None and vehicles.high is not None and vehicles.low < vehicles.value < vehicles.high


def test_the_number_of_vehicles_is_as_unsure_as_undecided_pairs_make_it() -> None:
    held = []
    for seed in (2, 3, 4):
        panel = city(seed, plates=0.3)
        vehicles = run(panel).fact("vehicles")
        held.append(vehicles.low <= 1500 <= vehicles.high)
        sure = run(panel, SameVehicle(method="same_vehicle", threshold=0.9, draws=99)).fact("clusters").value
        loose = run(panel, SameVehicle(method="same_vehicle", threshold=0.1, draws=99)).fact("clusters").value
        assert vehicles.low <= loose <= vehicles.value <= sure <= vehicles.high
    assert all(held)


def test_no_status_is_looked_at() -> None:
    one = city()
    events = one.events.assign(outcome="open", closed_at=pd.NaT, known_at=pd.NaT).astype(one.events.dtypes.to_dict())
    assert numbered(STEP, one)["first"].tolist() == numbered(STEP, replace(one, events=events))["first"].tolist()


def test_two_plates_are_two_vehicles() -> None:
    one = city()
    found = numbered(STEP, replace(one, events=one.events.assign(id=one.events["row"].astype("str"))))
    told = pd.DataFrame({"first": found["first"], "plate": one.events["vehicle"]}).dropna()
    assert (told.groupby("first")["plate"].nunique() == 1).all()


def test_labels_teach_on_the_earlier_reports_and_are_scored_on_the_later_ones() -> None:
    result = usual()
    scores = result.tables["scores"]
    assert set(scores["way"]) == {"unlabelled", "learned"}
    assert result.fact("test_reports").value == pytest.approx(0.3 * result.fact("reports").value, abs=2)
    chosen = scores[scores["mark"] == "chosen"].set_index("way")
    assert chosen.loc["unlabelled", "threshold"] == STEP.threshold
    assert chosen.loc["unlabelled", "precision"] == pytest.approx(0.5, abs=0.1)  # half are so closed
    assert chosen.loc["unlabelled", "recall"] >= 0.85
    assert (scores["precision_low"] <= scores["precision"]).where(scores["precision_low"].notna(), True).all()


def test_later_labels_change_no_learned_threshold() -> None:
    one = city()
    late = np.arange(len(one.events)) >= int(0.7 * len(one.events))
    outcome = one.events["outcome"].mask(late & (np.arange(len(late)) % 7 == 0), "duplicate")
    other = replace(one, events=one.events.assign(outcome=outcome))
    assert run(one).fact("learned_threshold").value == run(other).fact("learned_threshold").value


def test_without_labels_there_are_no_scores() -> None:
    result = run(city(closed=0.0))
    assert result.tables["scores"].empty and not result.has_fact("learned_precision")


def test_closeness_goes_when_each_vehicle_is_counted_once() -> None:
    result = usual()
    assert result.fact("knox_all").value > 3
    assert result.fact("knox_first").value < 1.5


def test_a_threshold_asks_for_more_or_less() -> None:
    counts = [run(city(), STEP.model_copy(update={"threshold": t})).fact("clusters").value for t in (0.1, 0.5, 0.95)]
    assert counts == sorted(counts) and counts[0] < counts[-1]


def test_another_column_can_be_compared() -> None:
    one = city(plates=0.0)
    colour = np.where(one.events["id"].astype(int) % 2 == 0, "White", "black")
    result = run(
        replace(one, events=one.events.assign(colour=colour)), STEP.model_copy(update={"compare": ("colour",)})
    )
    bits = result.tables["pairs"].query("comparison == 'colour'").set_index("agrees")["bits"]
    assert bits["yes"] > 0.5 and bits["no"] < -2


def test_without_plates_it_says_so() -> None:
    said = [str(c) for c in run(city(plates=0.0)).cautions]
    assert any("Hardly any plates" in c for c in said)
    assert not any("Hardly any plates" in str(c) for c in usual().cautions)


def test_what_is_in_the_file_twice_is_no_second_report() -> None:
    one = city()
    again = one.events.assign(why=np.where(np.arange(len(one.events)) % 5 == 0, "repeat", ""))
    assert run(replace(one, events=again)).fact("reports").value == (again["why"] == "").sum()


def test_the_same_twice_and_in_the_same_order() -> None:
    one, two = usual(), run(city())
    for name, table in one.tables.items():
        pd.testing.assert_frame_equal(table, two.tables[name])


def test_too_few_pairs_is_no_answer() -> None:
    times = pd.date_range("2024-01-01", periods=60)
    with pytest.raises(MethodError) as error:
        run(panel_of_events(times, np.arange(60) * 1000.0, 0.0))
    assert "pairs" in str(error.value)


def test_threshold_of_a_recall() -> None:
    chance, label = np.linspace(1, 0, 11), np.arange(11) % 2 == 0
    assert threshold_of(chance, label, 0.5) == pytest.approx(0.6)


def test_tables_are_those_of_the_page() -> None:
    section = PAGE.read_text(encoding="utf-8").split("## same_vehicle (")[1].split("\n## ")[0]
    result = usual()
    for name, table in result.tables.items():
        words = section.split("- facts:")[1] if name == "facts" else section.split(f"`{name}`:")[1].split("\n- ")[0]
        wanted = list(table["name"]) if name == "facts" else list(table.columns)
        assert [w for w in wanted if w not in words] == []
