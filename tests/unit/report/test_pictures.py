"""Figures as PNG: as wide as asked, the same bytes, letters of our own font, nothing from outside."""

from __future__ import annotations

import struct

import pytest

from outlines import SVG
from sigun.report.pictures import png, size


def test_the_picture_is_as_wide_as_asked_in_the_drawing_s_shape() -> None:
    held = png(SVG.format(said="가"), 600)
    assert held.startswith(b"\x89PNG")
    assert struct.unpack(">II", held[16:24]) == (600, 300)


def test_the_same_drawing_gives_the_same_bytes() -> None:
    held = png(SVG.format(said="가"), 300)
    png.cache_clear()
    assert png(SVG.format(said="가"), 300) == held


def test_korean_letters_are_drawn() -> None:
    assert len({png(SVG.format(said=words), 300) for words in ("", "가", "나")}) == 3


@pytest.mark.parametrize("svg", ["<svg/>", '<svg viewBox="0 0 0 10"/>', '<svg viewBox="x"/>'])
def test_a_drawing_without_size_is_an_error(svg: str) -> None:
    with pytest.raises(ValueError, match="viewBox"):
        size(svg)


def test_sizes_may_be_parted_by_commas_or_spaces() -> None:
    assert size('<svg viewBox="0,0,12.5,20"/>') == size('<svg viewBox="-1 -1 12.5 20"/>') == (12.5, 20.0)
