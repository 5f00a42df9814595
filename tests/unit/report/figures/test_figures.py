"""Every figure: drawn from results alone, small, safe, the same twice, and nothing where there is nothing to draw."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest

from sigun.report.figures import FIGURES
from sigun.report.figures.style import Figure
from sigun.report.finished import Finished
from sigun.result import Fact, Result, facts_table
from sigun.text import set_language
from unit.report.figures import fake

SOURCE = {  # figure -> the result it is drawn from
    **dict.fromkeys(("coverage", "coverage_tiles"), "coverage"),
    **{"trend_months": "trend", "kinds": "kinds", "concentration": "concentration", "duration_curve": "duration"},
    "endings_curve": "duration",
    **dict.fromkeys(("rhythm_month", "rhythm_weekday", "rhythm_hour"), "rhythm"),
    **dict.fromkeys(("hotspot_map", "hotspot_areas_map"), "hotspot"),
    **{"area_factors": "area_factors", "occurrence": "occurrence", "weather": "weather", "forecast_map": "forecast"},
    **dict.fromkeys(("backtest_hits", "backtest_models", "calibration"), "backtest"),
    **dict.fromkeys(("patrol_map", "patrol_capacity"), "patrol"),
    **dict.fromkeys(("factors_sides", "factors_curve", "factors_choices"), "factors"),
    **dict.fromkeys(("effect_events", "effect_path"), "effect"),
    **dict.fromkeys(("factors_level", "factors_change", "factors_residual"), "factors"),
    "supply_map": "supply_demand",
    **dict.fromkeys(("before_after_path", "before_after_changes"), "before_after"),
    **{f"summary_{kind}_{at}": "summary" for kind in ("map", "trend") for at in range(3)},
}
NAMES = tuple(FIGURES)


@cache
def drawn(name: str) -> Figure:
    """The figure of the made-up run, in English, drawn once."""
    figure = FIGURES[name](fake.finished())
    assert figure is not None
    return figure


def texts(svg: str) -> list[str]:
    return [t.text or "" for t in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def classes(svg: str) -> set[str]:
    return {c for e in ElementTree.fromstring(svg).iter() for c in e.get("class", "").split()}


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_can_stand_in_a_page(name: str) -> None:
    svg = drawn(name).svg
    root = ElementTree.fromstring(svg)
    assert {"viewBox", "role", "aria-label"} <= set(root.keys())
    assert not {"width", "height"} & set(root.keys())
    tags = {e.tag.split("}")[1] for e in root.iter()}
    assert not tags & {"script", "style", "metadata", "foreignObject", "image"}
    assert len(svg) < 300_000


@pytest.mark.parametrize("name", NAMES)
def test_every_id_is_the_figures_own_and_every_reference_finds_one(name: str) -> None:
    svg = drawn(name).svg
    ids = re.findall(r'\bid="([^"]+)"', svg)
    assert all(i.startswith(f"{name}-") for i in ids)
    assert set(re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', svg)) <= {(i, "") for i in ids} | {("", i) for i in ids}


@pytest.mark.parametrize("name", NAMES)
def test_the_same_results_give_the_same_bytes(name: str) -> None:
    assert FIGURES[name](fake.finished()) == drawn(name)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_drawn_from_nothing(name: str) -> None:
    rest = {k: v for k, v in fake.results().items() if k != SOURCE[name]}
    assert FIGURES[name](fake.finished(results=rest)) is None
    emptied = fake.without_rows(fake.results()[SOURCE[name]])
    assert FIGURES[name](fake.finished(results=rest | {SOURCE[name]: emptied})) is None


@pytest.mark.parametrize("name", NAMES)
def test_korean_is_written_as_text(name: str) -> None:
    set_language("ko")
    figure = FIGURES[name](fake.finished())
    assert figure is not None
    assert any(re.search("[가-힣]", t) for t in texts(figure.svg))
    assert re.search("[가-힣]", figure.alt)


def changed(method: str, **tables: pd.DataFrame) -> Finished:
    """The made-up run with some tables of one method replaced."""
    results = dict(fake.results())
    old = results[method]
    results[method] = Result(method, old.claim, {**old.tables, **tables}, old.cautions)
    return fake.finished(results=results)


def svg_of(name: str, run: Finished) -> str:
    figure = FIGURES[name](run)
    assert figure is not None
    return figure.svg


# before and after


def test_both_means_the_start_and_what_is_left_out_are_drawn() -> None:
    svg = drawn("before_after_path").svg
    assert {"sigun-start", "sigun-left_out"} <= classes(svg)
    assert {"where it began", "compared", "침수신고 (건)"} <= set(texts(svg))


def test_those_where_it_began_are_named_among_all_changes() -> None:
    said = set(texts(drawn("before_after_changes").svg))
    assert {"가람시", "나래시"} <= said and not {"다솜시", "라온시"} & said
    assert "5 regions" in drawn("before_after_changes").alt  # the one without a change is not drawn


# time


def test_a_hole_is_a_grey_band_with_the_word_and_a_gap_in_the_line() -> None:
    svg = drawn("trend_months").svg
    assert "sigun-hole" in classes(svg) and "no collection" in texts(svg)
    lines = [p for p in re.findall(r'd="(M[^"]*)"', svg) if p.count("L") > 10 and "z" not in p]
    assert [line.count("M") for line in lines] == [2]


def test_a_hole_somebody_overruled_is_not_drawn() -> None:
    findings = fake.results()["quality"].tables["findings"].assign(overruled=True)
    assert "sigun-hole" not in classes(svg_of("trend_months", changed("quality", findings=findings)))


def test_uncertainty_partly_observed_months_and_changes_of_intake_are_drawn() -> None:
    svg = drawn("trend_months").svg
    assert {"sigun-band", "sigun-partial", "sigun-regime"} <= classes(svg)
    assert "intake changes May 2024" in texts(svg)


def test_without_the_quality_step_the_trend_still_stands() -> None:
    results = {k: v for k, v in fake.results().items() if k != "quality"}
    assert "sigun-hole" not in classes(svg_of("trend_months", fake.finished(results=results)))


def test_the_busiest_and_the_quietest_day_carry_their_figure() -> None:
    assert {"Mon", "Sun", "1.30", "0.43"} <= set(texts(drawn("rhythm_weekday").svg))


@pytest.mark.parametrize(
    "name",
    ["rhythm_month", "rhythm_hour", "kinds", "area_factors", "occurrence", "weather", "backtest_models", "calibration"],
)
def test_estimates_have_whiskers(name: str) -> None:
    assert "sigun-whiskers" in classes(drawn(name).svg)


@pytest.mark.parametrize("name", ["duration_curve", "endings_curve", "backtest_hits", "patrol_capacity"])
def test_lines_have_bands(name: str) -> None:
    assert "sigun-band" in classes(drawn(name).svg)


# shares and links


def test_each_kind_is_named_with_its_share_and_number() -> None:
    assert {"이륜차", "30.0 %", "720", "72.0 %"} <= set(texts(drawn("kinds").svg))


def test_the_busiest_tenth_and_the_half_that_is_closed_are_said_in_the_picture() -> None:
    assert "busiest 10 %: 40.0 %" in texts(drawn("concentration").svg)
    assert "half closed within 21 days" in texts(drawn("duration_curve").svg)


def test_each_way_to_end_is_named_at_its_line_and_rare_ones_are_left_to_the_table() -> None:
    figure = drawn("endings_curve")
    assert {"confirmed", "not there"} <= set(texts(figure.svg))
    assert "moved by the owner" not in figure.alt
    assert "by day 180: not there 59.9 %, confirmed 29.9 %" in figure.alt


@pytest.mark.parametrize(
    ("exposure", "title", "said"),
    [
        ("cars", "등록 자동차 수", "per 1,000 of 등록 자동차 수"),
        ("population", "People", "of population"),
        ("area_km2", "", "km²"),
    ],
)
def test_a_rate_names_what_it_is_divided_by_as_its_card_does(exposure: str, title: str, said: str) -> None:
    run = fake.finished()
    result = run.results["hotspot"]
    more = facts_table([Fact("exposure", exposure), Fact("exposure_title", title), Fact("per", 1000.0)])
    tables = {**result.tables, "facts": pd.concat([result.tables["facts"], more], ignore_index=True)}
    found = FIGURES["hotspot_areas_map"](
        replace(run, results={**run.results, "hotspot": replace(result, tables=tables)})
    )
    assert found is not None and said in found.alt


def test_between_and_within_stand_in_one_picture() -> None:
    found = texts(drawn("area_factors").svg)
    assert found.index("between areas") < found.index("within the same area, month by month")
    assert {"1인 가구 비율", "0.62", "유동인구", "0.08"} <= set(found)


def test_one_side_alone_is_still_drawn() -> None:
    empty = fake.results()["area_factors"].tables["associations"].iloc[:0]
    found = texts(svg_of("area_factors", changed("area_factors", associations=empty)))
    assert "유동인구" in found and "between areas" not in found


def test_rate_ratios_stand_on_either_side_of_one() -> None:
    found = texts(drawn("occurrence").svg)
    assert {"1인 가구 비율", "1.31", "0.84", "1.05", "1"} <= set(found)
    assert any("direction unclear" in words for words in found)


# forecast and patrol


def test_lines_are_named_where_they_end() -> None:
    assert {"our forecast", "last 12 months", "evenly spread"} <= set(texts(drawn("backtest_hits").svg))
    assert {"our forecast", "by chance"} <= set(texts(drawn("patrol_capacity").svg))


def test_a_model_far_off_is_an_arrow_and_presses_nobody() -> None:
    scores = fake.results()["backtest"].tables["scores"].copy()
    scores.loc[(scores["model"] == "seasonal_naive") & (scores["measure"] == "deviance"), ["value", "low", "high"]] = (
        1.52
    )
    found = texts(svg_of("backtest_models", changed("backtest", scores=scores)))
    assert "→ 1.52" in found and "1.5" not in found


def test_what_the_planned_capacity_buys_is_marked() -> None:
    assert "70 places: 58.3 %" in texts(drawn("patrol_capacity").svg)


# maps


@pytest.mark.parametrize("name", ["forecast_map", "hotspot_map", "patrol_map", "hotspot_areas_map"])
def test_a_map_has_outlines_a_scale_and_the_number_of_places_in_each_class(name: str) -> None:
    svg = drawn(name).svg
    assert {"sigun-outline", "sigun-scale"} <= classes(svg)
    assert any(re.fullmatch(r"\d+ k?m", t) for t in texts(svg))
    painted = [c for c in classes(svg) if c.startswith("sigun-class-")]
    stated = [t for t in texts(svg) if re.fullmatch(r"[\d,]+ (cell|area)s?", t)]
    assert len(stated) == len(painted) > 1


def test_the_classes_of_the_forecast_hold_every_cell_once() -> None:
    stated = [t for t in texts(drawn("forecast_map").svg) if re.fullmatch(r"[\d,]+ cells?", t)]
    cells = fake.results()["forecast"].tables["cells"]
    assert sum(int(t.split()[0].replace(",", "")) for t in stated) == len(cells)


def test_five_places_that_lie_apart_are_named_with_their_rank() -> None:
    labels = [t for t in texts(drawn("forecast_map").svg) if re.match(r"\d+ \w*동", t)]
    ranks = [int(t.split()[0]) for t in labels]
    assert len(ranks) == 5 and ranks == sorted(set(ranks))
    assert labels[0] == "1 중앙동"
    assert ranks[1] > 2  # the second has the first for a neighbour, and a label of its own would lie on the other


def test_the_words_of_a_map_name_the_true_first_places_each_once() -> None:
    old = fake.results()["forecast"].tables["cells"]
    span = {c: old[c].iloc[0] for c in ("origin", "horizon_start", "horizon_end")}
    x = [1906, 1907, 1908, 1909, 1920]  # the first two lie in one area, the third, a neighbour, in the next
    cells = pd.DataFrame({"cell_x": x, "cell_y": 4003, "expected_count": [9.0, 8.0, 7.0, 0.5, 1.0], **span})
    figure = FIGURES["forecast_map"](changed("forecast", cells=cells))
    assert figure is not None
    assert figure.alt.endswith("Most at: 중앙동, 역전동, 새터동.")


def test_places_drawn_by_lot_and_cells_that_stand_alone_have_shapes_of_their_own() -> None:
    assert "sigun-lot" in classes(drawn("patrol_map").svg)
    assert "sigun-single" in classes(drawn("hotspot_map").svg)
    assert "sigun-hot" in classes(drawn("hotspot_areas_map").svg)


def test_without_outlines_cells_are_drawn_and_areas_are_not() -> None:
    bare = fake.finished(outlines=None)
    assert "sigun-outline" not in classes(svg_of("forecast_map", bare))
    assert FIGURES["hotspot_areas_map"](bare) is None


def test_outlines_in_degrees_give_the_same_map() -> None:
    degrees = fake.finished(outlines=fake.outlines().to_crs("EPSG:4326"))
    assert texts(svg_of("hotspot_areas_map", degrees)) == texts(drawn("hotspot_areas_map").svg)


def test_a_forecast_of_areas_is_a_map_of_areas() -> None:
    old = fake.results()["forecast"].tables["cells"]
    span = old.loc[[0], ["origin", "horizon_start", "horizon_end"]]
    areas = fake.outlines()[["region"]].merge(span, how="cross").assign(expected_count=[9.0, 1.0, 2.0, 0.4, 6.0, 3.0])
    found = texts(svg_of("forecast_map", changed("forecast", cells=old.iloc[:0], areas=areas)))
    assert "1 중앙동" in found and "expected reports an area" in found


def test_a_map_of_a_large_city_stays_small() -> None:
    rng = np.random.default_rng(3)
    x, y = (side.ravel() for side in np.meshgrid(np.arange(1800, 2000), np.arange(3900, 4050)))
    old = fake.results()["forecast"].tables["cells"]
    span = {c: old[c].iloc[0] for c in ("origin", "horizon_start", "horizon_end")}
    smooth = np.exp(2 * np.sin(x / 9) + 2 * np.cos(y / 7)) * 0.02
    cells = pd.DataFrame({"cell_x": x, "cell_y": y, "expected_count": smooth * rng.uniform(0.7, 1.4, len(x)), **span})
    assert len(svg_of("forecast_map", changed("forecast", cells=cells))) < 300_000


# words from outside


def test_hostile_words_stay_words() -> None:
    bad = '<script>alert("x")</script>&\n\x07끝'
    shapes = fake.outlines().assign(name=bad)
    kinds = fake.results()["kinds"].tables["kinds"].assign(kind=bad)
    run = changed("kinds", kinds=kinds)
    for name in ("forecast_map", "kinds"):
        svg = svg_of(name, fake.finished(results=run.results, outlines=shapes))
        ElementTree.fromstring(svg)
        assert "<script" not in svg
        assert any("<script>" in t for t in texts(svg))


def test_a_letter_no_font_has_does_not_stop_the_figure() -> None:
    kinds = fake.results()["kinds"].tables["kinds"].assign(kind="𓀀\u202e")
    assert "𓀀" in texts(svg_of("kinds", changed("kinds", kinds=kinds)))


def test_the_patrol_list_keeps_the_scale_of_the_forecast_it_was_made_from() -> None:
    places = fake.results()["patrol"].tables["places"].drop(columns="expected_count")
    cells = fake.results()["forecast"].tables["cells"]
    same = places.merge(cells[["cell_x", "cell_y", "expected_count"]])
    few, other = same.head(6), same.head(6).assign(expected_count=same["expected_count"] * 20)
    forecast = drawn("forecast_map").svg
    kept = svg_of("patrol_map", changed("patrol", places=few))
    assert {t for t in texts(kept) if "or more" in t} <= set(texts(forecast))
    assert ElementTree.fromstring(kept).get("viewBox") == ElementTree.fromstring(forecast).get("viewBox")
    own = svg_of("patrol_map", changed("patrol", places=other))
    assert ElementTree.fromstring(own).get("viewBox") != ElementTree.fromstring(forecast).get("viewBox")


def test_words_from_data_are_never_read_as_formulas() -> None:
    kinds = fake.results()["kinds"].tables["kinds"].assign(kind="$x^2$")
    assert "$x^2$" in texts(svg_of("kinds", changed("kinds", kinds=kinds)))


# what is observed


def test_a_row_a_variable_with_the_regions_told_of_and_a_dash_where_none_is() -> None:
    figure = drawn("coverage")
    said = texts(figure.svg)
    assert {"출생아 수", "여성 인구", "가격지수", "229", "135", "100", "210", "2020", "all regions"} <= set(said)
    assert said.count("–") == 1 and "파생" not in said
    assert "출생아 수 (67 %)" in figure.alt


def test_a_tile_a_region_with_its_name_the_darker_the_more_is_told() -> None:
    figure = drawn("coverage_tiles")
    assert {"가람", "자람", "every value"} <= set(texts(figure.svg))
    assert "1 tell every value" in figure.alt and "20 %" in figure.alt


def test_no_tiles_where_regions_have_none_or_all_tell_the_same() -> None:
    regions = fake.results()["coverage"].tables["regions"]
    for same in (regions.assign(col=np.nan), regions.assign(told=10), regions.head(4)):
        assert FIGURES["coverage_tiles"](changed("coverage", regions=same)) is None


# effect


def test_an_event_path_has_its_band_its_start_and_no_bar_without_an_error() -> None:
    svg = drawn("effect_events").svg
    assert {"sigun-band", "sigun-whiskers", "sigun-start"} <= classes(svg)
    events = fake.results()["effect"].tables["events"]
    bare = events.assign(band_low=np.nan, band_high=np.nan)
    assert "sigun-band" not in classes(svg_of("effect_events", changed("effect", events=bare)))


def test_a_path_over_the_calendar_names_its_years_and_a_staggered_one_its_times() -> None:
    assert "2015" in texts(drawn("effect_path").svg)
    path = fake.results()["effect"].tables["path"].assign(period="")
    assert "periods since the start" in texts(svg_of("effect_path", changed("effect", path=path)))
