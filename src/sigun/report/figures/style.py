"""The one look of all figures (그림의 모양): paper, ink, letters, colours; and what a drawn figure is.

Sizes are in units of the viewBox. A figure is 480 wide with 13-unit letters: readable on a phone.
"""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sigun.report.fonts import register_fonts

WIDTH = 480
TEXT = 13.0
SMALL = 12.0

INK = "#1f2328"
MUTED = "#5f6670"
GRID = "#e4e6e8"
SHADE = "#eceeef"  # the band of a hole in collection
FAINT = "#e6e8ea"  # cells and areas with little data
ACCENT = "#0072b2"  # Okabe-Ito blue: ours, the main line
CONTRAST = "#d55e00"  # Okabe-Ito vermillion: what stands out
QUIET = "#9aa1a9"  # what is there for comparison

OBSERVED = ("#fbd9bd", "#f0a873", "#cf6a2a", "#8a3a08")  # amounts that were reported, light to dark
EXPECTED = ("#c9dff0", "#86b8dc", "#3c86be", "#0b4a80")  # amounts that are forecast, light to dark


@dataclass(frozen=True)
class Figure:
    """A picture for the page: one `<svg>` element, and its finding in words."""

    svg: str
    alt: str


@dataclass(frozen=True)
class Sketch:
    """A drawing (matplotlib) before it is written, and its finding in words."""

    canvas: Any
    alt: str


@contextmanager
def house_style() -> Iterator[None]:
    """Draw in the house style, whatever the machine's own settings are. Strings are never read as mathematics."""
    import matplotlib as mpl

    look = {
        "font.family": [register_fonts(), "sans-serif"],
        "font.size": TEXT,
        "text.color": INK,
        "text.parse_math": False,
        "text.usetex": False,
        "axes.unicode_minus": True,
        "axes.edgecolor": QUIET,
        "axes.labelcolor": MUTED,
        "axes.labelsize": SMALL,
        "axes.linewidth": 0.8,
        "xtick.color": QUIET,
        "ytick.color": QUIET,
        "xtick.labelcolor": MUTED,
        "ytick.labelcolor": MUTED,
        "xtick.labelsize": SMALL,
        "ytick.labelsize": SMALL,
        "lines.linewidth": 1.8,
        "lines.solid_capstyle": "round",
        "path.simplify": True,
    }
    with mpl.rc_context(), warnings.catch_warnings():
        mpl.rcdefaults()
        mpl.rcParams.update(look)
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # the reader's system has letters we ship not
        yield


def canvas(height: float, width: float = WIDTH) -> Any:
    """An empty sheet of that size, transparent."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure as Sheet

    sheet = Sheet(figsize=(width / 72, height / 72), dpi=72, facecolor="none")
    FigureCanvasSVG(sheet)
    return sheet


def clean(words: object, longest: int = 24) -> str:
    """A string from the data as it may stand in a picture: one line, no control signs, not endless."""
    text = "" if words is None or words != words else str(words)  # noqa: PLR0124 - NaN is not itself
    kept = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    line = " ".join(kept.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
