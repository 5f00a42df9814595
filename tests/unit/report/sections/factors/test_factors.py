"""The report of a factor analysis: every number by reference, gaps break nothing, and what must always stand there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sigun.report.blocks import Figure
from sigun.report.evidence import Evidence
from sigun.report.figures import FIGURES
from sigun.report.finished import Finished
from sigun.report.html import html
from sigun.report.outline import outline
from sigun.report.refs import read_ref, resolve
from sigun.report.sections.factors import beside, warned
from sigun.report.sections.factors.saying import digits, place_of, united
from sigun.result import Result
from sigun.text import speaking
from unit.report.sections.factors import fake_factors as fake


@pytest.fixture(scope="session", params=["ko", "en"])
def page(request: pytest.FixtureRequest, pages: Any) -> Any:
    return pages.read_page(html(fake.finished({"outline": fake.outline()}), request.param))


@pytest.fixture(scope="session")
def korean(pages: Any) -> Any:
    return pages.read_page(html(fake.finished(), "ko"))


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """No pictures: drawing takes time and is not asked about."""
    monkeypatch.setattr("sigun.report.laying.FIGURES", {})


def said(page: Any) -> str:
    return " ".join(page.text.replace("\u2060", "").replace("\u00a0", " ").split())


def test_every_number_is_a_reference_to_the_value_shown(page: Any, pages: Any) -> None:
    run = fake.finished({"outline": fake.outline()})
    assert pages.loose_numbers(page) == []
    assert pages.wrong_values(page, run) == []
    for element in page.all("span"):
        if "data-ref" in element.attrs:
            assert resolve(run, read_ref(element.attrs["data-ref"])) is not None


def test_ids_stand_once_and_links_find_them(page: Any) -> None:
    ids = [e.attrs["id"] for e in page.walk() if "id" in e.attrs]
    assert len(ids) == len(set(ids)), sorted({i for i in ids if ids.count(i) > 1})
    inside = [e.attrs["href"][1:] for e in page.all("a") if e.attrs["href"].startswith("#")]
    assert {*inside} <= set(ids)


def test_what_the_panel_can_tell_stands_before_the_answer(korean: Any) -> None:
    parts = [e.attrs["id"] for e in korean.all("section") if "part" in e.classes]
    assert parts.index("factors-before") < parts.index("factors-answer") < parts.index("factors-tried")
    assert parts.index("factors-tried") < parts.index("factors-untold") < parts.index("factors-box")


def test_the_first_screen_says_each_verdict_and_how_many_were_tried(korean: Any) -> None:
    lines = [said(e) for e in korean.by_id("summary").all("ul")[0].all("li")]
    assert len(lines) == 5
    for line, words in zip(
        lines,
        ("관련이 있었습니다", "지역 사이의 차이로만", "결론을 내지 않습니다", "검정할 수 없", "48번"),
        strict=True,
    ):
        assert words in line
    assert "15개 지역 가운데 3개 지역은" in lines[3]


def test_the_tile_has_the_interval_at_its_level_and_says_no_cause(korean: Any) -> None:
    tile = next(e for e in korean.walk() if "tile" in e.classes)
    assert [e.attrs["value"] for e in tile.all("data")] == ["1", "0.0248", "0.95", "0.0121", "0.0375", "0.98"]
    assert "원인이 아닙니다" in tile.text


def test_a_factor_from_which_no_direction_is_read_says_so_on_the_first_screen(korean: Any) -> None:
    assert "방향을 읽지 않는 요인: 코호트 순이동률." in said(korean.by_id("summary"))


ALWAYS = (
    ("factors-answer", "지역 자료로는 개인에 대해 말할 수 없습니다"),
    ("factors-answer", "원인이 아닙니다"),
    ("factors-sides", "인구밀도: 지역 간과 지역 안의 부호가 서로 반대입니다"),
    ("factors-sides", "인구밀도: 지역 간과 통합에서는 뚜렷하나 지역 안에서는 뚜렷하지 않습니다"),
    ("factors-sides", "코호트 순이동률, 고령인구 비율: 지역 안에서만 뚜렷하고"),
    ("factors-warned", "평균 가구원 수를 올리거나 내리면 어떻게 될지는 말할 수 없습니다"),
    ("factors-warned", "군집(표준오차를 묶는 단위)이 12개뿐입니다"),
    ("factors-warned", "p = 0.000025, 와일드 군집 부트스트랩으로는 p = 0.0508"),
    ("factors-warned", "부호를 읽지 않습니다(VIF 14.2)"),
    ("factors-lags", "다음 요인은 관련이 있었습니다: 코호트 순이동률"),
    ("factors-errors", "커널 바틀릿(Bartlett), 시차 1, 소표본 보정 없음"),
    ("factors-errors", "군집이 10개뿐이어서"),
    ("factors-errors", "표준오차가 0.00200(단순(iid)), 0.00500(군집강건 CRV1)입니다. 앞의 것은 너무 작습니다"),
    ("factors-answer", "함께 움직인 것만으로는 방향을 알 수 없으며"),
    ("factors-spatial", "계수는 효과가 아닙니다. 직접·간접 효과로 읽으며"),
    ("factors-spatial", "ab12ab12"),
    ("factors-learning", "모형의 예측력은 원인이 아닙니다"),
    ("factors-learning", "더 못 맞혔습니다; 오차 차이 −0.0300"),
    ("factors-influence", "부호가 바뀌는 요인이 있습니다: 고령인구 비율"),
    ("factors-untold", "개인에 관한 것은 이 분석으로 말할 수 없습니다"),
    ("factors-box", "20250703"),
    ("factors-box", "ab12ab12"),
)


@pytest.mark.parametrize(("place", "words"), ALWAYS)
def test_what_an_honest_report_must_state(korean: Any, place: str, words: str) -> None:
    assert words in said(korean.by_id(place))


def test_every_factor_and_lag_tried_is_a_row(korean: Any) -> None:
    table = korean.by_id("table-factors-tried")
    assert len(table.all("tbody")[0].all("tr")) == len(fake.TERMS) * 2
    assert "0.030 (0.090)" in said(table)


@pytest.mark.usefixtures("undrawn")
def test_neighbours_that_are_not_kept_show_no_figure(pages: Any) -> None:
    part = pages.read_page(html(fake.finished(weights_hash=None), "ko")).by_id("factors-spatial")
    assert "보관되지 않아" in part.text
    assert part.all("table") == []


@pytest.mark.usefixtures("undrawn")
def test_of_one_period_nothing_is_said_of_within(pages: Any) -> None:
    answer = fake.answer()
    answer.loc[answer["verdict"] == "holds", "verdict"] = "between_only"
    run = fake.finished({"answer": answer}, periods=1, holds=0, between_only=3, main="pooled")
    page = pages.read_page(html(run, "ko"))
    summary = said(page.by_id("summary"))
    assert "한 시점의 자료" in summary
    assert "인구밀도: 값이 높은 지역에서 합계출산율이 더 높은 쪽으로 관련이 있었습니다" in summary
    assert "같은 지역에서" not in said(page.by_id("main"))
    assert "지역 안의 변화는 볼 수 없습니다" in said(page.by_id("factors-sides"))
    assert pages.loose_numbers(page) == []


@pytest.mark.usefixtures("undrawn")
def test_a_pooled_answer_is_not_called_one_within_regions(pages: Any) -> None:
    answer = fake.answer().assign(estimator="pooled")
    page = pages.read_page(html(fake.finished({"answer": answer}, main="pooled"), "ko"))
    assert "지역마다 늘 있는 차이를 빼지 않은 값입니다" in said(page.by_id("factors-holds"))
    assert "같은 지역에서" not in said(page.by_id("factors-answer"))


@pytest.mark.usefixtures("undrawn")
def test_where_nothing_holds_the_tile_counts(pages: Any) -> None:
    answer = fake.answer()
    answer.loc[answer["verdict"] == "holds", "verdict"] = "unseen"
    page = pages.read_page(html(fake.finished({"answer": answer}, holds=0, unseen=3), "ko"))
    assert "확인된 요인은 없습니다" in said(page.by_id("summary"))
    tile = next(e for e in page.walk() if "tile" in e.classes)
    assert [e.attrs["value"] for e in tile.all("data")] == ["0", "6"]


@pytest.mark.usefixtures("undrawn")
def test_a_step_without_an_answer_says_why_first(pages: Any) -> None:
    whole = fake.result()
    run = Finished(fake.plan(), {"factors": Result("factors", "association", {}, whole.cautions)}, {})
    page = pages.read_page(html(run, "en"))
    lines = [said(e) for e in page.by_id("summary").all("ul")[0].all("li")]
    assert lines == ["This question could not be answered with these data.", "2 rows were left out."]


TABLES = sorted(set(fake.result().tables) - {"facts", "answer"})


@pytest.mark.parametrize("gone", TABLES)
@pytest.mark.parametrize("how", ["absent", "empty"])
@pytest.mark.usefixtures("undrawn")
def test_a_table_that_is_not_there_leaves_its_place_out(gone: str, how: str) -> None:
    frame = None if how == "absent" else fake.result().tables[gone].iloc[:0]
    whole = outline(fake.finished({gone: frame}), "ko")
    assert {"factors-before", "factors-answer", "factors-tried"} <= {part.id for part in whole.sections}


@pytest.mark.usefixtures("undrawn")
def test_only_what_must_be_known_is_needed() -> None:
    optional = ("first", "last", "joint_p", "weights_hash", "weights_source", "draws", "exact", "cd", "cd_p", "moran")
    figures = dict.fromkeys((*optional, "moran_p", "hausman_p", "vif_max", "small_sample", "solver", "clusters"))
    whole = outline(fake.finished(dict.fromkeys(TABLES), **figures), "ko")
    assert whole.first.tile is not None


def test_errors_that_agree_are_not_said_to_differ() -> None:
    errors = fake.errors().assign(p=0.01)
    ev = Evidence(fake.finished({"errors": errors}))
    with speaking("ko"):
        assert list(warned.disagreeing(ev)) == []


@pytest.mark.parametrize(
    ("high", "low", "words"), [(0.2, 0.1, "적게 오른"), (-0.1, -0.3, "적게 내린"), (0.1, -0.1, "많이 내린")]
)
def test_a_change_is_said_by_its_direction(high: float, low: float, words: str) -> None:
    places = fake.places().assign(change=np.linspace(low, high, 12))
    with speaking("ko"):
        section = beside.places(Evidence(fake.finished({"places": places})))
    assert section is not None
    assert words in " ".join(block.title.plain for block in section.blocks if isinstance(block, Figure))


def test_maps_are_drawn_by_outlines_where_there_are_some_else_by_tiles() -> None:
    tiles, shapes = (FIGURES["factors_level"](fake.finished({"outline": o})) for o in (None, fake.outline()))
    assert tiles is not None and shapes is not None
    assert tiles.svg != shapes.svg
    assert tiles.alt == shapes.alt
    bare = fake.places().drop(columns=["col", "row"])
    assert FIGURES["factors_level"](fake.finished({"places": bare})) is None


def test_one_period_is_drawn_between_regions_alone() -> None:
    figure = FIGURES["factors_sides"](fake.finished(periods=1))
    assert figure is not None
    assert "between regions" in figure.svg
    assert "within regions" not in figure.svg


@pytest.mark.parametrize(
    ("values", "places"), [((0.0248, 0.0121, 0.0375), 4), ((12.4, 8.0, 18.0), 1), ((1234.0,), 0), ((float("nan"),), 0)]
)
def test_places_give_the_largest_three_digits(values: tuple[float, ...], places: int) -> None:
    assert digits(*values) == places


def test_a_map_of_equal_values_is_not_drawn() -> None:
    places = fake.places().assign(level=1.0, change=0.0, residual=pd.NA)
    run = fake.finished({"places": places})
    assert [FIGURES[f"factors_{kind}"](run) for kind in ("level", "change", "residual")] == [None, None, None]


@pytest.mark.usefixtures("undrawn")
def test_a_policy_asked_beside_is_told_on_the_first_screen() -> None:
    run = fake.finished()
    alone = outline(run, "en").first.summary
    both = outline(replace(run, results={**run.results, "effect": Result("effect", "effect", {})}), "en").first.summary
    assert (*both[: len(alone) - 1], both[-1]) == alone
    assert "could not be looked at" in both[-2].plain


@pytest.mark.parametrize(
    ("unit", "written"),
    [
        *(("명", "1명"), ("%p", "1\u00a0%p"), ("2021.06=100", "1포인트"), ("", "1")),
        *(
            ("건/1000 명", "1천\u00a0명당 1건"),
            ("개소/10,000 명", "1만\u00a0명당 1개소"),
            ("건/100 km²", "100\u00a0km²당 1건"),
            ("개/천명", "천명당 1개"),
        ),
    ],
)
def test_a_step_is_written_with_its_unit(unit: str, written: str) -> None:
    frame = fake.answer().assign(step_unit=unit)
    row = Evidence(fake.finished({"answer": frame})).rows("factors", "answer")[0]
    with speaking("ko"):
        assert united(row, "step", "step_unit").plain == written


def test_a_region_is_named_with_its_province_where_others_have_its_name() -> None:
    places = fake.places().assign(sido_name="가온도")
    places.loc[1, "name"] = places.loc[0, "name"]
    ev = Evidence(fake.finished({"places": places}))
    rows = ev.rows("factors", "places")
    assert [place_of(ev, row).plain for row in rows[:3]] == ["가온도 가람시", "가온도 가람시", "다온시"]


@pytest.mark.parametrize("outline_table", [None, fake.outline()])
def test_a_region_without_a_figure_is_grey_and_told(outline_table: pd.DataFrame | None) -> None:
    places = fake.places()
    places.loc[3, "residual"] = np.nan
    tables = {"places": places, "outline": outline_table}
    gap, whole = (FIGURES[f"factors_{kind}"](fake.finished(tables)) for kind in ("residual", "level"))
    assert gap is not None and whole is not None
    assert "no figure (1)" in gap.svg
    assert "no figure" not in whole.svg
