"""The page: every number has a reference that resolves, nothing comes from outside, everybody can read it."""

from __future__ import annotations

import base64
import math
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from sigun.report.finished import Finished, read_run
from sigun.report.html import html, write_html
from sigun.report.outline import outline
from sigun.report.refs import read_ref, resolve
from sigun.report.wording import BANNED


def test_no_number_without_a_reference(page: Any, pages: Any) -> None:
    assert pages.loose_numbers(page) == []


def test_a_loose_number_would_be_seen(pages: Any) -> None:
    page = pages.read_page('<p>Of 3 reports <data data-ref="a:b[c].d" value="4">4</data></p>')
    assert pages.loose_numbers(page) == ["Of 3 reports"]


def test_every_reference_resolves_to_the_value_shown(page: Any, pages: Any, finished: Finished) -> None:
    assert len(page.all("data")) > 300
    assert pages.wrong_values(page, finished) == []


def test_a_wrong_value_would_be_seen(pages: Any, finished: Finished) -> None:
    page = pages.read_page('<data data-ref="trend:facts[total].number" value="8465">8,465</data>')
    assert len(pages.wrong_values(page, finished)) == 1


def test_words_of_the_data_resolve_too(page: Any, finished: Finished) -> None:
    spans = [e for e in page.all("span") if "data-ref" in e.attrs]
    assert len(spans) > 50
    for element in spans:
        assert resolve(finished, read_ref(element.attrs["data-ref"])) is not None


def test_the_shown_number_is_the_value_rounded(page: Any) -> None:
    checked = 0
    for element in page.all("data"):
        text, value = element.text.replace(",", "").replace("−", "-").replace("\u00a0", " "), element.attrs["value"]
        if re.fullmatch(r"-?[\d.]+( %| %p)?", text):
            number = float(text.split(" ")[0])
            against = float(value)
            assert any(
                math.isclose(number, abs(against) * k, rel_tol=0.06, abs_tol=0.06) for k in (1, -1, 100, -100)
            ), text
            checked += 1
    assert checked > 200


def test_no_banned_words(page: Any) -> None:
    assert [word for word in BANNED if word in page.text] == []


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_nothing_is_asked_for_from_outside(source: dict[str, str], lang: str) -> None:
    text = source[lang].replace("http://www.w3.org/2000/svg", "").replace("http://www.w3.org/1999/xlink", "")
    assert "http://" not in text
    assert "https://" not in text
    assert "<script" not in text
    assert not re.search(r"url\((?!data:|#)", text)
    assert len(text) < 3_000_000


def test_one_tree_of_headings(page: Any) -> None:
    levels = [int(e.tag[1]) for e in page.all("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_links_and_ids(page: Any) -> None:
    ids = [e.attrs["id"] for e in page.walk() if "id" in e.attrs]
    assert len(ids) == len(set(ids)), sorted({i for i in ids if ids.count(i) > 1})
    inside = [e.attrs["href"][1:] for e in page.all("a") if e.attrs["href"].startswith("#")]
    labelled = [name for e in page.walk() for name in e.attrs.get("aria-labelledby", "").split()]
    assert {*inside, *labelled} <= set(ids)
    assert page.all("a")[0].attrs["href"] == "#main"


def test_pictures_and_tables_can_be_read_without_seeing_them(page: Any) -> None:
    pictures = [e for e in page.all("svg") if e.attrs.get("role") == "img"]
    assert len(pictures) == len(page.all("figure")) > 10
    assert all(len(e.attrs["aria-label"]) > 10 for e in pictures)
    assert all(e.attrs.get("scope") in ("col", "row") for e in page.all("th"))
    assert all(t.all("caption") for t in page.all("table"))
    assert len(page.all("main")) == len(page.all("nav")) == len(page.all("footer")) == 1


def test_the_language_is_said(page: Any, source: dict[str, str], pages: Any) -> None:
    lang = page.all("html")[0].attrs["lang"]
    korean = re.findall(r"[가-힣]", "".join(page.prose(pages.NOT_PROSE, frozenset())))
    assert lang in source
    assert (len(korean) > 1000) == (lang == "ko")
    assert (len(korean) == 0) == (lang == "en")


def test_the_first_screen_stands_alone(page: Any) -> None:
    first = page.by_id("summary")
    assert len(first.all("ul")[0].all("li")) == 5
    assert len(first.all("figure")) == 1
    tile = next(e for e in first.walk() if "tile" in e.classes)
    assert [e.attrs["value"] for e in tile.all("data")][-4:-1] == ["0.9", "43", "75"]
    assert next(e for e in first.walk() if "to-do" in e.classes).all("li")


def test_made_up_data_are_called_so(page: Any, fake: Any, tmp_path: Path, pages: Any) -> None:
    assert any("made-up" in e.classes for e in page.walk())
    folder = fake.write_fake_run(tmp_path, only=("trend",))
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("true", "false"), encoding="utf-8")
    real = pages.read_page(html(read_run(folder), "ko"))
    assert not any("made-up" in e.classes for e in real.walk())


def test_words_of_the_data_are_never_markup(fake: Any, tmp_path: Path, pages: Any) -> None:
    hostile = '<script>alert("1")</script><img src=x onerror=y>'
    source = html(read_run(fake.write_fake_run(tmp_path, hostile=hostile)), "ko")
    page = pages.read_page(source)
    assert page.all("script", "img") == []
    assert hostile in page.by_id("table-areas").text


def test_a_word_of_the_data_is_no_formula_in_the_download(fake: Any, tmp_path: Path, pages: Any) -> None:
    page = pages.read_page(html(read_run(fake.write_fake_run(tmp_path, only=("hotspot",), hostile="=1+1")), "en"))
    link = page.by_id("table-areas").all("a")[0]
    rows = base64.b64decode(link.attrs["href"].partition("base64,")[2]).decode("utf-8-sig").split("\r\n")
    assert rows[0].startswith("Area,")
    assert any(row.startswith("'=1+1,") for row in rows)


METHODS = (
    *(
        "quality",
        "trend",
        "rhythm",
        "kinds",
        "concentration",
        "hotspot",
        "duration",
        "area_factors",
        "occurrence",
        "weather",
    ),
    *("forecast", "backtest", "patrol"),
)


@pytest.mark.parametrize("left_out", METHODS)
def test_a_step_that_did_not_run_leaves_its_section_out(
    finished: Finished, left_out: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sigun.report.laying.FIGURES", {})  # drawing takes time and is not asked about

    rest = {name: result for name, result in finished.results.items() if name != left_out}
    whole = outline(replace(finished, results=rest), "ko")
    ids = {s.id for part in whole.sections for s in (part, *part.sections)}
    gone = {"quality": "data", "area_factors": "area-factors"}.get(left_out, left_out)
    assert gone not in ids
    assert len(whole.first.summary) >= 4


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_no_step_at_all_is_still_a_page(finished: Finished, lang: Any, pages: Any) -> None:
    page = pages.read_page(html(replace(finished, results={}, manifest={}, outlines=None), lang))
    assert page.by_id("overview")


def test_the_same_run_gives_the_same_bytes(finished: Finished, source: dict[str, str], tmp_path: Path) -> None:
    assert write_html(finished, tmp_path / "report.html", "en").read_text(encoding="utf-8") == source["en"]


def test_a_register_without_points_is_not_said_to_be_placed_in_cells(finished: Finished, pages: Any) -> None:
    quality = finished.results["quality"]
    facts = quality.tables["facts"].copy()
    facts.loc[facts["name"].isin(["rows_point", "same_vehicle_share"]), "number"] = 0.0
    without = replace(quality, tables={**quality.tables, "facts": facts})
    run = replace(finished, results={"quality": without})
    page = pages.read_page(html(run, "en"))
    said = page.by_id("overview").text + page.by_id("data").text
    assert "none has a point" in said
    assert "No row has a point" in said
    assert "of a vehicle that had been reported before" not in said


def test_each_stretch_of_unchanged_intake_has_its_own_change(finished: Any, pages: Any) -> None:
    table = pages.read_page(html(finished, "en")).by_id("table-stretches")
    rows = [[cell.text.strip() for cell in row.all("th", "td")] for row in table.all("tr")][1:]
    assert [row[1:3] for row in rows] == [["26", "−2.1"], ["16", "12.4"]]


def test_without_rows_that_have_an_area_only_none_are_spoken_of(finished: Any, pages: Any) -> None:
    quality = finished.results["quality"]
    facts = quality.tables["facts"].copy()
    facts.loc[facts["name"] == "rows_area", "number"] = 0
    changed = replace(quality, tables={**quality.tables, "facts": facts})
    run = replace(finished, results={**finished.results, "quality": changed})
    assert "only an area" not in pages.read_page(html(run, "en")).by_id("data").text
