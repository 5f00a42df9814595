"""The page carries the letters it needs, and the same page the same bytes."""

from __future__ import annotations

import base64
import io
import re
import time

import pytest
from fontTools.ttLib import TTFont

from sigun.report.fonts import FILES, embedded_css, register_fonts, subset

LETTERS = "방치 차량 1,234건 ℃ 순찰"


def fonts_in(css: str) -> list[TTFont]:
    return [TTFont(io.BytesIO(base64.b64decode(part))) for part in re.findall(r"base64,([^)]+)\)", css)]


def test_both_weights_hold_every_letter_of_the_page_and_no_other_syllable() -> None:
    found = fonts_in(embedded_css(LETTERS))
    assert len(found) == 2
    for font in found:
        letters = {chr(c) for c in font.getBestCmap()}
        assert set(LETTERS) <= letters
        assert "뷁" not in letters


def test_tabular_figures_and_the_licence_stay() -> None:
    font = fonts_in(embedded_css(LETTERS))[0]
    assert [r.FeatureTag for r in font["GSUB"].table.FeatureList.FeatureRecord] == ["tnum"]
    assert "Open Font License" in str(font["name"].getDebugName(13))
    assert font["name"].getDebugName(1) is None


def test_the_order_of_letters_does_not_matter() -> None:
    assert embedded_css(LETTERS) == embedded_css(LETTERS[::-1])
    assert subset(FILES[400], "가나") == subset(FILES[400], "나가")


def test_a_letter_the_font_lacks_is_left_to_the_reader() -> None:
    assert "𓀀" not in {chr(c) for c in fonts_in(embedded_css("𓀀"))[0].getBestCmap()}


def test_a_korean_page_takes_little_time_and_room() -> None:
    page = "".join(chr(0xAC00 + 13 * k) for k in range(800))
    start = time.process_time()
    css = embedded_css(page)
    assert time.process_time() - start < 4  # two seconds on a quiet machine
    assert len(css) < 500_000


def test_matplotlib_knows_both_weights() -> None:
    from matplotlib import font_manager

    family = register_fonts()
    paths = {font_manager.findfont(f"{family}:weight={w}") for w in (400, 700)}
    assert {p.rsplit("Pretendard-")[-1] for p in paths} == {"Regular.otf", "Bold.otf"}


@pytest.mark.parametrize("letters", ["", "\n\t", "\u0000"])
def test_a_page_without_letters_still_gets_a_font(letters: str) -> None:
    assert embedded_css(letters).count("@font-face") == 2
